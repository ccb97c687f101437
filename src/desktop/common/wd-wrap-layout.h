/* wd-wrap-layout.h — buttons in a row, and in further rows where there is no room for all
 *
 * A child that expands goes to the end of its row.  There is AdwWrapBox for this, in later libraries than the floor's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_WRAP_LAYOUT (wd_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (WdWrapLayout, wd_wrap_layout, WD, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
