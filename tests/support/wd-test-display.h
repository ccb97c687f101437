/* wd-test-display.h — a virtual screen of a test's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Starts Xvfb and points GTK at it, before gtk_init(); without Xvfb the whole test is skipped and the
 * program ends.  The screen goes with the program. */
void wd_test_display_start (void);

/* Runs the default main loop until @done says so; fails after a minute. */
void wd_test_wait_for (gboolean (*done) (gpointer data),
                       gpointer data);

G_END_DECLS
