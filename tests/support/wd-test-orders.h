/* wd-test-orders.h — orders as a desk holds them, and what one knows who only listens to a list of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order-item-private.h"

typedef struct
{
  WdOrderList *list;
  GPtrArray   *items;  /* WdOrderItem: all there are, named by their number */
  GPtrArray   *copies; /* WdCopy of each */
  WdActor     *actor;

  GListModel *model;   /* that is listened to */
  GPtrArray  *mirror;  /* what it has told of, in its order */
  guint       told;    /* how often it told of something … */
  guint       removed; /* … and of how many that went; both are the test's to reset */
} WdTestOrders;

/* @n items of which none has an order yet. */
void wd_test_orders_set_up (WdTestOrders *self, guint n);
void wd_test_orders_tear_down (WdTestOrders *self);

/* From now on; @model is empty as yet. */
void wd_test_orders_listen (WdTestOrders *self, GListModel *model);

/* @order: (transfer full) (nullable).  The list is not told. */
void wd_test_orders_give (WdTestOrders *self, guint i, WdOrder *order);
