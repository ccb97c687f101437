/* wd-snap.c — lines that a corner is drawn to when it comes near
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-snap.h"

#include <math.h>

typedef struct
{
  char       *name;
  WdPoint    *points;
  WdMercator *world;
  guint       n;
  WdMercator  low, high; /* the box around it */
} Line;

struct _WdSnap
{
  GArray *lines;
};

static void
clear_line (gpointer data)
{
  Line *line = data;

  g_free (line->name);
  g_free (line->points);
  g_free (line->world);
}

WdSnap *
wd_snap_new (void)
{
  WdSnap *self = g_new0 (WdSnap, 1);

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, clear_line);
  return self;
}

void
wd_snap_free (WdSnap *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->lines);
  g_free (self);
}

void
wd_snap_add (WdSnap *self, const WdPoint *points, guint n_points, gboolean closed, const char *name)
{
  Line line = { g_strdup (name), NULL, NULL, n_points + (closed ? 1 : 0), { INFINITY, INFINITY }, { -INFINITY, -INFINITY } };

  if (n_points == 0)
    {
      g_free (line.name);
      return;
    }
  line.points = g_new (WdPoint, line.n);
  line.world = g_new (WdMercator, line.n);
  for (guint i = 0; i < line.n; i++)
    {
      line.points[i] = points[i % n_points];
      line.world[i] = wd_mercator_from_point (line.points[i]);
      line.low.x = MIN (line.low.x, line.world[i].x);
      line.low.y = MIN (line.low.y, line.world[i].y);
      line.high.x = MAX (line.high.x, line.world[i].x);
      line.high.y = MAX (line.high.y, line.world[i].y);
    }
  g_array_append_val (self->lines, line);
}

static gboolean
is_near (const Line *line, WdMercator at, double reach)
{
  return at.x >= line->low.x - reach && at.x <= line->high.x + reach && at.y >= line->low.y - reach && at.y <= line->high.y + reach;
}

static WdMercator
nearest_on_edge (WdMercator a, WdMercator b, WdMercator at)
{
  double dx = b.x - a.x, dy = b.y - a.y;
  double length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? ((at.x - a.x) * dx + (at.y - a.y) * dy) / length2 : 0;

  t = CLAMP (t, 0.0, 1.0);
  return (WdMercator){ a.x + t * dx, a.y + t * dy };
}

static double
find_on_line (const Line *line, WdMercator at, double reach, gboolean corners, WdSnapped *snapped)
{
  for (guint i = 0; i < line->n; i++)
    {
      WdMercator place = corners || i == 0 ? line->world[i] : nearest_on_edge (line->world[i - 1], line->world[i], at);
      double     far = hypot (place.x - at.x, place.y - at.y);

      if (far > reach)
        continue;
      reach = far;
      *snapped = (WdSnapped){ corners ? line->points[i] : wd_mercator_to_point (place), line->name, corners };
    }
  return reach;
}

gboolean
wd_snap_find (const WdSnap *self, WdPoint at, double reach, WdSnapped *snapped)
{
  WdMercator world = wd_mercator_from_point (at);

  snapped->name = NULL;
  for (int corners = TRUE; corners >= FALSE && snapped->name == NULL; corners--)
    {
      double left = reach;

      for (guint i = 0; i < self->lines->len; i++)
        {
          const Line *line = &g_array_index (self->lines, Line, i);

          if (is_near (line, world, left))
            left = find_on_line (line, world, left, corners, snapped);
        }
    }
  return snapped->name != NULL;
}
