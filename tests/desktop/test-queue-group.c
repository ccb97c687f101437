/* test-queue-group.c — who only listens to a group knows what it shows: while it follows, stands still and catches up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-item-private.h"
#include "wd-queue-group.h"

typedef struct
{
  WdOrderList  *list;
  WdQueueGroup *group;
  GPtrArray    *items;  /* WdOrderItem: all there are */
  GPtrArray    *copies; /* WdCopy of each */
  GPtrArray    *mirror; /* what one knows who only listens */
  WdActor      *actor;
  guint         removed;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Fixture *f = data;

  g_assert_cmpuint (position + removed, <=, f->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (f->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (f->mirror, (int)(position + i), g_list_model_get_item (model, position + i));
  g_assert_cmpuint (f->mirror->len, ==, g_list_model_get_n_items (model));
  f->removed += removed;
}

static void
setup (Fixture *f, gconstpointer n)
{
  f->list = wd_order_list_new (NULL, NULL, NULL);
  f->group = wd_queue_group_new ("all");
  f->items = g_ptr_array_new_with_free_func (g_object_unref);
  f->copies = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_copy_unref);
  f->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  f->actor = wd_actor_new ("a", "a", WD_ROLE_DISPATCHER, NULL);
  g_signal_connect (f->group, "items-changed", G_CALLBACK (items_changed_cb), f);
  wd_queue_group_set_source (f->group, f->list);
  for (guint i = 0; i < GPOINTER_TO_UINT (n); i++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", i);
      WdCopy          *copy = wd_copy_new (WD_OBJECT_ORDER, id);

      g_ptr_array_add (f->copies, copy);
      g_ptr_array_add (f->items, wd_order_item_new (copy));
    }
}

static void
teardown (Fixture *f, gconstpointer n)
{
  g_signal_handlers_disconnect_by_data (f->group, f);
  g_object_unref (f->group);
  g_object_unref (f->list);
  g_ptr_array_unref (f->mirror);
  g_ptr_array_unref (f->items);
  g_ptr_array_unref (f->copies);
  wd_actor_free (f->actor);
}

/* An order received then; 0: it goes. */
static void
put (Fixture *f, guint i, gint64 received_at)
{
  WdCopy  *copy = f->copies->pdata[i];
  guint    from = wd_order_list_where (f->list, f->items->pdata[i]);
  WdOrder *order = received_at != 0 ? wd_order_new () : NULL;

  if (order != NULL)
    {
      order->id = g_strdup (copy->id);
      order->state = WD_STATE_RECEIVED;
      order->received_at = received_at;
    }
  wd_copy_set_confirmed (copy, order, 1);
  wd_order_item_refresh (f->items->pdata[i], f->actor);
  wd_order_list_move (f->list, f->items->pdata[i], from);
}

static void
check (Fixture *f, gboolean as_is)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->group));

  g_assert_cmpuint (f->mirror->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdOrderItem) shown = g_list_model_get_item (G_LIST_MODEL (f->group), i);
      g_autoptr (WdOrderItem) item = g_list_model_get_item (G_LIST_MODEL (f->list), i);

      g_assert_true (shown == f->mirror->pdata[i]);
      g_assert_true (!as_is || shown == item);
    }
  g_assert_true (!as_is || n == g_list_model_get_n_items (G_LIST_MODEL (f->list)));
}

static void
change_some (Fixture *f)
{
  for (int i = g_test_rand_int_range (1, 1 << g_test_rand_int_range (1, 11)); i > 0; i--)
    put (f, (guint)g_test_rand_int_range (0, (int)f->items->len), g_test_rand_int_range (0, 8) > 0 ? g_test_rand_int_range (1, 100000) : 0);
}

static void
test_walk (Fixture *f, gconstpointer n)
{
  for (guint i = 0; i < 60; i++)
    {
      change_some (f);
      check (f, TRUE);
      wd_queue_group_set_still (f->group, TRUE);
      f->removed = 0;
      for (int times = g_test_rand_int_range (0, 3); times > 0; times--)
        {
          change_some (f);
          g_assert_cmpuint (f->removed, ==, 0);
          check (f, FALSE);
          wd_queue_group_apply (f->group);
          check (f, TRUE);
          f->removed = 0;
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
  for (guint i = 0; i < f->items->len; i += 2)
    put (f, i, 1 + i);
  wd_queue_group_set_still (f->group, TRUE);
  for (guint i = 1; i < 80; i += 2)
    put (f, i, 1 + i);
  put (f, 40, 0);
  put (f, 42, 1000000);
  f->removed = 0;
  wd_queue_group_apply (f->group);
  check (f, TRUE);
  g_assert_cmpuint (f->removed, ==, 2);
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
