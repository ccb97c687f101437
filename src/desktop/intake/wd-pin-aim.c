/* wd-pin-aim.c — choosing a place on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-pin-aim.h"

#include <glib/gi18n.h>

#define ACTION "aim-action" /* as data of the map */

static void
place (GtkWidget *map, WdPoint point)
{
  gtk_widget_activate_action (map, g_object_get_data (G_OBJECT (map), ACTION), "(dd)", point.lon, point.lat);
}

static void
clicked_cb (WdPinLayer *pin, int n_press, double x, double y, GtkGestureClick *click)
{
  GtkWidget *map = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));

  if (n_press != 1)
    return;
  gtk_widget_translate_coordinates (map, GTK_WIDGET (pin), x, y, &x, &y);
  place (map, wd_pin_layer_point_at (pin, x, y));
}

static gboolean
middle_cb (GtkWidget *map)
{
  place (map, wd_map_view_get_centre (WD_MAP_VIEW (map)));
  return TRUE;
}

static GtkWidget *
make_button (WdMapView *map)
{
  GtkWidget *button = gtk_button_new (), *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *key = g_object_new (GTK_TYPE_LABEL, "label", "Insert", "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (key, "key");
  gtk_box_append (GTK_BOX (words), gtk_label_new (_ ("Place at the Middle of the Map")));
  gtk_box_append (GTK_BOX (words), key);
  gtk_button_set_child (GTK_BUTTON (button), words);
  g_signal_connect_object (button, "clicked", G_CALLBACK (middle_cb), map, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Place at the Middle of the Map"), -1);
  gtk_widget_add_css_class (button, "map-control");
  return button;
}

static GtkWidget *
make_hint (void)
{
  GtkWidget *hint = gtk_label_new (_ ("Arrows move the map · + − zoom"));

  gtk_widget_add_css_class (hint, "map-note");
  gtk_widget_set_halign (hint, GTK_ALIGN_START);
  return hint;
}

static void
hint_shown_cb (GtkWidget *hint, GParamSpec *pspec, WdPinLayer *pin)
{
  wd_pin_layer_set_aiming (pin, gtk_widget_get_visible (hint));
}

/* Before the map's own, which marks an order by it. */
static void
add_key (GtkWidget *map)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Insert|KP_Insert"), gtk_callback_action_new ((GtkShortcutFunc)middle_cb, NULL, NULL)));
  gtk_widget_add_controller (map, keys);
}

void
wd_pin_aim_add (WdMapView *map, WdPinLayer *pin, const char *action)
{
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *hint = make_hint ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  g_object_set_data_full (G_OBJECT (map), ACTION, g_strdup (action), g_free);
  gtk_box_append (GTK_BOX (box), make_button (map));
  gtk_box_append (GTK_BOX (box), hint);
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_top (box, 12);
  wd_map_view_add_overlay (map, box);

  g_object_bind_property (focus, "contains-focus", hint, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (hint, "notify::visible", G_CALLBACK (hint_shown_cb), pin, 0);
  gtk_widget_add_controller (GTK_WIDGET (map), focus);
  add_key (GTK_WIDGET (map));
  g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), pin, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (map), GTK_EVENT_CONTROLLER (click));
}
