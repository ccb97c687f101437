/* test-territory.c — whose place is this: inside, outside, borders, holes, enclaves, ties
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-territory.h"

#include "wd-mercator.h"

#include <math.h>

#define RING(...)   \
  (const WdPoint[]) \
  {                 \
    __VA_ARGS__     \
  }
#define COUNT(...) G_N_ELEMENTS (((const WdPoint[]){ __VA_ARGS__ }))
#define BEGIN(area, ...) wd_area_begin_polygon (area, RING (__VA_ARGS__), COUNT (__VA_ARGS__))
#define HOLE(area, ...) wd_area_add_hole (area, RING (__VA_ARGS__), COUNT (__VA_ARGS__))

static WdArea *
make_box (double west,
          double south,
          double east,
          double north)
{
  WdArea *area = wd_area_new ();

  BEGIN (area, { west, south }, { east, south }, { east, north }, { west, north }, { west, south });
  return area;
}

/* West and east meet at 120.2; the lake is a hole of the east with an island in it; the
 * centre's small enclave lies across the border; the outpost is a second polygon of the west inside the east. */
static WdTerritories *
make_city (void)
{
  WdTerritories *city = wd_territories_new ();
  WdArea        *west = make_box (120.1, 30.1, 120.2, 30.3);
  WdArea        *east = make_box (120.2, 30.1, 120.3, 30.3);

  BEGIN (west, { 120.28, 30.12 }, { 120.29, 30.12 }, { 120.29, 30.13 }, { 120.28, 30.13 });
  HOLE (east, { 120.24, 30.24 }, { 120.26, 30.24 }, { 120.26, 30.26 }, { 120.24, 30.26 }, { 120.24, 30.24 });
  BEGIN (east, { 120.249, 30.249 }, { 120.251, 30.249 }, { 120.251, 30.251 }, { 120.249, 30.251 });
  wd_territories_put (city, "west", west);
  wd_territories_put (city, "east", east);
  wd_territories_put (city, "north-west", make_box (120.1, 30.3001, 120.2, 30.4));
  wd_territories_put (city, "north-east", make_box (120.2, 30.3001, 120.3, 30.4));
  wd_territories_put (city, "centre", make_box (120.19, 30.19, 120.21, 30.21));
  return city;
}

static void
test_places (void)
{
  /* clang-format off */
  static const struct { WdPoint at; const char *unit; guint n_tied; } places[] = {
    { { 120.15,  30.15  }, "west",   1 },
    { { 120.25,  30.15  }, "east",   1 },
    { { 120.20,  30.20  }, "centre", 1 }, /* an enclave wins over both around it */
    { { 120.21,  30.20  }, "centre", 1 }, /* its border is its own */
    { { 120.211, 30.20  }, "east",   1 },
    { { 120.20,  30.15  }, "east",   1 }, /* a common border: the east is smaller by its lake */
    { { 120.20,  30.35  }, "north-east", 2 }, /* a common border of equals: a tie, first by code */
    { { 120.10,  30.10  }, "west",   1 }, /* a corner */
    { { 120.30,  30.20  }, "east",   1 }, /* the outer border */
    { { 120.3001, 30.20 }, NULL,     0 },
    { { 120.245, 30.245 }, NULL,     0 }, /* the lake */
    { { 120.24,  30.245 }, "east",   1 }, /* its shore */
    { { 120.25,  30.25  }, "east",   1 }, /* the island in it */
    { { 120.285, 30.125 }, "west",   1 }, /* the outpost inside the east */
    { { -120.15, 30.15  }, NULL,     0 },
    { { 120.15,  90.0   }, NULL,     0 },
  };
  /* clang-format on */
  g_autoptr (WdTerritories) city = make_city ();

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree const char **all = NULL;
      guint                   n_tied;

      g_test_message ("%g %g", places[i].at.lon, places[i].at.lat);
      all = wd_territories_find_all (city, places[i].at, &n_tied);
      g_assert_cmpstr (wd_territories_find (city, places[i].at), ==, places[i].unit);
      g_assert_cmpuint (n_tied, ==, places[i].n_tied);
      if (n_tied == 1)
        g_assert_cmpstr (all[0], ==, places[i].unit);
    }
}

static void
test_all_are_named_smallest_first (void)
{
  g_autoptr (WdTerritories) city = make_city ();
  g_autofree const char   **all = wd_territories_find_all (city, (WdPoint){ 120.205, 30.205 }, NULL);

  g_assert_cmpstr (all[0], ==, "centre");
  g_assert_cmpstr (all[1], ==, "east");
  g_assert_null (all[2]);
}

static void
test_put_replaces_and_removes (void)
{
  g_autoptr (WdTerritories) city = make_city ();

  wd_territories_put (city, "centre", make_box (121, 31, 122, 32));
  g_assert_cmpuint (wd_territories_get_n (city), ==, 5);
  g_assert_cmpstr (wd_territories_find (city, (WdPoint){ 120.205, 30.205 }), ==, "east");
  g_assert_cmpstr (wd_territories_find (city, (WdPoint){ 121.5, 31.5 }), ==, "centre");
  wd_territories_put (city, "centre", NULL);
  g_assert_cmpuint (wd_territories_get_n (city), ==, 4);
  g_assert_null (wd_territories_find (city, (WdPoint){ 121.5, 31.5 }));
}

static void
test_nothing_is_inside_nothing (void)
{
  g_autoptr (WdTerritories) city = wd_territories_new ();
  g_autoptr (WdArea)        area = wd_area_new ();

  g_assert_null (wd_territories_find (city, (WdPoint){ 120.2, 30.2 }));
  wd_territories_put (city, "void", wd_area_new ());
  g_assert_null (wd_territories_find (city, (WdPoint){ 120.2, 30.2 }));
  BEGIN (area, { 120, 30 }, { 121, 31 }, { 120, 30 });
  HOLE (area, { 120, 30 }, { 121, 31 }, { 121, 30 });
  g_assert_cmpuint (wd_area_get_n_polygons (area), ==, 0);
}

static void
test_size (void)
{
  g_autoptr (WdArea) box = make_box (120.2, 30.2, 120.21, 30.21);
  double             width = wd_point_distance ((WdPoint){ 120.2, 30.205 }, (WdPoint){ 120.21, 30.205 });
  double             height = wd_point_distance ((WdPoint){ 120.2, 30.2 }, (WdPoint){ 120.2, 30.21 });

  g_assert_cmpfloat_with_epsilon (wd_area_get_size (box, 0) / (width * height), 1.0, 1e-6);
  HOLE (box, { 120.2, 30.2 }, { 120.205, 30.2 }, { 120.205, 30.21 }, { 120.2, 30.21 });
  g_assert_cmpfloat_with_epsilon (wd_area_get_size (box, 0) / (width * height), 0.5, 1e-6);
}

/* A jagged ring around the origin: what lies within a share of the radius there is inside. */
static void
test_random_stars (void)
{
  for (int round = 0; round < 200; round++)
    {
      g_autoptr (WdArea) star = wd_area_new ();
      WdPoint            corners[97];
      double             radius[97];

      for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
        {
          double angle = 2 * G_PI * (double)i / G_N_ELEMENTS (corners);

          radius[i] = g_test_rand_double_range (0.5, 1.0);
          corners[i] = (WdPoint){ radius[i] * cos (angle), radius[i] * sin (angle) };
        }
      wd_area_begin_polygon (star, corners, G_N_ELEMENTS (corners));

      for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
        {
          const WdPoint *a = &corners[i], *b = &corners[(i + 1) % G_N_ELEMENTS (corners)];
          double         t = g_test_rand_double ();
          WdPoint        edge = { a->lon + t * (b->lon - a->lon), a->lat + t * (b->lat - a->lat) };

          g_assert_cmpint (wd_area_find (star, edge), ==, 0);
          g_assert_cmpint (wd_area_find (star, (WdPoint){ edge.lon * 0.999, edge.lat * 0.999 }), ==, 0);
          g_assert_cmpint (wd_area_find (star, (WdPoint){ edge.lon * 1.001, edge.lat * 1.001 }), ==, -1);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/territory/each-place-has-its-unit", test_places);
  g_test_add_func ("/territory/all-around-a-place-are-named-smallest-first", test_all_are_named_smallest_first);
  g_test_add_func ("/territory/put-replaces-and-removes", test_put_replaces_and_removes);
  g_test_add_func ("/territory/nothing-is-inside-nothing", test_nothing_is_inside_nothing);
  g_test_add_func ("/area/size-is-that-on-the-ground", test_size);
  g_test_add_func ("/area/inside-outside-and-border-of-random-stars", test_random_stars);
  return g_test_run ();
}
