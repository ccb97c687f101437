/* wd-hearing.c — the last sign of life of a session, and the gaps before it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-hearing.h"

#define NOTED_MS 5000 /* within which a living socket is noted anew, on a busy machine too */
#define GAPS_KEPT 16

void
wd_hearing_init (WdHearing *hearing, gint64 heard)
{
  *hearing = (WdHearing){ .heard = heard, .gaps = g_array_new (FALSE, FALSE, 2 * sizeof (gint64)) };
}

void
wd_hearing_clear (WdHearing *hearing)
{
  g_array_unref (hearing->gaps);
}

static gboolean
is_deaf_now (const WdHearing *hearing, gint64 boot)
{
  return hearing->sockets == 0 || boot - hearing->lively > NOTED_MS;
}

void
wd_hearing_open (WdHearing *hearing, gint64 now, gint64 boot)
{
  gint64 gap[] = { hearing->heard, now };

  if (is_deaf_now (hearing, boot))
    {
      if (hearing->gaps->len == GAPS_KEPT)
        g_array_remove_index (hearing->gaps, 0);
      g_array_append_val (hearing->gaps, gap);
    }
  hearing->sockets++;
  wd_hearing_note (hearing, now, TRUE, boot);
}

void
wd_hearing_close (WdHearing *hearing)
{
  hearing->sockets--;
}

void
wd_hearing_note (WdHearing *hearing, gint64 heard, gboolean lively, gint64 boot)
{
  hearing->heard = MAX (hearing->heard, heard);
  if (lively)
    hearing->lively = boot;
}

gboolean
wd_hearing_was_deaf (const WdHearing *hearing, gint64 at, gint64 boot)
{
  const gint64 *gaps = (const gint64 *)(gpointer)hearing->gaps->data;

  for (guint i = 0; i < hearing->gaps->len; i++)
    if (at > gaps[2 * i] && at < gaps[2 * i + 1])
      return TRUE;
  return at > hearing->heard && is_deaf_now (hearing, boot);
}
