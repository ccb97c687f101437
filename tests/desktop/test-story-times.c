/* test-story-times.c — how long each step took, and how far a dispatch came, as the timeline says it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-story-times.h"

#define MINUTE 60000
#define NOON (12 * 3600000)

typedef struct
{
  WdOrder   *order;
  GPtrArray *entries;
  GTimeZone *zone;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->order = wd_order_new ();
  self->order->state = WD_STATE_DISPATCHED;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_timeline_entry_free);
  self->zone = g_time_zone_new_utc ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  wd_order_free (self->order);
  g_ptr_array_unref (self->entries);
  g_time_zone_unref (self->zone);
}

static WdTimelineEntry *
add (Fixture *self, WdVerb verb, double minute)
{
  WdTimelineEntry *entry = g_new0 (WdTimelineEntry, 1);

  entry->verb = verb;
  entry->at = NOON + (gint64)(minute * MINUTE);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

static void
add_clock (Fixture *self, const char *rule, double started, double limit, const char *stopped_by, double stopped)
{
  WdClock *clock = wd_clock_new ();

  clock->rule = g_strdup (rule);
  clock->started_at = NOON + (gint64)(started * MINUTE);
  clock->due_at = limit > 0 ? clock->started_at + (gint64)(limit * MINUTE) : 0;
  clock->because = wd_because_new ();
  if (stopped_by != NULL)
    {
      clock->because->stopped = g_strdup (stopped_by);
      clock->stopped_at = NOON + (gint64)(stopped * MINUTE);
    }
  g_ptr_array_add (self->order->clocks, clock);
}

static void
add_receipts (Fixture *self, double delivered, double shown)
{
  add (self, WD_VERB_RECEIPT, delivered);
  if (shown > 0)
    add (self, WD_VERB_RECEIPT, shown)->shown = TRUE;
}

static void
assert_details (Fixture *self, const char *const details[])
{
  wd_story_times_tell (self->entries, self->order, self->zone);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const WdTimelineEntry *entry = self->entries->pdata[i];

      g_assert_nonnull (details[i]);
      g_assert_cmpstr (entry->detail != NULL ? entry->detail : "", ==, details[i]);
    }
  g_assert_null (details[self->entries->len]);
}

static void
test_accepted (Fixture *self, gconstpointer data)
{
  self->order->state = WD_STATE_ACCEPTED;
  add (self, WD_VERB_RECEIVE, 0);
  add (self, WD_VERB_DISPATCH, 1)->detail = g_strdup ("near the school");
  add_receipts (self, 1.1, 1.5);
  add (self, WD_VERB_ACCEPT, 3);
  add (self, WD_VERB_ASSIGN, 5);
  add (self, WD_VERB_NOTE, 6);
  add (self, WD_VERB_ARRIVE, 100);
  add_clock (self, "dispatch", 0, 5, "dispatch", 1);
  add_clock (self, "accept", 1, 3, "accept", 3);
  add_clock (self, "arrive", 5, 60, "arrive", 100);
  assert_details (self, (const char *[]){ "", "near the school · took 01:00, limit 05:00", "took 02:00, limit 03:00 · delivered 12:01:06 · shown 12:01:30",
                                          "02:00 after the step before", "", "took 1:35:00, limit 1:00:00, late 35:00", NULL });
}

static void
test_on_its_way (Fixture *self, gconstpointer data)
{
  static const struct
  {
    double      delivered, shown;
    const char *words;
  } ways[] = { { 0, 0, "not yet delivered" }, { 1.1, 0, "delivered 12:01:06 · not yet shown" }, { 1.1, 1.5, "delivered 12:01:06 · shown 12:01:30" } };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_ptr_array_set_size (self->entries, 0);
      add (self, WD_VERB_DISPATCH, 1);
      if (ways[i].delivered > 0)
        add_receipts (self, ways[i].delivered, ways[i].shown);
      assert_details (self, (const char *[]){ ways[i].words, NULL });
    }
}

/* Each dispatch has its own way; what came back is told where it was sent. */
static void
test_sent_again (Fixture *self, gconstpointer data)
{
  add (self, WD_VERB_DISPATCH, 1);
  add_receipts (self, 1.5, 0);
  add (self, WD_VERB_RETURN, 4);
  add (self, WD_VERB_RULE_RETURN, 6); /* rejected: to the same unit again */
  add_receipts (self, 6.5, 7);
  add_clock (self, "accept", 1, 3, "return", 4);
  add_clock (self, "accept", 6, 3, NULL, 0);
  assert_details (self, (const char *[]){ "delivered 12:01:30", "took 03:00, limit 03:00", "02:00 after the step before · delivered 12:06:30 · shown 12:07:00", NULL });
}

/* A clock that is only shown beside another is not what the step took, nor a window. */
static void
test_the_clock_of_the_step (Fixture *self, gconstpointer data)
{
  self->order->state = WD_STATE_FINISHED;
  add (self, WD_VERB_FINISH, 30);
  add_clock (self, "repair", 10, 1440, "finish", 30);
  add_clock (self, "finish", 0, 0, "finish", 30);
  add_clock (self, "return", 0, 120, "finish", 30);
  ((WdClock *)self->order->clocks->pdata[2])->window = TRUE;
  assert_details (self, (const char *[]){ "took 30:00", NULL });
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/story-times/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("of-an-accepted-order", test_accepted);
  ADD ("of-one-on-its-way", test_on_its_way);
  ADD ("of-one-that-was-sent-again", test_sent_again);
  ADD ("by-the-clock-of-the-step", test_the_clock_of_the_step);
  return g_test_run ();
}
