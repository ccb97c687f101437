/* wd-map-feed.h — keeps the map's layer as the desk's copy stands
 *
 * Changes are gathered and put once a frame; symbols whose limit draws near or passes change by
 * themselves, each at its moment.  Units and crews follow the house and the presence of its desks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-map-layer.h"

G_BEGIN_DECLS

typedef struct _WdMapFeed WdMapFeed;

/* @desk and @layer outlive the feed. */
WdMapFeed *wd_map_feed_new (WdDesk *desk, WdMapLayer *layer);
void       wd_map_feed_free (WdMapFeed *feed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdMapFeed, wd_map_feed_free)

/* Each second. */
void wd_map_feed_tick (WdMapFeed *feed);

/* An order as one line, for tooltip, list and screen reader: what, where, how it stands, and the crew whose pill stands
 * there, the one that was sent and is not done.  NULL where the desk has no such order; (transfer full) */
char *wd_map_feed_describe (WdDesk *desk, const char *id);

/* How a unit's presence is drawn. */
WdPresence wd_map_feed_presence (WdManned manned);

G_END_DECLS
