/* wd-order-item.h — one order as a list shows it
 *
 * Lives as long as the order is in the desk's copy.  Read only: what people do goes by
 * commands (wd_desk_give()).
 *
 * Signal: changed ()   the order, its group or its deadline is another one now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order.h"

G_BEGIN_DECLS

/* Whose hand is needed. */
typedef enum
{
  WD_GROUP_MINE,    /* this desk's: for the centre what is received or finished, for a unit what it has */
  WD_GROUP_WAITING, /* somebody else's */
  WD_GROUP_OVER     /* closed or merged */
} WdOrderGroup;

#define WD_TYPE_ORDER_ITEM (wd_order_item_get_type ())
G_DECLARE_FINAL_TYPE (WdOrderItem, wd_order_item, WD, ORDER_ITEM, GObject)

const char *wd_order_item_get_id (WdOrderItem *self);

/* As it stands with what was done here and is not yet confirmed.
 * Returns: (transfer none): until `changed`; NULL once the order has left */
const WdOrder *wd_order_item_get_order (WdOrderItem *self);

/* As the server has it; NULL for a new one that the server has not heard of. */
const WdOrder *wd_order_item_get_confirmed (WdOrderItem *self);

WdOrderGroup wd_order_item_get_group (WdOrderItem *self);

/* The running clock that ends first.  Returns: (nullable) (transfer none) */
const WdClock *wd_order_item_get_clock (WdOrderItem *self);

/* Something done here still waits for the server. */
gboolean wd_order_item_is_unconfirmed (WdOrderItem *self);

/* The server refused something done here, and nobody has seen to it. */
gboolean wd_order_item_is_stopped (WdOrderItem *self);

G_END_DECLS
