/* wd-board-page.c — the dispatch board: queue, map, units
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-facts.h"
#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (WdBoardPage, wd_board_page, ADW_TYPE_BIN)

/* --- units ------------------------------------------------------------------ */

static char *
duty_line (const WdUnit *unit)
{
  const char *who = unit->duty != NULL ? unit->duty->name : unit->handler;

  if (who == NULL)
    return g_strdup (unit->phone);
  return unit->phone != NULL ? g_strdup_printf ("%s · %s", who, unit->phone) : g_strdup (who);
}

static void
show_card (WdBoardPage *self, WdUnitCard *card)
{
  WdUnitItem       *item = wd_desk_get_unit (self->desk, wd_unit_card_get_code (card));
  const WdUnit     *unit = item != NULL ? wd_unit_item_get_unit (item) : NULL;
  g_autofree char  *duty = NULL;
  WdUnitCardContent content = { 0 };

  if (unit == NULL)
    return;
  duty = duty_line (unit);
  content.name = unit->name;
  content.duty = duty;
  content.presence = wd_map_feed_presence (wd_unit_item_get_manned (item));
  content.open = wd_unit_item_get_n_in_hand (item) + wd_unit_item_get_n_to_accept (item);
  content.waiting = wd_unit_item_get_n_to_accept (item);
  content.late = wd_unit_item_get_n_late (item);
  wd_unit_card_show (card, &content);
}

static void
show_on_duty (WdBoardPage *self)
{
  GListModel      *units = wd_desk_get_units (self->desk);
  guint            n = g_list_model_get_n_items (units), manned = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);

      if (wd_unit_item_get_manned (item) == WD_MANNED_ONLINE)
        manned++;
    }
  /* Translators: how many of the units have a manned desk. */
  words = g_strdup_printf (_ ("on duty %u/%u"), manned, n);
  gtk_label_set_label (self->on_duty, words);
}

static void
unit_changed_cb (WdUnitItem *item, WdUnitCard *card)
{
  WdBoardPage *self = WD_BOARD_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (card), WD_TYPE_BOARD_PAGE));

  if (self != NULL)
    show_card (self, card);
}

static void
card_dropped_cb (WdUnitCard *card, const char *const *ids, WdBoardPage *self)
{
  _wd_board_page_dispatch (self, ids, wd_unit_card_get_code (card));
}

static void
card_hovered_cb (WdUnitCard *card, gboolean hovered, WdBoardPage *self)
{
  wd_map_layer_set_drop_unit (wd_map_view_get_layer (self->map), hovered ? wd_unit_card_get_code (card) : NULL);
}

static void
make_cards (WdBoardPage *self)
{
  GListModel *units = wd_desk_get_units (self->desk);
  GtkWidget  *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);
      GtkWidget             *card = wd_unit_card_new (wd_unit_item_get_code (item));

      g_signal_connect_object (card, "dropped", G_CALLBACK (card_dropped_cb), self, 0);
      g_signal_connect_object (card, "hovered", G_CALLBACK (card_hovered_cb), self, 0);
      g_signal_connect_object (item, "changed", G_CALLBACK (unit_changed_cb), card, 0);
      gtk_box_append (self->cards, card);
      show_card (self, WD_UNIT_CARD (card));
    }
  show_on_duty (self);
}

static void
count_orders (WdBoardPage *self)
{
  g_autofree char *words = g_strdup_printf ("%u", g_list_model_get_n_items (G_LIST_MODEL (self->orders)));

  gtk_label_set_label (self->counts, words);
}

/* --- drag ----------------------------------------------------------------------- */

/* From the start of a drag every card says what it would be for these orders. */
static void
drag_started_cb (WdBoardPage *self, const char *const *ids)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      const char           *code = wd_unit_card_get_code (WD_UNIT_CARD (card));
      g_autoptr (GPtrArray) facts = wd_facts_about (self->desk, ids, wd_desk_get_unit (self->desk, code));

      wd_unit_card_set_facts (WD_UNIT_CARD (card), facts);
    }
  wd_map_layer_set_dragged (wd_map_view_get_layer (self->map), ids);
  wd_queue_set_dragged (self->queue, ids);
}

static void
drag_ended_cb (WdBoardPage *self)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL; card = gtk_widget_get_next_sibling (card))
    wd_unit_card_set_facts (WD_UNIT_CARD (card), NULL);
  wd_map_layer_set_dragged (wd_map_view_get_layer (self->map), NULL);
  wd_map_layer_set_drop_unit (wd_map_view_get_layer (self->map), NULL);
  wd_queue_set_dragged (self->queue, NULL);
}

static char *
query_drop_cb (WdBoardPage *self, const char *const *ids, const char *unit)
{
  return wd_facts_refusal (self->desk, ids, wd_desk_get_unit (self->desk, unit));
}

static void
dropped_on_map_cb (WdBoardPage *self, const char *const *ids, const char *unit)
{
  _wd_board_page_dispatch (self, ids, unit);
}

/* --- selection: list and map agree ------------------------------------------------ */

static void
queue_selection_cb (WdBoardPage *self)
{
  g_auto (GStrv) ids = wd_queue_get_selection (self->queue);

  if (self->selecting)
    return;
  self->selecting = TRUE;
  wd_map_layer_select (wd_map_view_get_layer (self->map), (const char *const *)ids);
  self->selecting = FALSE;
}

static void
map_selection_cb (WdBoardPage *self)
{
  if (self->selecting)
    return;
  self->selecting = TRUE;
  wd_queue_select (self->queue, wd_map_layer_get_selection (wd_map_view_get_layer (self->map)));
  self->selecting = FALSE;
}

static char *
describe_order_cb (WdBoardPage *self, const char *id)
{
  WdOrderItem      *item = wd_desk_get_order (self->desk, id);
  const WdOrder    *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  const WdCategory *category = order != NULL ? wd_desk_get_category (self->desk, order->category) : NULL;

  if (order == NULL)
    return NULL;
  /* Translators: category, text, address, state: as one line. */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s, %4$s"), category != NULL ? category->name : order->category,
                          order->text != NULL ? order->text : "", order->address != NULL ? order->address : "",
                          wd_term_state (order->state));
}

/* The map moves for a person's act only: opening an order is one. */
static void
show_on_map_cb (WdBoardPage *self, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, id);

  if (item != NULL && wd_point_is_set (&wd_order_item_get_order (item)->point))
    wd_map_view_show_point (self->map, wd_order_item_get_order (item)->point, 15);
}

/* --- keys --------------------------------------------------------------------------- */

static void
dispatch_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wd_board_page_ask_unit (WD_BOARD_PAGE (widget));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wd_board_page_undo (WD_BOARD_PAGE (widget));
}

/* --- the page ------------------------------------------------------------------------ */

static void
wd_board_page_dispose (GObject *object)
{
  WdBoardPage *self = WD_BOARD_PAGE (object);

  _wd_board_page_dispatch_dispose (self);
  g_clear_pointer (&self->feed, wd_map_feed_free);
  g_clear_object (&self->orders);
  g_clear_object (&self->session);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_board_page_parent_class)->dispose (object);
}

static void
wd_board_page_class_init (WdBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_board_page_dispose;
  g_type_ensure (WD_TYPE_QUEUE);
  g_type_ensure (WD_TYPE_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/board/wd-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, outer);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, inner);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, queue);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, map);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, cards);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, on_duty);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, counts);
  gtk_widget_class_bind_template_callback (widget_class, drag_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_ended_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_drop_cb);
  gtk_widget_class_bind_template_callback (widget_class, dropped_on_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, queue_selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, describe_order_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_on_map_cb);
  gtk_widget_class_install_action (widget_class, "board.dispatch", NULL, dispatch_action);
  gtk_widget_class_install_action (widget_class, "board.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "board.dispatch", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "board.undo", NULL);
}

static void
wd_board_page_init (WdBoardPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The basemap comes with the desk's own token, so it waits for one. */
static void
show_basemap (WdBoardPage *self)
{
  WdUplink        *uplink = wd_desk_get_uplink (self->desk);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "waterdesk", "tiles", NULL);

  if (wd_uplink_get_token (uplink) != NULL)
    wd_map_view_set_server (self->map, self->session, wd_uplink_get_server (uplink), wd_uplink_get_token (uplink), cache);
}

static void
link_changed_cb (WdBoardPage *self)
{
  if (wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_LIVE)
    wd_map_view_retry (self->map);
}

GtkWidget *
wd_board_page_new (WdDesk *desk)
{
  WdBoardPage *self = g_object_new (WD_TYPE_BOARD_PAGE, NULL);
  WdUplink    *uplink = wd_desk_get_uplink (desk);

  self->desk = g_object_ref (desk);
  self->session = soup_session_new ();
  self->orders = wd_desk_list_orders (desk, NULL, NULL, NULL);
  wd_queue_set_desk (self->queue, desk, _ ("For me to do"), _ ("Waiting for units"));
  show_basemap (self);
  self->feed = wd_map_feed_new (desk, wd_map_view_get_layer (self->map));
  make_cards (self);
  count_orders (self);
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (count_orders), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_desk_get_units (desk), "items-changed", G_CALLBACK (make_cards), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "presence-changed", G_CALLBACK (show_on_duty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::token", G_CALLBACK (show_basemap), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::state", G_CALLBACK (link_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
wd_board_page_tick (WdBoardPage *self)
{
  wd_queue_tick (self->queue);
  wd_map_feed_tick (self->feed);
}
