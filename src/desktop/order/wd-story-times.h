/* wd-story-times.h — how long each step of an order took, and how far a dispatch came at the unit's desk (P1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order.h"
#include "wd-timeline.h"

G_BEGIN_DECLS

/* wd_story_times_tell:
 * @entries: (element-type WdTimelineEntry), oldest first
 * @order: as it stands
 *
 * Adds to the words of each step how long it took and what its limit was, as the clock that it stopped says; where it stopped
 * none, how long after the step before.  When a dispatch was delivered and shown is told with the acceptance, while there is none with
 * the dispatch, and no longer by entries of their own.
 */
void wd_story_times_tell (GPtrArray *entries, const WdOrder *order, GTimeZone *zone);

G_END_DECLS
