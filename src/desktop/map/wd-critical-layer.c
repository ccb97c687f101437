/* wd-critical-layer.c — who has to be told first, as marks on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-critical-layer.h"

#include "wd-camera.h"
#include "wd-symbol-paint.h"
#include "wd-text-scale.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define SIDE 22.0
#define BORDER 1.5
#define CORNER 4.0 /* square: orders are not */
#define SPECK 6.0

struct _WdCriticalLayer
{
  ShumateLayer parent_instance;

  GArray *marks; /* of WdCriticalMark */
};

G_DEFINE_FINAL_TYPE (WdCriticalLayer, wd_critical_layer, SHUMATE_TYPE_LAYER)

static void
paint_mark (cairo_t    *cr,
            const char *badge,
            double      x,
            double      y,
            gboolean    dark)
{
  double scale = wd_text_scale_get ();

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale, scale);
  wd_paint_rounded (cr, -SIDE / 2, -SIDE / 2, SIDE, SIDE, CORNER);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_INK, 1.0, dark);
  cairo_set_line_width (cr, BORDER);
  cairo_stroke (cr);
  wd_paint_text (cr, badge, 13, 0, 0);
  cairo_restore (cr);
}

static void
paint_speck (cairo_t *cr,
             double   x,
             double   y,
             gboolean dark)
{
  cairo_rectangle (cr, x - SPECK / 2, y - SPECK / 2, SPECK, SPECK);
  wd_paint_set_color (cr, WD_COLOR_INK, 1.0, dark);
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, WD_COLOR_SURFACE, 1.0, dark);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* The first come first: whoever has no room beside them is a speck. */
static gboolean
has_room (const GArray    *drawn,
          graphene_point_t at)
{
  float apart = (float)((SIDE + 2) * wd_text_scale_get ());

  for (guint i = 0; i < drawn->len; i++)
    {
      graphene_point_t other = g_array_index (drawn, graphene_point_t, i);

      if (fabsf (other.x - at.x) < apart && fabsf (other.y - at.y) < apart)
        return FALSE;
    }
  return TRUE;
}

static void
wd_critical_layer_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  WdCriticalLayer   *self = WD_CRITICAL_LAYER (widget);
  WdCamera           camera = wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t           *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)camera.width, (float)camera.height));
  gboolean           dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GArray) drawn = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));

  for (guint i = 0; i < self->marks->len; i++)
    {
      const WdCriticalMark *mark = &g_array_index (self->marks, WdCriticalMark, i);
      graphene_point_t      at = wd_camera_project (&camera, wd_mercator_from_point (mark->at));
      double                x = round ((double)at.x), y = round ((double)at.y);

      if (x < -SIDE || y < -SIDE || x > camera.width + SIDE || y > camera.height + SIDE)
        continue;
      if (!has_room (drawn, at))
        {
          paint_speck (cr, x, y, dark);
          continue;
        }
      paint_mark (cr, mark->badge, x, y, dark);
      g_array_append_val (drawn, at);
    }
  cairo_destroy (cr);
}

static void
wd_critical_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (wd_critical_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify", G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
  wd_text_scale_follow (object, G_CALLBACK (gtk_widget_queue_draw));
}

static void
wd_critical_layer_finalize (GObject *object)
{
  g_array_unref (WD_CRITICAL_LAYER (object)->marks);
  G_OBJECT_CLASS (wd_critical_layer_parent_class)->finalize (object);
}

static void
wd_critical_layer_class_init (WdCriticalLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wd_critical_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = wd_critical_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = wd_critical_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
wd_critical_layer_init (WdCriticalLayer *self)
{
  self->marks = g_array_new (FALSE, FALSE, sizeof (WdCriticalMark));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  wd_critical_layer_set_marks (self, NULL, 0);
}

WdCriticalLayer *
wd_critical_layer_new (ShumateViewport *viewport)
{
  return g_object_new (WD_TYPE_CRITICAL_LAYER, "viewport", viewport, NULL);
}

void
wd_critical_layer_set_marks (WdCriticalLayer      *self,
                             const WdCriticalMark *marks,
                             gsize                 n_marks)
{
  g_autofree char *words = g_strdup_printf (_ ("Critical customers on the map %u"), (guint)n_marks);

  g_array_set_size (self->marks, 0);
  if (n_marks > 0)
    g_array_append_vals (self->marks, marks, (guint)n_marks);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
