/* wd-audience.c — who hears of an object, from which event on, up to which
 *
 * Rows follow each event, not each transaction, so that the same events give
 * the same rows whatever batches they came in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-writing.h"

/* clang-format off */
static const WdStatement come = { "audience-come",
  "INSERT INTO audience (object, reader, from_seq, to_seq) VALUES ($1, $2, $3, NULL)" };
static const WdStatement leave = { "audience-leave",
  "UPDATE audience SET to_seq = $3 WHERE object = $1 AND reader = $2 AND to_seq IS NULL" };
/* clang-format on */

static gboolean
has (GStrv readers, const char *reader)
{
  return readers != NULL && g_strv_contains ((const char *const *)readers, reader);
}

void
wd_audience_follow (WdWriting *writing, WdHeld *held, gint64 seq)
{
  GStrv before = held->readers;
  GStrv after = wd_object_readers (held->kind, held->record);

  for (char **reader = before; reader != NULL && *reader != NULL; reader++)
    if (!has (after, *reader))
      wd_writing_write (writing, &leave, "tti", held->id, *reader, seq);
  for (char **reader = after; *reader != NULL; reader++)
    if (!has (before, *reader))
      wd_writing_write (writing, &come, "tti", held->id, *reader, seq);
  g_strfreev (before);
  held->readers = after;
}

void
wd_audience_leavers (const WdHeld *held, GStrv *readers, GStrv *left)
{
  g_autoptr (GStrvBuilder) gone = g_strv_builder_new ();

  for (char **reader = held->readers_before; reader != NULL && *reader != NULL; reader++)
    if (!has (held->readers, *reader))
      g_strv_builder_add (gone, *reader);
  *readers = g_strdupv (held->readers);
  *left = g_strv_builder_end (gone);
}
