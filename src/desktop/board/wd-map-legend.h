/* wd-map-legend.h — what the signs of the map mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Symbols by state and by category, areas, units and crews, each with its words: made anew each time that it opens. */
GtkWidget *wd_map_legend_new (WdDesk *desk);

G_END_DECLS
