/* wd-queue-group.h — one group of the queue: follows a list of orders, or stands still under a hand
 *
 * A GListModel of WdOrderItem.  While it stands still it shows what it showed when it began to, in that order;
 * what its rows say goes on changing.
 *
 * Signal: behind ()   the list has moved on while the group stands still
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order-list.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_GROUP (wd_queue_group_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueGroup, wd_queue_group, WD, QUEUE_GROUP, GObject)

/* @name: of its heading. */
WdQueueGroup *wd_queue_group_new (const char *name);
const char   *wd_queue_group_get_name (WdQueueGroup *self);

/* Shows another list, at once. */
void wd_queue_group_set_source (WdQueueGroup *self, WdOrderList *source);

void wd_queue_group_set_still (WdQueueGroup *self, gboolean still);

/* Shows the list as it is now, also while it stands still. */
void wd_queue_group_apply (WdQueueGroup *self);

G_END_DECLS
