/* test-schedule.c — clocks that run out fire once, whatever happens to the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-ledger-fixture.h"

static guint
fire (WdFixture *fixture, guint limit, gint64 *next)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (WdCommit) commit = wd_ledger_fire (fixture->ledger, fixture->now, limit, next, &error);

  g_assert_no_error (error);
  g_assert_cmpint (commit->seq - commit->since, ==, wd_ledger_seq (fixture->ledger) - commit->since);
  return (guint)(commit->seq - commit->since);
}

static char *
dispatch (WdFixture *fixture)
{
  char            *order = wd_fixture_receive (fixture);
  g_autofree char *same = wd_fixture_do (fixture, fixture->dispatcher, "{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"east\"}", order);

  return order;
}

static gboolean
is_breached (WdFixture *fixture, const char *order, const char *rule)
{
  g_autoptr (JsonObject) body = wd_fixture_body (fixture, order);
  JsonArray             *clocks = json_object_get_array_member (body, "clocks");

  for (guint i = 0; i < json_array_get_length (clocks); i++)
    {
      JsonObject *clock = json_array_get_object_element (clocks, i);

      if (g_str_equal (json_object_get_string_member (clock, "rule"), rule))
        return json_object_get_boolean_member (clock, "breached");
    }
  g_assert_not_reached ();
}

static void
test_fires_after_the_limit_not_at_it (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *order = dispatch (fixture);
  g_autoptr (JsonObject) body = NULL;
  gint64                 next;

  g_assert_cmpuint (fire (fixture, 100, &next), ==, 0);
  g_assert_cmpint (next, ==, fixture->now + 3 * WD_FIXTURE_MINUTE);
  fixture->now = next;
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 0);
  g_assert_cmpint (next, ==, fixture->now);
  fixture->now++;
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 1);
  g_assert_true (is_breached (fixture, order, "accept"));
  g_assert_cmpint (next, >, fixture->now);
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 0);
  body = wd_fixture_body (fixture, order);
  g_assert_cmpint (json_object_get_int_member (body, "version"), ==, 2);
}

static void
test_fires_once_what_fell_due_while_down (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *order = dispatch (fixture);
  gint64                next;

  wd_fixture_close (fixture);
  fixture->now += 10 * WD_FIXTURE_MINUTE;
  for (int round = 0; round < 3; round++)
    {
      wd_fixture_open (fixture);
      g_assert_cmpuint (fire (fixture, 100, &next), ==, round == 0 ? 1 : 0);
      wd_fixture_close (fixture);
    }
  wd_fixture_open (fixture);
  g_assert_true (is_breached (fixture, order, "accept"));
}

static void
test_command_finds_the_breach_first (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *order = dispatch (fixture);
  g_autofree char      *same = NULL;
  gint64                next, seq = wd_ledger_seq (fixture->ledger);

  fixture->now += 5 * WD_FIXTURE_MINUTE;
  same = wd_fixture_do (fixture, fixture->east, "{\"do\":\"accept\",\"order\":\"%s\"}", order);
  g_assert_cmpint (wd_ledger_seq (fixture->ledger), ==, seq + 2);
  g_assert_true (is_breached (fixture, order, "accept"));
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 0);
}

static void
test_fires_in_order_up_to_the_limit (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  gint64                next;
  guint                 fired;

  for (int i = 0; i < 5; i++)
    {
      g_free (dispatch (fixture));
      fixture->now += 1000;
    }
  fixture->now += 4 * WD_FIXTURE_MINUTE;
  fired = fire (fixture, 2, &next);
  g_assert_cmpuint (fired, ==, 2);
  g_assert_cmpint (next, <, fixture->now);
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 3);
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 0);
}

static void
test_claimed_row_is_left_to_its_owner (void)
{
  static const WdStatement claim = { "claim", "UPDATE schedule SET owner = 'other', until = $1" };
  g_autoptr (WdFixture)    fixture = wd_fixture_new ();
  g_autofree char         *order = dispatch (fixture);
  gint64                   next;

  fixture->now += 4 * WD_FIXTURE_MINUTE;
  g_assert_true (wd_store_exec (wd_ledger_get_store (fixture->ledger), &claim, NULL, "i", fixture->now + 1000));
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 0);
  fixture->now += 1001;
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 1);
}

/* One damaged order holds up neither the clocks of others nor their commands. */
static void
test_damaged_order_is_set_aside (void)
{
  static const WdStatement damage = { "damage", "UPDATE objects SET body = '{' WHERE id = $1" };
  g_autoptr (WdFixture)    fixture = wd_fixture_new ();
  g_autofree char         *damaged = dispatch (fixture);
  g_autofree char         *whole = dispatch (fixture);
  g_autofree char         *same = NULL;
  gint64                   next;

  g_assert_true (wd_store_exec (wd_ledger_get_store (fixture->ledger), &damage, NULL, "t", damaged));
  wd_fixture_close (fixture);
  wd_fixture_open (fixture);
  fixture->now += 4 * WD_FIXTURE_MINUTE;
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 1);
  g_assert_true (is_breached (fixture, whole, "accept"));
  g_assert_cmpint (next, >, fixture->now);
  g_assert_cmpuint (fire (fixture, 100, &next), ==, 0);
  wd_fixture_refuse (fixture, fixture->east, "storage", "{\"do\":\"accept\",\"order\":\"%s\"}", damaged);
  same = wd_fixture_do (fixture, fixture->east, "{\"do\":\"accept\",\"order\":\"%s\"}", whole);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/fires-after-the-limit-not-at-it", test_fires_after_the_limit_not_at_it);
  g_test_add_func ("/schedule/fires-once-what-fell-due-while-down", test_fires_once_what_fell_due_while_down);
  g_test_add_func ("/schedule/command-finds-the-breach-first", test_command_finds_the_breach_first);
  g_test_add_func ("/schedule/fires-in-order-up-to-the-limit", test_fires_in_order_up_to_the_limit);
  g_test_add_func ("/schedule/claimed-row-is-left-to-its-owner", test_claimed_row_is_left_to_its_owner);
  g_test_add_func ("/schedule/damaged-order-is-set-aside", test_damaged_order_is_set_aside);
  return g_test_run ();
}
