/* wd-stamp.h — a picture that is drawn anew with each frame, fast by whatever draws the window
 *
 * GTK's cairo renderer copies a texture with each frame, pixel by pixel through floats; the surface that the texture was
 * made of is drawn as it is.  Other renderers keep a texture and would have to be given a surface with each frame.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @surface: (transfer full): an image of CAIRO_FORMAT_ARGB32, painted.  From any thread.  Returns: (transfer full) */
GdkTexture *wd_stamp_new (cairo_surface_t *surface);

/* Draws it over @place of @widget's own coordinates. */
void wd_stamp_append (GdkTexture            *stamp,
                      GtkWidget             *widget,
                      GtkSnapshot           *snapshot,
                      const graphene_rect_t *place);

G_END_DECLS
