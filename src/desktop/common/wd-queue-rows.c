/* wd-queue-rows.c — the rows of a queue, and what is dragged from them
 *
 * A group's heading is an item of the list as well: the list of its orders, which it counts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-queue-private.h"

#include "wd-clock-popover.h"
#include "wd-order-ids.h"
#include "wd-order-row.h"
#include "wd-standing.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

/* What has the focus, and is asked for its name, is the list's own widget around ours. */
static void
name_for_reader (GtkListItem *list_item, const char *words)
{
  GtkWidget *outer = gtk_widget_get_parent (gtk_list_item_get_child (list_item));

  gtk_accessible_update_property (GTK_ACCESSIBLE (outer), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static gboolean
has (GStrv ids, const char *id)
{
  return ids != NULL && g_strv_contains ((const char *const *)ids, id);
}

static void
act_cb (GtkWidget *outer, const char *name, gpointer list_item)
{
  WdQueue *self = WD_QUEUE (gtk_widget_get_ancestor (outer, WD_TYPE_QUEUE));

  g_signal_emit (self, wd_queue_signals[WD_QUEUE_ACT_REQUESTED], 0, wd_order_item_get_id (gtk_list_item_get_item (list_item)), name);
}

/* Of the list's own widget, as its name is; a heading has none. */
static void
offer_acts (WdQueue *self, GtkListItem *list_item, const char *order)
{
  GtkWidget *outer = gtk_widget_get_parent (gtk_list_item_get_child (list_item));

  if (order != NULL && self->acts != NULL)
    wd_acts_offer (outer, "order", self->acts, self->desk, order, act_cb, list_item);
  else
    wd_acts_withdraw (outer, "order");
}

static WdOrderRowContent
content_of (WdQueue *self, WdOrderItem *item, gint64 now)
{
  const WdOrder    *order = wd_order_item_get_order (item);
  const WdActor    *actor = wd_desk_get_actor (self->desk);
  const WdCategory *category = wd_desk_get_category (self->desk, order->category);
  WdUnitItem       *unit = order->unit != NULL ? wd_desk_get_unit (self->desk, order->unit) : NULL;
  const WdCrew     *crew = self->table && order->crew != NULL ? wd_desk_get_crew (self->desk, order->crew) : NULL;
  WdOrderRowContent content = { order };

  content.policy = wd_desk_get_policy (self->desk, order->policy);
  content.clock = wd_order_item_get_clock (item);
  content.category = category != NULL ? category->name : order->category;
  if (actor == NULL || actor->unit == NULL || g_strcmp0 (actor->unit, order->unit) != 0)
    content.unit = unit != NULL ? wd_unit_item_get_unit (unit)->name : order->unit;
  content.manned = content.unit != NULL && unit != NULL ? wd_unit_item_get_manned (unit) : WD_MANNED_UNKNOWN;
  content.stage = self->table ? wd_term_stage (order) : NULL;
  content.crew = crew != NULL ? crew->name : NULL;
  content.symbol = wd_standing_of (self->desk, item, now, NULL);
  content.unconfirmed = wd_order_item_is_unconfirmed (item);
  return content;
}

/* One that has left the desk while the queue stands still goes on saying what it said last. */
static void
show_item (WdQueue *self, WdOrderRow *row, WdOrderItem *item)
{
  const WdOrder    *order = wd_order_item_get_order (item);
  gint64            now = wd_desk_now (self->desk);
  WdOrderRowContent content;

  if (order == NULL)
    return;
  content = content_of (self, item, now);
  wd_order_row_show (row, &content, now);
  wd_order_row_set_struck (row, has (self->struck, order->id));
  wd_order_row_set_dragged (row, has (self->dragged, order->id));
  name_for_reader (g_hash_table_lookup (self->rows, row), wd_order_row_get_words (row));
  offer_acts (self, g_hash_table_lookup (self->rows, row), order->id);
}

void
_wd_queue_tick_row (WdQueue *self, WdOrderRow *row, GtkListItem *list_item, gint64 now)
{
  WdOrderItem      *item = gtk_list_item_get_item (list_item);
  WdOrderRowContent content;

  if (wd_order_item_get_order (item) == NULL)
    return;
  content = content_of (self, item, now);
  if (wd_order_row_tick (row, &content, now))
    name_for_reader (list_item, wd_order_row_get_words (row));
}

static void
item_changed_cb (WdOrderItem *item, WdOrderRow *row)
{
  WdQueue *self = WD_QUEUE (gtk_widget_get_ancestor (GTK_WIDGET (row), WD_TYPE_QUEUE));

  if (self != NULL)
    show_item (self, row, item);
}

void
_wd_queue_show_all (WdQueue *self)
{
  GHashTableIter iter;
  gpointer       row, list_item;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, &list_item))
    show_item (self, row, gtk_list_item_get_item (list_item));
}

static void
count_group (GListModel *group, guint position, guint removed, guint added, GtkLabel *count)
{
  g_autofree char *words = g_strdup_printf ("%u", g_list_model_get_n_items (group));

  gtk_label_set_label (count, words);
}

static void
show_group (WdQueue *self, GtkListItem *list_item, GtkWidget *heading)
{
  GObject    *group = gtk_list_item_get_item (list_item);
  GtkWidget  *name = gtk_widget_get_first_child (heading);
  GtkWidget  *count = gtk_widget_get_next_sibling (name);
  const char *words = wd_queue_group_get_name (WD_QUEUE_GROUP (group));

  gtk_label_set_label (GTK_LABEL (name), words);
  count_group (G_LIST_MODEL (group), 0, 0, 0, GTK_LABEL (count));
  g_signal_connect_object (group, "items-changed", G_CALLBACK (count_group), count, G_CONNECT_AFTER);
  name_for_reader (list_item, words);
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
  g_signal_emit (self, wd_queue_signals[WD_QUEUE_DRAG_STARTED], 0, ids);
}

static void
drag_end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, WdQueue *self)
{
  g_signal_emit (self, wd_queue_signals[WD_QUEUE_DRAG_ENDED], 0);
}

static GtkWidget *
make_heading (void)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *order = gtk_label_new (_ ("by next limit"));

  gtk_widget_add_css_class (heading, "group-heading");
  gtk_box_append (GTK_BOX (heading), g_object_new (GTK_TYPE_LABEL, "css-classes", (const char *[]){ "name", NULL }, NULL));
  gtk_box_append (GTK_BOX (heading), gtk_label_new (NULL));
  gtk_widget_set_hexpand (order, TRUE);
  gtk_widget_set_halign (order, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (heading), order);
  return heading;
}

static void
take_into_selection (WdQueue *self, GtkListItem *list_item)
{
  if (!gtk_list_item_get_selected (list_item))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), gtk_list_item_get_position (list_item), TRUE);
}

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, GtkListItem *list_item)
{
  GtkWidget       *child = gtk_list_item_get_child (list_item);
  WdQueue         *self = WD_QUEUE (gtk_widget_get_ancestor (child, WD_TYPE_QUEUE));
  GObject         *item = gtk_list_item_get_item (list_item);
  graphene_point_t at;

  if (!WD_IS_ORDER_ITEM (item) || !gtk_widget_compute_point (child, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float)x, (float)y), &at))
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  take_into_selection (self, list_item);
  g_signal_emit (self, wd_queue_signals[WD_QUEUE_MENU_REQUESTED], 0, wd_order_item_get_id (WD_ORDER_ITEM (item)), (double)at.x, (double)at.y);
}

static void
clocks_requested_cb (WdOrderRow *row, WdQueue *self)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, wd_order_row_get_id (row));

  if (item != NULL && wd_order_item_get_order (item) != NULL)
    wd_clock_popover_show (wd_order_row_get_chip (row), self->desk, wd_order_item_get_order (item));
}

GtkListItem *
_wd_queue_get_focused (WdQueue *self)
{
  GtkRoot     *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget   *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget   *row;
  GtkListItem *list_item;

  while (focus != NULL && gtk_widget_get_parent (focus) != GTK_WIDGET (self->list))
    focus = gtk_widget_get_parent (focus);
  if (focus == NULL || gtk_widget_get_first_child (focus) == NULL)
    return NULL;
  row = gtk_widget_get_first_child (gtk_widget_get_first_child (focus));
  list_item = row != NULL ? g_hash_table_lookup (self->rows, row) : NULL;
  return list_item != NULL && WD_IS_ORDER_ITEM (gtk_list_item_get_item (list_item)) ? list_item : NULL;
}

/* Each is both an order and a heading, of which one is seen. */
void
_wd_queue_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self)
{
  GtkWidget     *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget     *row = wd_order_row_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkGesture    *click = gtk_gesture_click_new ();

  gtk_box_append (GTK_BOX (box), row);
  g_signal_connect_object (row, "clocks-requested", G_CALLBACK (clocks_requested_cb), self, 0);
  gtk_box_append (GTK_BOX (box), make_heading ());
  gtk_list_item_set_child (list_item, box);

  gtk_drag_source_set_actions (source, WD_ORDER_IDS_ACTION);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), list_item);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (source));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), list_item);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
}

void
_wd_queue_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self)
{
  GtkWidget *row = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *heading = gtk_widget_get_next_sibling (row);
  GObject   *item = gtk_list_item_get_item (list_item);
  gboolean   is_order = WD_IS_ORDER_ITEM (item);

  /* A heading stays selectable, though that means nothing: else the arrow keys get stuck at it. */
  gtk_list_item_set_activatable (list_item, is_order);
  gtk_widget_set_visible (row, is_order);
  gtk_widget_set_visible (heading, !is_order);
  if (!is_order)
    {
      offer_acts (self, list_item, NULL);
      show_group (self, list_item, heading);
      return;
    }
  g_hash_table_insert (self->rows, row, list_item);
  show_item (self, WD_ORDER_ROW (row), WD_ORDER_ITEM (item));
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), row, 0);
}

void
_wd_queue_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self)
{
  GtkWidget *row = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *heading = gtk_widget_get_next_sibling (row);
  GtkWidget *count = gtk_widget_get_next_sibling (gtk_widget_get_first_child (heading));

  g_hash_table_remove (self->rows, row);
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), row);
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), count);
}
