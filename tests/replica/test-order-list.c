/* test-order-list.c — a list keeps itself sorted, and tells exactly what it did
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-item-private.h"

typedef struct
{
  WdOrderList *list;
  GPtrArray   *items;  /* WdOrderItem: all there are */
  GPtrArray   *copies; /* WdCopy of each */
  GPtrArray   *mirror; /* what one knows who only listens */
  WdActor     *actor;
  guint        told;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Fixture *f = data;

  f->told++;
  g_assert_cmpuint (position + removed, <=, f->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (f->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (f->mirror, (int)(position + i), g_list_model_get_item (model, position + i));
  g_assert_cmpuint (f->mirror->len, ==, g_list_model_get_n_items (model));
}

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
fill (Fixture *f)
{
  wd_order_list_begin_bulk (f->list, f->items);
  for (guint i = 0; i < f->items->len; i++)
    wd_order_item_refresh (f->items->pdata[i], f->actor);
  wd_order_list_end_bulk (f->list, f->items);
}

static void
setup (Fixture *f, gconstpointer n)
{
  f->list = wd_order_list_new (NULL, NULL, NULL);
  f->items = g_ptr_array_new_with_free_func (g_object_unref);
  f->copies = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_copy_unref);
  f->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  f->actor = wd_actor_new ("a", "a", WD_ROLE_DISPATCHER, NULL);
  g_signal_connect (f->list, "items-changed", G_CALLBACK (items_changed_cb), f);
  for (guint i = 0; i < GPOINTER_TO_UINT (n); i++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", i);
      WdCopy          *copy = wd_copy_new (WD_OBJECT_ORDER, id);

      wd_copy_set_confirmed (copy, random_order (id), 1);
      g_ptr_array_add (f->copies, copy);
      g_ptr_array_add (f->items, wd_order_item_new (copy));
    }
  fill (f);
}

static void
teardown (Fixture *f, gconstpointer n)
{
  g_signal_handlers_disconnect_by_data (f->list, f);
  g_object_unref (f->list);
  g_ptr_array_unref (f->mirror);
  g_ptr_array_unref (f->items);
  g_ptr_array_unref (f->copies);
  wd_actor_free (f->actor);
}

static void
check (Fixture *f)
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
change (Fixture *f, guint i)
{
  WdCopy *copy = f->copies->pdata[i];

  wd_copy_set_confirmed (copy, g_test_rand_int_range (0, 10) > 0 ? random_order (copy->id) : NULL, 1);
  wd_order_item_refresh (f->items->pdata[i], f->actor);
}

static void
change_one (Fixture *f)
{
  guint i = g_test_rand_int_range (0, f->items->len);
  guint from = wd_order_list_where (f->list, f->items->pdata[i]);

  f->told = 0;
  change (f, i);
  wd_order_list_move (f->list, f->items->pdata[i], from);
  g_assert_cmpuint (f->told, <=, 1); /* one range, so that a selection follows */
}

static void
change_many (Fixture *f)
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
test_walk (Fixture *f, gconstpointer n)
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
test_large (Fixture *f, gconstpointer n)
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
  g_test_add ("/order-list/whatever changes, it is sorted and its listeners know", Fixture, GUINT_TO_POINTER (200), setup, test_walk, teardown);
  g_test_add ("/order-list/it holds a hundred thousand", Fixture, GUINT_TO_POINTER (100000), setup, test_large, teardown);
  g_test_add_func ("/order-list/each role has its own part to do", test_groups);
  return g_test_run ();
}
