/* wd-spoken-name.h — what a button is called for those who hear it, where other words stand on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a button or drop-down that shows words of its own; again where that is set anew.  Others take GTK_ACCESSIBLE_PROPERTY_LABEL alone. */
void wd_spoken_name_set (GtkWidget *button, const char *name);

G_END_DECLS
