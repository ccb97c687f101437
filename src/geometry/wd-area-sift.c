/* wd-area-sift.c — which of very many boxes of points lie inside an area, and which of their points
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-sift.h"

#include "wd-ring.h"

#include <math.h>

#define NEAR 1e-12  /* degrees: nearer than this it is not told from where a way bends */
#define MARGIN 1e-8 /* degrees around a box: its edges are those of its corner too, wherever that was moved */
#define STEP 1e-10  /* degrees: a corner on an edge is moved away */
#define TRIES 8     /* … so often, each time in another direction */

typedef struct
{
  WdPoint a, b;
} Edge;

struct _WdSift
{
  const WdArea *area;
  const Edge   *edges;
  const guint  *near; /* places in `edges` */
  guint         n_near;
  WdPoint       corner; /* south-east of the box */
  gboolean      inside; /* it is */
  gboolean      lost;   /* … not known */
};

typedef enum
{
  OUTSIDE,
  INSIDE,
  BORDER,
  UNCLEAR /* an edge passes where the way bends */
} Where;

static gboolean
lies_between (double x, double a, double b)
{
  return x > MIN (a, b) && x < MAX (a, b);
}

/* From the point east, and from there south to the corner: each edge between changes sides.  What lies on a way counts as south
 * or as west of it, all along. */
static Where
where_is (const WdSift *self, WdPoint p)
{
  gboolean inside = self->inside;
  gboolean unclear = FALSE;

  for (guint i = 0; i < self->n_near; i++)
    {
      const WdPoint *a = &self->edges[self->near[i]].a, *b = &self->edges[self->near[i]].b;

      if (wd_edge_has (a, b, p))
        return BORDER;
      if ((a->lat > p.lat) != (b->lat > p.lat))
        {
          double lon = (b->lon - a->lon) * (p.lat - a->lat) / (b->lat - a->lat) + a->lon;

          unclear = unclear || fabs (lon - self->corner.lon) <= NEAR;
          inside ^= lies_between (lon, p.lon, self->corner.lon);
        }
      if ((a->lon > self->corner.lon) != (b->lon > self->corner.lon))
        {
          double lat = (b->lat - a->lat) * (self->corner.lon - a->lon) / (b->lon - a->lon) + a->lat;

          unclear = unclear || fabs (lat - p.lat) <= NEAR || fabs (lat - self->corner.lat) <= NEAR;
          inside ^= lies_between (lat, p.lat, self->corner.lat);
        }
    }
  return unclear ? UNCLEAR : inside ? INSIDE
                                    : OUTSIDE;
}

gboolean
wd_sift_is_even (const WdSift *self)
{
  return self->n_near == 0;
}

gboolean
wd_sift_contains (const WdSift *self, WdPoint point)
{
  Where where = self->lost ? UNCLEAR : where_is (self, point);

  return where == UNCLEAR ? wd_area_contains (self->area, point) : where != OUTSIDE;
}

/* ---- halving ---- */

static void
put_corner (WdSift *self, const WdSift *around, WdPoint corner)
{
  Where where = UNCLEAR;

  for (guint i = 0; i < TRIES && !around->lost && (where == BORDER || where == UNCLEAR); i++)
    {
      self->corner = (WdPoint){ corner.lon + i * STEP, corner.lat - i * i * STEP / TRIES };
      where = where_is (around, self->corner);
    }
  self->inside = where == INSIDE;
  self->lost = where == BORDER || where == UNCLEAR;
}

static void
bounds_of (const WdSiftBox *boxes, gsize n_boxes, WdPoint *low, WdPoint *high)
{
  *low = boxes[0].low;
  *high = boxes[0].high;
  for (gsize i = 1; i < n_boxes; i++)
    {
      *low = (WdPoint){ MIN (low->lon, boxes[i].low.lon), MIN (low->lat, boxes[i].low.lat) };
      *high = (WdPoint){ MAX (high->lon, boxes[i].high.lon), MAX (high->lat, boxes[i].high.lat) };
    }
}

/* How many of the boxes, now the first ones, begin in the western or southern half; never none and never all. */
static gsize
halve (WdSiftBox *boxes, gsize n_boxes, WdPoint low, WdPoint high)
{
  gboolean wide = high.lon - low.lon > high.lat - low.lat;
  double   middle = wide ? (low.lon + high.lon) / 2 : (low.lat + high.lat) / 2;
  gsize    first = 0;

  for (gsize i = 0; i < n_boxes; i++)
    {
      WdSiftBox box = boxes[i];

      if ((wide ? box.low.lon + box.high.lon : box.low.lat + box.high.lat) / 2 >= middle)
        continue;
      boxes[i] = boxes[first];
      boxes[first++] = box;
    }
  return first > 0 && first < n_boxes ? first : n_boxes / 2;
}

typedef struct
{
  WdSiftFunc func;
  gpointer   data;
} Told;

static void
sift (const WdSift *around, WdSiftBox *boxes, gsize n_boxes, const Told *told)
{
  WdSift            self = *around;
  g_autofree guint *near = g_new (guint, around->n_near);
  WdPoint           low, high;
  gsize             first;

  bounds_of (boxes, n_boxes, &low, &high);
  put_corner (&self, around, (WdPoint){ high.lon, low.lat });
  self.near = near;
  self.n_near = 0;
  for (guint i = 0; i < around->n_near; i++)
    {
      const Edge *edge = &self.edges[around->near[i]];

      if (wd_edge_meets_box (&edge->a, &edge->b, (WdPoint){ low.lon - MARGIN, low.lat - MARGIN }, (WdPoint){ high.lon + MARGIN, high.lat + MARGIN }))
        near[self.n_near++] = around->near[i];
    }
  if (n_boxes == 1 || self.n_near == 0)
    {
      for (gsize i = 0; i < n_boxes; i++)
        told->func (boxes[i].what, &self, told->data);
      return;
    }
  first = halve (boxes, n_boxes, low, high);
  sift (&self, boxes, first, told);
  sift (&self, boxes + first, n_boxes - first, told);
}

static void
add_edge (const WdPoint *a, const WdPoint *b, gpointer edges)
{
  Edge edge = { *a, *b };

  g_array_append_val ((GArray *)edges, edge);
}

void
wd_area_sift (const WdArea *area, WdSiftBox *boxes, gsize n_boxes, WdSiftFunc func, gpointer data)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  g_autofree guint  *all = NULL;
  WdSift             whole = { .area = area };
  const Told         told = { func, data };
  WdPoint            low, high, area_low, area_high;

  if (n_boxes == 0 || !wd_area_get_bounds (area, &area_low, &area_high))
    return;
  wd_area_each_edge (area, add_edge, edges);
  all = g_new (guint, edges->len);
  for (guint i = 0; i < edges->len; i++)
    all[i] = i;
  whole.edges = (const Edge *)(gconstpointer)edges->data;
  whole.near = all;
  whole.n_near = edges->len;
  bounds_of (boxes, n_boxes, &low, &high);
  whole.corner = (WdPoint){ MAX (high.lon, area_high.lon) + 1, MIN (low.lat, area_low.lat) - 1 };
  sift (&whole, boxes, n_boxes, &told);
}
