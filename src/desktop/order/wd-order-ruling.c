/* wd-order-ruling.c — the centre's ruling on a unit's “not ours” (R27)
 *
 * The likelier outcome, after what speaks for either unit, is the filled button; the reason is asked for here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-drop-down.h"
#include "wd-facts.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

const char *
_wd_order_page_name_unit (WdOrderPage *self, const char *code)
{
  WdUnitItem *unit = code != NULL ? wd_desk_get_unit (self->desk, code) : NULL;

  return unit != NULL ? wd_unit_item_get_unit (unit)->name : code;
}

static void
rule (WdOrderPage *self, gboolean granted, const char *unit)
{
  GtkEditable     *entry = g_object_get_data (G_OBJECT (self->ruling), "reason");
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  g_autofree char *words = NULL;
  GVariantDict     members;

  if (*reason == '\0')
    {
      gtk_widget_set_visible (g_object_get_data (G_OBJECT (self->ruling), "problem"), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (entry));
      return;
    }
  words = !granted       ? g_strdup (_ ("Return rejected"))
          : unit != NULL ? g_strdup_printf (_ ("Return granted → %s"), _wd_order_page_name_unit (self, unit))
                         : g_strdup (_ ("Return granted"));
  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "granted", "b", granted);
  g_variant_dict_insert (&members, "reason", "s", reason);
  if (unit != NULL)
    g_variant_dict_insert (&members, "unit", "s", unit);
  _wd_order_page_give (self, WD_VERB_RULE_RETURN, g_variant_dict_end (&members), words);
}

static void
reject_cb (WdOrderPage *self)
{
  rule (self, FALSE, NULL);
}

static void
keep_cb (WdOrderPage *self)
{
  rule (self, TRUE, NULL);
}

static void
grant_cb (WdOrderPage *self, GtkWidget *button)
{
  g_autofree char *unit = g_strdup (gtk_widget_get_name (button)); /* the button goes with the ruling */

  rule (self, TRUE, unit);
}

/* --- what is seen ------------------------------------------------------------------------- */

static void
add_text (GtkBox *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
}

static GtkWidget *
add_button (GtkBox *box, const char *label, gboolean filled, GCallback clicked, WdOrderPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, filled ? "act" : "plain");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
  return button;
}

/* It goes with its cause. */
static void
reason_changed_cb (GtkWidget *problem, GtkEditable *entry)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (*reason != '\0')
    gtk_widget_set_visible (problem, FALSE);
}

/* It is there again when the ruling is: after another order was looked at, and where the ruling was taken back. */
static void
reason_typed_cb (WdOrderPage *self, GtkEditable *entry)
{
  g_hash_table_insert (self->typed, g_strdup (self->ruling_seen), g_strdup (gtk_editable_get_text (entry)));
}

static void
add_reason (WdOrderPage *self, GtkBox *box)
{
  GtkWidget  *entry = gtk_entry_new (), *problem = gtk_label_new (_ ("A ruling needs its reason"));
  const char *typed = g_hash_table_lookup (self->typed, self->ruling_seen);

  if (typed != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), typed);
  g_signal_connect_object (entry, "changed", G_CALLBACK (reason_typed_cb), self, G_CONNECT_SWAPPED);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason of the ruling"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason of the ruling"), -1);
  gtk_widget_add_css_class (problem, "problem");
  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_widget_set_visible (problem, FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (reason_changed_cb), problem, G_CONNECT_SWAPPED);
  gtk_box_append (box, entry);
  gtk_box_append (box, problem);
  g_object_set_data (G_OBJECT (self->ruling), "reason", entry);
  g_object_set_data (G_OBJECT (self->ruling), "problem", problem);
}

/* Another unit than both: the others as a list. */
static void
other_chosen_cb (WdOrderPage *self, GParamSpec *pspec, GtkDropDown *units)
{
  guint            which = gtk_drop_down_get_selected (units);
  const GPtrArray *codes = g_object_get_data (G_OBJECT (units), "codes");
  GtkWidget       *button = g_object_get_data (G_OBJECT (self->ruling), "other");

  gtk_widget_set_visible (button, which > 0);
  if (which > 0 && which <= codes->len)
    {
      const char      *code = codes->pdata[which - 1];
      g_autofree char *label = g_strdup_printf (_ ("Grant to %s"), _wd_order_page_name_unit (self, code));

      gtk_widget_set_name (button, code);
      gtk_button_set_label (GTK_BUTTON (button), label);
    }
}

/* Those that can be granted to, and have no button of their own. */
static GPtrArray *
list_others (WdOrderPage *self, const WdReturned *returned)
{
  GListModel *model = wd_desk_get_units (self->desk);
  GPtrArray  *codes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (model, i);
      const char            *code = wd_unit_item_get_code (item);

      if (!wd_unit_item_get_unit (item)->closed && g_strcmp0 (code, returned->by) != 0 && g_strcmp0 (code, returned->suggested_unit) != 0)
        g_ptr_array_add (codes, g_strdup (code));
    }
  return codes;
}

static void
add_others (WdOrderPage *self, GtkBox *box, const WdReturned *returned)
{
  g_autoptr (GPtrArray)   codes = list_others (self, returned);
  g_autofree const char **names = g_new0 (const char *, codes->len + 2);
  GtkWidget              *units, *button;

  if (codes->len == 0)
    return;
  names[0] = _ ("another unit…");
  for (guint i = 0; i < codes->len; i++)
    names[i + 1] = _wd_order_page_name_unit (self, codes->pdata[i]);
  units = wd_drop_down_new (_ ("Grant to another unit"), names);
  g_object_set_data_full (G_OBJECT (units), "codes", g_steal_pointer (&codes), (GDestroyNotify)g_ptr_array_unref);
  gtk_box_append (box, units);
  button = add_button (box, "", FALSE, G_CALLBACK (grant_cb), self);
  gtk_widget_set_visible (button, FALSE);
  g_object_set_data (G_OBJECT (self->ruling), "other", button);
  g_signal_connect_object (units, "notify::selected", G_CALLBACK (other_chosen_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
suggestion_fits (WdOrderPage *self, const WdReturned *returned)
{
  const char *ids[] = { self->id, NULL };
  WdUnitItem *by = wd_desk_get_unit (self->desk, returned->by);
  WdUnitItem *suggested = returned->suggested_unit != NULL ? wd_desk_get_unit (self->desk, returned->suggested_unit) : NULL;

  return suggested != NULL && (by == NULL || wd_facts_fit (self->desk, ids, suggested) > wd_facts_fit (self->desk, ids, by));
}

static void
fill (WdOrderPage *self, const WdReturned *returned)
{
  GtkBox          *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gboolean         fits = suggestion_fits (self, returned);
  g_autofree char *by = g_strdup_printf (_ ("%s: %s"), _wd_order_page_name_unit (self, returned->by), wd_term_return_class (returned->class_));
  GtkWidget       *likelier;
  g_autofree char *reject = g_strdup_printf (_ ("Reject, %s goes on"), _wd_order_page_name_unit (self, returned->by));

  gtk_widget_add_css_class (GTK_WIDGET (box), "clock-card");
  add_text (box, by, "strong");
  if (returned->reason != NULL)
    add_text (box, returned->reason, "reason");
  if (returned->late)
    add_text (box, _ ("Asked after its window: it stands only if granted"), "problem");
  if (returned->suggested_unit != NULL)
    {
      g_autofree char *suggested = g_strdup_printf (_ ("Suggested unit %s"), _wd_order_page_name_unit (self, returned->suggested_unit));

      add_text (box, suggested, "reason");
      add_text (box, fits ? _ ("Place and kind speak for the suggested unit") : _ ("Place and kind do not speak for the suggested unit"), "secondary");
    }
  _wd_order_page_add_precedents (self, box);
  add_reason (self, box);
  likelier = add_button (box, reject, !fits, G_CALLBACK (reject_cb), self);
  if (returned->suggested_unit != NULL)
    {
      g_autofree char *grant = g_strdup_printf (_ ("Grant to %s"), _wd_order_page_name_unit (self, returned->suggested_unit));

      GtkWidget *button = add_button (box, grant, fits, G_CALLBACK (grant_cb), self);

      gtk_widget_set_name (button, returned->suggested_unit);
      likelier = fits ? button : likelier;
    }
  g_object_set_data (G_OBJECT (self->ruling), "likelier", likelier);
  add_button (box, _ ("Grant, the centre keeps it"), FALSE, G_CALLBACK (keep_cb), self);
  add_others (self, box, returned);
  add_text (self->ruling, _ ("Ruling on the return"), "title");
  gtk_box_append (self->ruling, GTK_WIDGET (box));
}

GtkWidget *
_wd_order_page_get_likelier (WdOrderPage *self)
{
  return g_object_get_data (G_OBJECT (self->ruling), "likelier");
}

void
_wd_order_page_show_ruling (WdOrderPage *self)
{
  const WdOrder    *order = _wd_order_page_get_order (self);
  const WdReturned *returned = order != NULL && wd_desk_may_give (self->desk, WD_VERB_RULE_RETURN, self->id, NULL) ? order->returned : NULL;
  g_autofree char  *seen = returned != NULL ? g_strdup_printf ("%s %" G_GINT64_FORMAT, self->id, returned->at) : NULL;
  GtkWidget        *child;

  if (g_strcmp0 (seen, self->ruling_seen) == 0)
    return;
  gtk_stack_page_set_needs_attention (gtk_stack_get_page (self->left, GTK_WIDGET (self->clocks_tab)), returned != NULL);
  g_free (self->ruling_seen);
  self->ruling_seen = g_steal_pointer (&seen);
  _wd_order_page_end_precedents (self);
  gtk_widget_set_visible (GTK_WIDGET (self->ruling), returned != NULL); /* else its spacing stood above the limits */
  g_object_set_data (G_OBJECT (self->ruling), "likelier", NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->ruling))) != NULL)
    gtk_box_remove (self->ruling, child);
  if (returned != NULL)
    fill (self, returned);
}
