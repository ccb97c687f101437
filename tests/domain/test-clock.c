/* test-clock.c — the limits of the policy, computed by hand
 *
 * All on the morning of 2026-11-24, 08:00 in Shanghai.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

static guint
count_clocks (House *house, const char *id, const char *rule)
{
  guint count = 0;

  for (guint i = 0; i < house_order (house, id)->clocks->len; i++)
    count += g_str_equal (((WdClock *)house_order (house, id)->clocks->pdata[i])->rule, rule);
  return count;
}

static void
assign_east (House *house, const char *id)
{
  GHashTableIter   iter;
  gpointer         crew;
  g_autofree char *members = NULL;

  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_CREW]);
  while (g_hash_table_iter_next (&iter, NULL, &crew))
    if (g_str_equal (((WdCrew *)crew)->unit, "east"))
      members = g_strdup_printf ("{'crew': <'%s'>}", ((WdCrew *)crew)->id);
  house_do (house, "east", "assign", id, members);
}

static const char *
dispatched (House *house, const char *category)
{
  const char *id = house_receive (house, category);

  house->now += MINUTES (1);
  return house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
}

/* An order on its straight way: each limit of R18, R20, R22, R27, R30, R35. */
static void
test_straight (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");

  house_check_clock (house, id, "dispatch", NULL, AT (0), AT (5), 0, FALSE);
  house_check_clock (house, id, "finish", NULL, AT (0), AT (24 * 60), 0, FALSE);
  g_assert_true (house_clock (house, id, "dispatch")->soft);
  g_assert_false (house_clock (house, id, "finish")->soft);

  house_wait (house, MINUTES (1));
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house_check_clock (house, id, "dispatch", NULL, AT (0), AT (5), AT (1), FALSE);
  house_check_clock (house, id, "accept", "east", AT (1), AT (4), 0, FALSE);
  house_check_clock (house, id, "finish", "east", AT (0), AT (24 * 60), 0, FALSE);

  house_wait (house, MINUTES (2));
  house_do (house, "east", "accept", id, NULL);
  house_check_clock (house, id, "accept", "east", AT (1), AT (4), AT (3), FALSE);
  house_check_clock (house, id, "return", "east", AT (3), AT (3 + 120), 0, FALSE);
  house_check_clock (house, id, "arrive", "east", AT (13), AT (73), 0, FALSE); /* P3: the margin, then the hour */
  g_assert_true (house_clock (house, id, "return")->window);

  house_wait (house, MINUTES (40));
  house_do (house, "east", "arrive", id, NULL);
  house_check_clock (house, id, "arrive", "east", AT (13), AT (73), AT (43), FALSE);

  house_wait (house, MINUTES (60));
  house_do (house, "east", "finish", id, "{'result': <'修好'>}");
  house_check_clock (house, id, "finish", "east", AT (0), AT (24 * 60), AT (103), FALSE);
  house_check_clock (house, id, "return", "east", AT (3), AT (123), AT (103), FALSE);
  house_check_clock (house, id, "callback", NULL, AT (103), AT (103 + 24 * 60), 0, FALSE);
  g_assert_cmpuint (house_count_running (house, id), ==, 1);

  house_wait (house, HOURS (2));
  house_do (house, "dispatcher", "visit", id, "{'outcome': <'satisfied'>}");
  house_check_clock (house, id, "callback", NULL, AT (103), AT (103 + 24 * 60), AT (223), FALSE);
  g_assert_cmpuint (house_count_running (house, id), ==, 0);
}

static void
test_because (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");
  const WdBecause  *because = house_clock (house, id, "accept")->because;

  g_assert_cmpstr (house_clock (house, id, "accept")->clause, ==, "R20");
  g_assert_cmpstr (because->started, ==, "dispatch");
  g_assert_true (g_strv_contains ((const char *const *)because->stops, "accept"));
  g_assert_null (because->stopped);
  house_do (house, "east", "accept", id, NULL);
  g_assert_cmpstr (house_clock (house, id, "accept")->because->stopped, ==, "accept");
  g_assert_cmpstr (house_clock (house, id, "arrive")->because->started, ==, "accept");
}

/* P3: the crew's acceptance within the margin starts the hour, a later one does not. */
static void
test_assign (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");

  house_do (house, "east", "accept", id, NULL); /* minute 1 */
  house_wait (house, MINUTES (4));
  assign_east (house, id);
  house_check_clock (house, id, "arrive", "east", AT (5), AT (65), 0, FALSE);
  house_wait (house, MINUTES (2));
  assign_east (house, id);
  house_check_clock (house, id, "arrive", "east", AT (5), AT (65), 0, FALSE);

  id = dispatched (house, "leak"); /* at minute 8 */
  house_do (house, "east", "accept", id, NULL);
  house_wait (house, MINUTES (12));
  assign_east (house, id);
  house_check_clock (house, id, "arrive", "east", AT (18), AT (78), 0, FALSE);
  house_do (house, "east", "arrive", id, NULL);
  assign_east (house, id); /* another crew: nothing starts again */
  g_assert_cmpuint (count_clocks (house, id, "arrive"), ==, 1);
}

/* P5 */
static void
test_no_site (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "billing");

  house_do (house, "east", "accept", id, NULL);
  g_assert_null (house_clock (house, id, "arrive"));
  g_assert_nonnull (house_clock (house, id, "return"));
}

/* With another category what no longer applies ends, and what now does begins, once. */
static void
test_reclassified (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "billing");

  house_do (house, "east", "accept", id, NULL);
  house->now += MINUTES (5);
  house_do (house, "dispatcher", "classify", id, "{'category': <'leak'>}");
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), 0, FALSE);
  house->now += MINUTES (5);
  house_do (house, "dispatcher", "classify", id, "{'category': <'cover'>}");
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), 0, FALSE);
  house_check_clock (house, id, "cover", "east", AT (11), AT (251), 0, FALSE);
  house_do (house, "dispatcher", "classify", id, "{'category': <'billing'>}");
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), AT (11), FALSE);
  house_check_clock (house, id, "cover", "east", AT (11), AT (251), AT (11), FALSE);
  house_do (house, "east", "finish", id, "{'result': <'x'>}");
}

/* A limit written with a category under which its clock no longer runs does not make that clock late at its end (R28). */
static void
test_reclassified_with_limits (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");

  house_do (house, "east", "accept", id, NULL);
  house->now += MINUTES (40);
  house_do (house, "dispatcher", "classify", id, "{'category': <'billing'>, 'limits': <{'arrive': int64 600000}>}");
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), AT (41), FALSE);
}

/* P3's margin lasts on where the category changes within it. */
static void
test_reclassified_in_the_margin (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");

  house_do (house, "east", "accept", id, NULL);
  house->now += MINUTES (2);
  house_do (house, "dispatcher", "classify", id, "{'category': <'billing'>}");
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), AT (3), FALSE);
  house->now += MINUTES (2);
  house_do (house, "dispatcher", "classify", id, "{'category': <'leak'>}");
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), 0, FALSE);
}

/* The unit that has it now has an hour of its own, whoever had it before. */
static void
test_reclassified_at_another_unit (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");

  house_do (house, "east", "accept", id, NULL);
  house_do (house, "east", "return", id, "{'class': <'not-ours'>, 'reason': <'x'>}");
  house_do (house, "dispatcher", "classify", id, "{'category': <'billing'>}");
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'west'>}");
  house->now += MINUTES (2);
  house_do (house, "west", "accept", id, NULL);
  g_assert_cmpstr (house_clock (house, id, "arrive")->unit, ==, "east");
  house->now += MINUTES (4);
  house_do (house, "dispatcher", "classify", id, "{'category': <'leak'>}");
  house_check_clock (house, id, "arrive", "west", AT (13), AT (73), 0, FALSE);
}

/* A time that was agreed stands, whatever the matter turns out to be. */
static void
test_reclassified_with_an_appointment (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "billing");
  g_autofree char  *agreed = NULL;

  house_do (house, "east", "accept", id, NULL);
  agreed = g_strdup_printf ("{'text': <'约好'>, 'agreed_at': <int64 %" G_GINT64_FORMAT ">}", house->now + HOURS (72));
  house_do (house, "east", "contact", id, agreed);
  house_do (house, "dispatcher", "classify", id, "{'category': <'leak'>}");
  g_assert_null (house_clock (house, id, "arrive"));
  g_assert_cmpint (house_clock (house, id, "appointment")->stopped_at, ==, 0);
}

/* R44: whatever else, a cover within four hours. */
static void
test_cover (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "cover");

  house_check_clock (house, id, "cover", "east", AT (0), AT (240), 0, FALSE);
  house_do (house, "east", "return", id, "{'class': <'not-ours'>, 'reason': <'x'>}");
  house_check_clock (house, id, "cover", NULL, AT (0), AT (240), 0, FALSE);
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'west'>}");
  house_do (house, "west", "accept", id, NULL);
  house_do (house, "west", "arrive", id, NULL);
  house_wait (house, HOURS (4));
  house_do (house, "west", "finish", id, "{'result': <'x'>}");
  house_check_clock (house, id, "cover", "west", AT (0), AT (240), AT (241), TRUE);
  g_assert_null (house_clock (house, dispatched (house, "leak"), "cover"));
}

/* R23, P4: the agreed time becomes the clock, with no hour besides. */
static void
test_appointment (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");

  house_do (house, "east", "accept", id, NULL); /* minute 1: arrive runs 11 to 71 */
  house_wait (house, MINUTES (29));
  house_do (house, "east", "contact", id, "{'text': <'还在路上'>}"); /* agrees on nothing */
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), 0, FALSE);
  house_do (house, "east", "contact", id, "{'text': <'十点到'>, 'agreed_at': <int64 1795485600000>}"); /* 10:00 */
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), AT (30), FALSE);
  house_check_clock (house, id, "appointment", "east", AT (30), AT (120), 0, FALSE);
  g_assert_cmpstr (house_clock (house, id, "appointment")->clause, ==, "R23");
  house_wait (house, MINUTES (60));
  house_do (house, "east", "contact", id, "{'text': <'十一点到'>, 'agreed_at': <int64 1795489200000>}"); /* 11:00 */
  g_assert_cmpuint (count_clocks (house, id, "appointment"), ==, 2);
  house_check_clock (house, id, "appointment", "east", AT (90), AT (180), 0, FALSE);
  house_wait (house, MINUTES (90));
  house_do (house, "east", "arrive", id, NULL); /* at 11:00, in time */
  house_check_clock (house, id, "appointment", "east", AT (90), AT (180), AT (180), FALSE);
  g_assert_cmpuint (count_clocks (house, id, "arrive"), ==, 1);
}

/* P9: accept, arrive and return are new ones elsewhere; finish runs on.  P8: and who answers for it. */
static void
test_return (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");

  house_do (house, "east", "accept", id, NULL); /* minute 1 */
  house_wait (house, MINUTES (9));
  house_do (house, "east", "return", id, "{'class': <'not-ours'>, 'reason': <'x'>}"); /* minute 10 */
  house_check_clock (house, id, "return", "east", AT (1), AT (121), AT (10), FALSE);
  house_check_clock (house, id, "arrive", "east", AT (11), AT (71), AT (10), FALSE); /* before it even began */
  house_check_clock (house, id, "dispatch", NULL, AT (10), AT (15), 0, FALSE);
  house_check_clock (house, id, "finish", "east", AT (0), AT (1440), 0, FALSE);
  house_wait (house, MINUTES (2));
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'west'>}"); /* minute 12 */
  house_check_clock (house, id, "accept", "west", AT (12), AT (15), 0, FALSE);
  house_check_clock (house, id, "finish", "east", AT (0), AT (1440), 0, FALSE); /* the lead's, until another accepts */
  house_wait (house, MINUTES (1));
  house_do (house, "west", "accept", id, NULL);
  house_check_clock (house, id, "finish", "west", AT (0), AT (1440), 0, FALSE);
  house_check_clock (house, id, "return", "west", AT (13), AT (133), 0, FALSE);
  house_check_clock (house, id, "arrive", "west", AT (23), AT (83), 0, FALSE);
  g_assert_cmpuint (count_clocks (house, id, "finish"), ==, 1);
}

static void
test_recall (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");

  house_do (house, "dispatcher", "recall", id, NULL);
  house_check_clock (house, id, "accept", "east", AT (1), AT (4), AT (1), FALSE);
  house_check_clock (house, id, "dispatch", NULL, AT (1), AT (6), 0, FALSE);
  house_check_clock (house, id, "finish", NULL, AT (0), AT (1440), 0, FALSE); /* with nobody yet */
}

/* A ruling without a unit leaves it to the centre: its clock runs on. */
static void
test_ruling (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");

  house_do (house, "east", "return", id, "{'class': <'other'>, 'reason': <'x'>}"); /* minute 1 */
  house_wait (house, MINUTES (1));
  house_do (house, "dispatcher", "rule-return", id, "{'granted': <true>, 'reason': <'x'>}");
  house_check_clock (house, id, "dispatch", NULL, AT (1), AT (6), 0, FALSE);
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'west'>}");
  house_do (house, "west", "return", id, "{'class': <'other'>, 'reason': <'x'>}");
  house_do (house, "dispatcher", "rule-return", id, "{'granted': <false>, 'reason': <'x'>}");
  house_check_clock (house, id, "dispatch", NULL, AT (2), AT (7), AT (2), FALSE);
  house_check_clock (house, id, "accept", "west", AT (2), AT (5), 0, FALSE);
  g_assert_cmpuint (count_clocks (house, id, "accept"), ==, 3);
}

/* R51: new clocks, finish of the same length again. */
static void
test_rework (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_do (house, "dispatcher", "receive", NULL,
                                   "{'channel': <'hotline'>, 'category': <'leak'>, 'text': <'x'>, 'due': <int64 1795485600000>}"); /* 10:00 */

  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  house_do (house, "east", "accept", id, NULL);
  house_do (house, "east", "arrive", id, NULL);
  house_wait (house, HOURS (1));
  house_do (house, "east", "finish", id, "{'result': <'x'>}");
  house_check_clock (house, id, "finish", "east", AT (0), AT (120), AT (60), FALSE);
  house_wait (house, HOURS (3));
  house_do (house, "dispatcher", "visit", id, "{'outcome': <'dissatisfied'>, 'cause': <'unit'>}");
  house_check_clock (house, id, "callback", NULL, AT (60), AT (60 + 1440), AT (240), FALSE);
  house_check_clock (house, id, "accept", "east", AT (240), AT (243), 0, FALSE);
  house_check_clock (house, id, "finish", "east", AT (240), AT (360), 0, FALSE);
  g_assert_cmpuint (house_count_running (house, id), ==, 2);
  house_do (house, "east", "accept", id, NULL);
  house_check_clock (house, id, "arrive", "east", AT (250), AT (310), 0, FALSE);
}

static void
test_unreachable_runs_on (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "billing");

  house_do (house, "east", "accept", id, NULL);
  house_do (house, "east", "finish", id, "{'result': <'x'>}");
  house_do (house, "dispatcher", "visit", id, "{'outcome': <'unreachable'>}");
  house_check_clock (house, id, "callback", NULL, AT (1), AT (1441), 0, FALSE);
}

/* Oldest first, also when a start moves. */
static void
test_sorted (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");
  GPtrArray        *clocks;

  house_do (house, "east", "accept", id, NULL);
  house_do (house, "east", "contact", id, "{'text': <'x'>, 'agreed_at': <int64 1795489200000>}");
  clocks = house_order (house, id)->clocks;
  for (guint i = 1; i < clocks->len; i++)
    g_assert_cmpint (((WdClock *)clocks->pdata[i - 1])->started_at, <=, ((WdClock *)clocks->pdata[i])->started_at);
}

/* The policy of data/ is whole: known words, and each clock can end. */
static void
test_policy (void)
{
  g_autoptr (House) house = house_new ();
  const WdPolicy   *policy = house_find (house, WD_OBJECT_POLICY, "1");
  const char       *rules[] = { "dispatch", "accept", "arrive", "appointment", "return", "finish", "callback", "cover", "outage-lead", "outage-expected" };

  g_assert_cmpstr (policy->zone, ==, "Asia/Shanghai");
  g_assert_cmpint (policy->version, ==, 1);
  g_assert_cmpint (policy->crew_margin, ==, MINUTES (10));
  g_assert_cmpint (policy->platform_margin, ==, HOURS (4));
  g_assert_cmpint (policy->callback_attempts, ==, 3);
  g_assert_cmpuint (policy->rows->len, ==, G_N_ELEMENTS (rules));
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const WdPolicyRow *row = wd_policy_find (policy, rules[i]);

      g_assert_nonnull (row);
      g_assert_true (g_str_has_prefix (row->clause, "R"));
      g_assert_nonnull (row->starts[0]);
      g_assert_nonnull (row->stops[0]);
      g_assert_cmpint (row->warn, <=, row->limit);
      for (char **key = row->starts; *key != NULL; key++)
        {
          g_auto (GStrv) words = g_strsplit (*key, ":", 2);

          g_assert_nonnull (wd_verb_lookup (words[0]));
        }
      for (char **key = row->stops; *key != NULL; key++)
        {
          g_auto (GStrv) words = g_strsplit (*key, ":", 2);

          g_assert_nonnull (wd_verb_lookup (words[0]));
        }
    }
  g_assert_null (wd_policy_find (policy, "nap"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/policy-is-whole", test_policy);
  g_test_add_func ("/clock/straight", test_straight);
  g_test_add_func ("/clock/because", test_because);
  g_test_add_func ("/clock/crew-starts-the-hour", test_assign);
  g_test_add_func ("/clock/no-site-no-hour", test_no_site);
  g_test_add_func ("/clock/reclassified", test_reclassified);
  g_test_add_func ("/clock/reclassified-with-limits", test_reclassified_with_limits);
  g_test_add_func ("/clock/reclassified-in-the-margin", test_reclassified_in_the_margin);
  g_test_add_func ("/clock/reclassified-at-another-unit", test_reclassified_at_another_unit);
  g_test_add_func ("/clock/reclassified-with-an-appointment", test_reclassified_with_an_appointment);
  g_test_add_func ("/clock/cover", test_cover);
  g_test_add_func ("/clock/appointment", test_appointment);
  g_test_add_func ("/clock/return", test_return);
  g_test_add_func ("/clock/recall", test_recall);
  g_test_add_func ("/clock/ruling", test_ruling);
  g_test_add_func ("/clock/rework", test_rework);
  g_test_add_func ("/clock/unreachable-runs-on", test_unreachable_runs_on);
  g_test_add_func ("/clock/oldest-first", test_sorted);
  return g_test_run ();
}
