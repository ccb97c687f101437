/* wd-window-shortcuts.c — the window that lists the keys: those of the page in front, the frame's own, those of the other pages
 *
 * GtkShortcutsWindow of GTK 4.8 lays its groups out twice, and each time in another order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include <glib/gi18n.h>

/* clang-format off */
static const WdPageKey frame_keys[] = {
  { "F1 <Control>question",  N_ ("All keys") },
  { "F2",                    N_ ("See the most urgent alarm") },
  { "<Shift>F2",             N_ ("All alarms, and those that are over") },
  { "F3",                    N_ ("See the next alarm") },
  { "F9",                    N_ ("Silence, and its end") },
  { "F10",                   N_ ("Menu") },
  { "F11",                   N_ ("Full screen, and back") },
  { "F6",                    N_ ("Next pane") },
  { "<Shift>F6",             N_ ("Previous pane") },
  { "Escape",                N_ ("Back") },
  { "<Control>comma",        N_ ("Preferences") },
  { "<Control>q",            N_ ("Quit") },
  { NULL, NULL }
};
/* clang-format on */

/* clang-format off */
static const WdPageKey rail_keys[] = {
  { "<Alt>1", N_ ("Dispatch Board") },
  { "<Alt>2", N_ ("Intake") },
  { "<Alt>3", N_ ("Outages and Water Quality") },
  { "<Alt>4", N_ ("Conflicts") },
  { NULL, NULL }
};
/* clang-format on */

/* @aligned: the keys of all groups */
static void
append_group (GtkBox *column, GtkSizeGroup *aligned, const char *title, const WdPageKey *keys)
{
  GtkWidget *group = g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title", title, NULL);

  for (; keys->keys != NULL; keys++)
    gtk_box_append (GTK_BOX (group), g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT, "accelerator", keys->keys, "title", _ (keys->title), "accel-size-group", aligned, NULL));
  gtk_box_append (column, group);
}

static void
append_page (GtkBox *column, GtkSizeGroup *aligned, WdPage *page)
{
  const char      *title = NULL;
  const WdPageKey *keys = page != NULL ? wd_page_list_keys (page, &title) : NULL;

  if (keys != NULL)
    append_group (column, aligned, title, keys);
}

static GtkBox *
add_column (GtkFlowBox *columns)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_flow_box_append (columns, column);
  gtk_widget_set_focusable (gtk_widget_get_parent (column), FALSE);
  return GTK_BOX (column);
}

/* Of the page in front first; where there is no room for two columns, the second comes below. */
static GtkWidget *
list_keys (WdWindow *self)
{
  GtkWidget               *columns = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "max-children-per-line", 2, "css-classes", (const char *[]){ "keys", NULL }, NULL);
  GtkBox                  *column = add_column (GTK_FLOW_BOX (columns));
  g_autoptr (GtkSizeGroup) aligned = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  append_page (column, aligned, _wd_window_get_page (self));
  append_group (column, aligned, _ ("Window"), frame_keys);
  column = add_column (GTK_FLOW_BOX (columns));
  if (gtk_widget_get_visible (GTK_WIDGET (self->rail)))
    append_group (column, aligned, _ ("Desks"), rail_keys);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL; page = gtk_widget_get_next_sibling (page))
    if (WD_PAGE (page) != _wd_window_get_page (self))
      append_page (column, aligned, WD_PAGE (page));
  return columns;
}

void
_wd_window_show_shortcuts (WdWindow *self)
{
  GtkWidget          *window = g_object_new (ADW_TYPE_WINDOW, "title", _ ("Keyboard Shortcuts"), "modal", TRUE, "transient-for", self, "destroy-with-parent", TRUE,
                                             "default-width", 1000, "default-height", 700, NULL);
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *head = gtk_header_bar_new ();
  GtkWidget          *scroll = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", list_keys (self), NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_add_css_class (window, "waterdesk");
  gtk_widget_add_css_class (head, "desk");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), scroll);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (scroll); /* for the keys that scroll */
}
