/* test-alarm-sign.c — which orders, desks and links are an alarm, for whom, how urgent, and from when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-sign.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define BEGIN G_GINT64_CONSTANT (1795485600000) /* 2026-11-24T02:00:00Z, ten in the morning there */

static const struct
{
  const char *rule;
  gint64      limit, warn;
  gboolean    soft, window;
} rules[] = {
  { "dispatch", 5 * MINUTE, 3 * MINUTE, TRUE, FALSE },
  { "accept", 3 * MINUTE, 2 * MINUTE, FALSE, FALSE },
  { "arrive", HOUR, 48 * MINUTE, FALSE, FALSE },
  { "appointment", 2 * HOUR, 0, FALSE, FALSE },
  { "return", 2 * HOUR, 90 * MINUTE, FALSE, TRUE },
  { "finish", 24 * HOUR, 20 * HOUR, FALSE, FALSE },
  { "callback", 24 * HOUR, 20 * HOUR, FALSE, FALSE },
};

static WdPolicy *
make_policy (void)
{
  WdPolicy *policy = wd_policy_new ();

  policy->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_policy_row_free);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      WdPolicyRow *row = wd_policy_row_new ();

      row->rule = g_strdup (rules[i].rule);
      row->limit = rules[i].limit;
      row->warn = rules[i].warn;
      g_ptr_array_add (policy->rows, row);
    }
  return policy;
}

static WdOrder *
make_order (const char *rule, const char *category, const char *unit)
{
  WdOrder *order = wd_order_new ();
  WdClock *clock = wd_clock_new ();

  order->state = unit != NULL ? WD_STATE_DISPATCHED : WD_STATE_RECEIVED;
  order->category = g_strdup (category);
  order->unit = g_strdup (unit);
  order->clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_clock_free);
  clock->rule = g_strdup (rule);
  clock->unit = g_strdup (unit);
  clock->started_at = BEGIN;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].rule, rule))
      {
        clock->due_at = BEGIN + rules[i].limit;
        clock->soft = rules[i].soft;
        clock->window = rules[i].window;
      }
  g_ptr_array_add (order->clocks, clock);
  return order;
}

/* clang-format off */
static const struct
{
  const char     *rule, *category;
  WdRole          role;
  const char     *reader;  /* the unit of whoever looks */
  const char     *unit;    /* the order's */
  gint64          after;
  WdAlarmPriority priority; /* 0: no alarm */
  WdAlarmCause    cause;
  gboolean        soon, late;
  gint64          next;    /* after the begin; 0: never */
} cases[] = {
  /* The centre hears of acceptance a minute before it is late. */
  { "accept", "leak", WD_ROLE_DISPATCHER, NULL, "east", 119 * SECOND,        0,                  0,               FALSE, FALSE, 2 * MINUTE },
  { "accept", "leak", WD_ROLE_DISPATCHER, NULL, "east", 2 * MINUTE,          WD_ALARM_IMPORTANT, WD_ALARM_ACCEPT, TRUE,  FALSE, 3 * MINUTE + 1 },
  { "accept", "leak", WD_ROLE_DISPATCHER, NULL, "east", 3 * MINUTE,          WD_ALARM_IMPORTANT, WD_ALARM_ACCEPT, TRUE,  FALSE, 3 * MINUTE + 1 },
  { "accept", "leak", WD_ROLE_SUPERVISOR, NULL, "east", 3 * MINUTE + 1,      WD_ALARM_URGENT,    WD_ALARM_ACCEPT, TRUE,  TRUE,  0 },
  /* The unit from the first second; not of others. */
  { "accept", "leak", WD_ROLE_UNIT, "east", "east", 0,                       WD_ALARM_IMPORTANT, WD_ALARM_ACCEPT, FALSE, FALSE, 2 * MINUTE },
  { "accept", "leak", WD_ROLE_UNIT, "east", "east", 2 * MINUTE,              WD_ALARM_IMPORTANT, WD_ALARM_ACCEPT, TRUE,  FALSE, 3 * MINUTE + 1 },
  { "accept", "leak", WD_ROLE_UNIT, "east", "east", 4 * MINUTE,              WD_ALARM_URGENT,    WD_ALARM_ACCEPT, TRUE,  TRUE,  0 },
  { "accept", "leak", WD_ROLE_UNIT, "west", "east", 4 * MINUTE,              0,                  0,               FALSE, FALSE, 0 },
  /* A late arrival is urgent where much water or health depends on it. */
  { "arrive", "leak", WD_ROLE_DISPATCHER, NULL, "east", 48 * MINUTE - 1,     0,                  0,               FALSE, FALSE, 48 * MINUTE },
  { "arrive", "leak", WD_ROLE_DISPATCHER, NULL, "east", 48 * MINUTE,         WD_ALARM_IMPORTANT, WD_ALARM_ARRIVE, TRUE,  FALSE, HOUR + 1 },
  { "arrive", "leak", WD_ROLE_DISPATCHER, NULL, "east", 2 * HOUR,            WD_ALARM_IMPORTANT, WD_ALARM_ARRIVE, TRUE,  TRUE,  0 },
  { "arrive", "burst", WD_ROLE_DISPATCHER, NULL, "east", 50 * MINUTE,        WD_ALARM_IMPORTANT, WD_ALARM_ARRIVE, TRUE,  FALSE, HOUR + 1 },
  { "arrive", "burst", WD_ROLE_DISPATCHER, NULL, "east", 2 * HOUR,           WD_ALARM_URGENT,    WD_ALARM_ARRIVE, TRUE,  TRUE,  0 },
  { "arrive", "sewage-overflow", WD_ROLE_DISPATCHER, NULL, "drain", 2 * HOUR, WD_ALARM_URGENT,   WD_ALARM_ARRIVE, TRUE,  TRUE,  0 },
  { "arrive", "quality", WD_ROLE_UNIT, "east", "east", 2 * HOUR,             WD_ALARM_URGENT,    WD_ALARM_ARRIVE, TRUE,  TRUE,  0 },
  { "appointment", "leak", WD_ROLE_UNIT, "east", "east", 2 * HOUR,           0,                  0,               FALSE, FALSE, 2 * HOUR + 1 },
  { "appointment", "leak", WD_ROLE_UNIT, "east", "east", 3 * HOUR,           WD_ALARM_IMPORTANT, WD_ALARM_ARRIVE, TRUE,  TRUE,  0 },
  /* Nobody dispatched it. */
  { "dispatch", "leak", WD_ROLE_DISPATCHER, NULL, NULL, 2 * MINUTE,          0,                  0,               FALSE, FALSE, 3 * MINUTE },
  { "dispatch", "leak", WD_ROLE_DISPATCHER, NULL, NULL, 3 * MINUTE,          WD_ALARM_IMPORTANT, WD_ALARM_DISPATCH, TRUE, FALSE, 5 * MINUTE + 1 },
  { "dispatch", "burst", WD_ROLE_DISPATCHER, NULL, NULL, HOUR,               WD_ALARM_IMPORTANT, WD_ALARM_DISPATCH, TRUE, TRUE, 0 },
  /* Due tomorrow at ten, so from midnight there, which is 14 hours away. */
  { "callback", "leak", WD_ROLE_DISPATCHER, NULL, NULL, HOUR,                0,                  0,               FALSE, FALSE, 14 * HOUR },
  { "callback", "leak", WD_ROLE_DISPATCHER, NULL, NULL, 14 * HOUR,           WD_ALARM_ORDINARY,  WD_ALARM_CALL_BACK, FALSE, FALSE, 20 * HOUR },
  { "callback", "leak", WD_ROLE_DISPATCHER, NULL, NULL, 25 * HOUR,           WD_ALARM_ORDINARY,  WD_ALARM_CALL_BACK, TRUE, TRUE, 0 },
  /* Limits that nobody has to hurry for here, and people who do nothing here. */
  { "finish", "leak", WD_ROLE_DISPATCHER, NULL, "east", 30 * HOUR,           0,                  0,               FALSE, FALSE, 0 },
  { "return", "leak", WD_ROLE_UNIT, "east", "east", 3 * HOUR,                0,                  0,               FALSE, FALSE, 0 },
  { "accept", "leak", WD_ROLE_AUDITOR, NULL, "east", HOUR,                   0,                  0,               FALSE, FALSE, 0 },
};
/* clang-format on */

static void
test_clocks (void)
{
  g_autoptr (WdPolicy)  policy = make_policy ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdActor) actor = wd_actor_new ("me", "me", cases[i].role, cases[i].reader);
      g_autoptr (WdOrder) order = make_order (cases[i].rule, cases[i].category, cases[i].unit);
      WdAlarmView         view = { actor, zone, BEGIN + cases[i].after };
      WdAlarmSign         signs[WD_ALARM_MAX_SIGNS];
      gint64              next;
      guint               n = wd_alarm_read_order (order, policy, &view, signs, &next);

      g_test_message ("case %u: %s of %s after %d s", i, cases[i].rule, cases[i].category, (int)(cases[i].after / SECOND));
      g_assert_cmpuint (n, ==, cases[i].priority != 0);
      g_assert_cmpint (next, ==, cases[i].next != 0 ? BEGIN + cases[i].next : 0);
      if (n == 0)
        continue;
      g_assert_cmpint (signs[0].priority, ==, cases[i].priority);
      g_assert_cmpint (signs[0].cause, ==, cases[i].cause);
      g_assert_cmpstr (signs[0].unit, ==, cases[i].unit);
      g_assert_cmpint (signs[0].soon, ==, cases[i].soon);
      g_assert_cmpint (signs[0].late, ==, cases[i].late);
    }
}

/* What stopped, what is over, and what has no time is none; a return is one for its ruling only. */
static void
test_none (void)
{
  g_autoptr (WdPolicy)  policy = make_policy ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (WdActor)   actor = wd_actor_new ("me", "me", WD_ROLE_DISPATCHER, NULL);
  g_autoptr (WdOrder)   order = make_order ("accept", "leak", "east");
  WdClock              *clock = order->clocks->pdata[0];
  WdAlarmView           view = { actor, zone, BEGIN + HOUR };
  WdAlarmSign           signs[WD_ALARM_MAX_SIGNS];
  gint64                next;

  g_assert_cmpuint (wd_alarm_read_order (order, policy, &view, signs, &next), ==, 1);
  clock->stopped_at = BEGIN + MINUTE;
  g_assert_cmpuint (wd_alarm_read_order (order, policy, &view, signs, &next), ==, 0);
  clock->stopped_at = clock->due_at = 0;
  g_assert_cmpuint (wd_alarm_read_order (order, policy, &view, signs, &next), ==, 0);
  clock->due_at = BEGIN + MINUTE;
  order->state = WD_STATE_CLOSED;
  g_assert_cmpuint (wd_alarm_read_order (order, policy, &view, signs, &next), ==, 0);
  view.actor = NULL;
  order->state = WD_STATE_DISPATCHED;
  g_assert_cmpuint (wd_alarm_read_order (order, policy, &view, signs, &next), ==, 0);
}

static void
test_return (void)
{
  g_autoptr (WdPolicy)  policy = make_policy ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (WdActor)   actor = wd_actor_new ("me", "me", WD_ROLE_SUPERVISOR, NULL);
  g_autoptr (WdOrder)   order = make_order ("dispatch", "leak", NULL);
  WdAlarmView           view = { actor, zone, BEGIN + 14 * MINUTE };
  WdAlarmSign           signs[WD_ALARM_MAX_SIGNS];
  gint64                next;

  order->returned = wd_returned_new ();
  order->returned->at = BEGIN;
  g_assert_cmpuint (wd_alarm_read_order (order, policy, &view, signs, &next), ==, 0);
  g_assert_cmpint (next, ==, BEGIN + 15 * MINUTE);
  view.now = next;
  g_assert_cmpuint (wd_alarm_read_order (order, policy, &view, signs, &next), ==, 1);
  g_assert_cmpint (signs[0].cause, ==, WD_ALARM_RULE);
  g_assert_cmpint (signs[0].priority, ==, WD_ALARM_IMPORTANT);
}

static void
test_desk_and_link (void)
{
  /* clang-format off */
  static const struct { gboolean unmanned; guint waiting, in_hand; gint64 since, now; WdAlarmPriority priority; } desks[] = {
    { TRUE,  0, 0, 0,      HOUR,            0                  }, /* somebody is there */
    { TRUE,  0, 0, SECOND, 31 * SECOND - 1, 0                  }, /* it may come back */
    { TRUE,  0, 0, SECOND, 31 * SECOND,     WD_ALARM_IMPORTANT },
    { TRUE,  2, 0, SECOND, 31 * SECOND,     WD_ALARM_URGENT    },
    { FALSE, 0, 0, SECOND, HOUR,            0                  }, /* shut, and nothing to do */
    { FALSE, 0, 3, SECOND, HOUR,            WD_ALARM_IMPORTANT },
    { FALSE, 1, 0, SECOND, HOUR,            WD_ALARM_URGENT    },
  };
  /* clang-format on */
  WdAlarmSign sign;

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      gboolean is = wd_alarm_read_desk ("east", desks[i].unmanned, desks[i].waiting, desks[i].in_hand, desks[i].since, desks[i].now, &sign);

      g_test_message ("desk %u", i);
      g_assert_cmpint (is, ==, desks[i].priority != 0);
      if (is)
        g_assert_cmpint (sign.priority, ==, desks[i].priority);
    }

  g_assert_false (wd_alarm_read_link (0, HOUR, &sign));
  g_assert_false (wd_alarm_read_link (SECOND, 61 * SECOND, &sign));
  g_assert_true (wd_alarm_read_link (SECOND, 61 * SECOND + 1, &sign));
  g_assert_cmpint (sign.priority, ==, WD_ALARM_URGENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alarm-sign/each-clock-from-its-moment-on", test_clocks);
  g_test_add_func ("/alarm-sign/what-is-over-is-none", test_none);
  g_test_add_func ("/alarm-sign/a-return-waits-for-its-ruling", test_return);
  g_test_add_func ("/alarm-sign/desks-and-link-after-a-while", test_desk_and_link);
  return g_test_run ();
}
