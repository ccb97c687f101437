/* wd-check-area.c — who may do what to an outage or a quality case as it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-check.h"

#include "wd-outage.h"

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_STATE, sentence);
  return FALSE;
}

static gboolean
is_of_kind (const WdCase *c, const char *code, WdUnitKind kind)
{
  const WdUnit *unit = code != NULL ? c->world->find (c->world->data, WD_OBJECT_UNIT, code) : NULL;

  return unit != NULL && unit->kind == kind;
}

gconstpointer
wd_case_find_target (const WdCase *c, const char *id, WdObjectKind *kind)
{
  static const WdObjectKind kinds[] = { WD_OBJECT_ORDER, WD_OBJECT_OUTAGE, WD_OBJECT_QUALITY };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gconstpointer record = c->world->find (c->world->data, kinds[i], id);

      *kind = kinds[i];
      if (record != NULL)
        return wd_may_see (c->actor, kinds[i], record) ? record : NULL;
    }
  return NULL;
}

/* ---- who ---- */

static gboolean
is_supplier (const WdCase *c)
{
  const WdOutage *outage = c->record;

  if (!is_of_kind (c, c->actor->unit, WD_UNIT_KIND_SUPPLY))
    return FALSE;
  return outage == NULL || outage->unit == NULL || g_strcmp0 (outage->unit, c->actor->unit) == 0;
}

/* R71: nobody but the quality centre alters what it determined, and that by the case. */
static gboolean
alters_determined (const WdCase *c)
{
  const WdOutage *outage = c->record;

  return c->command->verb == WD_VERB_REVISE_OUTAGE && outage != NULL && outage->quality != NULL && wd_members_has (c->command->members, "area");
}

gboolean
wd_check_area_role (const WdCase *c)
{
  WdWho who = c->info->who;

  if (alters_determined (c))
    return FALSE;
  if (c->actor->id == NULL)
    return who != WD_WHO_NOBODY;
  if (who & WD_WHO_CENTRE && wd_role_is_centre (c->actor->role))
    return TRUE;
  if (who & WD_WHO_QUALITY && c->actor->role == WD_ROLE_QUALITY)
    return TRUE;
  if (who & WD_WHO_SUPPLY && is_supplier (c))
    return TRUE;
  if (who & WD_WHO_CALLED && c->record != NULL && c->actor->unit != NULL)
    return g_strv_contains ((const char *const *)((const WdQuality *)c->record)->units, c->actor->unit);
  return FALSE;
}

/* ---- what was sent ---- */

static gboolean
check_orders (const WdCase *c, GError **error)
{
  g_auto (GStrv) ids = wd_members_dup_texts (c->command->members, "orders");

  for (char **id = ids; *id != NULL; id++)
    {
      const WdOrder *order = c->world->find (c->world->data, WD_OBJECT_ORDER, *id);

      if (order == NULL || !wd_may_see (c->actor, WD_OBJECT_ORDER, order))
        wd_rule_set_invalid (error, "orders", "there is no such order");
      else if (!wd_order_is_open (order))
        wd_rule_set_invalid (error, "orders", "one of them is closed or merged");
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_units (const WdCase *c, GError **error)
{
  g_auto (GStrv) codes = wd_members_dup_texts (c->command->members, "units");

  for (char **code = codes; *code != NULL; code++)
    {
      const WdUnit *unit = c->world->find (c->world->data, WD_OBJECT_UNIT, *code);

      if (unit != NULL && !unit->closed)
        continue;
      wd_rule_set_invalid (error, "units", unit == NULL ? "there is no such unit" : "that unit is closed");
      return FALSE;
    }
  return TRUE;
}

/* Of what is there and what is sent the one that will stand. */
static gint64
time_after (const WdCase *c, const char *name, gint64 standing)
{
  return wd_members_has (c->command->members, name) ? wd_members_int (c->command->members, name, 0) : standing;
}

/* @before: what only those may learn of who may see it; NULL to look at what was sent alone */
static gboolean
check_times (const WdCase *c, const WdOutage *before, GError **error)
{
  gint64 starts = time_after (c, "starts", before != NULL ? before->starts : 0);
  gint64 expected = time_after (c, "expected", before != NULL ? before->expected : 0);

  if (starts == 0 || expected == 0 || expected > starts)
    return TRUE;
  wd_rule_set_invalid (error, wd_members_has (c->command->members, "expected") ? "expected" : "starts", "water is expected back after it went");
  return FALSE;
}

static gboolean
check_place (const WdCase *c, GError **error)
{
  const char *area = wd_members_text (c->command->members, "area");
  WdPoint     at;

  if (area == NULL || c->world->lies_outside == NULL || !c->world->lies_outside (c->world->data, area, &at))
    return TRUE;
  wd_rule_set_invalid_at (error, "area", &at, "it lies outside all territories of the utility");
  return FALSE;
}

gboolean
wd_check_area_rule (const WdCase *c, GError **error)
{
  return (c->info->kind != WD_OBJECT_OUTAGE || check_times (c, c->record, error)) && check_place (c, error);
}

static gboolean
check_id_is_free (const WdCase *c, GError **error)
{
  if (!(c->info->flags & WD_VERB_CREATES) || c->world->find (c->world->data, c->info->kind, c->command->id) == NULL)
    return TRUE;
  wd_rule_set_invalid (error, "id", "that id is taken");
  return FALSE;
}

/* What is made besides has an id that follows from the command's. */
static gboolean
check_outage_is_free (const WdCase *c, GError **error)
{
  static const WdObjectKind kinds[] = { WD_OBJECT_ORDER, WD_OBJECT_OUTAGE, WD_OBJECT_QUALITY, WD_OBJECT_CALL, WD_OBJECT_CREW, WD_OBJECT_STAFF };

  g_autofree char *id = c->command->verb == WD_VERB_CONCLUDE_QUALITY && c->record != NULL ? wd_case_dup_outage (c) : NULL;
  const WdQuality *quality = c->record;

  if (id == NULL || g_strcmp0 (id, quality->outage) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (c->world->find (c->world->data, kinds[i], id) != NULL)
      {
        wd_rule_set_invalid (error, "id", "the id that the outage would have is taken");
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_pipe (const WdCase *c, GError **error)
{
  gint64 pipe_mm = wd_members_int (c->command->members, "pipe_mm", 1);

  if (pipe_mm > 0 && pipe_mm <= 100000)
    return TRUE;
  wd_rule_set_invalid (error, "pipe_mm", "a pipe's diameter in millimetres has to stand here");
  return FALSE;
}

gboolean
wd_check_area_members (const WdCase *c, GError **error)
{
  GVariant *members = c->command->members;

  if (!(c->info->flags & WD_VERB_CREATES) && c->command->object == NULL)
    wd_rule_set_invalid (error, wd_enum_nick (WD_TYPE_OBJECT_KIND, c->info->kind), "which one is meant");
  else if (c->command->verb == WD_VERB_REVISE_OUTAGE && g_variant_n_children (members) < 2)
    wd_rule_set_invalid (error, NULL, "nothing is changed");
  else
    return check_id_is_free (c, error) && check_outage_is_free (c, error) && check_pipe (c, error) &&
           (c->info->kind != WD_OBJECT_OUTAGE || check_times (c, NULL, error)) && check_orders (c, error) && check_units (c, error);
  return FALSE;
}

/* ---- as it stands ---- */

/* An outage runs from its start on, also before the server says so. */
static int
state_of (const WdCase *c)
{
  const WdOutage *outage = c->record;

  if (c->info->kind == WD_OBJECT_OUTAGE)
    return outage->state == WD_OUTAGE_ANNOUNCED && outage->starts <= c->now ? WD_OUTAGE_ACTIVE : outage->state;
  return ((const WdQuality *)c->record)->state;
}

static gboolean
check_target (const WdCase *c, GError **error)
{
  WdObjectKind  kind;
  gconstpointer to = wd_case_find_target (c, wd_members_text (c->command->members, "to"), &kind);

  if (kind == WD_OBJECT_ORDER && !wd_order_is_open (to))
    return refuse (error, "that order is closed or merged");
  if (kind == WD_OBJECT_OUTAGE && !wd_outage_is_open (to))
    return refuse (error, "that outage is over");
  return TRUE;
}

gboolean
wd_check_area_state (const WdCase *c, GError **error)
{
  if (c->command->verb == WD_VERB_ATTACH_CALL)
    return check_target (c, error);
  if (c->record == NULL)
    return TRUE;
  if (!(c->info->states & WD_STATE_BIT (state_of (c))))
    return refuse (error, "not in this state of it");
  if (c->command->verb == WD_VERB_ATTEND_QUALITY && g_hash_table_contains (((const WdQuality *)c->record)->attended, wd_case_attending (c)))
    return refuse (error, "arrived already");
  return TRUE;
}

/* A person of the quality centre who belongs to no unit arrives in its name. */
const char *
wd_case_attending (const WdCase *c)
{
  return c->actor->unit != NULL ? c->actor->unit : "quality";
}

gboolean
wd_may_do_area (const WdWorld *world, const WdActor *actor, WdVerb verb, gconstpointer record, gint64 now, WdRuleError *reason)
{
  const WdVerbInfo    *info = wd_verb_info (verb);
  g_autoptr (GVariant) members = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
  const WdCommand      command = { .verb = verb, .members = members, .expect = WD_INT_ABSENT };
  const WdCase         c = { .world = world, .actor = actor, .command = &command, .info = info, .record = record, .now = now };
  WdRuleError          why = WD_RULE_ERROR_NONE;

  if (record != NULL && !wd_may_see (actor, info->kind, record))
    why = WD_RULE_ERROR_NOT_FOUND;
  else if (!wd_check_area_role (&c))
    why = WD_RULE_ERROR_FORBIDDEN;
  else if (!wd_check_area_state (&c, NULL))
    why = WD_RULE_ERROR_STATE;
  if (reason != NULL)
    *reason = why;
  return why == WD_RULE_ERROR_NONE;
}
