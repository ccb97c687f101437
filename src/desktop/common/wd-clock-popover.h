/* wd-clock-popover.h — all limits of an order, each with its clause, start, limit and what stops it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Beside @from, where it stays until a click elsewhere or Esc; as things stand now. */
void wd_clock_popover_show (GtkWidget *from, WdDesk *desk, const WdOrder *order);

G_END_DECLS
