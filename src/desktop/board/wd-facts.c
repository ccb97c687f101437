/* wd-facts.c — what speaks for and against giving orders to a unit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-facts.h"

#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

static void
add (GPtrArray *facts, WdFactKind kind, const char *name, char *words)
{
  WdFact *fact = g_new0 (WdFact, 1);

  fact->kind = kind;
  fact->name = g_strdup (name);
  fact->words = words;
  g_ptr_array_add (facts, fact);
}

static const WdOrder *
order_of (WdDesk *desk, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (desk, id);

  return item != NULL ? wd_order_item_get_order (item) : NULL;
}

/* How many of the orders lie in the unit's territory; @elsewhere: the district of one that does not. */
static guint
count_inside (WdDesk *desk, const char *const *ids, const WdUnit *unit, const char **elsewhere)
{
  guint inside = 0;

  *elsewhere = NULL;
  for (; *ids != NULL; ids++)
    {
      const WdOrder *order = order_of (desk, *ids);

      if (order != NULL && g_strcmp0 (order->district, unit->code) == 0)
        inside++;
      else if (order != NULL && order->district != NULL)
        *elsewhere = order->district;
    }
  return inside;
}

/* @alone: only those that are of no other kind of unit. */
static guint
count_of_kind (WdDesk *desk, const char *const *ids, const WdUnit *unit, gboolean alone)
{
  guint fitting = 0;

  for (; *ids != NULL; ids++)
    {
      const WdOrder    *order = order_of (desk, *ids);
      const WdCategory *category = order != NULL ? wd_desk_get_category (desk, order->category) : NULL;

      if (category == NULL || category->unit_kind == WD_UNIT_KIND_NONE ? !alone : category->unit_kind == unit->kind)
        fitting++;
    }
  return fitting;
}

static void
add_territory (GPtrArray *facts, WdDesk *desk, const char *const *ids, const WdUnit *unit)
{
  const char *elsewhere;
  guint       inside = count_inside (desk, ids, unit, &elsewhere);
  WdUnitItem *other = elsewhere != NULL ? wd_desk_get_unit (desk, elsewhere) : NULL;

  if (unit->territory == NULL)
    return;
  if (inside == g_strv_length ((char **)ids))
    add (facts, WD_FACT_GOOD, _ ("Territory"), g_strdup_printf (_ ("the place lies in the territory of %s"), unit->name));
  else if (other != NULL)
    add (facts, WD_FACT_DOUBT, _ ("Territory"), g_strdup_printf (_ ("the place belongs to %s"), wd_unit_item_get_unit (other)->name));
  else
    add (facts, WD_FACT_DOUBT, _ ("Territory"), g_strdup (_ ("the place is not known")));
}

static void
add_category (GPtrArray *facts, WdDesk *desk, const char *const *ids, const WdUnit *unit)
{
  gboolean fits = count_of_kind (desk, ids, unit, FALSE) == g_strv_length ((char **)ids);

  add (facts, fits ? WD_FACT_GOOD : WD_FACT_DOUBT, _ ("Category"),
       g_strdup (fits ? _ ("such matters are this unit's") : _ ("such matters usually go to another kind of unit")));
}

static void
add_duty (GPtrArray *facts, WdManned manned)
{
  const char *words = manned == WD_MANNED_ONLINE    ? _ ("the desk is manned")
                      : manned == WD_MANNED_AWAY    ? _ ("nobody touched the desk for a while")
                      : manned == WD_MANNED_UNKNOWN ? _ ("no link: the unit gets nothing now")
                                                    : _ ("the desk is unmanned: telephone them");

  add (facts, manned == WD_MANNED_ONLINE ? WD_FACT_GOOD : WD_FACT_DOUBT, _ ("Duty"), g_strdup (words));
}

static guint
count_open (WdUnitItem *unit)
{
  return wd_unit_item_get_n_in_hand (unit) + wd_unit_item_get_n_to_accept (unit);
}

static void
add_load (GPtrArray *facts, WdUnitItem *unit, guint more)
{
  guint open = count_open (unit);
  guint late = wd_unit_item_get_n_late (unit);

  if (late > 0)
    add (facts, WD_FACT_DOUBT, _ ("Load"), g_strdup_printf (_ ("open %u → %u; %u late"), open, open + more, late));
  else
    add (facts, WD_FACT_GOOD, _ ("Load"), g_strdup_printf (_ ("open %u → %u"), open, open + more));
}

/* The limit of these orders that ends first, as it is now. */
static void
add_nearest (GPtrArray *facts, WdDesk *desk, const char *const *ids)
{
  const WdClock   *nearest = NULL;
  g_autofree char *left = NULL;

  for (; *ids != NULL; ids++)
    {
      WdOrderItem   *item = wd_desk_get_order (desk, *ids);
      const WdClock *clock = item != NULL ? wd_order_item_get_clock (item) : NULL;

      if (clock != NULL && clock->due_at != 0 && (nearest == NULL || clock->due_at < nearest->due_at))
        nearest = clock;
    }
  if (nearest == NULL)
    return;
  left = wd_format_countdown (nearest->due_at, wd_desk_now (desk));
  add (facts, wd_desk_now (desk) > nearest->due_at ? WD_FACT_DOUBT : WD_FACT_GOOD, _ ("Limit"),
       g_strdup_printf ("%s %s", wd_term_clock (nearest->rule), left));
}

static void
add_crews (GPtrArray *facts, WdCrewCount crews)
{
  if (crews.all == 0)
    return;
  if (crews.free > 0)
    add (facts, WD_FACT_GOOD, _ ("Crews"), g_strdup_printf (_ ("%u of %u free"), crews.free, crews.all));
  else
    add (facts, WD_FACT_DOUBT, _ ("Crews"), g_strdup (_ ("no crew is free")));
}

WdCrewCount
wd_facts_count_crews (WdDesk *desk, const char *unit)
{
  g_autoptr (GPtrArray) crews = wd_desk_list_crews (desk, unit);
  WdCrewCount           count = { 0, crews->len };

  for (guint i = 0; i < crews->len; i++)
    if (!wd_desk_is_crew_busy (desk, ((const WdCrew *)crews->pdata[i])->id))
      count.free++;
  return count;
}

gboolean
wd_facts_is_away (const WdOrder *order)
{
  return order->state == WD_STATE_DISPATCHED || wd_order_is_in_hand (order);
}

/* Why one order may not be given to the unit; NULL if it may. */
static char *
refuse_one (WdDesk *desk, const char *id, const char *unit)
{
  const WdOrder     *order = order_of (desk, id);
  gboolean           away = order != NULL && wd_facts_is_away (order);
  g_autofree char   *number = NULL;
  g_autoptr (GError) error = NULL;

  if (order == NULL)
    return g_strdup (_ ("the order is not here any more"));
  number = wd_format_number (order->number);
  if (away && g_strcmp0 (order->unit, unit) == 0)
    return g_strdup_printf (_ ("%s is with this unit already"), number);
  if (wd_desk_may_give (desk, away ? WD_VERB_RECALL : WD_VERB_DISPATCH, id, &error))
    return NULL;
  if (g_error_matches (error, WD_RULE_ERROR, WD_RULE_ERROR_FORBIDDEN))
    return g_strdup (_ ("only the centre dispatches"));
  /* Translators: order number, state. */
  return g_strdup_printf (_ ("%s is already: %s"), number, wd_term_state (order->state));
}

char *
wd_facts_refusal (WdDesk *desk, const char *const *ids, WdUnitItem *unit)
{
  char *refusal = NULL;

  if (unit == NULL || wd_unit_item_get_unit (unit)->closed)
    return g_strdup (_ ("the unit is closed"));
  for (; *ids != NULL && refusal == NULL; ids++)
    refusal = refuse_one (desk, *ids, wd_unit_item_get_code (unit));
  return refusal;
}

GPtrArray *
wd_facts_about (WdDesk *desk, const char *const *ids, WdUnitItem *unit)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_fact_free);
  char      *refusal = wd_facts_refusal (desk, ids, unit);

  if (refusal != NULL)
    {
      add (facts, WD_FACT_REFUSED, _ ("State"), refusal);
      return facts;
    }
  add_territory (facts, desk, ids, wd_unit_item_get_unit (unit));
  add_category (facts, desk, ids, wd_unit_item_get_unit (unit));
  add_nearest (facts, desk, ids);
  add_load (facts, unit, g_strv_length ((char **)ids));
  add_crews (facts, wd_facts_count_crews (desk, wd_unit_item_get_code (unit)));
  add_duty (facts, wd_unit_item_get_manned (unit));
  return facts;
}

int
wd_facts_fit (WdDesk *desk, const char *const *ids, WdUnitItem *item)
{
  const WdUnit *unit = wd_unit_item_get_unit (item);
  const char   *elsewhere;
  guint         n = g_strv_length ((char **)ids);
  gboolean      inside = (unit->territory != NULL ? count_inside (desk, ids, unit, &elsewhere) : count_of_kind (desk, ids, unit, TRUE)) == n;
  gboolean      kind = count_of_kind (desk, ids, unit, FALSE) == n;
  gboolean      online = wd_unit_item_get_manned (item) == WD_MANNED_ONLINE;

  return (inside ? 4000 : 0) + (kind ? 2000 : 0) + (online ? 1000 : 0) - (int)MIN (count_open (item), 999);
}
