/* wd-board-dispatch.c — giving orders to a unit: dispatch, redirect, recall
 *
 * What is dropped goes into the outbox at once, held for five seconds; undo
 * takes it out again.  Several orders are one act: one toast, one undo.  A redirect is a recall and a
 * dispatch; once a unit has accepted, taking the order away from it needs a reason.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-dispatch-dialog.h"
#include "wd-facts.h"
#include "wd-format.h"
#include "wd-redirect.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

/* One act about several orders. */
typedef struct
{
  WdBoardPage  *page;
  GStrvBuilder *sent;    /* commands */
  GString      *refused; /* each by its number, and why */
  const char   *first;   /* that was given */
  guint         given;
  guint         redirected; /* of them */
} Act;

static const WdOrder *
order_of (WdBoardPage *self, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, id);

  return item != NULL ? wd_order_item_get_order (item) : NULL;
}

static void
append_refusal (Act *act, WdVerb verb, const char *id, const GError *error)
{
  const WdOrder   *order = order_of (act->page, id);
  g_autofree char *why = wd_term_refusal (error, verb, order);
  g_autofree char *number = order != NULL ? wd_format_number (order->number) : g_strdup ("");

  if (act->refused->len > 0)
    g_string_append (act->refused, " · ");
  g_string_append_printf (act->refused, "%s %s", number, why);
}

/* A redirect is one act: where it can't go to the other unit, it stays where it is.  Takes @commands. */
static gboolean
give (Act *act, const char *id, GPtrArray *commands)
{
  g_autoptr (GPtrArray) given = commands;
  g_auto (GStrv)        ids = wd_redirect_list_ids (given);
  g_autoptr (GError)    error = NULL;
  guint                 at_fault;

  if (!wd_desk_give_all (act->page->desk, given, NULL, WD_UNDO_MS, &at_fault, &error))
    {
      append_refusal (act, ((WdCommand *)given->pdata[at_fault])->verb, id, error);
      return FALSE;
    }
  g_strv_builder_addv (act->sent, (const char **)ids);
  act->first = act->given == 0 ? id : act->first;
  act->given++;
  return TRUE;
}

static void
dispatch (Act *act, const char *id, const char *unit, const char *reason)
{
  const WdOrder *order = order_of (act->page, id);
  gboolean       away = order != NULL && wd_facts_is_away (order);

  if (give (act, id, wd_redirect_make (id, away, away && wd_order_is_in_hand (order) ? reason : NULL, unit)) && away)
    act->redirected++;
}

static char *
name_order (WdBoardPage *self, const char *id)
{
  const WdOrder    *order = order_of (self, id);
  const WdCategory *category = wd_desk_get_category (self->desk, order->category);
  g_autofree char  *number = wd_format_number (order->number);

  return g_strdup_printf ("%s %s", number, category != NULL ? category->name : order->category);
}

static char *
describe (Act *act, const char *unit_code)
{
  WdUnitItem      *unit = wd_desk_get_unit (act->page->desk, unit_code);
  const char      *name = unit != NULL ? wd_unit_item_get_unit (unit)->name : unit_code;
  g_autofree char *order = name_order (act->page, act->first);

  if (act->given > 1)
    return g_strdup_printf (ngettext ("%u order dispatched to %s", "%u orders dispatched to %s", act->given), act->given, name);
  /* Translators: unit, order by number and category. */
  return act->redirected > 0 ? g_strdup_printf (_ ("Redirected to %s · %s"), name, order)
                             : g_strdup_printf (_ ("Dispatched to %s · %s"), name, order);
}

static Act
begin_act (WdBoardPage *self)
{
  return (Act){ self, g_strv_builder_new (), g_string_new (NULL), NULL, 0, 0 };
}

/* @words: (transfer full): what was done, NULL for nothing */
static void
end_act (Act *act, char *words, const char *not_done)
{
  g_autofree char *done = words;
  g_auto (GStrv)   sent = g_strv_builder_end (act->sent);

  if (act->refused->len > 0)
    {
      g_autofree char *refused = g_strdup_printf ("%s %s", not_done, act->refused->str);

      wd_undo_say (act->page->overlay, refused);
    }
  if (done != NULL)
    wd_undo_offer (act->page->undo, g_steal_pointer (&sent), done);
  g_strv_builder_unref (act->sent);
  g_string_free (act->refused, TRUE);
}

static void
give_to_unit (WdBoardPage *self, const char *const *ids, const char *unit, const char *reason)
{
  Act act = begin_act (self);

  wd_undo_end_toast (self->undo);
  for (; *ids != NULL; ids++)
    dispatch (&act, *ids, unit, reason);
  end_act (&act, act.given > 0 ? describe (&act, unit) : NULL, _ ("Not dispatched:"));
  if (act.given > 0)
    _wd_board_page_end_lasso (self);
  wd_queue_apply (self->queue); /* the hand itself moved these */
}

/* --- what is asked before ---------------------------------------------------------- */

/* Whatever is asked hangs on to what it is about. */
static void
keep (WdAskDialog *dialog, const char *const *ids, const char *unit)
{
  g_object_set_data_full (G_OBJECT (dialog), "orders", g_strdupv ((char **)ids), (GDestroyNotify)g_strfreev);
  g_object_set_data_full (G_OBJECT (dialog), "unit", g_strdup (unit), g_free);
}

static void
reason_given_cb (WdAskDialog *dialog, WdBoardPage *self)
{
  give_to_unit (self, g_object_get_data (G_OBJECT (dialog), "orders"), g_object_get_data (G_OBJECT (dialog), "unit"), wd_ask_dialog_get_words (dialog));
}

static void
redirect_cb (WdAskDialog *dialog, WdBoardPage *self)
{
  const char *const *ids = g_object_get_data (G_OBJECT (dialog), "orders");

  _wd_board_page_note_units (self, ids);
  _wd_board_page_dispatch (self, ids, g_object_get_data (G_OBJECT (dialog), "unit"));
}

void
_wd_board_page_note_units (WdBoardPage *self, const char *const *ids)
{
  g_clear_pointer (&self->seen, g_hash_table_unref);
  self->seen = wd_redirect_note_units (self->desk, ids);
}

void
_wd_board_page_dispatch (WdBoardPage *self, const char *const *ids, const char *unit)
{
  WdUnitItem      *item = wd_desk_get_unit (self->desk, unit);
  g_autofree char *act = g_strdup_printf (_ ("Redirect to %s"), item != NULL ? wd_unit_item_get_unit (item)->name : unit);
  WdAskDialog     *dialog = self->seen != NULL ? wd_redirect_ask_taken (GTK_WIDGET (self), self->desk, self->seen, ids) : NULL;

  if (dialog != NULL)
    g_signal_connect_object (dialog, "done", G_CALLBACK (redirect_cb), self, 0);
  else if ((dialog = wd_redirect_ask_reason (GTK_WIDGET (self), self->desk, ids, _ ("Redirect"), act)) != NULL)
    g_signal_connect_object (dialog, "done", G_CALLBACK (reason_given_cb), self, 0);
  else
    give_to_unit (self, ids, unit, NULL);
  if (dialog != NULL)
    keep (dialog, ids, unit);
}

/* --- by key ------------------------------------------------------------------------ */

/* What is selected in the queue, else on the map; NULL after saying that nothing is. */
GStrv
_wd_board_page_dup_selection (WdBoardPage *self)
{
  g_auto (GStrv) ids = wd_queue_get_selection (self->queue);

  if (ids[0] == NULL)
    {
      g_strfreev (ids);
      ids = g_strdupv ((char **)wd_map_layer_get_selection (wd_map_view_get_layer (self->map)));
    }
  if (ids != NULL && ids[0] != NULL)
    return g_steal_pointer (&ids);
  wd_undo_say (self->overlay, _ ("Select an order first: in the queue or on the map"));
  return NULL;
}

void
_wd_board_page_recall (WdBoardPage *self)
{
  g_auto (GStrv)           ids = _wd_board_page_dup_selection (self);
  g_autoptr (GStrvBuilder) struck = NULL;
  g_auto (GStrv)           recalled = NULL;
  g_autofree char         *order = NULL;
  char                    *words = NULL;
  Act                      act;

  if (ids == NULL)
    return;
  struck = g_strv_builder_new ();
  wd_queue_hold (self->queue, TRUE); /* struck through where they stand */
  act = begin_act (self);
  for (guint i = 0; ids[i] != NULL; i++)
    if (give (&act, ids[i], wd_redirect_make (ids[i], TRUE, NULL, NULL)))
      g_strv_builder_add (struck, ids[i]);
  if (act.given > 0)
    {
      order = name_order (self, act.first);
      words = act.given == 1 ? g_strdup_printf (_ ("Recalled · %s"), order)
                             : g_strdup_printf (ngettext ("%u order recalled", "%u orders recalled", act.given), act.given);
    }
  end_act (&act, words, _ ("Not recalled:"));
  recalled = g_strv_builder_end (struck);
  wd_queue_set_struck (self->queue, (const char *const *)recalled);
  wd_queue_hold (self->queue, FALSE);
}

static void
unit_chosen_cb (WdDispatchDialog *dialog, const char *unit, WdBoardPage *self)
{
  _wd_board_page_dispatch (self, wd_dispatch_dialog_get_orders (dialog), unit);
}

void
_wd_board_page_ask_unit (WdBoardPage *self, const char *unit)
{
  g_auto (GStrv) ids = _wd_board_page_dup_selection (self);
  GtkWidget     *dialog;

  if (ids == NULL)
    return;
  _wd_board_page_note_units (self, (const char *const *)ids);
  dialog = wd_dispatch_dialog_new (self->desk, (const char *const *)ids, unit);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (unit_chosen_cb), self, 0);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (dialog));
}
