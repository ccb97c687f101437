/* wd-tile-part.h — a piece of a tile, enlarged to stand for one of a nearer zoom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Of 2^levels × 2^levels pieces the one in @column and @row.  Returns: (transfer full) */
GdkPaintable *wd_tile_part_new (GdkTexture *texture,
                                int         levels,
                                int         column,
                                int         row);

G_END_DECLS
