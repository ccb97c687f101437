/* wd-queue-rows.c — the rows of a queue, and what is dragged from them
 *
 * A group's heading is an item of the list as well: the list of its orders, which it counts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-queue-private.h"

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

static void
show_item (WdQueue *self, WdOrderRow *row, WdOrderItem *item)
{
  const WdOrder    *order = wd_order_item_get_order (item);
  const WdCategory *category = wd_desk_get_category (self->desk, order->category);
  const WdActor    *actor = wd_desk_get_actor (self->desk);
  gboolean          own = actor != NULL && actor->unit != NULL && g_strcmp0 (actor->unit, order->unit) == 0;
  WdUnitItem       *unit = order->unit != NULL ? wd_desk_get_unit (self->desk, order->unit) : NULL;
  gboolean          table = self->names[0] == NULL;
  const WdCrew     *crew = table && order->crew != NULL ? wd_desk_get_crew (self->desk, order->crew) : NULL;
  WdOrderRowContent content = {
    .order = order,
    .policy = wd_desk_get_policy (self->desk, order->policy),
    .clock = wd_order_item_get_clock (item),
    .category = category != NULL ? category->name : order->category,
    .unit = own            ? NULL
            : unit != NULL ? wd_unit_item_get_unit (unit)->name
                           : order->unit,
    .stage = table ? wd_term_stage (order) : NULL,
    .crew = crew != NULL ? crew->name : NULL,
    .symbol = wd_standing_of (self->desk, item, wd_desk_now (self->desk), NULL),
    .unconfirmed = wd_order_item_is_unconfirmed (item),
  };

  wd_order_row_show (row, &content, wd_desk_now (self->desk));
  wd_order_row_set_dragged (row, self->dragged != NULL && g_strv_contains ((const char *const *)self->dragged, order->id));
  name_for_reader (g_hash_table_lookup (self->rows, row), wd_order_row_get_words (row));
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
  const char *words = self->names[group == self->groups[0] ? 0 : 1];

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

/* Each is both an order and a heading, of which one is seen. */
void
_wd_queue_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self)
{
  GtkWidget     *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_box_append (GTK_BOX (box), wd_order_row_new ());
  gtk_box_append (GTK_BOX (box), make_heading ());
  gtk_list_item_set_child (list_item, box);

  gtk_drag_source_set_actions (source, WD_ORDER_IDS_ACTION);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), list_item);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (source));
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
