/* wd-lasso.h — a line drawn around orders on the map
 *
 * Laid over the map's layer, of the same size.  While it is armed, the first stroke is its line; then it lets everything through to
 * the map again, and its line stays with the ground that it surrounds.
 *
 * Signal: drawn ()   a line has been closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-map-layer.h"

G_BEGIN_DECLS

#define WD_TYPE_LASSO (wd_lasso_get_type ())
G_DECLARE_FINAL_TYPE (WdLasso, wd_lasso, WD, LASSO, GtkWidget)

GtkWidget *wd_lasso_new (WdMapLayer *layer);

/* The next stroke is a line; what was there goes. */
void wd_lasso_arm (WdLasso *self);
/* No line, and none to come. */
void wd_lasso_clear (WdLasso *self);

/* The pointer is drawing it. */
gboolean wd_lasso_is_drawing (WdLasso *self);

/* Ids of the orders inside, most urgent first; NULL-terminated.  Returns: (transfer full) */
GStrv wd_lasso_list (WdLasso *self);

G_END_DECLS
