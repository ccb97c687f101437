/* wd-city-png.h — small PNG files of map tiles
 *
 * Eight bits a pixel with a palette of the colours that are there; where
 * there are more than 256, near ones become one, except those given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @pixels: 0xRRGGBB each (the high byte is ignored), `stride` pixels a row. */
GBytes *wd_city_png_encode (const guint32 *pixels,
                            int            stride,
                            int            width,
                            int            height,
                            const guint32 *exact,
                            gsize          n_exact);

G_END_DECLS
