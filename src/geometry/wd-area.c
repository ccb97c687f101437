/* wd-area.c — the rings of a polygon or of several, and what lies inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area.h"

#include "wd-mercator.h"

#include <math.h>

#define ON_BORDER 1e-9 /* degrees */

typedef struct
{
  WdPoint *points; /* open: the first corner is not repeated */
  gsize    n_points;
  WdPoint  low, high;
} Ring;

typedef struct
{
  GArray *rings; /* of Ring: the outer one, then its holes */
  double  size;
} Polygon;

struct _WdArea
{
  GArray *polygons;
};

static void
clear_ring (gpointer data)
{
  g_free (((Ring *)data)->points);
}

static void
clear_polygon (gpointer data)
{
  g_array_unref (((Polygon *)data)->rings);
}

WdArea *
wd_area_new (void)
{
  WdArea *self = g_new0 (WdArea, 1);

  self->polygons = g_array_new (FALSE, FALSE, sizeof (Polygon));
  g_array_set_clear_func (self->polygons, clear_polygon);
  return self;
}

void
wd_area_free (WdArea *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->polygons);
  g_free (self);
}

WdArea *
wd_area_new_for_rings (GPtrArray *rings,
                       GArray    *starts)
{
  WdArea *self = wd_area_new ();

  for (guint i = 0, polygon = 0; i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];

      if (polygon < starts->len && g_array_index (starts, guint, polygon) == i)
        {
          wd_area_begin_polygon (self, (const WdPoint *)(gconstpointer)ring->data, ring->len);
          polygon++;
        }
      else
        wd_area_add_hole (self, (const WdPoint *)(gconstpointer)ring->data, ring->len);
    }
  return self;
}

/* Area of a ring on the sphere, of which each edge bounds a strip up to the pole. */
static double
measure_ring (const Ring *ring)
{
  double sum = 0.0;

  for (gsize i = 0; i < ring->n_points; i++)
    {
      const WdPoint *a = &ring->points[i];
      const WdPoint *b = &ring->points[(i + 1) % ring->n_points];

      sum += (b->lon - a->lon) * G_PI / 180.0 * (2.0 + sin (a->lat * G_PI / 180.0) + sin (b->lat * G_PI / 180.0));
    }
  return fabs (sum) * WD_EARTH_RADIUS_M * WD_EARTH_RADIUS_M / 2.0;
}

static gboolean
make_ring (Ring          *ring,
           const WdPoint *points,
           gsize          n_points)
{
  if (n_points > 1 && points[0].lon == points[n_points - 1].lon && points[0].lat == points[n_points - 1].lat)
    n_points--;
  if (n_points < 3)
    return FALSE;

  ring->points = g_memdup2 (points, n_points * sizeof *points);
  ring->n_points = n_points;
  ring->low = ring->high = points[0];
  for (gsize i = 1; i < n_points; i++)
    {
      ring->low.lon = MIN (ring->low.lon, points[i].lon);
      ring->low.lat = MIN (ring->low.lat, points[i].lat);
      ring->high.lon = MAX (ring->high.lon, points[i].lon);
      ring->high.lat = MAX (ring->high.lat, points[i].lat);
    }
  return TRUE;
}

void
wd_area_begin_polygon (WdArea        *self,
                       const WdPoint *points,
                       gsize          n_points)
{
  Ring    ring;
  Polygon polygon;

  if (!make_ring (&ring, points, n_points))
    return;
  polygon.rings = g_array_new (FALSE, FALSE, sizeof (Ring));
  polygon.size = measure_ring (&ring);
  g_array_set_clear_func (polygon.rings, clear_ring);
  g_array_append_val (polygon.rings, ring);
  g_array_append_val (self->polygons, polygon);
}

void
wd_area_add_hole (WdArea        *self,
                  const WdPoint *points,
                  gsize          n_points)
{
  Ring     ring;
  Polygon *polygon;

  if (self->polygons->len == 0 || !make_ring (&ring, points, n_points))
    return;
  polygon = &g_array_index (self->polygons, Polygon, self->polygons->len - 1);
  polygon->size -= measure_ring (&ring);
  g_array_append_val (polygon->rings, ring);
}

guint
wd_area_get_n_polygons (const WdArea *self)
{
  return self->polygons->len;
}

static gboolean
lies_on_edge (WdPoint        p,
              const WdPoint *a,
              const WdPoint *b)
{
  double dx = b->lon - a->lon, dy = b->lat - a->lat;
  double length2 = dx * dx + dy * dy;
  double t = length2 > 0.0 ? ((p.lon - a->lon) * dx + (p.lat - a->lat) * dy) / length2 : 0.0;

  t = CLAMP (t, 0.0, 1.0);
  return hypot (p.lon - (a->lon + t * dx), p.lat - (a->lat + t * dy)) <= ON_BORDER;
}

typedef enum
{
  OUTSIDE,
  INSIDE,
  BORDER
} Side;

static Side
find_side (const Ring *ring,
           WdPoint     p)
{
  gboolean inside = FALSE;

  if (p.lon < ring->low.lon - ON_BORDER || p.lon > ring->high.lon + ON_BORDER || p.lat < ring->low.lat - ON_BORDER || p.lat > ring->high.lat + ON_BORDER)
    return OUTSIDE;

  for (gsize i = 0, j = ring->n_points - 1; i < ring->n_points; j = i++)
    {
      const WdPoint *a = &ring->points[i];
      const WdPoint *b = &ring->points[j];

      /* Only edges that reach the point's latitude matter, for the border and for the ray alike. */
      if ((a->lat < p.lat - ON_BORDER && b->lat < p.lat - ON_BORDER) || (a->lat > p.lat + ON_BORDER && b->lat > p.lat + ON_BORDER))
        continue;
      if (lies_on_edge (p, a, b))
        return BORDER;
      if ((a->lat > p.lat) != (b->lat > p.lat) && p.lon < (b->lon - a->lon) * (p.lat - a->lat) / (b->lat - a->lat) + a->lon)
        inside = !inside;
    }
  return inside ? INSIDE : OUTSIDE;
}

static gboolean
polygon_contains (const Polygon *polygon,
                  WdPoint        point)
{
  Side side = find_side (&g_array_index (polygon->rings, Ring, 0), point);

  if (side != INSIDE)
    return side == BORDER;
  for (guint i = 1; i < polygon->rings->len; i++)
    if (find_side (&g_array_index (polygon->rings, Ring, i), point) == INSIDE)
      return FALSE;
  return TRUE;
}

int
wd_area_find (const WdArea *self,
              WdPoint       point)
{
  int found = -1;

  for (guint i = 0; i < self->polygons->len; i++)
    if (polygon_contains (&g_array_index (self->polygons, Polygon, i), point) && (found < 0 || wd_area_get_size (self, i) < wd_area_get_size (self, (guint)found)))
      found = (int)i;
  return found;
}

double
wd_area_get_size (const WdArea *self,
                  guint         polygon)
{
  g_return_val_if_fail (polygon < self->polygons->len, 0.0);

  return g_array_index (self->polygons, Polygon, polygon).size;
}

double
wd_area_get_total_size (const WdArea *self)
{
  double size = 0.0;

  for (guint i = 0; i < self->polygons->len; i++)
    size += wd_area_get_size (self, i);
  return size;
}
