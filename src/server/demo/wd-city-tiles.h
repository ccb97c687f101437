/* wd-city-tiles.h — the demo city's basemap, a tile when it is asked for
 *
 * Two MBTiles 1.3 files, light and dark.  A tile that is not in its file yet
 * is drawn, with its neighbours, when it is asked for, and kept; filling draws
 * all of the city in the background.  So the server listens at once and the
 * first map is there a moment later, yet what remains are two plain files.
 * They can be drawn again: no sync is waited for, and a file that is damaged
 * or of another edition of the city is begun anew.
 *
 * All functions may be called from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_CITY_MIN_ZOOM 10
#define WD_CITY_MAX_ZOOM 17
#define WD_CITY_TILE_PX 256

typedef enum
{
  WD_CITY_LIGHT,
  WD_CITY_DARK,
  WD_CITY_N_THEMES
} WdCityTheme;

typedef struct _WdCityTiles WdCityTiles;

/* Called from the drawing threads, one at a time; n_done never falls. */
typedef void (*WdCityTilesProgress) (int      n_done,
                                     int      n_total,
                                     gpointer user_data);

/* @city must outlive what is returned.  Errors: G_IO_ERROR_FAILED (a file can
 * neither be used nor made). */
WdCityTiles *wd_city_tiles_open (const WdCity *city,
                                 const char   *light_path,
                                 const char   *dark_path,
                                 GError      **error);

/* Nothing may be running on it any more. */
void wd_city_tiles_free (WdCityTiles *tiles);

/* A PNG; x, y as in XYZ, y from the north.  NULL without an error where there
 * is no map: other zooms, and far from the city. */
GBytes *wd_city_tiles_get (WdCityTiles *tiles,
                           WdCityTheme  theme,
                           int          zoom,
                           int          x,
                           int          y,
                           GError     **error);

/* Draws what is missing of the city and its surroundings, low zooms first, and
 * returns when it is there.  Its own threads run at low priority. */
gboolean wd_city_tiles_fill (WdCityTiles        *tiles,
                             int                 n_threads,
                             WdCityTilesProgress progress,
                             gpointer            user_data,
                             GCancellable       *cancellable,
                             GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCityTiles, wd_city_tiles_free)

G_END_DECLS
