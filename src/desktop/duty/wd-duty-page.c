/* wd-duty-page.c — the duty desk of a unit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-duty-private.h"

#include "wd-new-card.h"
#include "wd-page.h"
#include "wd-standing.h"
#include "wd-terms.h"
#include "wd-text-scale.h"
#include "wd-wrap-layout.h"

#include <glib/gi18n.h>

static void page_init (WdPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdDutyPage, wd_duty_page, ADW_TYPE_BIN, G_IMPLEMENT_INTERFACE (WD_TYPE_PAGE, page_init))

static gboolean
waits_here (WdOrderItem *item, gpointer desk)
{
  const WdOrder *order = wd_order_item_get_order (item);
  const WdActor *actor = wd_desk_get_actor (desk);

  return order->state == WD_STATE_DISPATCHED && actor != NULL && g_strcmp0 (order->unit, actor->unit) == 0;
}

gboolean
_wd_duty_has_fresh (WdDutyPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->to_accept)) > 0;
}

char *
_wd_duty_dup_current (WdDutyPage *self)
{
  g_autofree char *in_hand = _wd_duty_hand_dup_selected (self);

  if (in_hand != NULL && (!self->on_fresh || !_wd_duty_has_fresh (self)))
    return g_steal_pointer (&in_hand);
  if (_wd_duty_has_fresh (self))
    return g_strdup (self->current);
  wd_undo_say (self->overlay, _ ("Select an order first: a new one or one in hand"));
  return NULL;
}

/* Acceptance needs no dialog: Enter on the card does it. */
static void
row_activated_cb (WdDutyPage *self, GtkListBoxRow *row)
{
  g_autofree char *kept = g_strdup (wd_new_card_get_id (WD_NEW_CARD (gtk_list_box_row_get_child (row)))); /* the card goes with its order */

  _wd_duty_accept (self, kept);
}

static void
accepted_cb (WdDutyPage *self, const char *id)
{
  g_autofree char *kept = g_strdup (id);

  _wd_duty_accept (self, kept);
}

static void
card_drag_cb (WdDutyPage *self, GtkWidget *card)
{
  g_set_weak_pointer (&self->dragged, card);
}

static void
hand_drag_cb (WdDutyPage *self, const char *const *ids, GtkWidget *hand)
{
  g_set_weak_pointer (&self->dragged, hand);
  wd_queue_set_dragged (self->in_hand, ids);
}

static void
drag_ended_cb (WdDutyPage *self)
{
  g_clear_weak_pointer (&self->dragged);
  wd_queue_set_dragged (self->in_hand, NULL);
}

/* A button of a card that is not the one in hand takes it in hand. */
static void
asked_cb (WdDutyPage *self, const char *action, WdNewCard *card)
{
  gtk_list_box_select_row (self->fresh, GTK_LIST_BOX_ROW (gtk_widget_get_parent (GTK_WIDGET (card))));
  self->on_fresh = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/* What its buttons do, for a screen reader that is at the row. */
static void
row_act_cb (GtkWidget *row, const char *name, gpointer page)
{
  WdNewCard       *card = WD_NEW_CARD (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  g_autofree char *action = g_strconcat ("duty.", name, NULL);

  if (g_str_equal (name, "accept"))
    accepted_cb (page, wd_new_card_get_id (card));
  else
    asked_cb (page, action, card);
}

/* The row has the focus, and is asked for its name. */
static void
show_card (WdDutyPage *self, WdNewCard *card, WdOrderItem *item)
{
  wd_new_card_show (card, self->desk, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (card))), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  wd_new_card_get_words (card), -1);
}

static void
item_changed_cb (WdOrderItem *item, WdNewCard *card)
{
  WdDutyPage *self = WD_DUTY_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (card), WD_TYPE_DUTY_PAGE));

  if (self == NULL || wd_order_item_get_order (item) == NULL)
    return;
  show_card (self, card, item);
  if (waits_here (item, self->desk))
    _wd_duty_tell_shown (self, item); /* taken away and sent again in one go, it never left the list */
}

static GtkWidget *
make_row (gpointer data, gpointer page)
{
  static const WdAct acts[] = {
    { "accept", WD_VERB_NONE, NULL },
    { "assign", WD_VERB_NONE, NULL },
    { "return", WD_VERB_NONE, NULL },
    { NULL },
  };
  WdDutyPage  *self = page;
  WdOrderItem *item = data;
  GtkWidget   *row = gtk_list_box_row_new ();
  GtkWidget   *card = wd_new_card_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), card);
  show_card (self, WD_NEW_CARD (card), item);
  wd_acts_offer (row, "order", acts, self->desk, wd_new_card_get_id (WD_NEW_CARD (card)), row_act_cb, self);
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), card, 0);
  g_signal_connect_object (card, "drag-started", G_CALLBACK (card_drag_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "drag-ended", G_CALLBACK (drag_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  _wd_duty_tell_shown (self, item);
  return row;
}

static WdNewCard *
card_at (WdDutyPage *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->fresh, index);

  return row != NULL ? WD_NEW_CARD (gtk_list_box_row_get_child (row)) : NULL;
}

/* One card stands ready for Enter: the one with the focus. */
static void
show_ready (WdDutyPage *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->fresh);
  WdNewCard     *card;

  for (int i = 0; (card = card_at (self, i)) != NULL; i++)
    wd_new_card_set_first (card, gtk_widget_get_parent (GTK_WIDGET (card)) == GTK_WIDGET (selected));
}

static void
row_selected_cb (WdDutyPage *self, GtkListBoxRow *selected)
{
  if (selected == NULL) /* its card goes, or the whole page does */
    return;
  show_ready (self);
  g_free (self->current);
  self->current = g_strdup (wd_new_card_get_id (WD_NEW_CARD (gtk_list_box_row_get_child (selected))));
  self->current_index = gtk_list_box_row_get_index (selected);
}

gboolean
_wd_duty_has_focus (WdDutyPage *self, GtkWidget *around)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == around || gtk_widget_is_ancestor (focus, around));
}

/* Before rows are made anew, since what has the focus may go with them. */
static void
orders_changing_cb (WdDutyPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->had_focus = root == NULL || gtk_root_get_focus (root) == NULL || _wd_duty_has_focus (self, GTK_WIDGET (self->fresh));
}

/* Rows were made anew: the same order stands ready, or, where it is gone, the one in its place; without any
 * the list waits for the next. */
static void
choose_row (WdDutyPage *self)
{
  int        n = (int)g_list_model_get_n_items (G_LIST_MODEL (self->to_accept));
  int        index = MIN (self->current_index, n - 1);
  GtkWidget *ready = GTK_WIDGET (self->fresh);
  WdNewCard *card;

  for (int i = 0; (card = card_at (self, i)) != NULL; i++)
    if (g_strcmp0 (wd_new_card_get_id (card), self->current) == 0)
      index = i;
  if (n > 0)
    {
      ready = GTK_WIDGET (gtk_list_box_get_row_at_index (self->fresh, index));
      gtk_list_box_select_row (self->fresh, GTK_LIST_BOX_ROW (ready));
      show_ready (self);
    }
  if (self->had_focus)
    gtk_widget_grab_focus (ready);
}

static void
map_cb (WdDutyPage *self)
{
  g_hash_table_remove_all (self->told);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->to_accept)); i++)
    {
      g_autoptr (WdOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->to_accept), i);

      _wd_duty_tell_shown (self, item); /* what came behind another page */
    }
  orders_changing_cb (self);
  choose_row (self);
}

static gboolean
refresh_cb (gpointer data)
{
  WdDutyPage *self = data;

  self->refresh = 0;
  _wd_duty_hand_go_on (self);
  _wd_duty_hand_show (self);
  _wd_duty_crews_show (self);
  return G_SOURCE_REMOVE;
}

/* Many changes at once are shown once. */
static void
refresh_soon (WdDutyPage *self)
{
  if (self->refresh == 0)
    self->refresh = g_idle_add (refresh_cb, self);
}

static void
fresh_focus_cb (WdDutyPage *self)
{
  self->on_fresh = TRUE;
}

static void
hand_focus_cb (WdDutyPage *self)
{
  self->on_fresh = FALSE;
}

/* The order that the bar is about stays where it is while the hand is there. */
static void
bar_focus_cb (WdDutyPage *self, GParamSpec *pspec, GtkEventControllerFocus *focus)
{
  wd_queue_hold (self->in_hand, gtk_event_controller_focus_contains_focus (focus));
}

static void
hand_selection_cb (WdDutyPage *self)
{
  self->on_fresh = FALSE;
  _wd_duty_hand_show (self);
}

static void
hand_activated_cb (WdDutyPage *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-order", "s", id);
}

static void
orders_changed_cb (WdDutyPage *self)
{
  g_autofree char *fresh = g_strdup_printf ("%u", g_list_model_get_n_items (G_LIST_MODEL (self->to_accept)));

  gtk_label_set_label (self->n_fresh, fresh);
  _wd_duty_hand_take (self);
  choose_row (self);
}

static void
theme_changed_cb (WdDutyPage *self)
{
  WdNewCard *card;

  for (int i = 0; (card = card_at (self, i)) != NULL; i++)
    {
      WdOrderItem *item = wd_desk_get_order (self->desk, wd_new_card_get_id (card));

      if (item != NULL)
        wd_new_card_show (card, self->desk, item);
    }
}

static void
wd_duty_page_tick (WdPage *page)
{
  WdDutyPage *self = WD_DUTY_PAGE (page);
  gint64      now = wd_desk_now (self->desk);
  WdNewCard  *card;

  for (int i = 0; (card = card_at (self, i)) != NULL; i++)
    {
      WdOrderItem *item = wd_desk_get_order (self->desk, wd_new_card_get_id (card));

      if (item != NULL)
        wd_new_card_tick (card, wd_standing_of (self->desk, item, now, NULL), now);
    }
  wd_queue_tick (self->in_hand);
}

/* At the one that stands ready for Enter. */
static void
wd_duty_page_take_focus (WdPage *page)
{
  WdDutyPage *self = WD_DUTY_PAGE (page);

  self->had_focus = TRUE;
  choose_row (self);
}

static const WdPageKey *
wd_duty_page_list_keys (WdPage *page, const char **title)
{
  static const WdPageKey keys[] = {
    { "Return", N_ ("Accept the new order, open one in hand") },
    { "<Control><Shift>Return", N_ ("Accept all") },
    { "<Control>Return", N_ ("The likeliest act") },
    { "<Control>b", N_ ("Assign a crew") },
    { "Return", N_ ("At a crew: give it the order at hand") },
    { "<Control>r", N_ ("Return with a reason") },
    { "<Control>t", N_ ("Telephone call, new time") },
    { "<Control>g", N_ ("Arrived") },
    { "<Control>j", N_ ("Write a note") },
    { "<Control>z", N_ ("Take the last act back") },
    { "<Control><Shift>z", N_ ("Give again what was taken back") },
    { NULL, NULL },
  };

  *title = _ ("Duty Desk");
  return keys;
}

static void
wd_duty_page_list_panes (WdPage *page, GPtrArray *panes)
{
  WdDutyPage *self = WD_DUTY_PAGE (page);

  /* Each takes the focus also where there is nothing to be done in it. */
  if (_wd_duty_has_fresh (self))
    g_ptr_array_add (panes, self->fresh);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->accepted[WD_HAND_ALL])) > 0)
    g_ptr_array_add (panes, self->in_hand);
  g_ptr_array_add (panes, self->bar);
  g_ptr_array_add (panes, self->crews);
}

static gboolean
wd_duty_page_is_dragging (WdPage *page)
{
  return WD_DUTY_PAGE (page)->dragged != NULL; /* a card goes with its order, also from under a hand */
}

static void
page_init (WdPageInterface *iface)
{
  iface->is_dragging = wd_duty_page_is_dragging;
  iface->list_keys = wd_duty_page_list_keys;
  iface->list_panes = wd_duty_page_list_panes;
  iface->take_focus = wd_duty_page_take_focus;
  iface->tick = wd_duty_page_tick;
}

static void
wd_duty_page_dispose (GObject *object)
{
  WdDutyPage *self = WD_DUTY_PAGE (object);

  g_clear_object (&self->to_accept);
  for (int hand = 0; hand < WD_N_HANDS; hand++)
    g_clear_object (&self->accepted[hand]);
  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_weak_pointer (&self->dragged);
  g_clear_object (&self->undo);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->current, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_duty_page_parent_class)->dispose (object);
}

static void
wd_duty_page_class_init (WdDutyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_duty_page_dispose;
  g_type_ensure (WD_TYPE_QUEUE);
  g_type_ensure (WD_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/duty/wd-duty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, fresh);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, n_fresh);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, table_head);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, in_hand);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, n_in_hand);
  gtk_widget_class_bind_template_child_full (widget_class, "all", FALSE, G_STRUCT_OFFSET (WdDutyPage, filters[WD_HAND_ALL]));
  gtk_widget_class_bind_template_child_full (widget_class, "no_crew", FALSE, G_STRUCT_OFFSET (WdDutyPage, filters[WD_HAND_NO_CREW]));
  gtk_widget_class_bind_template_child_full (widget_class, "on_site", FALSE, G_STRUCT_OFFSET (WdDutyPage, filters[WD_HAND_ON_SITE]));
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, bar);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, bar_order);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, bar_state);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, verbs);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, crews);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, n_free);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, fresh_focus_cb);
  gtk_widget_class_bind_template_callback (widget_class, hand_focus_cb);
  gtk_widget_class_bind_template_callback (widget_class, bar_focus_cb);
  gtk_widget_class_bind_template_callback (widget_class, hand_drag_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_ended_cb);
  gtk_widget_class_bind_template_callback (widget_class, hand_selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, hand_activated_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "hand_act_cb", G_CALLBACK (_wd_duty_hand_act_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "filter_cb", G_CALLBACK (_wd_duty_filter_cb));
  _wd_duty_class_init_verbs (widget_class);
}

/* Rows fold where the text is large: there are no columns then. */
static void
show_table_head (WdDutyPage *self)
{
  gtk_widget_set_visible (self->table_head, !wd_text_scale_is_large ());
}

static void
wd_duty_page_init (WdDutyPage *self)
{
  static const char *const actions[] = { "duty.assign", "duty.return", "duty.contact", "duty.note", "duty.finish", "duty.arrive", "duty.main", NULL };

  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_page_act_in_front (GTK_WIDGET (self), actions);
  wd_text_scale_follow (self, G_CALLBACK (show_table_head));
  show_table_head (self);
  wd_text_scale_wrap (self->bar_order, 0);
  wd_text_scale_wrap (self->bar_state, 0);
}

GtkWidget *
wd_duty_page_new (WdDesk *desk)
{
  WdDutyPage *self = g_object_new (WD_TYPE_DUTY_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->undo = wd_undo_join (desk, self->overlay);
  wd_undo_add_keys (self->undo, GTK_WIDGET (self));
  self->to_accept = wd_desk_list_orders (desk, waits_here, desk, NULL);
  self->on_fresh = TRUE;
  _wd_duty_hand_start (self);
  g_signal_connect_object (self->to_accept, "items-changed", G_CALLBACK (orders_changing_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->fresh, G_LIST_MODEL (self->to_accept), make_row, self, NULL);
  g_signal_connect_object (self->to_accept, "items-changed", G_CALLBACK (orders_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  for (int hand = 0; hand < WD_N_HANDS; hand++)
    g_signal_connect_object (self->accepted[hand], "items-changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "order-changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "draft-stays", G_CALLBACK (_wd_duty_draft_stays), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "house-changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (theme_changed_cb), self, G_CONNECT_SWAPPED);
  orders_changed_cb (self);
  refresh_cb (self);
  return GTK_WIDGET (self);
}
