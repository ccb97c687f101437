/* test-precedents.c — which rulings on returns are shown beside one that waits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-precedents.h"

#include <gio/gio.h>

typedef struct
{
  const char *category;
  const char *returner;
  gint64      at;
} Case;

static WdOrder *
make_order (const Case *rulings, guint n)
{
  WdOrder *order = wd_order_new ();

  order->category = g_strdup (rulings[0].category);
  for (guint i = 0; i < n; i++)
    {
      WdRuling *ruling = wd_ruling_new ();

      ruling->returner = g_strdup (rulings[i].returner);
      ruling->at = rulings[i].at;
      g_ptr_array_add (order->rulings, ruling);
    }
  return order;
}

static void
assert_times (const WdPrecedents *found, const char *times)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  for (guint i = 0; i < found->n; i++)
    g_string_append_printf (seen, "%s%d", i > 0 ? " " : "", (int)found->best[i].ruling->at);
  g_assert_cmpstr (seen->str, ==, times);
}

static void
test_same_unit_then_newest (void)
{
  static const Case     cases[] = { { "drainage", "south", 10 }, { "leak", "east", 90 }, { "drainage", "east", 3 }, { "drainage", "south", 12 }, { "drainage", "west", 11 }, { "drainage", "east", 7 } };
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_order_free);
  WdPrecedents          found = { "drainage", "east", { { NULL } }, 0 };

  assert_times (&found, "");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_ptr_array_add (orders, make_order (&cases[i], 1));
      wd_precedents_offer (&found, orders->pdata[i]);
    }
  assert_times (&found, "7 3 12 11");
}

static void
test_one_order_may_have_several (void)
{
  static const Case   twice[] = { { "drainage", "east", 1 }, { "drainage", "south", 2 } };
  g_autoptr (WdOrder) order = make_order (twice, 2);
  g_autoptr (WdOrder) none = make_order (twice, 0);
  WdPrecedents        found = { "drainage", "east", { { NULL } }, 0 };

  wd_precedents_offer (&found, none);
  wd_precedents_offer (&found, order);
  assert_times (&found, "1 2");
  g_assert_true (found.best[0].order == order);
}

static void
test_speed (void)
{
  static const char *const categories[] = { "drainage", "leak", "quality", "meter" };
  g_autoptr (GPtrArray)    orders = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_order_free);
  WdPrecedents             found = { "drainage", "east", { { NULL } }, 0 };
  gint64                   start;

  for (guint i = 0; i < 100000; i++)
    {
      const Case ruled = { categories[i % 4], i % 3 == 0 ? "east" : "south", i * 7919 % 100003 };

      g_ptr_array_add (orders, make_order (&ruled, i % 5 == 0 ? 1 : 0));
    }
  start = g_get_monotonic_time ();
  for (guint i = 0; i < orders->len; i++)
    wd_precedents_offer (&found, orders->pdata[i]);
  g_test_minimized_result ((double)(g_get_monotonic_time () - start) / 1000, "100,000 orders, 20,000 of them ruled on: %.2f ms",
                           (double)(g_get_monotonic_time () - start) / 1000);
  g_assert_cmpuint (found.n, ==, WD_PRECEDENTS_MAX);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/precedents/same-unit-first-then-the-newest", test_same_unit_then_newest);
  g_test_add_func ("/precedents/one-order-may-have-several", test_one_order_may_have_several);
  if (g_test_perf ())
    g_test_add_func ("/precedents/speed", test_speed);
  return g_test_run ();
}
