/* wd-case-steps.c — how far a quality case has come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-case-steps.h"

#include <glib/gi18n.h>

#define N_STEPS 4
#define JOINT 1 /* of both, or of none (R69) */

/* clang-format off */
static const struct { const char *name, *owner; } steps[N_STEPS] = {
  { N_ ("Case opened"),   N_ ("the centre") },
  { N_ ("Joint arrival"), N_ ("both sides") },
  { N_ ("Area drawn"),    N_ ("Quality centre") },
  { N_ ("Concluded, water off"), N_ ("Quality centre") },
};
/* clang-format on */

static void
add_line (GtkWidget *top, gboolean shown, gboolean done)
{
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
  gtk_widget_set_opacity (line, shown ? 1 : 0);
  if (done)
    gtk_widget_add_css_class (line, "done");
  gtk_box_append (GTK_BOX (top), line);
}

/* @done: of each step */
static GtkWidget *
make_step (guint i, const gboolean *done, const char *name, const char *owner)
{
  gboolean         next = !done[i] && (i == 0 || done[i - 1]);
  GtkWidget       *cell = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget       *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *sentence = g_strdup_printf (_ ("%s, %s, %s"), name, owner, done[i] ? _ ("done") : next ? _ ("to be done now")
                                                                                                          : _ ("to be done later"));

  add_line (top, i > 0, done[i]);
  gtk_box_append (GTK_BOX (top), g_object_new (GTK_TYPE_LABEL, "label", done[i] ? "✓" : next ? "●"
                                                                                             : "○",
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "css-classes", (const char *[]){ "mark", NULL }, NULL));
  add_line (top, i + 1 < N_STEPS, i + 1 < N_STEPS && done[i + 1]);
  gtk_box_append (GTK_BOX (cell), top);
  gtk_box_append (GTK_BOX (cell), g_object_new (GTK_TYPE_LABEL, "label", name, "css-classes", (const char *[]){ next ? "strong" : "plain", NULL }, NULL));
  gtk_box_append (GTK_BOX (cell), g_object_new (GTK_TYPE_LABEL, "label", owner, "css-classes", (const char *[]){ "secondary", NULL }, NULL));
  if (done[i])
    gtk_widget_add_css_class (cell, "done");
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  return cell;
}

GtkWidget *
wd_case_steps_new (const WdQuality *quality)
{
  GtkWidget       *bar = g_object_new (GTK_TYPE_BOX, "css-name", "stepbar", "homogeneous", TRUE, NULL);
  gint64           centre_at;
  guint            total, there = wd_quality_count_arrivals (quality, &total, &centre_at);
  const gboolean   done[N_STEPS] = { TRUE, there == total, quality->draft_area != NULL || quality->area != NULL, quality->outage != NULL };
  g_autofree char *joint = g_strdup_printf ("%s %u/%u", _ (steps[JOINT].name), there, total);
  g_autofree char *name = g_strdup_printf ("steps %u/%u %d %d", there, total, done[JOINT + 1], done[N_STEPS - 1]);

  gtk_widget_set_name (bar, name); /* others are another bar, with other words for a screen reader */
  for (guint i = 0; i < N_STEPS; i++)
    gtk_box_append (GTK_BOX (bar), make_step (i, done, i == JOINT ? joint : _ (steps[i].name), _ (steps[i].owner)));
  return bar;
}
