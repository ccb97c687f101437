/* wd-drop-down.c — a list that drops down, which says what it is for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-drop-down.h"

GtkWidget *
wd_drop_down_new (const char *name, const char *const *choices)
{
  GtkWidget *self = gtk_drop_down_new_from_strings (choices);
  GtkWidget *button = gtk_widget_get_first_child (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return self;
}
