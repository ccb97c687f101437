/* wd-window-attendance.c — whether somebody is at the desk, what they look at, and whether they can hear it
 *
 * The server is told so (api §5).  A unit's desk asks before it counts as unmanned; then only a key or a
 * press is an answer, for a table can be bumped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include <glib/gi18n.h>

#define ANSWER_PART 11 /* of the time until a desk is unmanned: asked after 10 minutes of 11 */

void
_wd_window_tell_presence (WdWindow *self)
{
  gboolean open = gtk_widget_get_visible (self->desk_box);

  if (self->desk != NULL)
    wd_uplink_set_presence (wd_desk_get_uplink (self->desk), self->last_input, open ? _wd_window_get_viewing (self) : NULL,
                            self->player != NULL && wd_alarm_player_is_heard (self->player));
}

static void
note_input (WdWindow *self)
{
  gint64 now = g_get_monotonic_time ();

  gtk_widget_set_visible (self->ask, FALSE);
  /* Once a second is enough for “nobody touched it for minutes”. */
  if (now - self->last_input <= G_USEC_PER_SEC)
    return;
  self->last_input = now;
  _wd_window_tell_presence (self);
}

/* Also where the button was pressed through the accessible tree, which is no key and no press. */
void
_wd_window_answer (WdWindow *self)
{
  if (self->desk != NULL)
    note_input (self);
}

void
_wd_window_begin_attendance (WdWindow *self)
{
  self->last_input = 0;
  note_input (self);
}

static gboolean
input_cb (WdWindow *self, GdkEvent *event, GtkEventController *controller)
{
  GdkEventType type = gdk_event_get_event_type (event);
  gboolean     pressed = type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN;
  gboolean     moved = type == GDK_MOTION_NOTIFY || type == GDK_SCROLL;

  _wd_window_note_hand (self, GTK_WINDOW (gtk_event_controller_get_widget (controller)), event);
  if (self->desk != NULL && (pressed || (moved && !gtk_widget_get_visible (self->ask))))
    note_input (self);
  return GDK_EVENT_PROPAGATE;
}

static void
watch (WdWindow *self, GtkWidget *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (input_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, controller);
}

/* Dialogs are windows of their own. */
static void
windows_changed_cb (WdWindow *self, guint position, guint removed, guint added, GListModel *windows)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, position + i);

      if (window != GTK_WIDGET (self))
        watch (self, window);
    }
}

void
_wd_window_watch_input (WdWindow *self)
{
  watch (self, GTK_WIDGET (self));
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb), self, G_CONNECT_SWAPPED);
}

/* “10 分钟无人操作，60 秒内没有回应即记为无人值守” */
static void
show_question (WdWindow *self, gint64 asked, gint64 left)
{
  int              minutes = (int)(asked / 60), seconds = (int)left;
  g_autofree char *since = minutes > 0 ? g_strdup_printf (ngettext ("Nobody touched this desk for %d minute", "Nobody touched this desk for %d minutes", minutes), minutes)
                                       : g_strdup_printf (ngettext ("Nobody touched this desk for %d second", "Nobody touched this desk for %d seconds", (int)asked), (int)asked);
  g_autofree char *words = g_strdup_printf (ngettext ("%s. Without an answer within %d second the centre is told that it is unmanned.",
                                                      "%s. Without an answer within %d seconds the centre is told that it is unmanned.", seconds),
                                            since, seconds);

  if (gtk_widget_get_visible (self->ask))
    return;
  gtk_label_set_label (self->ask_words, words);
  gtk_widget_set_visible (self->ask, TRUE);
}

void
_wd_window_tick_attendance (WdWindow *self)
{
  const WdActor *actor = wd_desk_get_actor (self->desk);
  gint64         unmanned = wd_uplink_get_unmanned (wd_desk_get_uplink (self->desk));
  gint64         answer = MAX (unmanned / ANSWER_PART, 1);

  if (actor == NULL || actor->unit == NULL)
    return;
  if (g_get_monotonic_time () - self->last_input >= (unmanned - answer) * G_USEC_PER_SEC)
    show_question (self, unmanned - answer, answer);
}
