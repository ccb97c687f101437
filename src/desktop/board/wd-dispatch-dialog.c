/* wd-dispatch-dialog.c — the units as a list, best first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-dispatch-dialog.h"

#include "wd-acts.h"
#include "wd-facts.h"

#include <glib/gi18n.h>

struct _WdDispatchDialog
{
  AdwWindow parent_instance;

  GtkListBox *units;
  GtkLabel   *what;
  GtkLabel   *where;
  GtkWidget  *no_units;
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
  gtk_widget_class_bind_template_child (widget_class, WdDispatchDialog, what);
  gtk_widget_class_bind_template_child (widget_class, WdDispatchDialog, where);
  gtk_widget_class_bind_template_child (widget_class, WdDispatchDialog, no_units);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wd_dispatch_dialog_init (WdDispatchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

#define COLUMNS 3

/* Where a fact stands, so that those of one name stand below each other. */
static int
find_place (const WdFact *fact)
{
  static const char *const names[] = { N_ ("Territory"), N_ ("Category"), N_ ("Limit"), N_ ("Load"), N_ ("Crews"), N_ ("Duty") };

  for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
    if (g_str_equal (fact->name, _ (names[i])))
      return i;
  return 0; /* why it is refused stands alone */
}

/* A fact of a row: its mark, its name and its words, all of them. */
static void
add_fact (GtkGrid *facts, const WdFact *fact)
{
  static const char *const marks[] = { [WD_FACT_GOOD] = "✓", [WD_FACT_DOUBT] = "!", [WD_FACT_REFUSED] = "×" };
  static const char *const classes[] = { [WD_FACT_GOOD] = "good", [WD_FACT_DOUBT] = "doubt", [WD_FACT_REFUSED] = "refused" };
  g_autofree char         *said = g_strdup_printf ("%s %s", fact->name, fact->words);
  GtkWidget               *mark = gtk_label_new (marks[fact->kind]);
  GtkWidget               *words = gtk_label_new (said);
  GtkWidget               *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  int                      place = find_place (fact);

  gtk_widget_set_css_classes (mark, (const char *[]){ "fact-mark", classes[fact->kind], NULL });
  gtk_widget_set_css_classes (words, (const char *[]){ "secondary", NULL });
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_valign (words, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), words);
  gtk_grid_attach (facts, box, place % COLUMNS, place / COLUMNS, 1, 1);
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
dispatch_act (GtkWidget *row, const char *name, gpointer data)
{
  gtk_widget_activate (row);
}

static void
add_row (WdDispatchDialog *self, WdDesk *desk, const Candidate *candidate)
{
  static const WdAct    acts[] = { { "dispatch", WD_VERB_NONE, NULL }, { NULL } };
  g_autoptr (GPtrArray) facts = wd_facts_about (desk, (const char *const *)self->ids, candidate->unit);
  g_autoptr (GString)   words = g_string_new (wd_unit_item_get_unit (candidate->unit)->name);
  gboolean              refused = FALSE;
  GtkWidget            *name = gtk_label_new (words->str);
  GtkWidget            *grid = gtk_grid_new ();
  GtkWidget            *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget            *row = gtk_list_box_row_new ();

  for (guint i = 0; i < facts->len; i++)
    {
      const WdFact *fact = facts->pdata[i];

      refused = refused || fact->kind == WD_FACT_REFUSED;
      add_fact (GTK_GRID (grid), fact);
      g_string_append_printf (words, _ (", %s"), fact->words);
    }
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "strong");
  gtk_box_append (GTK_BOX (box), name);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), !refused);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, wd_unit_item_get_code (candidate->unit));
  gtk_widget_set_sensitive (row, !refused);
  wd_acts_offer (row, "unit", acts, NULL, NULL, dispatch_act, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
  gtk_list_box_append (self->units, row);
}

/* One order by its words, several by their number. */
static void
show_what (WdDispatchDialog *self, WdDesk *desk)
{
  guint             n = g_strv_length (self->ids);
  WdOrderItem      *item = n == 1 ? wd_desk_get_order (desk, self->ids[0]) : NULL;
  const WdOrder    *order = item != NULL ? wd_order_item_get_order (item) : NULL;
  const WdCategory *category = order != NULL ? wd_desk_get_category (desk, order->category) : NULL;
  g_autofree char  *what = NULL;

  if (order == NULL)
    what = g_strdup_printf (ngettext ("%u order", "%u orders", n), n);
  else
    what = g_strdup_printf ("%s  %s", category != NULL ? category->name : order->category, order->text != NULL ? order->text : "");
  gtk_label_set_label (self->what, what);
  gtk_label_set_label (self->where, order != NULL && order->address != NULL ? order->address : "");
}

/* At the unit that is asked for, if it may be chosen; else at the best. */
static void
begin_at (WdDispatchDialog *self, const char *unit)
{
  GtkListBoxRow *row, *first = gtk_list_box_get_row_at_index (self->units, 0);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->units, i)) != NULL; i++)
    if (g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (row)), unit) == 0 && gtk_widget_get_sensitive (GTK_WIDGET (row)))
      first = row;
  if (first == NULL)
    return;
  gtk_list_box_select_row (self->units, first);
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

GtkWidget *
wd_dispatch_dialog_new (WdDesk *desk, const char *const *ids, const char *preferred)
{
  WdDispatchDialog  *self = g_object_new (WD_TYPE_DISPATCH_DIALOG, NULL);
  GListModel        *units = wd_desk_get_units (desk);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  self->ids = g_strdupv ((char **)ids);
  show_what (self, desk);
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) unit = g_list_model_get_item (units, i);
      Candidate              candidate = { unit, wd_facts_fit (desk, ids, unit) }; /* the desk keeps it */

      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len; i++)
    add_row (self, desk, &g_array_index (candidates, Candidate, i));
  gtk_widget_set_visible (self->no_units, candidates->len == 0);
  begin_at (self, preferred);
  return GTK_WIDGET (self);
}

const char *const *
wd_dispatch_dialog_get_orders (WdDispatchDialog *self)
{
  return (const char *const *)self->ids;
}
