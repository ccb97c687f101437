/* wd-conflict-acts.c — what a person can make of a conflict: theirs stays, mine is given anew, or both are on record
 *
 * Never by itself.  What was given after the refused command goes on, or goes too, as is ticked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-conflict-private.h"

#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

static gboolean
goes_on (WdConflictPage *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->behind)) && gtk_check_button_get_active (self->behind);
}

static void
add_behind (WdConflictPage *self, GPtrArray *commands)
{
  g_autoptr (GPtrArray) behind = wd_desk_list_behind (self->desk, self->command);

  for (guint i = 0; goes_on (self) && i < behind->len; i++)
    g_ptr_array_add (commands, wd_command_copy (behind->pdata[i]));
}

static gboolean
is_with_unit (const WdOrder *order)
{
  return order != NULL && (order->state == WD_STATE_DISPATCHED || order->state == WD_STATE_ACCEPTED || order->state == WD_STATE_ON_SITE);
}

/* To dispatch what is with another unit by now, it is recalled first. */
static WdCommand *
make_recall (WdConflictPage *self, const WdRefusal *refusal, const WdOrder *theirs)
{
  g_autofree char *unit = _wd_conflict_unit_name (self, wd_members_text (refusal->command->members, "unit"), FALSE);
  g_autofree char *reason = g_strdup_printf (_ ("Dispatched at two desks at once; decided for %s"), unit);
  GVariantBuilder  members;

  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  wd_members_add (&members, theirs->state == WD_STATE_DISPATCHED ? "note" : "reason", g_variant_new_string (reason));
  return wd_desk_command (WD_VERB_RECALL, theirs->id, g_variant_builder_end (&members));
}

static GPtrArray *
list_mine (WdConflictPage *self, const WdRefusal *refusal)
{
  GPtrArray     *commands = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  const WdOrder *theirs = _wd_conflict_order (self, refusal);

  if (refusal->command->verb == WD_VERB_DISPATCH && is_with_unit (theirs))
    g_ptr_array_add (commands, make_recall (self, refusal, theirs));
  g_ptr_array_add (commands, wd_command_copy (refusal->command));
  add_behind (self, commands);
  return commands;
}

/* A note that carries mine; NULL where there is no order to note it at. */
static GPtrArray *
list_note (WdConflictPage *self, const WdRefusal *refusal)
{
  GPtrArray            *commands = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *what = _wd_conflict_describe (self, refusal->command);
  g_autofree char      *time = wd_format_time (refusal->given_at, zone);
  /* Translators: when, what. */
  g_autofree char *text = g_strdup_printf (_ ("Also entered at %1$s, without effect: %2$s"), time, what);
  GVariantBuilder  members;

  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  wd_members_add (&members, "text", g_variant_new_string (text));
  g_ptr_array_add (commands, wd_desk_command (WD_VERB_NOTE, refusal->object, g_variant_builder_end (&members)));
  add_behind (self, commands);
  return commands;
}

/* --- the buttons ------------------------------------------------------------------------- */

static char *
name_theirs (WdConflictPage *self, const WdRefusal *refusal)
{
  const WdOrder   *order = _wd_conflict_order (self, refusal);
  gconstpointer    theirs = _wd_conflict_theirs (self, refusal);
  g_autofree char *unit = order != NULL && order->unit != NULL ? _wd_conflict_unit_name (self, order->unit, TRUE) : NULL;
  g_autofree char *state = theirs != NULL ? _wd_conflict_state (self, refusal->kind, theirs) : NULL;

  if (theirs == NULL)
    return g_strdup (_ ("Give mine up"));
  /* Translators: a unit's short name. */
  if (unit != NULL && wd_order_is_open (order))
    return g_strdup_printf (_ ("Keep theirs: stays with %s"), unit);
  /* Translators: a state. */
  return g_strdup_printf (_ ("Keep theirs: %s"), state);
}

static char *
name_mine (WdConflictPage *self, const WdRefusal *refusal, const WdOrder *theirs)
{
  g_autofree char *unit = NULL;

  if (refusal->command->verb != WD_VERB_DISPATCH)
    return g_strdup_printf (_ ("Use mine: %s"), wd_term_verb (refusal->command->verb)); /* Translators: a verb. */
  unit = _wd_conflict_unit_name (self, wd_members_text (refusal->command->members, "unit"), TRUE);
  return is_with_unit (theirs) ? g_strdup_printf (_ ("Use mine: redirect to %s"), unit) : g_strdup_printf (_ ("Use mine: dispatch to %s"), unit);
}

static char *
why_not (const WdRefusal *refusal, const WdOrder *theirs, const GError *error)
{
  g_autofree char *why = wd_term_refusal (error, refusal->command->verb, theirs);

  return g_strdup_printf (_ ("Not possible as it stands: %s"), why);
}

static char *
hint_mine (WdConflictPage *self, const WdRefusal *refusal, const WdOrder *theirs, const GError *error)
{
  g_autofree char *unit = NULL;

  if (error != NULL)
    return why_not (refusal, theirs, error);
  if (refusal->command->verb != WD_VERB_DISPATCH || !is_with_unit (theirs))
    return g_strdup (_ ("Is given anew, now, to what stands there."));
  unit = _wd_conflict_unit_name (self, theirs->unit, TRUE);
  return g_strdup_printf (_ ("%s is told of the recall; what it did so far stays on record."), unit);
}

static void
show_behind (WdConflictPage *self)
{
  g_autoptr (GPtrArray) behind = wd_desk_list_behind (self->desk, self->command);
  g_autoptr (GString)   verbs = g_string_new (NULL);
  g_autofree char      *words = NULL;

  for (guint i = 0; i < behind->len; i++)
    g_string_append_printf (verbs, "%s%s", i > 0 ? "、" : "", wd_term_verb (((const WdCommand *)behind->pdata[i])->verb));
  words = g_strdup_printf (ngettext ("What was given after it goes on: %d, %s", "What was given after it goes on: %d, %s", (int)behind->len),
                           (int)behind->len, verbs->str);
  gtk_check_button_set_label (self->behind, words);
  gtk_widget_set_visible (GTK_WIDGET (self->behind), behind->len > 0);
}

void
_wd_conflict_show_acts (WdConflictPage *self, const WdRefusal *refusal)
{
  gconstpointer         theirs = _wd_conflict_theirs (self, refusal);
  const WdOrder        *order = _wd_conflict_order (self, refusal);
  g_autoptr (GPtrArray) mine = NULL;
  g_autoptr (GPtrArray) note = NULL;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *keep_name = name_theirs (self, refusal);
  g_autofree char      *mine_name = name_mine (self, refusal, order);
  g_autofree char      *hint = NULL;
  gboolean              may_note;

  show_behind (self);
  mine = list_mine (self, refusal);
  note = list_note (self, refusal);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mine_button), wd_desk_may_replace (self->desk, self->command, mine, &error));
  hint = hint_mine (self, refusal, order, error);
  may_note = order != NULL && refusal->command->verb != WD_VERB_NOTE && wd_desk_may_replace (self->desk, self->command, note, NULL);
  gtk_button_set_label (self->theirs_button, keep_name);
  gtk_button_set_label (self->mine_button, mine_name);
  gtk_label_set_label (self->mine_hint, hint);
  gtk_label_set_label (self->theirs_hint, theirs != NULL ? _ ("Mine is not sent; it stays as it is.") : _ ("Mine is not sent."));
  gtk_widget_set_visible (GTK_WIDGET (self->both_button), may_note);
  gtk_widget_set_visible (GTK_WIDGET (self->both_hint), may_note);
}

void
_wd_conflict_keep (WdConflictPage *self)
{
  if (_wd_conflict_get_refusal (self) != NULL)
    wd_desk_settle (self->desk, self->command, goes_on (self));
}

static void
replace (WdConflictPage *self, const WdRefusal *refusal, GPtrArray *commands)
{
  g_autofree char   *command = g_strdup (self->command);
  g_autoptr (GError) error = NULL;

  if (!wd_desk_replace (self->desk, command, commands, &error))
    {
      g_autofree char *words = why_not (refusal, _wd_conflict_order (self, refusal), error);

      gtk_label_set_label (self->mine_hint, words);
    }
}

void
_wd_conflict_use_mine (WdConflictPage *self)
{
  const WdRefusal      *refusal = _wd_conflict_get_refusal (self);
  g_autoptr (GPtrArray) commands = refusal != NULL ? list_mine (self, refusal) : NULL;

  if (commands != NULL)
    replace (self, refusal, commands);
}

void
_wd_conflict_record_both (WdConflictPage *self)
{
  const WdRefusal      *refusal = _wd_conflict_get_refusal (self);
  g_autoptr (GPtrArray) commands = refusal != NULL ? list_note (self, refusal) : NULL;

  if (commands != NULL)
    replace (self, refusal, commands);
}
