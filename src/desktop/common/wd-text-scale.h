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

/* @changed: called with @object (a GObject, while it lives) alone, each time that it is another one. */
void wd_text_scale_follow (gpointer  object,
                           GCallback changed);

/* Lays the parts of @box beside each other, and below each other while the text is so large that there is no room for that. */
void wd_text_scale_fold (GtkBox *box);

G_END_DECLS
