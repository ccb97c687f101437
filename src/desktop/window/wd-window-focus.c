/* wd-window-focus.c — whether the hand is at the keys: what has the focus then shows it
 *
 * GTK shows it after some of its own keys alone, not where a page leads the focus on, and hides it again after three seconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

void
_wd_window_note_hand (WdWindow *self, GtkWindow *window, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_KEY_PRESS && !gdk_key_event_is_modifier (event))
    self->by_key = TRUE;
  else if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    self->by_key = FALSE;
  else
    return;
  gtk_window_set_focus_visible (window, self->by_key);
}

void
_wd_window_tick_focus (WdWindow *self)
{
  if (self->by_key)
    gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
}
