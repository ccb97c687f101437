/* wd-window.c — the window of one desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window.h"

#include "wd-board-page.h"
#include "wd-duty-page.h"
#include "wd-format.h"
#include "wd-sign-in-page.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

#define NARROW 1600 /* below it rows are compact */

struct _WdWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack     *stack;
  WdSignInPage *sign_in;
  AdwBin       *page;
  GtkLabel     *title;
  GtkLabel     *person;
  GtkLabel     *date;
  GtkLabel     *time;
  GtkWidget    *offline_bar;
  GtkLabel     *offline_words;
  GtkWidget    *refusal_bar;
  GtkLabel     *refusal_words;
  GtkLabel     *link;
  GtkLabel     *unsent;
  GtkLabel     *policy;

  WdDesk       *desk;
  GCancellable *cancellable;
  guint         tick;
  gint64        last_input; /* monotonic */
  gboolean      closing;
};

G_DEFINE_FINAL_TYPE (WdWindow, wd_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- what the bars say --------------------------------------------------------- */

static GTimeZone *
zone_of (WdWindow *self)
{
  const WdPolicy *policy = wd_desk_get_policy (self->desk, WD_INT_ABSENT);
  GTimeZone      *zone = policy != NULL ? g_time_zone_new_identifier (policy->zone) : NULL;

  return zone != NULL ? zone : g_time_zone_new_local ();
}

static void
show_time (WdWindow *self)
{
  g_autoptr (GTimeZone) zone = zone_of (self);
  gint64                now = wd_desk_now (self->desk);
  g_autofree char      *date = wd_format_date (now, zone);
  g_autofree char      *time = wd_format_time (now, zone);

  gtk_label_set_label (self->date, date);
  gtk_label_set_label (self->time, time);
}

static char *
link_words (WdUplink *uplink)
{
  gint64 done, total;

  switch (wd_uplink_get_state (uplink))
    {
    case WD_UPLINK_LIVE:
      return g_strdup (_ ("● live"));
    case WD_UPLINK_CATCHING_UP:
      g_object_get (uplink, "done", &done, "total", &total, NULL);
      return total > 0 ? g_strdup_printf (_ ("catching up %d / %d"), (int)done, (int)total)
                       : g_strdup_printf (_ ("catching up %d"), (int)done);
    case WD_UPLINK_SIGNED_OUT:
      return g_strdup (_ ("signed out"));
    case WD_UPLINK_OFFLINE:
    default:
      return g_strdup (_ ("○ no link"));
    }
}

static void
show_link (WdWindow *self)
{
  WdUplink        *uplink = wd_desk_get_uplink (self->desk);
  gboolean         offline = wd_uplink_get_state (uplink) == WD_UPLINK_OFFLINE;
  g_autofree char *words = link_words (uplink);
  guint            waiting;
  g_autofree char *unsent = NULL;

  g_object_get (self->desk, "waiting", &waiting, NULL);
  unsent = g_strdup_printf (_ ("to send %u"), waiting);
  gtk_label_set_label (self->link, words);
  gtk_label_set_label (self->unsent, unsent);
  gtk_widget_set_visible (self->offline_bar, offline);
  if (offline)
    {
      g_autoptr (GTimeZone) zone = zone_of (self);
      gint64                since = wd_uplink_get_offline_since (uplink);
      g_autofree char      *time = since != 0 ? wd_format_time (since, zone) : g_strdup ("—");
      /* Translators: since when, how many entries wait. */
      g_autofree char *bar = g_strdup_printf (_ ("No link since %s. Go on: %u entries wait and are sent when it is back. Units get nothing now: telephone what is urgent."), time, waiting);

      gtk_label_set_label (self->offline_words, bar);
    }
}

static void
show_policy (WdWindow *self)
{
  const WdPolicy  *policy = wd_desk_get_policy (self->desk, WD_INT_ABSENT);
  g_autofree char *words = policy != NULL ? g_strdup_printf (_ ("policy version %d"), (int)policy->version) : g_strdup ("");

  gtk_label_set_label (self->policy, words);
}

static void
show_refusals (WdWindow *self)
{
  GPtrArray *refusals = wd_desk_get_refusals (self->desk);

  gtk_widget_set_visible (self->refusal_bar, refusals->len > 0);
  if (refusals->len > 0)
    {
      const WdRefusal *refusal = refusals->pdata[0];
      WdOrderItem     *item = refusal->object != NULL ? wd_desk_get_order (self->desk, refusal->object) : NULL;
      g_autofree char *number = wd_format_number (item != NULL ? wd_order_item_get_order (item)->number : NULL);
      /* Translators: what was wanted, order number, why not. */
      g_autofree char *words = g_strdup_printf (_ ("Not done: %s %s. %s"), wd_term_verb (refusal->command->verb), number,
                                                wd_term_problem (refusal->code));

      gtk_label_set_label (self->refusal_words, words);
    }
}

static void
refusal_seen_cb (WdWindow *self)
{
  GPtrArray *refusals = wd_desk_get_refusals (self->desk);

  if (refusals->len > 0)
    {
      const WdRefusal *refusal = refusals->pdata[0];
      g_autofree char *id = g_strdup (refusal->command->id);

      wd_desk_settle (self->desk, id, FALSE);
    }
  show_refusals (self);
}

/* --- every second ------------------------------------------------------------------ */

static gboolean
tick_cb (gpointer data)
{
  WdWindow  *self = data;
  GtkWidget *page = adw_bin_get_child (self->page);

  show_time (self);
  if (WD_IS_BOARD_PAGE (page))
    wd_board_page_tick (WD_BOARD_PAGE (page));
  else if (WD_IS_DUTY_PAGE (page))
    wd_duty_page_tick (WD_DUTY_PAGE (page));
  return G_SOURCE_CONTINUE;
}

static gboolean
input_cb (WdWindow *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (self->desk != NULL && (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_MOTION_NOTIFY || type == GDK_SCROLL))
    {
      gint64 now = g_get_monotonic_time ();

      /* Once a second is enough for “nobody touched it for minutes”. */
      if (now - self->last_input > G_USEC_PER_SEC)
        {
          self->last_input = now;
          wd_uplink_set_presence (wd_desk_get_uplink (self->desk), now, NULL, FALSE);
        }
    }
  return GDK_EVENT_PROPAGATE;
}

/* --- the page of the role -------------------------------------------------------------- */

static void
show_actor (WdWindow *self)
{
  const WdActor   *actor = wd_desk_get_actor (self->desk);
  WdUnitItem      *unit = actor != NULL && actor->unit != NULL ? wd_desk_get_unit (self->desk, actor->unit) : NULL;
  const WdStaff   *staff = actor != NULL ? wd_desk_get_staff (self->desk, actor->id) : NULL;
  g_autofree char *title = NULL;

  if (actor == NULL)
    return;
  /* Translators: a unit's name. */
  title = unit != NULL ? g_strdup_printf (_ ("%s Duty Desk"), wd_unit_item_get_unit (unit)->name)
                       : g_strdup (_ ("Dispatch Board"));
  gtk_label_set_label (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->person, staff != NULL && staff->display != NULL ? staff->display : actor->name);
}

static void
show_page (WdWindow *self)
{
  const WdActor *actor = wd_desk_get_actor (self->desk);

  if (actor == NULL || adw_bin_get_child (self->page) != NULL)
    return;
  adw_bin_set_child (self->page, wd_role_is_centre (actor->role) ? wd_board_page_new (self->desk)
                                                                 : wd_duty_page_new (self->desk));
  gtk_stack_set_visible_child_name (self->stack, "desk");
  show_actor (self);
  tick_cb (self);
  if (self->tick == 0)
    self->tick = g_timeout_add (1000, tick_cb, self);
}

static void
house_changed_cb (WdWindow *self)
{
  show_actor (self);
  show_policy (self);
}

/* --- sign-in ------------------------------------------------------------------------------ */

static char *
folder_for (const char *server, const char *user)
{
  g_autofree char *pair = g_strdup_printf ("%s\n%s", server, user);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pair, -1);

  return g_build_filename (g_get_user_data_dir (), "waterdesk", name, NULL);
}

static char *
sign_in_problem (const GError *error)
{
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_UNAUTHORIZED))
    return g_strdup (_ ("Name or password is wrong. Please type the password again."));
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_TOO_MANY))
    return g_strdup_printf (_ ("Too many attempts. Try again in %s seconds."), error->message);
  if (g_error_matches (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_OFFLINE))
    return g_strdup (_ ("The server does not answer. Check its address and the network, then try again."));
  return g_strdup (_ ("This is not a Waterdesk server. Check the address."));
}

static void
signed_in_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;
  g_autoptr (GError)   error = NULL;
  g_autofree char     *token = wd_uplink_sign_in_finish (WD_UPLINK (uplink), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  wd_sign_in_page_set_busy (self->sign_in, FALSE);
  if (token == NULL)
    {
      g_autofree char *problem = sign_in_problem (error);

      wd_sign_in_page_set_problem (self->sign_in, problem);
      return;
    }
  wd_sign_in_page_set_problem (self->sign_in, NULL);
  wd_uplink_set_presence (WD_UPLINK (uplink), g_get_monotonic_time (), NULL, FALSE);
  show_page (self);
}

static void
link_changed_cb (WdWindow *self)
{
  /* The token is over: somebody has to sign in again; what was typed and what waits stays. */
  if (adw_bin_get_child (self->page) != NULL)
    gtk_stack_set_visible_child_name (self->stack, wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_SIGNED_OUT ? "sign-in" : "desk");
  show_link (self);
}

static void
set_desk (WdWindow *self, const char *server, const char *user)
{
  g_autofree char *folder = folder_for (server, user);
  WdUplink        *uplink;

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  self->desk = wd_desk_new (server, user, folder, NULL);
  uplink = wd_desk_get_uplink (self->desk);
  g_signal_connect_object (uplink, "notify::state", G_CALLBACK (link_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::done", G_CALLBACK (show_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::waiting", G_CALLBACK (show_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::stopped", G_CALLBACK (show_refusals), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "actor-changed", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "house-changed", G_CALLBACK (house_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
sign_in_cb (WdWindow *self, const char *server, const char *user, const char *password)
{
  /* Once its page is there, the desk stays: signing in again is for the same pair. */
  if (adw_bin_get_child (self->page) == NULL)
    set_desk (self, server, user);
  wd_sign_in_page_set_problem (self->sign_in, NULL);
  wd_sign_in_page_set_busy (self->sign_in, TRUE);
  wd_uplink_sign_in_async (wd_desk_get_uplink (self->desk), password, self->cancellable, signed_in_cb, g_object_ref (self));
}

/* --- closing --------------------------------------------------------------------------------- */

static void
closed_cb (GObject *desk, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;

  wd_desk_close_finish (WD_DESK (desk), result, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* What is held goes out before the window does. */
static gboolean
close_request_cb (WdWindow *self)
{
  if (self->desk == NULL || self->closing)
    return GDK_EVENT_PROPAGATE;
  self->closing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  wd_desk_close_async (self->desk, FALSE, closed_cb, g_object_ref (self));
  return GDK_EVENT_STOP;
}

static void
size_changed_cb (WdWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (width > 0 && width < NARROW)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

static void
wd_window_dispose (GObject *object)
{
  WdWindow *self = WD_WINDOW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_window_parent_class)->dispose (object);
}

static void
wd_window_class_init (WdWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_window_dispose;
  g_type_ensure (WD_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/window/wd-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, page);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, title);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, person);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, date);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, time);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, offline_bar);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, offline_words);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, refusal_bar);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, refusal_words);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, link);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, unsent);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, policy);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, refusal_seen_cb);
}

static void
wd_window_init (WdWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wd_window_new (AdwApplication *application, const char *server, const char *user, const char *password)
{
  WdWindow *self = g_object_new (WD_TYPE_WINDOW, "application", application, NULL);

  wd_sign_in_page_fill (self->sign_in, server, user);
  if (server != NULL && user != NULL && password != NULL)
    sign_in_cb (self, server, user, password);
  return GTK_WIDGET (self);
}
