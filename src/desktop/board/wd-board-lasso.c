/* wd-board-lasso.c — 圈选: orders surrounded on the map, counted by category, dragged or dispatched together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-order-ids.h"
#include "wd-standing.h"

#include <glib/gi18n.h>

#define MAX_NAMED 6 /* categories in the card */

typedef struct
{
  const WdCategory *category;
  guint             count;
} Part;

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  return (int)((const Part *)b)->count - (int)((const Part *)a)->count;
}

static void
count_order (WdBoardPage *self, GArray *parts, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, id);
  Part         part = { item != NULL ? wd_desk_get_category (self->desk, wd_order_item_get_order (item)->category) : NULL, 1 };

  if (part.category == NULL)
    return;
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, Part, i).category == part.category)
      {
        g_array_index (parts, Part, i).count++;
        return;
      }
  g_array_append_val (parts, part);
}

/* 圈内 4 单：水质 3 · 漏水 1 */
static char *
describe (WdBoardPage *self, GStrv ids)
{
  g_autoptr (GArray)  parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GString) words = g_string_new (NULL);
  guint               n = g_strv_length (ids);

  if (n == 0)
    return g_strdup (_ ("No order inside the line"));
  for (guint i = 0; i < n; i++)
    count_order (self, parts, ids[i]);
  g_array_sort (parts, compare_parts);
  g_string_append_printf (words, ngettext ("%u order inside", "%u orders inside", n), n);
  for (guint i = 0; i < parts->len && i < MAX_NAMED; i++)
    g_string_append_printf (words, " · %s %u", g_array_index (parts, Part, i).category->name, g_array_index (parts, Part, i).count);
  if (parts->len > MAX_NAMED)
    g_string_append (words, " …");
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
drawn_cb (WdBoardPage *self)
{
  g_auto (GStrv)   ids = wd_lasso_list (self->lasso);
  g_autofree char *words = describe (self, ids);

  gtk_label_set_label (self->lasso_words, words);
  gtk_widget_set_visible (self->lasso_card, TRUE);
  gtk_widget_set_visible (self->lasso_dispatch, ids[0] != NULL);
  wd_map_layer_select (wd_map_view_get_layer (self->map), (const char *const *)ids);
}

static void
toggled_cb (WdBoardPage *self)
{
  gtk_widget_set_visible (self->lasso_card, FALSE);
  if (gtk_toggle_button_get_active (self->lasso_button))
    wd_lasso_arm (self->lasso);
  else
    wd_lasso_clear (self->lasso);
}

gboolean
_wd_board_page_end_lasso (WdBoardPage *self)
{
  gboolean active = gtk_toggle_button_get_active (self->lasso_button);

  gtk_toggle_button_set_active (self->lasso_button, FALSE);
  return active;
}

/* --- the card drags what was surrounded ------------------------------------------- */

static GdkContentProvider *
prepare_cb (WdBoardPage *self)
{
  g_strfreev (self->lasso_dragged);
  self->lasso_dragged = wd_lasso_list (self->lasso);
  return self->lasso_dragged[0] != NULL ? wd_order_ids_provider_new ((const char *const *)self->lasso_dragged) : NULL;
}

static void
drag_begin_cb (WdBoardPage *self, GdkDrag *drag)
{
  WdOrderItem             *item = wd_desk_get_order (self->desk, self->lasso_dragged[0]);
  gboolean                 dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autoptr (GdkPaintable) symbol = NULL;

  if (item != NULL)
    {
      symbol = wd_symbol_paintable_new (wd_order_item_get_order (item)->category, wd_standing_of (self->desk, item, wd_desk_now (self->desk), NULL),
                                        WD_SYMBOL_SIZE, dark);
      wd_order_ids_set_drag_icon (drag, symbol, g_strv_length (self->lasso_dragged));
    }
  _wd_board_page_begin_drag (self, (const char *const *)self->lasso_dragged);
}

static void
add_drag (WdBoardPage *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, WD_ORDER_IDS_ACTION);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (_wd_board_page_end_drag), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->lasso_card, GTK_EVENT_CONTROLLER (source));
}

void
_wd_board_page_add_lasso (WdBoardPage *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *button = gtk_toggle_button_new_with_label (_ ("Lasso"));
  GtkWidget *words = gtk_label_new (NULL);

  self->lasso = WD_LASSO (wd_lasso_new (wd_map_view_get_layer (self->map)));
  wd_map_view_add_overlay (self->map, GTK_WIDGET (self->lasso));
  g_signal_connect_object (self->lasso, "drawn", G_CALLBACK (drawn_cb), self, G_CONNECT_SWAPPED);

  self->lasso_button = GTK_TOGGLE_BUTTON (button);
  gtk_widget_add_css_class (button, "map-control");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (button, _ ("Draw a line around orders; Esc ends it"));
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);

  self->lasso_card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->lasso_words = GTK_LABEL (words);
  self->lasso_dispatch = gtk_button_new_with_label (_ ("Dispatch…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->lasso_dispatch), "board.dispatch");
  gtk_widget_set_css_classes (self->lasso_dispatch, (const char *[]){ "act", "small", NULL });
  gtk_widget_add_css_class (self->lasso_card, "lasso-card");
  gtk_widget_set_visible (self->lasso_card, FALSE);
  gtk_label_set_wrap (self->lasso_words, TRUE);
  gtk_label_set_xalign (self->lasso_words, 0);
  gtk_box_append (GTK_BOX (self->lasso_card), words);
  gtk_box_append (GTK_BOX (self->lasso_card), self->lasso_dispatch);
  add_drag (self);

  gtk_widget_set_halign (tools, GTK_ALIGN_END);
  gtk_widget_set_valign (tools, GTK_ALIGN_START);
  gtk_widget_set_margin_top (tools, 12);
  gtk_widget_set_margin_end (tools, 12);
  gtk_widget_set_margin_start (tools, 12);
  gtk_box_append (GTK_BOX (tools), button);
  gtk_box_append (GTK_BOX (tools), self->lasso_card);
  wd_map_view_add_overlay (self->map, tools);
}
