/* wd-order.c — the field tables of an order, and what can be asked of one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order.h"

#include <string.h>

/* clang-format off */
static const WdField caller_fields[] = {
  WD_TEXT (WdCaller, name,  WD_FIELD_PLAIN),
  WD_TEXT (WdCaller, phone, WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdCaller, wd_caller, "caller", caller_fields)

static const WdField because_fields[] = {
  WD_TEXT  (WdBecause, started, WD_FIELD_PLAIN),
  WD_TEXTS (WdBecause, stops,   WD_FIELD_PLAIN),
  WD_TEXT  (WdBecause, stopped, WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdBecause, wd_because, "because", because_fields)

static const WdField clock_fields[] = {
  WD_TEXT   (WdClock, rule,       WD_FIELD_PLAIN),
  WD_TEXT   (WdClock, clause,     WD_FIELD_PLAIN),
  WD_TEXT   (WdClock, unit,       WD_FIELD_PLAIN),
  WD_TIME   (WdClock, started_at, WD_FIELD_PLAIN),
  WD_TIME   (WdClock, due_at,     WD_FIELD_PLAIN),
  WD_TIME   (WdClock, stopped_at, WD_FIELD_PLAIN),
  WD_BOOL   (WdClock, breached,   WD_FIELD_PLAIN),
  WD_BOOL   (WdClock, soft,       WD_FIELD_PLAIN),
  WD_BOOL   (WdClock, window,     WD_FIELD_PLAIN),
  WD_RECORD (WdClock, because,    WdBecause, wd_because_type, WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdClock, wd_clock, "clock", clock_fields)

static const WdField returned_fields[] = {
  WD_TEXT (WdReturned, by, WD_FIELD_PLAIN),
  WD_FIELD_NAMED ("class", WdReturned, class_, WdReturnClass, WD_FIELD_ENUM, WD_FIELD_PLAIN, wd_return_class_get_type, NULL),
  WD_TEXT (WdReturned, reason,         WD_FIELD_PLAIN),
  WD_TEXT (WdReturned, suggested_unit, WD_FIELD_PLAIN),
  WD_TIME (WdReturned, at,             WD_FIELD_PLAIN),
  WD_BOOL (WdReturned, late,           WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdReturned, wd_returned, "returned", returned_fields)

static const WdField ruling_fields[] = {
  WD_BOOL (WdRuling, granted,  WD_FIELD_PLAIN),
  WD_TEXT (WdRuling, reason,   WD_FIELD_PLAIN),
  WD_TEXT (WdRuling, unit,     WD_FIELD_PLAIN),
  WD_TEXT (WdRuling, returner, WD_FIELD_PLAIN),
  WD_TIME (WdRuling, at,       WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdRuling, wd_ruling, "ruling", ruling_fields)

static const WdField visit_fields[] = {
  WD_ENUM (WdVisit, outcome,     WdVisitOutcome, wd_visit_outcome_get_type, WD_FIELD_PLAIN),
  WD_ENUM (WdVisit, cause,       WdCause, wd_cause_get_type, WD_FIELD_PLAIN),
  WD_BOOL (WdVisit, perfunctory, WD_FIELD_PLAIN),
  WD_TEXT (WdVisit, text,        WD_FIELD_PLAIN),
  WD_TIME (WdVisit, at,          WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdVisit, wd_visit, "visit", visit_fields)

static const WdField delivery_fields[] = {
  WD_TIME (WdDelivery, sent,      WD_FIELD_PLAIN),
  WD_TIME (WdDelivery, delivered, WD_FIELD_PLAIN),
  WD_TIME (WdDelivery, shown,     WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdDelivery, wd_delivery, "delivery", delivery_fields)

static const WdField link_fields[] = {
  WD_ENUM (WdLink, kind, WdObjectKind, wd_object_kind_get_type, WD_FIELD_PLAIN),
  WD_TEXT (WdLink, id,   WD_FIELD_PLAIN),
  { NULL }
};
WD_DEFINE_RECORD (WdLink, wd_link, "link", link_fields)

static const WdField order_fields[] = {
  WD_TEXT    (WdOrder, id,           WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, number,       WD_FIELD_PLAIN),
  WD_ENUM    (WdOrder, channel,      WdChannel, wd_channel_get_type, WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, reference,    WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, category,     WD_FIELD_PLAIN),
  WD_ENUM    (WdOrder, nature,       WdNature, wd_nature_get_type, WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, text,         WD_FIELD_PLAIN),
  WD_RECORD  (WdOrder, caller,       WdCaller, wd_caller_type, WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, account,      WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, address,      WD_FIELD_PLAIN),
  WD_POINT   (WdOrder, point,        WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, district,     WD_FIELD_PLAIN),
  WD_ENUM    (WdOrder, state,        WdOrderState, wd_order_state_get_type, WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, unit,         WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, lead,         WD_FIELD_PLAIN),
  WD_TEXTS   (WdOrder, helpers,      WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, crew,         WD_FIELD_PLAIN),
  WD_TIME    (WdOrder, received_at,  WD_FIELD_PLAIN),
  WD_TIME    (WdOrder, due,          WD_FIELD_PLAIN),
  WD_LIMITS  (WdOrder, limits,       WD_FIELD_PLAIN),
  WD_TEXTS   (WdOrder, points,       WD_FIELD_PLAIN),
  WD_BOOL    (WdOrder, supervised,   WD_FIELD_PLAIN),
  WD_INT     (WdOrder, rework,       WD_FIELD_PLAIN),
  WD_BOOL    (WdOrder, major,        WD_FIELD_PLAIN),
  WD_RECORD  (WdOrder, returned,     WdReturned, wd_returned_type, WD_FIELD_PLAIN),
  WD_RECORDS (WdOrder, rulings,      wd_ruling_type, WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, extension,    WD_FIELD_PLAIN),
  WD_TEXTS   (WdOrder, promises,     WD_FIELD_PLAIN),
  WD_RECORDS (WdOrder, visits,       wd_visit_type, WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, repair,       WD_FIELD_PLAIN),
  WD_TIME    (WdOrder, safe_at,      WD_FIELD_PLAIN),
  WD_TEXT    (WdOrder, result,       WD_FIELD_PLAIN),
  WD_TEXTS   (WdOrder, answers,      WD_FIELD_PLAIN),
  WD_TEXTS   (WdOrder, attachments,  WD_FIELD_PLAIN),
  WD_RECORD  (WdOrder, delivery,     WdDelivery, wd_delivery_type, WD_FIELD_PLAIN),
  WD_RECORDS (WdOrder, links,        wd_link_type, WD_FIELD_PLAIN),
  WD_INT     (WdOrder, calls,        WD_FIELD_PLAIN),
  WD_TEXTS   (WdOrder, recused,      WD_FIELD_PLAIN),
  WD_RECORDS (WdOrder, clocks,       wd_clock_type, WD_FIELD_PLAIN),
  WD_INT     (WdOrder, policy,       WD_FIELD_PLAIN),
  WD_INT     (WdOrder, version,      WD_FIELD_PLAIN),
  WD_BOOL    (WdOrder, needs_site,   WD_FIELD_INNER),
  WD_ENUM    (WdOrder, former_state, WdOrderState, wd_order_state_get_type, WD_FIELD_INNER),
  WD_TIME    (WdOrder, last_at,      WD_FIELD_INNER),
  WD_TIME    (WdOrder, closed_at,    WD_FIELD_INNER),
  { NULL }
};
WD_DEFINE_RECORD (WdOrder, wd_order, "order", order_fields)
/* clang-format on */

WdClock *
wd_order_clock (const WdOrder *order, const char *rule)
{
  for (guint i = order->clocks->len; i > 0; i--)
    {
      WdClock *clock = order->clocks->pdata[i - 1];

      if (clock->stopped_at == 0 && strcmp (clock->rule, rule) == 0)
        return clock;
    }
  return NULL;
}

gboolean
wd_order_is_open (const WdOrder *order)
{
  return order->state != WD_STATE_CLOSED && order->state != WD_STATE_MERGED;
}

gboolean
wd_order_is_in_hand (const WdOrder *order)
{
  return order->state == WD_STATE_ACCEPTED || order->state == WD_STATE_ON_SITE;
}

/* The family name stays, so that the desk can say “Mr. Zhang”; how long the
 * rest is stays hidden. */
char *
wd_mask_name (const char *name)
{
  if (name == NULL || *name == '\0')
    return NULL;
  return g_strdup_printf ("%.*s**", (int)(g_utf8_next_char (name) - name), name);
}

static void
append_kept (GString *masked, const GString *digits, gsize from, gsize count)
{
  g_string_append_len (masked, digits->str + from, (gssize)count);
}

/* An area code (3 or 4 digits, given with a dash) or the first three digits,
 * four stars, and the last four.  What is too short for that to hide at least
 * four digits keeps its last two at most, and never all. */
char *
wd_mask_phone (const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autoptr (GString) masked = g_string_new (NULL);
  gsize               head = 3;

  if (phone == NULL || *phone == '\0')
    return NULL;
  for (const char *p = phone; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (*p == '-' && digits->len == 4 && digits->str[0] == '0')
        head = 4;
    }
  if (digits->len >= head + 4 + 4)
    {
      append_kept (masked, digits, 0, head);
      g_string_append (masked, "****");
      append_kept (masked, digits, digits->len - 4, 4);
    }
  else
    {
      gsize kept = digits->len > 2 ? 2 : 0;

      g_string_append (masked, "****");
      append_kept (masked, digits, digits->len - kept, kept);
    }
  return g_string_free (g_steal_pointer (&masked), FALSE);
}
