/* wd-apply-area.c — what becomes of an outage, a quality case or a call by an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-apply-order.h"

#include "wd-outage.h"
#include "wd-step.h"

/* ---- clocks of an outage ---- */

static void
add_clock (WdOutage *outage, const WdPolicyRow *row, const WdEvent *event, gint64 started_at, gint64 due_at, gint64 stopped_at)
{
  WdClock *clock = wd_clock_new ();

  clock->rule = g_strdup (row->rule);
  clock->clause = g_strdup (row->clause);
  clock->unit = g_strdup (outage->unit);
  clock->started_at = started_at;
  clock->due_at = due_at;
  clock->stopped_at = stopped_at;
  clock->breached = stopped_at > due_at;
  clock->soft = row->soft;
  clock->because = wd_because_new ();
  clock->because->started = g_strdup (wd_verb_info (event->verb)->name);
  clock->because->stopped = stopped_at != 0 ? g_strdup (wd_verb_info (event->verb)->name) : NULL;
  g_strfreev (clock->because->stops);
  clock->because->stops = g_strdupv (row->stops);
  g_ptr_array_add (outage->clocks, clock);
}

static void
stop_clocks (GPtrArray *clocks, const WdEvent *event)
{
  for (guint i = 0; i < clocks->len; i++)
    {
      WdClock *clock = clocks->pdata[i];

      if (clock->stopped_at != 0)
        continue;
      clock->stopped_at = MAX (wd_event_counted_at (event), clock->started_at);
      clock->because->stopped = g_strdup (wd_verb_info (event->verb)->name);
    }
}

/* R61: counted back from the start, and stopped by the telling: late is taken, and marked (P24). */
static void
note_lead (WdOutage *outage, const WdOutage *before, const WdEvent *event, const WdPolicy *policy)
{
  const WdPolicyRow *row = wd_policy_find (policy, "outage-lead");
  gint64             told_at = wd_event_counted_at (event);
  gint64             due_at;

  if (!wd_outage_tells_start_anew (before, outage->nature, outage->starts, told_at))
    return;
  outage->late_notice = wd_outage_is_told_late (before, outage->nature, outage->starts, told_at, policy);
  if (row == NULL || outage->nature != WD_OUTAGE_PLANNED)
    return;
  due_at = outage->starts - row->limit;
  add_clock (outage, row, event, due_at - row->limit, due_at, MAX (told_at, due_at - row->limit));
}

/* R65: before the time that was told has passed, the water is back or another one is told. */
static void
expect (WdOutage *outage, const WdEvent *event, const WdPolicy *policy)
{
  const WdPolicyRow *row = wd_policy_find (policy, "outage-expected");

  stop_clocks (outage->clocks, event);
  if (row != NULL && outage->expected != 0)
    add_clock (outage, row, event, MIN (event->entered_at, outage->expected), outage->expected, 0);
}

static void
mark (GPtrArray *clocks, const WdEvent *event)
{
  const char *rule = wd_members_text (event->data, "rule");

  for (guint i = 0; i < clocks->len; i++)
    {
      WdClock *clock = clocks->pdata[i];

      if (clock->stopped_at == 0 && g_strcmp0 (clock->rule, rule) == 0)
        clock->breached = event->verb == WD_VERB_BREACHED;
    }
}

/* ---- outages ---- */

static WdOutage *
declare (const WdEvent *event)
{
  WdOutage *outage = wd_outage_new ();

  outage->id = g_strdup (event->object);
  outage->version = 0;
  outage->calls = 0;
  return outage;
}

static void
take (WdOutage *outage, const WdEvent *event, const WdPolicy *policy)
{
  gboolean       declared = event->verb == WD_VERB_DECLARE_OUTAGE;
  const WdOutage before = { .nature = outage->nature, .starts = outage->starts, .late_notice = outage->late_notice };

  wd_record_take_members (&wd_outage_type, outage, event);
  if (wd_members_has (event->data, "area") && !wd_members_has (event->data, "affected") && (event->sealed == NULL || !wd_members_has (event->sealed, "affected")))
    g_clear_pointer (&outage->affected, g_free);
  if (wd_outage_is_open (outage) || declared)
    outage->state = outage->starts > event->entered_at ? WD_OUTAGE_ANNOUNCED : WD_OUTAGE_ACTIVE;
  note_lead (outage, declared ? NULL : &before, event, policy);
  if (declared || wd_members_has (event->data, "expected"))
    expect (outage, event, policy);
}

static void
end (WdOutage *outage, const WdEvent *event, WdOutageState state)
{
  outage->state = state;
  outage->ended_at = event->at;
  if (state == WD_OUTAGE_RESTORED)
    outage->restored_at = event->at;
  stop_clocks (outage->clocks, event);
}

WdOutage *
wd_outage_apply (WdOutage *outage, const WdEvent *event, const WdPolicy *policy)
{
  gboolean quiet = (wd_verb_info (event->verb)->flags & WD_VERB_QUIET) != 0;

  if (outage == NULL)
    outage = declare (event);
  switch ((int)event->verb)
    {
    case WD_VERB_DECLARE_OUTAGE:
    case WD_VERB_REVISE_OUTAGE:
      take (outage, event, policy);
      break;
    case WD_VERB_RESTORE_OUTAGE:
      end (outage, event, WD_OUTAGE_RESTORED);
      break;
    case WD_VERB_CANCEL_OUTAGE:
      end (outage, event, WD_OUTAGE_CANCELLED);
      break;
    case WD_VERB_ATTACH_CALL:
      outage->calls++;
      break;
    case WD_VERB_BEGUN:
      outage->state = WD_OUTAGE_ACTIVE;
      break;
    case WD_VERB_BREACHED:
    case WD_VERB_LIFTED:
      mark (outage->clocks, event);
      break;
    default:
      break;
    }
  if (!quiet && event->verb != WD_VERB_ATTACH_CALL)
    outage->last_at = event->at;
  if (!quiet)
    outage->version++;
  return outage;
}

/* ---- quality cases ---- */

static void
attend (WdQuality *quality, const WdEvent *event)
{
  guint  there, total;
  gint64 centre_at;

  wd_limits_set (quality->attended, wd_members_text (event->data, "unit"), event->at);
  if (wd_members_bool (event->data, "centre") && quality->centre_at == 0)
    quality->centre_at = event->at;
  there = wd_quality_count_arrivals (quality, &total, &centre_at);
  if (quality->state == WD_QUALITY_REPORTED && there == total)
    quality->state = WD_QUALITY_ATTENDED;
}

static void
link_order (WdQuality *quality, const char *order, gboolean linked)
{
  g_autoptr (GStrvBuilder) orders = g_strv_builder_new ();

  for (char **id = quality->orders; *id != NULL; id++)
    if (g_strcmp0 (*id, order) != 0)
      g_strv_builder_add (orders, *id);
  if (linked)
    g_strv_builder_add (orders, order);
  g_strfreev (quality->orders);
  quality->orders = g_strv_builder_end (orders);
}

static WdQuality *
report (const WdEvent *event)
{
  WdQuality     *quality = wd_quality_new ();
  g_auto (GStrv) named = NULL;

  wd_record_take_members (&wd_quality_type, quality, event);
  named = g_strdupv (quality->orders);
  for (char **order = named; *order != NULL; order++) /* each once, however often it was named */
    link_order (quality, *order, TRUE);
  quality->id = g_strdup (event->object);
  quality->state = WD_QUALITY_REPORTED;
  quality->reported_at = event->at;
  quality->version = 0;
  quality->calls = 0;
  return quality;
}

WdQuality *
wd_quality_apply (WdQuality *quality, const WdEvent *event)
{
  if (quality == NULL)
    quality = report (event);
  switch ((int)event->verb)
    {
    case WD_VERB_ATTEND_QUALITY:
      attend (quality, event);
      break;
    case WD_VERB_DRAFT_QUALITY:
      g_free (quality->draft_area);
      quality->draft_area = g_strdup (wd_members_text (event->data, "area"));
      break;
    case WD_VERB_CONCLUDE_QUALITY:
      wd_record_take_members (&wd_quality_type, quality, event);
      g_clear_pointer (&quality->draft_area, g_free);
      quality->state = WD_QUALITY_CONFIRMED;
      break;
    case WD_VERB_LINK:
    case WD_VERB_UNLINK:
      link_order (quality, wd_members_text (event->data, "linked"), event->verb == WD_VERB_LINK);
      break;
    case WD_VERB_ATTACH_CALL:
      quality->calls++;
      break;
    default:
      break;
    }
  if (event->verb != WD_VERB_ATTACH_CALL && event->verb != WD_VERB_LINK && event->verb != WD_VERB_UNLINK)
    quality->last_at = MAX (quality->last_at, event->at);
  quality->version++;
  return quality;
}

/* ---- calls ---- */

WdCall *
wd_call_apply (WdCall *call, const WdEvent *event)
{
  g_return_val_if_fail (call == NULL, call);
  call = wd_call_new ();
  wd_record_take_members (&wd_call_type, call, event);
  wd_caller_mask (&call->caller);
  call->id = g_strdup (event->object);
  call->at = event->at;
  call->version = 1;
  return call;
}
