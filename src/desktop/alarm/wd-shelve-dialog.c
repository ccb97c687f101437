/* wd-shelve-dialog.c — how long an alarm is to be hidden, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-shelve-dialog.h"

#include <glib/gi18n.h>

#define N_LENGTHS 3

static const guint lengths[N_LENGTHS] = { 10, 30, 60 }; /* minutes, as the buttons */

struct _WdShelveDialog
{
  AdwWindow parent_instance;

  GtkLabel       *what;
  GtkEditable    *reason;
  GtkCheckButton *buttons[N_LENGTHS];
  GtkButton      *act;

  char *key;
};

enum
{
  GIVEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdShelveDialog, wd_shelve_dialog, ADW_TYPE_WINDOW)

char *
wd_shelve_dialog_dup_reason (WdShelveDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
}

guint
wd_shelve_dialog_get_minutes (WdShelveDialog *self)
{
  for (guint i = 0; i < N_LENGTHS; i++)
    if (gtk_check_button_get_active (self->buttons[i]))
      return lengths[i];
  return lengths[0];
}

const char *
wd_shelve_dialog_get_key (WdShelveDialog *self)
{
  return self->key;
}

static void
refresh (WdShelveDialog *self)
{
  g_autofree char *reason = wd_shelve_dialog_dup_reason (self);
  guint            minutes = wd_shelve_dialog_get_minutes (self);
  g_autofree char *words = g_strdup_printf (ngettext ("Shelve %u Minute", "Shelve %u Minutes", minutes), minutes);

  gtk_button_set_label (self->act, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "shelve.give", reason[0] != '\0');
}

static void
give_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[GIVEN], 0);
  gtk_window_close (GTK_WINDOW (widget));
}

/* Enter in the reason: nothing where it is blank. */
static void
give (WdShelveDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shelve.give", NULL);
}

static void
wd_shelve_dialog_finalize (GObject *object)
{
  g_free (WD_SHELVE_DIALOG (object)->key);
  G_OBJECT_CLASS (wd_shelve_dialog_parent_class)->finalize (object);
}

static void
wd_shelve_dialog_class_init (WdShelveDialogClass *klass)
{
  static const char *const names[N_LENGTHS] = { "short", "middle", "long" };
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_shelve_dialog_finalize;
  signals[GIVEN] = g_signal_new ("given", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "shelve.give", NULL, give_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/alarm/wd-shelve-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdShelveDialog, what);
  gtk_widget_class_bind_template_child (widget_class, WdShelveDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, WdShelveDialog, act);
  for (guint i = 0; i < N_LENGTHS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE, G_STRUCT_OFFSET (WdShelveDialog, buttons) + (gssize)(i * sizeof (GtkCheckButton *)));
  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, give);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wd_shelve_dialog_init (WdShelveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
wd_shelve_dialog_new (GtkWindow *parent, const char *key, const char *sentence)
{
  WdShelveDialog *self = g_object_new (WD_TYPE_SHELVE_DIALOG, "transient-for", parent, NULL);

  self->key = g_strdup (key);
  gtk_label_set_label (self->what, sentence);
  refresh (self);
  return GTK_WINDOW (self);
}
