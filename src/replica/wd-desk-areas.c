/* wd-desk-areas.c — outages and quality cases of the desk's copy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"

#include "wd-area-item-private.h"

#include "wd-json.h"
#include "wd-shape.h"

GListModel *
wd_desk_get_areas (WdDesk *self)
{
  return G_LIST_MODEL (self->areas);
}

static WdAreaItem *
find_area (WdDesk *self, const char *id, guint *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->areas));

  for (*position = 0; *position < n; (*position)++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (G_LIST_MODEL (self->areas), *position);

      if (g_strcmp0 (wd_area_item_get_id (item), id) == 0)
        return item; /* the list holds it */
    }
  return NULL;
}

WdAreaItem *
wd_desk_get_area (WdDesk *self, const char *id)
{
  guint position;

  return find_area (self, id, &position);
}

/* Taken out and put where it belongs now: there are some hundreds at most. */
void
wd_desk_put_area (WdDesk *self, WdCopy *copy)
{
  guint                  position;
  WdAreaItem            *known = find_area (self, copy->id, &position);
  g_autoptr (WdAreaItem) item = known != NULL ? g_object_ref (known) : wd_area_item_new (copy);

  if (known != NULL)
    g_list_store_remove (self->areas, position);
  if (copy->shown != NULL)
    g_list_store_insert_sorted (self->areas, item, wd_area_item_compare, NULL);
  wd_area_item_emit_changed (item);
}

/* --- orders inside ------------------------------------------------------------------- */

static void
make_places (WdDesk *self)
{
  GHashTableIter iter;
  WdOrderItem   *item;

  self->places = wd_point_index_new ();
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    {
      const WdOrder *order = wd_order_item_get_order (item);

      if (order != NULL && wd_order_is_open (order) && wd_point_is_set (&order->point))
        wd_point_index_add (self->places, order->point, item);
    }
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return wd_order_item_compare (*(WdOrderItem *const *)a, *(WdOrderItem *const *)b);
}

/* By urgency. */
static GPtrArray *
list_inside (WdDesk *self, const WdArea *area)
{
  g_autoptr (GPtrArray) found = NULL;

  if (area == NULL)
    return g_ptr_array_new ();
  if (self->places == NULL)
    make_places (self);
  found = wd_point_index_find (self->places, area);
  g_ptr_array_sort (found, compare_items);
  for (guint i = 0; i < found->len; i++)
    g_object_ref (found->pdata[i]);
  g_ptr_array_set_free_func (found, g_object_unref);
  return g_steal_pointer (&found);
}

GPtrArray *
wd_desk_list_orders_inside (WdDesk *self, const char *geojson)
{
  g_autoptr (WdArea) area = wd_area_item_read (geojson);

  return list_inside (self, area);
}

GPtrArray *
wd_desk_list_orders_inside_area (WdDesk *self, WdAreaItem *item)
{
  return list_inside (self, wd_area_item_get_shape (item));
}

gboolean
wd_desk_is_linked (WdDesk *self, WdOrderItem *item, const char *area)
{
  const WdOrder *order = wd_order_item_get_order (item);

  for (guint i = 0; order != NULL && i < order->links->len; i++)
    if (g_strcmp0 (((const WdLink *)order->links->pdata[i])->id, area) == 0)
      return TRUE;
  return FALSE;
}

/* --- calls ---------------------------------------------------------------------------- */

GPtrArray *
wd_desk_list_calls (WdDesk *self, const char *about)
{
  GPtrArray     *calls = g_ptr_array_new ();
  GHashTableIter iter;
  WdCopy        *copy;

  g_hash_table_iter_init (&iter, self->copies[WD_OBJECT_CALL]);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
    if (copy->shown != NULL && g_strcmp0 (((const WdCall *)copy->shown)->to, about) == 0)
      g_ptr_array_add (calls, copy->shown);
  return calls;
}

/* --- the utility's region -------------------------------------------------------------- */

gboolean
wd_desk_lies_outside (WdDesk *self, const char *geojson, WdPoint *at)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_geometry_rings (geojson, &starts, NULL);
  gboolean              any = FALSE;
  GHashTableIter        iter;
  WdCopy               *copy;

  if (rings == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->copies[WD_OBJECT_UNIT]);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
    {
      const WdUnit         *unit = copy->shown;
      g_autoptr (GArray)    other_starts = NULL;
      g_autoptr (GPtrArray) others = unit != NULL && !unit->closed && unit->territory != NULL ? wd_geometry_rings (unit->territory, &other_starts, NULL) : NULL;

      if (others != NULL && wd_shapes_meet (rings, starts, others, other_starts))
        return FALSE;
      any = any || others != NULL;
    }
  *at = g_array_index ((GArray *)rings->pdata[0], WdPoint, 0);
  return any;
}
