/* wd-board-dispatch.c — giving orders to a unit, and taking it back
 *
 * What is dropped goes into the outbox at once, held for five seconds; undo
 * takes it out again.  Several orders are one act: one toast, one undo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-dispatch-dialog.h"
#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

static void
end_toast (WdBoardPage *self)
{
  g_clear_handle_id (&self->toast_tick, g_source_remove);
  g_clear_pointer (&self->sent, g_strfreev);
  self->toast_left = NULL;
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
}

static void
show_seconds (WdBoardPage *self)
{
  int              left = (int)MAX ((self->toast_until - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 0);
  gboolean         offline = wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_OFFLINE;
  g_autofree char *words = offline ? g_strdup_printf (ngettext ("waits for the link in %d second", "waits for the link in %d seconds", left), left)
                                   : g_strdup_printf (ngettext ("sent in %d second", "sent in %d seconds", left), left);

  gtk_label_set_label (self->toast_left, words);
}

static gboolean
toast_tick_cb (gpointer data)
{
  WdBoardPage *self = data;

  if (g_get_monotonic_time () < self->toast_until)
    {
      show_seconds (self);
      return G_SOURCE_CONTINUE;
    }
  self->toast_tick = 0;
  end_toast (self);
  return G_SOURCE_REMOVE;
}

static void
say (WdBoardPage *self, const char *words)
{
  AdwToast *toast = adw_toast_new (words);

  adw_toast_set_timeout (toast, 8);
  adw_toast_overlay_add_toast (self->overlay, toast);
}

static char *
describe (WdBoardPage *self, const char *const *ids, guint given, const char *unit_code)
{
  WdUnitItem  *unit = wd_desk_get_unit (self->desk, unit_code);
  const char  *name = unit != NULL ? wd_unit_item_get_unit (unit)->name : unit_code;
  WdOrderItem *item = wd_desk_get_order (self->desk, ids[0]);

  if (given == 1 && item != NULL)
    {
      const WdOrder    *order = wd_order_item_get_order (item);
      const WdCategory *category = wd_desk_get_category (self->desk, order->category);
      g_autofree char  *number = wd_format_number (order->number);

      /* Translators: unit, order number, category. */
      return g_strdup_printf (_ ("Dispatched to %s · %s %s"), name, number, category != NULL ? category->name : order->category);
    }
  return g_strdup_printf (ngettext ("%u order dispatched to %s", "%u orders dispatched to %s", given), given, name);
}

/* What was done, and the seconds left to take it back; only the words are for a screen reader. */
static GtkWidget *
make_title (WdBoardPage *self, const char *words)
{
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *done = gtk_label_new (words);

  gtk_widget_add_css_class (done, "strong");
  gtk_label_set_ellipsize (GTK_LABEL (done), PANGO_ELLIPSIZE_END);
  self->toast_left = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (title), done);
  gtk_box_append (GTK_BOX (title), GTK_WIDGET (self->toast_left));
  return title;
}

static void
show_toast (WdBoardPage *self, const char *words)
{
  self->toast_until = g_get_monotonic_time () + WD_UNDO_MS * G_GINT64_CONSTANT (1000);
  self->toast = g_object_ref (adw_toast_new (words));
  adw_toast_set_custom_title (self->toast, make_title (self, words));
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (self->toast, _ ("Undo  Ctrl+Z"));
  adw_toast_set_action_name (self->toast, "board.undo");
  show_seconds (self);
  adw_toast_overlay_add_toast (self->overlay, self->toast);
  self->toast_tick = g_timeout_add (250, toast_tick_cb, self);
}

/* Each that could not be given, by its number, and why. */
static void
append_refusal (WdBoardPage *self, GString *refused, const char *id, const GError *error)
{
  WdOrderItem     *item = wd_desk_get_order (self->desk, id);
  g_autofree char *number = item != NULL ? wd_format_number (wd_order_item_get_order (item)->number) : g_strdup ("");

  if (refused->len > 0)
    g_string_append (refused, " · ");
  g_string_append_printf (refused, "%s %s", number, wd_term_refusal (error));
}

void
_wd_board_page_dispatch (WdBoardPage *self, const char *const *ids, const char *unit)
{
  g_autoptr (GStrvBuilder) sent = g_strv_builder_new ();
  g_autoptr (GString)      refused = g_string_new (NULL);
  g_autofree char         *words = NULL;
  guint                    given = 0;

  end_toast (self);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      GVariantDict          members;
      g_autoptr (WdCommand) command = NULL;
      g_autoptr (GError)    error = NULL;

      g_variant_dict_init (&members, NULL);
      g_variant_dict_insert (&members, "unit", "s", unit);
      command = wd_desk_command (WD_VERB_DISPATCH, ids[i], g_variant_dict_end (&members));
      if (!wd_desk_give (self->desk, command, WD_UNDO_MS, &error))
        {
          append_refusal (self, refused, ids[i], error);
          continue;
        }
      g_strv_builder_add (sent, command->id);
      given++;
    }

  if (refused->len > 0)
    {
      g_autofree char *not_done = g_strdup_printf (_ ("Not dispatched: %s"), refused->str);

      say (self, not_done);
    }
  if (given == 0)
    return;
  self->sent = g_strv_builder_end (sent);
  words = describe (self, ids, given, unit);
  show_toast (self, words);
}

void
_wd_board_page_say_missed (WdBoardPage *self)
{
  say (self, _ ("Too late: it has been sent"));
}

void
_wd_board_page_undo (WdBoardPage *self)
{
  guint undone = 0;

  if (self->sent == NULL)
    return;
  for (guint i = 0; self->sent[i] != NULL; i++)
    if (wd_desk_undo (self->desk, self->sent[i]))
      undone++;
  end_toast (self);
  if (undone > 0)
    say (self, _ ("Taken back: nothing was sent"));
  else
    _wd_board_page_say_missed (self);
}

static void
unit_chosen_cb (WdDispatchDialog *dialog, const char *unit, WdBoardPage *self)
{
  _wd_board_page_dispatch (self, wd_dispatch_dialog_get_orders (dialog), unit);
}

void
_wd_board_page_ask_unit (WdBoardPage *self)
{
  g_auto (GStrv) ids = wd_queue_get_selection (self->queue);
  GtkWidget     *dialog;

  if (ids[0] == NULL)
    {
      g_strfreev (ids);
      ids = g_strdupv ((char **)wd_map_layer_get_selection (wd_map_view_get_layer (self->map)));
    }
  if (ids == NULL || ids[0] == NULL)
    {
      say (self, _ ("Select an order first: in the queue or on the map"));
      return;
    }
  dialog = wd_dispatch_dialog_new (self->desk, (const char *const *)ids);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (unit_chosen_cb), self, 0);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_wd_board_page_dispatch_dispose (WdBoardPage *self)
{
  end_toast (self);
}
