/* wd-crew-dialog.c — the unit's crews as a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-crew-dialog.h"

#include "wd-acts.h"
#include "wd-crew-state.h"

#include <glib/gi18n.h>

struct _WdCrewDialog
{
  AdwWindow parent_instance;

  GtkListBox *crews;
  GtkLabel   *what;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdCrewDialog, wd_crew_dialog, ADW_TYPE_WINDOW)

static void
row_activated_cb (WdCrewDialog *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, gtk_widget_get_name (GTK_WIDGET (row)));
  gtk_window_close (GTK_WINDOW (self));
}

static void
wd_crew_dialog_class_init (WdCrewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/duty/wd-crew-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdCrewDialog, crews);
  gtk_widget_class_bind_template_child (widget_class, WdCrewDialog, what);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wd_crew_dialog_init (WdCrewDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
assign_act (GtkWidget *row, const char *name, gpointer data)
{
  gtk_widget_activate (row);
}

static void
add_row (WdCrewDialog *self, const WdCrewState *state)
{
  static const WdAct  acts[] = { { "assign", WD_VERB_NONE, NULL }, { NULL } };
  GtkWidget          *row = gtk_list_box_row_new ();
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget          *name = gtk_label_new (state->name);
  GtkWidget          *people = gtk_label_new (state->people);
  GtkWidget          *order = gtk_label_new (state->order);
  GtkWidget          *now = gtk_label_new (state->words);
  g_autoptr (GString) words = g_string_new (state->name);
  const char *const   rest[] = { state->people, state->words, state->order };
  GtkWidget *const    parts[] = { name, people, order, now };

  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    if (rest[i] != NULL)
      g_string_append_printf (words, _ (", %s"), rest[i]);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_widget_add_css_class (parts[i], i == 0 || (i == 3 && state->free) ? "strong" : "secondary");
      gtk_widget_set_visible (parts[i], gtk_label_get_label (GTK_LABEL (parts[i]))[0] != '\0');
      gtk_box_append (GTK_BOX (box), parts[i]);
    }
  gtk_widget_set_hexpand (now, TRUE);
  gtk_widget_set_halign (now, GTK_ALIGN_END);
  gtk_label_set_xalign (GTK_LABEL (order), 0);
  gtk_label_set_ellipsize (GTK_LABEL (order), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, state->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
  wd_acts_offer (row, "crew", acts, NULL, NULL, assign_act, NULL);
  gtk_list_box_append (self->crews, row);
}

GtkWidget *
wd_crew_dialog_new (const char *what, GPtrArray *states)
{
  WdCrewDialog *self = g_object_new (WD_TYPE_CREW_DIALOG, NULL);

  gtk_label_set_label (self->what, what);
  for (int free = TRUE; free >= FALSE; free--)
    for (guint i = 0; i < states->len; i++)
      if (((WdCrewState *)states->pdata[i])->free == free)
        add_row (self, states->pdata[i]);
  gtk_list_box_select_row (self->crews, gtk_list_box_get_row_at_index (self->crews, 0));
  gtk_window_set_focus (GTK_WINDOW (self), states->len > 0 ? GTK_WIDGET (gtk_list_box_get_row_at_index (self->crews, 0)) : GTK_WIDGET (self->crews));
  return GTK_WIDGET (self);
}
