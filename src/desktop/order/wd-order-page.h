/* wd-order-page.h — one order: what happened, what is due, and why
 *
 * Shows any order of the desk's copy, one at a time.  Left people and place, in the middle the timeline, right the
 * clocks; in a narrow window the clocks are the second tab on the left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_ORDER_PAGE (wd_order_page_get_type ())
G_DECLARE_FINAL_TYPE (WdOrderPage, wd_order_page, WD, ORDER_PAGE, AdwBin)

GtkWidget *wd_order_page_new (WdDesk *desk);

/* @id: of an order in the desk's copy */
void        wd_order_page_show_order (WdOrderPage *self, const char *id);
const char *wd_order_page_get_id (WdOrderPage *self); /* (nullable): of the one that is shown */

G_END_DECLS
