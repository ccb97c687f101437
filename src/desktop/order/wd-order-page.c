/* wd-order-page.c — one order: what happened, what is due, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-basemap.h"
#include "wd-page.h"
#include "wd-text-scale.h"

#include <glib/gi18n.h>

#define NARROW 1600 /* below it the clocks are a tab */
#define NEAR 16     /* zoom of the small map */

static void page_init (WdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdOrderPage, wd_order_page, ADW_TYPE_BIN, G_IMPLEMENT_INTERFACE (WD_TYPE_PAGE, page_init))

const WdOrder *
_wd_order_page_get_order (WdOrderPage *self)
{
  return self->item != NULL ? wd_order_item_get_order (self->item) : NULL;
}

/* --- an order ------------------------------------------------------------------------------- */

static void
show_all (WdOrderPage *self)
{
  const WdOrder *order = _wd_order_page_get_order (self);

  gtk_widget_set_visible (GTK_WIDGET (self->gone), order == NULL);
  _wd_order_page_show_acts (self);
  if (order == NULL)
    return;
  _wd_order_page_show_head (self, order);
  _wd_order_page_show_steps (self);
  _wd_order_page_show_people (self);
  _wd_order_page_show_clocks (self);
  _wd_order_page_show_ruling (self);
  _wd_order_page_show_main (self);
  _wd_order_page_show_story (self);
}

static gboolean
ask_again_cb (gpointer data)
{
  WdOrderPage *self = data;

  self->asked_again = 0;
  _wd_order_page_ask_story (self);
  return G_SOURCE_REMOVE;
}

/* What changed it stands in its events; several changes in a row are one question. */
static void
ask_soon (WdOrderPage *self)
{
  if (self->asked_again == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->asked_again = g_timeout_add (150, ask_again_cb, self);
}

static void
item_changed_cb (WdOrderPage *self)
{
  show_all (self);
  ask_soon (self);
}

static void
follow_item (WdOrderPage *self, WdOrderItem *item)
{
  g_clear_signal_handler (&self->item_changed, self->item);
  g_set_object (&self->item, item);
  self->item_changed = g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
leave_order (WdOrderPage *self)
{
  g_clear_handle_id (&self->asked_again, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_signal_handler (&self->item_changed, self->item);
  g_clear_object (&self->item);
  g_clear_pointer (&self->events, json_node_unref);
  g_clear_pointer (&self->id, g_free);
  _wd_order_page_hide_number (self);
}

/* What waits for a ruling is not left behind a tab. */
static void
show_first_tab (WdOrderPage *self)
{
  gtk_stack_set_visible_child_name (self->left, self->narrow && gtk_widget_get_first_child (GTK_WIDGET (self->ruling)) != NULL ? "clocks" : "people");
}

void
wd_order_page_show_order (WdOrderPage *self, const char *id)
{
  WdOrderItem   *item = wd_desk_get_order (self->desk, id);
  const WdOrder *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  gboolean       other; /* what is typed of the same one stays */

  if (order == NULL)
    return;
  other = g_strcmp0 (id, self->id) != 0;
  if (other)
    _wd_order_page_keep_note (self);
  leave_order (self);
  self->id = g_strdup (id);
  if (other)
    _wd_order_page_show_note (self);
  follow_item (self, item);
  self->asking = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->story_problem), FALSE);
  show_all (self);
  show_first_tab (self);
  _wd_order_page_show_viewers (self);
  if (wd_point_is_set (&order->point))
    wd_map_view_show_point (self->map, order->point, NEAR);
  _wd_order_page_ask_story (self);
}

const char *
wd_order_page_get_id (WdOrderPage *self)
{
  return self->id;
}

static void
link_changed_cb (WdOrderPage *self)
{
  if (self->id != NULL && wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_LIVE)
    ask_soon (self);
}

static void
removed_cb (WdOrderPage *self, const char *id)
{
  if (g_strcmp0 (id, self->id) == 0)
    show_all (self);
}

/* All orders are others, also the one that is open: followed as it is now, or shown to be gone until it comes again. */
static void
reset_cb (WdOrderPage *self)
{
  WdOrderItem *item = self->id != NULL ? wd_desk_get_order (self->desk, self->id) : NULL;

  if (self->id == NULL)
    return;
  if (item != NULL)
    follow_item (self, item);
  item_changed_cb (self);
}

static void
added_cb (WdOrderPage *self, const char *id)
{
  if (g_strcmp0 (id, self->id) == 0)
    reset_cb (self);
}

/* --- keys and buttons ---------------------------------------------------------------------------- */

static void
reveal_cb (WdOrderPage *self)
{
  _wd_order_page_ask_reason (self);
}

static void
note_cb (WdOrderPage *self)
{
  _wd_order_page_give_note (self);
}

static void
note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (WD_ORDER_PAGE (widget)->note));
}

static void
note_focus_cb (WdOrderPage *self)
{
  _wd_order_page_show_main (self);
}

static void
mapped_cb (WdOrderPage *self)
{
  _wd_order_page_show_acts (self);
  _wd_order_page_show_main (self);
}

static void
unmapped_cb (WdOrderPage *self)
{
  _wd_order_page_keep_note (self);
  g_clear_pointer (&self->acts_seen, g_free);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  if (self->reveal_until != 0)
    {
      _wd_order_page_hide_number (self);
      _wd_order_page_show_people (self);
    }
}

static void
wd_order_page_tick (WdPage *page)
{
  WdOrderPage *self = WD_ORDER_PAGE (page);

  if (_wd_order_page_get_order (self) == NULL)
    return;
  _wd_order_page_show_steps (self);
  _wd_order_page_tick_clocks (self);
  _wd_order_page_tick_people (self);
}

static void
wd_order_page_take_focus (WdPage *page)
{
  _wd_order_page_focus_acts (WD_ORDER_PAGE (page));
}

static const WdPageKey *
wd_order_page_list_keys (WdPage *page, const char **title)
{
  static const WdPageKey keys[] = {
    { "<Control>d", N_ ("Dispatch or redirect, units best first") },
    { "<Control>e", N_ ("Recall before acceptance") },
    { "<Control>l", N_ ("Link to an outage or quality case") },
    { "<Control>j", N_ ("Write a note") },
    { "<Control>Return", N_ ("The likeliest act; in a note: note it down") },
    { "<Control><Shift>Return", N_ ("Answer and Close") },
    { "<Control>z", N_ ("Take the last act back") },
    { "<Control><Shift>z", N_ ("Give again what was taken back") },
    { NULL, NULL },
  };

  *title = _ ("Order");
  return keys;
}

static void
wd_order_page_list_panes (WdPage *page, GPtrArray *panes)
{
  WdOrderPage *self = WD_ORDER_PAGE (page);

  g_ptr_array_add (panes, self->acts);
  g_ptr_array_add (panes, self->left);
  g_ptr_array_add (panes, self->timeline);
  g_ptr_array_add (panes, self->note_box);
  g_ptr_array_add (panes, self->clocks_side);
}

static void
page_init (WdPageInterface *iface)
{
  iface->list_keys = wd_order_page_list_keys;
  iface->list_panes = wd_order_page_list_panes;
  iface->tick = wd_order_page_tick;
  iface->take_focus = wd_order_page_take_focus;
}

/* --- wide and narrow --------------------------------------------------------------------------------- */

static void
set_narrow (WdOrderPage *self, gboolean narrow)
{
  g_autoptr (GtkWidget) pane = g_object_ref (self->clocks_pane);

  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  gtk_box_remove (narrow ? self->clocks_side : self->clocks_tab, pane);
  gtk_box_append (narrow ? self->clocks_tab : self->clocks_side, pane);
  gtk_widget_set_visible (GTK_WIDGET (self->clocks_side), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), narrow);
  show_first_tab (self);
}

static void
width_changed_cb (WdOrderPage *self, GParamSpec *pspec, GdkSurface *surface)
{
  set_narrow (self, gdk_surface_get_width (surface) < NARROW);
}

static void
wd_order_page_realize (GtkWidget *widget)
{
  GdkSurface *surface;

  GTK_WIDGET_CLASS (wd_order_page_parent_class)->realize (widget);
  surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  g_signal_connect_object (surface, "notify::width", G_CALLBACK (width_changed_cb), widget, G_CONNECT_SWAPPED);
  width_changed_cb (WD_ORDER_PAGE (widget), NULL, surface);
}

/* --- the page --------------------------------------------------------------------------------------------- */

static void
wd_order_page_dispose (GObject *object)
{
  WdOrderPage *self = WD_ORDER_PAGE (object);

  g_clear_handle_id (&self->keeping, g_source_remove);
  leave_order (self);
  g_clear_pointer (&self->area_feed, wd_area_feed_free);
  g_clear_object (&self->undo);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->clocks_seen, g_free);
  g_clear_pointer (&self->acts_seen, g_free);
  g_clear_pointer (&self->ruling_seen, g_free);
  _wd_order_page_end_precedents (self);
  g_clear_pointer (&self->precedents_seen, g_hash_table_unref);
  g_clear_pointer (&self->typed, g_hash_table_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_order_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, symbol);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, head);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, title);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, tags);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, number);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, where);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, viewers);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, gone);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, acts);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, steps);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, left);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, clocks_tab);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, clocks_side);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, clocks_pane);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, caller_name);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, caller_phone);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, caller_from);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, reveal);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, reveal_left);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, points);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, place);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, on_map);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, map);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, story_problem);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, note);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, note_box);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, note_button);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, note_key);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, note_focus);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, clocks);
  gtk_widget_class_bind_template_child (widget_class, WdOrderPage, ruling);
}

static void
wd_order_page_class_init (WdOrderPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_order_page_dispose;
  widget_class->realize = wd_order_page_realize;
  g_type_ensure (WD_TYPE_STEP_BAR);
  g_type_ensure (WD_TYPE_TIMELINE);
  g_type_ensure (WD_TYPE_MAP_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/order/wd-order-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, reveal_cb);
  gtk_widget_class_bind_template_callback (widget_class, note_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "note_changed_cb", G_CALLBACK (_wd_order_page_note_typed));
  gtk_widget_class_bind_template_callback (widget_class, note_focus_cb);
  _wd_order_page_install_acts (widget_class);
  gtk_widget_class_install_action (widget_class, "order.note", NULL, note_action);
}

static void
wd_order_page_init (WdOrderPage *self)
{
  static const char *const actions[] = { "order.dispatch", "order.redirect", "order.recall", "order.answer", "order.visit", "order.classify", "order.link",
                                         "order.note", "order.main", NULL };

  self->chips = g_ptr_array_new ();
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_text_scale_fold (self->head);
  wd_page_act_in_front (GTK_WIDGET (self), actions);
  g_signal_connect_after (self, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect_after (self, "unmap", G_CALLBACK (unmapped_cb), NULL);
}

GtkWidget *
wd_order_page_new (WdDesk *desk)
{
  WdOrderPage *self = g_object_new (WD_TYPE_ORDER_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->undo = wd_undo_join (desk, self->overlay);
  wd_undo_add_keys (self->undo, GTK_WIDGET (self));
  wd_basemap_follow (self->map, desk);
  self->area_feed = wd_area_feed_new (desk, wd_map_view_get_areas (self->map));
  _wd_order_page_follow_precedents (self);
  g_signal_connect_object (desk, "presence-changed", G_CALLBACK (_wd_order_page_show_viewers), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "order-added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "order-removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "draft-stays", G_CALLBACK (_wd_order_page_note_stays), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "reset", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_desk_get_uplink (desk), "notify::state", G_CALLBACK (link_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (_wd_order_page_show_steps), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
