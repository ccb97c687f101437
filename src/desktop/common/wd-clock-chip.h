/* wd-clock-chip.h — one limit as a chip: its name, what is left, how much is used
 *
 * ok plain; soon late amber with ▲; late red with ◆ and 超; soft dashed, never red; met grey with ✓ and the time that it took.
 * Only its digits change each second; they are not told to the accessible tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order.h"
#include "wd-policy.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_CLOCK_CHIP (wd_clock_chip_get_type ())
G_DECLARE_FINAL_TYPE (WdClockChip, wd_clock_chip, WD, CLOCK_CHIP, GtkWidget)

GtkWidget *wd_clock_chip_new (void);

/* @clock: (nullable): copied; NULL hides the chip.  @policy: (nullable): for when it counts as soon late. */
void wd_clock_chip_set_clock (WdClockChip *self, const WdClock *clock, const WdPolicy *policy);

/* Called by whoever owns it, each second. */
void wd_clock_chip_tick (WdClockChip *self, gint64 now);

G_END_DECLS
