/* wd-alarm-sign.c — what in an order is an alarm at a desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-sign.h"

#include "wd-standing.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define RULING_MS (15 * 60 * SECOND)
#define DESK_MS (30 * SECOND)
#define LINK_MS (60 * SECOND)

/* From when a clock is an alarm. */
typedef enum
{
  FROM_START,
  FROM_DAY, /* on which it is due */
  FROM_WARNING,
  FROM_DUE
} From;

typedef struct
{
  gboolean        centre; /* or a unit's desk */
  const char     *rule;
  WdAlarmCause    cause;
  From            from;
  WdAlarmPriority before;
  WdAlarmPriority late;
  WdAlarmPriority grave; /* late, in a grave category */
} Watch;

/* clang-format off */
static const Watch watches[] = {
  { TRUE,  "accept",      WD_ALARM_ACCEPT,    FROM_WARNING, WD_ALARM_IMPORTANT, WD_ALARM_URGENT,    WD_ALARM_URGENT    },
  { TRUE,  "arrive",      WD_ALARM_ARRIVE,    FROM_WARNING, WD_ALARM_IMPORTANT, WD_ALARM_IMPORTANT, WD_ALARM_URGENT    },
  { TRUE,  "appointment", WD_ALARM_ARRIVE,    FROM_DUE,     WD_ALARM_IMPORTANT, WD_ALARM_IMPORTANT, WD_ALARM_URGENT    },
  { TRUE,  "dispatch",    WD_ALARM_DISPATCH,  FROM_WARNING, WD_ALARM_IMPORTANT, WD_ALARM_IMPORTANT, WD_ALARM_IMPORTANT },
  { TRUE,  "callback",    WD_ALARM_CALL_BACK, FROM_DAY,     WD_ALARM_ORDINARY,  WD_ALARM_ORDINARY,  WD_ALARM_ORDINARY  },
  { FALSE, "accept",      WD_ALARM_ACCEPT,    FROM_START,   WD_ALARM_IMPORTANT, WD_ALARM_URGENT,    WD_ALARM_URGENT    },
  { FALSE, "arrive",      WD_ALARM_ARRIVE,    FROM_WARNING, WD_ALARM_IMPORTANT, WD_ALARM_IMPORTANT, WD_ALARM_URGENT    },
  { FALSE, "appointment", WD_ALARM_ARRIVE,    FROM_DUE,     WD_ALARM_IMPORTANT, WD_ALARM_IMPORTANT, WD_ALARM_URGENT    },
};
static const char *const grave[] = { "burst", "sewage-overflow", "quality", NULL };
/* clang-format on */

static gboolean
is_grave (const WdOrder *order)
{
  return order->category != NULL && g_strv_contains (grave, order->category);
}

static gint64
start_of_day (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) day = local != NULL ? g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local), 0, 0, 0)
                                            : NULL;

  return day != NULL ? g_date_time_to_unix (day) * SECOND : time;
}

/* A breach is later than its limit by the least that there is. */
static gint64
begin_of (From from, const WdClock *clock, gint64 warning, GTimeZone *zone)
{
  switch (from)
    {
    case FROM_START: return clock->started_at;
    case FROM_DAY: return start_of_day (clock->due_at, zone);
    case FROM_WARNING: return warning;
    case FROM_DUE:
    default: return clock->due_at + 1;
    }
}

static void
at_the_earliest (gint64 *next, gint64 time, gint64 now)
{
  if (time > now && (*next == 0 || time < *next))
    *next = time;
}

static const Watch *
find_watch (gboolean centre, const char *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (watches); i++)
    if (watches[i].centre == centre && g_strcmp0 (watches[i].rule, rule) == 0)
      return &watches[i];
  return NULL;
}

/* What a return waits for is its ruling, and that has a time of its own. */
static gboolean
is_watched (const Watch *watch, const WdOrder *order, const WdClock *clock, const WdActor *actor)
{
  if (watch == NULL || clock->stopped_at != 0 || clock->due_at == 0)
    return FALSE;
  if (!watch->centre)
    return g_strcmp0 (clock->unit, actor->unit) == 0;
  return watch->cause != WD_ALARM_DISPATCH || order->returned == NULL;
}

static gboolean
read_clock (const Watch *watch, const WdOrder *order, const WdClock *clock, const WdPolicy *policy, const WdAlarmView *view, WdAlarmSign *sign, gint64 *next)
{
  gint64 warning = wd_standing_warn_time (policy, clock), begin = begin_of (watch->from, clock, warning, view->zone);

  at_the_earliest (next, begin, view->now);
  at_the_earliest (next, warning, view->now);
  at_the_earliest (next, clock->due_at + 1, view->now);
  if (view->now < begin)
    return FALSE;

  *sign = (WdAlarmSign){ watch->cause, watch->before, clock->unit, begin, clock->due_at };
  sign->soon = view->now >= warning;
  sign->late = view->now > clock->due_at;
  if (sign->late)
    sign->priority = is_grave (order) ? watch->grave : watch->late;
  sign->risen = sign->priority != watch->before ? clock->due_at : begin;
  return TRUE;
}

static gboolean
read_return (const WdOrder *order, const WdAlarmView *view, WdAlarmSign *sign, gint64 *next)
{
  gint64 due;

  if (order->returned == NULL)
    return FALSE;
  due = order->returned->at + RULING_MS;
  at_the_earliest (next, due, view->now);
  *sign = (WdAlarmSign){ WD_ALARM_RULE, WD_ALARM_IMPORTANT, NULL, due, due, TRUE, view->now > due, due };
  return view->now >= due;
}

guint
wd_alarm_read_order (const WdOrder *order, const WdPolicy *policy, const WdAlarmView *view, WdAlarmSign *signs, gint64 *next)
{
  gboolean centre = view->actor != NULL && wd_role_is_centre (view->actor->role);
  guint    n = 0;

  *next = 0;
  if (view->actor == NULL || (!centre && view->actor->unit == NULL) || !wd_order_is_open (order))
    return 0;
  for (guint i = 0; i < order->clocks->len && n < WD_ALARM_MAX_SIGNS - 1; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];
      const Watch   *watch = find_watch (centre, clock->rule);

      if (is_watched (watch, order, clock, view->actor) && read_clock (watch, order, clock, policy, view, &signs[n], next))
        n++;
    }
  if (centre && read_return (order, view, &signs[n], next))
    n++;
  return n;
}

gboolean
wd_alarm_read_desk (const char *unit, gboolean unmanned, guint waiting, guint in_hand, gint64 bad_since, gint64 real_now, WdAlarmSign *sign)
{
  if (bad_since == 0 || real_now - bad_since < DESK_MS || (!unmanned && waiting + in_hand == 0))
    return FALSE;
  *sign = (WdAlarmSign){ WD_ALARM_DESK, waiting > 0 ? WD_ALARM_URGENT : WD_ALARM_IMPORTANT, unit };
  return TRUE;
}

gboolean
wd_alarm_read_link (gint64 lost_since, gint64 real_now, WdAlarmSign *sign)
{
  if (lost_since == 0 || real_now - lost_since <= LINK_MS)
    return FALSE;
  *sign = (WdAlarmSign){ WD_ALARM_LINK, WD_ALARM_URGENT };
  return TRUE;
}
