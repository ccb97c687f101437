/* wd-format.h — numbers, times and names as people at a desk read them
 *
 * A countdown is MM:SS, from one hour H:MM:SS, from one day `2天 03:20`; late `超 12:07`.
 * All results are (transfer full).  Times are shown in the utility's zone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-house.h"
#include "wd-policy.h"

G_BEGIN_DECLS

/* What is left until @due at @now, or how late it is. */
char *wd_format_countdown (gint64 due, gint64 now);

/* The utility's zone; that of this computer while no policy is known (nullable).  Returns: (transfer full) */
GTimeZone *wd_format_zone (const WdPolicy *policy);

/* 09:32:14 */
char *wd_format_time (gint64 time, GTimeZone *zone);
/* 09:32 */
char *wd_format_minute (gint64 time, GTimeZone *zone);
/* 11月24日 周二 */
char *wd_format_date (gint64 time, GTimeZone *zone);

/* 今天 13:00; another day by its date: 11月26日 周四 22:00 */
char *wd_format_moment (gint64 time, gint64 now, GTimeZone *zone);

/* When a limit ends: 09:20:03; 明天 08:00; any other day by its date: 11月26日 周四 22:00 */
char *wd_format_due (gint64 due, gint64 now, GTimeZone *zone);

/* 1,204 */
char *wd_format_count (gint64 count);

/* 东区供水公司 -> 东区, 水务稽查大队 -> 稽查: what tells a unit from the others, where there is no room for more. */
char *wd_format_short_name (const char *name);

/* 李建国 · 8201: whom to telephone there; NULL where nobody is known. */
char *wd_format_duty (const WdUnit *unit);

/* 20261124-0087 -> 1124-0087, O20261124-0003 -> O1124-0003; a new order that the server has not numbered says so. */
char *wd_format_number (const char *number);

G_END_DECLS
