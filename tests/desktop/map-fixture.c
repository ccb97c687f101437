/* map-fixture.c — a map in a window, for tests of what is drawn on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "map-fixture.h"

#include "wd-test-display.h"

const WdPoint map_fixture_city = { 120.20, 30.20 };

static gboolean
has_size (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

void
map_fixture_set_up (MapFixture   *fixture,
                    gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->view = WD_MAP_VIEW (wd_map_view_new ());
  fixture->layer = wd_map_view_get_layer (fixture->view);
  fixture->viewport = shumate_layer_get_viewport (SHUMATE_LAYER (fixture->layer));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 800);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  wd_test_wait_for (has_size, fixture->layer);
  wd_map_view_show_point (fixture->view, map_fixture_city, 14);
}

void
map_fixture_set_text (double text)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int)(text * 96 * 1024), NULL);
}

void
map_fixture_tear_down (MapFixture   *fixture,
                       gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *)&fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (fixture->view);
  map_fixture_set_text (1);
}
