/* wd-decide-area.c — what a command about areas adds, and the events of others that come with it
 *
 * An event changes one object.  A command that concerns more (a link, a call, the outage
 * that a confirmed area makes) gives an event for each; its own object's comes last.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-check.h"

#include "wd-outage.h"
#include "wd-step.h"

static void
add_text (GVariantBuilder *members, const char *name, const char *text)
{
  if (text != NULL)
    wd_members_add (members, name, g_variant_new_string (text));
}

/* Who is inside, as it is counted now. */
static void
add_affected (const WdCase *c, GVariantBuilder *members)
{
  const char      *area = wd_members_text (c->command->members, "area");
  g_autofree char *affected = area != NULL && c->world->affected != NULL ? c->world->affected (c->world->data, area) : NULL;

  add_text (members, "affected", affected);
}

/* Of those who may arrive the one that is not called; who is called counts for no other besides. */
static gboolean
comes_for_centre (const WdCase *c)
{
  return !g_strv_contains ((const char *const *)((const WdQuality *)c->record)->units, wd_case_attending (c));
}

static const WdUnit *
unit_of (const WdCase *c, const char *code)
{
  return code != NULL ? c->world->find (c->world->data, WD_OBJECT_UNIT, code) : NULL;
}

/* R69: nobody arrives jointly alone.  The quality centre comes to each case of itself, so it is not called besides; where no
 * supply company is named, the one whose territory it is comes. */
static void
add_units (const WdCase *c, GVariantBuilder *members)
{
  g_auto (GStrv)           named = wd_members_dup_texts (c->command->members, "units");
  WdPoint                  point = wd_members_point (c->command->members, "point");
  g_auto (GStrv)           there = c->world->districts (c->world->data, &point);
  g_autoptr (GStrvBuilder) called = g_strv_builder_new ();
  g_auto (GStrv)           codes = NULL;
  gboolean                 supply = FALSE;

  for (char **code = named; *code != NULL; code++)
    {
      WdUnitKind kind = unit_of (c, *code)->kind;

      supply = supply || kind == WD_UNIT_KIND_SUPPLY;
      if (kind != WD_UNIT_KIND_QUALITY && !g_strv_contains ((const char *const *)code + 1, *code))
        g_strv_builder_add (called, *code);
    }
  for (char **code = there; !supply && code != NULL && *code != NULL; code++)
    if (unit_of (c, *code)->kind == WD_UNIT_KIND_SUPPLY)
      {
        g_strv_builder_add (called, *code);
        supply = TRUE;
      }
  codes = g_strv_builder_end (called);
  wd_members_add (members, "units", g_variant_new_strv ((const char *const *)codes, -1));
}

char *
wd_case_dup_outage (const WdCase *c)
{
  const WdQuality *quality = c->record;
  const WdOutage  *standing = quality->outage != NULL ? c->world->find (c->world->data, WD_OBJECT_OUTAGE, quality->outage) : NULL;

  if (standing != NULL && wd_outage_is_open (standing))
    return g_strdup (standing->id);
  return wd_uuid_v5 (c->command->id, "outage", 1);
}

void
wd_case_add_members (const WdCase *c, GVariantBuilder *members)
{
  switch ((int)c->command->verb)
    {
    case WD_VERB_DECLARE_OUTAGE:
      wd_members_add (members, "policy", g_variant_new_int64 (c->policy->version));
      add_text (members, "unit", c->actor->unit);
      add_affected (c, members);
      break;
    case WD_VERB_REVISE_OUTAGE:
      add_affected (c, members);
      break;
    case WD_VERB_REPORT_QUALITY:
      wd_members_add (members, "policy", g_variant_new_int64 (c->policy->version));
      add_units (c, members);
      break;
    case WD_VERB_ATTEND_QUALITY:
      add_text (members, "unit", wd_case_attending (c));
      wd_members_add (members, "centre", g_variant_new_boolean (comes_for_centre (c)));
      break;
    case WD_VERB_CONCLUDE_QUALITY:
      {
        g_autofree char *outage = wd_case_dup_outage (c);

        add_text (members, "outage", outage);
        break;
      }
    case WD_VERB_LINK:
    case WD_VERB_ATTACH_CALL:
      {
        WdObjectKind kind;

        wd_case_find_target (c, wd_members_text (c->command->members, "to"), &kind);
        add_text (members, "kind", wd_enum_nick (WD_TYPE_OBJECT_KIND, kind));
        break;
      }
    default:
      break;
    }
}

/* ---- the events of others ---- */

/* @since: when what it happens to became what it is: it is never earlier */
static void
add_event (const WdCase *c, GPtrArray *events, WdVerb verb, WdObjectKind kind, const char *object, gint64 since, GVariantBuilder *members)
{
  WdEvent             *event = wd_event_new (verb, kind, object, MAX (c->at, since), c->now);
  g_autoptr (GVariant) given = g_variant_ref_sink (g_variant_builder_end (members));

  event->by = g_strdup (c->actor->id);
  event->by_unit = g_strdup (c->actor->unit);
  wd_event_set_members (event, wd_verb_info (verb), given);
  g_ptr_array_add (events, event);
}

static gboolean
is_linked (const WdOrder *order, const char *to)
{
  for (guint i = 0; i < order->links->len; i++)
    if (g_strcmp0 (((const WdLink *)order->links->pdata[i])->id, to) == 0)
      return TRUE;
  return FALSE;
}

/* The orders that a new outage or case names hang on it from then on. */
static void
link_orders (const WdCase *c, GPtrArray *events, const char *to, WdObjectKind kind)
{
  g_auto (GStrv) ids = wd_members_dup_texts (c->command->members, "orders");

  for (char **id = ids; *id != NULL; id++)
    {
      const WdOrder  *order = c->world->find (c->world->data, WD_OBJECT_ORDER, *id);
      GVariantBuilder members;

      if (is_linked (order, to) || g_strv_contains ((const char *const *)id + 1, *id))
        continue;
      g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
      add_text (&members, "to", to);
      add_text (&members, "kind", wd_enum_nick (WD_TYPE_OBJECT_KIND, kind));
      add_event (c, events, WD_VERB_LINK, WD_OBJECT_ORDER, *id, order->last_at, &members);
    }
}

/* A quality case lists its orders. */
static void
tell_case (const WdCase *c, GPtrArray *events)
{
  const char     *to = wd_members_text (c->command->members, "to");
  GVariantBuilder members;

  if (c->world->find (c->world->data, WD_OBJECT_QUALITY, to) == NULL)
    return;
  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  add_text (&members, "to", to);
  add_text (&members, "linked", c->command->object);
  add_event (c, events, c->command->verb, WD_OBJECT_QUALITY, to, 0, &members);
}

/* P28: each call counts, on what it is about. */
static void
count_call (const WdCase *c, GPtrArray *events)
{
  const char     *to = wd_members_text (c->command->members, "to");
  WdObjectKind    kind;
  GVariantBuilder members;

  wd_case_find_target (c, to, &kind);
  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  add_text (&members, "to", to);
  add_text (&members, "channel", wd_members_text (c->command->members, "channel"));
  add_text (&members, "call", c->command->id);
  add_event (c, events, WD_VERB_ATTACH_CALL, kind, to, 0, &members);
}

/* The supply company that closes the valves. */
static const char *
supplier_of (const WdCase *c, const WdQuality *quality)
{
  for (char **code = quality->units; *code != NULL; code++)
    {
      const WdUnit *unit = c->world->find (c->world->data, WD_OBJECT_UNIT, *code);

      if (unit != NULL && unit->kind == WD_UNIT_KIND_SUPPLY)
        return *code;
    }
  return NULL;
}

/* R72: the area is determined, so the water there is off. */
static void
make_outage (const WdCase *c, GPtrArray *events)
{
  const WdQuality *quality = c->record;
  g_autofree char *id = wd_case_dup_outage (c);
  gboolean         standing = g_strcmp0 (id, quality->outage) == 0;
  const WdOutage  *outage = standing ? c->world->find (c->world->data, WD_OBJECT_OUTAGE, id) : NULL;
  GVariantBuilder  members;

  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  add_text (&members, "area", wd_members_text (c->command->members, "area"));
  add_affected (c, &members);
  add_text (&members, "reason", wd_members_text (c->command->members, "cause"));
  if (standing)
    add_text (&members, "because", wd_members_text (c->command->members, "cause"));
  else
    {
      wd_members_add (&members, "policy", g_variant_new_int64 (c->policy->version));
      add_text (&members, "nature", "emergency");
      add_text (&members, "effect", "none");
      wd_members_add (&members, "starts", g_variant_new_int64 (c->at));
      add_text (&members, "quality", quality->id);
      add_text (&members, "unit", supplier_of (c, quality));
    }
  add_event (c, events, standing ? WD_VERB_REVISE_OUTAGE : WD_VERB_DECLARE_OUTAGE, WD_OBJECT_OUTAGE, id, outage != NULL ? outage->last_at : 0, &members);
}

void
wd_case_add_events (const WdCase *c, GPtrArray *events)
{
  switch ((int)c->command->verb)
    {
    case WD_VERB_DECLARE_OUTAGE:
    case WD_VERB_REVISE_OUTAGE:
      link_orders (c, events, c->record != NULL ? c->command->object : c->command->id, WD_OBJECT_OUTAGE);
      break;
    case WD_VERB_REPORT_QUALITY:
      link_orders (c, events, c->command->id, WD_OBJECT_QUALITY);
      break;
    case WD_VERB_CONCLUDE_QUALITY:
      make_outage (c, events);
      break;
    case WD_VERB_LINK:
    case WD_VERB_UNLINK:
      tell_case (c, events);
      break;
    case WD_VERB_ATTACH_CALL:
      count_call (c, events);
      break;
    default:
      break;
    }
}

/* ---- what falls due by itself ---- */

static WdEvent *
own_event (WdVerb verb, WdObjectKind kind, const char *id, const char *rule, gint64 at, gint64 now)
{
  WdEvent        *event = wd_event_new (verb, kind, id, at, now);
  GVariantBuilder members;

  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  add_text (&members, "rule", rule);
  {
    g_autoptr (GVariant) given = g_variant_ref_sink (g_variant_builder_end (&members));

    wd_event_set_members (event, wd_verb_info (verb), given);
  }
  return event;
}

static gboolean
runs_out (const WdClock *clock)
{
  return clock->stopped_at == 0 && clock->due_at != 0 && !clock->breached;
}

/* All clocks of an outage end when it is over, and when another time is told. */
static gboolean
stops_clocks (const WdEvent *event)
{
  return event->verb == WD_VERB_RESTORE_OUTAGE || event->verb == WD_VERB_CANCEL_OUTAGE ||
         (event->verb == WD_VERB_REVISE_OUTAGE && wd_members_has (event->data, "expected"));
}

GPtrArray *
wd_decide_outage_due (const WdOutage *outage, const WdEvent *own, gint64 now)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_event_free);
  gboolean   stops = own != NULL && stops_clocks (own);

  if (outage->state == WD_OUTAGE_ANNOUNCED && outage->starts <= now)
    g_ptr_array_add (events, own_event (WD_VERB_BEGUN, WD_OBJECT_OUTAGE, outage->id, NULL, outage->starts, now));
  for (guint i = 0; i < outage->clocks->len; i++)
    {
      const WdClock *clock = outage->clocks->pdata[i];
      gboolean       in_time = stops && clock->stopped_at == 0 && wd_event_counted_at (own) <= clock->due_at;

      if (in_time && clock->breached)
        g_ptr_array_add (events, own_event (WD_VERB_LIFTED, WD_OBJECT_OUTAGE, outage->id, clock->rule, now, now));
      else if (!in_time && runs_out (clock) && clock->due_at < now)
        g_ptr_array_add (events, own_event (WD_VERB_BREACHED, WD_OBJECT_OUTAGE, outage->id, clock->rule, clock->due_at, now));
    }
  return events;
}

static gint64
outage_next_due (const WdOutage *outage)
{
  gint64 next = outage->state == WD_OUTAGE_ANNOUNCED ? outage->starts : 0;

  for (guint i = 0; i < outage->clocks->len; i++)
    {
      const WdClock *clock = outage->clocks->pdata[i];

      if (runs_out (clock) && (next == 0 || clock->due_at < next))
        next = clock->due_at;
    }
  return next;
}

GPtrArray *
wd_decide_object_due (WdObjectKind kind, gconstpointer record, gint64 now)
{
  if (kind == WD_OBJECT_ORDER)
    return wd_decide_due (record, now);
  if (kind == WD_OBJECT_OUTAGE)
    return wd_decide_outage_due (record, NULL, now);
  return g_ptr_array_new_with_free_func ((GDestroyNotify)wd_event_free);
}

gint64
wd_object_next_due (WdObjectKind kind, gconstpointer record)
{
  if (kind == WD_OBJECT_ORDER)
    return wd_order_next_due (record);
  return kind == WD_OBJECT_OUTAGE ? outage_next_due (record) : 0;
}

/* When what closed was closed; 0 while it is open.  A call is over when it was made. */
gint64
wd_object_closed_at (WdObjectKind kind, gconstpointer record)
{
  if (kind == WD_OBJECT_ORDER && !wd_order_is_open (record))
    return ((const WdOrder *)record)->closed_at != 0 ? ((const WdOrder *)record)->closed_at : ((const WdOrder *)record)->last_at;
  if (kind == WD_OBJECT_OUTAGE)
    return ((const WdOutage *)record)->ended_at;
  return kind == WD_OBJECT_CALL ? ((const WdCall *)record)->at : 0;
}
