/* wd-ground.h — the basemap under a map: which tiles, whose they are, and what is wrong with them
 *
 * Lays the tiles of the desk's own server below the map's other layers, in the theme of AdwStyleManager, and asks
 * the server's /v1/tiles what it has.  "changed" is emitted whenever that or what is wrong may be another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"

#include <libsoup/soup.h>
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define WD_TYPE_GROUND (wd_ground_get_type ())
G_DECLARE_FINAL_TYPE (WdGround, wd_ground, WD, GROUND, GObject)

/* Plain ground until there is a server.  @above: the lowest of the other layers. */
WdGround *wd_ground_new (ShumateMap *map, ShumateLayer *above);

/* @server: its address without a path; @session NULL takes the basemap away; @cache_dir: (nullable) */
void wd_ground_set_server (WdGround    *self,
                           SoupSession *session,
                           const char  *server,
                           const char  *token,
                           const char  *cache_dir);

/* Asks again for all that could not be had. */
void wd_ground_retry (WdGround *self);

/* (nullable) who made the basemap, and its datum, as a line for the map */
const char *wd_ground_get_note (WdGround *self);

/* FALSE where the server has not said where the basemap ends. */
gboolean wd_ground_get_bounds (WdGround *self, WdPoint *south_west, WdPoint *north_east);

/* (nullable) (transfer full) why tiles are missing, and what to do, as a sentence */
char *wd_ground_describe_trouble (WdGround *self);

G_END_DECLS
