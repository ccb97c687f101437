/* wd-check-members.c — what a command refers to is there, and its values make sense
 *
 * Kinds, sizes and unknown members were refused by wire/ before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-check.h"

/* “Now” of a clock a little fast is cut; more is a mistake (api §4). */
#define AHEAD_MS 5000

static gconstpointer
find (const WdCase *c, WdObjectKind kind, const char *key)
{
  return c->world->find (c->world->data, kind, key);
}

static const char *
text_of (const WdCase *c, const char *name)
{
  return wd_members_text (c->command->members, name);
}

/* @standing: (nullable): what stands there already may stay, closed or not. */
static gboolean
check_unit (const WdCase *c, const char *field, const char *standing, GError **error)
{
  const char   *code = text_of (c, field);
  const WdUnit *unit;

  if (code == NULL)
    return TRUE;
  unit = find (c, WD_OBJECT_UNIT, code);
  if (unit == NULL)
    wd_rule_set_invalid (error, field, "there is no such unit");
  else if (unit->closed && g_strcmp0 (code, standing) != 0)
    wd_rule_set_invalid (error, field, "that unit is closed");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_category (const WdCase *c, GError **error)
{
  const char       *code = text_of (c, "category");
  const WdCategory *category;

  if (code == NULL)
    return TRUE;
  category = find (c, WD_OBJECT_CATEGORY, code);
  if (category != NULL && !category->closed)
    return TRUE;
  wd_rule_set_invalid (error, "category", "there is no such category");
  return FALSE;
}

static gboolean
check_crew (const WdCase *c, GError **error)
{
  const WdCrew *crew = find (c, WD_OBJECT_CREW, text_of (c, "crew"));

  if (crew != NULL && !crew->closed)
    return TRUE;
  wd_rule_set_invalid (error, "crew", "there is no such crew");
  return FALSE;
}

/* Nothing takes attachments in yet, so none can be named. */
static gboolean
check_attachments (const WdCase *c, GError **error)
{
  g_auto (GStrv) hashes = wd_members_dup_texts (c->command->members, "attachments");

  if (hashes[0] == NULL)
    return TRUE;
  wd_rule_set_invalid (error, "attachments", "there is no such attachment");
  return FALSE;
}

gboolean
wd_check_limits (const WdPolicy *policy, GVariant *members, GError **error)
{
  g_autoptr (GVariant) given = g_variant_lookup_value (members, "limits", G_VARIANT_TYPE ("a{sx}"));
  GVariantIter         iter;
  const char          *rule;
  gint64               limit;

  if (given == NULL)
    return TRUE;
  g_variant_iter_init (&iter, given);
  while (g_variant_iter_next (&iter, "{&sx}", &rule, &limit))
    {
      const WdPolicyRow *row = wd_policy_find (policy, rule);

      /* A row without a limit takes it from the event, such as an agreed time. */
      if (row == NULL || row->limit == 0)
        wd_rule_set_invalid (error, "limits", "there is no such limit");
      else if (limit <= 0)
        wd_rule_set_invalid (error, "limits", "a limit is more than nothing");
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_at (const WdCase *c, GError **error)
{
  if (c->command->at <= c->now + AHEAD_MS)
    return TRUE;
  wd_rule_set_invalid (error, "at", "that time is yet to come");
  return FALSE;
}

static gboolean
check_receive (const WdCase *c, GError **error)
{
  gint64 due = wd_members_int (c->command->members, "due", 0);

  if (find (c, WD_OBJECT_ORDER, c->command->id) != NULL)
    wd_rule_set_invalid (error, "id", "that id is taken");
  else if (due != 0 && due <= c->at && c->actor->id != NULL)
    wd_rule_set_invalid (error, "due", "that time is past");
  else
    return check_category (c, error) && wd_check_limits (c->policy, c->command->members, error);
  return FALSE;
}

static gboolean
check_classify (const WdCase *c, GError **error)
{
  if (g_variant_n_children (c->command->members) == 0)
    {
      wd_rule_set_invalid (error, NULL, "nothing is changed");
      return FALSE;
    }
  return check_category (c, error);
}

static gboolean
check_rule_return (const WdCase *c, GError **error)
{
  if (text_of (c, "unit") != NULL && !wd_members_bool (c->command->members, "granted"))
    {
      wd_rule_set_invalid (error, "unit", "a refused return goes back to the unit that returned it");
      return FALSE;
    }
  return check_unit (c, "unit", NULL, error);
}

/* What was agreed on while the desk was cut off may be past by now. */
static gboolean
check_contact (const WdCase *c, GError **error)
{
  gint64 agreed_at = wd_members_int (c->command->members, "agreed_at", 0);

  if (agreed_at == 0 || agreed_at > (c->command->at_proved ? c->at : c->now))
    return TRUE;
  wd_rule_set_invalid (error, "agreed_at", "an agreed time is yet to come");
  return FALSE;
}

static gboolean
check_link (const WdCase *c, GError **error)
{
  if (g_strcmp0 (text_of (c, "to"), c->command->object) != 0)
    return TRUE;
  wd_rule_set_invalid (error, "to", "an order is not its own duplicate");
  return FALSE;
}

static gboolean
check_put_unit (const WdCase *c, GError **error)
{
  const WdUnit *standing = c->record;
  const char   *code = text_of (c, "code");

  if (!check_unit (c, "parent", standing != NULL ? standing->parent : NULL, error))
    return FALSE;
  for (const char *up = text_of (c, "parent"); up != NULL;)
    {
      const WdUnit *unit;

      if (g_str_equal (up, code))
        {
          wd_rule_set_invalid (error, "parent", "a unit is not above itself");
          return FALSE;
        }
      unit = find (c, WD_OBJECT_UNIT, up);
      up = unit != NULL ? unit->parent : NULL;
    }
  return TRUE;
}

static gboolean
check_put_crew (const WdCase *c, GError **error)
{
  const WdCrew *standing = c->record;
  gint64        people = wd_members_int (c->command->members, "people", 0);

  if (text_of (c, "crew") != NULL && standing == NULL)
    wd_rule_set_invalid (error, "crew", "there is no such crew");
  else if (people < 0)
    wd_rule_set_invalid (error, "people", "fewer than none can't be");
  else
    return check_unit (c, "unit", standing != NULL ? standing->unit : NULL, error);
  return FALSE;
}

/* Only people of a unit act for one; the centre, auditors and administrators
 * belong to none, or they would see orders as its people. */
static gboolean
check_put_staff (const WdCase *c, GError **error)
{
  const WdStaff *standing = c->record;
  WdRole         role = wd_enum_value (WD_TYPE_ROLE, text_of (c, "role"));
  gboolean       of_units = role == WD_ROLE_UNIT || role == WD_ROLE_QUALITY || role == WD_ROLE_INSPECTION;
  const char    *unit = text_of (c, "unit");

  if (!wd_members_has (c->command->members, "unit") && standing != NULL)
    unit = standing->unit;
  if (unit != NULL && !of_units)
    wd_rule_set_invalid (error, "unit", "people of that role belong to no unit");
  else if (unit == NULL && role == WD_ROLE_UNIT)
    wd_rule_set_invalid (error, "unit", "people of that role belong to a unit");
  else
    return check_unit (c, "unit", standing != NULL ? standing->unit : NULL, error);
  return FALSE;
}

static gboolean
check_values (const WdCase *c, GError **error)
{
  switch ((int)c->command->verb)
    {
    case WD_VERB_RECEIVE:
      return check_receive (c, error);
    case WD_VERB_CLASSIFY:
      return check_classify (c, error);
    case WD_VERB_DISPATCH:
      return check_unit (c, "unit", NULL, error);
    case WD_VERB_ASSIGN:
      return check_crew (c, error);
    case WD_VERB_RETURN:
      return check_unit (c, "suggested_unit", NULL, error) && check_attachments (c, error);
    case WD_VERB_RULE_RETURN:
      return check_rule_return (c, error);
    case WD_VERB_CONTACT:
      return check_contact (c, error);
    case WD_VERB_NOTE:
    case WD_VERB_FINISH:
      return check_attachments (c, error);
    case WD_VERB_LINK:
      return check_link (c, error);
    case WD_VERB_PUT_UNIT:
      return check_put_unit (c, error);
    case WD_VERB_PUT_CREW:
      return check_put_crew (c, error);
    case WD_VERB_PUT_STAFF:
      return check_put_staff (c, error);
    default:
      return TRUE;
    }
}

gboolean
wd_check_members (const WdCase *c, GError **error)
{
  if (c->info->kind == WD_OBJECT_OUTAGE || c->info->kind == WD_OBJECT_QUALITY || c->info->kind == WD_OBJECT_CALL)
    return check_at (c, error) && wd_check_area_members (c, error);
  if (c->info->kind == WD_OBJECT_ORDER && !(c->info->flags & WD_VERB_CREATES) && c->command->object == NULL)
    {
      wd_rule_set_invalid (error, "order", "which order is meant");
      return FALSE;
    }
  return check_at (c, error) && check_values (c, error);
}
