/* wd-order-item.c — one order as a list shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"
#include "wd-order-item-private.h"

struct _WdOrderItem
{
  GObject parent_instance;

  WdCopy      *copy;
  WdOrderGroup group;
  gint64       due; /* G_MAXINT64: none */
  gint64       received_at;
  WdOrderCount count;
  gboolean     loose;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdOrderItem, wd_order_item, G_TYPE_OBJECT)

static void
wd_order_item_finalize (GObject *object)
{
  wd_copy_unref (WD_ORDER_ITEM (object)->copy);
  G_OBJECT_CLASS (wd_order_item_parent_class)->finalize (object);
}

static void
wd_order_item_class_init (WdOrderItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_order_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", WD_TYPE_ORDER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_order_item_init (WdOrderItem *self)
{
}

WdOrderItem *
wd_order_item_new (WdCopy *copy)
{
  WdOrderItem *self = g_object_new (WD_TYPE_ORDER_ITEM, NULL);

  self->copy = wd_copy_ref (copy);
  self->due = G_MAXINT64;
  return self;
}

const char *
wd_order_item_get_id (WdOrderItem *self)
{
  return self->copy->id;
}

const WdOrder *
wd_order_item_get_order (WdOrderItem *self)
{
  return self->copy->shown;
}

const WdOrder *
wd_order_item_get_confirmed (WdOrderItem *self)
{
  return self->copy->confirmed;
}

WdOrderGroup
wd_order_item_get_group (WdOrderItem *self)
{
  return self->group;
}

const WdClock *
wd_order_item_get_clock (WdOrderItem *self)
{
  const WdOrder *order = self->copy->shown;
  const WdClock *nearest = NULL;

  for (guint i = 0; order != NULL && i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (clock->stopped_at == 0 && clock->due_at != 0 && !clock->window && (nearest == NULL || clock->due_at < nearest->due_at))
        nearest = clock;
    }
  return nearest;
}

static const WdPending *
find_pending (WdOrderItem *self, gboolean refused)
{
  for (guint i = 0; self->copy->pending != NULL && i < self->copy->pending->len; i++)
    {
      const WdPending *pending = self->copy->pending->pdata[i];

      if (!pending->undoing && !wd_pending_is_quiet (pending) && (pending->refusal != NULL) == refused)
        return pending;
    }
  return NULL;
}

gboolean
wd_order_item_is_unconfirmed (WdOrderItem *self)
{
  return find_pending (self, FALSE) != NULL;
}

gboolean
wd_order_item_is_stopped (WdOrderItem *self)
{
  return find_pending (self, TRUE) != NULL;
}

/* Whose hand is needed. */
static WdOrderGroup
group_of (const WdOrder *order, const WdActor *actor)
{
  gboolean with_unit = order->state == WD_STATE_DISPATCHED || wd_order_is_in_hand (order);

  if (!wd_order_is_open (order))
    return WD_GROUP_OVER;
  if (actor == NULL)
    return WD_GROUP_WAITING;
  if (wd_role_is_centre (actor->role))
    return with_unit ? WD_GROUP_WAITING : WD_GROUP_MINE;
  return with_unit && actor->unit != NULL && g_strcmp0 (order->unit, actor->unit) == 0 ? WD_GROUP_MINE : WD_GROUP_WAITING;
}

static gboolean
is_late (const WdOrder *order)
{
  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (clock->stopped_at == 0 && clock->breached && !clock->soft && g_strcmp0 (clock->unit, order->unit) == 0)
        return TRUE;
    }
  return FALSE;
}

void
wd_order_item_refresh (WdOrderItem *self, const WdActor *actor)
{
  const WdOrder *order = self->copy->shown;
  const WdClock *clock = wd_order_item_get_clock (self);

  self->count = (WdOrderCount){ 0 };
  if (order == NULL)
    return;
  self->group = group_of (order, actor);
  self->due = clock != NULL ? clock->due_at : G_MAXINT64;
  self->received_at = order->received_at;
  self->count.open = wd_order_is_open (order);
  if (order->unit == NULL || !(order->state == WD_STATE_DISPATCHED || wd_order_is_in_hand (order)))
    return;
  self->count.unit = g_intern_string (order->unit);
  self->count.in_hand = wd_order_is_in_hand (order);
  self->count.to_accept = order->state == WD_STATE_DISPATCHED;
  self->count.late = is_late (order);
  self->count.crew = self->count.in_hand && order->crew != NULL ? g_intern_string (order->crew) : NULL;
}

const WdOrderCount *
wd_order_item_get_count (WdOrderItem *self)
{
  return &self->count;
}

void
wd_order_item_emit_changed (WdOrderItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static int
compare_times (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b;
}

int
wd_order_item_compare (WdOrderItem *a, WdOrderItem *b)
{
  int order = (int)a->group - (int)b->group;

  if (order == 0)
    order = compare_times (a->due, b->due);
  if (order == 0)
    order = compare_times (a->received_at, b->received_at);
  return order != 0 ? order : g_strcmp0 (a->copy->id, b->copy->id);
}

void
wd_order_item_set_loose (WdOrderItem *self, gboolean loose)
{
  self->loose = loose;
}

gboolean
wd_order_item_is_loose (WdOrderItem *self)
{
  return self->loose;
}
