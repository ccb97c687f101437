/* test-toast.c — a toast may be taken back before it has come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-test-display.h"
#include "wd-toast.h"

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *)flag;
}

static void
set (gboolean *flag)
{
  *flag = TRUE;
}

static AdwToast *
add (AdwToastOverlay *overlay, gboolean *gone)
{
  AdwToast *toast = adw_toast_new ("done");

  *gone = FALSE;
  adw_toast_set_timeout (toast, 0);
  g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (set), gone);
  wd_toast_add (overlay, g_object_ref (toast));
  return toast;
}

static gboolean
is_later (gpointer time)
{
  return g_get_monotonic_time () > *(gint64 *)time;
}

static void
draw_for (gint64 milliseconds)
{
  gint64 until = g_get_monotonic_time () + 1000 * milliseconds;

  wd_test_wait_for (is_later, &until);
}

/* While the one before it still goes a toast takes longer to come than to go.  Memory is spoilt when it is freed
 * (MALLOC_PERTURB_, as tests run): the program ends here where the coming writes to what has gone. */
static void
test_taken_back_at_once (void)
{
  AdwToastOverlay *overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  GtkWidget       *window = gtk_window_new ();

  adw_toast_overlay_set_child (overlay, gtk_label_new ("x"));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (overlay));
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
  gtk_window_present (GTK_WINDOW (window));
  wd_test_wait_for (is_mapped, window);

  for (int stall = 0; stall < 2; stall++)
    {
      gboolean             gone[2];
      g_autoptr (AdwToast) first = add (overlay, &gone[0]);
      g_autoptr (AdwToast) second = NULL;

      draw_for (700);
      wd_toast_dismiss (first);
      wd_test_wait_for (is_set, &gone[0]);
      second = add (overlay, &gone[1]);
      draw_for (100);
      wd_toast_dismiss (second);
      if (stall) /* all of its coming and going falls into one frame */
        g_usleep (900 * 1000);
      wd_test_wait_for (is_set, &gone[1]);
      draw_for (900);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char *argv[])
{
  wd_test_display_start ();
  adw_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/toast/taken-back-at-once", test_taken_back_at_once);
  return g_test_run ();
}
