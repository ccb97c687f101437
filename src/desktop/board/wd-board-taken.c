/* wd-board-taken.c — orders that somebody else gave to a unit while they were under the hand here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-ask-dialog.h"
#include "wd-facts.h"
#include "wd-format.h"

#include <glib/gi18n.h>

/* NULL where it is with none, or not here. */
static const char *
unit_of (WdBoardPage *self, const char *id)
{
  WdOrderItem   *item = wd_desk_get_order (self->desk, id);
  const WdOrder *order = item != NULL ? wd_order_item_get_order (item) : NULL;

  return order != NULL && wd_facts_is_away (order) ? order->unit : NULL;
}

void
_wd_board_page_note_units (WdBoardPage *self, const char *const *ids)
{
  g_hash_table_remove_all (self->seen);
  for (; *ids != NULL; ids++)
    g_hash_table_insert (self->seen, g_strdup (*ids), g_strdup (unit_of (self, *ids)));
}

static const char *
find_taken (WdBoardPage *self, const char *const *ids)
{
  for (; *ids != NULL; ids++)
    {
      const char *unit = unit_of (self, *ids);
      gpointer    seen;

      if (unit != NULL && g_hash_table_lookup_extended (self->seen, *ids, NULL, &seen) && g_strcmp0 (seen, unit) != 0)
        return *ids;
    }
  return NULL;
}

static void
redirect_cb (WdAskDialog *dialog, WdBoardPage *self)
{
  const char *const *ids = g_object_get_data (G_OBJECT (dialog), "orders");

  _wd_board_page_note_units (self, ids);
  _wd_board_page_dispatch (self, ids, g_object_get_data (G_OBJECT (dialog), "unit"));
}

gboolean
_wd_board_page_ask_taken (WdBoardPage *self, const char *const *ids, const char *unit)
{
  const char      *taken = find_taken (self, ids);
  WdUnitItem      *there = taken != NULL ? wd_desk_get_unit (self->desk, unit_of (self, taken)) : NULL;
  WdAskDialog     *dialog;
  g_autofree char *number = NULL, *body = NULL;

  if (taken == NULL)
    return FALSE;
  number = wd_format_number (wd_order_item_get_order (wd_desk_get_order (self->desk, taken))->number);
  /* Translators: an order's number, a unit. */
  body = g_strdup_printf (_ ("%s has been given to %s meanwhile."), number, there != NULL ? wd_unit_item_get_unit (there)->name : unit_of (self, taken));
  dialog = wd_ask_dialog_new (GTK_WIDGET (self), _ ("Not dispatched"), body, _ ("Redirect Anyway"), _ ("See How It Is"), NULL, FALSE);
  g_object_set_data_full (G_OBJECT (dialog), "orders", g_strdupv ((char **)ids), (GDestroyNotify)g_strfreev);
  g_object_set_data_full (G_OBJECT (dialog), "unit", g_strdup (unit), g_free);
  g_signal_connect_object (dialog, "done", G_CALLBACK (redirect_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}
