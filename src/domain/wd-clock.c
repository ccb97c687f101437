/* wd-clock.c — the clocks of an order: a pure function of its steps and the policy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-clock.h"

static gboolean
names_step (GStrv keys, const WdStep *step)
{
  for (char **key = keys; *key != NULL; key++)
    if (wd_step_is (step, *key))
      return TRUE;
  return FALSE;
}

gboolean
wd_clock_is_stopped_by (const WdClock *clock, const WdStep *step)
{
  return step->ends || names_step (clock->because->stops, step);
}

void
wd_clocks_stop (WdOrder *order, const WdStep *step)
{
  for (guint i = 0; i < order->clocks->len; i++)
    {
      WdClock *clock = order->clocks->pdata[i];

      if (clock->stopped_at != 0 || !wd_clock_is_stopped_by (clock, step))
        continue;
      clock->stopped_at = step->at;
      clock->because->stopped = g_strdup (step->verb);
    }
}

/* Ends when the unit gives the order back; else it runs on (P9). */
static gboolean
ends_at_return (GStrv stops)
{
  return g_strv_contains ((const char *const *)stops, "return");
}

static const char *
duty_of (const WdOrder *order, gboolean centre, GStrv stops)
{
  if (centre)
    return NULL;
  if (ends_at_return (stops) || order->lead == NULL)
    return order->unit;
  return order->lead;
}

static gboolean
applies_to (const WdPolicyRow *row, const WdOrder *order)
{
  if (row->site && !order->needs_site)
    return FALSE;
  return row->categories[0] == NULL || g_strv_contains ((const char *const *)row->categories, order->category);
}

/* R28, R32: the time written on the order is its limit.  For a platform's the
 * unit has until P13's margin before it, of which it never loses more than half. */
static gint64
limit_by_due (const WdOrder *order, const WdPolicy *policy, gint64 started_at)
{
  gint64 left = MAX (order->due - started_at, 0);

  if (wd_channel_is_platform (order->channel))
    left -= MIN (policy->platform_margin, left / 2);
  return left;
}

/* The last clock of @rule, running or not.  Returns: (nullable) */
static const WdClock *
find_last (const WdOrder *order, const char *rule)
{
  for (guint i = order->clocks->len; i > 0; i--)
    if (g_str_equal (((WdClock *)order->clocks->pdata[i - 1])->rule, rule))
      return order->clocks->pdata[i - 1];
  return NULL;
}

/* When the unit that has the order accepted it; 0 where nobody did. */
static gint64
accepted_at (const WdOrder *order)
{
  const WdClock *accept = find_last (order, "accept");

  return accept != NULL && g_strcmp0 (accept->because->stopped, "accept") == 0 ? accept->stopped_at : 0;
}

/* The length of the last clock of @rule; 0 where there was none. */
static gint64
length_of_last (const WdOrder *order, const char *rule)
{
  const WdClock *last = find_last (order, rule);

  return last != NULL ? last->due_at - last->started_at : 0;
}

static gint64
limit_of (const WdOrder *order, const WdPolicy *policy, const WdPolicyRow *row, const WdStep *step, gint64 started_at)
{
  gint64 written = wd_limits_get (order->limits, row->rule);

  if (row->limit == 0 && step->agreed_at != 0)
    return step->agreed_at - started_at;
  if (written != 0)
    return written;
  if (!g_str_equal (row->rule, "finish"))
    return row->limit;
  if (step->visit == WD_VISIT_RESULT_REDO)
    {
      /* The same length again, not what is left of a time long past. */
      gint64 before = length_of_last (order, row->rule);

      return before > 0 ? before : row->limit;
    }
  return order->due != 0 ? limit_by_due (order, policy, started_at) : row->limit;
}

static void
start_clock (WdOrder *order, const WdPolicy *policy, const WdPolicyRow *row, const WdStep *step, const char *key)
{
  const char *unit = duty_of (order, row->centre, row->stops);
  gboolean    own = step->by_server || (row->centre ? step->by_unit == NULL : unit != NULL && g_strcmp0 (unit, step->by_unit) == 0);
  gint64      started_at = own ? step->at : step->entered_at;
  WdClock    *clock;

  if (g_str_equal (key, "accept:margin"))
    started_at += policy->crew_margin;
  else if (row->site && g_str_equal (key, "classify") && order->crew == NULL && accepted_at (order) != 0)
    started_at = MAX (started_at, accepted_at (order) + policy->crew_margin); /* P3 holds for a category that comes late */
  clock = wd_clock_new ();
  clock->rule = g_strdup (row->rule);
  clock->clause = g_strdup (row->clause);
  clock->unit = g_strdup (unit);
  clock->started_at = started_at;
  clock->due_at = started_at + limit_of (order, policy, row, step, started_at);
  clock->breached = step->imported && clock->due_at < step->entered_at;
  clock->soft = row->soft;
  clock->window = row->window;
  clock->because = wd_because_new ();
  clock->because->started = g_strdup (step->verb);
  g_strfreev (clock->because->stops);
  clock->because->stops = g_strdupv (row->stops);
  g_ptr_array_add (order->clocks, clock);
}

/* P3: the hour counts from the crew's acceptance, at the latest from the margin after the desk's. */
static void
begin_earlier (WdClock *clock, gint64 started_at)
{
  if (clock == NULL || clock->started_at <= started_at)
    return;
  clock->due_at -= clock->started_at - started_at;
  clock->started_at = started_at;
}

static void
start_clocks (WdOrder *order, const WdPolicy *policy, const WdStep *step)
{
  for (guint i = 0; i < policy->rows->len; i++)
    {
      const WdPolicyRow *row = policy->rows->pdata[i];

      for (char **key = row->starts; *key != NULL; key++)
        {
          WdClock *running = wd_order_clock (order, row->rule);

          if (!wd_step_is (step, *key))
            continue;
          if (g_str_equal (*key, "assign:earlier"))
            begin_earlier (running, step->at);
          else if (running == NULL && applies_to (row, order))
            start_clock (order, policy, row, step, *key);
        }
    }
}

/* What hangs on the category begins to count now where its time has come and it has not run before: a rule of
 * the place while someone of the unit that has it now has yet to arrive, and no time is agreed; any other until
 * the unit is done. */
static gboolean
begins_with_category (WdOrder *order, const WdPolicyRow *row)
{
  const WdClock *last = find_last (order, row->rule);
  gboolean       ran = last != NULL && g_strcmp0 (last->because->stopped, "classify") != 0;

  if (row->site)
    return order->state == WD_STATE_ACCEPTED && wd_order_clock (order, "appointment") == NULL &&
           (!ran || last->stopped_at <= accepted_at (order));
  return row->categories[0] != NULL && !ran && order->state != WD_STATE_FINISHED;
}

void
wd_clocks_refit (WdOrder *order, const WdPolicy *policy, const WdStep *step)
{
  for (guint i = 0; i < policy->rows->len; i++)
    {
      const WdPolicyRow *row = policy->rows->pdata[i];
      WdClock           *running = wd_order_clock (order, row->rule);

      if (running != NULL && !applies_to (row, order))
        {
          running->stopped_at = step->entered_at;
          running->because->stopped = g_strdup (step->verb);
        }
      else if (running == NULL && applies_to (row, order) && begins_with_category (order, row))
        start_clock (order, policy, row, step, step->verb);
    }
}

static void
pass_duties (WdOrder *order, const WdPolicy *policy)
{
  for (guint i = 0; i < order->clocks->len; i++)
    {
      WdClock           *clock = order->clocks->pdata[i];
      const WdPolicyRow *row = wd_policy_find (policy, clock->rule);
      const char        *unit;

      if (clock->stopped_at != 0 || row == NULL || row->centre || ends_at_return (clock->because->stops))
        continue;
      unit = duty_of (order, FALSE, clock->because->stops);
      if (g_strcmp0 (unit, clock->unit) == 0)
        continue;
      g_free (clock->unit);
      clock->unit = g_strdup (unit);
    }
}

/* Stable: clocks of one start stay in the order of the policy's rows. */
static void
sort_clocks (GPtrArray *clocks)
{
  for (guint i = 1; i < clocks->len; i++)
    {
      WdClock *clock = clocks->pdata[i];
      guint    j = i;

      for (; j > 0 && ((WdClock *)clocks->pdata[j - 1])->started_at > clock->started_at; j--)
        clocks->pdata[j] = clocks->pdata[j - 1];
      clocks->pdata[j] = clock;
    }
}

void
wd_clocks_start (WdOrder *order, const WdPolicy *policy, const WdStep *step)
{
  if (!step->ends)
    start_clocks (order, policy, step);
  pass_duties (order, policy);
  sort_clocks (order->clocks);
}

void
wd_clocks_set_limits (WdOrder *order, GVariant *given, gint64 now)
{
  GVariantIter iter;
  const char  *rule;
  gint64       limit;

  g_variant_iter_init (&iter, given);
  while (g_variant_iter_next (&iter, "{&sx}", &rule, &limit))
    {
      WdClock *clock = wd_order_clock (order, rule);

      if (clock == NULL)
        continue;
      clock->due_at = clock->started_at + limit;
      if (clock->due_at >= now)
        clock->breached = FALSE;
    }
}

void
wd_clocks_mark (WdOrder *order, const char *rule, gboolean breached)
{
  WdClock *clock = wd_order_clock (order, rule);

  if (clock != NULL)
    clock->breached = breached;
}

void
wd_clocks_resume (WdOrder *order)
{
  for (guint i = 0; i < order->clocks->len; i++)
    {
      WdClock *clock = order->clocks->pdata[i];

      if (g_strcmp0 (clock->because->stopped, "link") != 0)
        continue;
      clock->stopped_at = 0;
      g_clear_pointer (&clock->because->stopped, g_free);
    }
}
