/* wd-order-item-private.h — how the desk moves its items and lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-copy.h"
#include "wd-order-list.h"

G_BEGIN_DECLS

/* What an order counts for: at the centre, on its unit's card, and for the crew that it is with. */
typedef struct
{
  gboolean    open;
  const char *unit; /* interned; NULL: nothing for a unit */
  gboolean    in_hand;
  gboolean    to_accept;
  gboolean    late;
  const char *crew; /* interned; NULL: not in a crew's hand */
} WdOrderCount;

WdOrderItem *wd_order_item_new (WdCopy *copy);

/* Reads group, deadline and count anew from the copy.  No signal. */
void                wd_order_item_refresh (WdOrderItem *self, const WdActor *actor);
const WdOrderCount *wd_order_item_get_count (WdOrderItem *self);
void                wd_order_item_emit_changed (WdOrderItem *self);
int                 wd_order_item_compare (WdOrderItem *a, WdOrderItem *b);

/* Set while a bulk change has it out of its place. */
void     wd_order_item_set_loose (WdOrderItem *self, gboolean loose);
gboolean wd_order_item_is_loose (WdOrderItem *self);

WdOrderList *wd_order_list_new (WdOrderFilter filter, gpointer data, GDestroyNotify destroy);

/* One item: where it stands is asked before it is refreshed, and given after. */
#define WD_NOWHERE G_MAXUINT
guint wd_order_list_where (WdOrderList *self, WdOrderItem *item);
void  wd_order_list_move (WdOrderList *self, WdOrderItem *item, guint from);

/* Many: begin before any of @items (element-type WdOrderItem, none twice) is refreshed, end after. */
void wd_order_list_begin_bulk (WdOrderList *self, GPtrArray *items);
void wd_order_list_end_bulk (WdOrderList *self, GPtrArray *items);

G_END_DECLS
