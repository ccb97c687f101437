/* wd-sketch-ground.c — the ground of an area being drawn, below the symbols
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sketch-layer-private.h"

#define WD_TYPE_SKETCH_GROUND (wd_sketch_ground_get_type ())
G_DECLARE_FINAL_TYPE (WdSketchGround, wd_sketch_ground, WD, SKETCH_GROUND, ShumateLayer)

struct _WdSketchGround
{
  ShumateLayer parent_instance;

  WdSketchLayer *layer; /* a weak pointer: it holds this one */
};

G_DEFINE_FINAL_TYPE (WdSketchGround, wd_sketch_ground, SHUMATE_TYPE_LAYER)

static void
wd_sketch_ground_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  WdSketchLayer *layer = WD_SKETCH_GROUND (widget)->layer;
  WdCamera       camera;
  cairo_t       *cr;

  if (layer == NULL || layer->sketch == NULL)
    return;
  camera = wd_sketch_layer_read_camera (layer);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)camera.width, (float)camera.height));
  wd_sketch_layer_paint_ground (layer, cr, &camera);
  cairo_destroy (cr);
}

static void
wd_sketch_ground_dispose (GObject *object)
{
  g_clear_weak_pointer (&WD_SKETCH_GROUND (object)->layer);
  G_OBJECT_CLASS (wd_sketch_ground_parent_class)->dispose (object);
}

static void
wd_sketch_ground_class_init (WdSketchGroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_sketch_ground_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = wd_sketch_ground_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wd_sketch_ground_init (WdSketchGround *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
wd_sketch_ground_new (WdSketchLayer *layer)
{
  WdSketchGround *self = g_object_new (WD_TYPE_SKETCH_GROUND, "viewport", shumate_layer_get_viewport (SHUMATE_LAYER (layer)), NULL);

  g_set_weak_pointer (&self->layer, layer);
  return GTK_WIDGET (self);
}
