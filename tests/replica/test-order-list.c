/* test-order-list.c — a list keeps itself sorted, and tells exactly what it did
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-test-orders.h"

static WdOrder *
random_order (const char *id)
{
  static const WdOrderState states[] = { WD_STATE_RECEIVED, WD_STATE_DISPATCHED, WD_STATE_ACCEPTED, WD_STATE_FINISHED, WD_STATE_CLOSED };
  WdOrder                  *order = wd_order_new ();

  order->id = g_strdup (id);
  order->state = states[g_test_rand_int_range (0, G_N_ELEMENTS (states))];
  order->received_at = g_test_rand_int_range (1, 50);
  for (int i = g_test_rand_int_range (0, 3); i > 0; i--)
    {
      WdClock *clock = wd_clock_new ();

      clock->due_at = g_test_rand_int_range (1, 1000);
      clock->stopped_at = g_test_rand_bit () ? 1 : 0;
      g_ptr_array_add (order->clocks, clock);
    }
  return order;
}

static void
fill (WdTestOrders *f)
{
  wd_order_list_begin_bulk (f->list, f->items);
  for (guint i = 0; i < f->items->len; i++)
    wd_order_item_refresh (f->items->pdata[i], f->actor);
  wd_order_list_end_bulk (f->list, f->items);
}

static void
setup (WdTestOrders *f, gconstpointer n)
{
  wd_test_orders_set_up (f, GPOINTER_TO_UINT (n));
  wd_test_orders_listen (f, G_LIST_MODEL (f->list));
  for (guint i = 0; i < f->items->len; i++)
    wd_copy_set_confirmed (f->copies->pdata[i], random_order (((WdCopy *)f->copies->pdata[i])->id), 1);
  fill (f);
}

static void
teardown (WdTestOrders *f, gconstpointer n)
{
  wd_test_orders_tear_down (f);
}

static void
check (WdTestOrders *f)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->list)), wanted = 0, mine = 0, position;

  g_assert_cmpuint (f->mirror->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdOrderItem) item = g_list_model_get_item (G_LIST_MODEL (f->list), i);

      g_assert_true (item == f->mirror->pdata[i]);
      if (i > 0)
        g_assert_cmpint (wd_order_item_compare (f->mirror->pdata[i - 1], item), <, 0);
      g_assert_true (wd_order_list_find (f->list, item, &position));
      g_assert_cmpuint (position, ==, i);
      mine += wd_order_item_get_group (item) == WD_GROUP_MINE;
    }
  for (guint i = 0; i < f->items->len; i++)
    wanted += wd_order_item_get_order (f->items->pdata[i]) != NULL && wd_order_item_get_group (f->items->pdata[i]) != WD_GROUP_OVER;
  g_assert_cmpuint (n, ==, wanted);
  g_assert_cmpuint (wd_order_list_get_n_mine (f->list), ==, mine);
}

/* Gives it another order, or none. */
static void
change (WdTestOrders *f, guint i)
{
  wd_test_orders_give (f, i, g_test_rand_int_range (0, 10) > 0 ? random_order (((WdCopy *)f->copies->pdata[i])->id) : NULL);
}

static void
change_one (WdTestOrders *f)
{
  guint i = g_test_rand_int_range (0, f->items->len);
  guint from = wd_order_list_where (f->list, f->items->pdata[i]);

  f->told = 0;
  change (f, i);
  wd_order_list_move (f->list, f->items->pdata[i], from);
  g_assert_cmpuint (f->told, <=, 1); /* one range, so that a selection follows */
}

static void
change_many (WdTestOrders *f)
{
  g_autoptr (GPtrArray)  some = g_ptr_array_new ();
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);

  for (int n = g_test_rand_int_range (1, f->items->len); n > 0; n--)
    g_hash_table_add (chosen, GUINT_TO_POINTER (g_test_rand_int_range (0, f->items->len)));
  for (guint i = 0; i < f->items->len; i++)
    if (g_hash_table_contains (chosen, GUINT_TO_POINTER (i)))
      g_ptr_array_add (some, f->items->pdata[i]);
  f->told = 0;
  wd_order_list_begin_bulk (f->list, some);
  for (guint i = 0; i < f->items->len; i++)
    if (g_hash_table_contains (chosen, GUINT_TO_POINTER (i)))
      change (f, i);
  wd_order_list_end_bulk (f->list, some);
  g_assert_cmpuint (f->told, <=, 1);
}

static void
test_walk (WdTestOrders *f, gconstpointer n)
{
  for (guint i = 0; i < 3000; i++)
    {
      if (g_test_rand_int_range (0, 20) == 0)
        change_many (f);
      else
        change_one (f);
      if (i % 10 == 0)
        check (f);
    }
  check (f);
}

static void
test_large (WdTestOrders *f, gconstpointer n)
{
  gint64 begin = g_get_monotonic_time (), filled;

  g_signal_handlers_disconnect_by_data (f->list, f);
  fill (f);
  filled = g_get_monotonic_time ();
  for (guint i = 0; i < 5000; i++)
    change_one (f);
  g_test_message ("%u orders: filled in %.1f ms, a change %.1f us", f->items->len, (double)(filled - begin) / 1000,
                  (double)(g_get_monotonic_time () - filled) / 5000);
  for (guint i = 1; i < g_list_model_get_n_items (G_LIST_MODEL (f->list)); i++)
    {
      g_autoptr (WdOrderItem) before = g_list_model_get_item (G_LIST_MODEL (f->list), i - 1);
      g_autoptr (WdOrderItem) item = g_list_model_get_item (G_LIST_MODEL (f->list), i);

      g_assert_cmpint (wd_order_item_compare (before, item), <, 0);
    }
}

static void
test_groups (void)
{
  static const struct
  {
    WdRole       role;
    const char  *unit;
    WdOrderState state;
    WdOrderGroup group;
  } cases[] = {
    { WD_ROLE_DISPATCHER, NULL, WD_STATE_RECEIVED, WD_GROUP_MINE },
    { WD_ROLE_DISPATCHER, NULL, WD_STATE_DISPATCHED, WD_GROUP_WAITING },
    { WD_ROLE_SUPERVISOR, NULL, WD_STATE_FINISHED, WD_GROUP_MINE },
    { WD_ROLE_SUPERVISOR, NULL, WD_STATE_MERGED, WD_GROUP_OVER },
    { WD_ROLE_UNIT, "east", WD_STATE_DISPATCHED, WD_GROUP_MINE },
    { WD_ROLE_UNIT, "east", WD_STATE_ON_SITE, WD_GROUP_MINE },
    { WD_ROLE_UNIT, "east", WD_STATE_FINISHED, WD_GROUP_WAITING },
    { WD_ROLE_UNIT, "west", WD_STATE_ACCEPTED, WD_GROUP_WAITING },
    { WD_ROLE_QUALITY, "east", WD_STATE_ACCEPTED, WD_GROUP_MINE },
    { WD_ROLE_AUDITOR, NULL, WD_STATE_RECEIVED, WD_GROUP_WAITING },
    { WD_ROLE_AUDITOR, NULL, WD_STATE_CLOSED, WD_GROUP_OVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdActor)     actor = wd_actor_new ("a", "a", cases[i].role, cases[i].unit);
      g_autoptr (WdCopy)      copy = wd_copy_new (WD_OBJECT_ORDER, "1");
      g_autoptr (WdOrderItem) item = wd_order_item_new (copy);
      WdOrder                *order = wd_order_new ();

      order->id = g_strdup ("1");
      order->unit = g_strdup ("east");
      order->state = cases[i].state;
      wd_copy_set_confirmed (copy, order, 1);
      wd_order_item_refresh (item, actor);
      g_assert_cmpint (wd_order_item_get_group (item), ==, cases[i].group);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/order-list/whatever changes, it is sorted and its listeners know", WdTestOrders, GUINT_TO_POINTER (200), setup, test_walk, teardown);
  g_test_add ("/order-list/it holds a hundred thousand", WdTestOrders, GUINT_TO_POINTER (100000), setup, test_large, teardown);
  g_test_add_func ("/order-list/each role has its own part to do", test_groups);
  return g_test_run ();
}
