/* wd-duty-page.c — the duty desk of a unit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-duty-page.h"

#include "wd-new-card.h"
#include "wd-queue.h"

#include <glib/gi18n.h>

struct _WdDutyPage
{
  AdwBin parent_instance;

  AdwToastOverlay *overlay;
  GtkListBox      *fresh; /* WdNewCard */
  GtkLabel        *n_fresh;
  WdQueue         *in_hand;
  GtkLabel        *n_in_hand;

  WdDesk      *desk;
  WdOrderList *to_accept;
  WdOrderList *accepted;
};

G_DEFINE_FINAL_TYPE (WdDutyPage, wd_duty_page, ADW_TYPE_BIN)

static gboolean
waits_here (WdOrderItem *item, gpointer desk)
{
  const WdOrder *order = wd_order_item_get_order (item);
  const WdActor *actor = wd_desk_get_actor (desk);

  return order->state == WD_STATE_DISPATCHED && actor != NULL && g_strcmp0 (order->unit, actor->unit) == 0;
}

static gboolean
is_in_hand (WdOrderItem *item, gpointer desk)
{
  return wd_order_is_open (wd_order_item_get_order (item)) && !waits_here (item, desk);
}

static void
say (WdDutyPage *self, const char *words)
{
  AdwToast *toast = adw_toast_new (words);

  adw_toast_set_timeout (toast, 8);
  adw_toast_overlay_add_toast (self->overlay, toast);
}

static void
accept_order (WdDutyPage *self, const char *id)
{
  g_autoptr (WdCommand) command = wd_desk_command (WD_VERB_ACCEPT, id, g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
  g_autoptr (GError)    error = NULL;

  if (!wd_desk_give (self->desk, command, 0, &error))
    {
      g_autofree char *words = g_strdup_printf (_ ("Not accepted: %s"), wd_rule_error_detail (error));

      say (self, words);
    }
}

/* Acceptance needs no dialog: Enter on the card does it. */
static void
row_activated_cb (WdDutyPage *self, GtkListBoxRow *row)
{
  accept_order (self, wd_new_card_get_id (WD_NEW_CARD (gtk_list_box_row_get_child (row))));
}

static void
accepted_cb (WdDutyPage *self, const char *id)
{
  g_autofree char *kept = g_strdup (id); /* the card goes with its order */

  accept_order (self, kept);
}

/* It was on the screen: the centre is told so (P1). */
static void
tell_shown (WdDutyPage *self, const WdOrder *order)
{
  GVariantDict          members;
  g_autoptr (WdCommand) command = NULL;

  if (order->delivery != NULL && order->delivery->shown != 0)
    return;
  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "what", "s", "shown");
  command = wd_desk_command (WD_VERB_RECEIPT, order->id, g_variant_dict_end (&members));
  wd_desk_give (self->desk, command, 0, NULL);
}

static void
item_changed_cb (WdOrderItem *item, WdNewCard *card)
{
  WdDutyPage *self = WD_DUTY_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (card), WD_TYPE_DUTY_PAGE));

  if (self != NULL)
    wd_new_card_show (card, self->desk, item);
}

static GtkWidget *
make_card (gpointer data, gpointer page)
{
  WdDutyPage  *self = page;
  WdOrderItem *item = data;
  GtkWidget   *card = wd_new_card_new ();

  wd_new_card_show (WD_NEW_CARD (card), self->desk, item);
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), card, 0);
  g_signal_connect_object (card, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  tell_shown (self, wd_order_item_get_order (item));
  return card;
}

static void
count_orders (WdDutyPage *self)
{
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->to_accept));
  g_autofree char *fresh = g_strdup_printf ("%u", n);
  g_autofree char *in_hand = g_strdup_printf ("%u", g_list_model_get_n_items (G_LIST_MODEL (self->accepted)));

  gtk_label_set_label (self->n_fresh, fresh);
  gtk_label_set_label (self->n_in_hand, in_hand);
  for (guint i = 0; i < n; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->fresh, i);

      if (row != NULL)
        wd_new_card_set_first (WD_NEW_CARD (gtk_list_box_row_get_child (row)), i == 0);
    }
}

static void
wd_duty_page_dispose (GObject *object)
{
  WdDutyPage *self = WD_DUTY_PAGE (object);

  g_clear_object (&self->to_accept);
  g_clear_object (&self->accepted);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wd_duty_page_parent_class)->dispose (object);
}

static void
wd_duty_page_class_init (WdDutyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_duty_page_dispose;
  g_type_ensure (WD_TYPE_QUEUE);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/duty/wd-duty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, fresh);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, n_fresh);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, in_hand);
  gtk_widget_class_bind_template_child (widget_class, WdDutyPage, n_in_hand);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
wd_duty_page_init (WdDutyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wd_duty_page_new (WdDesk *desk)
{
  WdDutyPage *self = g_object_new (WD_TYPE_DUTY_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->to_accept = wd_desk_list_orders (desk, waits_here, desk, NULL);
  self->accepted = wd_desk_list_orders (desk, is_in_hand, desk, NULL);
  gtk_list_box_bind_model (self->fresh, G_LIST_MODEL (self->to_accept), make_card, self, NULL);
  wd_queue_set_list (self->in_hand, desk, self->accepted);
  g_signal_connect_object (self->to_accept, "items-changed", G_CALLBACK (count_orders), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->accepted, "items-changed", G_CALLBACK (count_orders), self, G_CONNECT_SWAPPED);
  count_orders (self);
  return GTK_WIDGET (self);
}

void
wd_duty_page_tick (WdDutyPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->fresh, i)) != NULL; i++)
    wd_new_card_tick (WD_NEW_CARD (gtk_list_box_row_get_child (row)), wd_desk_now (self->desk));
  wd_queue_tick (self->in_hand);
}
