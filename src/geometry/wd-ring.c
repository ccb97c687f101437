/* wd-ring.c — one closed line of an area, prepared for many questions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-ring.h"

#include "wd-mercator.h"

#include <math.h>

#define ON_BORDER 1e-12 /* degrees: some roundings of a longitude, a ten-thousandth of a millimetre */
#define BANDS_MOST 512  /* long edges lie in many bands: bounds what 10,000 of them take */

/* ---- bands ---- */

static guint
band_of (const WdRing *ring, double lat)
{
  double height = ring->high.lat - ring->low.lat;
  double band = height > 0 ? (lat - ring->low.lat) / height * ring->n_bands : 0;

  return (guint)CLAMP (band, 0, ring->n_bands - 1);
}

static const WdPoint *
end_of (const WdRing *ring, guint edge)
{
  return &ring->points[edge + 1 < ring->n_points ? edge + 1 : 0];
}

static void
bands_of_edge (const WdRing *ring, guint edge, guint *low, guint *high)
{
  double a = ring->points[edge].lat, b = end_of (ring, edge)->lat;

  *low = band_of (ring, MIN (a, b) - ON_BORDER);
  *high = band_of (ring, MAX (a, b) + ON_BORDER);
}

static void
make_bands (WdRing *ring)
{
  g_autofree guint *next = NULL;
  guint             low, high;

  ring->n_bands = MIN (ring->n_points, BANDS_MOST);
  ring->first = g_new0 (guint, ring->n_bands + 1);
  for (guint edge = 0; edge < ring->n_points; edge++)
    {
      bands_of_edge (ring, edge, &low, &high);
      for (guint band = low; band <= high; band++)
        ring->first[band + 1]++;
    }
  for (guint band = 0; band < ring->n_bands; band++)
    ring->first[band + 1] += ring->first[band];
  ring->edges = g_new (guint, ring->first[ring->n_bands]);
  next = g_memdup2 (ring->first, ring->n_bands * sizeof *ring->first);
  for (guint edge = 0; edge < ring->n_points; edge++)
    {
      bands_of_edge (ring, edge, &low, &high);
      for (guint band = low; band <= high; band++)
        ring->edges[next[band]++] = edge;
    }
}

gboolean
wd_ring_init (WdRing *ring, const WdPoint *points, gsize n_points)
{
  if (n_points > 1 && points[0].lon == points[n_points - 1].lon && points[0].lat == points[n_points - 1].lat)
    n_points--;
  if (n_points < 3)
    return FALSE;

  ring->points = g_memdup2 (points, n_points * sizeof *points);
  ring->n_points = (guint)n_points;
  ring->low = ring->high = points[0];
  for (gsize i = 1; i < n_points; i++)
    {
      ring->low.lon = MIN (ring->low.lon, points[i].lon);
      ring->low.lat = MIN (ring->low.lat, points[i].lat);
      ring->high.lon = MAX (ring->high.lon, points[i].lon);
      ring->high.lat = MAX (ring->high.lat, points[i].lat);
    }
  make_bands (ring);
  return TRUE;
}

void
wd_ring_clear (WdRing *ring)
{
  g_free (ring->points);
  g_free (ring->first);
  g_free (ring->edges);
}

/* ---- questions ---- */

gboolean
wd_edge_has (const WdPoint *a, const WdPoint *b, WdPoint p)
{
  double dx = b->lon - a->lon, dy = b->lat - a->lat;
  double x = p.lon - a->lon, y = p.lat - a->lat;
  double length2 = dx * dx + dy * dy;
  double across = x * dy - y * dx;
  double t;

  if (across * across > 4 * ON_BORDER * ON_BORDER * length2)
    return FALSE;
  t = length2 > 0 ? CLAMP ((x * dx + y * dy) / length2, 0, 1) : 0;
  return hypot (x - t * dx, y - t * dy) <= ON_BORDER;
}

static gboolean
is_apart (const WdRing *ring, WdPoint p)
{
  return p.lon < ring->low.lon - ON_BORDER || p.lon > ring->high.lon + ON_BORDER ||
         p.lat < ring->low.lat - ON_BORDER || p.lat > ring->high.lat + ON_BORDER;
}

WdSide
wd_ring_get_side (const WdRing *ring, WdPoint p)
{
  gboolean inside = FALSE;
  guint    band;

  if (is_apart (ring, p))
    return WD_SIDE_OUTSIDE;
  band = band_of (ring, p.lat);
  for (guint i = ring->first[band]; i < ring->first[band + 1]; i++)
    {
      const WdPoint *a = &ring->points[ring->edges[i]];
      const WdPoint *b = end_of (ring, ring->edges[i]);

      /* Only edges that reach the point's latitude matter, for the border and for the ray to the east alike. */
      if (MAX (a->lat, b->lat) < p.lat - ON_BORDER || MIN (a->lat, b->lat) > p.lat + ON_BORDER || MAX (a->lon, b->lon) < p.lon - ON_BORDER)
        continue;
      if (wd_edge_has (a, b, p))
        return WD_SIDE_BORDER;
      if ((a->lat > p.lat) != (b->lat > p.lat) && p.lon < (b->lon - a->lon) * (p.lat - a->lat) / (b->lat - a->lat) + a->lon)
        inside = !inside;
    }
  return inside ? WD_SIDE_INSIDE : WD_SIDE_OUTSIDE;
}

/* Of the line through @a and @b: whether all four corners lie clearly on one side of it. */
static gboolean
passes_by (const WdPoint *a, const WdPoint *b, WdPoint low, WdPoint high)
{
  double dx = b->lon - a->lon, dy = b->lat - a->lat;
  double margin = 2 * ON_BORDER * (fabs (dx) + fabs (dy));
  /* The corners farthest to either side. */
  double one = (low.lat - a->lat) * dx, other = (high.lat - a->lat) * dx;
  double least = MIN (one, other), most = MAX (one, other);

  one = (low.lon - a->lon) * dy;
  other = (high.lon - a->lon) * dy;
  least -= MAX (one, other);
  most -= MIN (one, other);
  return least > margin || most < -margin;
}

gboolean
wd_edge_meets_box (const WdPoint *a, const WdPoint *b, WdPoint low, WdPoint high)
{
  return MAX (a->lat, b->lat) >= low.lat - ON_BORDER && MIN (a->lat, b->lat) <= high.lat + ON_BORDER &&
         MAX (a->lon, b->lon) >= low.lon - ON_BORDER && MIN (a->lon, b->lon) <= high.lon + ON_BORDER && !passes_by (a, b, low, high);
}

double
wd_ring_measure (const WdRing *ring)
{
  double sum = 0;

  /* Each edge bounds a strip up to the pole. */
  for (guint i = 0; i < ring->n_points; i++)
    {
      const WdPoint *a = &ring->points[i];
      const WdPoint *b = end_of (ring, i);

      sum += (b->lon - a->lon) * G_PI / 180.0 * (2.0 + sin (a->lat * G_PI / 180.0) + sin (b->lat * G_PI / 180.0));
    }
  return fabs (sum) * WD_EARTH_RADIUS_M * WD_EARTH_RADIUS_M / 2.0;
}
