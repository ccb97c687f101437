/* wd-desk-objects.c — what comes into the desk's copy, and the lists that follow it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"

#include "wd-unit-item-private.h"

#define BULK 64      /* from so many changes on, all at once */
#define RESET_MS 100 /* resets are told at most so often */

/* --- counting, at the centre and for units and crews ------------------------------------------- */

typedef struct
{
  guint in_hand;
  guint to_accept;
  guint late;
} Count;

static void
count (WdDesk *self, const WdOrderCount *order, int sign)
{
  Count *count;

  self->n_open += sign * (order->open ? 1 : 0);
  if (order->unit == NULL)
    return;
  count = g_hash_table_lookup (self->counts, order->unit);
  if (count == NULL)
    g_hash_table_insert (self->counts, (gpointer)order->unit, count = g_new0 (Count, 1));
  count->in_hand += sign * (order->in_hand ? 1 : 0);
  count->to_accept += sign * (order->to_accept ? 1 : 0);
  count->late += sign * (order->late ? 1 : 0);
  g_hash_table_add (self->dirty, (gpointer)order->unit);
  if (order->crew != NULL)
    g_hash_table_insert (self->crews, (gpointer)order->crew,
                         GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (self->crews, order->crew)) + sign));
}

void
wd_desk_tell_units (WdDesk *self)
{
  GHashTableIter iter;
  const char    *code;

  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, (gpointer *)&code, NULL))
    {
      WdUnitItem  *item = wd_desk_get_unit (self, code);
      const Count *now = g_hash_table_lookup (self->counts, code);

      g_hash_table_iter_remove (&iter);
      if (item == NULL || now == NULL)
        continue;
      wd_unit_item_set_counts (item, now->in_hand, now->to_accept, now->late);
      wd_unit_item_emit_changed (item);
    }
}

/* --- signals ------------------------------------------------------------------ */

static gboolean
tell_reset (gpointer data)
{
  WdDesk *self = data;

  self->reset_source = 0;
  g_signal_emit (self, wd_desk_signals[WD_DESK_RESET], 0);
  return G_SOURCE_REMOVE;
}

static void
plan_reset (WdDesk *self)
{
  if (self->reset_source == 0)
    self->reset_source = g_timeout_add (RESET_MS, tell_reset, self);
}

/* --- copies ------------------------------------------------------------------- */

WdCopy *
wd_desk_find_copy (WdDesk *self, WdObjectKind kind, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->copies[kind], id) : NULL;
}

WdCopy *
wd_desk_ensure_copy (WdDesk *self, WdObjectKind kind, const char *id)
{
  WdCopy *copy = wd_desk_find_copy (self, kind, id);

  if (copy == NULL)
    {
      copy = wd_copy_new (kind, id);
      g_hash_table_insert (self->copies[kind], copy->id, copy);
    }
  return copy;
}

/* Nothing is known of it, and nothing waits for it. */
static void
drop_if_empty (WdDesk *self, WdCopy *copy)
{
  if (copy->confirmed == NULL && copy->shown == NULL && (copy->pending == NULL || copy->pending->len == 0))
    g_hash_table_remove (self->copies[copy->kind], copy->id);
}

/* The body does not say it; what the category says now is near enough for a desk (the server knows). */
static void
guess_inner (WdDesk *self, WdOrder *order)
{
  const WdCategory *category = order->category != NULL ? wd_desk_get_category (self, order->category) : NULL;

  order->needs_site = category != NULL && category->needs_site;
}

static void
take_confirmed (WdDesk *self, WdCopy *copy, WdNewsObject *object)
{
  if (copy->kind == WD_OBJECT_ORDER && object->record != NULL)
    guess_inner (self, object->record);
  wd_copy_set_confirmed (copy, g_steal_pointer (&object->record), object->seq);
  wd_desk_settle_done (self, copy);
  wd_copy_set_shown (copy, wd_desk_project (self, copy));
}

/* --- orders ------------------------------------------------------------------- */

static WdOrderItem *
ensure_item (WdDesk *self, WdCopy *copy, gboolean *added)
{
  WdOrderItem *item = g_hash_table_lookup (self->items, copy->id);

  *added = item == NULL;
  if (item == NULL)
    {
      item = wd_order_item_new (copy);
      g_hash_table_insert (self->items, (gpointer)wd_order_item_get_id (item), item);
    }
  return item;
}

/* Between the two halves the copy becomes another one. */
typedef struct
{
  WdOrderItem *item;
  guint       *from; /* for each list */
  gboolean     added;
} Move;

static void
begin_move (WdDesk *self, WdCopy *copy, Move *move)
{
  move->item = g_object_ref (ensure_item (self, copy, &move->added));
  move->from = g_new (guint, self->lists->len + 1);
  for (guint i = 0; i < self->lists->len; i++)
    move->from[i] = move->added ? WD_NOWHERE : wd_order_list_where (self->lists->pdata[i], move->item);
  count (self, wd_order_item_get_count (move->item), -1);
}

/* Nothing where it came and went at once. */
static void
tell_order (WdDesk *self, WdOrderItem *item, gboolean added)
{
  gboolean here = wd_order_item_get_order (item) != NULL;
  guint    signal = !here ? WD_DESK_ORDER_REMOVED : added ? WD_DESK_ORDER_ADDED
                                                          : WD_DESK_ORDER_CHANGED;

  wd_order_item_emit_changed (item);
  if (here || !added)
    g_signal_emit (self, wd_desk_signals[signal], 0, wd_order_item_get_id (item));
}

static void
end_move (WdDesk *self, WdCopy *copy, Move *move)
{
  g_clear_pointer (&self->places, wd_point_index_free);
  wd_order_item_refresh (move->item, self->actor);
  count (self, wd_order_item_get_count (move->item), 1);
  if (copy->shown == NULL)
    g_hash_table_remove (self->items, copy->id);
  for (guint i = 0; i < self->lists->len; i++)
    wd_order_list_move (self->lists->pdata[i], move->item, move->from[i]);
  tell_order (self, move->item, move->added);
  g_object_unref (move->item);
  g_free (move->from);
}

static void
take_order (WdDesk *self, WdNewsObject *object)
{
  g_autoptr (WdCopy) copy = wd_copy_ref (wd_desk_ensure_copy (self, WD_OBJECT_ORDER, object->id));
  Move               move;

  begin_move (self, copy, &move);
  take_confirmed (self, copy, object);
  end_move (self, copy, &move);
  drop_if_empty (self, copy);
}

/* Of each order once, though a batch should not name one twice. */
static GPtrArray *
list_items (WdDesk *self, GPtrArray *objects, GHashTable *added_ones)
{
  GPtrArray             *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < objects->len; i++)
    {
      const WdNewsObject *object = objects->pdata[i];
      WdOrderItem        *item;
      gboolean            added;

      if (object->kind != WD_OBJECT_ORDER)
        continue;
      item = ensure_item (self, wd_desk_ensure_copy (self, WD_OBJECT_ORDER, object->id), &added);
      if (added)
        g_hash_table_add (added_ones, item);
      if (g_hash_table_add (seen, item))
        g_ptr_array_add (items, g_object_ref (item));
    }
  return items;
}

static void
take_orders_at_once (WdDesk *self, GPtrArray *objects)
{
  g_autoptr (GHashTable) added = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray)  items = list_items (self, objects, added);

  g_clear_pointer (&self->places, wd_point_index_free);
  for (guint i = 0; i < self->lists->len; i++)
    wd_order_list_begin_bulk (self->lists->pdata[i], items);
  for (guint i = 0; i < items->len; i++)
    count (self, wd_order_item_get_count (items->pdata[i]), -1);
  for (guint i = 0; i < objects->len; i++)
    {
      WdNewsObject *object = objects->pdata[i];

      if (object->kind == WD_OBJECT_ORDER)
        take_confirmed (self, wd_desk_ensure_copy (self, WD_OBJECT_ORDER, object->id), object);
    }
  for (guint i = 0; i < items->len; i++)
    {
      const char *id = wd_order_item_get_id (items->pdata[i]);

      wd_order_item_refresh (items->pdata[i], self->actor);
      count (self, wd_order_item_get_count (items->pdata[i]), 1);
      if (wd_order_item_get_order (items->pdata[i]) == NULL)
        {
          g_hash_table_remove (self->items, id);
          drop_if_empty (self, wd_desk_find_copy (self, WD_OBJECT_ORDER, id));
        }
    }
  for (guint i = 0; i < self->lists->len; i++)
    wd_order_list_end_bulk (self->lists->pdata[i], items);
  for (guint i = 0; i < items->len; i++)
    tell_order (self, items->pdata[i], g_hash_table_contains (added, items->pdata[i]));
}

/* --- the house ---------------------------------------------------------------- */

static gboolean
is_area (WdObjectKind kind)
{
  return kind == WD_OBJECT_OUTAGE || kind == WD_OBJECT_QUALITY;
}

static void
show_house (WdDesk *self, WdCopy *copy)
{
  if (is_area (copy->kind))
    wd_desk_put_area (self, copy);
  else if (copy->kind == WD_OBJECT_UNIT && copy->shown != NULL)
    wd_desk_put_unit (self, copy);
  else if (copy->kind == WD_OBJECT_UNIT)
    wd_desk_drop_unit (self, copy);
}

static void
take_house (WdDesk *self, WdNewsObject *object)
{
  g_autoptr (WdCopy) copy = wd_copy_ref (wd_desk_ensure_copy (self, object->kind, object->id));

  take_confirmed (self, copy, object);
  show_house (self, copy);
  drop_if_empty (self, copy);
}

void
wd_desk_take_objects (WdDesk *self, GPtrArray *objects, gboolean fresh)
{
  guint house = 0, areas = 0, orders = 0;

  for (guint i = 0; i < objects->len; i++)
    {
      WdNewsObject *object = objects->pdata[i];

      orders += object->kind == WD_OBJECT_ORDER;
      if (object->kind == WD_OBJECT_ORDER)
        continue;
      take_house (self, object);
      areas += is_area (object->kind);
      house += !is_area (object->kind) && object->kind != WD_OBJECT_CALL;
    }
  if (orders >= BULK)
    take_orders_at_once (self, objects);
  else
    for (guint i = 0; i < objects->len; i++)
      if (((WdNewsObject *)objects->pdata[i])->kind == WD_OBJECT_ORDER)
        take_order (self, objects->pdata[i]);
  wd_desk_tell_units (self);
  if (areas > 0)
    g_signal_emit (self, wd_desk_signals[WD_DESK_AREAS_CHANGED], 0);
  if (house > 0)
    g_signal_emit (self, wd_desk_signals[WD_DESK_HOUSE_CHANGED], 0);
  for (guint i = 0; i < objects->len && fresh; i++)
    {
      const WdNewsObject *object = objects->pdata[i];
      WdCopy             *copy = object->kind == WD_OBJECT_ORDER ? wd_desk_find_copy (self, WD_OBJECT_ORDER, object->id) : NULL;

      if (copy != NULL)
        wd_desk_say_delivered (self, copy);
    }
}

void
wd_desk_show (WdDesk *self, WdCopy *copy, gpointer shown)
{
  g_autoptr (WdCopy) kept = wd_copy_ref (copy);
  Move               move;

  if (copy->kind != WD_OBJECT_ORDER)
    {
      wd_copy_set_shown (copy, shown);
      show_house (self, copy);
      g_signal_emit (self, wd_desk_signals[is_area (copy->kind) ? WD_DESK_AREAS_CHANGED : WD_DESK_HOUSE_CHANGED], 0);
    }
  else if (copy->shown != NULL || shown != NULL)
    {
      begin_move (self, copy, &move);
      wd_copy_set_shown (copy, shown);
      end_move (self, copy, &move);
      wd_desk_tell_units (self);
    }
  drop_if_empty (self, copy);
}

GPtrArray *
wd_desk_list_items (WdDesk *self)
{
  GPtrArray     *items = g_ptr_array_new_full (g_hash_table_size (self->items), g_object_unref);
  GHashTableIter iter;
  WdOrderItem   *item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    g_ptr_array_add (items, g_object_ref (item));
  return items;
}

/* Every order anew: who looks has other rights now, or all is gone. */
void
wd_desk_regroup (WdDesk *self)
{
  g_autoptr (GPtrArray) items = wd_desk_list_items (self);

  for (guint i = 0; i < self->lists->len; i++)
    wd_order_list_begin_bulk (self->lists->pdata[i], items);
  for (guint i = 0; i < items->len; i++)
    wd_order_item_refresh (items->pdata[i], self->actor);
  for (guint i = 0; i < self->lists->len; i++)
    wd_order_list_end_bulk (self->lists->pdata[i], items);
  plan_reset (self);
}

static void
forget_orders (WdDesk *self, GPtrArray *items)
{
  GHashTableIter iter;
  WdCopy        *copy;

  g_clear_pointer (&self->places, wd_point_index_free);
  g_hash_table_iter_init (&iter, self->copies[WD_OBJECT_ORDER]);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
    {
      wd_copy_set_confirmed (copy, NULL, 0);
      wd_copy_set_shown (copy, wd_desk_project (self, copy));
      if (copy->shown == NULL)
        g_hash_table_remove (self->items, copy->id);
      if (copy->shown == NULL && (copy->pending == NULL || copy->pending->len == 0))
        g_hash_table_iter_remove (&iter);
    }
  for (guint i = 0; i < items->len; i++)
    {
      count (self, wd_order_item_get_count (items->pdata[i]), -1);
      wd_order_item_refresh (items->pdata[i], self->actor);
      count (self, wd_order_item_get_count (items->pdata[i]), 1);
    }
}

/* What waits for an answer is still shown, as far as it stands without what was known. */
static void
forget_house (WdDesk *self)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_copy_unref);
  GHashTableIter        iter;
  WdCopy               *copy;

  for (int kind = WD_OBJECT_NONE + 1; kind < WD_N_KINDS; kind++)
    {
      if (kind == WD_OBJECT_ORDER)
        continue;
      g_hash_table_iter_init (&iter, self->copies[kind]);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&copy))
        if (copy->pending != NULL && copy->pending->len > 0)
          g_ptr_array_add (waiting, wd_copy_ref (copy));
        else
          g_hash_table_iter_remove (&iter);
    }
  g_list_store_remove_all (self->units);
  g_list_store_remove_all (self->areas);
  for (guint i = 0; i < waiting->len; i++)
    {
      wd_copy_set_confirmed (waiting->pdata[i], NULL, 0);
      wd_copy_set_shown (waiting->pdata[i], wd_desk_project (self, waiting->pdata[i]));
      show_house (self, waiting->pdata[i]);
    }
  g_signal_emit (self, wd_desk_signals[WD_DESK_AREAS_CHANGED], 0);
  g_signal_emit (self, wd_desk_signals[WD_DESK_HOUSE_CHANGED], 0);
}

void
wd_desk_forget_objects (WdDesk *self)
{
  g_autoptr (GPtrArray) items = wd_desk_list_items (self);

  for (guint i = 0; i < self->lists->len; i++)
    wd_order_list_begin_bulk (self->lists->pdata[i], items);
  forget_orders (self, items);
  for (guint i = 0; i < self->lists->len; i++)
    wd_order_list_end_bulk (self->lists->pdata[i], items);
  forget_house (self);
  plan_reset (self);
}
