/* wd-order-precedents.c — how returns of the same category were ruled on before, in the ruling of an order (screens (c))
 *
 * Out of the desk's own copy: what is open, and what was closed in the last 30 days.  Looked for while it can be seen,
 * and again when an order that was ruled on is another one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-box-merge.h"
#include "wd-format.h"
#include "wd-precedents.h"
#include "wd-spoken-name.h"

#include <glib/gi18n.h>

/* @lines: at most so many; 0 for all of it */
static void
add_label (GtkWidget *box, const char *words, const char *css_class, int lines)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (lines > 0)
    {
      gtk_label_set_lines (GTK_LABEL (label), lines);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (label, words);
    }
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

/* 东区供水公司：同意回退 → 排水公司 */
static char *
outcome_words (WdOrderPage *self, const WdRuling *ruling)
{
  g_autofree char *outcome = !ruling->granted       ? g_strdup (_ ("Return rejected"))
                             : ruling->unit != NULL ? g_strdup_printf (_ ("Return granted → %s"), _wd_order_page_name_unit (self, ruling->unit))
                                                    : g_strdup (_ ("Return granted"));

  return g_strdup_printf (_ ("%s: %s"), _wd_order_page_name_unit (self, ruling->returner), outcome);
}

/* Which order, to be opened from here, and what became of it. */
static GtkWidget *
make_head (WdOrderPage *self, const WdPrecedent *precedent, const char *number, const char *outcome)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  if (g_strcmp0 (precedent->order->id, self->id) == 0)
    add_label (head, _ ("this order, before"), "strong", 1);
  else
    {
      GtkWidget       *open = gtk_button_new_with_label (number);
      g_autofree char *words = g_strdup_printf (_ ("Open %s"), number);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.open-order");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "s", precedent->order->id);
      wd_spoken_name_set (open, words);
      gtk_widget_set_tooltip_text (open, words);
      gtk_widget_add_css_class (open, "plain");
      gtk_widget_add_css_class (open, "small");
      gtk_box_append (GTK_BOX (head), open);
    }
  add_label (head, outcome, "reason", 2);
  return head;
}

static GtkWidget *
make_row (WdOrderPage *self, const WdPrecedent *precedent)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *number = wd_format_number (precedent->order->number);
  g_autofree char      *when = wd_format_moment (precedent->ruling->at, wd_desk_now (self->desk), zone);
  g_autofree char      *outcome = outcome_words (self, precedent->ruling);
  const char           *reason = precedent->ruling->reason != NULL ? precedent->ruling->reason : "";
  g_autofree char      *why = g_strdup_printf ("%s · %s", when, reason);
  /* Translators: number of an order, what was ruled on its return, why, when. */
  g_autofree char *words = g_strdup_printf (_ ("%s, %s, %s, %s"), number, outcome, reason, when);
  GtkWidget       *row = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 2, "name", words,
                                       "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);

  gtk_box_append (GTK_BOX (row), make_head (self, precedent, number, outcome));
  add_label (row, why, "secondary", 2);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return row;
}

static void
offer_order (WdOrderItem *item, gpointer data)
{
  const WdOrder *order = wd_order_item_get_confirmed (item);

  if (order != NULL)
    wd_precedents_offer (data, order);
}

static void
look (WdOrderPage *self)
{
  const WdOrder        *order = _wd_order_page_get_order (self);
  g_autoptr (GtkWidget) wanted = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  WdPrecedents          found = { 0 };

  self->precedents_stale = FALSE;
  if (order == NULL || order->returned == NULL)
    return;
  found.category = order->category;
  found.returner = order->returned->by;
  wd_desk_foreach_order (self->desk, offer_order, &found);
  g_hash_table_remove_all (self->precedents_seen);
  for (guint i = 0; i < found.n; i++)
    {
      g_hash_table_add (self->precedents_seen, g_strdup (found.best[i].order->id));
      gtk_box_append (GTK_BOX (wanted), make_row (self, &found.best[i]));
    }
  if (found.n == 0)
    add_label (wanted, _ ("No return of this category was ruled on in the last 30 days"), "secondary", 0);
  wd_box_merge (self->precedents, GTK_BOX (wanted));
}

static gboolean
look_cb (gpointer data)
{
  WdOrderPage *self = data;

  self->precedents_soon = 0;
  if (self->precedents != NULL)
    look (self);
  return G_SOURCE_REMOVE;
}

static void
look_soon (WdOrderPage *self)
{
  self->precedents_stale = TRUE;
  if (self->precedents_soon == 0 && gtk_widget_get_mapped (GTK_WIDGET (self->precedents)))
    self->precedents_soon = g_idle_add (look_cb, self);
}

static void
mapped_cb (WdOrderPage *self)
{
  if (self->precedents_stale)
    look (self);
}

void
_wd_order_page_add_precedents (WdOrderPage *self, GtkBox *box)
{
  self->precedents = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 8, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  self->precedents_stale = TRUE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->precedents), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Rulings on the same category"), -1);
  g_signal_connect_object (self->precedents, "map", G_CALLBACK (mapped_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  add_label (GTK_WIDGET (box), _ ("Rulings on the same category"), "strong", 0);
  gtk_box_append (box, GTK_WIDGET (self->precedents));
}

/* Its own category may be another one too. */
static void
order_changed_cb (WdOrderPage *self, const char *id)
{
  WdOrderItem   *item = self->precedents != NULL ? wd_desk_get_order (self->desk, id) : NULL;
  const WdOrder *order = item != NULL ? wd_order_item_get_confirmed (item) : NULL, *own = _wd_order_page_get_order (self);

  if (self->precedents == NULL || own == NULL)
    return;
  if (order == own || g_strcmp0 (id, self->id) == 0 || g_hash_table_contains (self->precedents_seen, id) ||
      (order != NULL && order->rulings->len > 0 && g_strcmp0 (order->category, own->category) == 0))
    look_soon (self);
}

static void
reset_cb (WdOrderPage *self)
{
  if (self->precedents != NULL)
    look_soon (self);
}

void
_wd_order_page_follow_precedents (WdOrderPage *self)
{
  static const char *const signals[] = { "order-added", "order-changed", "order-removed" };

  self->precedents_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->desk, signals[i], G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "reset", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
}

void
_wd_order_page_end_precedents (WdOrderPage *self)
{
  g_clear_handle_id (&self->precedents_soon, g_source_remove);
  self->precedents = NULL;
}
