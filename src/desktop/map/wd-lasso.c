/* wd-lasso.c — a line drawn around orders on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-lasso.h"

#include "wd-map-layer-private.h"

#include <adwaita.h>
#include <math.h>

#define STEP 4.0  /* pixels between two points of the line */
#define LEAST 3u  /* points that surround anything */
#define TINT 0.12 /* of the ground inside */

struct _WdLasso
{
  GtkWidget parent_instance;

  WdMapLayer *layer;
  GArray     *line; /* WdMercator */
  gboolean    closed;
  double      start_x, start_y;
};

static guint drawn;

G_DEFINE_FINAL_TYPE (WdLasso, wd_lasso, GTK_TYPE_WIDGET)

static WdCamera
read_camera (WdLasso *self)
{
  return wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self->layer)), gtk_widget_get_width (GTK_WIDGET (self)),
                         gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
add_point (WdLasso *self, double x, double y)
{
  WdCamera   camera = read_camera (self);
  WdMercator at = wd_camera_unproject (&camera, GRAPHENE_POINT_INIT ((float)x, (float)y));

  if (self->line->len > 0)
    {
      graphene_point_t last = wd_camera_project (&camera, g_array_index (self->line, WdMercator, self->line->len - 1));

      if (hypot ((double)last.x - x, (double)last.y - y) < STEP)
        return;
    }
  g_array_append_val (self->line, at);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
begin_cb (WdLasso *self, double x, double y, GtkGesture *drag)
{
  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  self->start_x = x;
  self->start_y = y;
  g_array_set_size (self->line, 0);
  add_point (self, x, y);
}

static void
update_cb (WdLasso *self, double dx, double dy)
{
  add_point (self, self->start_x + dx, self->start_y + dy);
}

static void
end_cb (WdLasso *self, double dx, double dy)
{
  if (self->line->len < LEAST)
    {
      g_array_set_size (self->line, 0);
      return;
    }
  self->closed = TRUE;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, drawn, 0);
}

static void
wd_lasso_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WdLasso *self = WD_LASSO (widget);
  WdCamera camera = read_camera (self);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA  color = wd_palette_get (WD_COLOR_ACT, dark);
  cairo_t *cr;

  if (self->line->len < 2)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)camera.width, (float)camera.height));
  for (guint i = 0; i < self->line->len; i++)
    {
      graphene_point_t at = wd_camera_project (&camera, g_array_index (self->line, WdMercator, i));

      cairo_line_to (cr, (double)at.x, (double)at.y);
    }
  if (self->closed)
    cairo_close_path (cr);
  wd_paint_set_color (cr, WD_COLOR_ACT, TINT, dark);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, (const double[]){ 6, 4 }, 2, 0);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
wd_lasso_finalize (GObject *object)
{
  g_array_unref (WD_LASSO (object)->line);
  G_OBJECT_CLASS (wd_lasso_parent_class)->finalize (object);
}

static void
wd_lasso_class_init (WdLassoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_lasso_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = wd_lasso_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
  drawn = g_signal_new ("drawn", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_lasso_init (WdLasso *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->line = g_array_new (FALSE, FALSE, sizeof (WdMercator));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
wd_lasso_new (WdMapLayer *layer)
{
  WdLasso *self = g_object_new (WD_TYPE_LASSO, NULL);

  self->layer = layer;
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (layer)), "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
wd_lasso_arm (WdLasso *self)
{
  wd_lasso_clear (self);
  gtk_widget_set_can_target (GTK_WIDGET (self), TRUE);
}

void
wd_lasso_clear (WdLasso *self)
{
  g_array_set_size (self->line, 0);
  self->closed = FALSE;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* By how often a ray to the right crosses the line. */
static gboolean
is_inside (const GArray *line, WdMercator at)
{
  const WdMercator *points = (const WdMercator *)(const void *)line->data;
  gboolean          inside = FALSE;

  for (guint i = 0, j = line->len - 1; i < line->len; j = i++)
    if ((points[i].y > at.y) != (points[j].y > at.y) &&
        at.x < (points[j].x - points[i].x) * (at.y - points[i].y) / (points[j].y - points[i].y) + points[i].x)
      inside = !inside;
  return inside;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer orders)
{
  return wd_map_orders_compare (orders, *(const guint *)a, *(const guint *)b);
}

GStrv
wd_lasso_list (WdLasso *self)
{
  WdMapOrders             *orders = self->layer->orders;
  const WdClusterPoint    *points = wd_map_orders_get_points (orders);
  g_autoptr (GArray)       inside = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; self->closed && i < wd_map_orders_get_n (orders); i++)
    if (is_inside (self->line, points[i].at))
      g_array_append_val (inside, i);
  g_array_sort_with_data (inside, compare, orders);
  for (guint i = 0; i < inside->len; i++)
    g_strv_builder_add (ids, wd_map_orders_get (orders, g_array_index (inside, guint, i))->id);
  return g_strv_builder_end (ids);
}

gboolean
wd_lasso_is_drawing (WdLasso *self)
{
  return self->line->len > 0 && !self->closed;
}
