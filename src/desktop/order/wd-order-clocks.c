/* wd-order-clocks.c — the clocks of an order, each with why it runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-clock-chip.h"
#include "wd-format.h"
#include "wd-spoken-name.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

static int
rank (const WdClock *clock, gint64 now)
{
  if (clock->stopped_at != 0)
    return 3;
  if (clock->due_at != 0 && now > clock->due_at && !clock->soft && !clock->window)
    return 0;
  return clock->window ? 2 : 1;
}

typedef struct
{
  gint64 now;
} Order;

/* Late ones first, then what ends first; what has stopped last, the newest in front. */
static int
compare_clocks (gconstpointer a, gconstpointer b, gpointer data)
{
  const WdClock *x = *(const WdClock *const *)a, *y = *(const WdClock *const *)b;
  gint64         now = ((Order *)data)->now;
  int            by_rank = rank (x, now) - rank (y, now);

  if (by_rank != 0)
    return by_rank;
  if (x->stopped_at != 0)
    return (y->stopped_at > x->stopped_at) - (y->stopped_at < x->stopped_at);
  return (x->due_at > y->due_at) - (x->due_at < y->due_at);
}

static const char *
verb_word (const char *name)
{
  g_autofree char  *plain = g_strndup (name, strcspn (name, ":"));
  const WdVerbInfo *info = wd_verb_lookup_event (plain);

  if (g_str_equal (name, "contact:agreed_at"))
    return _ ("an appointment agreed on by telephone");
  return info != NULL ? wd_term_verb (info->verb) : "";
}

/* When the unit that the clock is about had accepted; 0 where nobody did. */
static gint64
accepted_before (const WdOrder *order, const WdClock *clock)
{
  gint64 accepted = 0;

  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *each = order->clocks->pdata[i];

      if (g_str_equal (each->rule, "accept") && each->because != NULL && g_strcmp0 (each->because->stopped, "accept") == 0 && each->stopped_at <= clock->started_at)
        accepted = MAX (accepted, each->stopped_at);
    }
  return accepted;
}

static gboolean
begins_with_crew (const WdPolicy *policy, const char *rule)
{
  for (guint i = 0; policy != NULL && i < policy->rows->len; i++)
    {
      const WdPolicyRow *row = policy->rows->pdata[i];

      if (g_str_equal (row->rule, rule) && g_strv_contains ((const char *const *)row->starts, "accept:margin"))
        return TRUE;
    }
  return FALSE;
}

/* P3: the crew's hour begins when one is given the order, and some minutes after acceptance at the latest.  Either was begun by the
 * acceptance; a category that came within those minutes waited for their end too. */
static char *
start_words (WdOrderPage *self, const WdOrder *order, const WdClock *clock)
{
  const char     *started = clock->because != NULL && clock->because->started != NULL ? clock->because->started : "";
  const WdPolicy *policy = wd_desk_get_policy (self->desk, order->policy);
  gint64          accepted = begins_with_crew (policy, clock->rule) ? accepted_before (order, clock) : 0;
  gint64          latest = accepted != 0 ? accepted + policy->crew_margin : 0;

  if (accepted != 0 && g_str_equal (started, "accept") && clock->started_at < latest)
    return g_strdup (wd_term_verb (WD_VERB_ASSIGN));
  if (accepted != 0 && (g_str_equal (started, "accept") || clock->started_at == latest))
    return g_strdup_printf (_ ("%d min after acceptance"), (int)(policy->crew_margin / 60000));
  return g_strdup (verb_word (started));
}

static char *
stops_words (const WdClock *clock)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; clock->because != NULL && clock->because->stops != NULL && clock->because->stops[i] != NULL; i++)
    {
      const char *word = verb_word (clock->because->stops[i]);

      if (*word != '\0' && !g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
        g_ptr_array_add (words, (char *)word);
    }
  g_ptr_array_add (words, NULL);
  /* Translators: between several things of which one is enough. */
  return g_strjoinv (_ (", "), (char **)words->pdata);
}

static char *
when (WdOrderPage *self, gint64 time)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  gint64                now = wd_desk_now (self->desk);
  g_autofree char      *today = wd_format_date (now, zone), *date = wd_format_date (time, zone), *clock = wd_format_time (time, zone);

  return g_str_equal (today, date) ? g_steal_pointer (&clock) : g_strdup_printf ("%s %s", date, clock);
}

static void
add_line (GtkGrid *grid, int row, const char *name, const char *text)
{
  GtkWidget *label = gtk_label_new (name), *value = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (label, "secondary");
  gtk_widget_add_css_class (value, "reason");
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
}

static char *
unit_words (WdOrderPage *self, const WdClock *clock)
{
  WdUnitItem *unit = clock->unit != NULL ? wd_desk_get_unit (self->desk, clock->unit) : NULL;

  if (clock->unit == NULL)
    return g_strdup (_ ("customer service centre"));
  return g_strdup (unit != NULL ? wd_unit_item_get_unit (unit)->name : clock->unit);
}

/* Clause, start, limit, what stops it, and what its lapse means. */
static GtkWidget *
make_reasons (WdOrderPage *self, const WdOrder *order, const WdClock *clock)
{
  GtkGrid         *grid = GTK_GRID (gtk_grid_new ());
  g_autofree char *started = when (self, clock->started_at);
  g_autofree char *begun_by = start_words (self, order, clock), *from = g_strdup_printf ("%s %s", started, begun_by);
  g_autofree char *limit = clock->due_at != 0 ? wd_format_countdown (clock->due_at, clock->started_at) : g_strdup ("—");
  g_autofree char *limit_words = g_strdup_printf (_ ("%s · policy version %d"), limit, (int)order->policy);
  g_autofree char *stops = stops_words (clock);
  g_autofree char *clause = g_strdup_printf ("%s %s", wd_term_clause (clock->clause), wd_term_clock (clock->rule));
  g_autofree char *unit = unit_words (self, clock);
  int              row = 0;

  gtk_grid_set_column_spacing (grid, 12);
  gtk_grid_set_row_spacing (grid, 3);
  add_line (grid, row++, _ ("Clause"), clause);
  add_line (grid, row++, _ ("Start"), from);
  add_line (grid, row++, _ ("Limit"), limit_words);
  add_line (grid, row++, _ ("Stopped by"), stops);
  add_line (grid, row++, _ ("Duty of"), unit);
  if (!clock->soft && !clock->window)
    add_line (grid, row++, _ ("Lapse"), _ ("the breach stays with the order, and the centre is told"));
  if (clock->soft)
    add_line (grid, row++, _ ("Lapse"), _ ("a soft limit: shown, not punished"));
  if (clock->window)
    add_line (grid, row++, _ ("Lapse"), _ ("a window: later it needs a ruling"));
  return GTK_WIDGET (grid);
}

static char *
due_words (WdOrderPage *self, const WdClock *clock)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = NULL;

  if (clock->stopped_at != 0)
    {
      const char      *met = clock->due_at != 0 && clock->stopped_at > clock->due_at && !clock->window ? _ ("met too late") : _ ("met");
      g_autofree char *limit = clock->due_at != 0 ? wd_format_countdown (clock->due_at, clock->started_at) : NULL;

      /* Translators: the length of a limit, and whether it was kept. */
      return limit != NULL ? g_strdup_printf (_ ("limit %s · %s"), limit, met) : g_strdup (met);
    }
  if (clock->due_at == 0)
    return g_strdup (_ ("the calendar is missing"));
  time = wd_format_due (clock->due_at, wd_desk_now (self->desk), zone);
  return g_strdup_printf (_ ("due %s"), time);
}

static GtkWidget *
make_card (WdOrderPage *self, const WdOrder *order, const WdClock *clock, gint64 now, gboolean open)
{
  GtkWidget       *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *chip = wd_clock_chip_new ();
  g_autofree char *due = due_words (self, clock);
  g_autofree char *name = g_strdup_printf (_ ("%s limit, %s: why"), wd_term_clock (clock->rule), due);
  GtkWidget       *label = gtk_label_new (due);
  GtkWidget       *why = gtk_toggle_button_new_with_label ("?");
  GtkWidget       *reasons = make_reasons (self, order, clock);

  wd_clock_chip_set_clock (WD_CLOCK_CHIP (chip), clock, wd_desk_get_policy (self->desk, order->policy));
  wd_clock_chip_tick (WD_CLOCK_CHIP (chip), now);
  gtk_widget_set_size_request (chip, 120, 28);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  g_ptr_array_add (self->chips, chip);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "secondary");
  gtk_widget_add_css_class (why, "choice");
  gtk_widget_set_valign (why, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (why, _ ("Why"));
  wd_spoken_name_set (why, name);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (why), open);
  g_object_bind_property (why, "active", reasons, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (head), chip);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), why);
  gtk_widget_set_margin_top (reasons, 8);
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), reasons);
  gtk_widget_add_css_class (card, "clock-card");
  if (rank (clock, now) == 0)
    gtk_widget_add_css_class (card, "late");
  return card;
}

/* What the cards depend on besides the digits: also the day, since they say “tomorrow”. */
static char *
describe (WdOrderPage *self, const WdOrder *order, GPtrArray *clocks, gint64 now)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *today = wd_format_date (now, zone);
  GString              *text = g_string_new (order->id);

  g_string_append_printf (text, " %s", today);
  for (guint i = 0; i < clocks->len; i++)
    {
      const WdClock *clock = clocks->pdata[i];

      g_string_append_printf (text, " %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d", clock->rule, clock->started_at,
                              clock->due_at, clock->stopped_at, rank (clock, now));
    }
  return g_string_free (text, FALSE);
}

void
_wd_order_page_show_clocks (WdOrderPage *self)
{
  const WdOrder        *order = _wd_order_page_get_order (self);
  Order                 by = { wd_desk_now (self->desk) };
  g_autoptr (GPtrArray) clocks = g_ptr_array_new ();
  g_autofree char      *seen = NULL;
  GtkWidget            *card;

  if (order == NULL)
    return;
  for (guint i = 0; i < order->clocks->len; i++)
    g_ptr_array_add (clocks, order->clocks->pdata[i]);
  g_ptr_array_sort_with_data (clocks, compare_clocks, &by);
  seen = describe (self, order, clocks, by.now);
  if (g_strcmp0 (seen, self->clocks_seen) == 0)
    return;
  g_free (self->clocks_seen);
  self->clocks_seen = g_steal_pointer (&seen);
  g_ptr_array_set_size (self->chips, 0);
  while ((card = gtk_widget_get_first_child (GTK_WIDGET (self->clocks))) != NULL)
    gtk_box_remove (self->clocks, card);
  for (guint i = 0; i < clocks->len; i++)
    gtk_box_append (self->clocks, make_card (self, order, clocks->pdata[i], by.now, i == 0));
}

void
_wd_order_page_tick_clocks (WdOrderPage *self)
{
  gint64 now = wd_desk_now (self->desk);

  _wd_order_page_show_clocks (self);
  for (guint i = 0; i < self->chips->len; i++)
    wd_clock_chip_tick (self->chips->pdata[i], now);
}
