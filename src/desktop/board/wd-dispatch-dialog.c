/* wd-dispatch-dialog.c — the units as a list, best first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-dispatch-dialog.h"

#include "wd-facts.h"

#include <glib/gi18n.h>

struct _WdDispatchDialog
{
  AdwWindow parent_instance;

  GtkListBox *units;
  GtkLabel   *title;
  GStrv       ids;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdDispatchDialog, wd_dispatch_dialog, ADW_TYPE_WINDOW)

static void
row_activated_cb (WdDispatchDialog *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, gtk_widget_get_name (GTK_WIDGET (row)));
  gtk_window_close (GTK_WINDOW (self));
}

static void
wd_dispatch_dialog_finalize (GObject *object)
{
  g_strfreev (WD_DISPATCH_DIALOG (object)->ids);
  G_OBJECT_CLASS (wd_dispatch_dialog_parent_class)->finalize (object);
}

static void
wd_dispatch_dialog_class_init (WdDispatchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_dispatch_dialog_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/board/wd-dispatch-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdDispatchDialog, units);
  gtk_widget_class_bind_template_child (widget_class, WdDispatchDialog, title);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wd_dispatch_dialog_init (WdDispatchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The facts in one line; × alone where it is refused. */
static char *
facts_line (GPtrArray *facts)
{
  static const char *const marks[] = { [WD_FACT_GOOD] = "✓", [WD_FACT_DOUBT] = "!", [WD_FACT_REFUSED] = "×" };
  g_autoptr (GString)      line = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      const WdFact *fact = facts->pdata[i];

      g_string_append_printf (line, "%s%s %s", i > 0 ? "   " : "", marks[fact->kind], fact->words);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

typedef struct
{
  WdUnitItem *unit;
  int         fit;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  return ((const Candidate *)b)->fit - ((const Candidate *)a)->fit;
}

static void
add_row (WdDispatchDialog *self, WdDesk *desk, const Candidate *candidate)
{
  g_autoptr (GPtrArray) facts = wd_facts_about (desk, (const char *const *)self->ids, candidate->unit);
  g_autofree char      *line = facts_line (facts);
  g_autofree char      *title = g_markup_escape_text (wd_unit_item_get_unit (candidate->unit)->name, -1);
  g_autofree char      *subtitle = g_markup_escape_text (line, -1);
  gboolean              refused = facts->len > 0 && ((WdFact *)facts->pdata[0])->kind == WD_FACT_REFUSED;
  GtkWidget            *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_name (row, wd_unit_item_get_code (candidate->unit));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !refused);
  gtk_widget_set_sensitive (row, !refused);
  gtk_list_box_append (self->units, row);
}

GtkWidget *
wd_dispatch_dialog_new (WdDesk *desk, const char *const *ids)
{
  WdDispatchDialog  *self = g_object_new (WD_TYPE_DISPATCH_DIALOG, NULL);
  GListModel        *units = wd_desk_get_units (desk);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  guint              n = g_strv_length ((char **)ids);
  g_autofree char   *title = g_strdup_printf (ngettext ("Dispatch %u order to…", "Dispatch %u orders to…", n), n);

  self->ids = g_strdupv ((char **)ids);
  gtk_label_set_label (self->title, title);
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) unit = g_list_model_get_item (units, i);
      Candidate              candidate = { unit, wd_facts_fit (desk, ids, unit) }; /* the desk keeps it */

      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len; i++)
    add_row (self, desk, &g_array_index (candidates, Candidate, i));
  if (candidates->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->units, 0)));
  return GTK_WIDGET (self);
}

const char *const *
wd_dispatch_dialog_get_orders (WdDispatchDialog *self)
{
  return (const char *const *)self->ids;
}
