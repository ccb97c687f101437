/* wd-test-orders.c — orders as a desk holds them, and what one knows who only listens to a list of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-test-orders.h"

void
wd_test_orders_set_up (WdTestOrders *self, guint n)
{
  self->list = wd_order_list_new (NULL, NULL, NULL);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->copies = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_copy_unref);
  self->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  self->actor = wd_actor_new ("a", "a", WD_ROLE_DISPATCHER, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", i);
      WdCopy          *copy = wd_copy_new (WD_OBJECT_ORDER, id);

      g_ptr_array_add (self->copies, copy);
      g_ptr_array_add (self->items, wd_order_item_new (copy));
    }
}

void
wd_test_orders_tear_down (WdTestOrders *self)
{
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_object_unref (self->list);
  g_ptr_array_unref (self->mirror);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->copies);
  wd_actor_free (self->actor);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  WdTestOrders *self = data;

  self->told++;
  self->removed += removed;
  g_assert_cmpuint (position + removed, <=, self->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->mirror, (int)(position + i), g_list_model_get_item (model, position + i));
  g_assert_cmpuint (self->mirror->len, ==, g_list_model_get_n_items (model));
}

void
wd_test_orders_listen (WdTestOrders *self, GListModel *model)
{
  self->model = model;
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
}

void
wd_test_orders_give (WdTestOrders *self, guint i, WdOrder *order)
{
  wd_copy_set_confirmed (self->copies->pdata[i], order, 1);
  wd_order_item_refresh (self->items->pdata[i], self->actor);
}
