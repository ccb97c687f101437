/* wd-spoken-name.c — what a button is called for those who hear it, where other words stand on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-spoken-name.h"

void
wd_spoken_name_set (GtkWidget *button, const char *name)
{
  /* GTK 4.10 and later say as well that a button is named by its label, which goes before any other name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
