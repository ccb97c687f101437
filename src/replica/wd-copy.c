/* wd-copy.c — one object of the desk's copy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-copy.h"

WdCopy *
wd_copy_new (WdObjectKind kind, const char *id)
{
  WdCopy *copy = g_rc_box_new0 (WdCopy);

  copy->kind = kind;
  copy->id = g_strdup (id);
  return copy;
}

WdCopy *
wd_copy_ref (WdCopy *copy)
{
  return g_rc_box_acquire (copy);
}

static void
drop (WdCopy *copy, gpointer *place)
{
  if (*place != NULL)
    wd_record_free (wd_object_type (copy->kind), *place);
  *place = NULL;
}

static void
clear (gpointer data)
{
  WdCopy *copy = data;

  if (copy->shown != copy->confirmed)
    drop (copy, &copy->shown);
  drop (copy, &copy->confirmed);
  g_clear_pointer (&copy->pending, g_ptr_array_unref);
  g_free (copy->id);
}

void
wd_copy_unref (WdCopy *copy)
{
  g_rc_box_release_full (copy, clear);
}

void
wd_copy_set_confirmed (WdCopy *copy, gpointer record, gint64 seq)
{
  if (copy->shown != copy->confirmed)
    drop (copy, &copy->shown);
  drop (copy, &copy->confirmed);
  copy->confirmed = copy->shown = record;
  copy->seq = seq;
}

void
wd_copy_set_shown (WdCopy *copy, gpointer record)
{
  if (copy->shown != copy->confirmed && copy->shown != record)
    drop (copy, &copy->shown);
  copy->shown = record;
}
