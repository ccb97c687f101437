/* wd-queue.c — the orders as a list, in two groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-queue.h"

#include "wd-order-ids.h"
#include "wd-order-row.h"
#include "wd-standing.h"

#include <glib/gi18n.h>

struct _WdQueue
{
  GtkWidget parent_instance;

  GtkListView       *list;
  GtkWidget         *empty;
  GtkStack          *stack;
  GtkMultiSelection *selection;
  WdDesk            *desk;
  GHashTable        *rows; /* WdOrderRow that show something now */
  GStrv              dragged;
  guint              n_headings;
};

enum
{
  ORDER_ACTIVATED,
  SELECTION_CHANGED,
  DRAG_STARTED,
  DRAG_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdQueue, wd_queue, ADW_TYPE_BIN)

/* --- rows ------------------------------------------------------------------ */

static void
show_item (WdQueue *self, WdOrderRow *row, WdOrderItem *item)
{
  const WdOrder    *order = wd_order_item_get_order (item);
  const WdCategory *category = wd_desk_get_category (self->desk, order->category);
  WdUnitItem       *unit = order->unit != NULL ? wd_desk_get_unit (self->desk, order->unit) : NULL;
  WdOrderRowContent content = {
    .order = order,
    .policy = wd_desk_get_policy (self->desk, order->policy),
    .clock = wd_order_item_get_clock (item),
    .category = category != NULL ? category->name : order->category,
    .unit = unit != NULL ? wd_unit_item_get_unit (unit)->name : order->unit,
    .symbol = wd_standing_of (self->desk, item, wd_desk_now (self->desk), NULL),
    .unconfirmed = wd_order_item_is_unconfirmed (item),
  };

  wd_order_row_show (row, &content, wd_desk_now (self->desk));
  wd_order_row_set_dragged (row, self->dragged != NULL && g_strv_contains ((const char *const *)self->dragged, order->id));
}

static void
item_changed_cb (WdOrderItem *item, WdOrderRow *row)
{
  WdQueue *self = WD_QUEUE (gtk_widget_get_ancestor (GTK_WIDGET (row), WD_TYPE_QUEUE));

  if (self != NULL)
    show_item (self, row, item);
}

static GStrv
ids_for_drag (WdQueue *self, guint position, const char *id)
{
  if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    return wd_queue_get_selection (self);
  return g_strdupv ((char *[]){ (char *)id, NULL });
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, GtkListItem *list_item)
{
  WdQueue *self = WD_QUEUE (gtk_widget_get_ancestor (gtk_list_item_get_child (list_item), WD_TYPE_QUEUE));
  GObject *item = gtk_list_item_get_item (list_item);

  if (!WD_IS_ORDER_ITEM (item))
    return NULL;
  /* The list may change under the drag: what it carries is settled here. */
  g_strfreev (self->dragged);
  self->dragged = ids_for_drag (self, gtk_list_item_get_position (list_item), wd_order_item_get_id (WD_ORDER_ITEM (item)));
  return wd_order_ids_provider_new ((const char *const *)self->dragged);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, WdQueue *self)
{
  WdOrderItem   *item = wd_desk_get_order (self->desk, self->dragged[0]);
  g_auto (GStrv) ids = g_strdupv (self->dragged);

  if (item != NULL)
    {
      gboolean                 dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
      WdSymbolState            standing = wd_standing_of (self->desk, item, wd_desk_now (self->desk), NULL);
      g_autoptr (GdkPaintable) symbol = wd_symbol_paintable_new (wd_order_item_get_order (item)->category, standing, WD_SYMBOL_SIZE, dark);

      wd_order_ids_set_drag_icon (drag, symbol, g_strv_length (ids));
    }
  g_signal_emit (self, signals[DRAG_STARTED], 0, ids);
}

static void
drag_end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, WdQueue *self)
{
  g_signal_emit (self, signals[DRAG_ENDED], 0);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self)
{
  GtkWidget     *stack = gtk_stack_new ();
  GtkWidget     *row = wd_order_row_new ();
  GtkWidget     *heading = gtk_label_new (NULL);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "group-heading");
  gtk_stack_add_named (GTK_STACK (stack), row, "row");
  gtk_stack_add_named (GTK_STACK (stack), heading, "heading");
  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  gtk_list_item_set_child (list_item, stack);

  gtk_drag_source_set_actions (source, WD_ORDER_IDS_ACTION);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), list_item);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (stack, GTK_EVENT_CONTROLLER (source));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self)
{
  GtkStack  *stack = GTK_STACK (gtk_list_item_get_child (list_item));
  GtkWidget *row = gtk_stack_get_child_by_name (stack, "row");
  GtkWidget *heading = gtk_stack_get_child_by_name (stack, "heading");
  GObject   *item = gtk_list_item_get_item (list_item);
  gboolean   is_order = WD_IS_ORDER_ITEM (item);

  gtk_list_item_set_selectable (list_item, is_order);
  gtk_list_item_set_activatable (list_item, is_order);
  gtk_stack_set_visible_child (stack, is_order ? row : heading);
  if (!is_order)
    {
      g_object_bind_property (item, "string", heading, "label", G_BINDING_SYNC_CREATE);
      return;
    }
  show_item (self, WD_ORDER_ROW (row), WD_ORDER_ITEM (item));
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), row, 0);
  g_hash_table_add (self->rows, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self)
{
  GtkWidget *row = gtk_stack_get_child_by_name (GTK_STACK (gtk_list_item_get_child (list_item)), "row");

  g_hash_table_remove (self->rows, row);
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), row);
}

/* --- the widget ---------------------------------------------------------------- */

static void
activate_cb (WdQueue *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (WD_IS_ORDER_ITEM (item))
    g_signal_emit (self, signals[ORDER_ACTIVATED], 0, wd_order_item_get_id (WD_ORDER_ITEM (item)));
}

static void
selection_changed_cb (WdQueue *self)
{
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
wd_queue_dispose (GObject *object)
{
  WdQueue *self = WD_QUEUE (object);

  g_clear_object (&self->selection);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->dragged, g_strfreev);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_queue_parent_class)->dispose (object);
}

static void
wd_queue_class_init (WdQueueClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_queue_dispose;
  signals[ORDER_ACTIVATED] = g_signal_new ("order-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DRAG_STARTED] = g_signal_new ("drag-started", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[DRAG_ENDED] = g_signal_new ("drag-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/common/wd-queue.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueue, list);
  gtk_widget_class_bind_template_child (widget_class, WdQueue, empty);
  gtk_widget_class_bind_template_child (widget_class, WdQueue, stack);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
wd_queue_init (WdQueue *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
is_in_group (WdOrderItem *item, gpointer group)
{
  return wd_order_item_get_group (item) == (WdOrderGroup)GPOINTER_TO_INT (group);
}

static void
update_empty (WdQueue *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > self->n_headings;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
}

/* @model: (transfer full) */
static void
take_model (WdQueue *self, WdDesk *desk, GListModel *model, guint n_headings)
{
  g_set_object (&self->desk, desk);
  self->n_headings = n_headings;
  self->selection = gtk_multi_selection_new (model);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  update_empty (self);
}

void
wd_queue_set_desk (WdQueue *self, WdDesk *desk, const char *mine, const char *waiting)
{
  const char *const names[] = { mine, waiting };
  GListStore       *parts = g_list_store_new (G_TYPE_LIST_MODEL);

  for (guint group = WD_GROUP_MINE; group <= WD_GROUP_WAITING; group++)
    {
      GtkStringList *heading = gtk_string_list_new ((const char *[]){ names[group], NULL });
      WdOrderList   *orders = wd_desk_list_orders (desk, is_in_group, GINT_TO_POINTER (group), NULL);

      g_list_store_append (parts, heading);
      g_list_store_append (parts, orders);
      g_object_unref (heading);
      g_object_unref (orders);
    }
  take_model (self, desk, G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts))), G_N_ELEMENTS (names));
}

void
wd_queue_set_list (WdQueue *self, WdDesk *desk, WdOrderList *orders)
{
  take_model (self, desk, G_LIST_MODEL (g_object_ref (orders)), 0);
}

GStrv
wd_queue_get_selection (WdQueue *self)
{
  g_autoptr (GtkBitset)    selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint64 i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, i));

      if (WD_IS_ORDER_ITEM (item))
        g_strv_builder_add (ids, wd_order_item_get_id (WD_ORDER_ITEM (item)));
    }
  return g_strv_builder_end (ids);
}

void
wd_queue_select (WdQueue *self, const char *const *ids)
{
  guint                 n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (0, n);

  for (guint i = 0; ids != NULL && ids[0] != NULL && i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (WD_IS_ORDER_ITEM (item) && g_strv_contains (ids, wd_order_item_get_id (WD_ORDER_ITEM (item))))
        gtk_bitset_add (selected, i);
    }
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, mask);
}

void
wd_queue_tick (WdQueue *self)
{
  gint64         now = wd_desk_now (self->desk);
  GHashTableIter iter;
  gpointer       row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    {
      WdOrderItem *item = gtk_widget_get_mapped (row) ? wd_desk_get_order (self->desk, wd_order_row_get_id (row)) : NULL;

      if (item != NULL)
        wd_order_row_tick (row, wd_standing_of (self->desk, item, now, NULL), now);
    }
}

void
wd_queue_set_dragged (WdQueue *self, const char *const *ids)
{
  GHashTableIter iter;
  gpointer       row;

  g_strfreev (self->dragged);
  self->dragged = g_strdupv ((char **)ids);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    wd_order_row_set_dragged (row, ids != NULL && g_strv_contains (ids, wd_order_row_get_id (row)));
}

void
wd_queue_grab_focus (WdQueue *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}
