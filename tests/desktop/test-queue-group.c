/* test-queue-group.c — who only listens to a group knows what it shows: while it follows, stands still and catches up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-queue-group.h"
#include "wd-test-orders.h"

typedef struct
{
  WdTestOrders  orders; /* listens to the group */
  WdQueueGroup *group;
} Fixture;

static void
setup (Fixture *f, gconstpointer n)
{
  wd_test_orders_set_up (&f->orders, GPOINTER_TO_UINT (n));
  f->group = wd_queue_group_new ("all");
  wd_test_orders_listen (&f->orders, G_LIST_MODEL (f->group));
  wd_queue_group_set_source (f->group, f->orders.list);
}

static void
teardown (Fixture *f, gconstpointer n)
{
  wd_test_orders_tear_down (&f->orders);
  g_object_unref (f->group);
}

/* An order received then; 0: it goes. */
static void
put (Fixture *f, guint i, gint64 received_at)
{
  WdOrderItem *item = f->orders.items->pdata[i];
  guint        from = wd_order_list_where (f->orders.list, item);
  WdOrder     *order = received_at != 0 ? wd_order_new () : NULL;

  if (order != NULL)
    {
      order->id = g_strdup (((WdCopy *)f->orders.copies->pdata[i])->id);
      order->state = WD_STATE_RECEIVED;
      order->received_at = received_at;
    }
  wd_test_orders_give (&f->orders, i, order);
  wd_order_list_move (f->orders.list, item, from);
}

static void
check (Fixture *f, gboolean as_is)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->group));

  g_assert_cmpuint (f->orders.mirror->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdOrderItem) shown = g_list_model_get_item (G_LIST_MODEL (f->group), i);
      g_autoptr (WdOrderItem) item = g_list_model_get_item (G_LIST_MODEL (f->orders.list), i);

      g_assert_true (shown == f->orders.mirror->pdata[i]);
      g_assert_true (!as_is || shown == item);
    }
  g_assert_true (!as_is || n == g_list_model_get_n_items (G_LIST_MODEL (f->orders.list)));
}

static void
change_some (Fixture *f)
{
  for (int i = g_test_rand_int_range (1, 1 << g_test_rand_int_range (1, 11)); i > 0; i--)
    put (f, (guint)g_test_rand_int_range (0, (int)f->orders.items->len), g_test_rand_int_range (0, 8) > 0 ? g_test_rand_int_range (1, 100000) : 0);
}

static void
test_walk (Fixture *f, gconstpointer n)
{
  for (guint i = 0; i < 60; i++)
    {
      change_some (f);
      check (f, TRUE);
      wd_queue_group_set_still (f->group, TRUE);
      f->orders.removed = 0;
      for (int times = g_test_rand_int_range (0, 3); times > 0; times--)
        {
          change_some (f);
          g_assert_cmpuint (f->orders.removed, ==, 0);
          check (f, FALSE);
          wd_queue_group_apply (f->group);
          check (f, TRUE);
          f->orders.removed = 0;
        }
      change_some (f);
      wd_queue_group_set_still (f->group, FALSE);
      check (f, TRUE);
    }
}

/* Rows near the top that stay, stand: what came among them and went is all that is told there. */
static void
test_rows_stand (Fixture *f, gconstpointer n)
{
  for (guint i = 0; i < f->orders.items->len; i += 2)
    put (f, i, 1 + i);
  wd_queue_group_set_still (f->group, TRUE);
  for (guint i = 1; i < 80; i += 2)
    put (f, i, 1 + i);
  put (f, 40, 0);
  put (f, 42, 1000000);
  f->orders.removed = 0;
  wd_queue_group_apply (f->group);
  check (f, TRUE);
  g_assert_cmpuint (f->orders.removed, ==, 2);
}

int
main (int argc, char **argv)
{
  gpointer n = GUINT_TO_POINTER (2000);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/queue group/walk", Fixture, n, setup, test_walk, teardown);
  g_test_add ("/queue group/rows that stay stand", Fixture, n, setup, test_rows_stand, teardown);
  return g_test_run ();
}
