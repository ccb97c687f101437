/* wd-toast.c — toasts that go only once they have come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-toast.h"

#define COMING "wd-coming"
#define COMES_USEC 600000 /* longer than libadwaita takes, which is half a second at most */

typedef struct
{
  AdwToast *toast;
  gint64    from; /* frame time; 0 before the first frame */
  gboolean  last; /* the toast's own callback may come after this one in a frame: one more */
  gboolean  goes;
} Coming;

static void
coming_free (gpointer data)
{
  Coming *coming = data;

  g_object_set_data (G_OBJECT (coming->toast), COMING, NULL);
  g_object_unref (coming->toast);
  g_free (coming);
}

static gboolean
frame_cb (GtkWidget *overlay, GdkFrameClock *clock, gpointer data)
{
  Coming *coming = data;
  gint64  now = gdk_frame_clock_get_frame_time (clock);

  if (coming->from == 0)
    coming->from = now;
  if (now - coming->from < COMES_USEC)
    return G_SOURCE_CONTINUE;
  if (!coming->last)
    {
      coming->last = TRUE;
      return G_SOURCE_CONTINUE;
    }
  if (coming->goes)
    adw_toast_dismiss (coming->toast);
  return G_SOURCE_REMOVE;
}

/* libadwaita lets Escape dismiss a toast; here it leads back from a page, whatever is told there. */
static void
leave_escape (AdwToastOverlay *overlay)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (overlay));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

void
wd_toast_add (AdwToastOverlay *overlay, AdwToast *toast)
{
  Coming *coming = g_new0 (Coming, 1);

  coming->toast = g_object_ref (toast);
  g_object_set_data (G_OBJECT (toast), COMING, coming);
  leave_escape (overlay);
  adw_toast_overlay_add_toast (overlay, toast);
  gtk_widget_add_tick_callback (GTK_WIDGET (overlay), frame_cb, coming, coming_free);
}

void
wd_toast_dismiss (AdwToast *toast)
{
  Coming *coming = g_object_get_data (G_OBJECT (toast), COMING);

  if (coming != NULL)
    coming->goes = TRUE;
  else
    adw_toast_dismiss (toast);
}
