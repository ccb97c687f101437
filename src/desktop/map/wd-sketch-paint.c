/* wd-sketch-paint.c — the strokes of an area being drawn: its ground, what changed, its handles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sketch-layer-private.h"

#include "wd-symbol-paint.h"
#include "wd-text-scale.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define SQUARE 12.0
#define RING 4.0
#define APART 36.0 /* pixels between two corners, that a middle has room */
#define MAX_HANDLES 600
#define LOW 130.0 /* pixels at the lower edge, where hints lie over the map */

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static gboolean
is_open (WdSketchLayer *self,
         guint          ring)
{
  return wd_sketch_is_open (self->sketch) && ring + 1 == wd_sketch_get_n_rings (self->sketch);
}

static void
trace (WdSketchLayer  *self,
       cairo_t        *cr,
       const WdCamera *camera,
       gboolean        open)
{
  for (guint i = 0; i < wd_sketch_get_n_rings (self->sketch); i++)
    {
      guint          n;
      const WdPoint *corners = wd_sketch_get_ring (self->sketch, i, &n);

      if (n == 0 || is_open (self, i) != open)
        continue;
      cairo_new_sub_path (cr);
      for (guint j = 0; j < n; j++)
        {
          graphene_point_t at = wd_camera_project (camera, wd_mercator_from_point (corners[j]));

          cairo_line_to (cr, (double)at.x, (double)at.y);
        }
      if (!open)
        cairo_close_path (cr);
    }
}

/* All but what the path encloses. */
static void
fill_outside (cairo_t *cr,
              WdColor  color,
              double   alpha)
{
  cairo_push_group (cr);
  wd_paint_set_color (cr, color, alpha, is_dark ());
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_fill (cr);
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);
}

/* What is new in blue, what is given up hollow under a thin dashed line. */
static void
paint_changes (WdSketchLayer     *self,
               const WdAreaShape *shape, /* (nullable): as it is drawn now */
               cairo_t           *cr,
               const WdCamera    *camera)
{
  if (self->published == NULL)
    return;
  cairo_save (cr);
  if (shape != NULL)
    wd_area_shape_trace (shape, cr, camera);
  cairo_clip (cr);
  wd_area_shape_trace (self->published, cr, camera);
  fill_outside (cr, WD_COLOR_ACT, 0.35);
  cairo_restore (cr);

  cairo_save (cr);
  wd_area_shape_trace (self->published, cr, camera);
  cairo_clip (cr);
  if (shape != NULL)
    wd_area_shape_trace (shape, cr, camera);
  fill_outside (cr, WD_COLOR_SURFACE, 0.6);
  cairo_restore (cr);

  wd_area_shape_trace (self->published, cr, camera);
  wd_paint_set_color (cr, WD_COLOR_INK2, 1.0, is_dark ());
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, (const double[]){ 4, 3 }, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Over all of it: it is to be seen before anybody takes it over. */
static void
paint_theirs (WdSketchLayer  *self,
              cairo_t        *cr,
              const WdCamera *camera)
{
  if (self->theirs == NULL)
    return;
  wd_area_shape_trace (self->theirs, cr, camera);
  wd_paint_set_color (cr, WD_COLOR_ACT, 1.0, is_dark ());
  cairo_set_line_width (cr, 3);
  cairo_set_dash (cr, (const double[]){ 14, 5, 3, 5 }, 4, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* The ring that is not closed yet, and the edge to come. */
static void
paint_open (WdSketchLayer  *self,
            cairo_t        *cr,
            const WdCamera *camera)
{
  cairo_new_path (cr);
  trace (self, cr, camera, TRUE);
  wd_paint_set_color (cr, WD_COLOR_ACT, 1.0, is_dark ());
  cairo_set_line_width (cr, 2);
  if (wd_point_is_set (&self->pointer) && cairo_has_current_point (cr))
    {
      graphene_point_t at = wd_camera_project (camera, wd_mercator_from_point (self->pointer));

      cairo_stroke_preserve (cr);
      cairo_line_to (cr, (double)at.x, (double)at.y);
      cairo_set_dash (cr, (const double[]){ 5, 4 }, 2, 0);
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
paint_square (WdSketchLayer   *self,
              cairo_t         *cr,
              graphene_point_t at,
              gboolean         current)
{
  double x = round ((double)at.x), y = round ((double)at.y);

  cairo_rectangle (cr, x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, is_dark ());
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, current ? WD_COLOR_ACT : wd_area_style_get_color (self->style), 1.0, is_dark ());
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  if (!current)
    return;
  cairo_rectangle (cr, x - SQUARE / 2 + 3, y - SQUARE / 2 + 3, SQUARE - 6, SQUARE - 6);
  cairo_fill (cr);
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    return;
  cairo_rectangle (cr, x - SQUARE / 2 - 4, y - SQUARE / 2 - 4, SQUARE + 8, SQUARE + 8);
  cairo_stroke (cr);
}

static void
paint_middle (WdSketchLayer   *self,
              cairo_t         *cr,
              graphene_point_t a,
              graphene_point_t b)
{
  if (hypot ((double)a.x - (double)b.x, (double)a.y - (double)b.y) < APART)
    return;
  cairo_new_sub_path (cr);
  cairo_arc (cr, (double)(a.x + b.x) / 2, (double)(a.y + b.y) / 2, RING, 0, 2 * G_PI);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, is_dark ());
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, wd_area_style_get_color (self->style), 1.0, is_dark ());
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static gboolean
is_in_view (const WdCamera  *camera,
            graphene_point_t at)
{
  return at.x >= -20 && at.y >= -20 && (double)at.x <= camera->width + 20 && (double)at.y <= camera->height + 20;
}

static gboolean
shows_many (WdSketchLayer  *self,
            const WdCamera *camera)
{
  guint seen = 0;

  for (guint i = 0; i < wd_sketch_get_n_rings (self->sketch); i++)
    {
      guint          n;
      const WdPoint *corners = wd_sketch_get_ring (self->sketch, i, &n);

      for (guint j = 0; j < n && seen <= MAX_HANDLES; j++)
        seen += is_in_view (camera, wd_camera_project (camera, wd_mercator_from_point (corners[j]))) ? 1 : 0;
    }
  return seen > MAX_HANDLES;
}

/* In a view that shows too many, only the current one. */
static void
paint_handles (WdSketchLayer  *self,
               cairo_t        *cr,
               const WdCamera *camera)
{
  gboolean many = shows_many (self, camera);

  for (guint i = 0; i < wd_sketch_get_n_rings (self->sketch); i++)
    {
      guint          n;
      const WdPoint *corners = wd_sketch_get_ring (self->sketch, i, &n);

      for (guint j = 0; j < n; j++)
        {
          gboolean         current = i == self->ring && j == self->corner;
          graphene_point_t at, next;

          if (many && !current)
            continue;
          at = wd_camera_project (camera, wd_mercator_from_point (corners[j]));
          next = wd_camera_project (camera, wd_mercator_from_point (corners[(j + 1) % n]));
          if (!is_open (self, i))
            paint_middle (self, cr, at, next);
          if (is_in_view (camera, at))
            paint_square (self, cr, at, current);
        }
    }
}

static void
paint_fault (WdSketchLayer  *self,
             cairo_t        *cr,
             const WdCamera *camera)
{
  graphene_point_t at;

  if (!wd_point_is_set (&self->fault))
    return;
  at = wd_camera_project (camera, wd_mercator_from_point (self->fault));
  wd_paint_fault (cr, (double)at.x, (double)at.y, is_dark ());
}

/* 吸附：… above the corner. */
static void
paint_snapped (WdSketchLayer  *self,
               cairo_t        *cr,
               const WdCamera *camera)
{
  graphene_point_t at;
  g_autofree char *words = NULL;
  double           text = wd_text_scale_get (), width, height, x, y;

  if (self->snapped.name == NULL)
    return;
  at = wd_camera_project (camera, wd_mercator_from_point (self->snapped.at));
  words = g_strdup_printf (self->snapped.corner ? _ ("Snaps to a corner: %s") : _ ("Snaps to: %s"), self->snapped.name);
  width = wd_paint_measure (words, 12 * text) + 20 * text;
  height = 26 * text;
  x = CLAMP ((double)at.x - width / 2, 4, MAX (camera->width - width - 4, 4));
  y = (double)at.y > height + 22 ? (double)at.y - height - 18 : (double)at.y + 20;
  wd_paint_rounded (cr, x, y, width, height, 4);
  wd_paint_set_color (cr, WD_COLOR_INK, 1.0, is_dark ());
  cairo_fill (cr);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, is_dark ());
  wd_paint_text (cr, words, 12 * text, x + width / 2, y + height / 2);
}

/* 新增 86 户 below the corner that is moved, above it where there is no room. */
static void
paint_gain (WdSketchLayer  *self,
            cairo_t        *cr,
            const WdCamera *camera)
{
  graphene_point_t at;
  double           text = wd_text_scale_get (), width, height, x, y;

  if (self->gain == NULL || self->corner == G_MAXUINT)
    return;
  at = wd_camera_project (camera, wd_sketch_layer_get_corner (self, self->ring, self->corner));
  width = wd_paint_measure (self->gain, 13 * text) + 26 * text;
  height = 26 * text;
  x = CLAMP ((double)at.x - width / 2, 4, MAX (camera->width - width - 4, 4));
  y = (double)at.y + height + 28 < camera->height - LOW * text ? (double)at.y + 24 : (double)at.y - height - 54;
  wd_paint_rounded (cr, x, y, width, height, height / 2);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, is_dark ());
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_ACT, 1.0, is_dark ());
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  wd_paint_text (cr, self->gain, 13 * text, x + width / 2, y + height / 2);
}

void
wd_sketch_layer_paint_ground (WdSketchLayer  *self,
                              cairo_t        *cr,
                              const WdCamera *camera)
{
  g_autoptr (GArray)      starts = NULL;
  g_autoptr (GPtrArray)   rings = wd_sketch_dup_rings (self->sketch, &starts);
  g_autoptr (WdAreaShape) shape = rings->len > 0 ? wd_area_shape_new (self->style, rings, starts) : NULL;

  if (shape != NULL)
    wd_area_shape_paint (shape, cr, camera, is_dark ());
  paint_changes (self, shape, cr, camera);
  paint_theirs (self, cr, camera);
}

void
wd_sketch_layer_paint (WdSketchLayer  *self,
                       cairo_t        *cr,
                       const WdCamera *camera)
{
  paint_open (self, cr, camera);
  paint_handles (self, cr, camera);
  paint_gain (self, cr, camera);
  paint_fault (self, cr, camera);
  paint_snapped (self, cr, camera);
}
