/* wd-drop-down.h — a list that drops down, which says what it is for
 *
 * GtkDropDown of GTK 4.8 leaves the button inside of it without a name; a screen reader stops there too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @name: what is chosen here; @choices: NULL-terminated */
GtkWidget *wd_drop_down_new (const char *name, const char *const *choices);

G_END_DECLS
