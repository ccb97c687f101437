/* wd-sketch-layer.c — an area being drawn on the map, with its corners as handles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sketch-layer-private.h"

#include "wd-text-scale.h"

#include <glib/gi18n.h>
#include <math.h>

G_DEFINE_FINAL_TYPE (WdSketchLayer, wd_sketch_layer, SHUMATE_TYPE_LAYER)

WdCamera
wd_sketch_layer_read_camera (WdSketchLayer *self)
{
  return wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), gtk_widget_get_width (GTK_WIDGET (self)),
                         gtk_widget_get_height (GTK_WIDGET (self)));
}

WdMercator
wd_sketch_layer_get_corner (WdSketchLayer *self,
                            guint          ring,
                            guint          corner)
{
  guint          n;
  const WdPoint *corners = wd_sketch_get_ring (self->sketch, ring, &n);

  return wd_mercator_from_point (corners[corner]);
}

void
wd_sketch_layer_redraw (WdSketchLayer *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_queue_draw (self->ground);
}

static gboolean
is_there (WdSketchLayer *self,
          guint          ring,
          guint          corner)
{
  guint n;

  if (self->sketch == NULL || ring >= wd_sketch_get_n_rings (self->sketch))
    return FALSE;
  wd_sketch_get_ring (self->sketch, ring, &n);
  return corner < n;
}

void
wd_sketch_layer_set_current (WdSketchLayer *self,
                             guint          ring,
                             guint          corner)
{
  self->ring = ring;
  self->corner = corner;
  wd_sketch_layer_redraw (self);
  g_signal_emit_by_name (self, "current-changed");
}

guint
wd_sketch_layer_get_current (WdSketchLayer *self)
{
  guint before = 0;

  if (!is_there (self, self->ring, self->corner))
    return 0;
  for (guint i = 0; i < self->ring; i++)
    {
      guint n;

      wd_sketch_get_ring (self->sketch, i, &n);
      before += n;
    }
  return before + self->corner + 1;
}

static void
take_tool (WdSketchLayer *self,
           WdSketchTool   tool)
{
  self->tool = tool;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), tool == WD_SKETCH_TOOL_EDIT ? NULL : "crosshair");
}

/* The corner that is held may be another one by now, or none.  What the press was for is over: it adds no corner when it ends. */
static void
end_drag (WdSketchLayer *self)
{
  if (!self->dragging)
    return;
  self->dragging = FALSE;
  self->moved = TRUE;
  self->snapped.name = NULL;
  wd_sketch_release (self->sketch);
}

void
wd_sketch_layer_refresh (WdSketchLayer *self)
{
  end_drag (self);
  if (!is_there (self, self->ring, self->corner))
    self->ring = self->corner = G_MAXUINT;
  if (self->sketch != NULL && wd_sketch_is_open (self->sketch))
    take_tool (self, wd_sketch_is_hole (self->sketch, wd_sketch_get_n_rings (self->sketch) - 1) ? WD_SKETCH_TOOL_HOLE : WD_SKETCH_TOOL_PART);
  else
    take_tool (self, WD_SKETCH_TOOL_EDIT);
  wd_sketch_layer_redraw (self);
}

void
wd_sketch_layer_tell (WdSketchLayer *self)
{
  wd_sketch_layer_redraw (self);
  g_signal_emit_by_name (self, "changed");
}

static void
wd_sketch_layer_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  WdSketchLayer *self = WD_SKETCH_LAYER (widget);
  WdCamera       camera = wd_sketch_layer_read_camera (self);
  cairo_t       *cr;

  if (self->sketch == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)camera.width, (float)camera.height));
  wd_sketch_layer_paint (self, cr, &camera);
  cairo_destroy (cr);
}

static gboolean
wd_sketch_layer_contains (GtkWidget *widget,
                          double     x,
                          double     y)
{
  return wd_sketch_layer_hits (WD_SKETCH_LAYER (widget), x, y);
}

static gboolean
wd_sketch_layer_focus (GtkWidget       *widget,
                       GtkDirectionType direction)
{
  return WD_SKETCH_LAYER (widget)->sketch != NULL && wd_sketch_layer_move_focus (WD_SKETCH_LAYER (widget), direction);
}

static void
wd_sketch_layer_constructed (GObject *object)
{
  WD_SKETCH_LAYER (object)->ground = g_object_ref_sink (wd_sketch_ground_new (WD_SKETCH_LAYER (object)));
  G_OBJECT_CLASS (wd_sketch_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify", G_CALLBACK (wd_sketch_layer_redraw), object, G_CONNECT_SWAPPED);
  wd_text_scale_follow (object, G_CALLBACK (wd_sketch_layer_redraw));
}

static void
wd_sketch_layer_finalize (GObject *object)
{
  g_object_unref (WD_SKETCH_LAYER (object)->ground);
  g_clear_pointer (&WD_SKETCH_LAYER (object)->published, wd_area_shape_unref);
  g_clear_pointer (&WD_SKETCH_LAYER (object)->theirs, wd_area_shape_unref);
  g_free (WD_SKETCH_LAYER (object)->gain);
  G_OBJECT_CLASS (wd_sketch_layer_parent_class)->finalize (object);
}

static void
wd_sketch_layer_class_init (WdSketchLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = wd_sketch_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = wd_sketch_layer_finalize;
  widget_class->snapshot = wd_sketch_layer_snapshot;
  widget_class->contains = wd_sketch_layer_contains;
  widget_class->focus = wd_sketch_layer_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("current-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("tool-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_sketch_layer_init (WdSketchLayer *self)
{
  self->fault.lon = self->pointer.lon = NAN;
  self->ring = self->corner = G_MAXUINT;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  wd_sketch_layer_add_pointer (self);
  wd_sketch_layer_add_keys (self);
  wd_sketch_layer_say (self, _ ("The area that is drawn"));
}

WdSketchLayer *
wd_sketch_layer_new (ShumateViewport *viewport)
{
  return g_object_new (WD_TYPE_SKETCH_LAYER, "viewport", viewport, NULL);
}

ShumateLayer *
wd_sketch_layer_get_ground (WdSketchLayer *self)
{
  return SHUMATE_LAYER (self->ground);
}

void
wd_sketch_layer_begin (WdSketchLayer *self,
                       WdSketch      *sketch,
                       WdAreaStyle    style,
                       WdAreaShape   *published)
{
  self->sketch = sketch;
  self->style = style;
  wd_sketch_layer_set_published (self, published);
  wd_sketch_layer_set_theirs (self, NULL);
  self->ring = self->corner = G_MAXUINT;
  self->fault.lon = self->pointer.lon = NAN;
  g_clear_pointer (&self->gain, g_free);
  self->dragging = self->moved = FALSE;
  self->tool = WD_SKETCH_TOOL_EDIT;
  gtk_widget_set_visible (GTK_WIDGET (self), sketch != NULL);
  gtk_widget_set_visible (self->ground, sketch != NULL);
  wd_sketch_layer_redraw (self);
}

static void
set_shape (WdSketchLayer *self,
           WdAreaShape  **place,
           WdAreaShape   *shape)
{
  g_clear_pointer (place, wd_area_shape_unref);
  *place = shape != NULL ? wd_area_shape_ref (shape) : NULL;
  wd_sketch_layer_redraw (self);
}

void
wd_sketch_layer_set_published (WdSketchLayer *self,
                               WdAreaShape   *published)
{
  set_shape (self, &self->published, published);
}

void
wd_sketch_layer_set_theirs (WdSketchLayer *self,
                            WdAreaShape   *theirs)
{
  set_shape (self, &self->theirs, theirs);
}

void
wd_sketch_layer_set_gain (WdSketchLayer *self,
                          const char    *words)
{
  if (g_strcmp0 (self->gain, words) == 0)
    return;
  g_free (self->gain);
  self->gain = g_strdup (words);
  wd_sketch_layer_redraw (self);
}

void
wd_sketch_layer_set_snap (WdSketchLayer *self,
                          const WdSnap  *snap)
{
  self->snap = snap;
  self->snapped.name = NULL;
  wd_sketch_layer_redraw (self);
}

void
wd_sketch_layer_set_tool (WdSketchLayer *self,
                          WdSketchTool   tool)
{
  if (self->sketch == NULL)
    return;
  end_drag (self);
  take_tool (self, tool);
  self->pointer.lon = NAN;
  if (tool == WD_SKETCH_TOOL_EDIT)
    wd_sketch_drop_open (self->sketch);
  else
    wd_sketch_begin (self->sketch, tool == WD_SKETCH_TOOL_HOLE);
  self->ring = self->corner = G_MAXUINT;
  wd_sketch_layer_tell (self);
}

WdSketchTool
wd_sketch_layer_get_tool (WdSketchLayer *self)
{
  return self->tool;
}

void
wd_sketch_layer_set_fault (WdSketchLayer *self,
                           WdPoint        at)
{
  self->fault = at;
  wd_sketch_layer_redraw (self);
}

void
wd_sketch_layer_say (WdSketchLayer *self,
                     const char    *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

gboolean
wd_sketch_layer_is_dragging (WdSketchLayer *self)
{
  return self->dragging;
}
