/* test-breach.c — limits written and changed, and what happens when one runs out
 *
 * All on the morning of 2026-11-24, 08:00 in Shanghai.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

static const char *
dispatched (House *house, const char *category)
{
  const char *id = house_receive (house, category);

  house->now += MINUTES (1);
  return house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
}

/* R28: changed while it runs, the start stays. */
static void
test_limits_change (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak"); /* minute 1 */

  house_do (house, "dispatcher", "classify", id, "{'limits': <{'accept': int64 600000, 'finish': int64 7200000}>}");
  house_check_clock (house, id, "accept", "east", AT (1), AT (11), 0, FALSE);
  house_check_clock (house, id, "finish", "east", AT (0), AT (120), 0, FALSE);
  house_wait (house, MINUTES (11)); /* 12: accept is late */
  house_check_clock (house, id, "accept", "east", AT (1), AT (11), 0, TRUE);
  house_do (house, "dispatcher", "classify", id, "{'limits': <{'accept': int64 1200000}>}");
  house_check_clock (house, id, "accept", "east", AT (1), AT (21), 0, FALSE); /* may run out again */
  house_wait (house, MINUTES (10));
  house_check_clock (house, id, "accept", "east", AT (1), AT (21), 0, TRUE);
  house_do (house, "dispatcher", "classify", id, "{'limits': <{'accept': int64 900000}>}");
  house_check_clock (house, id, "accept", "east", AT (1), AT (16), 0, TRUE); /* past either way */

  /* Written at dispatch, it holds for what runs and for what starts. */
  house_do (house, "dispatcher", "recall", id, NULL);
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'west'>, 'limits': <{'finish': int64 10800000}>}");
  house_check_clock (house, id, "accept", "west", AT (22), AT (37), 0, FALSE);
  house_check_clock (house, id, "finish", "west", AT (0), AT (180), 0, FALSE);
  house_refuse (house, WD_RULE_ERROR_INVALID, "limits", "dispatcher", "classify", id, "{'limits': <{'nap': int64 1}>}");
}

/* R28, R32, P13. */
static const struct
{
  const char *channel;
  int         due;    /* minutes */
  int         limit;  /* minutes, of finish by limits; 0 = none */
  int         finish; /* minutes */
} written[] = {
  { "hotline", 0, 0, 1440 },
  { "hotline", 300, 0, 300 },                /* not a platform's: to the minute */
  { "platform-12345", 0, 0, 1440 },          /* without a time of its own */
  { "platform-12345", 72 * 60, 0, 68 * 60 }, /* four hours less */
  { "digital-city", 480, 0, 240 },           /* exactly half */
  { "media", 300, 0, 150 },                  /* never more than half is lost */
  { "conduct", 2880, 120, 120 },             /* what is written as a limit comes first */
  { "website", 0, 60, 60 },
};

static void
test_written_limits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr (House) house = house_new ();
      g_autofree char  *due = g_strdup_printf (", 'due': <int64 %" G_GINT64_FORMAT ">", AT (written[i].due));
      g_autofree char  *limit = g_strdup_printf (", 'limits': <{'finish': int64 %d}>", written[i].limit * 60000);
      g_autofree char  *members = g_strdup_printf ("{'channel': <'%s'>, 'category': <'leak'>, 'text': <'x'>%s%s}", written[i].channel,
                                                  written[i].due != 0 ? due : "", written[i].limit != 0 ? limit : "");
      const char       *id = house_do (house, "dispatcher", "receive", NULL, members);

      house_check_clock (house, id, "finish", NULL, AT (0), AT (written[i].finish), 0, FALSE);
    }
}

/* Not for what the same dispatch ends. */
static void
test_limits_at_the_end (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "leak");

  house_wait (house, MINUTES (10));
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>, 'limits': <{'dispatch': int64 3600000}>}");
  house_check_clock (house, id, "dispatch", NULL, AT (0), AT (5), AT (10), TRUE);
}

/* Stopped at due_at is in time; a moment later it is an event of its own, once. */
static void
test_breach (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak"); /* accept is due at minute 4 */
  gint64            version = house_order (house, id)->version;
  const WdEvent    *event;
  guint             events;

  g_assert_cmpint (wd_order_next_due (house_order (house, id)), ==, AT (4));
  house_wait (house, MINUTES (3));
  g_assert_cmpint (house_last_event (house)->verb, ==, WD_VERB_DISPATCH);
  house_wait (house, 1);
  event = house_last_event (house);
  g_assert_cmpint (event->verb, ==, WD_VERB_BREACHED);
  g_assert_cmpstr (wd_members_text (event->data, "rule"), ==, "accept");
  g_assert_null (event->by);
  g_assert_cmpint (event->at, ==, AT (4));
  g_assert_cmpint (event->entered_at, ==, AT (4) + 1);
  g_assert_cmpint (house_order (house, id)->version, ==, version);
  g_assert_cmpint (wd_order_next_due (house_order (house, id)), ==, AT (1440));
  events = house->events->len;
  house_wait (house, MINUTES (30));
  g_assert_cmpuint (house->events->len, ==, events);
  house_do (house, "east", "accept", id, NULL);
  house_check_clock (house, id, "accept", "east", AT (1), AT (4), AT (34) + 1, TRUE);
}

/* Nothing fired meanwhile (the server was down): the breach comes before what stopped the clock. */
static void
test_breach_before_command (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "leak");
  guint             events = house->events->len;

  house->now = AT (4);
  house_do (house, "east", "receipt", id, "{'what': <'shown'>}");
  g_assert_cmpuint (house->events->len, ==, events + 1);
  house->now = AT (5);
  house_do (house, "east", "accept", id, NULL);
  g_assert_cmpuint (house->events->len, ==, events + 3);
  g_assert_cmpint (((WdEvent *)house->events->pdata[events + 1])->verb, ==, WD_VERB_BREACHED);
  g_assert_cmpint (house_last_event (house)->verb, ==, WD_VERB_ACCEPT);
  house_check_clock (house, id, "accept", "east", AT (1), AT (4), AT (5), TRUE);
}

/* The window of R27 is no duty: its lapse is no breach. */
static void
test_window (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house, "billing");

  house_do (house, "east", "accept", id, NULL);
  house_wait (house, HOURS (20));
  house_check_clock (house, id, "return", "east", AT (1), AT (121), 0, FALSE);
  g_assert_cmpint (house_last_event (house)->verb, ==, WD_VERB_ACCEPT);
}

/* A merged order's clocks stand still, and run on with the time that they had. */
static void
test_merge (void)
{
  g_autoptr (House) house = house_new ();
  const char       *other = house_receive (house, "leak");
  const char       *id = dispatched (house, "leak"); /* received at 0, dispatched at 1 */
  g_autofree char  *to = g_strdup_printf ("{'to': <'%s'>}", other);

  house_wait (house, MINUTES (1));
  house_do (house, "dispatcher", "link", id, to);
  g_assert_cmpuint (house_count_running (house, id), ==, 0);
  g_assert_cmpint (wd_order_next_due (house_order (house, id)), ==, 0);
  g_assert_cmpstr (house_clock (house, id, "accept")->because->stopped, ==, "link");
  house_wait (house, HOURS (1));
  house_check_clock (house, id, "accept", "east", AT (1), AT (4), AT (2), FALSE);
  house_do (house, "dispatcher", "unlink", id, to);
  house_check_clock (house, id, "accept", "east", AT (1), AT (4), 0, FALSE);
  house_check_clock (house, id, "finish", "east", AT (0), AT (1440), 0, FALSE);
  house_check_clock (house, id, "dispatch", NULL, AT (0), AT (5), AT (1), FALSE); /* was over before */
  house_wait (house, 1);
  house_check_clock (house, id, "accept", "east", AT (1), AT (4), 0, TRUE);
}

/* Imported: the server's own hand, long past; marked at once, so that no breach is an event that rings. */
static void
test_imported (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id;

  house->at = MORNING - HOURS (48);
  id = house_do (house, "server", "receive", NULL,
                 "{'channel': <'platform-12345'>, 'category': <'leak'>, 'text': <'x'>, 'due': <int64 1795392000000>, 'imported': <true>}"); /* a day ago */
  g_assert_cmpint (house_order (house, id)->received_at, ==, MORNING - HOURS (48));
  house_check_clock (house, id, "dispatch", NULL, MORNING - HOURS (48), MORNING - HOURS (48) + MINUTES (5), 0, TRUE);
  house_check_clock (house, id, "finish", NULL, MORNING - HOURS (48), MORNING - HOURS (28), 0, TRUE); /* P13 */
  g_assert_cmpint (wd_order_next_due (house_order (house, id)), ==, 0);
  g_assert_cmpint (house_order (house, id)->version, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/breach/limits-change", test_limits_change);
  g_test_add_func ("/breach/limits-not-for-what-ends", test_limits_at_the_end);
  g_test_add_func ("/breach/written-limits", test_written_limits);
  g_test_add_func ("/breach/breach", test_breach);
  g_test_add_func ("/breach/breach-before-command", test_breach_before_command);
  g_test_add_func ("/breach/window", test_window);
  g_test_add_func ("/breach/merge", test_merge);
  g_test_add_func ("/breach/imported", test_imported);
  return g_test_run ();
}
