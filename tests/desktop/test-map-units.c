/* test-map-units.c — the labels of units on the map: where they stand, and what they give way to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "map-fixture.h"
#include "wd-camera.h"
#include "wd-map-layer-private.h"
#include "wd-palette.h"
#include "wd-test-display.h"

#include <adwaita.h>
#include <math.h>

static void
test_units_are_places_to_drop (MapFixture   *fixture,
                               gconstpointer data)
{
  const WdMapUnit  units[] = { { "east", "东区", { 120.21, 30.20 }, WD_PRESENCE_ONLINE }, { "lost", "无处", { NAN, NAN }, WD_PRESENCE_ONLINE } };
  graphene_point_t at;

  wd_map_layer_set_units (fixture->layer, units, G_N_ELEMENTS (units));
  g_assert_true (wd_map_layer_locate_unit (fixture->layer, "east", &at));
  g_assert_true (gtk_widget_contains (GTK_WIDGET (fixture->layer), (double)at.x, (double)at.y));
  g_assert_false (wd_map_layer_locate_unit (fixture->layer, "lost", &at));
  g_assert_false (wd_map_layer_locate_order (fixture->layer, "east", &at));
}

/* Pixels to the right of the middle, and below it. */
static WdPoint
place_at (MapFixture *fixture,
          double      right,
          double      down)
{
  WdCamera   camera = wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (fixture->layer)), gtk_widget_get_width (GTK_WIDGET (fixture->layer)),
                                      gtk_widget_get_height (GTK_WIDGET (fixture->layer)));
  WdMercator at = { camera.centre.x + right / camera.scale, camera.centre.y + down / camera.scale };

  return wd_mercator_to_point (at);
}

static WdMapUnit
unit_at (MapFixture *fixture,
         const char *code,
         double      pixels)
{
  return (WdMapUnit){ (char *)code, (char *)"东区", place_at (fixture, pixels, 0), WD_PRESENCE_ONLINE };
}

static const WdSpot *
put_beside_unit (MapFixture *fixture,
                 double      above,
                 double      below)
{
  const WdMapOrder orders[] = { { "above", place_at (fixture, 0, -above), "leak", { WD_URGENCY_LATE, WD_MARK_NONE }, 0, NULL },
                                { "below", place_at (fixture, 0, below), "leak", { WD_URGENCY_LATE, WD_MARK_NONE }, 0, NULL } };

  wd_map_layer_set_orders (fixture->layer, orders, G_N_ELEMENTS (orders));
  return wd_map_layer_find_spot (fixture->layer, "unit");
}

static void
test_labels_give_way_to_symbols (MapFixture   *fixture,
                                 gconstpointer data)
{
  WdMapUnit         unit = unit_at (fixture, "unit", 0);
  const char *const ids[] = { "above", NULL };
  const WdSpot     *spot;

  wd_map_layer_set_units (fixture->layer, &unit, 1);
  spot = put_beside_unit (fixture, 80, 80);
  g_assert_false (spot->below);
  g_assert_cmpfloat (graphene_rect_get_y (&spot->body), <, spot->at.y - 10);
  spot = put_beside_unit (fixture, 18, 80);
  g_assert_true (spot->below);
  g_assert_cmpfloat (graphene_rect_get_y (&spot->body) + 10, >, spot->at.y);
  g_assert_false (spot->brief);
  /* The symbols are what is seen, and hit, where neither side is free; only a drag is told where the unit is. */
  g_assert_null (put_beside_unit (fixture, 18, 18));
  wd_map_layer_set_dragged (fixture->layer, ids);
  g_assert_nonnull (wd_map_layer_find_spot (fixture->layer, "unit"));
  wd_map_layer_set_dragged (fixture->layer, NULL);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

static gboolean
is_below (gpointer fixture)
{
  const WdSpot *spot = wd_map_layer_find_spot (((MapFixture *)fixture)->layer, "unit");

  return spot != NULL && spot->below;
}

/* Also where they come later. */
static void
test_labels_give_way_to_tools (MapFixture   *fixture,
                               gconstpointer data)
{
  GtkWidget *tool = gtk_button_new_with_label ("tool");
  WdMapUnit  unit = unit_at (fixture, "unit", 0);

  wd_map_layer_set_units (fixture->layer, &unit, 1);
  g_assert_false (is_below (fixture));
  gtk_widget_set_halign (tool, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (tool, GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (tool, gtk_widget_get_height (GTK_WIDGET (fixture->layer)) / 2 + 8);
  wd_map_view_add_overlay (fixture->view, tool);
  wd_test_wait_for (is_mapped, tool);
  g_assert_true (is_below (fixture));
  gtk_widget_set_visible (tool, FALSE);
  g_assert_false (is_below (fixture));
}

static void
test_labels_stay_under_a_drag (MapFixture   *fixture,
                               gconstpointer data)
{
  WdMapUnit         unit = unit_at (fixture, "unit", 0);
  const char *const ids[] = { "below", NULL };

  wd_map_layer_set_units (fixture->layer, &unit, 1);
  g_assert_false (put_beside_unit (fixture, 80, 80)->below);
  wd_map_layer_set_dragged (fixture->layer, ids);
  g_assert_false (put_beside_unit (fixture, 18, 80)->below);
  wd_map_layer_set_dragged (fixture->layer, NULL);
  g_assert_true (put_beside_unit (fixture, 18, 80)->below);
}

static void
test_labels_of_units_give_way (MapFixture   *fixture,
                               gconstpointer data)
{
  WdMapUnit         units[] = { unit_at (fixture, "first", 0), unit_at (fixture, "near", 42), unit_at (fixture, "under", 20), unit_at (fixture, "far", 120) };
  const char *const ids[] = { "a", NULL };
  const WdSpot     *first, *near, *far;
  graphene_point_t  at;

  wd_map_layer_set_units (fixture->layer, units, G_N_ELEMENTS (units));
  first = wd_map_layer_find_spot (fixture->layer, "first");
  near = wd_map_layer_find_spot (fixture->layer, "near");
  far = wd_map_layer_find_spot (fixture->layer, "far");
  g_assert_false (first->brief || first->below);
  g_assert_true (near->below);
  g_assert_false (near->brief);
  g_assert_false (graphene_rect_intersection (&near->body, &first->body, NULL));
  g_assert_false (far->brief || far->below);
  g_assert_false (wd_map_layer_locate_unit (fixture->layer, "under", &at));

  /* What can be dropped on is there while something is dragged. */
  wd_map_layer_set_dragged (fixture->layer, ids);
  g_assert_true (wd_map_layer_locate_unit (fixture->layer, "under", &at));
  wd_map_layer_set_dragged (fixture->layer, NULL);
  g_assert_false (wd_map_layer_locate_unit (fixture->layer, "under", &at));
}

/* Of text of 200 %: twice as large, so that others give way sooner; its letter alone is as large. */
static void
test_labels_grow_with_text (MapFixture   *fixture,
                            gconstpointer data)
{
  WdMapUnit       units[] = { unit_at (fixture, "first", 0), unit_at (fixture, "beside", 70), unit_at (fixture, "far", 240) };
  graphene_rect_t before, after;

  wd_map_layer_set_units (fixture->layer, units, G_N_ELEMENTS (units));
  g_assert_false (wd_map_layer_find_spot (fixture->layer, "beside")->below);
  before = wd_map_layer_find_spot (fixture->layer, "first")->body;
  map_fixture_set_text (2);
  after = wd_map_layer_find_spot (fixture->layer, "first")->body;
  g_assert_cmpfloat (graphene_rect_get_width (&after), ==, 2 * graphene_rect_get_width (&before));
  g_assert_cmpfloat (graphene_rect_get_height (&after), ==, 2 * graphene_rect_get_height (&before));
  g_assert_true (wd_map_layer_find_spot (fixture->layer, "beside")->below);
  g_assert_false (wd_map_layer_find_spot (fixture->layer, "far")->below);
  g_assert_false (graphene_rect_intersection (&after, &wd_map_layer_find_spot (fixture->layer, "beside")->body, NULL));
}

int
main (int argc, char *argv[])
{
  wd_test_display_start ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wd_palette_install (gdk_display_get_default ());

#define ADD(name, func) g_test_add ("/map-units/" name, MapFixture, NULL, map_fixture_set_up, func, map_fixture_tear_down)
  ADD ("are-places-to-drop", test_units_are_places_to_drop);
  ADD ("give-way-to-each-other", test_labels_of_units_give_way);
  ADD ("give-way-to-symbols", test_labels_give_way_to_symbols);
  ADD ("give-way-to-tools", test_labels_give_way_to_tools);
  ADD ("grow-with-text", test_labels_grow_with_text);
  ADD ("stay-under-a-drag", test_labels_stay_under_a_drag);
  return g_test_run ();
}
