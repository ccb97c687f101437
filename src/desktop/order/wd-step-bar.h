/* wd-step-bar.h — how far an order has come: six steps with their times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_STEP_BAR (wd_step_bar_get_type ())
G_DECLARE_FINAL_TYPE (WdStepBar, wd_step_bar, WD, STEP_BAR, GtkBox)

/* The times are those that the order's clocks know; a step without a clock shows none. */
void wd_step_bar_show (WdStepBar *self, const WdOrder *order, GTimeZone *zone, gint64 now);

G_END_DECLS
