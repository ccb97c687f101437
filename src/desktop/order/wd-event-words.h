/* wd-event-words.h — an event of an order in the words of the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-timeline.h"

G_BEGIN_DECLS

/* @event: as of the route for an order's events (api §5).  Returns: (transfer full) (nullable): NULL for what is none */
WdTimelineEntry *wd_event_words (WdDesk *desk, JsonObject *event);

/* The same for a command given here that the server has not answered. */
WdTimelineEntry *wd_event_words_given (WdDesk *desk, const WdCommand *command, gint64 given_at);

G_END_DECLS
