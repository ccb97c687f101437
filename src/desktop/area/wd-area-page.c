/* wd-area-page.c — outages and quality cases: the map, and which one is selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-area-link.h"
#include "wd-basemap.h"
#include "wd-map-list.h"
#include "wd-page.h"

#include <glib/gi18n.h>

#define GATHER_MS 200

static void page_init (WdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdAreaPage, wd_area_page, ADW_TYPE_BIN, G_IMPLEMENT_INTERFACE (WD_TYPE_PAGE, page_init))

WdAreaItem *
_wd_area_page_get_item (WdAreaPage *self)
{
  return self->selected != NULL ? wd_desk_get_area (self->desk, self->selected) : NULL;
}

static gboolean
refresh_cb (gpointer data)
{
  WdAreaPage *self = data;

  self->gather = 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "area.declare", wd_desk_may_give (self->desk, WD_VERB_DECLARE_OUTAGE, NULL, NULL));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "area.report-quality", wd_desk_may_give (self->desk, WD_VERB_REPORT_QUALITY, NULL, NULL));
  if (self->purpose == WD_AREA_IDLE) /* else neither is seen, and both are filled when drawing ends */
    {
      _wd_area_draft_show (self);
      _wd_area_list_fill (self);
      _wd_area_page_show_facts (self);
    }
  else
    _wd_area_count_show_orders (self);
  return G_SOURCE_REMOVE;
}

void
_wd_area_page_refresh (WdAreaPage *self)
{
  if (self->gather == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->gather = g_timeout_add (GATHER_MS, refresh_cb, self);
}

/* --- which one ------------------------------------------------------------------------- */

void
_wd_area_page_select (WdAreaPage *self, const char *id, gboolean show)
{
  WdAreaItem *item;
  WdPoint     south_west, north_east;

  if (self->purpose != WD_AREA_IDLE)
    return;
  if (g_strcmp0 (self->selected, id) != 0)
    {
      g_free (self->selected);
      self->selected = g_strdup (id);
    }
  wd_area_layer_set_selected (wd_map_view_get_areas (self->map), id);
  item = _wd_area_page_get_item (self);
  if (show && wd_area_layer_get_box (wd_map_view_get_areas (self->map), id, &south_west, &north_east))
    wd_map_view_show_box (self->map, south_west, north_east);
  else if (show && item != NULL && wd_area_item_get_quality (item) != NULL)
    wd_map_view_show_point (self->map, wd_area_item_get_quality (item)->point, 15);
  _wd_area_page_show_facts (self);
}

static void
row_selected_cb (WdAreaPage *self, GtkListBoxRow *row)
{
  if (!self->filling && row != NULL)
    _wd_area_page_select (self, gtk_widget_get_name (GTK_WIDGET (row)), TRUE);
}

static void
activated_cb (WdAreaPage *self, const char *id)
{
  _wd_area_page_select (self, id, FALSE);
  _wd_area_list_fill (self);
}

static char *
query_drop_cb (WdAreaPage *self, const char *const *ids, const char *area)
{
  return wd_area_link_refusal (self->desk, ids, area);
}

static char *
describe_order_cb (WdAreaPage *self, const char *id)
{
  return wd_map_feed_describe (self->desk, id);
}

static void
open_order_cb (WdAreaPage *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-order", "s", id);
}

static void
act_cb (WdAreaPage *self, const char *id, const char *name)
{
  open_order_cb (self, id);
}

/* --- the page ----------------------------------------------------------------------------- */

static void
wd_area_page_tick (WdPage *page)
{
  WdAreaPage *self = WD_AREA_PAGE (page);

  if (self->feed != NULL)
    wd_map_feed_tick (self->feed);
  _wd_area_list_tick (self);
}

static const WdPageKey *
wd_area_page_list_keys (WdPage *page, const char **title)
{
  static const WdPageKey keys[] = {
    { "<Control>Return", N_ ("Give what is drawn") },
    { "<Control>l", N_ ("Link all open orders inside") },
    { "<Control>z", N_ ("Take the last step back") },
    { "<Control><Shift>z", N_ ("Do it again") },
    { "space", N_ ("On the map: mark the order") },
    { "Insert", N_ ("On the map: mark one more, or one less") },
    { "Tab <Shift>Tab", N_ ("Area: next, previous corner") },
    { "Left Right Up Down", N_ ("Area: move the corner 1 m") },
    { "<Shift>Left <Shift>Right <Shift>Up <Shift>Down", N_ ("Area: move the corner 10 m") },
    { "<Control>Left <Control>Right <Control>Up <Control>Down", N_ ("Area: move the corner 1 m without snapping") },
    { "Insert", N_ ("Area: add a corner") },
    { "Delete", N_ ("Area: take the corner away") },
    { "Return", N_ ("Area: close the ring") },
    { "Escape", N_ ("Area: end the tool, then the drawing") },
    { NULL, NULL },
  };

  *title = _ ("Outages and Water Quality");
  return keys;
}

static void
wd_area_page_take_focus (WdPage *page)
{
  WdAreaPage    *self = WD_AREA_PAGE (page);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (self->purpose != WD_AREA_IDLE)
    _wd_area_editor_take_focus (self);
  else if (row == NULL || !gtk_widget_grab_focus (GTK_WIDGET (row)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* What is open: the number on the rail. */
static guint
wd_area_page_count_waiting (WdPage *page)
{
  WdAreaPage *self = WD_AREA_PAGE (page);
  GListModel *areas = wd_desk_get_areas (self->desk);
  guint       n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (areas); i++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);

      n += wd_area_item_is_open (item) ? 1 : 0;
    }
  return n;
}

static void
wd_area_page_list_panes (WdPage *page, GPtrArray *panes)
{
  WdAreaPage *self = WD_AREA_PAGE (page);

  g_ptr_array_add (panes, self->list_pane);
  g_ptr_array_add (panes, self->map);
  g_ptr_array_add (panes, self->side);
}

static gboolean
wd_area_page_is_dragging (WdPage *page)
{
  WdAreaPage *self = WD_AREA_PAGE (page);

  return wd_map_layer_is_dragging (wd_map_view_get_layer (self->map)) || wd_sketch_layer_is_dragging (self->layer);
}

static void
page_init (WdPageInterface *iface)
{
  iface->ask_before_end = _wd_area_editor_ask_before_end;
  iface->is_dragging = wd_area_page_is_dragging;
  iface->count_waiting = wd_area_page_count_waiting;
  iface->list_panes = wd_area_page_list_panes;
  iface->tick = wd_area_page_tick;
  iface->list_keys = wd_area_page_list_keys;
  iface->take_focus = wd_area_page_take_focus;
}

static void
wd_area_page_dispose (GObject *object)
{
  WdAreaPage *self = WD_AREA_PAGE (object);

  g_clear_handle_id (&self->gather, g_source_remove);
  g_clear_handle_id (&self->count_source, g_source_remove);
  g_clear_handle_id (&self->keeping, g_source_remove);
  g_clear_handle_id (&self->forgetting, g_source_remove);
  g_clear_pointer (&self->given, g_hash_table_unref);
  g_clear_pointer (&self->taken_back, g_free);
  g_clear_pointer (&self->taken_back_draft, g_free);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_cancellable_cancel (self->judging);
  g_clear_object (&self->judging);
  g_cancellable_cancel (self->printing);
  g_clear_object (&self->printing);
  if (self->layer != NULL)
    wd_sketch_layer_begin (self->layer, NULL, WD_AREA_EMERGENCY, NULL);
  _wd_area_snap_end (self);
  self->layer = NULL;
  g_clear_pointer (&self->streets, json_node_unref);
  g_clear_pointer (&self->counted, json_node_unref);
  g_clear_weak_pointer (&self->critical_asked);
  g_clear_pointer (&self->feed, wd_map_feed_free);
  g_clear_pointer (&self->area_feed, wd_area_feed_free);
  g_clear_pointer (&self->sketch, wd_sketch_free);
  g_clear_object (&self->undo);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->about, g_free);
  g_clear_pointer (&self->filled, g_free);
  g_clear_pointer (&self->draft, g_free);
  g_clear_pointer (&self->published, g_free);
  g_clear_pointer (&self->begun, wd_outage_free);
  g_clear_pointer (&self->begun_case, wd_quality_free);
  g_clear_pointer (&self->geojson, g_free);
  g_clear_pointer (&self->fault, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_area_page_parent_class)->dispose (object);
}

static void
wd_area_page_class_init (WdAreaPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_area_page_dispose;
  g_type_ensure (WD_TYPE_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/area/wd-area-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAreaPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, WdAreaPage, list_pane);
  gtk_widget_class_bind_template_child (widget_class, WdAreaPage, list);
  gtk_widget_class_bind_template_child (widget_class, WdAreaPage, list_count);
  gtk_widget_class_bind_template_child (widget_class, WdAreaPage, offers);
  gtk_widget_class_bind_template_child (widget_class, WdAreaPage, map);
  gtk_widget_class_bind_template_child (widget_class, WdAreaPage, side);
  gtk_widget_class_bind_template_child (widget_class, WdAreaPage, facts);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  _wd_area_page_install_acts (widget_class);
  _wd_area_editor_install (widget_class);
  _wd_area_begun_install (widget_class);
  _wd_area_draft_install (widget_class);
  _wd_area_files_install (widget_class);
}

static void
wd_area_page_init (WdAreaPage *self)
{
  static const char *const actions[] = { "area.undo", "area.redo", "area.give", "area.link-all", "area.leave", NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  wd_page_act_in_front (GTK_WIDGET (self), actions);
}

/* Orders are put on this map once somebody looks at it. */
static void
map_cb (WdAreaPage *self)
{
  if (self->feed == NULL)
    self->feed = wd_map_feed_new (self->desk, wd_map_view_get_layer (self->map));
  _wd_area_page_refresh (self);
}

GtkWidget *
wd_area_page_new (WdDesk *desk)
{
  static const char *const order_signals[] = { "order-added", "order-changed", "order-removed", "reset" };
  static const WdAct       acts[] = { { "open", WD_VERB_NONE, NULL }, { NULL } };
  WdAreaPage              *self = g_object_new (WD_TYPE_AREA_PAGE, NULL);
  WdAreaLayer             *areas = wd_map_view_get_areas (self->map);
  GtkWidget               *in_view = wd_map_list_new (wd_map_view_get_layer (self->map), desk, acts);

  self->desk = g_object_ref (desk);
  self->undo = wd_undo_join (desk, self->overlay);
  _wd_area_draft_make (self);
  self->area_feed = wd_area_feed_new (desk, areas);
  wd_basemap_follow (self->map, desk);
  wd_area_layer_take_drops (areas);
  _wd_area_editor_make (self);
  wd_map_view_add_overlay (self->map, in_view);
  g_signal_connect_object (in_view, "act-requested", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (areas, "query-area-drop", G_CALLBACK (query_drop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (areas, "orders-dropped-on-area", G_CALLBACK (_wd_area_page_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (areas, "area-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "describe-order", G_CALLBACK (describe_order_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "order-activated", G_CALLBACK (open_order_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "areas-changed", G_CALLBACK (_wd_area_page_refresh), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (order_signals); i++)
    {
      g_signal_connect_object (desk, order_signals[i], G_CALLBACK (_wd_area_page_refresh), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (desk, order_signals[i], G_CALLBACK (wd_map_list_refresh), in_view, G_CONNECT_SWAPPED);
    }
  g_signal_connect_after (self, "map", G_CALLBACK (map_cb), NULL);
  return GTK_WIDGET (self);
}

void
wd_area_page_show_area (WdAreaPage *self, const char *id)
{
  if (*id != '\0' && wd_desk_get_area (self->desk, id) != NULL)
    _wd_area_page_select (self, id, TRUE);
}
