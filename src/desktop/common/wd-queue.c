/* wd-queue.c — the orders as a list, in two groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-queue-private.h"

#include "wd-order-row.h"

guint wd_queue_signals[WD_QUEUE_N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdQueue, wd_queue, ADW_TYPE_BIN)

static void
activate_cb (WdQueue *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (WD_IS_ORDER_ITEM (item))
    g_signal_emit (self, wd_queue_signals[WD_QUEUE_ORDER_ACTIVATED], 0, wd_order_item_get_id (WD_ORDER_ITEM (item)));
}

static GStrv
read_selection (WdQueue *self)
{
  g_autoptr (GtkBitset)    selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint64 i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, (guint)i));

      if (WD_IS_ORDER_ITEM (item))
        g_strv_builder_add (ids, wd_order_item_get_id (WD_ORDER_ITEM (item)));
    }
  return g_strv_builder_end (ids);
}

static void
write_selection (WdQueue *self)
{
  guint                  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset)  selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset)  mask = gtk_bitset_new_range (0, n);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **id = self->selected; *id != NULL; id++)
    g_hash_table_add (wanted, *id);
  for (guint i = 0; self->selected[0] != NULL && i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (WD_IS_ORDER_ITEM (item) && g_hash_table_contains (wanted, wd_order_item_get_id (WD_ORDER_ITEM (item))))
        gtk_bitset_add (selected, i);
    }
  self->selecting = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, mask);
  self->selecting = FALSE;
}

static void
selection_changed_cb (WdQueue *self)
{
  if (self->selecting)
    return;
  g_strfreev (self->selected);
  self->selected = read_selection (self);
  g_signal_emit (self, wd_queue_signals[WD_QUEUE_SELECTION_CHANGED], 0);
}

static void
update_empty (WdQueue *self)
{
  guint n_headings = self->table ? 0 : G_N_ELEMENTS (self->groups);

  gtk_widget_set_visible (GTK_WIDGET (self->empty), g_list_model_get_n_items (G_LIST_MODEL (self->selection)) <= n_headings);
}

static gboolean
is_open_here (WdQueue *self, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, id);

  return item != NULL && wd_order_is_open (wd_order_item_get_order (item));
}

/* The selection is of orders, not of places: one that moves to the other group is in neither for a moment. */
static void
items_changed_cb (WdQueue *self, guint position, guint removed, guint added)
{
  g_auto (GStrv)           left = read_selection (self);
  g_auto (GStrv)           were = NULL;
  g_autoptr (GStrvBuilder) kept = NULL;

  _wd_queue_follow_items (self, position, removed, added);
  update_empty (self);
  if (g_strv_length (left) == g_strv_length (self->selected))
    return;
  were = g_steal_pointer (&self->selected);
  kept = g_strv_builder_new ();
  for (guint i = 0; were[i] != NULL; i++)
    if (is_open_here (self, were[i]))
      g_strv_builder_add (kept, were[i]);
  self->selected = g_strv_builder_end (kept);
  write_selection (self);
  if (g_strv_length (self->selected) != g_strv_length (were))
    g_signal_emit (self, wd_queue_signals[WD_QUEUE_SELECTION_CHANGED], 0);
}

static void
wd_queue_dispose (GObject *object)
{
  WdQueue *self = WD_QUEUE (object);

  _wd_queue_drop_hold (self);
  _wd_queue_drop_keys (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    g_clear_object (&self->groups[i]);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_clear_object (&self->lists[i]);
  g_clear_object (&self->selection);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_queue_parent_class)->dispose (object);
}

static void
wd_queue_finalize (GObject *object)
{
  WdQueue *self = WD_QUEUE (object);

  g_hash_table_unref (self->rows); /* not before the list has unbound them */
  g_strfreev (self->selected);
  g_strfreev (self->dragged);
  g_strfreev (self->struck);
  g_hash_table_unref (self->fresh);
  G_OBJECT_CLASS (wd_queue_parent_class)->finalize (object);
}

static gboolean
wd_queue_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return _wd_queue_move_focus (WD_QUEUE (widget), direction);
}

static gboolean
wd_queue_take_focus (GtkWidget *widget)
{
  return _wd_queue_take_focus (WD_QUEUE (widget));
}

static void
wd_queue_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_queue_parent_class)->root (widget);
  _wd_queue_follow_root (WD_QUEUE (widget));
}

static void
wd_queue_unroot (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_queue_parent_class)->unroot (widget);
  _wd_queue_follow_root (WD_QUEUE (widget));
}

static void
wd_queue_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_queue_parent_class)->map (widget);
  _wd_queue_update_hold (WD_QUEUE (widget));
}

static void
wd_queue_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_queue_parent_class)->unmap (widget);
  _wd_queue_update_hold (WD_QUEUE (widget));
}

static void
wd_queue_class_init (WdQueueClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_queue_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queue_finalize;
  widget_class->focus = wd_queue_focus;
  widget_class->grab_focus = wd_queue_take_focus;
  widget_class->root = wd_queue_root;
  widget_class->unroot = wd_queue_unroot;
  widget_class->map = wd_queue_map;
  widget_class->unmap = wd_queue_unmap;
  wd_queue_signals[WD_QUEUE_ORDER_ACTIVATED] = g_signal_new ("order-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  wd_queue_signals[WD_QUEUE_SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  wd_queue_signals[WD_QUEUE_DRAG_STARTED] = g_signal_new ("drag-started", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  wd_queue_signals[WD_QUEUE_DRAG_ENDED] = g_signal_new ("drag-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  wd_queue_signals[WD_QUEUE_MENU_REQUESTED] = g_signal_new ("menu-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  wd_queue_signals[WD_QUEUE_ACT_REQUESTED] = g_signal_new ("act-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  wd_queue_signals[WD_QUEUE_COUNTED] = g_signal_new ("counted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/common/wd-queue.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueue, list);
  gtk_widget_class_bind_template_child (widget_class, WdQueue, empty);
  gtk_widget_class_bind_template_child (widget_class, WdQueue, pill);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "apply_cb", G_CALLBACK (wd_queue_apply));
  gtk_widget_class_bind_template_callback_full (widget_class, "setup_cb", G_CALLBACK (_wd_queue_setup_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "bind_cb", G_CALLBACK (_wd_queue_bind_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "unbind_cb", G_CALLBACK (_wd_queue_unbind_cb));
}

static void
wd_queue_init (WdQueue *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->selected = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  _wd_queue_add_hold (self);
  _wd_queue_add_keys (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (_wd_queue_show_all), self, G_CONNECT_SWAPPED);
}

static gboolean
is_in_state (WdOrderItem *item, gpointer state)
{
  return wd_order_item_get_order (item)->state == (WdOrderState)GPOINTER_TO_INT (state);
}

static gboolean
is_in_group (WdOrderItem *item, gpointer group)
{
  return wd_order_item_get_group (item) == (WdOrderGroup)GPOINTER_TO_INT (group);
}

/* @model: (transfer full) */
static void
take_model (WdQueue *self, WdDesk *desk, GListModel *model)
{
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_set_object (&self->desk, desk);
  g_clear_object (&self->selection);
  self->selection = gtk_multi_selection_new (model);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER); /* the view's own turn is first */
  g_signal_connect_object (desk, "presence-changed", G_CALLBACK (_wd_queue_show_all), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  write_selection (self);
  update_empty (self);
}

void
wd_queue_set_desk (WdQueue *self, WdDesk *desk, const char *mine, const char *waiting)
{
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);

  self->lists[0] = wd_desk_list_orders (desk, is_in_state, GINT_TO_POINTER (WD_STATE_RECEIVED), NULL);
  self->lists[1] = wd_desk_list_orders (desk, is_in_state, GINT_TO_POINTER (WD_STATE_DISPATCHED), NULL);
  self->lists[2] = wd_desk_list_orders (desk, is_in_group, GINT_TO_POINTER (WD_GROUP_MINE), NULL);
  self->lists[3] = wd_desk_list_orders (desk, is_in_group, GINT_TO_POINTER (WD_GROUP_WAITING), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    {
      g_autoptr (GListStore) heading = g_list_store_new (WD_TYPE_QUEUE_GROUP);

      self->groups[i] = wd_queue_group_new (i == 0 ? mine : waiting);
      wd_queue_group_set_source (self->groups[i], self->lists[2 + i]);
      g_list_store_append (heading, self->groups[i]);
      g_list_store_append (parts, heading);
      g_list_store_append (parts, self->groups[i]);
    }
  take_model (self, desk, G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts))));
  _wd_queue_follow_groups (self);
}

void
wd_queue_set_filter (WdQueue *self, WdQueueFilter filter)
{
  wd_queue_group_set_source (self->groups[0], filter == WD_QUEUE_ALL ? self->lists[2] : filter == WD_QUEUE_TO_DISPATCH ? self->lists[0]
                                                                                                                       : NULL);
  wd_queue_group_set_source (self->groups[1], filter == WD_QUEUE_ALL ? self->lists[3] : filter == WD_QUEUE_TO_ACCEPT ? self->lists[1]
                                                                                                                     : NULL);
}

guint
wd_queue_get_count (WdQueue *self, WdQueueFilter filter)
{
  static const guint parts[][2] = { [WD_QUEUE_ALL] = { 2, 3 }, [WD_QUEUE_TO_DISPATCH] = { 0, 0 }, [WD_QUEUE_TO_ACCEPT] = { 1, 1 } };
  guint              first = parts[filter][0], last = parts[filter][1];
  guint              count = g_list_model_get_n_items (G_LIST_MODEL (self->lists[first]));

  return first == last ? count : count + g_list_model_get_n_items (G_LIST_MODEL (self->lists[last]));
}

void
wd_queue_set_list (WdQueue *self, WdDesk *desk, WdOrderList *orders)
{
  if (self->groups[0] != NULL)
    {
      wd_queue_group_set_source (self->groups[0], orders);
      return;
    }
  self->table = TRUE;
  self->groups[0] = wd_queue_group_new (NULL);
  wd_queue_group_set_source (self->groups[0], orders);
  take_model (self, desk, G_LIST_MODEL (g_object_ref (self->groups[0])));
  _wd_queue_follow_groups (self);
}

void
wd_queue_set_acts (WdQueue *self, const WdAct *acts)
{
  self->acts = acts;
}

void
wd_queue_set_empty (WdQueue *self, const char *words)
{
  gtk_label_set_label (self->empty, words);
}

GStrv
wd_queue_get_selection (WdQueue *self)
{
  return g_strdupv (self->selected);
}

void
wd_queue_select (WdQueue *self, const char *const *ids)
{
  g_strfreev (self->selected);
  self->selected = ids != NULL ? g_strdupv ((char **)ids) : g_new0 (char *, 1);
  write_selection (self);
  g_signal_emit (self, wd_queue_signals[WD_QUEUE_SELECTION_CHANGED], 0);
}

void
wd_queue_tick (WdQueue *self)
{
  gint64         now = wd_desk_now (self->desk);
  GHashTableIter iter;
  gpointer       row, list_item;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, &list_item))
    if (gtk_widget_get_mapped (row))
      _wd_queue_tick_row (self, row, list_item, now);
}

void
wd_queue_set_dragged (WdQueue *self, const char *const *ids)
{
  GHashTableIter iter;
  gpointer       row;

  g_strfreev (self->dragged);
  self->dragged = g_strdupv ((char **)ids);
  self->dragging = ids != NULL;
  _wd_queue_update_hold (self);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    wd_order_row_set_dragged (row, ids != NULL && g_strv_contains (ids, wd_order_row_get_id (row)));
}

void
wd_queue_set_struck (WdQueue *self, const char *const *ids)
{
  GHashTableIter iter;
  gpointer       row;

  if (ids == NULL && self->struck == NULL)
    return;
  g_strfreev (self->struck);
  self->struck = ids != NULL && ids[0] != NULL ? g_strdupv ((char **)ids) : NULL;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    wd_order_row_set_struck (row, self->struck != NULL && g_strv_contains (ids, wd_order_row_get_id (row)));
  if (self->struck == NULL)
    wd_queue_apply (self);
  _wd_queue_update_hold (self);
}

void
wd_queue_grab_focus (WdQueue *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}
