/* wd-case-steps.h — how far a quality case has come: its steps, each with whose it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-outage.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Who has arrived, the quality centre among them, of how many that are called (R69).
 * @centre_at: (out): when the quality centre did, 0 where it has not */
guint wd_case_arrivals (const WdQuality *quality, guint *total, gint64 *centre_at);

/* A bar of steps.  Returns: (transfer floating) */
GtkWidget *wd_case_steps_new (const WdQuality *quality);

G_END_DECLS
