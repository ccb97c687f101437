/* test-mercator.c — projection, distances and tile numbers against known values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-mercator.h"

#include <math.h>

static void
test_round_trip (void)
{
  for (int i = 0; i < 100000; i++)
    {
      WdPoint from = { g_test_rand_double_range (-180, 180), g_test_rand_double_range (-85.05, 85.05) };
      WdPoint back = wd_mercator_to_point (wd_mercator_from_point (from));

      g_assert_cmpfloat_with_epsilon (back.lon, from.lon, 1e-10);
      g_assert_cmpfloat_with_epsilon (back.lat, from.lat, 1e-10);
    }
}

static void
test_known_places (void)
{
  /* clang-format off */
  static const struct { WdPoint point; double x, y; } places[] = {
    { {    0,        0 },       0.5,       0.5 },
    { { -180,        85.051128779806604 }, 0.0, 0.0 },
    { {  180,       -85.051128779806604 }, 1.0, 1.0 },
    { { -180,        90 },      0.0,       0.0 }, /* the pole is cut off */
    { {   90,        66.51326044311186 }, 0.75, 0.25 },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      WdMercator world = wd_mercator_from_point (places[i].point);

      g_assert_cmpfloat_with_epsilon (world.x, places[i].x, 1e-12);
      g_assert_cmpfloat_with_epsilon (world.y, places[i].y, 1e-12);
    }
}

static void
test_metres (void)
{
  WdPoint a = { 120.20, 30.20 }, b = { 120.21, 30.20 };
  double  flat = (wd_mercator_from_point (b).x - wd_mercator_from_point (a).x) * wd_mercator_metres_per_unit (30.20);

  g_assert_cmpfloat_with_epsilon (flat, 962.1, 0.1);
  g_assert_cmpfloat_with_epsilon (wd_point_distance (a, b), flat, 0.01);
  g_assert_cmpfloat (wd_point_distance (a, a), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (wd_point_distance ((WdPoint){ 0, -90 }, (WdPoint){ 77, 90 }), G_PI * WD_EARTH_RADIUS_M, 1.0);
}

static void
test_tiles (void)
{
  int        column, row;
  WdMercator city = wd_mercator_from_point ((WdPoint){ 120.20, 30.20 });

  wd_mercator_tile (city, 14, &column, &row);
  g_assert_cmpint (column, ==, 13662);
  g_assert_cmpint (row, ==, 6749);

  for (int zoom = 0; zoom <= 20; zoom++)
    {
      WdMercator corner, next;

      wd_mercator_tile (city, zoom, &column, &row);
      corner = wd_mercator_tile_corner (zoom, column, row);
      next = wd_mercator_tile_corner (zoom, column + 1, row + 1);
      g_assert_true (corner.x <= city.x && city.x < next.x);
      g_assert_true (corner.y <= city.y && city.y < next.y);
    }

  wd_mercator_tile ((WdMercator){ 1.0, -0.5 }, 3, &column, &row);
  g_assert_cmpint (column, ==, 7);
  g_assert_cmpint (row, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mercator/there-and-back-is-the-same-place", test_round_trip);
  g_test_add_func ("/mercator/known-places-are-where-they-belong", test_known_places);
  g_test_add_func ("/mercator/metres-agree-with-the-great-circle", test_metres);
  g_test_add_func ("/mercator/a-point-lies-in-its-tile", test_tiles);
  return g_test_run ();
}
