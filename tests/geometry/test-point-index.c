/* test-point-index.c — which of many points lie in an area: as asked one by one, whatever the border does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-index.h"
#include "wd-mercator.h"
#include "wd-point-index.h"

#include <math.h>

#define N_POINTS 4000

/* A jagged ring around @centre, to the left or to the right. */
static void
make_star (WdPoint *corners, guint n, WdPoint centre, double radius, gboolean backwards)
{
  for (guint i = 0; i < n; i++)
    {
      double angle = 2 * G_PI * (double)i / n;
      double reach = radius * g_test_rand_double_range (0.3, 1.0);

      corners[backwards ? n - 1 - i : i] = (WdPoint){ centre.lon + reach * cos (angle), centre.lat + reach * sin (angle) };
    }
}

static WdPoint
random_point (void)
{
  return (WdPoint){ g_test_rand_double_range (120.1, 120.3), g_test_rand_double_range (30.1, 30.3) };
}

/* What the grid takes or leaves as a whole is what a look at each point says; also with holes, several parts and no part at all. */
static void
test_as_one_by_one (void)
{
  g_autoptr (WdPointIndex) index = wd_point_index_new ();
  g_autofree WdPoint      *points = g_new (WdPoint, N_POINTS);

  for (guint i = 0; i < N_POINTS; i++)
    {
      points[i] = random_point ();
      wd_point_index_add (index, points[i], &points[i]);
    }
  wd_point_index_add (index, (WdPoint){ 0, 0 }, NULL); /* far off */
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (WdArea)     area = wd_area_new ();
      g_autoptr (GPtrArray)  found = NULL;
      g_autoptr (GHashTable) inside = g_hash_table_new (NULL, NULL);
      WdPoint                corners[200];
      guint                  expected = 0;

      for (guint part = 0; part < round % 3; part++)
        {
          /* Parts lie apart. */
          WdPoint centre = { 120.15 + 0.1 * part, g_test_rand_double_range (30.1, 30.3) };
          double  radius = g_test_rand_double_range (0.001, 0.05);

          make_star (corners, G_N_ELEMENTS (corners), centre, radius, round % 2);
          wd_area_begin_polygon (area, corners, G_N_ELEMENTS (corners));
          make_star (corners, 20, centre, radius * 0.3, round % 5 == 0);
          wd_area_add_hole (area, corners, 20);
        }
      found = wd_point_index_find (index, area);
      for (guint i = 0; i < found->len; i++)
        g_assert_true (g_hash_table_add (inside, found->pdata[i]));
      for (guint i = 0; i < N_POINTS; i++)
        {
          gboolean is_inside = wd_area_contains (area, points[i]);

          expected += is_inside;
          g_assert_cmpint (g_hash_table_contains (inside, &points[i]), ==, is_inside);
        }
      g_assert_cmpuint (found->len, ==, expected);
      g_assert_cmpuint (wd_point_index_count (index, area), ==, expected);
    }
}

/* Of a comb whose teeth stand upright or lie: @step apart from (@lon, @lat) on, as long as all of them are wide. */
static guint
make_comb (WdPoint *corners, guint n_teeth, WdPoint low, double step, gboolean upright)
{
  guint  n = 0;
  double length = n_teeth * step;

  corners[n++] = (WdPoint){ 0, 0 };
  for (guint i = 0; i < n_teeth; i++)
    {
      corners[n++] = (WdPoint){ i * step, length };
      corners[n++] = (WdPoint){ (i + 0.5) * step, length };
      corners[n++] = (WdPoint){ (i + 0.5) * step, step };
      corners[n++] = (WdPoint){ (i + 1) * step, step };
    }
  corners[n++] = (WdPoint){ length, 0 };
  for (guint i = 0; i < n; i++)
    corners[i] = upright ? (WdPoint){ low.lon + corners[i].lon, low.lat + corners[i].lat } : (WdPoint){ low.lon + corners[i].lat, low.lat + corners[i].lon };
  return n;
}

/* Shapes with an edge beside each point, along the lines of the grid, a hair beside them, and through its crossings; points on
 * their corners and edges too. */
static void
test_combs (void)
{
  static const double starts[] = { 0, 1e-9, -1e-9, 1e-10, 0.00037 };
  static const double steps[] = { 0.002, 0.001, 0.0004, 0.0005123 };

  for (guint turn = 0; turn < G_N_ELEMENTS (starts) * G_N_ELEMENTS (steps) * 3; turn++)
    {
      g_autoptr (WdPointIndex) index = wd_point_index_new ();
      g_autoptr (WdArea)       area = wd_area_new ();
      g_autofree WdPoint      *corners = g_new (WdPoint, 4 * 100 + 2);
      double                   start = starts[turn % G_N_ELEMENTS (starts)], step = steps[turn / 3 % G_N_ELEMENTS (steps)];
      guint                    n = make_comb (corners, 100, (WdPoint){ 120.2 + start, 30.2 + start }, step, turn % 3 == 0);
      guint                    expected = 0;

      if (turn % 3 == 2) /* slanting */
        for (guint i = 0; i < n; i++)
          corners[i] = (WdPoint){ corners[i].lon + (corners[i].lat - 30.2), corners[i].lat };
      wd_area_begin_polygon (area, corners, n);
      for (guint i = 0; i < 3 * N_POINTS; i++)
        {
          const WdPoint *a = &corners[i % n], *b = &corners[(i + 1) % n];
          WdPoint        at = i < n ? *a : i < 2 * n ? (WdPoint){ (a->lon + b->lon) / 2, (a->lat + b->lat) / 2 }
                                                     : (WdPoint){ g_test_rand_double_range (120.19, 120.41), g_test_rand_double_range (30.19, 30.41) };

          wd_point_index_add (index, at, NULL);
          expected += wd_area_contains (area, at);
        }
      g_test_message ("turn %u", turn);
      g_assert_cmpuint (wd_point_index_count (index, area), ==, expected);
    }
}

/* The border rule: edge, corner, a hole's edge and corner are inside, to the last digit. */
static void
test_borders (void)
{
  /* clang-format off */
  static const WdPoint outer[] = { { 120.2, 30.2 }, { 120.23, 30.2 }, { 120.23, 30.23 }, { 120.21, 30.24 }, { 120.2, 30.23 } };
  static const WdPoint hole[] = { { 120.21, 30.21 }, { 120.22, 30.21 }, { 120.22, 30.22 }, { 120.21, 30.22 } };
  static const struct { WdPoint at; gboolean inside; } places[] = {
    { { 120.2,          30.2          }, TRUE },  /* corners */
    { { 120.23,         30.23         }, TRUE },
    { { 120.21,         30.24         }, TRUE },
    { { 120.2,          30.215        }, TRUE },  /* edges */
    { { 120.215,        30.2          }, TRUE },
    { { 120.22,         30.235        }, TRUE },  /* … a slanting one */
    { { 120.205,        30.235        }, TRUE },
    { { 120.21,         30.21         }, TRUE },  /* the hole's corner */
    { { 120.215,        30.21         }, TRUE },  /* the hole's edges */
    { { 120.22,         30.2137       }, TRUE },
    { { 120.215,        30.215        }, FALSE }, /* in the hole */
    { { 120.2100000001, 30.2100000001 }, FALSE },
    { { 120.2099999999, 30.2099999999 }, TRUE },
    { { 120.1999999999, 30.215        }, FALSE },
    { { 120.22,         30.2350000001 }, FALSE },
    { { 120.205,        30.2          }, TRUE },
    { { 120.195,        30.2          }, FALSE }, /* in line with an edge */
    { { 120.235,        30.23         }, FALSE },
    { { 120.195,        30.24         }, FALSE }, /* in line with a corner */
    { { 120.215,        30.24         }, FALSE },
  };
  /* clang-format on */
  for (guint turn = 0; turn < 4; turn++)
    {
      g_autoptr (WdArea) area = wd_area_new ();
      WdPoint            one[G_N_ELEMENTS (outer)], other[G_N_ELEMENTS (hole)];

      for (guint i = 0; i < G_N_ELEMENTS (outer); i++)
        one[i] = outer[turn & 1 ? G_N_ELEMENTS (outer) - 1 - i : i];
      for (guint i = 0; i < G_N_ELEMENTS (hole); i++)
        other[i] = hole[turn & 2 ? G_N_ELEMENTS (hole) - 1 - i : i];
      wd_area_begin_polygon (area, one, G_N_ELEMENTS (one));
      wd_area_add_hole (area, other, G_N_ELEMENTS (other));
      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        {
          g_autoptr (WdPointIndex) index = wd_point_index_new ();

          g_test_message ("turn %u, place %u", turn, i);
          wd_point_index_add (index, places[i].at, NULL);
          g_assert_cmpint (wd_area_contains (area, places[i].at), ==, places[i].inside);
          g_assert_cmpuint (wd_point_index_count (index, area), ==, places[i].inside);
        }
    }
}

/* Several in one place are told apart by what they are; what is equal goes one at a time. */
static void
test_moves (void)
{
  g_autoptr (WdPointIndex) index = wd_point_index_new ();
  g_autoptr (WdArea)       area = wd_area_new ();
  static const WdPoint     corners[] = { { 120, 30 }, { 121, 30 }, { 121, 31 }, { 120, 31 } };
  WdPoint                  home = { 120.5, 30.5 };
  int                      a, b;

  wd_area_begin_polygon (area, corners, G_N_ELEMENTS (corners));
  wd_point_index_add (index, home, &a);
  wd_point_index_add (index, home, &b);
  wd_point_index_add (index, home, NULL);
  wd_point_index_add (index, home, NULL);
  g_assert_cmpuint (wd_point_index_count (index, area), ==, 4);
  g_assert_true (wd_point_index_remove (index, home, &a));
  g_assert_false (wd_point_index_remove (index, home, &a));
  g_assert_false (wd_point_index_remove (index, (WdPoint){ 120.5, 30.6 }, &b));
  g_assert_true (wd_point_index_remove (index, home, NULL));
  g_assert_cmpuint (wd_point_index_count (index, area), ==, 2);
  g_assert_true (wd_point_index_remove (index, home, NULL));
  g_assert_false (wd_point_index_remove (index, home, NULL));
  g_assert_true (wd_point_index_remove (index, home, &b));
  g_assert_cmpuint (wd_point_index_get_n (index), ==, 0);
  g_assert_cmpuint (wd_point_index_count (index, area), ==, 0);
}

static void
test_near (void)
{
  g_autoptr (WdPointIndex) index = wd_point_index_new ();
  g_autofree WdPoint      *points = g_new (WdPoint, N_POINTS);

  for (guint i = 0; i < N_POINTS; i++)
    {
      points[i] = random_point ();
      wd_point_index_add (index, points[i], &points[i]);
    }
  for (guint round = 0; round < 50; round++)
    {
      WdPoint            at = random_point ();
      double             metres = g_test_rand_double_range (1, 3000);
      g_autoptr (GArray) near = wd_point_index_find_near (index, at, metres);
      guint              expected = 0;

      for (guint i = 0; i < N_POINTS; i++)
        expected += wd_point_distance (at, points[i]) <= metres;
      g_assert_cmpuint (near->len, ==, expected);
      for (guint i = 0; i < near->len; i++)
        {
          const WdNear *one = &g_array_index (near, WdNear, i);

          g_assert_cmpfloat (one->metres, ==, wd_point_distance (at, *(const WdPoint *)one->what));
          g_assert_true (i == 0 || one->metres >= g_array_index (near, WdNear, i - 1).metres);
        }
    }
}

/* At the poles and the edges of the world nothing breaks. */
static void
test_ends_of_the_earth (void)
{
  static const WdPoint     places[] = { { 180, 90 }, { -180, -90 }, { 180, -90 }, { -180, 90 }, { 0, 0 } };
  g_autoptr (WdPointIndex) index = wd_point_index_new ();
  g_autoptr (WdArea)       all = wd_area_new ();
  static const WdPoint     corners[] = { { -180, -90 }, { 180, -90 }, { 180, 90 }, { -180, 90 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    wd_point_index_add (index, places[i], NULL);
  wd_area_begin_polygon (all, corners, G_N_ELEMENTS (corners));
  g_assert_cmpuint (wd_point_index_count (index, all), ==, G_N_ELEMENTS (places));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GArray) near = wd_point_index_find_near (index, places[i], 1);

      g_assert_cmpuint (near->len, >=, 1);
    }
}

static void
test_areas (void)
{
  static const WdPoint    square[] = { { 120, 30 }, { 121, 30 }, { 121, 31 }, { 120, 31 } };
  static const WdPoint    triangle[] = { { 120, 30 }, { 121, 30 }, { 120, 31 } };
  g_autoptr (WdAreaIndex) index = wd_area_index_new ();
  const WdPoint           in_both = { 120.5, 30.5 }, in_one = { 120.9, 30.9 };

  for (guint round = 0; round < 2; round++) /* the second replaces */
    {
      WdArea *area = wd_area_new ();

      wd_area_begin_polygon (area, square, G_N_ELEMENTS (square));
      wd_area_index_put (index, "square", area);
      area = wd_area_new ();
      wd_area_begin_polygon (area, triangle, G_N_ELEMENTS (triangle));
      wd_area_index_put (index, "triangle", area);
      g_assert_cmpuint (wd_area_index_get_n (index), ==, 2);
      g_auto (GStrv) both = wd_area_index_find (index, in_both);
      g_auto (GStrv) one = wd_area_index_find (index, in_one);
      g_auto (GStrv) none = wd_area_index_find (index, (WdPoint){ 119.9, 30.5 });
      g_assert_cmpuint (g_strv_length (both), ==, 2);
      g_assert_cmpuint (g_strv_length (one), ==, 1);
      g_assert_cmpstr (one[0], ==, "square");
      g_assert_cmpuint (g_strv_length (none), ==, 0);
    }
  wd_area_index_put (index, "square", NULL);
  wd_area_index_put (index, "triangle", wd_area_new ()); /* of nothing */
  wd_area_index_put (index, "unknown", NULL);
  g_assert_cmpuint (wd_area_index_get_n (index), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/point-index/an-area-holds-what-one-by-one-lies-in-it", test_as_one_by_one);
  g_test_add_func ("/point-index/combs", test_combs);
  g_test_add_func ("/point-index/borders-belong-to-the-area", test_borders);
  g_test_add_func ("/point-index/what-moved-is-gone", test_moves);
  g_test_add_func ("/point-index/near-is-by-distance", test_near);
  g_test_add_func ("/point-index/ends-of-the-earth", test_ends_of_the_earth);
  g_test_add_func ("/area-index/areas-around-a-point", test_areas);
  return g_test_run ();
}
