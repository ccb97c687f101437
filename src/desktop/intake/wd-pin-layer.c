/* wd-pin-layer.c — the place that is meant, as a ring on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-pin-layer.h"

#include "wd-camera.h"
#include "wd-symbol-paint.h"

#include <adwaita.h>

#define RADIUS 12
#define DOT 5
#define ARM 16 /* of the cross */

struct _WdPinLayer
{
  ShumateLayer parent_instance;

  WdPoint  point;
  gboolean aiming;
};

G_DEFINE_FINAL_TYPE (WdPinLayer, wd_pin_layer, SHUMATE_TYPE_LAYER)

static WdCamera
read_camera (WdPinLayer *self)
{
  return wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), gtk_widget_get_width (GTK_WIDGET (self)),
                         gtk_widget_get_height (GTK_WIDGET (self)));
}

/* Light around dark: seen on any ground. */
static void
paint_cross (GtkSnapshot *snapshot, graphene_point_t at, gboolean dark)
{
  static const struct
  {
    WdColor color;
    double  width;
  } strokes[] = { { WD_COLOR_SURFACE, 5 }, { WD_COLOR_INK, 2 } };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (at.x - ARM - 2, at.y - ARM - 2, 2 * ARM + 4, 2 * ARM + 4));

  for (gsize i = 0; i < G_N_ELEMENTS (strokes); i++)
    {
      cairo_move_to (cr, at.x - ARM, at.y);
      cairo_line_to (cr, at.x + ARM, at.y);
      cairo_move_to (cr, at.x, at.y - ARM);
      cairo_line_to (cr, at.x, at.y + ARM);
      wd_paint_set_color (cr, strokes[i].color, 1, dark);
      cairo_set_line_width (cr, strokes[i].width);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
wd_pin_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WdPinLayer      *self = WD_PIN_LAYER (widget);
  WdCamera         camera = read_camera (self);
  gboolean         dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  graphene_point_t at;
  cairo_t         *cr;

  if (self->aiming)
    paint_cross (snapshot, GRAPHENE_POINT_INIT ((float)round (camera.width / 2), (float)round (camera.height / 2)), dark);
  if (!wd_point_is_set (&self->point))
    return;
  at = wd_camera_project (&camera, wd_mercator_from_point (self->point));
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (at.x - RADIUS - 2, at.y - RADIUS - 2, 2 * RADIUS + 4, 2 * RADIUS + 4));
  cairo_arc (cr, at.x, at.y, RADIUS, 0, 2 * G_PI);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 0.9, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_ACT, 1, dark);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_arc (cr, at.x, at.y, DOT, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* Nothing here is clicked on. */
static gboolean
wd_pin_layer_contains (GtkWidget *widget, double x, double y)
{
  return FALSE;
}

static void
wd_pin_layer_constructed (GObject *object)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (object));

  G_OBJECT_CLASS (wd_pin_layer_parent_class)->constructed (object);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
wd_pin_layer_class_init (WdPinLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wd_pin_layer_constructed;
  GTK_WIDGET_CLASS (klass)->snapshot = wd_pin_layer_snapshot;
  GTK_WIDGET_CLASS (klass)->contains = wd_pin_layer_contains;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wd_pin_layer_init (WdPinLayer *self)
{
  self->point = (WdPoint){ NAN, NAN };
}

WdPinLayer *
wd_pin_layer_new (ShumateViewport *viewport)
{
  return g_object_new (WD_TYPE_PIN_LAYER, "viewport", viewport, NULL);
}

void
wd_pin_layer_set_point (WdPinLayer *self, WdPoint point)
{
  self->point = point;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wd_pin_layer_set_aiming (WdPinLayer *self, gboolean aiming)
{
  self->aiming = aiming;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

WdPoint
wd_pin_layer_point_at (WdPinLayer *self, double x, double y)
{
  WdCamera camera = read_camera (self);

  return wd_mercator_to_point (wd_camera_unproject (&camera, GRAPHENE_POINT_INIT ((float)x, (float)y)));
}
