/* wd-decide.c — from a command to its events, or to a refusal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-decide.h"

#include "wd-check.h"
#include "wd-clock.h"
#include "wd-outage.h"

#include <math.h>

static gconstpointer
find (const WdCase *c, WdObjectKind kind, const char *key)
{
  return key != NULL ? c->world->find (c->world->data, kind, key) : NULL;
}

static gconstpointer
find_record (const WdCase *c)
{
  GVariant *members = c->command->members;

  switch ((int)c->command->verb)
    {
    case WD_VERB_RECEIVE:
    case WD_VERB_DECLARE_OUTAGE:
    case WD_VERB_REPORT_QUALITY:
    case WD_VERB_ATTACH_CALL:
      return NULL;
    case WD_VERB_TAKE_DUTY:
    case WD_VERB_LEAVE_DUTY:
      return find (c, WD_OBJECT_UNIT, c->actor->unit);
    case WD_VERB_PUT_UNIT:
      return find (c, WD_OBJECT_UNIT, wd_members_text (members, "code"));
    case WD_VERB_PUT_CREW:
      return find (c, WD_OBJECT_CREW, wd_members_text (members, "crew"));
    case WD_VERB_PUT_STAFF:
      return c->world->find_staff_named (c->world->data, wd_members_text (members, "name"));
    case WD_VERB_PUT_CATEGORY:
      return find (c, WD_OBJECT_CATEGORY, wd_members_text (members, "code"));
    default:
      return find (c, c->info->kind, c->command->object);
    }
}

static const WdPolicy *
find_policy (const WdCase *c)
{
  g_autofree char *version = NULL;

  if (c->info->kind == WD_OBJECT_ORDER && c->record != NULL)
    version = g_strdup_printf ("%" G_GINT64_FORMAT, ((const WdOrder *)c->record)->policy);
  else if (c->command->verb == WD_VERB_REVISE_OUTAGE && c->record != NULL)
    version = g_strdup_printf ("%" G_GINT64_FORMAT, ((const WdOutage *)c->record)->policy);
  return c->world->find (c->world->data, WD_OBJECT_POLICY, version);
}

static gboolean
is_about_areas (const WdCase *c)
{
  return c->info->kind == WD_OBJECT_OUTAGE || c->info->kind == WD_OBJECT_QUALITY || c->info->kind == WD_OBJECT_CALL;
}

/* What a reader may not see is answered as if it were not there. */
static gboolean
check_visible (const WdCase *c, GError **error)
{
  gboolean     aims = c->command->verb == WD_VERB_LINK || c->command->verb == WD_VERB_ATTACH_CALL;
  gboolean     creates = (c->info->flags & WD_VERB_CREATES) != 0;
  WdObjectKind kind;

  if (!wd_object_has_clocks (c->info->kind) && !aims)
    return TRUE;
  if ((creates || (c->record != NULL && wd_may_see (c->actor, c->info->kind, c->record))) &&
      (!aims || wd_case_find_target (c, wd_members_text (c->command->members, "to"), &kind) != NULL))
    return TRUE;
  g_set_error (error, WD_RULE_ERROR, WD_RULE_ERROR_NOT_FOUND, "there is no such %s", c->info->kind == WD_OBJECT_ORDER ? "order" : "thing");
  return FALSE;
}

static gboolean
check_permitted (const WdCase *c, GError **error)
{
  const WdOrder *order = c->info->kind == WD_OBJECT_ORDER ? c->record : NULL;

  if (is_about_areas (c) && wd_check_area_role (c))
    return TRUE;
  /* Duty is taken at the desk of one's own unit. */
  if (!is_about_areas (c) && wd_check_role (c->actor, c->info, order, c->command->members) && (c->info->who != WD_WHO_STAFFED || c->record != NULL))
    return TRUE;
  g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_FORBIDDEN, "not for people of this role or unit");
  return FALSE;
}

static gboolean
check_expect (const WdCase *c, GError **error)
{
  gint64 version = c->record != NULL ? wd_object_version (c->info->kind, c->record) : 0;

  if (c->command->expect == WD_INT_ABSENT || c->info->flags & WD_VERB_CREATES || c->command->expect == version)
    return TRUE;
  g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_CONFLICT, "someone else was first");
  return FALSE;
}

static gboolean
check_standing (const WdCase *c, GError **error)
{
  if (c->info->kind == WD_OBJECT_ORDER && c->record != NULL)
    return wd_check_state (c->info, c->record, error);
  if (is_about_areas (c))
    return wd_check_area_state (c, error);
  if (c->command->verb == WD_VERB_LEAVE_DUTY)
    {
      const WdDuty *duty = ((const WdUnit *)c->record)->duty;

      if (duty == NULL || g_strcmp0 (duty->user, c->actor->id) != 0)
        {
          g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_STATE, "someone else is on duty, or nobody");
          return FALSE;
        }
    }
  return TRUE;
}

/* Of 0.01 degree, named by its south-west corner. */
static char *
cell_of (const WdPoint *point)
{
  char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];

  /* A hair more, since 120.2 * 100 may come out below 12020. */
  g_ascii_formatd (lon, sizeof lon, "%.2f", floor (point->lon * 100 + 1e-9) / 100);
  g_ascii_formatd (lat, sizeof lat, "%.2f", floor (point->lat * 100 + 1e-9) / 100);
  return g_strdup_printf ("%s,%s", lon, lat);
}

static GVariant *
text_or_nothing (const char *text)
{
  return text != NULL ? g_variant_new_string (text) : g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL);
}

static void
add_place (const WdCase *c, GVariantBuilder *members)
{
  WdPoint          point = wd_members_point (c->command->members, "point");
  g_autofree char *district = NULL;
  g_autofree char *cell = NULL;

  if (!wd_members_has (c->command->members, "point"))
    return;
  if (wd_point_is_set (&point))
    {
      g_auto (GStrv) districts = c->world->districts (c->world->data, &point);

      district = districts != NULL ? g_strdup (districts[0]) : NULL;
      cell = cell_of (&point);
    }
  wd_members_add (members, "district", text_or_nothing (district));
  wd_members_add (members, "cell", text_or_nothing (cell));
}

/* P5: as the category says now; a category that is changed later leaves the order alone. */
static void
add_needs_site (const WdCase *c, GVariantBuilder *members)
{
  const WdCategory *category = find (c, WD_OBJECT_CATEGORY, wd_members_text (c->command->members, "category"));

  if (category != NULL)
    wd_members_add (members, "needs_site", g_variant_new_boolean (category->needs_site));
}

/* What only the house knows, and the members as given: where both name one, the first counts. */
static GVariant *
complete_members (const WdCase *c)
{
  g_auto (GVariantBuilder) members;

  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  if (c->command->verb == WD_VERB_RECEIVE)
    wd_members_add (&members, "policy", g_variant_new_int64 (c->policy->version));
  if (c->command->verb == WD_VERB_RECEIVE || c->command->verb == WD_VERB_CLASSIFY)
    {
      add_needs_site (c, &members);
      add_place (c, &members);
    }
  if (c->command->verb == WD_VERB_TAKE_DUTY)
    wd_members_add (&members, "name", g_variant_new_string (c->actor->name));
  wd_case_add_members (c, &members);
  if (c->command->at_proved && c->at < c->now)
    wd_members_add (&members, "at_proved", g_variant_new_boolean (TRUE));
  wd_members_add_all (&members, c->command->members);
  return g_variant_ref_sink (g_variant_builder_end (&members));
}

static WdEvent *
make_event (const WdCase *c)
{
  const char          *object = c->record != NULL ? wd_object_id (c->info->kind, c->record) : c->command->id;
  WdEvent             *event = wd_event_new (c->command->verb, c->info->kind, object, c->at, c->now);
  g_autoptr (GVariant) members = complete_members (c);

  event->by = g_strdup (c->actor->id);
  event->by_unit = g_strdup (c->actor->unit);
  wd_event_set_members (event, c->info, members);
  return event;
}

static WdEvent *
clock_event (WdVerb verb, const WdOrder *order, const WdClock *clock, gint64 now)
{
  WdEvent             *event = wd_event_new (verb, WD_OBJECT_ORDER, order->id, verb == WD_VERB_BREACHED ? clock->due_at : now, now);
  g_autoptr (GVariant) members = g_variant_ref_sink (g_variant_new_parsed ("{'rule': <%s>}", clock->rule));

  wd_event_set_members (event, wd_verb_info (verb), members);
  return event;
}

static gboolean
is_running_out (const WdClock *clock)
{
  return clock->stopped_at == 0 && clock->due_at != 0 && !clock->window && !clock->breached;
}

/* So that a breach always is an event: those that fell due before @step and are
 * not stopped in time by it; and those that it proves never were. */
static void
add_clock_events (GPtrArray *events, const WdOrder *order, const WdStep *step)
{
  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];
      gboolean       in_time = clock->stopped_at == 0 && wd_clock_is_stopped_by (clock, step) && step->at <= clock->due_at;

      if (in_time && clock->breached)
        g_ptr_array_add (events, clock_event (WD_VERB_LIFTED, order, clock, step->entered_at));
      else if (!in_time && is_running_out (clock) && clock->due_at < step->entered_at)
        g_ptr_array_add (events, clock_event (WD_VERB_BREACHED, order, clock, step->entered_at));
    }
}

static GPtrArray *
make_events (const WdCase *c)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_event_free);
  WdEvent   *own = make_event (c);

  if (c->info->kind == WD_OBJECT_OUTAGE && c->record != NULL)
    {
      g_autoptr (GPtrArray) due = wd_decide_outage_due (c->record, own, c->now);

      g_ptr_array_set_free_func (due, NULL);
      g_ptr_array_extend (events, due, NULL, NULL);
    }
  wd_case_add_events (c, events);

  if (c->info->kind == WD_OBJECT_ORDER && c->record != NULL)
    {
      WdStep step;

      wd_step_init (&step, c->record, own, c->policy);
      add_clock_events (events, c->record, &step);
    }
  g_ptr_array_add (events, own);
  return events;
}

/* Who comes to a case comes whatever others did there meanwhile.  A desk is not told when it was reported. */
static gint64
case_since (const WdQuality *quality, WdVerb verb)
{
  return verb == WD_VERB_ATTEND_QUALITY && quality->reported_at != 0 ? quality->reported_at : quality->last_at;
}

/* Since when there is the state that the command follows.  A revision of a running outage changes nothing in that it runs: the
 * water may have come back before the last one (R66), but not before it went. */
static gint64
state_since (const WdCase *c)
{
  if (c->record == NULL)
    return 0;
  if (c->info->kind == WD_OBJECT_ORDER)
    return ((const WdOrder *)c->record)->last_at;
  if (c->info->kind == WD_OBJECT_OUTAGE)
    return c->command->verb == WD_VERB_RESTORE_OUTAGE ? ((const WdOutage *)c->record)->starts : ((const WdOutage *)c->record)->last_at;
  return c->info->kind == WD_OBJECT_QUALITY ? case_since (c->record, c->command->verb) : 0;
}

GPtrArray *
wd_decide (const WdWorld *world, const WdActor *actor, const WdCommand *command, gint64 now, GError **error)
{
  WdCase c = { world, actor, command, wd_verb_info (command->verb), now };

  c.at = command->at != 0 ? MIN (command->at, now) : now;
  c.record = find_record (&c);
  c.policy = find_policy (&c);
  c.at = MAX (c.at, state_since (&c));
  if (c.policy == NULL && wd_object_has_clocks (c.info->kind))
    {
      /* A desk that has not had its first copy yet. */
      g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_STATE, "no policy is known yet");
      return NULL;
    }
  if (!wd_check_members (&c, error) ||
      !check_visible (&c, error) ||
      !check_permitted (&c, error) ||
      !check_expect (&c, error) ||
      !check_standing (&c, error) ||
      !wd_check_rule (&c, error))
    return NULL;
  return make_events (&c);
}

GPtrArray *
wd_decide_due (const WdOrder *order, gint64 now)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_event_free);

  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (is_running_out (clock) && clock->due_at < now)
        g_ptr_array_add (events, clock_event (WD_VERB_BREACHED, order, clock, now));
    }
  return events;
}

gint64
wd_order_next_due (const WdOrder *order)
{
  gint64 next = 0;

  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (is_running_out (clock) && (next == 0 || clock->due_at < next))
        next = clock->due_at;
    }
  return next;
}

WdEvent *
wd_decide_seed (const WdPolicy *policy, const char *id, gint64 now)
{
  WdEvent             *event = wd_event_new (WD_VERB_SEED_POLICY, WD_OBJECT_POLICY, id, now, now);
  g_autoptr (GVariant) members = wd_record_to_variant (&wd_policy_type, policy);

  wd_event_set_members (event, wd_verb_info (WD_VERB_SEED_POLICY), members);
  return event;
}

gboolean
wd_may_do (const WdActor *actor, WdVerb verb, const WdOrder *order, WdRuleError *reason)
{
  const WdVerbInfo *info = wd_verb_info (verb);
  WdRuleError       why = WD_RULE_ERROR_NONE;

  if (order != NULL && !wd_may_see (actor, WD_OBJECT_ORDER, order))
    why = WD_RULE_ERROR_NOT_FOUND;
  else if (!wd_check_role (actor, info, order, NULL))
    why = WD_RULE_ERROR_FORBIDDEN;
  else if (order != NULL && !wd_check_state (info, order, NULL))
    why = WD_RULE_ERROR_STATE;
  if (reason != NULL)
    *reason = why;
  return why == WD_RULE_ERROR_NONE;
}
