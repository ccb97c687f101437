/* wd-undo-toast.c — what was just given or taken back, and the button that turns it round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-undo-private.h"

#include "wd-toast.h"

#include <glib/gi18n.h>

#define SAY_SECONDS 8
#define TICK_MS 250

void
_wd_undo_forget_toast (WdUndo *self)
{
  gboolean was_given = self->left != NULL;

  g_clear_handle_id (&self->tick, g_source_remove);
  self->left = NULL;
  if (self->toast != NULL)
    g_signal_handlers_disconnect_by_data (self->toast, self);
  g_clear_object (&self->toast);
  if (was_given)
    g_signal_emit_by_name (self, "let-go");
}

void
wd_undo_end_toast (WdUndo *self)
{
  g_autoptr (AdwToast) toast = self->toast != NULL ? g_object_ref (self->toast) : NULL;

  _wd_undo_forget_toast (self);
  if (toast != NULL)
    wd_toast_dismiss (toast);
}

static void
make_toast (WdUndo *self, const char *words, const char *button, void (*pressed) (WdUndo *))
{
  wd_undo_end_toast (self);
  self->toast = g_object_ref (adw_toast_new (words));
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (self->toast, button);
  g_signal_connect_swapped (self->toast, "button-clicked", G_CALLBACK (pressed), self);
  g_signal_connect_swapped (self->toast, "dismissed", G_CALLBACK (_wd_undo_forget_toast), self);
}

static void
show_seconds (WdUndo *self)
{
  int              left = (int)MAX ((self->until - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 0);
  gboolean         offline = wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_OFFLINE;
  g_autofree char *words = offline ? g_strdup_printf (ngettext ("waits for the link in %d second", "waits for the link in %d seconds", left), left)
                                   : g_strdup_printf (ngettext ("sent in %d second", "sent in %d seconds", left), left);

  gtk_label_set_label (self->left, words);
}

static gboolean
tick_cb (gpointer data)
{
  WdUndo *self = data;

  if (g_get_monotonic_time () < self->until)
    {
      show_seconds (self);
      return G_SOURCE_CONTINUE;
    }
  self->tick = 0;
  wd_undo_end_toast (self);
  return G_SOURCE_REMOVE;
}

/* What was done, and the seconds left to take it back; only the words are for a screen reader. */
static GtkWidget *
make_title (WdUndo *self, const char *words)
{
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *done = gtk_label_new (words);

  gtk_widget_add_css_class (done, "strong");
  gtk_label_set_ellipsize (GTK_LABEL (done), PANGO_ELLIPSIZE_END);
  self->left = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (title), done);
  gtk_box_append (GTK_BOX (title), GTK_WIDGET (self->left));
  return title;
}

void
_wd_undo_show_given (WdUndo *self, const char *words)
{
  make_toast (self, words, _ ("Undo  Ctrl+Z"), wd_undo_take_back);
  self->until = g_get_monotonic_time () + WD_UNDO_MS * G_GINT64_CONSTANT (1000);
  adw_toast_set_custom_title (self->toast, make_title (self, words));
  adw_toast_set_timeout (self->toast, 0);
  show_seconds (self);
  wd_toast_add (self->overlay, self->toast);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
}

void
_wd_undo_show_taken (WdUndo *self)
{
  make_toast (self, _ ("Taken back: nothing was sent"), _ ("Redo  Ctrl+Shift+Z"), wd_undo_give_again);
  adw_toast_set_timeout (self->toast, SAY_SECONDS);
  wd_toast_add (self->overlay, self->toast);
}

void
wd_undo_say (AdwToastOverlay *overlay, const char *words)
{
  AdwToast *toast = adw_toast_new (words);

  adw_toast_set_timeout (toast, SAY_SECONDS);
  wd_toast_add (overlay, toast);
}
