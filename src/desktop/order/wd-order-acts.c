/* wd-order-acts.c — what the centre does with an order from its page, and taking it back
 *
 * Only verbs that the order's state and the user's role allow have a button.  What is given is held for some seconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-area-link.h"
#include "wd-ask-dialog.h"
#include "wd-dispatch-dialog.h"
#include "wd-redirect.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

typedef struct
{
  WdVerb      verb;
  const char *action;
  const char *label;
  const char *key;  /* (nullable) */
  gboolean    main; /* the likeliest where it may be done */
} Act;

/* clang-format off */
static const Act acts[] = {
  { WD_VERB_DISPATCH, "order.dispatch", N_("Dispatch…"),    "Ctrl+D",           TRUE },
  { WD_VERB_RECALL,   "order.redirect", N_("Redirect…"),    "Ctrl+D",           FALSE },
  { WD_VERB_RECALL,   "order.recall",   N_("Recall…"),      "Ctrl+E",           FALSE },
  { WD_VERB_ANSWER,   "order.answer",   N_("Answer…"),      "Ctrl+Shift+Enter", FALSE },
  { WD_VERB_VISIT,    "order.visit",    N_("Call Back…"),   "Ctrl+Enter",       TRUE },
  { WD_VERB_CLASSIFY, "order.classify", N_("Reclassify…"),  NULL,               FALSE },
  { WD_VERB_LINK,     "order.link",     N_("Link…"),        "Ctrl+L",           FALSE },
};
/* clang-format on */

/* --- giving and taking back ------------------------------------------------------------------ */

static gboolean
give (WdOrderPage *self, WdVerb verb, GVariant *members, gint64 expect, const char *done)
{
  char *id = wd_undo_give (self->undo, verb, self->id, members, expect);

  if (id != NULL)
    {
      char **given = g_new0 (char *, 2);

      given[0] = id;
      wd_undo_offer (self->undo, given, done);
    }
  return id != NULL;
}

gboolean
_wd_order_page_give (WdOrderPage *self, WdVerb verb, GVariant *members, const char *done)
{
  return give (self, verb, members, WD_INT_ABSENT, done);
}

/* What a person decides in @dialog is about the order as it stands when it opens: what others make of it meanwhile is not overwritten unseen. */
static void
note_version (WdOrderPage *self, WdAskDialog *dialog)
{
  const WdOrder *order = _wd_order_page_get_order (self);

  if (order != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "version", g_memdup2 (&order->version, sizeof order->version), g_free);
}

static gint64
noted_version (WdAskDialog *dialog)
{
  const gint64 *version = g_object_get_data (G_OBJECT (dialog), "version");

  return version != NULL ? *version : WD_INT_ABSENT;
}

/* --- dispatch, redirect, recall ------------------------------------------------------------------ */

static char *
dispatched_words (WdOrderPage *self, const char *code)
{
  WdUnitItem *unit = wd_desk_get_unit (self->desk, code);

  return g_strdup_printf (_ ("Dispatched to %s"), unit != NULL ? wd_unit_item_get_unit (unit)->name : code);
}

/* A redirect is one act: where it can't go to the other unit, it stays where it is. */
static void
give_to_unit (WdOrderPage *self, const char *code, const char *reason)
{
  g_autofree char      *words = dispatched_words (self, code);
  g_autoptr (GPtrArray) commands = NULL;

  if (wd_desk_may_give (self->desk, WD_VERB_DISPATCH, self->id, NULL))
    {
      _wd_order_page_give (self, WD_VERB_DISPATCH, wd_members_of_text ("unit", code), words);
      return;
    }
  commands = wd_redirect_make (self->id, TRUE, reason, code);
  if (wd_undo_give_all (self->undo, commands))
    wd_undo_offer (self->undo, wd_redirect_list_ids (commands), words);
}

static WdAskDialog *
ask_reason (WdOrderPage *self, const char *heading, const char *act, GCallback done)
{
  WdAskDialog *dialog = wd_redirect_ask_reason (GTK_WIDGET (self), self->desk, (const char *[]){ self->id, NULL }, heading, act);

  if (dialog == NULL)
    return NULL;
  note_version (self, dialog);
  g_signal_connect_object (dialog, "done", done, self, 0);
  return dialog;
}

static void
reason_given_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  give_to_unit (self, g_object_get_data (G_OBJECT (dialog), "unit"), wd_ask_dialog_get_words (dialog));
}

static void choose_unit (WdOrderPage *self, const char *code, const char *reason);

/* A reason that was given was about the unit that had it then. */
static void
redirect_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  g_clear_pointer (&self->seen, g_hash_table_unref);
  self->seen = wd_redirect_note_units (self->desk, (const char *[]){ self->id, NULL });
  choose_unit (self, g_object_get_data (G_OBJECT (dialog), "unit"), NULL);
}

static void
choose_unit (WdOrderPage *self, const char *code, const char *reason)
{
  WdUnitItem      *unit = wd_desk_get_unit (self->desk, code);
  g_autofree char *act = g_strdup_printf (_ ("Redirect to %s"), unit != NULL ? wd_unit_item_get_unit (unit)->name : code);
  WdAskDialog     *dialog = wd_redirect_ask_taken (GTK_WIDGET (self), self->desk, self->seen, (const char *[]){ self->id, NULL });

  if (dialog != NULL)
    g_signal_connect_object (dialog, "done", G_CALLBACK (redirect_cb), self, 0);
  else if (reason == NULL)
    dialog = ask_reason (self, _ ("Redirect"), act, G_CALLBACK (reason_given_cb));
  if (dialog != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "unit", g_strdup (code), g_free);
  else
    give_to_unit (self, code, reason);
}

static void
unit_chosen_cb (GObject *dialog, const char *code, WdOrderPage *self)
{
  choose_unit (self, code, g_object_get_data (dialog, "reason"));
}

static void
ask_unit (WdOrderPage *self, const char *reason)
{
  GtkWidget *dialog = wd_dispatch_dialog_new (self->desk, (const char *[]){ self->id, NULL }, NULL);

  g_object_set_data_full (G_OBJECT (dialog), "reason", g_strdup (reason), g_free);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (unit_chosen_cb), self, 0);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
redirect_reason_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  ask_unit (self, wd_ask_dialog_get_words (dialog));
}

static void
recall_reason_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  give (self, WD_VERB_RECALL, wd_members_of_text ("reason", wd_ask_dialog_get_words (dialog)), noted_version (dialog), _ ("Recalled"));
}

static void
dispatch_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdOrderPage   *self = WD_ORDER_PAGE (widget);
  const WdOrder *order = _wd_order_page_get_order (self);

  if (order == NULL || (!wd_desk_may_give (self->desk, WD_VERB_DISPATCH, self->id, NULL) && !wd_desk_may_give (self->desk, WD_VERB_RECALL, self->id, NULL)))
    return;
  g_clear_pointer (&self->seen, g_hash_table_unref);
  self->seen = wd_redirect_note_units (self->desk, (const char *[]){ self->id, NULL });
  if (ask_reason (self, _ ("Redirect"), _ ("Choose the Unit…"), G_CALLBACK (redirect_reason_cb)) == NULL)
    ask_unit (self, NULL);
}

static void
recall_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdOrderPage *self = WD_ORDER_PAGE (widget);

  if (_wd_order_page_get_order (self) != NULL && wd_desk_may_give (self->desk, WD_VERB_RECALL, self->id, NULL) &&
      ask_reason (self, _ ("Recall"), _ ("Recall"), G_CALLBACK (recall_reason_cb)) == NULL)
    _wd_order_page_give (self, WD_VERB_RECALL, NULL, _ ("Recalled"));
}

/* --- answer, call back, classify --------------------------------------------------------------------- */

static void
answer_given_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  _wd_order_page_give (self, WD_VERB_ANSWER, wd_members_of_text ("text", wd_ask_dialog_get_words (dialog)), _ ("Answered and closed"));
}

static void
answer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAskDialog *dialog = wd_ask_dialog_new (widget, _ ("Answer"), _ ("The caller has the answer, and the order is closed."), _ ("Answer and Close"),
                                           _ ("Leave It Open"), _ ("What was answered"), TRUE);

  g_signal_connect_object (dialog, "done", G_CALLBACK (answer_given_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Satisfied, then the two kinds of dissatisfied, unreachable, refused. */
static const struct
{
  const char *outcome, *cause;
  gboolean    perfunctory;
  const char *name;
} visits[] = {
  { "satisfied", NULL, FALSE, N_ ("satisfied") },
  { "dissatisfied", "unit", FALSE, N_ ("dissatisfied: the unit's cause, it does it again") },
  { "dissatisfied", "objective", FALSE, N_ ("dissatisfied: an objective cause") },
  { "dissatisfied", "unit", TRUE, N_ ("perfunctory answer: the unit does it again") },
  { "unreachable", NULL, FALSE, N_ ("not reached") },
  { "refused", NULL, FALSE, N_ ("no wish to answer") },
};

static void
visit_given_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  guint        which = wd_ask_dialog_get_choice (dialog, 0);
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "outcome", "s", visits[which].outcome);
  if (visits[which].cause != NULL)
    g_variant_dict_insert (&members, "cause", "s", visits[which].cause);
  if (visits[which].perfunctory)
    g_variant_dict_insert (&members, "perfunctory", "b", TRUE);
  if (wd_ask_dialog_get_words (dialog) != NULL)
    g_variant_dict_insert (&members, "text", "s", wd_ask_dialog_get_words (dialog));
  _wd_order_page_give (self, WD_VERB_VISIT, g_variant_dict_end (&members), _ ("Callback noted"));
}

static void
visit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdAskDialog *dialog = wd_ask_dialog_new (widget, _ ("Call Back"), _ ("What did the caller say?"), _ ("Note the Callback"), _ ("Not Yet"),
                                           _ ("In the caller's words"), FALSE);
  const char  *names[G_N_ELEMENTS (visits) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (visits); i++)
    names[i] = _ (visits[i].name);
  wd_ask_dialog_add_choice (dialog, _ ("What came of it"), names);
  g_signal_connect_object (dialog, "done", G_CALLBACK (visit_given_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
category_chosen_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  g_autoptr (GPtrArray) categories = wd_desk_list_categories (self->desk);
  guint                 which = wd_ask_dialog_get_choice (dialog, 0);

  if (which < categories->len)
    give (self, WD_VERB_CLASSIFY, wd_members_of_text ("category", ((const WdCategory *)categories->pdata[which])->code), noted_version (dialog), _ ("Classified anew"));
}

static void
classify_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdOrderPage            *self = WD_ORDER_PAGE (widget);
  const WdOrder          *order = _wd_order_page_get_order (self);
  g_autoptr (GPtrArray)   categories = wd_desk_list_categories (self->desk);
  guint                   present = GTK_INVALID_LIST_POSITION;
  g_autofree const char **names = g_new0 (const char *, categories->len + 1);
  WdAskDialog            *dialog = wd_ask_dialog_new (widget, _ ("Reclassify"), _ ("The limits follow the category."), _ ("Reclassify"), _ ("Leave It"), NULL, FALSE);

  for (guint i = 0; i < categories->len; i++)
    {
      const WdCategory *category = categories->pdata[i];

      names[i] = category->name;
      if (order != NULL && g_str_equal (category->code, order->category))
        present = i;
    }
  wd_ask_dialog_add_choice (dialog, _ ("Category of the order"), names);
  wd_ask_dialog_set_present (dialog, present);
  note_version (self, dialog);
  g_signal_connect_object (dialog, "done", G_CALLBACK (category_chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- link to an outage or a quality case -------------------------------------------------------------------- */

static void
area_chosen_cb (WdAskDialog *dialog, WdOrderPage *self)
{
  g_autofree char *words = NULL;
  GStrv            given = wd_area_link (self->desk, (const char *const[]){ self->id, NULL }, wd_area_asked_which (dialog), &words);

  if (given[0] != NULL)
    {
      wd_undo_offer (self->undo, given, words);
      return;
    }
  g_strfreev (given);
  wd_undo_say (self->overlay, words);
}

static void
link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdOrderPage *self = WD_ORDER_PAGE (widget);
  WdAskDialog *dialog = wd_area_ask_which (widget, self->desk, (const char *const[]){ self->id, NULL });

  if (dialog == NULL)
    {
      wd_undo_say (self->overlay, _ ("No outage or quality case is open"));
      return;
    }
  g_signal_connect_object (dialog, "done", G_CALLBACK (area_chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- the buttons ----------------------------------------------------------------------------------------- */

static GtkWidget *
make_button (const Act *act)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), gtk_label_new (_ (act->label)));
  if (act->key != NULL)
    {
      GtkWidget *key = g_object_new (GTK_TYPE_LABEL, "label", act->key, "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_widget_add_css_class (key, "key");
      gtk_box_append (GTK_BOX (box), key);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (act->label), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), act->action);
  gtk_widget_add_css_class (button, "plain");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* A late return has to be ruled on before it may go out: its buttons stand in the ruling.  Behind another page nothing is
 * open; once in front again it is asked anew. */
void
_wd_order_page_show_acts (WdOrderPage *self)
{
  g_autoptr (GString) seen = g_string_new (self->id);
  GtkRoot            *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget          *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean            had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->acts));
  GtkWidget          *button;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (wd_desk_may_give (self->desk, acts[i].verb, self->id, NULL))
      g_string_append_printf (seen, " %s", acts[i].action);
  if (g_strcmp0 (seen->str, self->acts_seen) == 0)
    return;
  g_free (self->acts_seen);
  self->acts_seen = g_strdup (seen->str);
  self->main_act = NULL;
  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->acts))) != NULL)
    gtk_box_remove (self->acts, button);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      gboolean may = wd_desk_may_give (self->desk, acts[i].verb, self->id, NULL);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), acts[i].action, may);
      if (!may)
        continue;
      button = make_button (&acts[i]);
      gtk_box_append (self->acts, button);
      if (acts[i].main)
        self->main_act = button;
    }
  if (had_focus)
    _wd_order_page_focus_acts (self);
}

/* --- the likeliest of them, Ctrl+Enter ------------------------------------------------------------------ */

/* A ruling that is waited for comes before all else. */
static GtkWidget *
get_main (WdOrderPage *self)
{
  GtkWidget *likelier = _wd_order_page_get_likelier (self);

  return likelier != NULL ? likelier : self->main_act;
}

static void
set_filled (GtkWidget *button, gboolean filled)
{
  if (button == NULL)
    return;
  gtk_widget_remove_css_class (button, filled ? "plain" : "act");
  gtk_widget_add_css_class (button, filled ? "act" : "plain");
}

void
_wd_order_page_show_main (WdOrderPage *self)
{
  gboolean noting = gtk_event_controller_focus_contains_focus (self->note_focus);

  set_filled (self->main_act, FALSE);
  set_filled (get_main (self), !noting);
  set_filled (self->note_button, noting);
  gtk_widget_set_visible (self->note_key, noting);
}

static void
main_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WdOrderPage *self = WD_ORDER_PAGE (widget);
  GtkWidget   *button = get_main (self);

  if (gtk_event_controller_focus_contains_focus (self->note_focus))
    _wd_order_page_give_note (self);
  else if (button != NULL)
    {
      if (button != self->main_act && self->narrow)
        gtk_stack_set_visible_child_name (self->left, "clocks"); /* the ruling stands there */
      gtk_widget_activate (button);
    }
}

void
_wd_order_page_focus_acts (WdOrderPage *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->acts));

  gtk_widget_grab_focus (first != NULL ? first : GTK_WIDGET (self->note));
}

void
_wd_order_page_install_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "order.dispatch", NULL, dispatch_action);
  gtk_widget_class_install_action (widget_class, "order.redirect", NULL, dispatch_action);
  gtk_widget_class_install_action (widget_class, "order.recall", NULL, recall_action);
  gtk_widget_class_install_action (widget_class, "order.answer", NULL, answer_action);
  gtk_widget_class_install_action (widget_class, "order.visit", NULL, visit_action);
  gtk_widget_class_install_action (widget_class, "order.classify", NULL, classify_action);
  gtk_widget_class_install_action (widget_class, "order.link", NULL, link_action);
  gtk_widget_class_install_action (widget_class, "order.main", NULL, main_action);
}
