/* wd-board-page.c — the dispatch board: queue, map, units
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-basemap.h"
#include "wd-facts.h"
#include "wd-page.h"
#include "wd-settings.h"
#include "wd-text-scale.h"

#include <glib/gi18n.h>

static void page_init (WdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdBoardPage, wd_board_page, ADW_TYPE_BIN, G_IMPLEMENT_INTERFACE (WD_TYPE_PAGE, page_init))

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
  return wd_map_feed_describe (self->desk, id);
}

/* The page of the order, where there is one. */
static void
open_order_cb (WdBoardPage *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-order", "s", id);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_order_cb (WD_BOARD_PAGE (widget), WD_BOARD_PAGE (widget)->menu_id);
}

/* The map moves for a person's act only: asking for an order's place is one. */
static void
show_on_map (WdBoardPage *self, const char *id)
{
  WdOrderItem *item = id != NULL ? wd_desk_get_order (self->desk, id) : NULL;

  if (item != NULL && wd_order_item_get_order (item) != NULL && wd_point_is_set (&wd_order_item_get_order (item)->point))
    wd_map_view_show_point (self->map, wd_order_item_get_order (item)->point, 15);
}

static void
show_on_map_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_on_map (WD_BOARD_PAGE (widget), WD_BOARD_PAGE (widget)->menu_id);
}

void
wd_board_page_show_order (WdBoardPage *self, const char *id)
{
  wd_queue_select (self->queue, (const char *const[]){ id, NULL });
  show_on_map (self, id);
}

static void
queue_menu_cb (WdBoardPage *self, const char *id, double x, double y)
{
  _wd_board_page_show_menu (self, GTK_WIDGET (self->queue), id, x, y);
}

static void
act_cb (WdBoardPage *self, const char *id, const char *name)
{
  _wd_board_page_act (self, id, name);
}

static void
map_menu_cb (WdBoardPage *self, const char *id, double x, double y)
{
  _wd_board_page_show_menu (self, GTK_WIDGET (wd_map_view_get_layer (self->map)), id, x, y);
}

/* --- filters ---------------------------------------------------------------------- */

static void
filter_cb (WdBoardPage *self, GtkToggleButton *button)
{
  for (WdQueueFilter filter = WD_QUEUE_ALL; filter < WD_QUEUE_N_FILTERS; filter++)
    if (button == self->filters[filter] && gtk_toggle_button_get_active (button))
      wd_queue_set_filter (self->queue, filter);
}

static void
show_counts (WdBoardPage *self)
{
  static const char *const words[] = { [WD_QUEUE_ALL] = N_ ("All"), [WD_QUEUE_TO_DISPATCH] = N_ ("To dispatch"), [WD_QUEUE_TO_ACCEPT] = N_ ("To accept") };

  for (WdQueueFilter filter = WD_QUEUE_ALL; filter < WD_QUEUE_N_FILTERS; filter++)
    {
      g_autofree char *label = g_strdup_printf ("%s %u", _ (words[filter]), wd_queue_get_count (self->queue, filter));

      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->filters[filter])), label) != 0)
        gtk_button_set_label (GTK_BUTTON (self->filters[filter]), label);
    }
}

/* --- drag ------------------------------------------------------------------------- */

static void
drag_started_cb (WdBoardPage *self, const char *const *ids)
{
  _wd_board_page_begin_drag (self, ids);
}

static void
drag_ended_cb (WdBoardPage *self)
{
  _wd_board_page_end_drag (self);
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

/* --- keys --------------------------------------------------------------------------- */

static void
dispatch_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wd_board_page_ask_unit (WD_BOARD_PAGE (widget), NULL);
}

static void
recall_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wd_board_page_recall (WD_BOARD_PAGE (widget));
}

static void
link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wd_board_page_link (WD_BOARD_PAGE (widget));
}

static void
unselect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdBoardPage *self = WD_BOARD_PAGE (widget);

  if (_wd_board_page_hide_units (self))
    {
      wd_queue_grab_focus (self->queue);
      return;
    }
  _wd_board_page_end_lasso (self);
  wd_queue_select (self->queue, NULL);
}

/* The hand itself moved them. */
static void
moved_cb (WdBoardPage *self)
{
  wd_queue_apply (self->queue);
}

static void
let_go_cb (WdBoardPage *self)
{
  wd_queue_set_struck (self->queue, NULL);
}

/* --- the page ------------------------------------------------------------------------ */

static void
wd_board_page_tick (WdPage *page)
{
  WdBoardPage *self = WD_BOARD_PAGE (page);

  wd_queue_tick (self->queue);
  wd_map_feed_tick (self->feed);
  _wd_board_page_tick_units (self);
  _wd_board_page_tick_layers (self);
}

static const WdPageKey *
wd_board_page_list_keys (WdPage *page, const char **title)
{
  static const WdPageKey keys[] = {
    { "Return", N_ ("Open the order") },
    { "Menu", N_ ("What may be done with the order") },
    { "<Control>d", N_ ("Dispatch or redirect, units best first") },
    { "Return", N_ ("At a unit: dispatch to it what is selected") },
    { "<Control>e", N_ ("Recall before acceptance") },
    { "<Control>l", N_ ("Link to an outage or quality case") },
    { "<Control>z", N_ ("Take the last dispatch back") },
    { "<Control><Shift>z", N_ ("Give again what was taken back") },
    { "Home", N_ ("In the queue: take in what is new") },
    { "Left Right Up Down", N_ ("On the map: move it") },
    { "plus minus Home", N_ ("On the map: nearer, farther, whole city") },
    { "Tab <Shift>Tab", N_ ("On the map: next, previous symbol by urgency") },
    { "space", N_ ("On the map: mark the order") },
    { "Insert", N_ ("On the map: mark one more, or one less") },
    { NULL, NULL },
  };

  *title = _ ("Dispatch Board");
  return keys;
}

static guint
wd_board_page_count_waiting (WdPage *page)
{
  return wd_order_list_get_n_mine (WD_BOARD_PAGE (page)->orders);
}

static void
wd_board_page_list_panes (WdPage *page, GPtrArray *panes)
{
  WdBoardPage *self = WD_BOARD_PAGE (page);

  g_ptr_array_add (panes, self->queue);
  g_ptr_array_add (panes, self->map);
  g_ptr_array_add (panes, self->folded && !gtk_widget_get_visible (GTK_WIDGET (self->drawer)) ? (gpointer)self->strip : self->cards);
}

static void
wd_board_page_take_focus (WdPage *page)
{
  wd_queue_grab_focus (WD_BOARD_PAGE (page)->queue);
}

static gboolean
wd_board_page_is_dragging (WdPage *page)
{
  return WD_BOARD_PAGE (page)->dragged != NULL || wd_lasso_is_drawing (WD_BOARD_PAGE (page)->lasso);
}

static void
page_init (WdPageInterface *iface)
{
  iface->count_waiting = wd_board_page_count_waiting;
  iface->is_dragging = wd_board_page_is_dragging;
  iface->list_keys = wd_board_page_list_keys;
  iface->list_panes = wd_board_page_list_panes;
  iface->take_focus = wd_board_page_take_focus;
  iface->tick = wd_board_page_tick;
}

static void
wd_board_page_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_board_page_parent_class)->realize (widget);
  _wd_board_page_follow_width (WD_BOARD_PAGE (widget));
}

static void
order_changed_cb (WdBoardPage *self, const char *id)
{
  self->stale = TRUE;
  _wd_board_page_tell_dragged (self, id);
  _wd_board_page_note_recent (self, id);
}

static void
reset_cb (WdBoardPage *self)
{
  self->stale = self->newest_unknown = TRUE;
}

static void
wd_board_page_dispose (GObject *object)
{
  WdBoardPage *self = WD_BOARD_PAGE (object);

  _wd_board_page_end_panes (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_weak_pointer (&self->menu_focus);
  g_clear_handle_id (&self->gather_units, g_source_remove);
  g_clear_pointer (&self->menu_id, g_free);
  g_clear_pointer (&self->dragged, g_strfreev);
  g_clear_object (&self->undo);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->lasso_dragged, g_strfreev);
  g_clear_pointer (&self->feed, wd_map_feed_free);
  g_clear_pointer (&self->area_feed, wd_area_feed_free);
  g_clear_object (&self->settings);
  g_clear_object (&self->orders);
  g_clear_pointer (&self->newest, g_ptr_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_board_page_parent_class)->dispose (object);
}

static void
wd_board_page_class_init (WdBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_board_page_dispose;
  widget_class->realize = wd_board_page_realize;
  g_type_ensure (WD_TYPE_QUEUE);
  g_type_ensure (WD_TYPE_MAP_VIEW);
  g_type_ensure (WD_TYPE_UNIT_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/board/wd-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, outer);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, inner);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, queue);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, map);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, cards);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, units_pane);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, strip);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, drawer);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, cards_scroll);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, no_units);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, recent);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, recent_rows);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, on_duty);
  gtk_widget_class_bind_template_child (widget_class, WdBoardPage, by_territory);
  gtk_widget_class_bind_template_child_full (widget_class, "filter_all", FALSE, G_STRUCT_OFFSET (WdBoardPage, filters[WD_QUEUE_ALL]));
  gtk_widget_class_bind_template_child_full (widget_class, "filter_to_dispatch", FALSE, G_STRUCT_OFFSET (WdBoardPage, filters[WD_QUEUE_TO_DISPATCH]));
  gtk_widget_class_bind_template_child_full (widget_class, "filter_to_accept", FALSE, G_STRUCT_OFFSET (WdBoardPage, filters[WD_QUEUE_TO_ACCEPT]));
  gtk_widget_class_bind_template_callback (widget_class, drag_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_ended_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_drop_cb);
  gtk_widget_class_bind_template_callback (widget_class, dropped_on_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, queue_selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, describe_order_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_order_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "unit_activated_cb", G_CALLBACK (wd_board_page_show_unit));
  gtk_widget_class_bind_template_callback (widget_class, queue_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_counts);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
  gtk_widget_class_bind_template_callback (widget_class, _wd_board_page_toggle_units);
  gtk_widget_class_install_action (widget_class, "board.dispatch", NULL, dispatch_action);
  gtk_widget_class_install_action (widget_class, "board.recall", NULL, recall_action);
  gtk_widget_class_install_action (widget_class, "board.link", NULL, link_action);
  gtk_widget_class_install_action (widget_class, "board.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "board.show-on-map", NULL, show_on_map_action);
  gtk_widget_class_install_action (widget_class, "board.unselect", NULL, unselect_action);
}

static void
wd_board_page_init (WdBoardPage *self)
{
  static const char *const actions[] = { "board.dispatch", "board.recall", "board.link", "board.open", "board.show-on-map", "board.unselect", NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  wd_page_act_in_front (GTK_WIDGET (self), actions);
}

/* The basemap waits for the units, since the map begins where they are. */
static void
show_basemap (WdBoardPage *self)
{
  gboolean live = wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_LIVE;

  if (self->has_basemap || !(self->any_units || (live && self->gather_units == 0)))
    return;
  self->has_basemap = TRUE;
  wd_basemap_follow (self->map, self->desk);
}

/* What stands in an empty queue: nothing to do, or nothing known yet. */
static void
show_empty (WdBoardPage *self)
{
  WdUplink        *uplink = wd_desk_get_uplink (self->desk);
  g_autofree char *words = NULL;
  gint64           done, total;

  g_object_get (uplink, "done", &done, "total", &total, NULL);
  if (wd_uplink_get_state (uplink) != WD_UPLINK_CATCHING_UP)
    words = g_strdup (_ ("No orders. New ones appear here by themselves."));
  else if (total > 0)
    words = g_strdup_printf (_ ("Fetching the first copy: %d of %d"), (int)done, (int)total);
  else
    words = g_strdup_printf (_ ("Fetching the first copy: %d"), (int)done);
  wd_queue_set_empty (self->queue, words);
}

/* Said once it is known. */
static void
show_no_units (WdBoardPage *self)
{
  gboolean live = wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_LIVE;

  gtk_widget_set_visible (self->no_units, !self->any_units && (live || gtk_widget_get_visible (self->no_units)));
}

static void
link_changed_cb (WdBoardPage *self)
{
  show_basemap (self);
  show_no_units (self);
  show_empty (self);
}

static void
take_units (WdBoardPage *self)
{
  self->any_units = g_list_model_get_n_items (wd_desk_get_units (self->desk)) > 0;
  _wd_board_page_make_cards (self);
  show_basemap (self);
  show_no_units (self);
}

static gboolean
gather_units_cb (gpointer data)
{
  WdBoardPage *self = data;

  self->gather_units = 0;
  take_units (self);
  return G_SOURCE_REMOVE;
}

/* The first copy brings them one by one. */
static void
units_changed_cb (WdBoardPage *self)
{
  if (self->gather_units == 0)
    self->gather_units = g_idle_add (gather_units_cb, self);
}

GtkWidget *
wd_board_page_new (WdDesk *desk)
{
  WdBoardPage             *self = g_object_new (WD_TYPE_BOARD_PAGE, NULL);
  static const char *const order_signals[] = { "order-added", "order-changed", "order-removed" };
  WdUplink                *uplink = wd_desk_get_uplink (desk);

  self->desk = g_object_ref (desk);
  self->undo = wd_undo_join (desk, self->overlay);
  wd_undo_add_keys (self->undo, GTK_WIDGET (self));
  g_signal_connect_object (self->undo, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo, "let-go", G_CALLBACK (let_go_cb), self, G_CONNECT_SWAPPED);
  self->stale = self->newest_unknown = TRUE;
  self->newest = g_ptr_array_new_with_free_func (g_object_unref);
  self->orders = wd_desk_list_orders (desk, NULL, NULL, NULL);
  wd_queue_set_acts (self->queue, _wd_board_page_get_acts ());
  wd_queue_set_desk (self->queue, desk, _ ("For me to do"), _ ("Waiting for units"));
  self->feed = wd_map_feed_new (desk, wd_map_view_get_layer (self->map));
  self->settings = wd_settings_new ();
  _wd_board_page_add_areas (self);
  _wd_board_page_add_layers (self);
  _wd_board_page_follow_territory (self);
  self->in_view = WD_MAP_LIST (wd_map_list_new (wd_map_view_get_layer (self->map), desk, _wd_board_page_get_acts ()));
  wd_map_view_add_overlay (self->map, GTK_WIDGET (self->in_view));
  g_signal_connect_object (self->in_view, "act-requested", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);
  _wd_board_page_add_lasso (self);
  wd_text_scale_follow (self, G_CALLBACK (_wd_board_page_show_cards));
  take_units (self);
  show_empty (self);
  g_signal_connect_object (self->orders, "items-changed", G_CALLBACK (wd_map_list_refresh), self->in_view, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_desk_get_units (desk), "items-changed", G_CALLBACK (units_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "order-changed", G_CALLBACK (wd_map_list_refresh), self->in_view, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (order_signals); i++)
    g_signal_connect_object (desk, order_signals[i], G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "reset", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "presence-changed", G_CALLBACK (_wd_board_page_show_on_duty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::state", G_CALLBACK (link_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (uplink, "notify::done", G_CALLBACK (show_empty), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
