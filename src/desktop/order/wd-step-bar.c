/* wd-step-bar.c — how far an order has come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-step-bar.h"

#include "wd-format.h"

#include <glib/gi18n.h>

#define N_STEPS 6

typedef struct
{
  const char  *name;
  WdOrderState state; /* that it leads to */
  const char  *duty;  /* the clocks that run until it is done */
  const char  *other;
} Step;

/* clang-format off */
static const Step steps[N_STEPS] = {
  { N_("Received"),   WD_STATE_RECEIVED,   NULL,       NULL },
  { N_("Dispatched"), WD_STATE_DISPATCHED, "dispatch", NULL },
  { N_("Accepted"),   WD_STATE_ACCEPTED,   "accept",   NULL },
  { N_("On site"),    WD_STATE_ON_SITE,    "arrive",   "appointment" },
  { N_("Finished"),   WD_STATE_FINISHED,   "finish",   NULL },
  { N_("Closed"),     WD_STATE_CLOSED,     "callback", NULL },
};
/* clang-format on */

typedef struct
{
  GtkWidget *cell;
  GtkWidget *before, *after;
  GtkLabel  *mark;
  GtkLabel  *name;
  GtkLabel  *time;
} Cell;

struct _WdStepBar
{
  GtkBox parent_instance;
  Cell   cells[N_STEPS];
};

G_DEFINE_FINAL_TYPE (WdStepBar, wd_step_bar, GTK_TYPE_BOX)

static void
wd_step_bar_class_init (WdStepBarClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "stepbar");
}

static GtkWidget *
make_line (void)
{
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
  return line;
}

static void
make_cell (WdStepBar *self, int i)
{
  Cell      *cell = &self->cells[i];
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  cell->cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  cell->before = make_line ();
  cell->after = make_line ();
  cell->mark = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "css-classes", (const char *[]){ "mark", NULL }, NULL);
  cell->name = GTK_LABEL (gtk_label_new (_ (steps[i].name)));
  cell->time = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (cell->time), "secondary");
  gtk_widget_set_opacity (cell->before, i == 0 ? 0 : 1);
  gtk_widget_set_opacity (cell->after, i == N_STEPS - 1 ? 0 : 1);
  gtk_box_append (GTK_BOX (top), cell->before);
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (cell->mark));
  gtk_box_append (GTK_BOX (top), cell->after);
  gtk_box_append (GTK_BOX (cell->cell), top);
  gtk_box_append (GTK_BOX (cell->cell), GTK_WIDGET (cell->name));
  gtk_box_append (GTK_BOX (cell->cell), GTK_WIDGET (cell->time));
  gtk_box_append (GTK_BOX (self), cell->cell);
}

static void
wd_step_bar_init (WdStepBar *self)
{
  gtk_box_set_homogeneous (GTK_BOX (self), TRUE);
  for (int i = 0; i < N_STEPS; i++)
    make_cell (self, i);
}

/* The last clock of a rule. */
static const WdClock *
find_clock (const WdOrder *order, const char *rule)
{
  for (guint i = order->clocks->len; rule != NULL && i > 0; i--)
    {
      const WdClock *clock = order->clocks->pdata[i - 1];

      if (g_str_equal (clock->rule, rule))
        return clock;
    }
  return NULL;
}

static gint64
stopped_by (const WdOrder *order, const char *verb)
{
  gint64 time = 0;

  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (clock->because != NULL && g_strcmp0 (clock->because->stopped, verb) == 0)
        time = MAX (time, clock->stopped_at);
    }
  return time;
}

static gint64
started (const WdOrder *order, const char *rule)
{
  const WdClock *clock = find_clock (order, rule);

  return clock != NULL ? clock->started_at : 0;
}

static gint64
time_of (const WdOrder *order, WdOrderState state)
{
  switch ((int)state)
    {
    case WD_STATE_RECEIVED: return order->received_at;
    case WD_STATE_DISPATCHED: return started (order, "accept");
    case WD_STATE_ACCEPTED: return stopped_by (order, "accept");
    case WD_STATE_ON_SITE: return stopped_by (order, "arrive");
    case WD_STATE_FINISHED: return stopped_by (order, "finish");
    default: return MAX (stopped_by (order, "visit"), stopped_by (order, "answer"));
    }
}

/* The hard limit of the next step that has passed. */
static const WdClock *
find_late (const WdOrder *order, const Step *step, gint64 now)
{
  const char *rules[] = { step->duty, step->other };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const WdClock *clock = find_clock (order, rules[i]);

      if (clock != NULL && clock->stopped_at == 0 && !clock->soft && clock->due_at != 0 && clock->due_at < now)
        return clock;
    }
  return NULL;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
wd_step_bar_show (WdStepBar *self, const WdOrder *order, GTimeZone *zone, gint64 now)
{
  for (int i = 0; i < N_STEPS; i++)
    {
      Cell            *cell = &self->cells[i];
      gboolean         done = order->state >= steps[i].state, next = !done && (i == 0 || order->state >= steps[i - 1].state);
      const WdClock   *late = done ? NULL : find_late (order, &steps[i], now);
      gint64           time = done ? time_of (order, steps[i].state) : 0;
      g_autofree char *words = late != NULL ? wd_format_countdown (late->due_at, now) : time != 0 ? wd_format_time (time, zone)
                                                                                                  : g_strdup ("–");

      gtk_label_set_label (cell->mark, late != NULL ? "◆" : done ? "✓"
                                                                 : "○");
      if (g_strcmp0 (gtk_label_get_label (cell->time), words) != 0)
        gtk_label_set_label (cell->time, words);
      set_class (cell->cell, "done", done);
      set_class (cell->cell, "late", late != NULL);
      set_class (GTK_WIDGET (cell->name), "strong", next);
      set_class (cell->before, "done", done);
      set_class (cell->after, "done", i + 1 < N_STEPS && order->state >= steps[i + 1].state);
    }
}
