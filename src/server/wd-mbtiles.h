/* wd-mbtiles.h — map tiles out of an MBTiles 1.3 file of whatever origin
 *
 * Nothing in the file is trusted: it is opened read-only, its schema may call
 * no function of ours, a tile is at most WD_MBTILES_MAX_TILE bytes, and no
 * answer takes the database more than a bounded number of steps.  PNG and JPEG
 * tiles only: what a desk can show.  Rows are counted from the north (XYZ).
 *
 * All functions may be called from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_MBTILES_MAX_TILE (2 * 1024 * 1024)
#define WD_MBTILES_MAX_ZOOM 24

/* What the file says of itself, or, where it is silent or wrong, what its
 * tiles say. */
typedef struct
{
  char  *name;
  char  *attribution; /* plain text: mark-up is taken out */
  char  *datum;       /* WGS-84, CGCS2000 or GCJ-02; WGS-84 where nothing is said */
  char  *content_type;
  int    min_zoom;
  int    max_zoom;
  double west; /* degrees */
  double south;
  double east;
  double north;
} WdMbtilesInfo;

typedef struct _WdMbtiles WdMbtiles;

/* Errors: G_IO_ERROR_NOT_FOUND, G_IO_ERROR_INVALID_DATA (no MBTiles, no tiles,
 * damaged), G_IO_ERROR_NOT_SUPPORTED (vector or other tiles). */
WdMbtiles *wd_mbtiles_open (const char *path,
                            GError    **error);
void       wd_mbtiles_free (WdMbtiles *self);

/* Never changes; lives as long as @self. */
const WdMbtilesInfo *wd_mbtiles_get_info (WdMbtiles *self);

/* NULL without an error where there is no such tile.
 * @content_type: (out) (optional): image/png or image/jpeg, of this tile
 * Errors: G_IO_ERROR_INVALID_DATA (neither PNG nor JPEG, too large, damaged). */
GBytes *wd_mbtiles_read (WdMbtiles   *self,
                         int          zoom,
                         int          x,
                         int          y,
                         const char **content_type,
                         GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdMbtiles, wd_mbtiles_free)

G_END_DECLS
