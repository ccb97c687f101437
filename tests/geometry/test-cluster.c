/* test-cluster.c — nothing is lost, doubled or hidden by clustering
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-cluster.h"

#include <math.h>

#define CELL 48.0
#define APART 30.0

/* A city: most around some centres, some in the very same place, a few late. */
static WdClusterPoint *
make_points (gsize n)
{
  WdClusterPoint *points = g_new (WdClusterPoint, n);

  for (gsize i = 0; i < n; i++)
    {
      WdPoint at = { 120.20 + g_test_rand_double_range (-0.12, 0.12), 30.20 + g_test_rand_double_range (-0.1, 0.1) };
      int     dice = g_test_rand_int_range (0, 100);

      points[i].at = i > 0 && dice < 10 ? points[g_test_rand_int_range (0, (int)i)].at : wd_mercator_from_point (at);
      points[i].urgency = dice < 80 ? WD_URGENCY_NORMAL : dice < 90 ? WD_URGENCY_YOURS
                                                      : dice < 97   ? WD_URGENCY_SOON
                                                                    : WD_URGENCY_LATE;
    }
  return points;
}

static void
check_cluster (const WdClusters     *clusters,
               guint                 index,
               const WdClusterPoint *points,
               guint8               *seen)
{
  const WdCluster *cluster = wd_clusters_get (clusters, index);
  const guint     *members = wd_clusters_members (clusters, index);
  guint            counts[WD_N_URGENCIES] = { 0 };
  WdUrgency        worst = WD_URGENCY_NORMAL;
  double           x = 0, y = 0;

  g_assert_cmpuint (cluster->count, >, 0);
  for (guint i = 0; i < cluster->count; i++)
    {
      const WdClusterPoint *point = &points[members[i]];

      g_assert_cmpuint (seen[members[i]]++, ==, 0);
      g_assert_true (i == 0 || members[i - 1] < members[i]);
      counts[point->urgency]++;
      worst = MAX (worst, point->urgency);
      x += point->at.x / cluster->count;
      y += point->at.y / cluster->count;
    }
  g_assert_cmpmem (counts, sizeof counts, cluster->counts, sizeof cluster->counts);
  g_assert_cmpint (points[cluster->worst].urgency, ==, worst);
  g_assert_cmpfloat_with_epsilon (cluster->at.x, x, 1e-12);
  g_assert_cmpfloat_with_epsilon (cluster->at.y, y, 1e-12);
}

static void
test_each_point_once (void)
{
  static const gsize sizes[] = { 0, 1, 2, 100, 3000 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (int zoom = 0; zoom <= 24; zoom++)
      {
        g_autofree WdClusterPoint *points = make_points (sizes[s]);
        g_autofree guint8         *seen = g_new0 (guint8, sizes[s] + 1);
        g_autoptr (WdClusters)     clusters = wd_clusters_new (points, sizes[s], zoom, CELL, APART);

        for (guint i = 0; i < wd_clusters_get_n (clusters); i++)
          check_cluster (clusters, i, points, seen);
        for (gsize i = 0; i < sizes[s]; i++)
          g_assert_cmpuint (seen[i], ==, 1);
      }
}

/* A late order shows in its cluster's counts and is its worst member, however many others there are. */
static void
test_late_is_never_hidden (void)
{
  const gsize                n = 5000;
  g_autofree WdClusterPoint *points = make_points (n);

  for (gsize i = 0; i < n; i++)
    points[i].urgency = i % 1000 == 7 ? WD_URGENCY_LATE : WD_URGENCY_NORMAL;

  for (int zoom = 0; zoom <= 20; zoom++)
    {
      g_autoptr (WdClusters) clusters = wd_clusters_new (points, n, zoom, CELL, APART);
      guint                  late = 0;

      for (guint i = 0; i < wd_clusters_get_n (clusters); i++)
        {
          const WdCluster *cluster = wd_clusters_get (clusters, i);

          late += cluster->counts[WD_URGENCY_LATE];
          g_assert_cmpint (cluster->counts[WD_URGENCY_LATE] > 0, ==, points[cluster->worst].urgency == WD_URGENCY_LATE);
        }
      g_assert_cmpuint (late, ==, n / 1000);
    }
}

/* The grid is the world's: points added far away change nothing here. */
static void
test_far_points_change_nothing (void)
{
  const gsize                n = 500;
  g_autofree WdClusterPoint *points = make_points (n + 1);
  g_autoptr (WdClusters)     without = NULL;
  g_autoptr (WdClusters)     with = NULL;

  points[n].at = wd_mercator_from_point ((WdPoint){ -70.0, -33.0 });
  without = wd_clusters_new (points, n, 13, CELL, APART);
  with = wd_clusters_new (points, n + 1, 13, CELL, APART);

  g_assert_cmpuint (wd_clusters_get_n (with), ==, wd_clusters_get_n (without) + 1);
  for (guint i = 0; i < wd_clusters_get_n (without); i++)
    g_assert_cmpmem (wd_clusters_get (with, i), sizeof (WdCluster), wd_clusters_get (without, i), sizeof (WdCluster));
}

/* How many stay apart at a zoom is bounded by the grid, not by how many orders there are. */
static void
test_clusters_are_few (void)
{
  const gsize                n = 100000;
  g_autofree WdClusterPoint *points = make_points (n);

  for (int zoom = 8; zoom <= 14; zoom++)
    {
      g_autoptr (WdClusters) clusters = wd_clusters_new (points, n, zoom, CELL, APART);
      double                 width = 0.24 / 360 * ldexp (256, zoom) / CELL + 2;

      g_assert_cmpfloat (wd_clusters_get_n (clusters), <=, width * width);
      g_test_message ("zoom %d: %u clusters of %" G_GSIZE_FORMAT, zoom, wd_clusters_get_n (clusters), n);
    }
}

static void
test_speed (void)
{
  const gsize                n = 100000;
  g_autofree WdClusterPoint *points = make_points (n);

  for (int zoom = 10; zoom <= 18; zoom += 2)
    {
      double best = G_MAXDOUBLE;

      for (int i = 0; i < 5; i++)
        {
          gint64                 start = g_get_monotonic_time ();
          g_autoptr (WdClusters) clusters = wd_clusters_new (points, n, zoom, CELL, APART);

          best = MIN (best, (double)(g_get_monotonic_time () - start) / 1000.0);
        }
      g_test_minimized_result (best, "100,000 points at zoom %d: %.1f ms", zoom, best);
    }
}

static void
test_neighbours_are_joined (void)
{
  /* Two pixels apart, with the border of a cell between them. */
  double         pixel = 1.0 / ldexp (256, 15);
  double         border = floor (0.83 / (CELL * pixel)) * CELL * pixel;
  WdClusterPoint points[] = {
    { { border - pixel, 0.41 }, WD_URGENCY_NORMAL },
    { { border + pixel, 0.41 }, WD_URGENCY_LATE },
  };
  g_autoptr (WdClusters) joined = wd_clusters_new (points, 2, 15, CELL, APART);
  g_autoptr (WdClusters) apart = wd_clusters_new (points, 2, 15, CELL, 0);

  g_assert_cmpuint (wd_clusters_get_n (joined), ==, 1);
  g_assert_cmpuint (wd_clusters_get (joined, 0)->worst, ==, 1);
  g_assert_cmpuint (wd_clusters_get_n (apart), ==, 2);
}

static void
test_expansion (void)
{
  WdPoint        here = { 120.2, 30.2 }, near = { 120.2005, 30.2 };
  WdClusterPoint points[] = {
    { wd_mercator_from_point (here), WD_URGENCY_NORMAL },
    { wd_mercator_from_point (near), WD_URGENCY_NORMAL },
    { wd_mercator_from_point (here), WD_URGENCY_NORMAL },
  };
  const guint street[] = { 0, 1 }, building[] = { 0, 2 };
  int         zoom = wd_cluster_expansion_zoom (points, street, 2, 10, 18, CELL, APART);

  g_assert_cmpint (zoom, >, 10);
  g_assert_cmpint (zoom, <=, 18);
  for (int z = 10; z <= zoom; z++)
    {
      g_autoptr (WdClusters) clusters = wd_clusters_new (points, 2, z, CELL, APART);

      g_assert_cmpint (wd_clusters_get_n (clusters) > 1, ==, z == zoom);
    }
  g_assert_cmpint (wd_cluster_expansion_zoom (points, building, 2, 10, 18, CELL, APART), ==, 19);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cluster/each-point-is-in-one-cluster", test_each_point_once);
  g_test_add_func ("/cluster/a-late-one-is-never-hidden", test_late_is_never_hidden);
  g_test_add_func ("/cluster/what-is-far-away-changes-nothing", test_far_points_change_nothing);
  g_test_add_func ("/cluster/the-grid-bounds-how-many-there-are", test_clusters_are_few);
  g_test_add_func ("/cluster/neighbours-across-a-border-are-joined", test_neighbours_are_joined);
  g_test_add_func ("/cluster/expansion-zoom-parts-a-street-but-no-building", test_expansion);
  if (g_test_perf ())
    g_test_add_func ("/cluster/speed", test_speed);
  return g_test_run ();
}
