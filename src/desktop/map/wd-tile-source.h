/* wd-tile-source.h — the basemap, fetched from our own server
 *
 * Asks /v1/tiles/{z}/{x}/{y}?theme=… on the desk's own session, so that its token, company
 * certificates and proxies hold, decodes in a thread, and keeps what was seen on disk and in memory.
 * A tile is always completed: where one is missing or the link is down, its parent is shown
 * enlarged, or plain ground, and it is asked for again when the link is back.  One
 * source shows one theme.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define WD_TYPE_TILE_SOURCE (wd_tile_source_get_type ())
G_DECLARE_FINAL_TYPE (WdTileSource, wd_tile_source, WD, TILE_SOURCE, ShumateMapSource)

/* @session may be NULL: plain ground only.  @server is its address without a path: http://127.0.0.1:8080;
 * @cache_dir NULL keeps nothing on disk. */
WdTileSource *wd_tile_source_new (SoupSession *session,
                                  const char  *server,
                                  const char  *token,
                                  const char  *cache_dir,
                                  gboolean     dark);

void wd_tile_source_set_token (WdTileSource *self,
                               const char   *token);

/* What the server has; nearer zooms are shown by enlarging its last one. */
void wd_tile_source_set_zooms (WdTileSource *self,
                               int           min_zoom,
                               int           max_zoom);

/* The link is back: asks at once for what could not be had; else that is tried at growing intervals. */
void wd_tile_source_retry (WdTileSource *self);

/* Why tiles in view are missing, the last time that one was asked for; NULL where all are there.  G_IO_ERROR_INVALID_DATA:
 * what the server answers is no picture; anything else: it does not answer.  "trouble-changed" tells of another. */
const GError *wd_tile_source_get_trouble (WdTileSource *self);

/* Nobody looks any more: what could not be had is given up. */
void wd_tile_source_close (WdTileSource *self);

G_END_DECLS
