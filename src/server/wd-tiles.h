/* wd-tiles.h — the basemap that the server hands out, in two themes
 *
 * From the MBTiles files in the data folder (tiles-light.mbtiles, tiles-dark.mbtiles,
 * by `import tiles`), else from a source that draws its own, such as the demo's city.  Safe from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-mbtiles.h"

G_BEGIN_DECLS

typedef enum
{
  WD_THEME_LIGHT,
  WD_THEME_DARK,
  WD_N_THEMES
} WdTheme;

typedef struct _WdTiles WdTiles;

WdTiles *wd_tiles_new (const char *data_dir);
void     wd_tiles_free (WdTiles *tiles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdTiles, wd_tiles_free)

/* Takes the files in the folder anew, after an import.  What can't be opened is left out, with a warning. */
void wd_tiles_reload (WdTiles *tiles);

/* Draws a PNG, or NULL where there is no map. */
typedef GBytes *(*WdTilesDraw) (WdTheme theme, int zoom, int x, int y, gpointer data);
/* What is drawn where there are no files.  @info: (transfer none), outlives @tiles.  Before the first request. */
void wd_tiles_set_source (WdTiles *tiles, const WdMbtilesInfo *info, WdTilesDraw draw, gpointer data);

/* Names, zooms, bounds, datum, attribution; NULL where there is no basemap.  (transfer full) JSON */
char *wd_tiles_describe (WdTiles *tiles);

/* NULL without @error where there is no such tile. A theme that is not there: light. */
GBytes *wd_tiles_get (WdTiles *tiles, WdTheme theme, int zoom, int x, int y, const char **content_type, GError **error);

G_END_DECLS
