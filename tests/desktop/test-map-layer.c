/* test-map-layer.c — what the map's layer shows, where, and what can be hit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "map-fixture.h"
#include "map-scene.h"
#include "wd-camera.h"
#include "wd-map-layer-private.h"
#include "wd-palette.h"
#include "wd-test-display.h"

#include <adwaita.h>
#include <math.h>

static void
put (MapFixture *fixture,
     const char *id,
     double      east, /* degrees from the middle */
     WdUrgency   urgency,
     WdMarks     marks,
     gint64      due)
{
  const WdMapOrder order = { .id = id, .point = { map_fixture_city.lon + east, map_fixture_city.lat }, .category = "leak", .state = { urgency, marks }, .due = due };

  wd_map_layer_put_order (fixture->layer, &order);
}

static void
assert_hit (MapFixture *fixture,
            const char *id)
{
  graphene_point_t at;

  g_assert_true (wd_map_layer_locate_order (fixture->layer, id, &at));
  g_assert_true (gtk_widget_contains (GTK_WIDGET (fixture->layer), (double)at.x, (double)at.y));
}

static void
test_only_symbols_are_hit (MapFixture   *fixture,
                           gconstpointer data)
{
  graphene_point_t at;

  put (fixture, "a", 0, WD_URGENCY_NORMAL, 0, 0);
  put (fixture, "b", 0.01, WD_URGENCY_NORMAL, 0, 0);
  assert_hit (fixture, "a");
  assert_hit (fixture, "b");
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "a", &at));
  g_assert_cmpfloat_with_epsilon (at.x, 500, 1.0f);
  g_assert_cmpfloat_with_epsilon (at.y, 400, 1.0f);
  g_assert_false (gtk_widget_contains (GTK_WIDGET (fixture->layer), 500, 440));
  g_assert_false (gtk_widget_contains (GTK_WIDGET (fixture->layer), 540, 400));
}

static void
test_orders_come_change_and_go (MapFixture   *fixture,
                                gconstpointer data)
{
  graphene_point_t before, after;
  const WdMapOrder lost = { .id = "a", .point = { NAN, NAN }, .category = "leak" };

  put (fixture, "a", 0, WD_URGENCY_NORMAL, 0, 0);
  put (fixture, "b", 0.01, WD_URGENCY_NORMAL, 0, 0);
  put (fixture, "c", 0.02, WD_URGENCY_NORMAL, 0, 0);
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "a", &before));
  put (fixture, "a", -0.01, WD_URGENCY_LATE, 0, 0);
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "a", &after));
  g_assert_cmpfloat (after.x, <, before.x - 100);

  wd_map_layer_put_order (fixture->layer, &lost);
  g_assert_false (wd_map_layer_locate_order (fixture->layer, "a", &after));
  wd_map_layer_remove_order (fixture->layer, "b");
  wd_map_layer_remove_order (fixture->layer, "never");
  g_assert_false (wd_map_layer_locate_order (fixture->layer, "b", &after));
  assert_hit (fixture, "c");
  wd_map_layer_set_orders (fixture->layer, NULL, 0);
  g_assert_false (wd_map_layer_locate_order (fixture->layer, "c", &after));
}

static void
count_cb (WdMapView *view,
          guint     *count)
{
  (*count)++;
}

static void
test_selection_is_by_id (MapFixture   *fixture,
                         gconstpointer data)
{
  guint changes = 0;

  g_signal_connect (fixture->view, "selection-changed", G_CALLBACK (count_cb), &changes);
  put (fixture, "a", 0, WD_URGENCY_NORMAL, 0, 0);
  put (fixture, "b", 0.01, WD_URGENCY_NORMAL, 0, 0);
  wd_map_layer_select (fixture->layer, (const char *const[]){ "b", NULL });
  wd_map_layer_select (fixture->layer, (const char *const[]){ "b", NULL });
  g_assert_cmpuint (changes, ==, 1);

  wd_map_layer_remove_order (fixture->layer, "a");
  wd_map_layer_set_orders (fixture->layer, NULL, 0);
  put (fixture, "c", 0, WD_URGENCY_NORMAL, 0, 0);
  g_assert_cmpstr (wd_map_layer_get_selection (fixture->layer)[0], ==, "b");
  g_assert_null (wd_map_layer_get_selection (fixture->layer)[1]);
  wd_map_layer_select (fixture->layer, NULL);
  g_assert_null (wd_map_layer_get_selection (fixture->layer)[0]);
  g_assert_cmpuint (changes, ==, 2);
}

static void
test_changes_do_not_move_the_map (MapFixture   *fixture,
                                  gconstpointer data)
{
  double lon = shumate_location_get_longitude (SHUMATE_LOCATION (fixture->viewport));
  double lat = shumate_location_get_latitude (SHUMATE_LOCATION (fixture->viewport));
  double zoom = shumate_viewport_get_zoom_level (fixture->viewport);

  map_scene_flood (fixture->view, 2000);
  map_scene_fill (fixture->view);
  map_scene_select (fixture->view);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpfloat (shumate_location_get_longitude (SHUMATE_LOCATION (fixture->viewport)), ==, lon);
  g_assert_cmpfloat (shumate_location_get_latitude (SHUMATE_LOCATION (fixture->viewport)), ==, lat);
  g_assert_cmpfloat (shumate_viewport_get_zoom_level (fixture->viewport), ==, zoom);
}

static void
test_in_view_by_urgency (MapFixture   *fixture,
                         gconstpointer data)
{
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) first = NULL;
  guint          all;

  put (fixture, "normal", 0, WD_URGENCY_NORMAL, 0, 5);
  put (fixture, "late-no-limit", 0.001, WD_URGENCY_LATE, 0, 0);
  put (fixture, "soon", 0.01, WD_URGENCY_SOON, 0, 9);
  put (fixture, "late-then", 0.0011, WD_URGENCY_LATE, 0, 7);
  put (fixture, "late-first", 0.02, WD_URGENCY_LATE, 0, 6);
  put (fixture, "yours", -0.01, WD_URGENCY_YOURS, 0, 1);
  put (fixture, "far-away", 5, WD_URGENCY_LATE, 0, 1);
  ids = wd_map_layer_list_in_view (fixture->layer, 100, &all);
  g_assert_cmpstrv (ids, ((const char *[]){ "late-first", "late-then", "late-no-limit", "soon", "yours", "normal", NULL }));
  first = wd_map_layer_list_in_view (fixture->layer, 2, &all);
  g_assert_cmpuint (all, ==, 6);
  g_assert_cmpstrv (first, ((const char *[]){ "late-first", "late-then", NULL }));
}

static void
count_nodes (GskRenderNode *node,
             guint         *textures,
             guint         *opacities)
{
  switch ((int)gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        count_nodes (gsk_container_node_get_child (node, i), textures, opacities);
      break;
    case GSK_OPACITY_NODE:
      (*opacities)++;
      count_nodes (gsk_opacity_node_get_child (node), textures, opacities);
      break;
    case GSK_TEXTURE_NODE: (*textures)++; break;
    default: break;
    }
}

static void
draw (MapFixture *fixture,
      guint      *textures,
      guint      *opacities)
{
  GtkSnapshot              *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  *textures = *opacities = 0;
  GTK_WIDGET_GET_CLASS (fixture->layer)->snapshot (GTK_WIDGET (fixture->layer), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    count_nodes (node, textures, opacities);
}

/* However many orders there are, a frame is a bounded number of textures: GTK's GL renderer gives up at some thousands. */
static void
test_a_frame_is_bounded (MapFixture   *fixture,
                         gconstpointer data)
{
  map_scene_flood (fixture->view, 100000);
  for (int zoom = 9; zoom <= 19; zoom++)
    {
      guint textures, opacities;

      wd_camera_look (fixture->viewport, wd_mercator_from_point (map_fixture_city), zoom);
      draw (fixture, &textures, &opacities);
      g_test_message ("zoom %d: %u textures", zoom, textures);
      g_assert_cmpuint (textures, >, 0);
      g_assert_cmpuint (textures, <, 4000);
    }
}

static void
test_reduced_motion_stops_the_pulse (MapFixture   *fixture,
                                     gconstpointer data)
{
  guint textures, opacities;

  put (fixture, "waiting", 0, WD_URGENCY_NORMAL, WD_MARK_SENT, 0);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 2); /* ring and body */
  g_assert_cmpuint (opacities, ==, 0);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
}

static void
test_all_in_one_place_are_one_cluster (MapFixture   *fixture,
                                       gconstpointer data)
{
  graphene_point_t first, last;
  guint            textures, opacities, all;
  g_auto (GStrv)   ids = NULL;

  for (int i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);

      put (fixture, id, 0, i == 7 ? WD_URGENCY_LATE : WD_URGENCY_NORMAL, 0, 0);
    }
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 1);
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "0", &first));
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "11", &last));
  g_assert_true (graphene_point_equal (&first, &last));
  ids = wd_map_layer_list_in_view (fixture->layer, 100, &all);
  g_assert_cmpuint (g_strv_length (ids), ==, 12);
  g_assert_cmpstr (ids[0], ==, "7");
}

static void
put_with_crew (MapFixture *fixture,
               const char *id,
               double      east,
               const char *crew)
{
  const WdMapOrder order = { .id = id, .point = { map_fixture_city.lon + east, map_fixture_city.lat }, .category = "leak", .crew = crew };

  wd_map_layer_put_order (fixture->layer, &order);
}

/* A pill below the symbol of the order that the crew is sent to, from where there is room for it. */
static void
test_a_crew_stands_at_its_order (MapFixture   *fixture,
                                 gconstpointer data)
{
  const graphene_rect_t below = GRAPHENE_RECT_INIT (490, 420, 20, 10), above = GRAPHENE_RECT_INIT (490, 372, 20, 10);
  guint                 textures, opacities;

  put_with_crew (fixture, "a", 0, "东2");
  put_with_crew (fixture, "b", 0.01, NULL);
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 3);
  g_assert_true (wd_map_layer_overlaps (fixture->layer, &below));
  g_assert_false (wd_map_layer_overlaps (fixture->layer, &above));
  wd_map_layer_set_crews_shown (fixture->layer, FALSE);
  g_assert_false (wd_map_layer_overlaps (fixture->layer, &below));
  wd_map_layer_set_crews_shown (fixture->layer, TRUE);
  g_assert_true (wd_map_layer_overlaps (fixture->layer, &below));
  /* It is no place of its own: the map pans there. */
  g_assert_false (gtk_widget_contains (GTK_WIDGET (fixture->layer), 500, 426));
  assert_hit (fixture, "a");

  wd_camera_look (fixture->viewport, wd_mercator_from_point (map_fixture_city), 13);
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 2);

  wd_camera_look (fixture->viewport, wd_mercator_from_point (map_fixture_city), 15);
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 3);
  put_with_crew (fixture, "a", 0, NULL);
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 2);
  put_with_crew (fixture, "a", 0, "东2");
  put_with_crew (fixture, "same-place", 0, "东3");
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 2); /* a cluster, and the other */
}

static float
measure (MapFixture *fixture,
         const char *id)
{
  return graphene_rect_get_width (&wd_map_layer_find_spot (fixture->layer, id)->body);
}

/* With text of 200 % all that has a character is twice as large: to be seen, and to be hit; and has the room for it. */
static void
test_large_text (MapFixture   *fixture,
                 gconstpointer data)
{
  const double     near = 0.0055; /* degrees: some 64 pixels */
  graphene_point_t at, beside;
  guint            textures, opacities;
  float            symbol, cluster;

  put (fixture, "a", 0, WD_URGENCY_NORMAL, 0, 0);
  put (fixture, "b", near, WD_URGENCY_NORMAL, 0, 0);
  put (fixture, "c", 0.03, WD_URGENCY_NORMAL, 0, 0);
  put (fixture, "d", 0.03, WD_URGENCY_NORMAL, 0, 0);
  put_with_crew (fixture, "e", -0.03, "东2");
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 5);
  symbol = measure (fixture, "e");
  cluster = measure (fixture, "c");
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "e", &at));
  g_assert_false (gtk_widget_contains (GTK_WIDGET (fixture->layer), (double)at.x + 26, (double)at.y));

  map_fixture_set_text (2);
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 3); /* the two are one, and the crew waits for room */
  g_assert_cmpfloat (measure (fixture, "e"), ==, 2 * symbol);
  g_assert_cmpfloat (measure (fixture, "c"), ==, 2 * cluster);
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "a", &at));
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "b", &beside));
  g_assert_true (graphene_point_equal (&at, &beside));
  g_assert_true (wd_map_layer_locate_order (fixture->layer, "e", &at));
  g_assert_true (gtk_widget_contains (GTK_WIDGET (fixture->layer), (double)at.x + 26, (double)at.y));

  /* One zoom nearer they stand as they did. */
  wd_camera_look (fixture->viewport, wd_mercator_from_point (map_fixture_city), 15);
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 2); /* c, d and e are outside */
  put_with_crew (fixture, "a", 0, "东2");
  draw (fixture, &textures, &opacities);
  g_assert_cmpuint (textures, ==, 3);

  map_fixture_set_text (1);
  wd_camera_look (fixture->viewport, wd_mercator_from_point (map_fixture_city), 14);
  g_assert_cmpfloat (measure (fixture, "e"), ==, symbol);
}

static char *
refuse_cb (WdMapView         *view,
           const char *const *ids,
           const char        *code,
           gpointer           data)
{
  g_assert_cmpstr (ids[0], ==, "a");
  return g_str_equal (code, "closed") ? g_strdup ("closed") : NULL;
}

static void
test_the_view_passes_on_questions (MapFixture   *fixture,
                                   gconstpointer data)
{
  const char *const ids[] = { "a", NULL };
  g_autofree char  *closed = NULL, *open = NULL;

  g_signal_connect (fixture->view, "query-drop", G_CALLBACK (refuse_cb), NULL);
  g_signal_emit_by_name (fixture->layer, "query-drop", ids, "closed", &closed);
  g_signal_emit_by_name (fixture->layer, "query-drop", ids, "east", &open);
  g_assert_cmpstr (closed, ==, "closed");
  g_assert_null (open);
}

static void
test_it_asks_for_little_space (MapFixture   *fixture,
                               gconstpointer data)
{
  int minimum, natural;

  gtk_widget_measure (GTK_WIDGET (fixture->view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <=, 480);
  g_assert_cmpint (natural, <=, 600);
}

static void
test_tiles_lie_on_whole_pixels (MapFixture   *fixture,
                                gconstpointer data)
{
  for (int zoom = 10; zoom <= 19; zoom++)
    for (int i = 0; i < 20; i++)
      {
        WdCamera camera = wd_camera_read (fixture->viewport, 1000, 800);
        double   left, top;

        wd_camera_pan (fixture->viewport, &camera, g_test_rand_double_range (-60, 60), g_test_rand_double_range (-60, 60));
        wd_camera_zoom_around (fixture->viewport, &camera, GRAPHENE_POINT_INIT (123, 457), zoom);
        camera = wd_camera_read (fixture->viewport, 1000, 800);
        left = camera.centre.x * camera.scale - 500;
        top = camera.centre.y * camera.scale - 400;
        g_assert_cmpfloat_with_epsilon (left, round (left), 0.02);
        g_assert_cmpfloat_with_epsilon (top, round (top), 0.02);
      }
}

static void
print_speed (MapFixture *fixture,
             double      text)
{
  map_fixture_set_text (text);
  for (int zoom = 11; zoom <= 17; zoom += 2)
    {
      double worst = 0, best = G_MAXDOUBLE;
      guint  textures, opacities;

      wd_camera_look (fixture->viewport, wd_mercator_from_point (map_fixture_city), zoom);
      draw (fixture, &textures, &opacities);
      for (int i = 0; i < 20; i++)
        {
          WdCamera camera = wd_camera_read (fixture->viewport, 1000, 800);
          gint64   start = g_get_monotonic_time ();
          double   took;

          wd_camera_pan (fixture->viewport, &camera, 7, 3);
          draw (fixture, &textures, &opacities);
          took = (double)(g_get_monotonic_time () - start) / 1000;
          worst = MAX (worst, took);
          best = MIN (best, took);
        }
      g_test_minimized_result (best, "100,000 orders, text of %.0f %%, zoom %d, %u textures: a pan's frame %.1f ms (worst %.1f)", text * 100, zoom, textures,
                               best, worst);
    }
}

static void
test_speed (MapFixture   *fixture,
            gconstpointer data)
{
  map_scene_flood (fixture->view, 100000);
  print_speed (fixture, 1);
  print_speed (fixture, 2);
}

int
main (int argc, char *argv[])
{
  wd_test_display_start ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  wd_palette_install (gdk_display_get_default ());

#define ADD(name, func) g_test_add ("/map-layer/" name, MapFixture, NULL, map_fixture_set_up, func, map_fixture_tear_down)
  ADD ("only-symbols-are-hit", test_only_symbols_are_hit);
  ADD ("orders-come-change-and-go", test_orders_come_change_and_go);
  ADD ("selection-is-by-id", test_selection_is_by_id);
  ADD ("changes-do-not-move-the-map", test_changes_do_not_move_the_map);
  ADD ("what-is-in-view-comes-by-urgency", test_in_view_by_urgency);
  ADD ("a-frame-is-bounded", test_a_frame_is_bounded);
  ADD ("reduced-motion-stops-the-pulse", test_reduced_motion_stops_the_pulse);
  ADD ("all-in-one-place-are-one-cluster", test_all_in_one_place_are_one_cluster);
  ADD ("a-crew-stands-at-its-order", test_a_crew_stands_at_its_order);
  ADD ("large-text", test_large_text);
  ADD ("the-view-passes-on-questions", test_the_view_passes_on_questions);
  ADD ("it-asks-for-little-space", test_it_asks_for_little_space);
  ADD ("tiles-lie-on-whole-pixels", test_tiles_lie_on_whole_pixels);
  if (g_test_perf ())
    ADD ("speed", test_speed);
  return g_test_run ();
}
