/* wd-basemap.h — gives a map the basemap of the desk's own server, and where it begins
 *
 * The basemap comes with the desk's token, so it waits for one, and is asked for again when the link is back.  The map
 * begins with the desks of all units in view, and 全图 leads back there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-map-view.h"

G_BEGIN_DECLS

/* From now on and for as long as @map is there; @desk outlives it. */
void wd_basemap_follow (WdMapView *map, WdDesk *desk);

G_END_DECLS
