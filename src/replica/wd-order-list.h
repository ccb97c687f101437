/* wd-order-list.h — orders in the order of their urgency: a GListModel that keeps itself sorted
 *
 * First what is this desk's to do, then what waits for others; within each by the clock that ends first,
 * those without a clock last, then by the time received.
 * An item that moves is one items_changed over the range that it moved in, so that a
 * selection follows it; many changes at once are one items_changed too.
 *
 * Property: n-mine (guint)   how many at the front are of WD_GROUP_MINE
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_TYPE_ORDER_LIST (wd_order_list_get_type ())
G_DECLARE_FINAL_TYPE (WdOrderList, wd_order_list, WD, ORDER_LIST, GObject)

/* Which orders a list shows.  Asked again for an order whenever it changes. */
typedef gboolean (*WdOrderFilter) (WdOrderItem *item, gpointer data);

guint wd_order_list_get_n_mine (WdOrderList *self);

/* Where @item stands; FALSE where the list does not show it. */
gboolean wd_order_list_find (WdOrderList *self, WdOrderItem *item, guint *position);

G_END_DECLS
