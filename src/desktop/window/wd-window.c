/* wd-window.c — the window of one desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include <glib/gi18n.h>

#define NARROW 1600 /* below it rows are compact */

G_DEFINE_FINAL_TYPE (WdWindow, wd_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- every second ------------------------------------------------------------------ */

static gboolean
tick_cb (gpointer data)
{
  WdWindow *self = data;
  WdPage   *page = _wd_window_get_page (self);

  if (page == NULL)
    return G_SOURCE_CONTINUE;
  _wd_window_show_time (self);
  _wd_window_show_age (self);
  _wd_window_tick_bars (self);
  _wd_window_show_day (self);
  _wd_window_show_rail (self);
  _wd_window_tick_alarms (self);
  _wd_window_tick_attendance (self);
  _wd_window_tick_focus (self);
  wd_page_tick (page);
  return G_SOURCE_CONTINUE;
}

/* --- sign-in page, or the page of the role -------------------------------------------- */

/* What is not seen is not there for a screen reader either. */
static void
hide (GtkWindow *dialog)
{
  gtk_widget_set_visible (GTK_WIDGET (dialog), FALSE);
}

static void
show_desk (WdWindow *self, gboolean desk)
{
  if (gtk_widget_get_visible (self->desk_box) == desk)
    return;
  gtk_widget_set_visible (self->sign_in_box, !desk);
  gtk_widget_set_visible (self->desk_box, desk);
  _wd_window_enable_acts (self);
  _wd_window_tell_presence (self);
  if (desk)
    wd_page_take_focus (_wd_window_get_page (self));
  _wd_window_for_each_dialog (self, desk ? gtk_window_present : hide); /* with all that was typed in it */
}

/* Whose password nobody has typed yet, or whose token is over, does not see it. */
void
_wd_window_show_main_page (WdWindow *self)
{
  if (!wd_uplink_is_admitted (wd_desk_get_uplink (self->desk)) || !_wd_window_make_main_page (self))
    return;
  wd_sign_in_page_forget_password (self->sign_in);
  _wd_window_show_person (self);
  tick_cb (self);
  if (self->tick == 0)
    self->tick = g_timeout_add (1000, tick_cb, self);
  show_desk (self, TRUE);
}

static void
house_changed_cb (WdWindow *self)
{
  _wd_window_show_person (self);
  _wd_window_show_title (self); /* of a unit, whose name may be another */
  _wd_window_show_policy (self);
}

static void
link_changed_cb (WdWindow *self)
{
  gboolean signed_in = wd_uplink_get_state (wd_desk_get_uplink (self->desk)) != WD_UPLINK_SIGNED_OUT;

  /* The token is over: somebody has to sign in again; what was done and what waits stays. */
  if (_wd_window_get_page (self) != NULL)
    {
      if (!signed_in)
        wd_sign_in_page_set_problem (self->sign_in, _ ("The session has ended at the server. Sign in again: what was typed is still there, and what waits will be sent."));
      show_desk (self, signed_in);
    }
  _wd_window_show_link (self);
}

static void
presence_changed_cb (WdWindow *self)
{
  if (_wd_window_get_page (self) != NULL)
    _wd_window_show_others (self);
}

/* What the store itself says is for the administrator, and in no language of this desk. */
static void
failed_cb (WdWindow *self, const char *message)
{
  g_autofree char *details = message != NULL ? g_strdup_printf (_ ("Details for the administrator: %s"), message) : NULL;

  _wd_window_show_bar (self, self->failure_bar, message != NULL);
  if (message == NULL)
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->failure_words), details);
  gtk_label_set_label (self->failure_words, _ ("This computer cannot keep what is entered here: its disk may be full or may not be written to. Make room on it, or tell the administrator, and write down elsewhere what must not be lost."));
}

/* The copy can be had again; of what waits, a person has to look whether it is all there. */
static void
set_aside_cb (WdWindow *self, const char *file)
{
  gboolean copy = g_str_has_prefix (file, "replica");

  if (copy && gtk_widget_get_visible (self->damage_bar))
    return;
  gtk_label_set_label (self->damage_words, copy ? _ ("The copy of the orders on this computer was damaged. It is set aside and fetched anew from the server; what was not yet sent is kept. If it happens again, tell the administrator.")
                                                : _ ("The file of what waits to be sent was damaged. What could be read of it is kept and goes out; check what you did last. If it happens again, tell the administrator."));
  _wd_window_show_bar (self, self->damage_bar, TRUE);
}

static void
damage_read_cb (WdWindow *self)
{
  _wd_window_show_bar (self, self->damage_bar, FALSE);
}

void
_wd_window_follow_desk (WdWindow *self)
{
  WdUplink *uplink = wd_desk_get_uplink (self->desk);

  g_signal_connect_object (uplink, "notify::state", G_CALLBACK (link_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::done", G_CALLBACK (_wd_window_show_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::waiting", G_CALLBACK (_wd_window_show_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::stopped", G_CALLBACK (_wd_window_show_refusals), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "actor-changed", G_CALLBACK (_wd_window_show_main_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "house-changed", G_CALLBACK (house_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "presence-changed", G_CALLBACK (presence_changed_cb), self, G_CONNECT_SWAPPED);
  self->day_so_far = wd_day_new (self->desk);
  _wd_window_start_alarms (self);
  g_signal_connect_object (self->desk, "set-aside", G_CALLBACK (set_aside_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

/* --- the window ------------------------------------------------------------------------------- */

static void
closed_cb (GObject *desk, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;

  wd_desk_close_finish (WD_DESK (desk), result, NULL);
  if (self->wanted)
    _wd_window_open_next (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* What is held goes out before the window does. */
static gboolean
close_request_cb (WdWindow *self)
{
  if (self->closing)
    return GDK_EVENT_STOP;
  if (self->desk == NULL)
    return GDK_EVENT_PROPAGATE;
  if (_wd_window_ask_before_end (self, (void (*) (gpointer))gtk_window_close))
    return GDK_EVENT_STOP;
  self->closing = TRUE;
  _wd_window_stop_alarms (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  wd_desk_close_async (self->desk, FALSE, closed_cb, g_object_ref (self));
  return GDK_EVENT_STOP;
}

static void
width_changed_cb (WdWindow *self, GParamSpec *pspec, GdkSurface *surface)
{
  gboolean narrow = gdk_surface_get_width (surface) < NARROW;

  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  gtk_widget_set_visible (GTK_WIDGET (self->date), !narrow);
}

static void
wd_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::width", G_CALLBACK (width_changed_cb),
                           widget, G_CONNECT_SWAPPED);
}

static void
wd_window_dispose (GObject *object)
{
  WdWindow *self = WD_WINDOW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->looking_up, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  _wd_window_stop_alarms (self);
  g_clear_pointer (&self->day_so_far, wd_day_free);
  g_clear_object (&self->player);
  g_clear_object (&self->claim);
  G_OBJECT_CLASS (wd_window_parent_class)->dispose (object);
  g_clear_object (&self->desk); /* after the pages that show it */
}

static void
wd_window_finalize (GObject *object)
{
  g_clear_pointer (&WD_WINDOW (object)->made_for, wd_actor_free);
  g_free (WD_WINDOW (object)->server);
  g_free (WD_WINDOW (object)->user);
  g_ptr_array_unref (WD_WINDOW (object)->trail);
  G_OBJECT_CLASS (wd_window_parent_class)->finalize (object);
}

static void
wd_window_class_init (WdWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_window_finalize;
  widget_class->realize = wd_window_realize;
  g_type_ensure (WD_TYPE_ALARM_BAR);
  g_type_ensure (WD_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/window/wd-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWindow, sign_in_box);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, desk_box);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, title);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, new_order);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, person);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, date);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, time);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, offline_bar);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, offline_words);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, offline_unsent);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, alarm_bar);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, ask);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, ask_words);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, refusal_bar);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, refusal_words);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, damage_bar);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, damage_words);
  gtk_widget_class_bind_template_callback (widget_class, damage_read_cb);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, failure_bar);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, failure_words);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, link_mark);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, link);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, unsent);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, no_keyring);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, policy);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, others);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, day);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, age);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, rail);
  gtk_widget_class_bind_template_callback_full (widget_class, "answered_cb", G_CALLBACK (_wd_window_answer));
  gtk_widget_class_bind_template_callback_full (widget_class, "sign_in_cb", G_CALLBACK (_wd_window_sign_in));
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
}

static void
wd_window_init (WdWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  _wd_window_add_page_actions (self);
  _wd_window_add_alarm_actions (self);
  _wd_window_enable_acts (self);
  _wd_window_watch_input (self);
}

GtkWidget *
wd_window_new (AdwApplication *application, const char *server, const char *user, const char *password)
{
  WdWindow *self = g_object_new (WD_TYPE_WINDOW, "application", application, NULL);

  if (_wd_window_begin (self, server, user, password))
    return GTK_WIDGET (self);
  gtk_window_destroy (GTK_WINDOW (self));
  return NULL;
}
