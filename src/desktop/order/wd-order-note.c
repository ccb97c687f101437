/* wd-order-note.c — words that are added to an order: a draft of the desk until they are written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-terms.h"

#include <glib/gi18n.h>

#define KEEP_MS 1000

static char *
draft_of (WdOrderPage *self)
{
  return g_strconcat (WD_DRAFT_NOTE, self->id, NULL);
}

void
_wd_order_page_keep_note (WdOrderPage *self)
{
  g_autofree char *draft = self->id != NULL ? draft_of (self) : NULL;
  const char      *text = gtk_editable_get_text (self->note);

  g_clear_handle_id (&self->keeping, g_source_remove);
  if (draft != NULL)
    wd_desk_keep_draft (self->desk, draft, *text != '\0' ? text : NULL);
}

static gboolean
keep_cb (gpointer data)
{
  WdOrderPage *self = data;

  self->keeping = 0;
  _wd_order_page_keep_note (self);
  return G_SOURCE_REMOVE;
}

void
_wd_order_page_note_typed (WdOrderPage *self)
{
  if (self->keeping == 0)
    self->keeping = g_timeout_add (KEEP_MS, keep_cb, self);
}

void
_wd_order_page_show_note (WdOrderPage *self)
{
  g_autofree char *draft = draft_of (self);
  const char      *kept = g_hash_table_lookup (wd_desk_get_drafts (self->desk), draft);

  gtk_editable_set_text (self->note, kept != NULL ? kept : "");
}

/* Before what was typed since. */
void
_wd_order_page_note_stays (WdOrderPage *self, const char *draft)
{
  g_autofree char *own = self->id != NULL ? draft_of (self) : NULL;
  const char      *since = gtk_editable_get_text (self->note);
  g_autofree char *text = NULL;

  if (g_strcmp0 (draft, own) != 0)
    return;
  text = g_strjoin (*since != '\0' ? " " : "", (const char *)g_hash_table_lookup (wd_desk_get_drafts (self->desk), draft), since, NULL);
  gtk_editable_set_text (self->note, text);
}

void
_wd_order_page_give_note (WdOrderPage *self)
{
  g_autofree char      *text = g_strstrip (g_strdup (gtk_editable_get_text (self->note)));
  g_autofree char      *draft = draft_of (self);
  g_autoptr (WdCommand) command = NULL;
  g_autoptr (GError)    error = NULL;

  if (*text == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->note));
      return;
    }
  _wd_order_page_keep_note (self);
  command = wd_desk_command (WD_VERB_NOTE, self->id, wd_members_of_text ("text", text));
  if (wd_desk_give_draft (self->desk, command, draft, &error))
    {
      wd_undo_go_on (self->undo);
      gtk_editable_set_text (self->note, "");
      _wd_order_page_show_story (self);
    }
  else
    {
      g_autofree char *why = wd_term_refusal (error, WD_VERB_NOTE, _wd_order_page_get_order (self));
      g_autofree char *words = g_strdup_printf (_ ("Not noted: %s"), why);

      wd_undo_say (self->overlay, words);
    }
}
