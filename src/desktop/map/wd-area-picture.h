/* wd-area-picture.h — all areas as one picture, made off the main thread and moved while the map moves
 *
 * Larger than the view, so that a pan finds it ready; it is made anew when the view has come to rest somewhere else, and at
 * once when the view leaves it.  While the map zooms it is stretched.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-paint.h"

G_BEGIN_DECLS

typedef struct _WdAreaPicture WdAreaPicture;

/* @widget: is drawn again when a picture has come; outlives it */
WdAreaPicture *wd_area_picture_new (GtkWidget *widget);
void           wd_area_picture_free (WdAreaPicture *self);

/* @shapes: (transfer full) (element-type WdAreaShape) */
void wd_area_picture_set_shapes (WdAreaPicture *self,
                                 GPtrArray     *shapes);

/* What there is for @camera now; asks for what there should be. */
void wd_area_picture_append (WdAreaPicture  *self,
                             GtkSnapshot    *snapshot,
                             const WdCamera *camera,
                             int             scale,
                             gboolean        dark);

G_END_DECLS
