/* wd-queue-group.c — one group of the queue: follows a list of orders, or stands still under a hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-queue-group.h"

struct _WdQueueGroup
{
  GObject parent_instance;

  char        *name;
  WdOrderList *source;
  gulong       changed;
  GPtrArray   *still; /* WdOrderItem; NULL while it follows */
  gboolean     behind;
};

enum
{
  BEHIND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return WD_TYPE_ORDER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  WdQueueGroup *self = WD_QUEUE_GROUP (model);

  if (self->still != NULL)
    return self->still->len;
  return self->source != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->source)) : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  WdQueueGroup *self = WD_QUEUE_GROUP (model);

  if (self->still != NULL)
    return position < self->still->len ? g_object_ref (self->still->pdata[position]) : NULL;
  return self->source != NULL ? g_list_model_get_item (G_LIST_MODEL (self->source), position) : NULL;
}

static void
model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WdQueueGroup, wd_queue_group, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_init))

static void
source_changed_cb (WdQueueGroup *self, guint position, guint removed, guint added)
{
  if (self->still == NULL)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
      return;
    }
  self->behind = TRUE;
  g_signal_emit (self, signals[BEHIND], 0);
}

static void
wd_queue_group_dispose (GObject *object)
{
  WdQueueGroup *self = WD_QUEUE_GROUP (object);

  g_clear_signal_handler (&self->changed, self->source);
  g_clear_object (&self->source);
  g_clear_pointer (&self->still, g_ptr_array_unref);
  G_OBJECT_CLASS (wd_queue_group_parent_class)->dispose (object);
}

static void
wd_queue_group_finalize (GObject *object)
{
  g_free (WD_QUEUE_GROUP (object)->name);
  G_OBJECT_CLASS (wd_queue_group_parent_class)->finalize (object);
}

static void
wd_queue_group_class_init (WdQueueGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_queue_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queue_group_finalize;
  signals[BEHIND] = g_signal_new ("behind", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_queue_group_init (WdQueueGroup *self)
{
}

WdQueueGroup *
wd_queue_group_new (const char *name)
{
  WdQueueGroup *self = g_object_new (WD_TYPE_QUEUE_GROUP, NULL);

  self->name = g_strdup (name);
  return self;
}

const char *
wd_queue_group_get_name (WdQueueGroup *self)
{
  return self->name;
}

static GPtrArray *
list_source (WdQueueGroup *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint      n = self->source != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->source)) : 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->source), i));
  return items;
}

/* --- from what stands still to what is ----------------------------------------------------------- */

#define STEPS 100 /* told one by one, from the top; what differs below is told as one */
#define REACH 64  /* so far ahead is looked for an item before it counts as gone from its place */

/* How many of @are from @from on come before @item, at most REACH + 1. */
static guint
count_before (GPtrArray *are, guint from, gconstpointer item)
{
  guint n = 0;

  while (from + n < are->len && n <= REACH && are->pdata[from + n] != item)
    n++;
  return n;
}

static void
take_out (WdQueueGroup *self, guint at, guint n)
{
  g_ptr_array_remove_range (self->still, at, n);
  g_list_model_items_changed (G_LIST_MODEL (self), at, n, 0);
}

static void
put_in (WdQueueGroup *self, guint at, GPtrArray *are, guint n)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (self->still, (int)(at + i), g_object_ref (are->pdata[at + i]));
  g_list_model_items_changed (G_LIST_MODEL (self), at, 0, n);
}

/* The two agree before @at.  @left: those of @are that have not been put in. */
static void
step (WdQueueGroup *self, guint at, GPtrArray *are, GHashTable *left)
{
  gpointer item = at < self->still->len ? self->still->pdata[at] : NULL;
  gboolean gone = item != NULL && !g_hash_table_contains (left, item);
  guint    n = gone ? 0 : count_before (are, at, item);

  if (gone || (item != NULL && n > REACH))
    {
      take_out (self, at, 1);
      return;
    }
  for (guint i = 0; i < n; i++)
    g_hash_table_remove (left, are->pdata[at + i]);
  put_in (self, at, are, n);
}

/* What is told as one makes all the rows anew that somebody sees: rows near the top, that stay, are let stand. */
static void
catch_up (WdQueueGroup *self)
{
  GPtrArray             *are = list_source (self);
  g_autoptr (GHashTable) left = g_hash_table_new (NULL, NULL);
  guint                  at = 0, tail = 0, least;

  for (guint i = 0; i < are->len; i++)
    g_hash_table_add (left, are->pdata[i]);
  for (guint steps = 0; steps < STEPS; steps++)
    {
      while (at < are->len && at < self->still->len && are->pdata[at] == self->still->pdata[at])
        at++;
      if (at == are->len || self->still->len == 0)
        break;
      step (self, at, are, left);
    }
  least = MIN (are->len, self->still->len) - at;
  while (tail < least && are->pdata[are->len - 1 - tail] == self->still->pdata[self->still->len - 1 - tail])
    tail++;
  if (at + tail < MAX (are->len, self->still->len))
    {
      g_autoptr (GPtrArray) were = g_steal_pointer (&self->still);

      self->still = are;
      g_list_model_items_changed (G_LIST_MODEL (self), at, were->len - at - tail, are->len - at - tail);
    }
  else
    g_ptr_array_unref (are);
  self->behind = FALSE;
}

void
wd_queue_group_set_source (WdQueueGroup *self, WdOrderList *source)
{
  guint were = get_n_items (G_LIST_MODEL (self));

  g_clear_signal_handler (&self->changed, self->source);
  g_set_object (&self->source, source);
  self->changed = source != NULL ? g_signal_connect_object (source, "items-changed", G_CALLBACK (source_changed_cb), self, G_CONNECT_SWAPPED) : 0;
  self->behind = FALSE;
  if (self->still != NULL)
    {
      g_ptr_array_unref (self->still);
      self->still = list_source (self);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, were, get_n_items (G_LIST_MODEL (self)));
}

void
wd_queue_group_set_still (WdQueueGroup *self, gboolean still)
{
  if (still == (self->still != NULL))
    return;
  if (still)
    {
      self->still = list_source (self);
      self->behind = FALSE;
      return;
    }
  if (self->behind)
    catch_up (self);
  g_clear_pointer (&self->still, g_ptr_array_unref);
}

void
wd_queue_group_apply (WdQueueGroup *self)
{
  if (self->still != NULL && self->behind)
    catch_up (self);
}
