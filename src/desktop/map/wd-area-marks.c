/* wd-area-marks.c — what has no area yet as a mark at its point, and where was called from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-layer-private.h"

#include "wd-symbol-paint.h"

#include <math.h>

#define CALL 5.0      /* pixels, the radius */
#define BORDER 2.0    /* of the mark */
#define CORNER 5.0    /* … which is square: orders are not */
#define MAX_CALLS 500 /* drawn of all; more are one spot */

graphene_rect_t
wd_area_layer_get_mark (WdAreaLayer      *self,
                        const WdLaidArea *area,
                        const WdCamera   *camera)
{
  graphene_point_t at = wd_camera_project (camera, area->point);
  float            size = (float)(WD_AREA_MARK * self->text);

  return GRAPHENE_RECT_INIT (roundf (at.x - size / 2), roundf (at.y - size / 2), size, size);
}

static void
paint_mark (WdAreaLayer      *self,
            cairo_t          *cr,
            const WdLaidArea *area,
            gboolean          dark)
{
  graphene_rect_t mark = wd_area_layer_get_mark (self, area, &self->camera);

  cairo_save (cr);
  cairo_translate (cr, (double)mark.origin.x, (double)mark.origin.y);
  cairo_scale (cr, self->text, self->text);
  wd_paint_rounded (cr, BORDER / 2, BORDER / 2, WD_AREA_MARK - BORDER, WD_AREA_MARK - BORDER, CORNER);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, wd_area_style_get_color (area->style), 1.0, dark);
  cairo_set_line_width (cr, BORDER);
  if (area->style == WD_AREA_DRAFT)
    cairo_set_dash (cr, (const double[]){ 5, 2.5 }, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  wd_paint_text (cr, wd_area_style_get_badge (area->style), 14, WD_AREA_MARK / 2, WD_AREA_MARK / 2);
  cairo_restore (cr);
}

static gboolean
paint_call (WdAreaLayer *self,
            cairo_t     *cr,
            WdMercator   call,
            WdAreaStyle  style,
            gboolean     dark)
{
  graphene_point_t at = wd_camera_project (&self->camera, call);
  double           x = (double)at.x, y = (double)at.y;

  if (x < -CALL || y < -CALL || x > self->camera.width + CALL || y > self->camera.height + CALL)
    return FALSE;
  cairo_new_path (cr);
  cairo_arc (cr, x, y, CALL, 0, 2 * G_PI);
  wd_paint_set_color (cr, wd_area_style_get_color (style), 1.0, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  return TRUE;
}

/* Where its area is drawn, a case shows its point besides: what was called about. */
static gboolean
is_marked (WdAreaLayer      *self,
           const WdLaidArea *area)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float)self->camera.width, (float)self->camera.height), mark;

  if (isnan (area->point.x) || (area->shape != NULL && g_strcmp0 (area->id, self->hidden) != 0))
    return FALSE;
  mark = wd_area_layer_get_mark (self, area, &self->camera);
  return graphene_rect_intersection (&view, &mark, NULL);
}

void
wd_area_layer_append_marks (WdAreaLayer *self,
                            GtkSnapshot *snapshot)
{
  gboolean dark = wd_area_layer_is_dark ();
  guint    calls = 0;
  cairo_t *cr = NULL;

  for (guint i = self->areas->len; i > 0; i--) /* the most urgent on top */
    {
      const WdLaidArea *area = self->areas->pdata[i - 1];
      gboolean          marked = is_marked (self, area);

      if (cr == NULL && (marked || area->calls->len > 0))
        cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)self->camera.width, (float)self->camera.height));
      if (marked)
        paint_mark (self, cr, area, dark);
      for (guint j = 0; j < area->calls->len && calls < MAX_CALLS; j++)
        calls += paint_call (self, cr, g_array_index (area->calls, WdMercator, j), area->style, dark) ? 1 : 0;
    }
  g_clear_pointer (&cr, cairo_destroy);
}
