/* wd-clock-chip.c — one limit as a chip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-clock-chip.h"

#include "wd-format.h"
#include "wd-standing.h"
#include "wd-terms.h"

#define BAR_HEIGHT 2

typedef enum
{
  MOOD_OK,
  MOOD_SOON,
  MOOD_LATE,
  MOOD_MET
} Mood;

static const char *const mood_classes[] = { "ok", "soon", "late", "met" };
static const char *const mood_marks[] = { "", "▲ ", "◆ ", "✓ " };

struct _WdClockChip
{
  GtkWidget parent_instance;

  GtkWidget *name;
  GtkWidget *left;
  WdClock   *clock;
  gint64     warn_at;
  Mood       mood;
  double     used; /* 0..1 of the limit */
};

G_DEFINE_FINAL_TYPE (WdClockChip, wd_clock_chip, GTK_TYPE_WIDGET)

static void
wd_clock_chip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WdClockChip *self = WD_CLOCK_CHIP (widget);
  int          width = gtk_widget_get_width (widget);
  float        y = gtk_widget_get_height (widget) + 1; /* in the padding below the text */
  GdkRGBA      color;

  GTK_WIDGET_CLASS (wd_clock_chip_parent_class)->snapshot (widget, snapshot);
  gtk_style_context_get_color (gtk_widget_get_style_context (self->left), &color);
  color.alpha = 0.18;
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, y, width, BAR_HEIGHT));
  color.alpha = 1;
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, y, width * self->used, BAR_HEIGHT));
}

static void
wd_clock_chip_dispose (GObject *object)
{
  WdClockChip *self = WD_CLOCK_CHIP (object);

  g_clear_pointer (&self->clock, wd_clock_free);
  g_clear_pointer (&self->name, gtk_widget_unparent);
  g_clear_pointer (&self->left, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_clock_chip_parent_class)->dispose (object);
}

static void
wd_clock_chip_class_init (WdClockChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_clock_chip_dispose;
  widget_class->snapshot = wd_clock_chip_snapshot;
  gtk_widget_class_set_css_name (widget_class, "clockchip");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
wd_clock_chip_init (WdClockChip *self)
{
  self->name = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_widget_set_parent (self->name, GTK_WIDGET (self));

  /* Ticks each second: a screen reader is told at thresholds by others, not here. */
  self->left = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             "css-classes", (const char *[]){ "digits", NULL }, NULL);
  gtk_widget_set_parent (self->left, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), mood_classes[MOOD_OK]);
}

GtkWidget *
wd_clock_chip_new (void)
{
  return g_object_new (WD_TYPE_CLOCK_CHIP, NULL);
}

static void
set_mood (WdClockChip *self, Mood mood)
{
  g_autofree char *name = NULL;

  if (self->mood != mood)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), mood_classes[self->mood]);
      gtk_widget_add_css_class (GTK_WIDGET (self), mood_classes[mood]);
      self->mood = mood;
    }
  name = g_strconcat (mood_marks[mood], wd_term_clock (self->clock->rule), NULL);
  gtk_label_set_label (GTK_LABEL (self->name), name);
}

void
wd_clock_chip_set_clock (WdClockChip *self, const WdClock *clock, const WdPolicy *policy)
{
  g_clear_pointer (&self->clock, wd_clock_free);
  gtk_widget_set_visible (GTK_WIDGET (self), clock != NULL);
  if (clock == NULL)
    return;

  self->clock = wd_clock_copy (clock);
  self->warn_at = wd_standing_warn_time (policy, clock);
  if (clock->soft)
    gtk_widget_add_css_class (GTK_WIDGET (self), "soft");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "soft");
  set_mood (self, MOOD_OK);
}

/* The time that it took; where that was too long, how late it was. */
static void
show_met (WdClockChip *self)
{
  const WdClock   *clock = self->clock;
  gboolean         late = clock->due_at != 0 && clock->stopped_at > clock->due_at;
  g_autofree char *took = late ? wd_format_countdown (clock->due_at, clock->stopped_at) : wd_format_countdown (MAX (clock->stopped_at, clock->started_at), clock->started_at);

  set_mood (self, MOOD_MET);
  gtk_label_set_label (GTK_LABEL (self->left), took);
  self->used = 1;
}

void
wd_clock_chip_tick (WdClockChip *self, gint64 now)
{
  g_autofree char *left = NULL;
  double           limit;

  if (self->clock == NULL)
    return;
  if (self->clock->stopped_at != 0)
    {
      show_met (self);
      return;
    }
  if (self->clock->due_at == 0)
    {
      gtk_label_set_label (GTK_LABEL (self->left), "—"); /* its calendar is missing */
      return;
    }

  if (now > self->clock->due_at)
    set_mood (self, self->clock->soft ? MOOD_SOON : MOOD_LATE);
  else
    set_mood (self, now >= self->warn_at ? MOOD_SOON : MOOD_OK);
  left = wd_format_countdown (self->clock->due_at, now);
  gtk_label_set_label (GTK_LABEL (self->left), left);

  limit = MAX (self->clock->due_at - self->clock->started_at, 1);
  self->used = CLAMP ((now - self->clock->started_at) / limit, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
