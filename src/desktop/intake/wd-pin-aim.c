/* wd-pin-aim.c — a place on the map for who has no pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-pin-aim.h"

#include <glib/gi18n.h>

static GtkWidget *
make_button (const char *action)
{
  GtkWidget *button = gtk_button_new (), *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *key = g_object_new (GTK_TYPE_LABEL, "label", "Insert", "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (key, "key");
  gtk_box_append (GTK_BOX (words), gtk_label_new (_ ("Place at the Middle of the Map")));
  gtk_box_append (GTK_BOX (words), key);
  gtk_button_set_child (GTK_BUTTON (button), words);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
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
add_key (GtkWidget *map, const char *action)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Insert|KP_Insert"), gtk_named_action_new (action)));
  gtk_widget_add_controller (map, keys);
}

void
wd_pin_aim_add (WdMapView *map, WdPinLayer *pin, const char *action)
{
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *hint = make_hint ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_box_append (GTK_BOX (box), make_button (action));
  gtk_box_append (GTK_BOX (box), hint);
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_top (box, 12);
  wd_map_view_add_overlay (map, box);

  g_object_bind_property (focus, "contains-focus", hint, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (hint, "notify::visible", G_CALLBACK (hint_shown_cb), pin, 0);
  gtk_widget_add_controller (GTK_WIDGET (map), focus);
  add_key (GTK_WIDGET (map), action);
}
