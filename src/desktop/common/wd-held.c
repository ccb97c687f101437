/* wd-held.c — acts whose commands are held for some seconds before they are sent, the newest first to be taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-held.h"

#define GRACE_MS 1000 /* so long after is an act taken off still, so that a person hears that it is too late */

typedef struct
{
  GStrv  commands;
  gint64 until; /* monotonic microseconds */
} Act;

struct _WdHeld
{
  GQueue acts; /* the newest at its head */
};

static void
free_act (gpointer data)
{
  Act *act = data;

  g_strfreev (act->commands);
  g_free (act);
}

WdHeld *
wd_held_new (void)
{
  WdHeld *self = g_new0 (WdHeld, 1);

  g_queue_init (&self->acts);
  return self;
}

void
wd_held_clear (WdHeld *self)
{
  g_queue_clear_full (&self->acts, free_act);
}

void
wd_held_free (WdHeld *self)
{
  wd_held_clear (self);
  g_free (self);
}

void
wd_held_push (WdHeld *self, GStrv commands)
{
  Act *act = g_new (Act, 1);

  *act = (Act){ commands, g_get_monotonic_time () + (WD_UNDO_MS + GRACE_MS) * G_GINT64_CONSTANT (1000) };
  g_queue_push_head (&self->acts, act);
}

GStrv
wd_held_pop (WdHeld *self)
{
  Act  *act = g_queue_pop_head (&self->acts);
  GStrv commands = NULL;

  if (act != NULL && act->until > g_get_monotonic_time ())
    commands = g_steal_pointer (&act->commands);
  else
    wd_held_clear (self); /* those before it are older still */
  if (act != NULL)
    free_act (act);
  return commands;
}
