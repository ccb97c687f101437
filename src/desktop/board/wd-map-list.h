/* wd-map-list.h — what the map shows, for those who do not see it
 *
 * Symbols on the map are no widgets.  This overlay, which is neither seen nor touched, lists the most urgent orders
 * in view for a screen reader, a magnifier or a test: each item has the order's sentence as its name, lies where its
 * symbol, or the cluster that holds it, is drawn, and offers what may be done with the order.
 *
 * Signal: act-requested (id, name)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-acts.h"
#include "wd-map-layer.h"

G_BEGIN_DECLS

#define WD_TYPE_MAP_LIST (wd_map_list_get_type ())
G_DECLARE_FINAL_TYPE (WdMapList, wd_map_list, WD, MAP_LIST, GtkWidget)

/* To be laid over @layer, of the same size.  It follows the view by itself.  @acts: must live on */
GtkWidget *wd_map_list_new (WdMapLayer *layer, WdDesk *desk, const WdAct *acts);

/* Orders have changed: looks anew, soon. */
void wd_map_list_refresh (WdMapList *self);

G_END_DECLS
