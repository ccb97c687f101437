/* wd-box-merge.h — shows something else in a box without replacing what stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes @shown look like @wanted, a box made anew: labels change their words, what is new is moved over, what is gone goes.
 * Only what has the same name (gtk_widget_set_name) becomes the other: what says something to a screen reader is named by it.  Buttons of the same words stay, and so the focus and a press on
 * one that has begun; an expander of the same words stays as it is folded.  @wanted is left with whatever was not needed. */
void wd_box_merge (GtkBox *shown, GtkBox *wanted);

G_END_DECLS
