/* wd-map-layer-pointer.c — hover, clicks, tooltips, and the list of what lies in one place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-layer-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define MAX_LISTED 300
#define LIST_HEIGHT 360

char *
wd_map_layer_describe (WdMapLayer *self,
                       const char *id)
{
  char *text = NULL;
  int   index;

  g_signal_emit_by_name (self, "describe-order", id, &text);
  if (text == NULL && (index = wd_map_orders_find (self->orders, id)) >= 0)
    text = g_strdup (wd_symbol_character (wd_map_orders_get (self->orders, (guint)index)->category));
  return text;
}

const char *
wd_presence_words (WdPresence presence)
{
  static const char *const words[] = {
    [WD_PRESENCE_ONLINE] = N_ ("on duty"), [WD_PRESENCE_AWAY] = N_ ("away"), [WD_PRESENCE_UNMANNED] = N_ ("unmanned"), [WD_PRESENCE_UNKNOWN] = N_ ("not known while offline")
  };

  return _ (words[presence]);
}

static char *
describe_unit (const WdMapUnit *unit)
{
  /* Translators: a unit on the map, and whether anybody is there. */
  return g_strdup_printf (_ ("%s, %s"), unit->label, wd_presence_words (unit->presence));
}

char *
wd_map_layer_describe_spot (WdMapLayer   *self,
                            const WdSpot *spot)
{
  const WdCluster *cluster;
  GString         *text;

  if (spot->kind == WD_SPOT_ORDER || spot->kind == WD_SPOT_CREW)
    return wd_map_layer_describe (self, wd_map_layer_name_spot (self, spot));
  if (spot->kind == WD_SPOT_UNIT)
    return describe_unit (&g_array_index (self->units, WdMapUnit, spot->index));

  cluster = wd_clusters_get (self->clusters, spot->index);
  text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("%u order", "%u orders", cluster->count), cluster->count);
  if (cluster->counts[WD_URGENCY_LATE] > 0)
    g_string_append_printf (text, _ (", %u late"), cluster->counts[WD_URGENCY_LATE]);
  if (cluster->counts[WD_URGENCY_SOON] > 0)
    g_string_append_printf (text, _ (", %u soon late"), cluster->counts[WD_URGENCY_SOON]);
  if (cluster->counts[WD_URGENCY_YOURS] > 0)
    g_string_append_printf (text, _ (", %u yours to do"), cluster->counts[WD_URGENCY_YOURS]);
  return g_string_free (text, FALSE);
}

static void
close_list (WdMapLayer *self)
{
  g_clear_pointer (&self->list, gtk_widget_unparent);
}

static gboolean
list_closed_cb (gpointer data)
{
  close_list (data);
  return G_SOURCE_REMOVE;
}

/* Not at once: the popover is still in the midst of closing. */
static void
list_closing_cb (WdMapLayer *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, list_closed_cb, g_object_ref (self), g_object_unref);
}

static void
list_row_activated_cb (WdMapLayer    *self,
                       GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (gtk_widget_get_name (GTK_WIDGET (row)));

  gtk_popover_popdown (GTK_POPOVER (self->list));
  wd_map_layer_select (self, (const char *const[]){ id, NULL });
  g_signal_emit_by_name (self, "order-activated", id);
}

/* The row's widget name is the order's id. */
static GtkWidget *
create_list_row (WdMapLayer *self,
                 const char *id)
{
  const WdMapOrder        *order = wd_map_orders_get (self->orders, (guint)wd_map_orders_find (self->orders, id));
  g_autofree char         *text = wd_map_layer_describe (self, id);
  g_autoptr (GdkPaintable) symbol = wd_symbol_paintable_new (order->category, order->state, WD_SYMBOL_SIZE,
                                                             adw_style_manager_get_dark (adw_style_manager_get_default ()));
  GtkWidget               *row = gtk_list_box_row_new ();
  GtkWidget               *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget               *image = gtk_image_new_from_paintable (symbol);
  GtkWidget               *label = gtk_label_new (text);

  gtk_widget_add_css_class (image, "symbol");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  wd_map_layer_add_row_drag (self, row, id);
  return row;
}

static void
show_list (WdMapLayer   *self,
           const WdSpot *spot)
{
  g_auto (GStrv) ids = wd_map_layer_list_spot (self, spot);
  GdkRectangle   anchor = { (int)graphene_rect_get_x (&spot->body), (int)graphene_rect_get_y (&spot->body),
                            (int)graphene_rect_get_width (&spot->body), (int)graphene_rect_get_height (&spot->body) };
  GtkWidget     *scroll = gtk_scrolled_window_new ();
  GtkWidget     *rows = gtk_list_box_new ();

  close_list (self);
  for (guint i = 0; ids[i] != NULL && i < MAX_LISTED; i++)
    gtk_list_box_append (GTK_LIST_BOX (rows), create_list_row (self, ids[i]));
  gtk_widget_add_css_class (rows, "map-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Orders in one place"), -1);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (rows), TRUE);
  g_signal_connect_object (rows, "row-activated", G_CALLBACK (list_row_activated_cb), self, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), rows);

  self->list = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->list), scroll);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->list), &anchor);
  g_signal_connect_object (self->list, "closed", G_CALLBACK (list_closing_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->list));
}

/* Nearer, until its members part; where they never do, their list. */
static void
open_cluster (WdMapLayer   *self,
              const WdSpot *spot)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));
  const WdCluster *cluster = wd_clusters_get (self->clusters, spot->index);
  int              max_zoom = (int)shumate_viewport_get_max_zoom_level (viewport);
  int              zoom = wd_cluster_expansion_zoom (wd_map_orders_get_points (self->orders),
                                                     wd_clusters_members (self->clusters, spot->index), cluster->count,
                                                     (int)lround (self->camera.zoom), max_zoom, WD_MAP_CELL * self->text,
                                                     WD_MAP_APART * self->text);

  if (zoom > max_zoom)
    show_list (self, spot);
  else
    wd_camera_look (viewport, cluster->at, zoom);
}

void
wd_map_layer_open_spot (WdMapLayer   *self,
                        const WdSpot *spot)
{
  g_autofree char *name = g_strdup (wd_map_layer_name_spot (self, spot));

  switch (spot->kind)
    {
    case WD_SPOT_CLUSTER: open_cluster (self, spot); break;
    case WD_SPOT_ORDER:
      wd_map_layer_select (self, (const char *const[]){ name, NULL });
      g_signal_emit_by_name (self, "order-activated", name);
      break;
    case WD_SPOT_UNIT: g_signal_emit_by_name (self, "unit-activated", name); break;
    case WD_SPOT_CREW:
    default: break;
    }
}

void
wd_map_layer_toggle_selected (WdMapLayer *self,
                              const char *id)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           ids = NULL;
  gboolean                 found = FALSE;

  for (char **selected = self->selection; *selected != NULL; selected++)
    if (g_str_equal (*selected, id))
      found = TRUE;
    else
      g_strv_builder_add (builder, *selected);
  if (!found)
    g_strv_builder_add (builder, id);
  ids = g_strv_builder_end (builder);
  wd_map_layer_select (self, (const char *const *)ids);
}

static void
pressed_cb (GtkGestureClick *click,
            int              n_press,
            double           x,
            double           y,
            WdMapLayer      *self)
{
  const WdSpot    *spot = wd_map_layer_hit (self, x, y);
  g_autofree char *id = NULL;

  if (spot == NULL)
    return;
  /* Or the map would pan, or zoom on the second press. */
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  id = g_strdup (wd_map_layer_name_spot (self, spot));
  wd_map_layer_set_current (self, id);

  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click)) == GDK_BUTTON_SECONDARY && spot->kind == WD_SPOT_ORDER)
    {
      if (!g_strv_contains ((const char *const *)self->selection, id))
        wd_map_layer_select (self, (const char *const[]){ id, NULL });
      g_signal_emit_by_name (self, "menu-requested", id, x, y);
    }
}

static void
released_cb (GtkGestureClick *click,
             int              n_press,
             double           x,
             double           y,
             WdMapLayer      *self)
{
  const WdSpot    *spot = wd_map_layer_hit (self, x, y);
  GdkModifierType  state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  g_autofree char *id = NULL;

  if (spot == NULL || gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click)) != GDK_BUTTON_PRIMARY)
    return;
  id = g_strdup (wd_map_layer_name_spot (self, spot));
  if (spot->kind != WD_SPOT_ORDER)
    {
      if (n_press == 1)
        wd_map_layer_open_spot (self, spot);
    }
  else if (n_press == 2)
    g_signal_emit_by_name (self, "order-activated", id);
  else if (state & GDK_CONTROL_MASK)
    wd_map_layer_toggle_selected (self, id);
  else
    wd_map_layer_select (self, (const char *const[]){ id, NULL });
}

static void
motion_cb (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           WdMapLayer               *self)
{
  const WdSpot *spot = wd_map_layer_hit (self, x, y);
  const char   *name = spot != NULL ? wd_map_layer_name_spot (self, spot) : NULL;

  if (g_strcmp0 (self->hovered, name) == 0)
    return;
  g_free (self->hovered);
  self->hovered = g_strdup (name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
left_cb (GtkEventControllerMotion *motion,
         WdMapLayer               *self)
{
  g_clear_pointer (&self->hovered, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
query_tooltip_cb (WdMapLayer *self,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  const WdSpot    *spot = keyboard ? wd_map_layer_find_spot (self, self->current) : wd_map_layer_hit (self, x, y);
  g_autofree char *text = spot != NULL ? wd_map_layer_describe_spot (self, spot) : NULL;

  if (text == NULL || self->list != NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ (int)graphene_rect_get_x (&spot->body),
                                                      (int)graphene_rect_get_y (&spot->body),
                                                      (int)graphene_rect_get_width (&spot->body),
                                                      (int)graphene_rect_get_height (&spot->body) });
  return TRUE;
}

void
wd_map_layer_add_pointer (WdMapLayer *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  wd_map_layer_add_drag (self, click);
}
