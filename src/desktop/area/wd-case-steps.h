/* wd-case-steps.h — how far a quality case has come: its steps, each with whose it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-outage.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A bar of steps.  Returns: (transfer floating) */
GtkWidget *wd_case_steps_new (const WdQuality *quality);

G_END_DECLS
