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

/* --- what may be done, on a menu and in the accessible tree ------------------------------ */

static gboolean
may_dispatch (WdDesk *desk, const char *id)
{
  return wd_desk_may_give (desk, WD_VERB_DISPATCH, id, NULL) || wd_desk_may_give (desk, WD_VERB_RECALL, id, NULL);
}

/* What was accepted is taken back with a reason only, from its page. */
static gboolean
may_recall (WdDesk *desk, const char *id)
{
  WdOrderItem   *item = wd_desk_get_order (desk, id);
  const WdOrder *order = item != NULL ? wd_order_item_get_order (item) : NULL;

  return order != NULL && order->state == WD_STATE_DISPATCHED && wd_desk_may_give (desk, WD_VERB_RECALL, id, NULL);
}

static gboolean
has_place (WdDesk *desk, const char *id)
{
  WdOrderItem   *item = wd_desk_get_order (desk, id);
  const WdOrder *order = item != NULL ? wd_order_item_get_order (item) : NULL;

  return order != NULL && wd_point_is_set (&order->point);
}

static const WdAct acts[] = {
  { "open", WD_VERB_NONE, NULL },
  { "dispatch", WD_VERB_DISPATCH, may_dispatch },
  { "recall", WD_VERB_RECALL, may_recall },
  { "link", WD_VERB_LINK, NULL },
  { "show-on-map", WD_VERB_NONE, has_place },
  { NULL },
};

const WdAct *
_wd_board_page_get_acts (void)
{
  return acts;
}

static GMenuModel *
make_menu (WdBoardPage *self, const char *id)
{
  /* In the order of their acts. */
  static const struct
  {
    const char *words, *action, *key;
  } items[] = {
    { N_ ("Open"), "board.open", "Return" },
    { N_ ("Dispatch…"), "board.dispatch", "<Control>d" },
    { N_ ("Recall"), "board.recall", "<Control>e" },
    { N_ ("Link…"), "board.link", "<Control>l" },
    { N_ ("Show on the Map"), "board.show-on-map", NULL },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; acts[i].name != NULL; i++)
    if (wd_act_is_possible (&acts[i], self->desk, id))
      {
        gboolean redirects = acts[i].may == may_dispatch && !wd_desk_may_give (self->desk, WD_VERB_DISPATCH, id, NULL);

        add (menu, redirects ? _ ("Redirect…") : _ (items[i].words), items[i].action, items[i].key);
      }
  return G_MENU_MODEL (menu);
}

/* Of a row or a symbol.  With an order that is selected goes what is selected besides, as with a drag. */
void
_wd_board_page_act (WdBoardPage *self, const char *id, const char *name)
{
  g_auto (GStrv)   selected = wd_queue_get_selection (self->queue);
  g_autofree char *action = g_strconcat ("board.", name, NULL);

  if (!g_strv_contains ((const char *const *)selected, id))
    wd_queue_select (self->queue, (const char *const[]){ id, NULL });
  g_free (self->menu_id);
  self->menu_id = g_strdup (id);
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/* --- the menu ---------------------------------------------------------------------------- */

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
