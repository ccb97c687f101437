/* wd-board-layers.c — what the map shows besides orders, switched at its edge and remembered, and its legend
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-map-legend.h"
#include "wd-text-scale.h"

#include <glib/gi18n.h>

/* clang-format off */
static const struct { const char *name, *setting; } layers[WD_N_BOARD_LAYERS] = {
  [WD_BOARD_OUTAGES] = { N_("Outages"),       "map-outages" },
  [WD_BOARD_QUALITY] = { N_("Quality"),       "map-quality" },
  [WD_BOARD_CREWS]   = { N_("Crews"),         "map-crews"   },
};
/* clang-format on */

static void
apply (WdBoardPage *self)
{
  wd_area_feed_set_shown (self->area_feed, gtk_toggle_button_get_active (self->layers[WD_BOARD_OUTAGES]),
                          gtk_toggle_button_get_active (self->layers[WD_BOARD_QUALITY]));
  wd_map_layer_set_crews_shown (wd_map_view_get_layer (self->map), gtk_toggle_button_get_active (self->layers[WD_BOARD_CREWS]));
}

/* 停水 3: how many are open; those that are over come last. */
void
_wd_board_page_tick_layers (WdBoardPage *self)
{
  GListModel *areas = wd_desk_get_areas (self->desk);
  guint       counts[WD_N_BOARD_LAYERS] = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (areas); i++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);

      if (!wd_area_item_is_open (item))
        break;
      counts[wd_area_item_get_outage (item) != NULL ? WD_BOARD_OUTAGES : WD_BOARD_QUALITY]++;
    }
  for (int layer = 0; layer < WD_N_BOARD_LAYERS; layer++)
    {
      g_autofree char *label = counts[layer] > 0 ? g_strdup_printf ("%s %u", _ (layers[layer].name), counts[layer]) : g_strdup (_ (layers[layer].name));

      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->layers[layer])), label) != 0)
        gtk_button_set_label (GTK_BUTTON (self->layers[layer]), label);
    }
}

/* When it opens, since the theme or the categories may be others. */
static void
open_legend_cb (GtkMenuButton *button, gpointer self)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_widget_add_css_class (popover, "map-legend");
  gtk_popover_set_child (GTK_POPOVER (popover), wd_map_legend_new (WD_BOARD_PAGE (self)->desk));
  gtk_menu_button_set_popover (button, popover);
}

static GtkWidget *
make_legend (WdBoardPage *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Legend"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Legend"), -1);
  gtk_widget_add_css_class (button, "map-control");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), open_legend_cb, self, NULL);
  return button;
}

void
_wd_board_page_add_layers (WdBoardPage *self)
{
  self->layers_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->layers_box, GTK_ALIGN_START);
  gtk_widget_set_valign (self->layers_box, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->layers_box, 12);
  gtk_widget_set_margin_start (self->layers_box, 12);
  for (int layer = 0; layer < WD_N_BOARD_LAYERS; layer++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (layers[layer].name));

      self->layers[layer] = GTK_TOGGLE_BUTTON (button);
      gtk_toggle_button_set_active (self->layers[layer], TRUE);
      gtk_widget_add_css_class (button, "map-control");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (self->layers_box), button);
    }
  gtk_box_append (GTK_BOX (self->layers_box), make_legend (self));
  for (int layer = 0; layer < WD_N_BOARD_LAYERS; layer++)
    {
      if (self->settings != NULL)
        g_settings_bind (self->settings, layers[layer].setting, self->layers[layer], "active", G_SETTINGS_BIND_DEFAULT);
      g_signal_connect_object (self->layers[layer], "toggled", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
    }
  wd_text_scale_fold (GTK_BOX (self->layers_box)); /* beside each other they would cover a small map's other tools then */
  apply (self);
  _wd_board_page_tick_layers (self);
  wd_map_view_add_overlay (self->map, self->layers_box);
}
