/* wd-apply-order.c — what becomes of an order by an event
 *
 * Never refuses: what may happen was settled by decide.  Members that were
 * erased by age leave nulls.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-apply-order.h"

#include "wd-clock.h"

/* Once through each half: looking each member up would go through it each time. */
static void
take_half (const WdRecordType *type, gpointer record, GVariant *half)
{
  GVariantIter iter;
  const char  *name;
  GVariant    *value;

  g_variant_iter_init (&iter, half);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      wd_record_set_variant (type, record, name, value);
      g_variant_unref (value);
    }
}

void
wd_record_take_members (const WdRecordType *type, gpointer record, const WdEvent *event)
{
  take_half (type, record, event->data);
  if (event->sealed != NULL)
    take_half (type, record, event->sealed);
}

static void
set_text (char **field, const char *text)
{
  char *copy = g_strdup (text); /* @text may be the field itself */

  g_free (*field);
  *field = copy;
}

static void
set_returned (WdOrder *order, WdReturned *returned)
{
  wd_returned_free (order->returned);
  order->returned = returned;
}

/* P1: sent is the server's time; a new desk has been told of nothing yet. */
static void
send_to (WdOrder *order, const char *unit, const WdStep *step)
{
  set_text (&order->unit, unit);
  set_text (&order->crew, NULL);
  wd_delivery_free (order->delivery);
  order->delivery = wd_delivery_new ();
  order->delivery->sent = step->entered_at;
  order->state = WD_STATE_DISPATCHED;
  set_returned (order, NULL);
}

/* The lead stays (P8): it passes on at the next acceptance. */
static void
take_back (WdOrder *order)
{
  set_text (&order->unit, NULL);
  set_text (&order->crew, NULL);
  g_clear_pointer (&order->delivery, wd_delivery_free);
  order->state = WD_STATE_RECEIVED;
}

void
wd_caller_mask (WdCaller **caller)
{
  char *name, *phone;

  if (*caller == NULL)
    return;
  name = wd_mask_name ((*caller)->name);
  phone = wd_mask_phone ((*caller)->phone);
  g_clear_pointer (caller, wd_caller_free);
  if (name == NULL && phone == NULL)
    return;
  *caller = wd_caller_new ();
  (*caller)->name = name;
  (*caller)->phone = phone;
}

static WdOrder *
receive (const WdEvent *event)
{
  WdOrder *order = wd_order_new ();

  wd_record_take_members (&wd_order_type, order, event);
  wd_caller_mask (&order->caller);
  order->id = g_strdup (event->object);
  order->state = WD_STATE_RECEIVED;
  order->received_at = event->at;
  order->rework = 0;
  order->calls = 1;
  order->version = 0;
  return order;
}

static void
note_receipt (WdOrder *order, const WdEvent *event, const WdStep *step)
{
  WdReceipt what = wd_enum_value (WD_TYPE_RECEIPT, wd_members_text (event->data, "what"));

  if (order->delivery->delivered == 0)
    order->delivery->delivered = step->at; /* what is shown was delivered */
  if (what == WD_RECEIPT_SHOWN && order->delivery->shown == 0)
    order->delivery->shown = step->at;
}

/* Before acceptance no window runs yet: such a return is in time. */
static void
give_back (WdOrder *order, const WdEvent *event, const WdStep *step)
{
  const WdClock *window = wd_order_clock (order, "return");
  WdReturned    *returned = wd_returned_new ();

  returned->by = g_strdup (order->unit);
  returned->class_ = wd_enum_value (WD_TYPE_RETURN_CLASS, wd_members_text (event->data, "class"));
  returned->reason = g_strdup (wd_event_text (event, "reason"));
  returned->suggested_unit = g_strdup (wd_members_text (event->data, "suggested_unit"));
  returned->at = event->at;
  returned->late = window != NULL && window->due_at != 0 && step->at > window->due_at;
  take_back (order);
  set_returned (order, returned);
}

static void
rule_on_return (WdOrder *order, const WdEvent *event, const WdStep *step)
{
  WdRuling *ruling = wd_ruling_new ();

  ruling->granted = wd_members_bool (event->data, "granted");
  ruling->reason = g_strdup (wd_event_text (event, "reason"));
  ruling->returner = g_strdup (order->returned->by);
  ruling->unit = g_strdup (ruling->granted ? wd_members_text (event->data, "unit") : ruling->returner);
  ruling->at = event->at;
  g_ptr_array_add (order->rulings, ruling);
  if (ruling->unit != NULL)
    send_to (order, ruling->unit, step);
  else
    set_returned (order, NULL);
}

static void
finish (WdOrder *order, const WdEvent *event)
{
  wd_record_take_members (&wd_order_type, order, event);
  order->state = WD_STATE_FINISHED;
}

static void
visit (WdOrder *order, const WdEvent *event, const WdStep *step)
{
  WdVisit *visited = wd_visit_new ();

  wd_record_take_members (&wd_visit_type, visited, event);
  visited->at = event->at;
  g_ptr_array_add (order->visits, visited);
  switch (step->visit)
    {
    case WD_VISIT_RESULT_CLOSED:
      order->state = WD_STATE_CLOSED;
      break;
    case WD_VISIT_RESULT_REDO: /* R51: upgraded and sent back as one step */
      send_to (order, order->lead, step);
      order->supervised = TRUE;
      order->rework++;
      break;
    case WD_VISIT_RESULT_AGAIN:
    default:
      break;
    }
}

/* P28: each call counts.  The target's `calls` stays all the same, since an event
 * changes one object: who counts adds those of the orders merged into it. */
static void
add_link (WdOrder *order, const WdEvent *event)
{
  WdLink *link = wd_link_new ();

  link->kind = wd_step_link_kind (event);
  link->id = g_strdup (wd_members_text (event->data, "to"));
  g_ptr_array_add (order->links, link);
  if (link->kind != WD_OBJECT_ORDER)
    return;
  order->former_state = order->state;
  order->state = WD_STATE_MERGED;
}

static void
drop_link (WdOrder *order, const WdEvent *event)
{
  const char *to = wd_members_text (event->data, "to");
  gboolean    merged = FALSE;

  for (guint i = 0; i < order->links->len; i++)
    {
      WdLink *link = order->links->pdata[i];

      if (g_strcmp0 (link->id, to) != 0)
        continue;
      merged |= link->kind == WD_OBJECT_ORDER;
      g_ptr_array_remove_index (order->links, i--);
    }
  if (!merged)
    return;
  order->state = order->former_state;
  order->former_state = WD_STATE_NONE;
  wd_clocks_resume (order);
}

static void
change (WdOrder *order, const WdEvent *event, const WdStep *step)
{
  switch ((int)event->verb)
    {
    case WD_VERB_CLASSIFY:
      wd_record_take_members (&wd_order_type, order, event);
      break;
    case WD_VERB_ANSWER:
      set_text (&order->result, wd_event_text (event, "text"));
      set_returned (order, NULL);
      order->state = WD_STATE_CLOSED;
      break;
    case WD_VERB_DISPATCH:
      send_to (order, wd_members_text (event->data, "unit"), step);
      break;
    case WD_VERB_RECALL:
      take_back (order);
      break;
    case WD_VERB_RECEIPT:
      note_receipt (order, event, step);
      break;
    case WD_VERB_ACCEPT:
      set_text (&order->lead, order->unit);
      order->state = WD_STATE_ACCEPTED;
      break;
    case WD_VERB_ASSIGN:
      set_text (&order->crew, wd_members_text (event->data, "crew"));
      break;
    case WD_VERB_RETURN:
      give_back (order, event, step);
      break;
    case WD_VERB_RULE_RETURN:
      rule_on_return (order, event, step);
      break;
    case WD_VERB_ARRIVE:
      order->state = WD_STATE_ON_SITE;
      break;
    case WD_VERB_FINISH:
      finish (order, event);
      break;
    case WD_VERB_VISIT:
      visit (order, event, step);
      break;
    case WD_VERB_LINK:
      add_link (order, event);
      break;
    case WD_VERB_UNLINK:
      drop_link (order, event);
      break;
    case WD_VERB_ATTACH_CALL:
      order->calls++;
      break;
    case WD_VERB_BREACHED:
    case WD_VERB_LIFTED:
      wd_clocks_mark (order, wd_members_text (event->data, "rule"), event->verb == WD_VERB_BREACHED);
      break;
    default: /* contact moves clocks only; a note and a look leave no trace but the event */
      break;
    }
}

/* R28: what is written holds for what runs on and for what starts, not for what
 * just ended, by this event's new category neither. */
static void
fit_clocks (WdOrder *order, const WdEvent *event, const WdPolicy *policy, const WdStep *step)
{
  g_autoptr (GVariant) limits = g_variant_lookup_value (event->data, "limits", G_VARIANT_TYPE ("a{sx}"));

  if (limits != NULL)
    wd_record_set_variant (&wd_order_type, order, "limits", limits);
  if (event->verb == WD_VERB_CLASSIFY && wd_members_has (event->data, "category"))
    wd_clocks_refit (order, policy, step);
  if (limits != NULL)
    wd_clocks_set_limits (order, limits, event->entered_at);
}

/* `at` is never before the state that it follows (api §4).  What does not move
 * the work on does not count, so that a note of the centre never spoils an acceptance entered late. */
static gboolean
moves_on (const WdVerbInfo *info)
{
  return !(info->flags & WD_VERB_QUIET) && info->verb != WD_VERB_NOTE && info->verb != WD_VERB_CLASSIFY && info->verb != WD_VERB_ATTACH_CALL;
}

WdOrder *
wd_order_apply (WdOrder *order, const WdEvent *event, const WdPolicy *policy)
{
  const WdVerbInfo *info = wd_verb_info (event->verb);
  WdStep            step;

  wd_step_init (&step, order, event, policy);
  if (order == NULL)
    order = receive (event);
  else
    change (order, event, &step);
  wd_clocks_stop (order, &step);
  fit_clocks (order, event, policy, &step);
  wd_clocks_start (order, policy, &step);
  if (order->state == WD_STATE_CLOSED && order->closed_at == 0)
    order->closed_at = step.at;
  if (moves_on (info))
    order->last_at = event->at;
  if (!(info->flags & WD_VERB_QUIET))
    order->version++;
  return order;
}
