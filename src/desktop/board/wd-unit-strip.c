/* wd-unit-strip.c — the units on a strip at the window's edge
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-unit-strip.h"

#include "wd-format.h"

#include <glib/gi18n.h>

struct _WdUnitStrip
{
  GtkButton parent_instance;

  GtkBox *units; /* a box for each */
};

G_DEFINE_FINAL_TYPE (WdUnitStrip, wd_unit_strip, GTK_TYPE_BUTTON)

static void
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

/* ● 东区 above 14 ◆ 1 */
static GtkWidget *
add_unit (WdUnitStrip *self, const char *code)
{
  static const char *const classes[2][2] = { { "presence", "strong" }, { "figure", "late" } };
  GtkWidget               *unit = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_name (unit, code);

  for (int line = 0; line < 2; line++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

      gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
      for (int i = 0; i < 2; i++)
        add_label (box, classes[line][i]);
      gtk_box_append (GTK_BOX (unit), box);
    }
  gtk_box_append (self->units, unit);
  return unit;
}

static GtkWidget *
find_unit (WdUnitStrip *self, const char *code)
{
  for (GtkWidget *unit = gtk_widget_get_first_child (GTK_WIDGET (self->units)); unit != NULL; unit = gtk_widget_get_next_sibling (unit))
    if (g_str_equal (gtk_widget_get_name (unit), code))
      return unit;
  return NULL;
}

void
wd_unit_strip_show (WdUnitStrip *self, const char *code, const WdUnitCardContent *content)
{
  GtkWidget       *unit = find_unit (self, code), *above, *below;
  g_autofree char *name = wd_format_short_name (content->name);
  g_autofree char *open = g_strdup_printf ("%u", content->open);
  g_autofree char *late = g_strdup_printf ("◆ %u", content->late);

  if (unit == NULL)
    unit = add_unit (self, code);
  above = gtk_widget_get_first_child (unit);
  below = gtk_widget_get_last_child (unit);
  wd_unit_card_show_presence (GTK_LABEL (gtk_widget_get_first_child (above)), content->presence);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (above)), name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (below)), open);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (below)), late);
  gtk_widget_set_visible (gtk_widget_get_last_child (below), content->late > 0);
}

void
wd_unit_strip_clear (WdUnitStrip *self)
{
  GtkWidget *unit;

  while ((unit = gtk_widget_get_first_child (GTK_WIDGET (self->units))) != NULL)
    gtk_box_remove (self->units, unit);
}

void
wd_unit_strip_set_open (WdUnitStrip *self, gboolean open)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), !open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

static gboolean
wd_unit_strip_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (!gtk_widget_get_focusable (widget))
    return FALSE;
  g_signal_emit_by_name (widget, "clicked");
  return TRUE;
}

static void
wd_unit_strip_class_init (WdUnitStripClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = wd_unit_strip_focus;
}

static void
wd_unit_strip_init (WdUnitStrip *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  /* It never makes the window taller: the last units are to be found among the cards. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_widget_set_focusable (scroll, FALSE);
  self->units = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 16));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->units));
  gtk_button_set_child (GTK_BUTTON (self), scroll);
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "units-strip");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Show the units"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Show the units"), -1);
  wd_unit_strip_set_open (self, FALSE);
}
