/* wd-area-feed.h — keeps a map's layer of areas as the desk's copy stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-layer.h"
#include "wd-desk.h"

G_BEGIN_DECLS

typedef struct _WdAreaFeed WdAreaFeed;

/* Both outlive it. */
WdAreaFeed *wd_area_feed_new (WdDesk *desk, WdAreaLayer *layer);
void        wd_area_feed_free (WdAreaFeed *feed);

/* Both kinds are, until it is said. */
void wd_area_feed_set_shown (WdAreaFeed *feed, gboolean outages, gboolean quality);

G_END_DECLS
