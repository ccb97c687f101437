/* wd-board-toast.c — what was just done at the board, the seconds left to take it back, and taking it back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-toast.h"

#include <glib/gi18n.h>

/* Others may still be taken back by key. */
void
_wd_board_page_end_toast (WdBoardPage *self)
{
  g_clear_handle_id (&self->toast_tick, g_source_remove);
  wd_queue_set_struck (self->queue, NULL);
  self->toast_left = NULL;
  if (self->toast != NULL)
    wd_toast_dismiss (self->toast);
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
  _wd_board_page_end_toast (self);
  return G_SOURCE_REMOVE;
}

void
_wd_board_page_say (WdBoardPage *self, const char *words)
{
  AdwToast *toast = adw_toast_new (words);

  adw_toast_set_timeout (toast, 8);
  wd_toast_add (self->overlay, toast);
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

void
_wd_board_page_show_toast (WdBoardPage *self, const char *words, GStrv sent)
{
  _wd_board_page_end_toast (self);
  wd_held_push (self->held, sent);
  self->toast_until = g_get_monotonic_time () + WD_UNDO_MS * G_GINT64_CONSTANT (1000);
  self->toast = g_object_ref (adw_toast_new (words));
  adw_toast_set_custom_title (self->toast, make_title (self, words));
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (self->toast, _ ("Undo  Ctrl+Z"));
  adw_toast_set_action_name (self->toast, "board.undo");
  show_seconds (self);
  wd_toast_add (self->overlay, self->toast);
  self->toast_tick = g_timeout_add (250, toast_tick_cb, self);
}

void
_wd_board_page_say_missed (WdBoardPage *self)
{
  _wd_board_page_say (self, _ ("Too late: it has been sent"));
}

/* The newest act, its last command first: a redirect is two about one order. */
void
_wd_board_page_undo (WdBoardPage *self)
{
  g_auto (GStrv) sent = wd_held_pop (self->held);
  guint          undone = 0;

  if (sent == NULL)
    return;
  for (guint i = g_strv_length (sent); i-- > 0;)
    if (wd_desk_undo (self->desk, sent[i]))
      undone++;
  _wd_board_page_end_toast (self);
  wd_queue_apply (self->queue);
  if (undone > 0)
    _wd_board_page_say (self, _ ("Taken back: nothing was sent"));
  else
    _wd_board_page_say_missed (self);
}
