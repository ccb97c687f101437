/* wd-duty-verbs.c — what a unit does to an order, each verb after what it asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-duty-private.h"

#include "wd-format.h"
#include "wd-terms.h"
#include "wd-verb-dialog.h"
#include "wd-when.h"

#include <glib/gi18n.h>

static GVariant *
no_members (void)
{
  return g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);
}

static gboolean
give (WdDutyPage *self, WdVerb verb, const char *order, GVariant *members, GError **error)
{
  g_autoptr (WdCommand) command = wd_desk_command (verb, order, members);

  return wd_desk_give (self->desk, command, 0, error);
}

/* What was given to a crew before can still be taken back after it. */
static gboolean
give_at_once (WdDutyPage *self, WdVerb verb, const char *order, GVariant *members, GError **error)
{
  if (!give (self, verb, order, members, error))
    return FALSE;
  wd_undo_go_on (self->undo);
  return TRUE;
}

/* (transfer full) */
static char *
refusal_of (WdDutyPage *self, WdVerb verb, const char *order, const GError *error)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, order);

  return wd_term_refusal (error, verb, item != NULL ? wd_order_item_get_order (item) : NULL);
}

static void
say_refused (WdDutyPage *self, WdVerb verb, const char *order, const GError *error)
{
  g_autofree char *why = refusal_of (self, verb, order, error);
  /* Translators: what was wanted, why not. */
  g_autofree char *words = g_strdup_printf (_ ("Not done: %s. %s"), wd_term_verb (verb), why);

  wd_undo_say (self->overlay, words);
}

static gboolean
give_plainly (WdDutyPage *self, WdVerb verb, const char *order)
{
  g_autoptr (GError) error = NULL;

  if (give_at_once (self, verb, order, no_members (), &error))
    return TRUE;
  say_refused (self, verb, order, error);
  return FALSE;
}

/* The order that a key is about, where the verb may be given to it: (transfer full); NULL after saying why not.
 * With a crew a new one is accepted too. */
static char *
dup_order_for (WdDutyPage *self, WdVerb verb)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = _wd_duty_dup_current (self);

  if (id == NULL || wd_desk_may_give (self->desk, verb, id, &error) || (verb == WD_VERB_ASSIGN && wd_desk_may_give (self->desk, WD_VERB_ACCEPT, id, NULL)))
    return g_steal_pointer (&id);
  say_refused (self, verb, id, error);
  return NULL;
}

/* Acceptance needs no dialog. */
gboolean
_wd_duty_accept (WdDutyPage *self, const char *order)
{
  return give_plainly (self, WD_VERB_ACCEPT, order);
}

/* --- to a crew, with five seconds to undo -------------------------------------------------- */

/* A new order is accepted with it, and that stays.  Returns: (transfer full) (nullable): the command that gave it to the crew */
static char *
assign (WdDutyPage *self, const char *order, const char *crew)
{
  g_autoptr (WdCommand) command = wd_desk_command (WD_VERB_ASSIGN, order, wd_members_of_text ("crew", crew));
  g_autoptr (GError)    error = NULL;

  if (wd_desk_may_give (self->desk, WD_VERB_ACCEPT, order, NULL) && !give (self, WD_VERB_ACCEPT, order, no_members (), &error))
    say_refused (self, WD_VERB_ACCEPT, order, error);
  else if (wd_desk_give (self->desk, command, WD_UNDO_MS, &error))
    return g_strdup (command->id);
  else
    say_refused (self, WD_VERB_ASSIGN, order, error);
  return NULL;
}

void
_wd_duty_assign (WdDutyPage *self, const char *const *orders, const char *crew)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const WdCrew            *record = wd_desk_get_crew (self->desk, crew);
  g_auto (GStrv)           given = NULL;
  g_autofree char         *words = NULL;
  guint                    n;

  for (guint i = 0; orders[i] != NULL; i++)
    {
      g_autofree char *command = assign (self, orders[i], crew);

      if (command != NULL)
        g_strv_builder_add (builder, command);
    }
  given = g_strv_builder_end (builder);
  n = g_strv_length (given);
  if (n == 0)
    return;
  words = g_strdup_printf (ngettext ("%u order given to %s", "%u orders given to %s", n), n, record != NULL ? record->name : "");
  wd_undo_offer (self->undo, g_steal_pointer (&given), words);
}

static void
assign_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WdDutyPage      *self = WD_DUTY_PAGE (widget);
  g_autofree char *id = dup_order_for (self, WD_VERB_ASSIGN);

  if (id != NULL)
    _wd_duty_crews_choose (self, id);
}

/* --- verbs that ask first ------------------------------------------------------------------- */

static WdVerbDialog *
ask (WdDutyPage *self, WdVerb verb, const char *title, const char *act)
{
  g_autofree char *id = dup_order_for (self, verb);
  WdVerbDialog    *dialog = id != NULL ? wd_verb_dialog_new (title, act, self->desk, wd_desk_get_order (self->desk, id)) : NULL;

  if (dialog != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "draft", g_strdup_printf (WD_DRAFT_VERB "%s-%s", wd_verb_info (verb)->name, id), g_free);
  return dialog;
}

static const char *
draft_of (WdVerbDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "draft");
}

/* Nothing, where it stands as it was opened fresh. */
static void
keep (WdDutyPage *self, WdVerbDialog *dialog)
{
  g_autoptr (GVariant) typed = wd_verb_dialog_dup_typed (dialog);
  g_autofree char     *text = g_variant_equal (typed, g_object_get_data (G_OBJECT (dialog), "fresh")) ? NULL : g_variant_print (typed, TRUE);

  wd_desk_keep_draft (self->desk, draft_of (dialog), text);
}

/* Closed without an act: what was typed for that order and verb is there again when it is asked next. */
static gboolean
closing_cb (WdVerbDialog *dialog, WdDutyPage *self)
{
  keep (self, dialog);
  return GDK_EVENT_PROPAGATE;
}

static void
present (WdDutyPage *self, WdVerbDialog *dialog, void (*given) (WdVerbDialog *, WdDutyPage *))
{
  const char          *text = g_hash_table_lookup (wd_desk_get_drafts (self->desk), draft_of (dialog));
  g_autoptr (GVariant) typed = text != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;

  g_object_set_data_full (G_OBJECT (dialog), "fresh", wd_verb_dialog_dup_typed (dialog), (GDestroyNotify)g_variant_unref);
  if (typed != NULL)
    wd_verb_dialog_restore (dialog, typed);
  g_signal_connect_object (dialog, "close-request", G_CALLBACK (closing_cb), self, 0);
  g_signal_connect_object (dialog, "given", G_CALLBACK (given), self, 0);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_wd_duty_draft_stays (WdDutyPage *self, const char *draft)
{
  if (g_str_has_prefix (draft, WD_DRAFT_VERB))
    wd_undo_say (self->overlay, _ ("Not done: this computer could not keep it. What was typed is there again when the same is asked."));
}

/* @members: floating; what was typed stays where it was refused, and until it is written */
static void
conclude (WdDutyPage *self, WdVerbDialog *dialog, WdVerb verb, GVariantDict *members)
{
  g_autoptr (WdCommand) command = wd_desk_command (verb, wd_verb_dialog_get_order (dialog), g_variant_dict_end (members));
  g_autoptr (GError)    error = NULL;

  keep (self, dialog);
  if (wd_desk_give_draft (self->desk, command, draft_of (dialog), &error))
    {
      wd_undo_go_on (self->undo);
      /* It leaves by this very hand; after any other act it stays where it is. */
      if (verb == WD_VERB_RETURN || verb == WD_VERB_FINISH)
        wd_queue_apply (self->in_hand);
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  else
    {
      g_autofree char *why = refusal_of (self, verb, wd_verb_dialog_get_order (dialog), error);

      wd_verb_dialog_set_problem (dialog, why);
    }
}

static void
take_text (GVariantDict *members, WdVerbDialog *dialog, const char *key)
{
  g_autofree char *text = wd_verb_dialog_dup_text (dialog, key);

  if (text != NULL)
    g_variant_dict_insert (members, key, "s", text);
}

static void
returned_cb (WdVerbDialog *dialog, WdDutyPage *self)
{
  guint        suggested = wd_verb_dialog_get_choice (dialog, "suggested_unit");
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "class", "s",
                         wd_enum_nick (wd_return_class_get_type (), WD_RETURN_NOT_OURS + (int)wd_verb_dialog_get_choice (dialog, "class")));
  take_text (&members, dialog, "reason");
  if (suggested > 0)
    g_variant_dict_insert (&members, "suggested_unit", "s", ((const char *const *)g_object_get_data (G_OBJECT (dialog), "units"))[suggested - 1]);
  conclude (self, dialog, WD_VERB_RETURN, &members);
}

/* The house may change while the dialog is open: it keeps which units its rows are. */
static void
add_units (WdDutyPage *self, WdVerbDialog *dialog)
{
  GListModel              *units = wd_desk_get_units (self->desk);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv)           all = NULL;

  g_strv_builder_add (words, _ ("no suggestion"));
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) unit = g_list_model_get_item (units, i);

      g_strv_builder_add (codes, wd_unit_item_get_code (unit));
      g_strv_builder_add (words, wd_unit_item_get_unit (unit)->name);
    }
  all = g_strv_builder_end (words);
  g_object_set_data_full (G_OBJECT (dialog), "units", g_strv_builder_end (codes), (GDestroyNotify)g_strfreev);
  wd_verb_dialog_add_choice (dialog, "suggested_unit", _ ("Whose it is, as we see it"), (const char *const *)all);
}

static void
return_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WdDutyPage              *self = WD_DUTY_PAGE (widget);
  WdVerbDialog            *dialog = ask (self, WD_VERB_RETURN, _ ("Return to the Centre"), _ ("Return the Order"));
  g_autoptr (GStrvBuilder) classes = g_strv_builder_new ();
  g_auto (GStrv)           class_words = NULL;
  const WdClock           *window;

  if (dialog == NULL)
    return;
  for (int class_ = WD_RETURN_NOT_OURS; class_ <= WD_RETURN_OTHER; class_++)
    g_strv_builder_add (classes, wd_term_return_class ((WdReturnClass)class_));
  class_words = g_strv_builder_end (classes);
  wd_verb_dialog_add_choice (dialog, "class", _ ("Class of the return"), (const char *const *)class_words);
  add_units (self, dialog);
  wd_verb_dialog_add_text (dialog, "reason", _ ("Evidence: what was found, and where it can be seen"), TRUE);
  window = wd_order_clock (wd_order_item_get_order (wd_desk_get_order (self->desk, wd_verb_dialog_get_order (dialog))), "return");
  if (window != NULL)
    wd_verb_dialog_set_clock (dialog, window);
  present (self, dialog, returned_cb);
}

/* What was typed as a time: FALSE where it is none.  *time stays 0 while nothing is typed. */
static gboolean
agreed_time (WdDutyPage *self, WdVerbDialog *dialog, gint64 *time)
{
  g_autofree char      *text = wd_verb_dialog_dup_text (dialog, "agreed_at");
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));

  *time = 0;
  return text == NULL || wd_when_parse (text, wd_desk_now (self->desk), zone, time);
}

static void
time_typed_cb (WdVerbDialog *dialog, WdDutyPage *self)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *words = NULL;
  gint64                time;
  gboolean              clear = agreed_time (self, dialog, &time);

  if (!clear)
    words = g_strdup (_ ("Not understood. Type 0930, +2h, 2天 or 明天 8点."));
  else if (time == 0)
    words = g_strdup (_ ("Such as 0930, +2h, 2天 or 明天 8点. Left out: no time was agreed."));
  else if (time <= wd_desk_now (self->desk))
    words = g_strdup (_ ("That time has passed."));
  else
    {
      g_autofree char *day = wd_format_date (time, zone);
      g_autofree char *minute = wd_format_minute (time, zone);

      /* Translators: day, time. */
      words = g_strdup_printf (_ ("Agreed for %s %s: that becomes the limit."), day, minute);
    }
  wd_verb_dialog_set_meaning (dialog, "agreed_at", words);
  wd_verb_dialog_set_unclear (dialog, !clear || (time != 0 && time <= wd_desk_now (self->desk)));
}

static void
contacted_cb (WdVerbDialog *dialog, WdDutyPage *self)
{
  GVariantDict members;
  gint64       time;

  if (!agreed_time (self, dialog, &time))
    return;
  g_variant_dict_init (&members, NULL);
  take_text (&members, dialog, "text");
  if (time != 0)
    g_variant_dict_insert (&members, "agreed_at", "x", time);
  conclude (self, dialog, WD_VERB_CONTACT, &members);
}

static void
contact_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WdDutyPage   *self = WD_DUTY_PAGE (widget);
  WdVerbDialog *dialog = ask (self, WD_VERB_CONTACT, _ ("Telephoned the Caller"), _ ("Keep the Call"));

  if (dialog == NULL)
    return;
  wd_verb_dialog_add_text (dialog, "text", _ ("What was said"), TRUE);
  wd_verb_dialog_add_line (dialog, "agreed_at", _ ("Agreed time on site"), NULL);
  g_signal_connect_object (dialog, "changed", G_CALLBACK (time_typed_cb), self, 0);
  time_typed_cb (dialog, self);
  present (self, dialog, contacted_cb);
}

static void
noted_cb (WdVerbDialog *dialog, WdDutyPage *self)
{
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  take_text (&members, dialog, "text");
  conclude (self, dialog, WD_VERB_NOTE, &members);
}

static void
note_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WdDutyPage   *self = WD_DUTY_PAGE (widget);
  WdVerbDialog *dialog = ask (self, WD_VERB_NOTE, _ ("Note on the Order"), _ ("Keep the Note"));

  if (dialog == NULL)
    return;
  wd_verb_dialog_add_text (dialog, "text", _ ("What is to be known"), TRUE);
  present (self, dialog, noted_cb);
}

static void
finished_cb (WdVerbDialog *dialog, WdDutyPage *self)
{
  WdOrderItem             *item = wd_desk_get_order (self->desk, wd_verb_dialog_get_order (dialog));
  const WdOrder           *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  g_autoptr (GStrvBuilder) answers = g_strv_builder_new ();
  g_auto (GStrv)           texts = NULL;
  GVariantDict             members;

  for (guint i = 0; order != NULL && order->points != NULL && order->points[i] != NULL; i++)
    {
      g_autofree char *key = g_strdup_printf ("answer-%u", i);
      g_autofree char *text = wd_verb_dialog_dup_text (dialog, key);

      g_strv_builder_add (answers, text != NULL ? text : "");
    }
  texts = g_strv_builder_end (answers);
  g_variant_dict_init (&members, NULL);
  take_text (&members, dialog, "result");
  take_text (&members, dialog, "no_evidence");
  g_variant_dict_insert (&members, "repaired", "b", wd_verb_dialog_get_check (dialog, "repaired"));
  if (texts[0] != NULL)
    g_variant_dict_insert (&members, "answers", "^as", texts);
  conclude (self, dialog, WD_VERB_FINISH, &members);
}

static void
finish_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WdDutyPage    *self = WD_DUTY_PAGE (widget);
  WdVerbDialog  *dialog = ask (self, WD_VERB_FINISH, _ ("Finish the Order"), _ ("Finish"));
  const WdOrder *order;

  if (dialog == NULL)
    return;
  order = wd_order_item_get_order (wd_desk_get_order (self->desk, wd_verb_dialog_get_order (dialog)));
  for (guint i = 0; order->points != NULL && order->points[i] != NULL; i++)
    {
      g_autofree char *key = g_strdup_printf ("answer-%u", i);
      /* Translators: one of the points that the caller wants answered. */
      g_autofree char *label = g_strdup_printf (_ ("Reply to “%s”"), order->points[i]);

      wd_verb_dialog_add_text (dialog, key, label, TRUE);
    }
  wd_verb_dialog_add_text (dialog, "result", _ ("Cause, and what was done"), TRUE);
  wd_verb_dialog_add_check (dialog, "repaired", _ ("The repair is done"));
  wd_verb_dialog_add_text (dialog, "no_evidence", _ ("Why there are no pictures"), TRUE);
  present (self, dialog, finished_cb);
}

static void
arrive_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WdDutyPage      *self = WD_DUTY_PAGE (widget);
  g_autofree char *id = dup_order_for (self, WD_VERB_ARRIVE);

  if (id != NULL)
    give_plainly (self, WD_VERB_ARRIVE, id);
}

/* Ctrl+Enter does what the filled button does: of the new order's card where the hand is there, else of the bar. */
static void
main_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WdDutyPage      *self = WD_DUTY_PAGE (widget);
  g_autofree char *id = NULL;

  if (_wd_duty_has_focus (self, GTK_WIDGET (self->fresh)))
    self->on_fresh = TRUE;
  id = _wd_duty_dup_current (self);
  if (id == NULL)
    return;
  if (wd_desk_may_give (self->desk, WD_VERB_ACCEPT, id, NULL))
    {
      _wd_duty_accept (self, id);
      return;
    }
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->verbs)); button != NULL; button = gtk_widget_get_next_sibling (button))
    if (gtk_widget_has_css_class (button, "act") && gtk_widget_get_mapped (button))
      {
        self->on_fresh = FALSE;
        gtk_widget_activate (button);
        return;
      }
}

void
_wd_duty_class_init_verbs (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "duty.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "duty.return", NULL, return_action);
  gtk_widget_class_install_action (widget_class, "duty.contact", NULL, contact_action);
  gtk_widget_class_install_action (widget_class, "duty.note", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "duty.finish", NULL, finish_action);
  gtk_widget_class_install_action (widget_class, "duty.arrive", NULL, arrive_action);
  gtk_widget_class_install_action (widget_class, "duty.main", NULL, main_action);
}
