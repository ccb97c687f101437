/* wd-sketch-pointer.c — drawing and moving corners with the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sketch-layer-private.h"

#include <math.h>

#define REACH 12.0 /* of a handle, around it: the target is 24 pixels wide */
#define SNAP 10.0
#define STILL 4.0 /* a press that moves less is a click */

/* Whether Ctrl is held, with the event that is handled now. */
static gboolean
is_free_hand (GtkEventController *controller)
{
  return (gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK) != 0;
}

static WdPoint
point_at (WdSketchLayer      *self,
          GtkEventController *controller,
          double              x,
          double              y)
{
  WdCamera camera = wd_sketch_layer_read_camera (self);
  WdPoint  at = wd_mercator_to_point (wd_camera_unproject (&camera, GRAPHENE_POINT_INIT ((float)x, (float)y)));

  self->snapped.name = NULL;
  if (self->snap != NULL && !is_free_hand (controller) && wd_snap_find (self->snap, at, SNAP / camera.scale, &self->snapped))
    return self->snapped.at;
  return at;
}

/* The nearest corner, or (@middles) the nearest middle between two, within reach. */
static gboolean
find_handle (WdSketchLayer *self,
             double         x,
             double         y,
             gboolean       middles,
             guint         *ring,
             guint         *corner)
{
  WdCamera camera = wd_sketch_layer_read_camera (self);
  double   nearest = REACH;

  *ring = G_MAXUINT;
  for (guint i = 0; i < wd_sketch_get_n_rings (self->sketch); i++)
    {
      guint          n;
      const WdPoint *corners = wd_sketch_get_ring (self->sketch, i, &n);
      gboolean       open = wd_sketch_is_open (self->sketch) && i + 1 == wd_sketch_get_n_rings (self->sketch);

      for (guint j = 0; j < n && !(middles && open); j++)
        {
          graphene_point_t at = wd_camera_project (&camera, wd_mercator_from_point (corners[j]));
          double           far;

          if (middles)
            {
              graphene_point_t next = wd_camera_project (&camera, wd_mercator_from_point (corners[(j + 1) % n]));

              if (hypot ((double)next.x - (double)at.x, (double)next.y - (double)at.y) < 3 * REACH) /* not drawn either */
                continue;
              at = GRAPHENE_POINT_INIT ((at.x + next.x) / 2, (at.y + next.y) / 2);
            }
          far = hypot ((double)at.x - x, (double)at.y - y);
          if (far > nearest)
            continue;
          nearest = far;
          *ring = i;
          *corner = j;
        }
    }
  return *ring != G_MAXUINT;
}

gboolean
wd_sketch_layer_hits (WdSketchLayer *self,
                      double         x,
                      double         y)
{
  guint ring, corner;

  if (self->sketch == NULL)
    return FALSE;
  return self->tool != WD_SKETCH_TOOL_EDIT || find_handle (self, x, y, FALSE, &ring, &corner) || find_handle (self, x, y, TRUE, &ring, &corner);
}

/* Between a corner and the next one. */
static WdPoint
middle_after (WdSketchLayer *self,
              guint          ring,
              guint          corner)
{
  guint      n;
  WdMercator a = wd_sketch_layer_get_corner (self, ring, corner), b;

  wd_sketch_get_ring (self->sketch, ring, &n);
  b = wd_sketch_layer_get_corner (self, ring, (corner + 1) % n);
  return wd_mercator_to_point ((WdMercator){ (a.x + b.x) / 2, (a.y + b.y) / 2 });
}

/* A middle becomes a corner as soon as it is taken, where it is.  Whoever takes one beside its own middle moves it by as much as the hand moves. */
static void
take_handle (WdSketchLayer *self,
             double         x,
             double         y)
{
  WdCamera         camera = wd_sketch_layer_read_camera (self);
  graphene_point_t at;
  guint            ring, corner;

  wd_sketch_hold (self->sketch);
  if (!find_handle (self, x, y, FALSE, &ring, &corner))
    {
      if (!find_handle (self, x, y, TRUE, &ring, &corner) || !wd_sketch_insert (self->sketch, ring, corner, middle_after (self, ring, corner)))
        {
          wd_sketch_release (self->sketch);
          return;
        }
      corner++;
      wd_sketch_layer_tell (self);
    }
  at = wd_camera_project (&camera, wd_sketch_layer_get_corner (self, ring, corner));
  self->grip_x = x - (double)at.x;
  self->grip_y = y - (double)at.y;
  self->dragging = TRUE;
  wd_sketch_layer_set_current (self, ring, corner);
}

static void
begin_cb (GtkGesture    *drag,
          double         x,
          double         y,
          WdSketchLayer *self)
{
  self->start_x = self->last_x = x;
  self->start_y = self->last_y = y;
  self->moved = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->tool == WD_SKETCH_TOOL_EDIT)
    take_handle (self, x, y);
}

/* Where a ring is drawn the layer has the press, so it pans in the map's stead. */
static void
pan (WdSketchLayer *self,
     double         x,
     double         y)
{
  WdCamera camera = wd_sketch_layer_read_camera (self);

  wd_camera_pan (shumate_layer_get_viewport (SHUMATE_LAYER (self)), &camera, self->last_x - x, self->last_y - y);
  self->last_x = x;
  self->last_y = y;
}

static void
update_cb (GtkGesture    *drag,
           double         dx,
           double         dy,
           WdSketchLayer *self)
{
  if (self->sketch == NULL || (!self->moved && hypot (dx, dy) <= STILL))
    return;
  self->moved = TRUE;
  if (self->dragging)
    {
      wd_sketch_move (self->sketch, self->ring, self->corner,
                      point_at (self, GTK_EVENT_CONTROLLER (drag), self->start_x + dx - self->grip_x, self->start_y + dy - self->grip_y));
      wd_sketch_layer_tell (self);
    }
  else if (self->tool != WD_SKETCH_TOOL_EDIT)
    pan (self, self->start_x + dx, self->start_y + dy);
}

/* Back at the first corner: the ring is closed. */
static gboolean
is_at_first (WdSketchLayer *self,
             double         x,
             double         y)
{
  guint ring, corner;

  return find_handle (self, x, y, FALSE, &ring, &corner) && ring + 1 == wd_sketch_get_n_rings (self->sketch) && corner == 0;
}

static void
end_cb (GtkGesture    *drag,
        double         dx,
        double         dy,
        WdSketchLayer *self)
{
  gboolean moved = self->moved;

  self->moved = FALSE;
  if (self->sketch == NULL)
    return;
  if (self->dragging)
    {
      self->dragging = FALSE;
      self->snapped.name = NULL;
      wd_sketch_release (self->sketch);
      wd_sketch_layer_tell (self);
      return;
    }
  if (self->tool == WD_SKETCH_TOOL_EDIT || moved)
    return;
  if (is_at_first (self, self->start_x, self->start_y) && wd_sketch_close (self->sketch))
    {
      self->tool = WD_SKETCH_TOOL_EDIT;
      gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
      wd_sketch_layer_tell (self);
      g_signal_emit_by_name (self, "tool-ended");
      return;
    }
  if (wd_sketch_add (self->sketch, point_at (self, GTK_EVENT_CONTROLLER (drag), self->start_x, self->start_y)))
    {
      guint ring = wd_sketch_get_n_rings (self->sketch) - 1, n;

      wd_sketch_get_ring (self->sketch, ring, &n);
      wd_sketch_layer_set_current (self, ring, n - 1);
      wd_sketch_layer_tell (self);
    }
}

/* The edge to come follows the pointer. */
static void
motion_cb (GtkEventController *motion,
           double              x,
           double              y,
           WdSketchLayer      *self)
{
  if (self->sketch == NULL || self->tool == WD_SKETCH_TOOL_EDIT || self->moved)
    return;
  self->pointer = point_at (self, motion, x, y);
  wd_sketch_layer_redraw (self);
}

static void
leave_cb (GtkEventController *motion,
          WdSketchLayer      *self)
{
  self->pointer.lon = NAN;
  if (!self->dragging)
    self->snapped.name = NULL;
  wd_sketch_layer_redraw (self);
}

static void
remove_cb (GtkGesture    *click,
           int            times,
           double         x,
           double         y,
           WdSketchLayer *self)
{
  guint ring, corner;

  if (self->sketch == NULL || self->dragging || self->tool != WD_SKETCH_TOOL_EDIT || !find_handle (self, x, y, FALSE, &ring, &corner))
    return;
  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  wd_sketch_layer_set_current (self, ring, corner);
  wd_sketch_layer_remove_current (self);
}

void
wd_sketch_layer_add_pointer (WdSketchLayer *self)
{
  GtkGesture         *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (end_cb), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, 0);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (remove_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
