/* wd-city-sheet.h — one MBTiles file that is drawn bit by bit
 *
 * Equal tiles are kept once.  Thread-safe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WdCitySheet WdCitySheet;

/* Opens the file or begins it anew. */
WdCitySheet *wd_city_sheet_open (const char   *path,
                                 const WdCity *city,
                                 const char   *theme,
                                 GError      **error);
void         wd_city_sheet_free (WdCitySheet *sheet);

/* NULL where it is not drawn yet, or cannot be read: it can be drawn again. */
GBytes *wd_city_sheet_get (WdCitySheet *sheet,
                           int          zoom,
                           int          x,
                           int          y);

/* `side` by `side` tiles, row by row, in one transaction. */
gboolean wd_city_sheet_put (WdCitySheet   *sheet,
                            int            zoom,
                            int            x,
                            int            y,
                            int            side,
                            GBytes *const *tiles,
                            GError       **error);

G_END_DECLS
