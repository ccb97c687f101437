/* wd-intake-give.c — a form becomes an order, or says what is missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-intake-form-private.h"

#include "wd-terms.h"

#include <glib/gi18n.h>

void
_wd_intake_form_clear_problems (WdIntakeForm *self)
{
  GHashTableIter iter;
  gpointer       label;

  g_hash_table_iter_init (&iter, self->problems);
  while (g_hash_table_iter_next (&iter, NULL, &label))
    gtk_widget_set_visible (label, FALSE);
}

/* At the field where there is one for it, else at the text. */
static void
show_problem (WdIntakeForm *self, const char *member, const char *words)
{
  GtkLabel *label = member != NULL ? g_hash_table_lookup (self->problems, member) : NULL;

  if (label == NULL)
    label = g_hash_table_lookup (self->problems, "text");
  gtk_label_set_label (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), TRUE);
}

/* “1. ” in front of a line is how people count, not what they say. */
static const char *
without_number (const char *line)
{
  const char *after = line;

  while (g_ascii_isdigit (*after))
    after++;
  if (after == line || (*after != '.' && !g_str_has_prefix (after, "、")))
    return line;
  after = g_utf8_next_char (after);
  while (g_ascii_isspace (*after))
    after++;
  return *after != '\0' ? after : line;
}

/* Each line that says something is a point. */
static GStrv
list_points (const char *text)
{
  g_auto (GStrv)           lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) points = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (*lines[i] != '\0')
        g_strv_builder_add (points, without_number (lines[i]));
    }
  return g_strv_builder_end (points);
}

static void
add_caller (WdIntakeForm *self, GVariantDict *members)
{
  g_autofree char *phone = g_strstrip (g_strdup (wd_address_entry_get_text (self->phone)));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  GVariantBuilder  caller;

  if (*phone == '\0' && *name == '\0')
    return;
  g_variant_builder_init (&caller, G_VARIANT_TYPE ("a{ss}"));
  if (*name != '\0')
    g_variant_builder_add (&caller, "{ss}", "name", name);
  if (*phone != '\0')
    g_variant_builder_add (&caller, "{ss}", "phone", phone);
  g_variant_dict_insert_value (members, "caller", g_variant_builder_end (&caller));
}

/* Who called, from where, and what about. */
static void
add_call (WdIntakeForm *self, const char *const *points, GVariantDict *members)
{
  g_autofree char *address = g_strstrip (g_strdup (wd_address_entry_get_text (self->address)));
  /* Translators: between the points of a caller, as one line. */
  g_autofree char *text = g_strjoinv (_ ("; "), (char **)points);

  g_variant_dict_insert (members, "channel", "s", _wd_intake_form_get_channel (self));
  if (*text != '\0')
    g_variant_dict_insert (members, "text", "s", text);
  add_caller (self, members);
  if (self->account != NULL)
    g_variant_dict_insert (members, "account", "s", self->account);
  if (*address != '\0')
    g_variant_dict_insert (members, "address", "s", address);
  if (wd_point_is_set (&self->point))
    g_variant_dict_insert (members, "point", "(dd)", self->point.lon, self->point.lat);
}

static GVariant *
make_members (WdIntakeForm *self, const char *const *points)
{
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  add_call (self, points, &members);
  g_variant_dict_insert (&members, "category", "s", wd_intake_choice_get (self->category));
  if (wd_intake_choice_get (self->nature) != NULL)
    g_variant_dict_insert (&members, "nature", "s", wd_intake_choice_get (self->nature));
  g_variant_dict_insert (&members, "points", "^as", points);
  return g_variant_dict_end (&members);
}

/* The first field that is missing has the focus. */
static gboolean
is_complete (WdIntakeForm *self, const char *const *points, const char *answer, gboolean answered)
{
  GtkWidget *first = NULL;

  if (answered && *answer == '\0')
    {
      show_problem (self, "answer", _ ("What was answered? It is what the order is closed with."));
      first = self->answer_view;
    }
  if (points[0] == NULL)
    {
      show_problem (self, "text", _ ("What does the caller say? One line for each point."));
      first = self->text_view;
    }
  if (wd_intake_choice_get (self->category) == NULL)
    {
      show_problem (self, "category", _ ("Which category? The limits follow it."));
      first = GTK_WIDGET (self->category);
    }
  if (first != NULL)
    gtk_widget_grab_focus (first);
  return first == NULL;
}

void
wd_intake_form_say_not_kept (WdIntakeForm *self)
{
  show_problem (self, "text", _ ("Nothing was made of it: this computer could not keep it. All that was typed is here. Make room on the disk, then try again."));
}

static const char *
failed_words (WdVerb verb)
{
  switch ((int)verb)
    {
    case WD_VERB_RECEIVE:
      return _ ("No order was made: ");
    case WD_VERB_ANSWER:
      return _ ("The order was not answered: ");
    default:
      return _ ("The call was not added: ");
    }
}

/* One act, and what was typed goes with it. */
static gboolean
give (WdIntakeForm *self, GPtrArray *commands)
{
  guint              at_fault = 0;
  const WdCommand   *command;
  g_autoptr (GError) error = NULL;
  g_autofree char   *member = NULL;
  g_autofree char   *why = NULL;
  g_autofree char   *words = NULL;

  if (wd_desk_give_all (self->desk, commands, self->draft, 0, &at_fault, &error))
    return TRUE;
  command = commands->pdata[at_fault];
  member = command->verb == WD_VERB_ANSWER ? g_strdup ("answer") : wd_rule_error_dup_field (error);
  why = wd_term_refusal (error, command->verb, NULL);
  words = g_strconcat (failed_words (command->verb), why, NULL);
  show_problem (self, member, words);
  return FALSE;
}

void
wd_intake_form_give (WdIntakeForm *self, gboolean answered)
{
  g_autofree char      *text = _wd_intake_form_dup_text (self->text);
  g_autofree char      *answer = _wd_intake_form_dup_text (self->answer);
  g_auto (GStrv)        points = list_points (text);
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  g_autofree char      *order = NULL;
  WdCommand            *receive;

  _wd_intake_form_clear_problems (self);
  if (!is_complete (self, (const char *const *)points, answer, answered))
    return;
  receive = wd_desk_command (WD_VERB_RECEIVE, NULL, make_members (self, (const char *const *)points));
  g_ptr_array_add (commands, receive);
  order = g_strdup (receive->id); /* what it creates has the command's id */
  if (answered)
    g_ptr_array_add (commands, wd_desk_command (WD_VERB_ANSWER, order, wd_members_of_text ("text", answer)));
  wd_intake_form_keep (self);
  if (!give (self, commands))
    return;
  g_free (wd_intake_form_discard (self));
  g_signal_emit_by_name (self, "given", order);
}

gboolean
wd_intake_form_attach (WdIntakeForm *self, const char *to)
{
  g_autofree char      *text = _wd_intake_form_dup_text (self->text);
  g_auto (GStrv)        points = list_points (text);
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  GVariantDict          members;

  _wd_intake_form_clear_problems (self);
  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "to", "s", to);
  add_call (self, (const char *const *)points, &members);
  g_ptr_array_add (commands, wd_desk_command (WD_VERB_ATTACH_CALL, NULL, g_variant_dict_end (&members)));
  wd_intake_form_keep (self);
  if (!give (self, commands))
    return FALSE;
  g_free (wd_intake_form_discard (self));
  return TRUE;
}
