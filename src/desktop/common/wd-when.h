/* wd-when.h — times as people type them: 0930, +2h, 2天, 明天 8点
 *
 * A span counts from now, in whole minutes.  A time of day without a day is the next one to come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE where @text says no time.  @time: (out): milliseconds since 1970 UTC */
gboolean wd_when_parse (const char *text, gint64 now, GTimeZone *zone, gint64 *time);

/* The same of what has happened: a time of day without a day is the last one gone.  FALSE also for what is yet to come. */
gboolean wd_when_parse_past (const char *text, gint64 now, GTimeZone *zone, gint64 *time);

G_END_DECLS
