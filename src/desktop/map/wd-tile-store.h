/* wd-tile-store.h — pictures of the basemap: from memory, disk or server
 *
 * Asks the server on the desk's own session, decodes in a thread, keeps what was seen.
 * What lies on disk is good for a week, and after that for as long as the server can't be asked.
 * Several who ask for the same tile at once share one answer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define WD_TYPE_TILE_STORE (wd_tile_store_get_type ())
G_DECLARE_FINAL_TYPE (WdTileStore, wd_tile_store, WD, TILE_STORE, GObject)

/* @cache_dir: (nullable): a folder of this server's and theme's own. */
WdTileStore *wd_tile_store_new (SoupSession *session,
                                const char  *server,
                                const char  *theme,
                                const char  *cache_dir);
void         wd_tile_store_set_token (WdTileStore *self,
                                      const char  *token);

/* Only from memory, at once.  Returns: (transfer none) (nullable) */
GdkTexture *wd_tile_store_peek (WdTileStore *self,
                                int          zoom,
                                int          column,
                                int          row);

void wd_tile_store_load_async (WdTileStore        *self,
                               int                 zoom,
                               int                 column,
                               int                 row,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);

/* Returns: (transfer full).  G_IO_ERROR_NOT_FOUND: the server has no such tile; any other error: it can't be had
 * now. */
GdkTexture *wd_tile_store_load_finish (WdTileStore  *self,
                                       GAsyncResult *result,
                                       GError      **error);

G_END_DECLS
