/* wd-duty-crews.c — the unit's crews: what each does, and orders dropped on them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-duty-private.h"

#include "wd-crew-card.h"
#include "wd-crew-dialog.h"
#include "wd-format.h"

#include <glib/gi18n.h>

static GPtrArray *
states_of (WdDutyPage *self)
{
  const WdActor *actor = wd_desk_get_actor (self->desk);

  return wd_crew_states (self->desk, actor != NULL ? actor->unit : NULL, G_LIST_MODEL (self->accepted[WD_HAND_ALL]));
}

static void
dropped_cb (WdDutyPage *self, const char *const *ids, WdCrewCard *card)
{
  g_autofree char *crew = g_strdup (wd_crew_card_get_id (card));
  g_auto (GStrv)   orders = g_strdupv ((char **)ids);

  _wd_duty_assign (self, (const char *const *)orders, crew);
}

static void
asked_cb (WdDutyPage *self, WdCrewCard *card)
{
  g_autofree char *order = _wd_duty_dup_current (self);
  g_autofree char *crew = g_strdup (wd_crew_card_get_id (card));

  if (order != NULL)
    _wd_duty_assign (self, (const char *const[]){ order, NULL }, crew);
}

/* As many cards as crews; what each shows changes, the cards stay. */
static void
fit_cards (WdDutyPage *self, guint n)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->crews));

  for (guint i = 0; i < n || card != NULL; i++)
    {
      GtkWidget *next = card != NULL ? gtk_widget_get_next_sibling (card) : NULL;

      if (card == NULL)
        {
          GtkWidget *made = wd_crew_card_new ();

          gtk_box_append (self->crews, made);
          g_signal_connect_object (made, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
          g_signal_connect_object (made, "dropped", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
        }
      else if (i >= n)
        gtk_box_remove (self->crews, card);
      card = next;
    }
}

void
_wd_duty_crews_show (WdDutyPage *self)
{
  g_autoptr (GPtrArray) states = states_of (self);
  g_autofree char      *words = NULL;
  GtkWidget            *card;
  guint                 n_free = 0;

  fit_cards (self, states->len);
  card = gtk_widget_get_first_child (GTK_WIDGET (self->crews));
  for (guint i = 0; i < states->len; i++, card = gtk_widget_get_next_sibling (card))
    {
      const WdCrewState *state = states->pdata[i];

      n_free += state->free;
      wd_crew_card_show (WD_CREW_CARD (card), state);
    }
  /* Translators: how many of a unit's crews are free. */
  words = g_strdup_printf (_ ("free %u/%u"), n_free, states->len);
  gtk_label_set_label (self->n_free, words);
}

/* --- from a list ------------------------------------------------------------------- */

static void
chosen_cb (GtkWidget *dialog, const char *crew, WdDutyPage *self)
{
  const char *order = g_object_get_data (G_OBJECT (dialog), "order");

  _wd_duty_assign (self, (const char *const[]){ order, NULL }, crew);
}

void
_wd_duty_crews_choose (WdDutyPage *self, const char *id)
{
  g_autoptr (GPtrArray) states = states_of (self);
  WdOrderItem          *item = wd_desk_get_order (self->desk, id);
  const WdOrder        *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  const WdCategory     *category = order != NULL ? wd_desk_get_category (self->desk, order->category) : NULL;
  g_autofree char      *number = NULL;
  g_autofree char      *what = NULL;
  GtkWidget            *dialog;

  if (order == NULL)
    return;
  if (states->len == 0)
    {
      wd_undo_say (self->overlay, _ ("This unit has no crews yet; its administrator enters them."));
      return;
    }
  number = wd_format_number (order->number);
  what = g_strdup_printf ("%s %s · %s", number, category != NULL ? category->name : order->category,
                          order->address != NULL ? order->address : "");
  dialog = wd_crew_dialog_new (what, states);
  g_object_set_data_full (G_OBJECT (dialog), "order", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (dialog));
}
