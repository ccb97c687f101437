/* wd-ask-dialog.c — asks for what an act needs besides
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-ask-dialog.h"

#include "wd-drop-down.h"

#include <glib/gi18n.h>

struct _WdAskDialog
{
  AdwMessageDialog parent_instance;

  GtkBox      *box;
  GtkEditable *words;
  gboolean     required;
  GPtrArray   *choices; /* GtkDropDown, of the box */
  GtkWidget   *open;    /* the one of them that has to be made: its first row is none; NULL */
  guint        present; /* row that the first choice is at now, which is none; GTK_INVALID_LIST_POSITION */
};

G_DEFINE_FINAL_TYPE (WdAskDialog, wd_ask_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum
{
  DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
wd_ask_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  if (g_str_equal (response, "act"))
    g_signal_emit (dialog, signals[DONE], 0);
}

static void
wd_ask_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (WD_ASK_DIALOG (object)->choices);
  G_OBJECT_CLASS (wd_ask_dialog_parent_class)->finalize (object);
}

static void
wd_ask_dialog_class_init (WdAskDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_ask_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = wd_ask_dialog_response;
  signals[DONE] = g_signal_new ("done", WD_TYPE_ASK_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_ask_dialog_init (WdAskDialog *self)
{
  self->choices = g_ptr_array_new ();
  self->present = GTK_INVALID_LIST_POSITION;
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gtk_widget_set_size_request (GTK_WIDGET (self->box), 240, -1); /* else a newer GTK complains of how libadwaita measures a short heading */
  gtk_widget_add_css_class (GTK_WIDGET (self), "waterdesk");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), GTK_WIDGET (self->box));
}

static void
judge (WdAskDialog *self)
{
  gboolean said = !self->required || wd_ask_dialog_get_words (self) != NULL;
  gboolean chosen = self->open == NULL || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->open)) > 0;
  gboolean changed = self->present == GTK_INVALID_LIST_POSITION || gtk_drop_down_get_selected (self->choices->pdata[0]) != self->present;

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "act", said && chosen && changed);
}

WdAskDialog *
wd_ask_dialog_new (GtkWidget *over, const char *heading, const char *body, const char *act, const char *leave, const char *words, gboolean required)
{
  WdAskDialog      *self = g_object_new (WD_TYPE_ASK_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "transient-for", gtk_widget_get_root (over), "modal", TRUE,
                                         "heading", heading, "body", body, "title", heading, NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  self->required = required;
  adw_message_dialog_add_responses (dialog, "leave", leave, "act", act, NULL);
  adw_message_dialog_set_response_appearance (dialog, "act", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "act");
  adw_message_dialog_set_close_response (dialog, "leave");
  if (words == NULL)
    return self;
  self->words = GTK_EDITABLE (gtk_entry_new ());
  gtk_box_append (self->box, g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  gtk_entry_set_activates_default (GTK_ENTRY (self->words), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->words), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (self->words, "changed", G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->words));
  gtk_widget_grab_focus (GTK_WIDGET (self->words));
  judge (self);
  return self;
}

void
wd_ask_dialog_add_choice (WdAskDialog *self, const char *label, const char *const *names)
{
  GtkWidget *choice = wd_drop_down_new (label, names);

  g_ptr_array_add (self->choices, choice);
  gtk_box_insert_child_after (self->box, choice, self->choices->len > 1 ? self->choices->pdata[self->choices->len - 2] : NULL);
}

void
wd_ask_dialog_require_choice (WdAskDialog *self, const char *label, const char *const *names)
{
  g_autoptr (GStrvBuilder) rows = g_strv_builder_new ();
  g_auto (GStrv)           all = NULL;
  GtkWidget               *above;

  g_strv_builder_add (rows, _ ("choose…"));
  for (; *names != NULL; names++)
    g_strv_builder_add (rows, *names);
  all = g_strv_builder_end (rows);
  wd_ask_dialog_add_choice (self, label, (const char *const *)all);
  self->open = self->choices->pdata[self->choices->len - 1];
  above = g_object_new (GTK_TYPE_LABEL, "label", label, "mnemonic-widget", self->open, "xalign", 0.0, "wrap", TRUE, "css-classes", (const char *[]){ "secondary", NULL }, NULL);
  gtk_box_insert_child_after (self->box, above, gtk_widget_get_prev_sibling (self->open));
  g_signal_connect_object (self->open, "notify::selected", G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  judge (self);
}

void
wd_ask_dialog_set_present (WdAskDialog *self, guint present)
{
  self->present = present;
  gtk_drop_down_set_selected (self->choices->pdata[0], present);
  g_signal_connect_object (self->choices->pdata[0], "notify::selected", G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  judge (self);
}

void
wd_ask_dialog_add_facts (WdAskDialog *self, GtkWidget *facts)
{
  gtk_box_prepend (self->box, facts);
}

static void
focus_act (WdAskDialog *self)
{
  GtkWidget *act = gtk_window_get_default_widget (GTK_WINDOW (self));

  if (act != NULL)
    gtk_widget_grab_focus (act);
}

/* Once it is shown: a message dialog chooses its focus by itself when it is mapped. */
void
wd_ask_dialog_focus_act (WdAskDialog *self)
{
  g_signal_connect_after (self, "map", G_CALLBACK (focus_act), NULL);
}

guint
wd_ask_dialog_get_choice (WdAskDialog *self, guint which)
{
  return gtk_drop_down_get_selected (self->choices->pdata[which]) - (self->choices->pdata[which] == self->open ? 1 : 0);
}

const char *
wd_ask_dialog_get_words (WdAskDialog *self)
{
  const char *text = self->words != NULL ? gtk_editable_get_text (self->words) : "";

  while (g_ascii_isspace (*text))
    text++;
  return *text != '\0' ? text : NULL;
}
