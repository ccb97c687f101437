/* wd-desk-house.c — look-ups in the desk's copy, and the world that decide looks at
 *
 * The house is small: units, crews and the like are found by walking over them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"

#include "wd-json.h"
#include "wd-unit-item-private.h"

#include <stdlib.h>
#include <string.h>

/* While a command is decided, the object that it is about stands as it was computed so far. */
static gpointer
record_of (WdDesk *self, WdCopy *copy)
{
  return copy == self->working_copy ? self->working : copy->shown;
}

/* The first of a kind whose record says yes. */
static gconstpointer
find_record (WdDesk *self, WdObjectKind kind, gboolean (*says) (gconstpointer record, const char *key), const char *key)
{
  GHashTableIter iter;
  WdCopy        *copy;

  g_hash_table_iter_init (&iter, self->copies[kind]);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
    {
      gconstpointer record = record_of (self, copy);

      if (record != NULL && says (record, key))
        return record;
    }
  return NULL;
}

static gboolean
is_unit (gconstpointer record, const char *code)
{
  return g_strcmp0 (((const WdUnit *)record)->code, code) == 0;
}

static gboolean
is_category (gconstpointer record, const char *code)
{
  return g_strcmp0 (((const WdCategory *)record)->code, code) == 0;
}

static gboolean
is_staff_named (gconstpointer record, const char *name)
{
  return g_strcmp0 (((const WdStaff *)record)->name, name) == 0;
}

static gconstpointer
find_by_id (WdDesk *self, WdObjectKind kind, const char *id)
{
  WdCopy *copy = wd_desk_find_copy (self, kind, id);

  return copy != NULL ? record_of (self, copy) : NULL;
}

/* --- the world -------------------------------------------------------------------- */

static gconstpointer
world_find (gpointer data, WdObjectKind kind, const char *key)
{
  WdDesk *self = data;

  switch (kind)
    {
    case WD_OBJECT_UNIT: return find_record (self, kind, is_unit, key);
    case WD_OBJECT_CATEGORY: return find_record (self, kind, is_category, key);
    case WD_OBJECT_POLICY: return wd_desk_get_policy (self, key != NULL ? strtoll (key, NULL, 10) : WD_INT_ABSENT);
    case WD_OBJECT_ORDER:
    case WD_OBJECT_OUTAGE:
    case WD_OBJECT_QUALITY:
    case WD_OBJECT_CALL:
    case WD_OBJECT_CREW:
    case WD_OBJECT_STAFF: return find_by_id (self, kind, key);
    case WD_OBJECT_NONE:
    default: return NULL;
    }
}

static const WdStaff *
world_find_staff_named (gpointer data, const char *name)
{
  return find_record (data, WD_OBJECT_STAFF, is_staff_named, name);
}

static GStrv
world_districts (gpointer data, const WdPoint *point)
{
  return wd_desk_list_territories (data, point);
}

static gboolean
world_lies_outside (gpointer data, const char *area, WdPoint *at)
{
  return wd_desk_lies_outside (data, area, at);
}

void
wd_desk_fill_world (WdDesk *self, WdWorld *world)
{
  *world = (WdWorld){ world_find, world_find_staff_named, world_districts, self, world_lies_outside, NULL };
}

/* --- look-ups ------------------------------------------------------------------------ */

const WdPolicy *
wd_desk_get_policy (WdDesk *self, gint64 version)
{
  GHashTableIter  iter;
  WdCopy         *copy;
  const WdPolicy *best = NULL;
  gint64          now = wd_desk_now (self);

  g_hash_table_iter_init (&iter, self->copies[WD_OBJECT_POLICY]);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
    {
      const WdPolicy *policy = copy->shown;

      if (policy == NULL)
        continue;
      if (policy->version == version)
        return policy;
      /* In force is the latest of those that have begun; before the first has, the first. */
      if (version == WD_INT_ABSENT &&
          (best == NULL || (policy->effective <= now ? policy->version > best->version || best->effective > now : best->effective > now && policy->version < best->version)))
        best = policy;
    }
  return best;
}

const WdCategory *
wd_desk_get_category (WdDesk *self, const char *code)
{
  return find_record (self, WD_OBJECT_CATEGORY, is_category, code);
}

const WdCrew *
wd_desk_get_crew (WdDesk *self, const char *id)
{
  return find_by_id (self, WD_OBJECT_CREW, id);
}

const WdStaff *
wd_desk_get_staff (WdDesk *self, const char *id)
{
  return find_by_id (self, WD_OBJECT_STAFF, id);
}

const WdStaff *
wd_desk_get_staff_named (WdDesk *self, const char *name)
{
  return name != NULL ? find_record (self, WD_OBJECT_STAFF, is_staff_named, name) : NULL;
}

static int
compare_categories (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const WdCategory *const *)a)->code, (*(const WdCategory *const *)b)->code);
}

GPtrArray *
wd_desk_list_categories (WdDesk *self)
{
  GPtrArray     *list = g_ptr_array_new ();
  GHashTableIter iter;
  WdCopy        *copy;

  g_hash_table_iter_init (&iter, self->copies[WD_OBJECT_CATEGORY]);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
    if (copy->shown != NULL && !((const WdCategory *)copy->shown)->closed)
      g_ptr_array_add (list, copy->shown);
  g_ptr_array_sort (list, compare_categories);
  return list;
}

static int
compare_crews (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(const WdCrew *const *)a)->name, (*(const WdCrew *const *)b)->name);
}

GPtrArray *
wd_desk_list_crews (WdDesk *self, const char *unit)
{
  GPtrArray     *list = g_ptr_array_new ();
  GHashTableIter iter;
  WdCopy        *copy;

  g_hash_table_iter_init (&iter, self->copies[WD_OBJECT_CREW]);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
    {
      const WdCrew *crew = copy->shown;

      if (crew != NULL && !crew->closed && (unit == NULL || g_strcmp0 (crew->unit, unit) == 0))
        g_ptr_array_add (list, copy->shown);
    }
  g_ptr_array_sort (list, compare_crews);
  return list;
}

gboolean
wd_desk_is_crew_busy (WdDesk *self, const char *id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->crews, g_intern_string (id))) > 0;
}

/* --- units ----------------------------------------------------------------------------- */

GListModel *
wd_desk_get_units (WdDesk *self)
{
  return G_LIST_MODEL (self->units);
}

static WdUnitItem *
find_unit (WdDesk *self, const char *code, guint *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->units));

  for (*position = 0; *position < n; (*position)++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->units), *position);

      if (g_strcmp0 (wd_unit_item_get_code (item), code) == 0)
        return item; /* the list holds it */
    }
  return NULL;
}

WdUnitItem *
wd_desk_get_unit (WdDesk *self, const char *code)
{
  guint position;

  return find_unit (self, code, &position);
}

/* Supply companies first, as the words stand; within a kind by code. */
static int
compare_units (gconstpointer a, gconstpointer b, gpointer data)
{
  const WdUnit *one = wd_unit_item_get_unit ((WdUnitItem *)a);
  const WdUnit *other = wd_unit_item_get_unit ((WdUnitItem *)b);

  return one->kind != other->kind ? (int)one->kind - (int)other->kind : g_strcmp0 (one->code, other->code);
}

static void
count_anew (WdDesk *self, const char *code)
{
  g_hash_table_add (self->dirty, (gpointer)g_intern_string (code));
}

/* A closed unit has no card. */
void
wd_desk_put_unit (WdDesk *self, WdCopy *copy)
{
  const WdUnit *unit = copy->shown;
  guint         position;
  WdUnitItem   *item = find_unit (self, unit->code, &position);

  g_clear_pointer (&self->territories, wd_territories_free);
  if (unit->closed && item != NULL)
    g_list_store_remove (self->units, position);
  else if (!unit->closed && item == NULL)
    {
      g_autoptr (WdUnitItem) made = wd_unit_item_new (copy);

      g_list_store_insert_sorted (self->units, made, compare_units, NULL);
      count_anew (self, unit->code);
    }
  else if (item != NULL)
    wd_unit_item_emit_changed (item);
}

/* Nothing of it is known any more. */
void
wd_desk_drop_unit (WdDesk *self, WdCopy *copy)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->units));

  g_clear_pointer (&self->territories, wd_territories_free);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->units), i);

      if (wd_unit_item_get_unit (item) == NULL)
        {
          g_list_store_remove (self->units, i);
          return;
        }
    }
}

static WdArea *
area_of (const char *geojson)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_geometry_rings (geojson, &starts, NULL);

  return rings != NULL ? wd_area_new_for_rings (rings, starts) : NULL;
}

static void
make_territories (WdDesk *self)
{
  GHashTableIter iter;
  WdCopy        *copy;

  self->territories = wd_territories_new ();
  g_hash_table_iter_init (&iter, self->copies[WD_OBJECT_UNIT]);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
    {
      const WdUnit *unit = copy->shown;
      WdArea       *area = unit != NULL && !unit->closed && unit->territory != NULL ? area_of (unit->territory) : NULL;

      if (area != NULL)
        wd_territories_put (self->territories, unit->code, area);
    }
}

GStrv
wd_desk_list_territories (WdDesk *self, const WdPoint *point)
{
  g_autofree const char **codes = NULL;

  if (self->territories == NULL)
    make_territories (self);
  codes = wd_territories_find_all (self->territories, *point, NULL);
  return g_strdupv ((GStrv)codes);
}
