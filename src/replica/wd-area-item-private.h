/* wd-area-item-private.h — how the desk keeps its outages and quality cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-item.h"
#include "wd-area.h"
#include "wd-copy.h"

G_BEGIN_DECLS

WdAreaItem *wd_area_item_new (WdCopy *copy);
void        wd_area_item_emit_changed (WdAreaItem *self);

/* GeoJSON (nullable) as a shape; NULL where it is none.  Returns: (transfer full) */
WdArea *wd_area_item_read (const char *geojson);

/* wd_area_item_get_area() read, once for each that there was: all that lie inside are looked for again with every order that comes.
 * Returns: (transfer none) (nullable) */
const WdArea *wd_area_item_get_shape (WdAreaItem *self);

/* Open ones first, by what is due next; then those that are over, the last one first.  For GCompareDataFunc. */
int wd_area_item_compare (gconstpointer a, gconstpointer b, gpointer data);

G_END_DECLS
