/* wd-redirect.c — an order that goes away from a unit: what a person is asked before, and the commands of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-redirect.h"

#include "wd-facts.h"
#include "wd-format.h"

#include <glib/gi18n.h>

#define MAX_NAMED 6 /* of the orders that a question is about */

static const WdOrder *
order_of (WdDesk *desk, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (desk, id);

  return item != NULL ? wd_order_item_get_order (item) : NULL;
}

/* NULL where it is with none, or not here. */
static const char *
unit_of (WdDesk *desk, const char *id)
{
  const WdOrder *order = order_of (desk, id);

  return order != NULL && wd_facts_is_away (order) ? order->unit : NULL;
}

static const char *
name_unit (WdDesk *desk, const char *code)
{
  WdUnitItem *unit = wd_desk_get_unit (desk, code);

  return unit != NULL ? wd_unit_item_get_unit (unit)->name : code;
}

/* --- given to another meanwhile ----------------------------------------------------- */

GHashTable *
wd_redirect_note_units (WdDesk *desk, const char *const *ids)
{
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (; *ids != NULL; ids++)
    g_hash_table_insert (seen, g_strdup (*ids), g_strdup (unit_of (desk, *ids)));
  return seen;
}

static const char *
find_taken (WdDesk *desk, GHashTable *seen, const char *const *ids)
{
  for (; *ids != NULL; ids++)
    {
      const char *unit = unit_of (desk, *ids);
      gpointer    then;

      if (unit != NULL && g_hash_table_lookup_extended (seen, *ids, NULL, &then) && g_strcmp0 (then, unit) != 0)
        return *ids;
    }
  return NULL;
}

static void
look_cb (GtkWidget *over, const char *response, GtkWidget *dialog)
{
  gtk_widget_activate_action (over, "win.open-order", "s", g_object_get_data (G_OBJECT (dialog), "taken"));
}

WdAskDialog *
wd_redirect_ask_taken (GtkWidget *over, WdDesk *desk, GHashTable *seen, const char *const *ids)
{
  const char      *taken = find_taken (desk, seen, ids);
  WdAskDialog     *dialog;
  g_autofree char *number = NULL, *body = NULL;

  if (taken == NULL)
    return NULL;
  number = wd_format_number (order_of (desk, taken)->number);
  /* Translators: an order's number, a unit. */
  body = g_strdup_printf (_ ("%s has been given to %s meanwhile."), number, name_unit (desk, unit_of (desk, taken)));
  dialog = wd_ask_dialog_new (over, _ ("Not dispatched"), body, _ ("Redirect Anyway"), _ ("See How It Is"), NULL, FALSE);
  g_object_set_data_full (G_OBJECT (dialog), "taken", g_strdup (taken), g_free);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close"); /* Esc leads nowhere */
  g_signal_connect_object (dialog, "response::leave", G_CALLBACK (look_cb), over, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/* --- away from a unit that has accepted --------------------------------------------------- */

/* A line for each that is in hand; NULL where none is.  (transfer full) */
static char *
name_accepted (WdDesk *desk, const char *const *ids)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint               n = 0;

  for (; *ids != NULL; ids++)
    {
      const WdOrder    *order = order_of (desk, *ids);
      const WdCategory *category;
      g_autofree char  *number = NULL;

      if (order == NULL || !wd_order_is_in_hand (order) || ++n > MAX_NAMED)
        continue;
      category = wd_desk_get_category (desk, order->category);
      number = wd_format_number (order->number);
      /* Translators: an order's number, its category, the unit that has accepted it. */
      g_string_append_printf (names, _ ("%s %s: accepted by %s"), number, category != NULL ? category->name : order->category, name_unit (desk, order->unit));
      g_string_append_c (names, '\n');
    }
  if (n > MAX_NAMED)
    g_string_append_printf (names, ngettext ("and %u more order", "and %u more orders", n - MAX_NAMED), n - MAX_NAMED);
  return n > 0 ? g_strdup (g_strchomp (names->str)) : NULL;
}

WdAskDialog *
wd_redirect_ask_reason (GtkWidget *over, WdDesk *desk, const char *const *ids, const char *heading, const char *act)
{
  g_autofree char *accepted = name_accepted (desk, ids), *body = NULL;
  WdAskDialog     *dialog;

  if (accepted == NULL)
    return NULL;
  body = g_strdup_printf ("%s\n%s", accepted, _ ("The unit's people are told why it goes."));
  dialog = wd_ask_dialog_new (over, heading, body, act, _ ("Leave It There"), _ ("Reason"), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/* --- the commands ------------------------------------------------------------------------ */

GPtrArray *
wd_redirect_make (const char *id, gboolean away, const char *reason, const char *unit)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);

  if (away)
    g_ptr_array_add (commands, wd_desk_command (WD_VERB_RECALL, id, wd_members_of_text ("reason", reason)));
  if (unit != NULL)
    g_ptr_array_add (commands, wd_desk_command (WD_VERB_DISPATCH, id, wd_members_of_text ("unit", unit)));
  return commands;
}

GStrv
wd_redirect_list_ids (GPtrArray *commands)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < commands->len; i++)
    g_strv_builder_add (ids, ((WdCommand *)commands->pdata[i])->id);
  return g_strv_builder_end (ids);
}
