/* wd-stamp.c — a picture that is drawn anew with each frame, fast by whatever draws the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-stamp.h"

#define SURFACE "wd-surface" /* of the texture: it holds the pixels of both */

GdkTexture *
wd_stamp_new (cairo_surface_t *surface)
{
  int                height = cairo_image_surface_get_height (surface);
  gsize              stride = (gsize)cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture        *stamp;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize)height,
                                      (GDestroyNotify)cairo_surface_destroy, cairo_surface_reference (surface));
  stamp = gdk_memory_texture_new (cairo_image_surface_get_width (surface), height, GDK_MEMORY_DEFAULT, bytes, stride);
  g_object_set_data_full (G_OBJECT (stamp), SURFACE, surface, (GDestroyNotify)cairo_surface_destroy);
  return stamp;
}

static gboolean
is_drawn_by_cairo (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);

  return native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native));
}

void
wd_stamp_append (GdkTexture            *stamp,
                 GtkWidget             *widget,
                 GtkSnapshot           *snapshot,
                 const graphene_rect_t *place)
{
  graphene_rect_t seen = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget), (float)gtk_widget_get_height (widget));
  double          across = (double)place->size.width / gdk_texture_get_width (stamp);
  double          down = (double)place->size.height / gdk_texture_get_height (stamp);
  cairo_t        *cr;

  if (!is_drawn_by_cairo (widget))
    {
      gtk_snapshot_append_texture (snapshot, stamp, place);
      return;
    }
  if (!graphene_rect_intersection (&seen, place, &seen))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &seen);
  cairo_translate (cr, (double)place->origin.x, (double)place->origin.y);
  cairo_scale (cr, across, down);
  cairo_set_source_surface (cr, g_object_get_data (G_OBJECT (stamp), SURFACE), 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}
