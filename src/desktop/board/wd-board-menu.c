/* wd-board-menu.c — what can be done with an order, as a menu on its row or its symbol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-facts.h"

#include <glib/gi18n.h>

static void
add (GMenu *menu, const char *words, const char *action, const char *key)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (words, action);

  if (key != NULL)
    g_menu_item_set_attribute (item, "accel", "s", key);
  g_menu_append_item (menu, item);
}

/* Only what the state allows. */
static GMenuModel *
make_menu (WdBoardPage *self, const char *id)
{
  WdOrderItem   *item = wd_desk_get_order (self->desk, id);
  const WdOrder *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  GMenu         *menu = g_menu_new ();
  GtkWidget     *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (G_IS_ACTION_GROUP (root) && g_action_group_has_action (G_ACTION_GROUP (root), "open-order"))
    add (menu, _ ("Open"), "board.open", "Return");
  if (wd_desk_may_give (self->desk, WD_VERB_DISPATCH, id, NULL))
    add (menu, _ ("Dispatch…"), "board.dispatch", "<Control>d");
  else if (wd_desk_may_give (self->desk, WD_VERB_RECALL, id, NULL))
    add (menu, _ ("Redirect…"), "board.dispatch", "<Control>d");
  if (order != NULL && order->state == WD_STATE_DISPATCHED && wd_desk_may_give (self->desk, WD_VERB_RECALL, id, NULL))
    add (menu, _ ("Recall"), "board.recall", "<Control>e");
  if (wd_desk_may_give (self->desk, WD_VERB_LINK, id, NULL))
    add (menu, _ ("Link…"), "board.link", "<Control>l");
  if (order != NULL && wd_point_is_set (&order->point))
    add (menu, _ ("Show on the Map"), "board.show-on-map", NULL);
  return G_MENU_MODEL (menu);
}

/* It stays until the next one: its action is still to come, and a screen reader may still ask it.  The page itself
 * can't have the focus, so that it would be lost with the menu. */
static void
menu_closed_cb (WdBoardPage *self)
{
  wd_queue_hold (self->queue, FALSE);
  if (self->menu_focus != NULL && gtk_widget_get_mapped (self->menu_focus))
    gtk_widget_grab_focus (self->menu_focus);
}

void
_wd_board_page_show_menu (WdBoardPage *self, GtkWidget *from, const char *id, double x, double y)
{
  g_autoptr (GMenuModel) model = make_menu (self, id);
  graphene_point_t       at;

  if (g_menu_model_get_n_items (model) == 0 ||
      !gtk_widget_compute_point (from, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float)x, (float)y), &at))
    return;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_set_weak_pointer (&self->menu_focus, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  g_free (self->menu_id);
  self->menu_id = g_strdup (id);
  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int)at.x, (int)at.y, 1, 1 });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What to do with the order"), -1);
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
  wd_queue_hold (self->queue, TRUE); /* the row that it is about stays where it is */
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
