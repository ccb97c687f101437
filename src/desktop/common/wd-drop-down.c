/* wd-drop-down.c — a list that drops down, which says what it is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-drop-down.h"

#include "wd-spoken-name.h"

GtkWidget *
wd_drop_down_new (const char *name, const char *const *choices)
{
  GtkWidget *self = gtk_drop_down_new_from_strings (choices);
  GtkWidget *button = gtk_widget_get_first_child (self);

  wd_spoken_name_set (self, name);
  wd_spoken_name_set (button, name);
  return self;
}
