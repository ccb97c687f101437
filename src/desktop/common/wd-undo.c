/* wd-undo.c — what was given from a page, and can be taken back for some seconds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-undo.h"

#include "wd-terms.h"
#include "wd-toast.h"

#include <glib/gi18n.h>

#define SAY_SECONDS 8

struct _WdUndo
{
  WdDesk          *desk;
  AdwToastOverlay *overlay;
  char            *action;
  WdHeld          *held; /* what can be taken back */
  AdwToast        *toast;
};

WdUndo *
wd_undo_new (WdDesk *desk, AdwToastOverlay *overlay, const char *action)
{
  WdUndo *self = g_new0 (WdUndo, 1);

  self->desk = g_object_ref (desk);
  self->overlay = g_object_ref (overlay);
  self->action = g_strdup (action);
  self->held = wd_held_new ();
  return self;
}

static void
forget_toast (WdUndo *self)
{
  if (self->toast != NULL)
    g_signal_handlers_disconnect_by_data (self->toast, self);
  g_clear_object (&self->toast);
}

void
wd_undo_free (WdUndo *self)
{
  forget_toast (self);
  wd_held_free (self->held);
  g_free (self->action);
  g_object_unref (self->overlay);
  g_object_unref (self->desk);
  g_free (self);
}

void
wd_undo_say (AdwToastOverlay *overlay, const char *words)
{
  AdwToast *toast = adw_toast_new (words);

  adw_toast_set_timeout (toast, SAY_SECONDS);
  wd_toast_add (overlay, toast);
}

char *
wd_undo_give (WdUndo *self, WdVerb verb, const char *object, GVariant *members, gint64 expect)
{
  g_autoptr (WdCommand) command = wd_desk_command (verb, object, members != NULL ? members : g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));

  command->expect = expect;
  return wd_undo_give_command (self, command);
}

char *
wd_undo_give_command (WdUndo *self, const WdCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *words = NULL;

  if (wd_desk_give (self->desk, command, WD_UNDO_MS, &error))
    return g_strdup (command->id);
  words = g_strdup_printf (_ ("Not done: %s"), wd_term_refusal (error));
  wd_undo_say (self->overlay, words);
  return NULL;
}

static void
end_toast (WdUndo *self)
{
  g_autoptr (AdwToast) toast = self->toast != NULL ? g_object_ref (self->toast) : NULL;

  forget_toast (self);
  if (toast != NULL)
    wd_toast_dismiss (toast);
}

void
wd_undo_end (WdUndo *self)
{
  end_toast (self);
  wd_held_clear (self->held);
}

void
wd_undo_offer (WdUndo *self, GStrv given, const char *words)
{
  end_toast (self);
  wd_held_push (self->held, given);
  self->toast = g_object_ref (adw_toast_new (words));
  adw_toast_set_timeout (self->toast, WD_UNDO_MS / 1000);
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (self->toast, _ ("Undo  Ctrl+Z"));
  adw_toast_set_action_name (self->toast, self->action);
  g_signal_connect_swapped (self->toast, "dismissed", G_CALLBACK (forget_toast), self);
  wd_toast_add (self->overlay, self->toast);
}

void
wd_undo_take_back (WdUndo *self)
{
  g_auto (GStrv) given = wd_held_pop (self->held);
  guint          n = given != NULL ? g_strv_length (given) : 0, undone = 0;

  end_toast (self);
  for (guint i = n; i > 0; i--)
    undone += wd_desk_undo (self->desk, given[i - 1]);
  if (n > 0)
    wd_undo_say (self->overlay, undone > 0 ? _ ("Taken back: nothing was sent") : _ ("Too late: it has been sent"));
}
