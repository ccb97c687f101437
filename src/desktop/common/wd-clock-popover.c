/* wd-clock-popover.c — all limits of an order, each with its clause, start, limit and what stops it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-clock-popover.h"

#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

enum
{
  COLUMN_NAME,
  COLUMN_LEFT,
  COLUMN_CLAUSE,
  COLUMN_START,
  COLUMN_LIMIT,
  COLUMN_STOPS,
  N_COLUMNS
};

static void
put (GtkGrid *grid, int column, int row, const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static char *
when (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autofree char *date = wd_format_date (time, zone);
  g_autofree char *today = wd_format_date (now, zone);
  g_autofree char *minute = wd_format_time (time, zone);

  return g_str_equal (date, today) ? g_steal_pointer (&minute) : g_strdup_printf ("%s %s", date, minute);
}

/* What ends it, in the words of the verbs. */
static char *
stops_words (const WdClock *clock)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (char **stop = clock->because != NULL ? clock->because->stops : NULL; stop != NULL && *stop != NULL; stop++)
    {
      g_auto (GStrv)    parts = g_strsplit (*stop, ":", 2);
      const WdVerbInfo *info = wd_verb_lookup (parts[0]);
      const char       *word = info != NULL ? wd_term_verb (info->verb) : "";

      if (word[0] != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? _ (" or ") : "", word);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
left_words (const WdClock *clock, gint64 now)
{
  if (clock->due_at == 0)
    return g_strdup ("—");
  if (clock->stopped_at == 0)
    return wd_format_countdown (clock->due_at, now);
  if (clock->stopped_at <= clock->due_at || clock->window)
    return g_strdup ("✓");
  {
    g_autofree char *late = wd_format_countdown (clock->due_at, clock->stopped_at);

    return g_strdup_printf ("✓ %s", late);
  }
}

static void
put_clock (GtkGrid *grid, int row, const WdClock *clock, gint64 now, GTimeZone *zone)
{
  gboolean         late = clock->stopped_at == 0 && clock->due_at != 0 && now > clock->due_at;
  g_autofree char *left = left_words (clock, now);
  g_autofree char *marked = g_strconcat (late && !clock->soft ? "◆ " : late ? "▲ "
                                                                            : "",
                                         wd_term_clock (clock->rule), NULL);
  g_autofree char *start = when (clock->started_at, now, zone);
  g_autofree char *limit = clock->due_at != 0 ? when (clock->due_at, now, zone) : g_strdup (_ ("its calendar is missing"));
  g_autofree char *stops = stops_words (clock);

  put (grid, COLUMN_NAME, row, marked, "strong");
  put (grid, COLUMN_LEFT, row, left, late && !clock->soft ? "late" : "plain");
  put (grid, COLUMN_CLAUSE, row, wd_term_clause (clock->clause), "secondary");
  put (grid, COLUMN_START, row, start, "secondary");
  put (grid, COLUMN_LIMIT, row, limit, "secondary");
  put (grid, COLUMN_STOPS, row, stops, "secondary");
}

static void
drop (GtkWidget *popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
}

static gboolean
drop_cb (gpointer popover)
{
  drop (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: it is still in the midst of closing. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, drop_cb, g_object_ref (popover), g_object_unref);
}

void
wd_clock_popover_show (GtkWidget *from, WdDesk *desk, const WdOrder *order)
{
  const char *const     heads[N_COLUMNS] = { _ ("Limit"), _ ("Left"), _ ("Clause"), _ ("Start"), _ ("Until"), _ ("Stopped by") };
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (desk, order->policy));
  GtkWidget            *popover = gtk_popover_new ();
  GtkWidget            *grid = gtk_grid_new ();
  int                   row = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_add_css_class (grid, "clock-list");
  for (int column = 0; column < N_COLUMNS; column++)
    put (GTK_GRID (grid), column, row, heads[column], "secondary");
  for (guint i = 0; i < order->clocks->len; i++)
    put_clock (GTK_GRID (grid), ++row, order->clocks->pdata[i], wd_desk_now (desk), zone);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_widget_set_parent (popover, from);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("All limits"), -1);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (from, "destroy", G_CALLBACK (drop), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}
