/* wd-standing.h — how an order stands for whoever sits at this desk
 *
 * The one place where limits and state become what is drawn: urgency and marks, alike on map, row and card.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-symbols.h"

G_BEGIN_DECLS

/* House time from which on @clock, which runs and has a limit, is soon late: never after its limit, which may be one of its own.
 * @policy: (nullable): that the order is under */
gint64 wd_standing_warn_time (const WdPolicy *policy, const WdClock *clock);

/* @next: (out) (optional): house time at which it will stand differently if nothing happens, 0 for never */
WdSymbolState wd_standing_of (WdDesk *desk, WdOrderItem *item, gint64 now, gint64 *next);

G_END_DECLS
