/* wd-text-scale.h — how large this desktop wants its text: for what is drawn here, and for rows that fold then
 *
 * Labels, and lengths in pt in the stylesheet, follow by themselves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* 1 for text as it was designed, 2 for text of 200 %.  Never less than 1, since what is drawn is also pressed, and at most 3. */
double wd_text_scale_get (void);

/* Whether a row of a small window has no room for all that was designed into it. */
gboolean wd_text_scale_is_large (void);

/* @changed: called with @object (a GObject, while it lives) alone, each time that it is another one. */
void wd_text_scale_follow (gpointer  object,
                           GCallback changed);

/* Lays the parts of @box beside each other, and below each other while the text is so large that there is no room for that. */
void wd_text_scale_fold (GtkBox *box);

/* Leaves out the end of @label where there is no room for it in one line.  While the text is so large it takes further lines: as many as there
 * are, or @lines at most (0: there is no most). */
void wd_text_scale_wrap (GtkLabel *label,
                         int       lines);

G_END_DECLS
