/* wd-city-paint.h — the demo city drawn as a map
 *
 * A scene is the city made ready for drawing: immutable, for all threads.  A
 * painter holds fonts and glyphs and belongs to one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city-tiles.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct _WdCityScene   WdCityScene;
typedef struct _WdCityPainter WdCityPainter;

WdCityScene *wd_city_scene_new (const WdCity *city);
void         wd_city_scene_free (WdCityScene *scene);

WdCityPainter *wd_city_painter_new (WdCityScene *scene);
void           wd_city_painter_free (WdCityPainter *painter);

/* `side` by `side` tiles, of which x, y is the north-western one. */
cairo_surface_t *wd_city_painter_draw (WdCityPainter *painter,
                                       WdCityTheme    theme,
                                       int            zoom,
                                       int            x,
                                       int            y,
                                       int            side);

/* The colours that must come out of a reduced palette as they are. */
const guint32 *wd_city_theme_colours (WdCityTheme theme,
                                      gsize      *n);

G_END_DECLS
