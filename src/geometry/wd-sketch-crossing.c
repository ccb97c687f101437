/* wd-sketch-crossing.c — where the border of what is drawn crosses itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sketch.h"

typedef struct
{
  guint   ring, edge;
  WdPoint a, b;
  double  low, high; /* of the longitudes */
} Edge;

static int
compare_edges (gconstpointer one, gconstpointer other)
{
  double a = ((const Edge *)one)->low, b = ((const Edge *)other)->low;

  return a < b ? -1 : a > b;
}

static GArray *
list_edges (const WdSketch *self)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (guint i = 0; i < wd_sketch_get_n_rings (self); i++)
    {
      guint          n;
      const WdPoint *p = wd_sketch_get_ring (self, i, &n);
      gboolean       open = wd_sketch_is_open (self) && i + 1 == wd_sketch_get_n_rings (self);
      guint          last = open ? (n > 0 ? n - 1 : 0) : n;

      for (guint j = 0; j < last; j++)
        {
          Edge edge = { i, j, p[j], p[(j + 1) % n], 0, 0 };

          edge.low = MIN (edge.a.lon, edge.b.lon);
          edge.high = MAX (edge.a.lon, edge.b.lon);
          g_array_append_val (edges, edge);
        }
    }
  g_array_sort (edges, compare_edges);
  return edges;
}

static double
side_of (WdPoint a, WdPoint b, WdPoint p)
{
  return (b.lon - a.lon) * (p.lat - a.lat) - (b.lat - a.lat) * (p.lon - a.lon);
}

/* Each has its ends on both sides of the other; what only touches is left to GEOS. */
static gboolean
cross (const Edge *one, const Edge *other, WdPoint *at)
{
  double c = side_of (one->a, one->b, other->a), d = side_of (one->a, one->b, other->b);
  double a = side_of (other->a, other->b, one->a), b = side_of (other->a, other->b, one->b);
  double t;

  if (!((a > 0 && b < 0) || (a < 0 && b > 0)) || !((c > 0 && d < 0) || (c < 0 && d > 0)))
    return FALSE;
  t = a / (a - b);
  *at = (WdPoint){ one->a.lon + t * (one->b.lon - one->a.lon), one->a.lat + t * (one->b.lat - one->a.lat) };
  return TRUE;
}

gboolean
wd_sketch_find_crossing (const WdSketch *self, WdCrossing *crossing)
{
  g_autoptr (GArray) edges = list_edges (self);
  const Edge        *all = (const Edge *)(gconstpointer)edges->data;

  for (guint i = 0; i < edges->len; i++)
    for (guint j = i + 1; j < edges->len && all[j].low <= all[i].high; j++)
      {
        const Edge *one = &all[i], *other = &all[j];
        gboolean    turned = one->ring > other->ring || (one->ring == other->ring && one->edge > other->edge);

        if (!cross (one, other, &crossing->at))
          continue;
        crossing->ring = turned ? other->ring : one->ring;
        crossing->edge = turned ? other->edge : one->edge;
        crossing->other_ring = turned ? one->ring : other->ring;
        crossing->other_edge = turned ? one->edge : other->edge;
        return TRUE;
      }
  return FALSE;
}
