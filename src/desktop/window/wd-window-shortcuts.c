/* wd-window-shortcuts.c — the window that lists the keys: the frame's own, then those of each page
 *
 * GtkShortcutsWindow of GTK 4.8 takes its rows from a builder only, so one is written for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include <glib/gi18n.h>

#define HEAD                                                                                                   \
  "<interface><object class=\"GtkShortcutsWindow\" id=\"window\"><property name=\"modal\">1</property><child>" \
  "<object class=\"GtkShortcutsSection\"><property name=\"section-name\">all</property><property name=\"max-height\">14</property>"
#define GROUP "<child><object class=\"GtkShortcutsGroup\"><property name=\"title\">%s</property>"
#define KEY                                                                                                                          \
  "<child><object class=\"GtkShortcutsShortcut\"><property name=\"accelerator\">%s</property><property name=\"title\">%s</property>" \
  "</object></child>"

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

static void
append_group (GString *text, const char *title, const WdPageKey *keys)
{
  g_autofree char *name = g_markup_printf_escaped (GROUP, title);

  g_string_append (text, name);
  for (; keys->keys != NULL; keys++)
    {
      g_autofree char *row = g_markup_printf_escaped (KEY, keys->keys, _ (keys->title));

      g_string_append (text, row);
    }
  g_string_append (text, "</object></child>");
}

static void
append_pages (WdWindow *self, GString *text)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL; page = gtk_widget_get_next_sibling (page))
    {
      const char      *title = NULL;
      const WdPageKey *keys = wd_page_list_keys (WD_PAGE (page), &title);

      if (keys != NULL)
        append_group (text, title, keys);
    }
}

void
_wd_window_show_shortcuts (WdWindow *self)
{
  g_autoptr (GString)    text = g_string_new (HEAD);
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow             *window;

  append_group (text, _ ("Window"), frame_keys);
  if (gtk_widget_get_visible (GTK_WIDGET (self->rail)))
    append_group (text, _ ("Desks"), rail_keys);
  append_pages (self, text);
  g_string_append (text, "</object></child></object></interface>");
  builder = gtk_builder_new_from_string (text->str, -1);
  window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  gtk_window_set_title (window, _ ("Keyboard Shortcuts"));
  gtk_window_set_transient_for (window, GTK_WINDOW (self));
  gtk_window_present (window);
}
