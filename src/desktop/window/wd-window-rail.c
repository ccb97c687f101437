/* wd-window-rail.c — the desks at the window's edge, each with what waits there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *page;  /* its name in the window's stack */
  const char *name;  /* on the rail */
  const char *title; /* of the window, while it is in front */
  gboolean    quiet; /* not there while nothing waits */
} Row;

/* clang-format off */
static const Row rows[] = {
  { WD_WINDOW_MAIN,     N_ ("Dispatch"),  N_ ("Dispatch Board"), FALSE },
  { WD_WINDOW_INTAKE,   N_ ("Intake"),    N_ ("Intake"),         FALSE },
  { WD_WINDOW_AREA,     N_ ("Outages"),   N_ ("Outages and Water Quality"), FALSE },
  { WD_WINDOW_CONFLICT, N_ ("Conflicts"), N_ ("Conflicts"),      TRUE  },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == WD_WINDOW_N_DESKS);

static const Row *
find_row (const char *page)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].page, page) == 0)
      return &rows[i];
  return NULL;
}

static GtkWidget *
make_button (WdWindow *self, const Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_box_append (GTK_BOX (box), gtk_label_new (_ (row->name)));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               "css-classes", (const char *[]){ "count", NULL }, NULL));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", row->page);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.desk");
  gtk_box_append (self->rail, button);
  return button;
}

/* The centre has one, a unit its duty desk alone. */
void
_wd_window_make_rail (WdWindow *self)
{
  const WdActor *actor = wd_desk_get_actor (self->desk);
  GtkWidget     *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rail))) != NULL)
    gtk_box_remove (self->rail, child);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    self->rail_buttons[i] = gtk_stack_get_child_by_name (self->pages, rows[i].page) != NULL ? make_button (self, &rows[i]) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->rail), actor->unit == NULL);
  _wd_window_show_rail (self);
}

static void
show_count (GtkWidget *button, const Row *row, int key, guint count)
{
  GtkLabel        *label = GTK_LABEL (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button))));
  g_autofree char *words = count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("–");
  /* Translators: a desk, how much waits there. */
  g_autofree char *name = count > 0 ? g_strdup_printf (_ ("%s, %u waiting"), _ (row->name), count)
                                    : g_strdup_printf (_ ("%s, nothing waiting"), _ (row->name));
  g_autofree char *hint = g_strdup_printf ("%s  Alt+%d", _ (row->title), key);

  if (g_strcmp0 (gtk_label_get_label (label), words) == 0 && gtk_widget_get_tooltip_text (button) != NULL)
    return;
  gtk_label_set_label (label, words);
  if (count > 0)
    gtk_widget_add_css_class (GTK_WIDGET (label), "yours");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "yours");
  gtk_widget_set_tooltip_text (button, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
_wd_window_show_rail (WdWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WdPage *page = self->rail_buttons[i] != NULL ? WD_PAGE (gtk_stack_get_child_by_name (self->pages, rows[i].page)) : NULL;
      guint   count = page != NULL ? wd_page_count_waiting (page) : 0;

      if (page == NULL)
        continue;
      show_count (self->rail_buttons[i], &rows[i], (int)i + 1, count);
      gtk_widget_set_visible (self->rail_buttons[i], count > 0 || !rows[i].quiet || gtk_widget_get_visible (GTK_WIDGET (page)));
    }
}

gboolean
_wd_window_is_desk (WdWindow *self, const char *page)
{
  const Row *row = find_row (page);
  GtkWidget *child = row != NULL ? gtk_stack_get_child_by_name (self->pages, page) : NULL;

  return child != NULL && (!row->quiet || wd_page_count_waiting (WD_PAGE (child)) > 0);
}

const char *
_wd_window_get_desk (WdWindow *self)
{
  g_autoptr (GVariant) page = g_action_group_get_action_state (G_ACTION_GROUP (self), "desk");

  return find_row (g_variant_get_string (page, NULL))->page;
}

const char *
_wd_window_get_desk_title (const char *page)
{
  const Row *row = find_row (page);

  return row != NULL ? _ (row->title) : NULL;
}
