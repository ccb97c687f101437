/* wd-server-clock.h — the time that the house goes by
 *
 * Wall time is taken once, at start; from there the boot clock runs, so that a
 * wall clock that steps is not followed.  Where the wall clock is behind the
 * last event, time runs on from that event.  Demo time runs `speed` times as
 * fast.  Safe to read from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WdServerClock WdServerClock;

/* @not_before: when the last event of the store happened, or how far a demo had come; 0 for neither */
WdServerClock *wd_server_clock_new (gint64 not_before, double speed);
void           wd_server_clock_free (WdServerClock *clock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerClock, wd_server_clock_free)

/* Milliseconds since 1970 UTC, in the house's time; never goes back. */
gint64 wd_server_clock_now (WdServerClock *clock);
/* The wall's time as it was at start and ran on since: real time in a demo too, and no step is followed.  For
 * what ends by the calendar of the machine, such as tokens. */
gint64 wd_server_clock_real (WdServerClock *clock);
double wd_server_clock_speed (WdServerClock *clock);

/* How far the last event was ahead of the wall clock at start; 0 where it was not. */
gint64 wd_server_clock_ahead (WdServerClock *clock);

/* How far the wall clock has stepped away since the start (real time, positive = forward). */
gint64 wd_server_clock_stepped (WdServerClock *clock);

/* Real milliseconds that never step: for rates, back-off. */
gint64 wd_boot_milliseconds (void);

G_END_DECLS
