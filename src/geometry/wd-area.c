/* wd-area.c — the rings of a polygon or of several, and what lies inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area.h"

#include "wd-ring.h"

typedef struct
{
  GArray *rings; /* of WdRing: the outer one, then its holes */
  double  size;
} Polygon;

struct _WdArea
{
  GArray *polygons;
};

static void
clear_ring (gpointer data)
{
  wd_ring_clear (data);
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

void
wd_area_begin_polygon (WdArea        *self,
                       const WdPoint *points,
                       gsize          n_points)
{
  WdRing  ring;
  Polygon polygon;

  if (!wd_ring_init (&ring, points, n_points))
    return;
  polygon.rings = g_array_new (FALSE, FALSE, sizeof (WdRing));
  polygon.size = wd_ring_measure (&ring);
  g_array_set_clear_func (polygon.rings, clear_ring);
  g_array_append_val (polygon.rings, ring);
  g_array_append_val (self->polygons, polygon);
}

void
wd_area_add_hole (WdArea        *self,
                  const WdPoint *points,
                  gsize          n_points)
{
  WdRing   ring;
  Polygon *polygon;

  if (self->polygons->len == 0 || !wd_ring_init (&ring, points, n_points))
    return;
  polygon = &g_array_index (self->polygons, Polygon, self->polygons->len - 1);
  polygon->size -= wd_ring_measure (&ring);
  g_array_append_val (polygon->rings, ring);
}

guint
wd_area_get_n_polygons (const WdArea *self)
{
  return self->polygons->len;
}

static const WdRing *
ring_at (const Polygon *polygon, guint i)
{
  return &g_array_index (polygon->rings, WdRing, i);
}

static const Polygon *
polygon_at (const WdArea *self, guint i)
{
  return &g_array_index (self->polygons, Polygon, i);
}

void
wd_area_each_edge (const WdArea *self,
                   WdEdgeFunc    func,
                   gpointer      data)
{
  for (guint i = 0; i < self->polygons->len; i++)
    for (guint j = 0; j < polygon_at (self, i)->rings->len; j++)
      {
        const WdRing *ring = ring_at (polygon_at (self, i), j);

        for (guint k = 0; k < ring->n_points; k++)
          func (&ring->points[k], &ring->points[k + 1 < ring->n_points ? k + 1 : 0], data);
      }
}

static gboolean
polygon_contains (const Polygon *polygon,
                  WdPoint        point)
{
  WdSide side = wd_ring_get_side (ring_at (polygon, 0), point);

  if (side != WD_SIDE_INSIDE)
    return side == WD_SIDE_BORDER;
  for (guint i = 1; i < polygon->rings->len; i++)
    if (wd_ring_get_side (ring_at (polygon, i), point) == WD_SIDE_INSIDE)
      return FALSE;
  return TRUE;
}

gboolean
wd_area_contains (const WdArea *self,
                  WdPoint       point)
{
  for (guint i = 0; i < self->polygons->len; i++)
    if (polygon_contains (polygon_at (self, i), point))
      return TRUE;
  return FALSE;
}

gboolean
wd_area_get_bounds (const WdArea *self,
                    WdPoint      *low,
                    WdPoint      *high)
{
  if (self->polygons->len == 0)
    return FALSE;
  *low = ring_at (polygon_at (self, 0), 0)->low;
  *high = ring_at (polygon_at (self, 0), 0)->high;
  for (guint i = 1; i < self->polygons->len; i++)
    {
      const WdRing *ring = ring_at (polygon_at (self, i), 0);

      *low = (WdPoint){ MIN (low->lon, ring->low.lon), MIN (low->lat, ring->low.lat) };
      *high = (WdPoint){ MAX (high->lon, ring->high.lon), MAX (high->lat, ring->high.lat) };
    }
  return TRUE;
}

int
wd_area_find (const WdArea *self,
              WdPoint       point)
{
  int found = -1;

  for (guint i = 0; i < self->polygons->len; i++)
    if (polygon_contains (polygon_at (self, i), point) && (found < 0 || wd_area_get_size (self, i) < wd_area_get_size (self, (guint)found)))
      found = (int)i;
  return found;
}

double
wd_area_get_size (const WdArea *self,
                  guint         polygon)
{
  g_return_val_if_fail (polygon < self->polygons->len, 0.0);

  return polygon_at (self, polygon)->size;
}

double
wd_area_get_total_size (const WdArea *self)
{
  double size = 0.0;

  for (guint i = 0; i < self->polygons->len; i++)
    size += wd_area_get_size (self, i);
  return size;
}
