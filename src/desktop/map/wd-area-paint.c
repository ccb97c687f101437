/* wd-area-paint.c — areas as hatched and dotted ground, painted into a texture in any thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-paint.h"

#include "wd-shape.h"
#include "wd-stamp.h"
#include "wd-symbol-paint.h"

#include <math.h>
#include <string.h>

#define IN_TURN 9.0 /* pixels of one edge that lies over another */

struct _WdAreaShape
{
  gatomicrefcount refs;
  WdAreaStyle     style;
  GPtrArray      *rings;   /* of GArray of WdMercator, closed */
  WdMercator      ends[4]; /* north, south, east, west */
};

typedef struct
{
  WdColor color;
  int     tile; /* of the pattern, in pixels */
  double  line; /* of the hatch; 0: dots */
  double  tint; /* of the ground */
  double  edge; /* its width */
  double  dash; /* 0: solid */
} Look;

/* clang-format off */
static const Look looks[WD_N_AREA_STYLES] = {
  [WD_AREA_EMERGENCY] = { WD_COLOR_OUTAGE,   6, 1.0, 0.10, 2.5, 0 },
  [WD_AREA_PLANNED]   = { WD_COLOR_OUTAGE,  14, 1.0, 0.06, 2.5, 8 },
  [WD_AREA_QUALITY]   = { WD_COLOR_QUALITY, 10, 0.0, 0.12, 2.5, 0 },
  [WD_AREA_DRAFT]     = { WD_COLOR_QUALITY, 10, 0.0, 0.12, 2.5, 7 },
};
/* clang-format on */

static void
note_ends (WdAreaShape *self,
           WdMercator   at)
{
  if (at.y < self->ends[0].y)
    self->ends[0] = at;
  if (at.y > self->ends[1].y)
    self->ends[1] = at;
  if (at.x > self->ends[2].x)
    self->ends[2] = at;
  if (at.x < self->ends[3].x)
    self->ends[3] = at;
}

WdAreaShape *
wd_area_shape_new (WdAreaStyle style,
                   GPtrArray  *rings,
                   GArray     *starts)
{
  WdAreaShape *self = g_new0 (WdAreaShape, 1);

  g_atomic_ref_count_init (&self->refs);
  self->style = style;
  self->rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint i = 0, part = 0; i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];
      gboolean      first = part < starts->len && g_array_index (starts, guint, part) == i;
      gboolean      turned = wd_shape_runs_counterclockwise (ring) != first;
      GArray       *copy = g_array_sized_new (FALSE, FALSE, sizeof (WdMercator), ring->len);

      part += first ? 1 : 0;
      for (guint j = 0; j < ring->len; j++)
        {
          WdMercator at = wd_mercator_from_point (g_array_index (ring, WdPoint, turned ? ring->len - 1 - j : j));

          if (i == 0 && j == 0)
            self->ends[0] = self->ends[1] = self->ends[2] = self->ends[3] = at;
          note_ends (self, at);
          g_array_append_val (copy, at);
        }
      g_ptr_array_add (self->rings, copy);
    }
  return self;
}

WdAreaShape *
wd_area_shape_ref (WdAreaShape *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
wd_area_shape_unref (WdAreaShape *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->rings);
  g_free (self);
}

const WdMercator *
wd_area_shape_get_ends (const WdAreaShape *self)
{
  return self->ends;
}

gboolean
wd_area_shape_is_in_view (const WdAreaShape *self,
                          const WdCamera    *camera)
{
  double across = camera->width / 2 / camera->scale, down = camera->height / 2 / camera->scale;

  return self->ends[2].x >= camera->centre.x - across && self->ends[3].x <= camera->centre.x + across &&
         self->ends[1].y >= camera->centre.y - down && self->ends[0].y <= camera->centre.y + down;
}

gboolean
wd_area_shape_contains (const WdAreaShape *self,
                        WdMercator         at)
{
  int winding = 0;

  if (at.x < self->ends[3].x || at.x > self->ends[2].x || at.y < self->ends[0].y || at.y > self->ends[1].y)
    return FALSE;
  for (guint i = 0; i < self->rings->len; i++)
    {
      const GArray     *ring = self->rings->pdata[i];
      const WdMercator *p = (const WdMercator *)(gconstpointer)ring->data;

      for (guint j = 1; j < ring->len; j++)
        if ((p[j].y > at.y) != (p[j - 1].y > at.y) && at.x < (p[j - 1].x - p[j].x) * (at.y - p[j].y) / (p[j - 1].y - p[j].y) + p[j].x)
          winding += p[j].y > at.y ? 1 : -1;
    }
  return winding != 0;
}

double
wd_area_shape_get_size (const WdAreaShape *self)
{
  return (self->ends[2].x - self->ends[3].x) * (self->ends[1].y - self->ends[0].y);
}

WdColor
wd_area_style_get_color (WdAreaStyle style)
{
  return looks[style].color;
}

/* --- strokes -------------------------------------------------------------- */

void
wd_area_shape_trace (const WdAreaShape *self,
                     cairo_t           *cr,
                     const WdCamera    *camera)
{
  for (guint i = 0; i < self->rings->len; i++)
    {
      const GArray    *ring = self->rings->pdata[i];
      graphene_point_t last = { 0, 0 };

      for (guint j = 0; j + 1 < ring->len; j++)
        {
          graphene_point_t at = wd_camera_project (camera, g_array_index (ring, WdMercator, j));

          if (j > 0 && fabs ((double)at.x - (double)last.x) < 1 && fabs ((double)at.y - (double)last.y) < 1)
            continue;
          if (j == 0)
            cairo_move_to (cr, (double)at.x, (double)at.y);
          else
            cairo_line_to (cr, (double)at.x, (double)at.y);
          last = at;
        }
      cairo_close_path (cr);
    }
}

/* One tile of the hatch or the dots, that goes on in its neighbours. */
static cairo_pattern_t *
make_pattern (cairo_t    *cr,
              const Look *look,
              gboolean    dark)
{
  double           side = look->tile;
  cairo_surface_t *tile = cairo_surface_create_similar (cairo_get_target (cr), CAIRO_CONTENT_COLOR_ALPHA, look->tile, look->tile);
  cairo_t         *ink = cairo_create (tile);
  cairo_pattern_t *pattern;

  wd_paint_set_color (ink, look->color, look->line > 0 ? 0.55 : 0.7, dark);
  if (look->line > 0)
    {
      for (int i = -1; i <= 1; i++)
        {
          cairo_move_to (ink, i * side - 1, -1);
          cairo_line_to (ink, (i + 1) * side + 1, side + 1);
        }
      cairo_set_line_width (ink, look->line);
      cairo_stroke (ink);
    }
  else
    for (int i = 0; i < 2; i++)
      {
        cairo_arc (ink, side * (0.25 + 0.5 * i), side * (0.25 + 0.5 * i), 0.9, 0, 2 * G_PI);
        cairo_fill (ink);
      }
  cairo_destroy (ink);
  pattern = cairo_pattern_create_for_surface (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  cairo_surface_destroy (tile);
  return pattern;
}

/* Tied to the ground, so that the hatch does not swim when the picture is made anew. */
static void
set_pattern (cairo_t        *cr,
             const WdCamera *camera,
             const Look     *look,
             gboolean        dark)
{
  cairo_pattern_t *pattern = make_pattern (cr, look, dark);
  cairo_matrix_t   matrix;

  cairo_matrix_init_translate (&matrix, fmod (floor (camera->centre.x * camera->scale - camera->width / 2), look->tile),
                               fmod (floor (camera->centre.y * camera->scale - camera->height / 2), look->tile));
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_set_source (cr, pattern);
  cairo_pattern_destroy (pattern);
}

/* The path that @cr has. */
static void
paint_path (cairo_t        *cr,
            const WdCamera *camera,
            WdAreaStyle     style,
            gboolean        dark)
{
  const Look *look = &looks[style];

  wd_paint_set_color (cr, look->color, look->tint, dark);
  cairo_fill_preserve (cr);
  set_pattern (cr, camera, look, dark);
  cairo_fill_preserve (cr);

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (look->dash > 0)
    cairo_set_dash (cr, (const double[]){ look->dash, look->dash * 0.6 }, 2, 0);
  wd_paint_set_color (cr, look->color, 1.0, dark);
  cairo_set_line_width (cr, look->edge);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
wd_area_shape_paint (const WdAreaShape *self,
                     cairo_t           *cr,
                     const WdCamera    *camera,
                     gboolean           dark)
{
  wd_area_shape_trace (self, cr, camera);
  paint_path (cr, camera, self->style, dark);
}

/* A confirmed quality area lies under the outage that it became: its dots and, in turn with the outage's own, pieces of its edge. */
static void
paint_over (const WdAreaShape *self,
            cairo_t           *cr,
            const WdCamera    *camera,
            gboolean           dark)
{
  const Look *look = &looks[self->style];

  wd_area_shape_trace (self, cr, camera);
  set_pattern (cr, camera, look, dark);
  cairo_fill_preserve (cr);
  cairo_set_dash (cr, (const double[]){ IN_TURN, IN_TURN }, 2, 0);
  wd_paint_set_color (cr, look->color, 1.0, dark);
  cairo_set_line_width (cr, look->edge);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
wd_area_style_paint (WdAreaStyle style,
                     cairo_t    *cr,
                     double      width,
                     double      height,
                     gboolean    dark)
{
  const WdCamera camera = { .scale = 1 };
  double         edge = looks[style].edge;

  cairo_rectangle (cr, edge / 2, edge / 2, width - edge, height - edge);
  paint_path (cr, &camera, style, dark);
}

GdkTexture *
wd_area_paint_texture (GPtrArray      *shapes,
                       const WdCamera *camera,
                       int             scale,
                       gboolean        dark)
{
  int              width = (int)camera->width * scale, height = (int)camera->height * scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t         *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  for (guint i = 0; i < shapes->len; i++)
    if (wd_area_shape_is_in_view (shapes->pdata[i], camera))
      wd_area_shape_paint (shapes->pdata[i], cr, camera, dark);
  for (guint i = 0; i < shapes->len; i++)
    if (((const WdAreaShape *)shapes->pdata[i])->style == WD_AREA_QUALITY && wd_area_shape_is_in_view (shapes->pdata[i], camera))
      paint_over (shapes->pdata[i], cr, camera, dark);
  cairo_destroy (cr);
  return wd_stamp_new (surface);
}
