/* wd-area-item.h — one outage or quality case as a list and the map show it
 *
 * Lives as long as it is in the desk's copy.  Read only: what people do goes by commands (wd_desk_give()).
 *
 * Signal: changed ()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-outage.h"

G_BEGIN_DECLS

#define WD_TYPE_AREA_ITEM (wd_area_item_get_type ())
G_DECLARE_FINAL_TYPE (WdAreaItem, wd_area_item, WD, AREA_ITEM, GObject)

const char *wd_area_item_get_id (WdAreaItem *self);

/* One of the two; the other is NULL, and both are once it has left.
 * Returns: (transfer none) (nullable): as it stands with what was done here, until `changed` */
const WdOutage  *wd_area_item_get_outage (WdAreaItem *self);
const WdQuality *wd_area_item_get_quality (WdAreaItem *self);

/* As the server has it: what has been told. */
const WdOutage *wd_area_item_get_confirmed_outage (WdAreaItem *self);

const char *wd_area_item_get_number (WdAreaItem *self); /* NULL until the server numbered it */

/* GeoJSON; of a case the area that was determined, else the draft.  NULL where there is none yet (P25). */
const char *wd_area_item_get_area (WdAreaItem *self);
gboolean    wd_area_item_is_draft (WdAreaItem *self);             /* under investigation, told to nobody (P26) */
gboolean    wd_area_item_contains (WdAreaItem *self, WdPoint at); /* that area; FALSE for a point that is not set */

gboolean wd_area_item_is_open (WdAreaItem *self); /* the water is off or will be, or the case is not cleared */

/* Of the clocks that run the one that ends first.  Returns: (nullable) (transfer none) */
const WdClock *wd_area_item_get_clock (WdAreaItem *self);

/* When an announced outage begins, where that comes before the end of any clock; else 0. */
gint64 wd_area_item_get_start (WdAreaItem *self);

/* Something done here still waits for the server. */
gboolean wd_area_item_is_unconfirmed (WdAreaItem *self);

G_END_DECLS
