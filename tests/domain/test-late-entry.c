/* test-late-entry.c — what was done offline counts from when it happened, where that is proved (P2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

/* With the east company since minute 0, accept due at minute 3. */
static const char *
dispatched (House *house)
{
  const char *id = house_receive (house, "leak");

  return house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
}

static const WdEvent *
event_from_end (House *house, guint back)
{
  return house->events->pdata[house->events->len - 1 - back];
}

static void
test_proved_lifts (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house);
  const WdClock    *clock;

  house_wait (house, MINUTES (60));
  g_assert_true (house_clock (house, id, "accept")->breached);
  house->at = AT (2);
  house->at_proved = TRUE;
  house_do (house, "east", "accept", id, NULL);

  g_assert_cmpint (event_from_end (house, 1)->verb, ==, WD_VERB_LIFTED);
  g_assert_cmpstr (wd_members_text (event_from_end (house, 1)->data, "rule"), ==, "accept");
  g_assert_cmpint (event_from_end (house, 0)->at, ==, AT (2));
  g_assert_cmpint (event_from_end (house, 0)->entered_at, ==, AT (60));
  clock = house_clock (house, id, "accept");
  g_assert_false (clock->breached);
  g_assert_cmpint (clock->stopped_at, ==, AT (2));
  /* Its own next clocks run from then too. */
  g_assert_cmpint (house_clock (house, id, "return")->started_at, ==, AT (2));
  g_assert_cmpint (house_clock (house, id, "arrive")->started_at, ==, AT (12));
}

/* Nothing had fired yet: then there is nothing to lift, and no breach. */
static void
test_proved_before_breach (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house);
  guint             events = house->events->len;

  house->now = AT (60); /* the dispatch clock was stopped, finish runs long */
  house->at = AT (3);
  house->at_proved = TRUE;
  house_do (house, "east", "accept", id, NULL);
  g_assert_cmpuint (house->events->len, ==, events + 1);
  g_assert_false (house_clock (house, id, "accept")->breached);
}

static void
test_unproved (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house);

  house_wait (house, MINUTES (60));
  house->at = AT (2);
  house_do (house, "east", "accept", id, NULL);
  g_assert_cmpint (house_last_event (house)->at, ==, AT (2)); /* kept, and shown as entered late */
  g_assert_cmpint (house_clock (house, id, "accept")->stopped_at, ==, AT (60));
  g_assert_true (house_clock (house, id, "accept")->breached);
  g_assert_cmpint (house_clock (house, id, "return")->started_at, ==, AT (60));
}

/* Proved, but late all the same. */
static void
test_proved_late (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house);

  house->now = AT (60);
  house->at = AT (5);
  house->at_proved = TRUE;
  house_do (house, "east", "accept", id, NULL);
  g_assert_cmpint (event_from_end (house, 1)->verb, ==, WD_VERB_BREACHED);
  g_assert_cmpint (house_clock (house, id, "accept")->stopped_at, ==, AT (5));
  g_assert_true (house_clock (house, id, "accept")->breached);
}

/* A clock that an entry starts for somebody else starts at the time of entry. */
static void
test_starts_for_others (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_receive (house, "billing");

  house->now = AT (30);
  house->at = AT (2);
  house->at_proved = TRUE;
  house_do (house, "dispatcher", "dispatch", id, "{'unit': <'east'>}");
  g_assert_cmpint (house_clock (house, id, "dispatch")->stopped_at, ==, AT (2));
  g_assert_cmpint (house_clock (house, id, "accept")->started_at, ==, AT (30));
  g_assert_cmpint (house_order (house, id)->delivery->sent, ==, AT (30));

  house_do (house, "east", "accept", id, NULL);
  house->now = AT (90);
  house->at = AT (40);
  house->at_proved = TRUE;
  house_do (house, "east", "finish", id, "{'result': <'x'>}");
  g_assert_cmpint (house_clock (house, id, "finish")->stopped_at, ==, AT (40));
  g_assert_cmpint (house_clock (house, id, "callback")->started_at, ==, AT (90));
}

/* The window of R27 counts by the proved time. */
static void
test_return_in_time (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house);

  house_do (house, "east", "accept", id, NULL);
  house_wait (house, HOURS (5));
  house->at = AT (110);
  house->at_proved = TRUE;
  house_do (house, "east", "return", id, "{'class': <'other'>, 'reason': <'x'>}");
  g_assert_false (house_order (house, id)->returned->late);
  g_assert_cmpint (house_order (house, id)->returned->at, ==, AT (110));
}

/* Never before the state that it follows; a note of the centre in between spoils nothing. */
static void
test_never_before_its_state (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house);

  house_wait (house, MINUTES (20));
  house_do (house, "dispatcher", "note", id, "{'text': <'催一下'>}");
  house_do (house, "dispatcher", "classify", id, "{'major': <true>}");
  house_wait (house, MINUTES (20));
  house->at = AT (2);
  house->at_proved = TRUE;
  house_do (house, "east", "accept", id, NULL);
  g_assert_cmpint (house_last_event (house)->at, ==, AT (2));
  house->at = AT (1);
  house->at_proved = TRUE;
  house_do (house, "east", "arrive", id, NULL);
  g_assert_cmpint (house_last_event (house)->at, ==, AT (2));

  id = dispatched (house); /* at minute 40 */
  house_wait (house, MINUTES (1));
  house->at = AT (10);
  house->at_proved = TRUE;
  house_do (house, "east", "accept", id, NULL);
  g_assert_cmpint (house_last_event (house)->at, ==, AT (40));
}

static void
test_ahead (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house);

  house->at = house->now + SECONDS (5) + 1;
  house_refuse (house, WD_RULE_ERROR_INVALID, "at", "east", "accept", id, NULL);
  house->at = house->now + SECONDS (5);
  house_do (house, "east", "accept", id, NULL);
  g_assert_cmpint (house_last_event (house)->at, ==, MORNING);
  g_assert_false (wd_members_has (house_last_event (house)->data, "at_proved"));
}

/* What was agreed on while cut off may be past when it is entered. */
static void
test_agreed_offline (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = dispatched (house);
  const char       *contact = "{'text': <'九点到'>, 'agreed_at': <int64 1795482000000>}"; /* 09:00 */

  house_do (house, "east", "accept", id, NULL);
  house_wait (house, HOURS (2));
  house->at = AT (20);
  house_refuse (house, WD_RULE_ERROR_INVALID, "agreed_at", "east", "contact", id, contact);
  house->at = AT (20);
  house->at_proved = TRUE;
  house_do (house, "east", "contact", id, contact);
  g_assert_cmpint (house_clock (house, id, "appointment")->started_at, ==, AT (20));
  g_assert_cmpint (house_clock (house, id, "appointment")->due_at, ==, AT (60));
  g_assert_false (house_clock (house, id, "arrive")->breached); /* lifted */
  house->at = AT (55);
  house->at_proved = TRUE;
  house_do (house, "east", "arrive", id, NULL);
  g_assert_false (house_clock (house, id, "appointment")->breached);
}

/* But not before the state that the contact follows. */
static void
test_agreed_before_its_state (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id;

  house->now = AT (70);
  id = dispatched (house);
  house_do (house, "east", "accept", id, NULL);
  house->now = AT (80);
  house->at = AT (30);
  house->at_proved = TRUE;
  house_refuse (house, WD_RULE_ERROR_INVALID, "agreed_at", "east", "contact", id,
                "{'text': <'九点到'>, 'agreed_at': <int64 1795482000000>}"); /* 09:00, minute 60 */
}

/* An order taken down while cut off is not refused for a time that passed meanwhile. */
static void
test_received_offline (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id;

  house->now = AT (180);
  house->at = AT (0);
  id = house_do (house, "dispatcher", "receive", NULL, "{'channel': <'hotline'>, 'category': <'leak'>, 'text': <'x'>, 'due': <int64 1795482000000>}");
  g_assert_cmpint (house_order (house, id)->received_at, ==, AT (0));
}

/* A company that was cut off brought the water back before the time that it had told. */
static void
test_outage_restored_offline (void)
{
  for (guint proved = 0; proved < 2; proved++)
    {
      g_autoptr (House) house = house_new ();
      g_autofree char  *members = g_strdup_printf ("{'nature': <'emergency'>, 'reason': <'x'>, 'starts': <int64 %" G_GINT64_FORMAT ">, 'expected': <int64 %" G_GINT64_FORMAT ">}",
                                                   AT (0), AT (30));
      const char       *id = house_do (house, "east", "declare-outage", NULL, members);
      const WdOutage   *outage;
      const WdClock    *clock;

      house_wait (house, MINUTES (60));
      outage = house_find (house, WD_OBJECT_OUTAGE, id);
      clock = outage->clocks->pdata[0];
      g_assert_true (clock->breached);
      house->at = AT (20);
      house->at_proved = proved;
      house_do (house, "east", "restore-outage", id, NULL);
      outage = house_find (house, WD_OBJECT_OUTAGE, id);
      clock = outage->clocks->pdata[0];
      g_assert_cmpint (clock->breached, ==, !proved);
      g_assert_cmpint (clock->stopped_at, ==, proved ? AT (20) : AT (60));
      g_assert_cmpint (event_from_end (house, 1)->verb, ==, proved ? WD_VERB_LIFTED : WD_VERB_BREACHED);
      g_assert_cmpint (outage->restored_at, ==, AT (20));
    }
}

/* And nothing is late that was told, or ended, in time before anybody looked. */
static void
test_outage_told_offline (void)
{
  g_autoptr (House) house = house_new ();
  g_autofree char  *members = g_strdup_printf ("{'nature': <'planned'>, 'reason': <'x'>, 'starts': <int64 %" G_GINT64_FORMAT ">}", AT (49 * 60));
  const WdOutage   *outage;
  const char       *id;

  house->now = AT (180);
  house->at = AT (30);
  house->at_proved = TRUE;
  id = house_do (house, "east", "declare-outage", NULL, members);
  outage = house_find (house, WD_OBJECT_OUTAGE, id);
  g_assert_false (outage->late_notice);
  g_assert_cmpint (((const WdClock *)outage->clocks->pdata[0])->stopped_at, ==, AT (30));
}

/* Cut off, nobody says that an announced outage has begun: it runs from its start on. */
static void
test_outage_begun_by_itself (void)
{
  g_autoptr (House) house = house_new ();
  g_autofree char  *members = g_strdup_printf ("{'nature': <'planned'>, 'reason': <'x'>, 'starts': <int64 %" G_GINT64_FORMAT ">}", AT (10));
  const char       *id = house_do (house, "east", "declare-outage", NULL, members);

  house->now = AT (20);
  house_do (house, "east", "restore-outage", id, NULL);
  g_assert_cmpint (((const WdOutage *)house_find (house, WD_OBJECT_OUTAGE, id))->state, ==, WD_OUTAGE_RESTORED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/late-entry/proved-lifts-a-breach", test_proved_lifts);
  g_test_add_func ("/late-entry/proved-before-a-breach", test_proved_before_breach);
  g_test_add_func ("/late-entry/unproved-counts-from-entry", test_unproved);
  g_test_add_func ("/late-entry/proved-but-late", test_proved_late);
  g_test_add_func ("/late-entry/starts-for-others-at-entry", test_starts_for_others);
  g_test_add_func ("/late-entry/return-in-time", test_return_in_time);
  g_test_add_func ("/late-entry/never-before-its-state", test_never_before_its_state);
  g_test_add_func ("/late-entry/ahead-of-time", test_ahead);
  g_test_add_func ("/late-entry/agreed-offline", test_agreed_offline);
  g_test_add_func ("/late-entry/agreed-before-its-state", test_agreed_before_its_state);
  g_test_add_func ("/late-entry/received-offline", test_received_offline);
  g_test_add_func ("/late-entry/outage-restored-offline", test_outage_restored_offline);
  g_test_add_func ("/late-entry/outage-told-offline", test_outage_told_offline);
  g_test_add_func ("/late-entry/outage-begun-by-itself", test_outage_begun_by_itself);
  return g_test_run ();
}
