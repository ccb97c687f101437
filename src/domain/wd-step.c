/* wd-step.c — what an event amounts to, in the words that a policy's rows use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-step.h"

/* Tries in a row since the last finish that reached nobody. */
static gint64
count_unreached (const WdOrder *order)
{
  gint64 count = 0;

  for (guint i = order->visits->len; i > 0; i--)
    {
      const WdVisit *visit = order->visits->pdata[i - 1];

      if (visit->outcome != WD_VISIT_UNREACHABLE || visit->perfunctory || visit->cause == WD_CAUSE_UNIT)
        break;
      count++;
    }
  return count;
}

/* R49-R51: the unit's fault, or a perfunctory reply whatever the caller says,
 * sends it back; a dissatisfied caller without the unit's fault does not (P15). */
static WdVisitResult
visit_result (const WdOrder *order, const WdEvent *event, const WdPolicy *policy)
{
  WdVisitOutcome outcome = wd_enum_value (WD_TYPE_VISIT_OUTCOME, wd_members_text (event->data, "outcome"));
  WdCause        cause = wd_enum_value (WD_TYPE_CAUSE, wd_members_text (event->data, "cause"));

  if (wd_members_bool (event->data, "perfunctory") || cause == WD_CAUSE_UNIT)
    return WD_VISIT_RESULT_REDO;
  if (outcome == WD_VISIT_UNREACHABLE && count_unreached (order) + 1 < policy->callback_attempts)
    return WD_VISIT_RESULT_AGAIN;
  return WD_VISIT_RESULT_CLOSED;
}

WdObjectKind
wd_step_link_kind (const WdEvent *event)
{
  return wd_enum_value (WD_TYPE_OBJECT_KIND, wd_members_text (event->data, "kind"));
}

gint64
wd_event_counted_at (const WdEvent *event)
{
  return event->by == NULL || wd_members_bool (event->data, "at_proved") ? event->at : event->entered_at;
}

void
wd_step_init (WdStep *step, const WdOrder *order, const WdEvent *event, const WdPolicy *policy)
{
  *step = (WdStep){ 0 };
  step->verb = wd_verb_info (event->verb)->name;
  step->entered_at = event->entered_at;
  step->by_server = event->by == NULL;
  step->by_unit = event->by_unit;
  step->imported = wd_members_bool (event->data, "imported");
  step->at = wd_event_counted_at (event);

  if (event->verb == WD_VERB_ACCEPT)
    step->qualified = "accept:margin";
  else if (event->verb == WD_VERB_ASSIGN)
    step->qualified = "assign:earlier";
  else if (event->verb == WD_VERB_ANSWER || (event->verb == WD_VERB_LINK && wd_step_link_kind (event) == WD_OBJECT_ORDER))
    step->ends = TRUE;
  else if (event->verb == WD_VERB_CONTACT)
    {
      step->agreed_at = wd_members_int (event->data, "agreed_at", 0);
      step->qualified = step->agreed_at != 0 ? "contact:agreed_at" : NULL;
    }
  else if (event->verb == WD_VERB_RULE_RETURN)
    {
      if (!wd_members_bool (event->data, "granted") || wd_members_text (event->data, "unit") != NULL)
        step->qualified = "rule-return:dispatch";
    }
  else if (event->verb == WD_VERB_VISIT)
    {
      step->visit = visit_result (order, event, policy);
      step->ends = step->visit == WD_VISIT_RESULT_CLOSED;
      if (step->visit != WD_VISIT_RESULT_AGAIN)
        step->qualified = step->ends ? "visit:closed" : "visit:redo";
    }
}

gboolean
wd_step_is (const WdStep *step, const char *key)
{
  return g_str_equal (key, step->verb) || g_strcmp0 (key, step->qualified) == 0;
}
