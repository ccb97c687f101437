/* wd-check-order.c — who may do what to an order as it stands
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

/* What @actor is to @order, and in the house. */
static WdWho
places_of (const WdActor *actor, const WdOrder *order)
{
  WdWho places = WD_WHO_NOBODY;

  if (wd_role_is_centre (actor->role))
    places |= WD_WHO_CENTRE;
  if (actor->role == WD_ROLE_SUPERVISOR)
    places |= WD_WHO_SUPERVISOR;
  if (actor->role == WD_ROLE_QUALITY)
    places |= WD_WHO_QUALITY;
  if (actor->role == WD_ROLE_ADMIN)
    places |= WD_WHO_ADMIN;
  if (actor->unit == NULL)
    return places;
  places |= WD_WHO_STAFFED | WD_WHO_REPORTER;
  if (order == NULL)
    return places;
  if (g_strcmp0 (order->unit, actor->unit) == 0)
    places |= WD_WHO_UNIT;
  if (g_strcmp0 (order->lead, actor->unit) == 0)
    places |= WD_WHO_LEAD;
  if (g_strv_contains ((const char *const *)order->helpers, actor->unit))
    places |= WD_WHO_HELPER;
  return places;
}

gboolean
wd_check_role (const WdActor *actor, const WdVerbInfo *info, const WdOrder *order, GVariant *members)
{
  WdWho may;

  if (actor->id == NULL) /* the server itself, but duty is a person's */
    return info->who != WD_WHO_NOBODY && info->who != WD_WHO_STAFFED;
  may = info->who & places_of (actor, order);
  /* R42: what a unit found reaches the centre by that channel and no other. */
  if (may == WD_WHO_REPORTER && members != NULL)
    return g_strcmp0 (wd_members_text (members, "channel"), "unit-report") == 0;
  return may != WD_WHO_NOBODY;
}

/* What a verb asks of an order besides its state. */
gboolean
wd_check_state (const WdVerbInfo *info, const WdOrder *order, GError **error)
{
  if (info->states == 0)
    return TRUE;
  if (!(info->states & WD_STATE_BIT (order->state)))
    return refuse (error, "not in this state of the order");
  if (info->verb == WD_VERB_DISPATCH && order->returned != NULL && order->returned->late)
    return refuse (error, "a late return waits for a ruling first"); /* P7 */
  if (info->verb == WD_VERB_RULE_RETURN && order->returned == NULL)
    return refuse (error, "no return waits for a ruling");
  if (info->verb == WD_VERB_UNLINK && order->links->len == 0)
    return refuse (error, "it is linked to nothing");
  /* A second visit was agreed on: there is one more arrival. */
  if (info->verb == WD_VERB_ARRIVE && order->state == WD_STATE_ON_SITE && wd_order_clock (order, "appointment") == NULL)
    return refuse (error, "on site already");
  if (info->verb == WD_VERB_FINISH && order->state == WD_STATE_ACCEPTED && order->needs_site)
    return refuse (error, "nobody has been on site yet"); /* P5 */
  return TRUE;
}

static gboolean
check_answers (const WdCase *c, GError **error)
{
  const WdOrder *order = c->record;
  g_auto (GStrv) answers = wd_members_dup_texts (c->command->members, "answers");

  if (g_strv_length (answers) == g_strv_length (order->points))
    return TRUE;
  wd_rule_set_invalid (error, "answers", "each point has one answer"); /* R80 */
  return FALSE;
}

static gboolean
check_recall (const WdCase *c, GError **error)
{
  if (!wd_order_is_in_hand (c->record) || wd_members_text (c->command->members, "reason") != NULL)
    return TRUE;
  wd_rule_set_invalid (error, "reason", "taking back what was accepted needs a reason");
  return FALSE;
}

/* A refused return goes back to a unit that is still there to take it. */
static gboolean
check_returner (const WdCase *c, GError **error)
{
  const WdOrder *order = c->record;
  const WdUnit  *returner = c->world->find (c->world->data, WD_OBJECT_UNIT, order->returned->by);

  if (wd_members_bool (c->command->members, "granted") || (returner != NULL && !returner->closed))
    return TRUE;
  return refuse (error, "the unit that returned it is closed: grant it");
}

static gboolean
check_crew_of_unit (const WdCase *c, GError **error)
{
  const WdOrder *order = c->record;
  const WdCrew  *crew = c->world->find (c->world->data, WD_OBJECT_CREW, wd_members_text (c->command->members, "crew"));

  if (g_strcmp0 (crew->unit, order->unit) == 0)
    return TRUE;
  wd_rule_set_invalid (error, "crew", "there is no such crew");
  return FALSE;
}

/* Only an open order takes others in, so that no circle of merged ones can close. */
static gboolean
check_target (const WdCase *c, GError **error)
{
  const WdOrder *order = c->record;
  const char    *id = wd_members_text (c->command->members, "to");
  WdObjectKind   kind;
  gconstpointer  to = wd_case_find_target (c, id, &kind);

  for (guint i = 0; i < order->links->len; i++)
    if (g_strcmp0 (((const WdLink *)order->links->pdata[i])->id, id) == 0)
      return refuse (error, "linked to that already");
  if (kind == WD_OBJECT_ORDER && !wd_order_is_open (to))
    return refuse (error, "the other order is closed or merged itself");
  if (kind == WD_OBJECT_OUTAGE && !wd_outage_is_open (to))
    return refuse (error, "that outage is over");
  return TRUE;
}

static gboolean
check_linked (const WdCase *c, GError **error)
{
  const WdOrder *order = c->record;
  const char    *to = wd_members_text (c->command->members, "to");

  for (guint i = 0; i < order->links->len; i++)
    if (g_strcmp0 (((const WdLink *)order->links->pdata[i])->id, to) == 0)
      return TRUE;
  wd_rule_set_invalid (error, "to", "not linked to that");
  return FALSE;
}

gboolean
wd_check_rule (const WdCase *c, GError **error)
{
  switch ((int)c->command->verb)
    {
    case WD_VERB_CLASSIFY:
    case WD_VERB_DISPATCH:
      return wd_check_limits (c->policy, c->command->members, error);
    case WD_VERB_RECALL:
      return check_recall (c, error);
    case WD_VERB_RULE_RETURN:
      return check_returner (c, error);
    case WD_VERB_ASSIGN:
      return check_crew_of_unit (c, error);
    case WD_VERB_FINISH:
      return check_answers (c, error);
    case WD_VERB_LINK:
      return check_target (c, error);
    case WD_VERB_UNLINK:
      return check_linked (c, error);
    case WD_VERB_DECLARE_OUTAGE:
    case WD_VERB_REVISE_OUTAGE:
    case WD_VERB_DRAFT_QUALITY:
    case WD_VERB_CONCLUDE_QUALITY:
      return wd_check_area_rule (c, error);
    default:
      return TRUE;
    }
}
