/* wd-sides-layer.c — an area as one person drew it, as another did and as it was before, one over the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sides-layer.h"

#include "wd-symbol-paint.h"

#include <adwaita.h>
#include <math.h>

struct _WdSidesLayer
{
  ShumateLayer parent_instance;

  WdAreaShape *shapes[WD_N_SIDES]; /* (nullable) */
  WdPoint      fault;
};

G_DEFINE_FINAL_TYPE (WdSidesLayer, wd_sides_layer, SHUMATE_TYPE_LAYER)

static void
paint_side (const WdAreaShape *shape,
            WdSide             side,
            cairo_t           *cr,
            const WdCamera    *camera,
            gboolean           dark)
{
  gboolean mine = side == WD_SIDE_MINE;

  if (side == WD_SIDE_THEIRS)
    {
      wd_area_shape_paint (shape, cr, camera, dark);
      return;
    }
  wd_area_shape_trace (shape, cr, camera);
  if (mine)
    {
      wd_paint_set_color (cr, WD_COLOR_ACT, 0.2, dark);
      cairo_fill_preserve (cr);
    }
  wd_paint_set_color (cr, mine ? WD_COLOR_ACT : WD_COLOR_INK2, 1.0, dark);
  cairo_set_line_width (cr, mine ? 3 : 1);
  cairo_set_line_cap (cr, mine ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (cr, mine ? (const double[]){ 0, 6 } : (const double[]){ 4, 3 }, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
wd_sides_layer_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  WdSidesLayer *self = WD_SIDES_LAYER (widget);
  WdCamera      camera = wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t      *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)camera.width, (float)camera.height));
  gboolean      dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  for (WdSide side = 0; side < WD_N_SIDES; side++)
    if (self->shapes[side] != NULL)
      paint_side (self->shapes[side], side, cr, &camera, dark);
  if (wd_point_is_set (&self->fault))
    {
      graphene_point_t at = wd_camera_project (&camera, wd_mercator_from_point (self->fault));

      wd_paint_fault (cr, (double)at.x, (double)at.y, dark);
    }
  cairo_destroy (cr);
}

static void
wd_sides_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (wd_sides_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify", G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
wd_sides_layer_finalize (GObject *object)
{
  for (WdSide side = 0; side < WD_N_SIDES; side++)
    g_clear_pointer (&WD_SIDES_LAYER (object)->shapes[side], wd_area_shape_unref);
  G_OBJECT_CLASS (wd_sides_layer_parent_class)->finalize (object);
}

static void
wd_sides_layer_class_init (WdSidesLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wd_sides_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = wd_sides_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = wd_sides_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wd_sides_layer_init (WdSidesLayer *self)
{
  self->fault.lon = NAN;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

WdSidesLayer *
wd_sides_layer_new (ShumateViewport *viewport)
{
  return g_object_new (WD_TYPE_SIDES_LAYER, "viewport", viewport, NULL);
}

void
wd_sides_layer_set_shape (WdSidesLayer *self,
                          WdSide        side,
                          WdAreaShape  *shape)
{
  g_clear_pointer (&self->shapes[side], wd_area_shape_unref);
  self->shapes[side] = shape != NULL ? wd_area_shape_ref (shape) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wd_sides_layer_set_fault (WdSidesLayer *self,
                          WdPoint       at)
{
  self->fault = at;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
wd_sides_layer_get_box (WdSidesLayer *self,
                        WdPoint      *south_west,
                        WdPoint      *north_east)
{
  WdMercator low = { INFINITY, -INFINITY }, high = { -INFINITY, INFINITY };

  for (WdSide side = 0; side < WD_N_SIDES; side++)
    if (self->shapes[side] != NULL)
      {
        const WdMercator *ends = wd_area_shape_get_ends (self->shapes[side]); /* north, south, east, west */

        low = (WdMercator){ MIN (low.x, ends[3].x), MAX (low.y, ends[1].y) };
        high = (WdMercator){ MAX (high.x, ends[2].x), MIN (high.y, ends[0].y) };
      }
  if (low.x > high.x)
    return FALSE;
  *south_west = wd_mercator_to_point (low);
  *north_east = wd_mercator_to_point (high);
  return TRUE;
}
