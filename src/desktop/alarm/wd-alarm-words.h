/* wd-alarm-words.h — an alarm in words
 *
 * What it is first, then whom and which: `接单超时` and `东区供水公司已显示未接 · 1124-0080`.  Without digits that tick, so
 * that a screen reader says it once at each threshold.  All results are (transfer full).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-storm.h"
#include "wd-desk.h"

G_BEGIN_DECLS

char *wd_alarm_dup_what (const WdAlarm *alarm, WdDesk *desk);
char *wd_alarm_dup_detail (const WdAlarm *alarm, WdDesk *desk); /* (nullable) */
char *wd_alarm_dup_sentence (const WdAlarm *alarm, WdDesk *desk);

/* Since when, or from when to when: `09:12 起`, `09:12–09:20`. */
char *wd_alarm_dup_when (const WdAlarm *alarm, gint64 now, GTimeZone *zone);

/* 大量告警：10 分钟 14 条，归为 3 组 */
char *wd_alarm_dup_summary (const WdAlarmStorm *storm);

/* What is left for its most urgent matter, or how late that is; NULL where nothing runs. */
char *wd_alarm_dup_countdown (const WdAlarm *alarm, gint64 now);

/* The likeliest right act, as a button says it; NULL where it is to look at it. */
char *wd_alarm_dup_act (const WdAlarm *alarm, WdDesk *desk);

/* The telephone of the unit's duty desk, for those at the centre.  Returns: (nullable) (transfer none) */
const char *wd_alarm_get_phone (const WdAlarm *alarm, WdDesk *desk);

/* A new order that waits for acceptance here. */
gboolean wd_alarm_is_own_order (const WdAlarm *alarm, WdDesk *desk);

/* ◆ ▲ ○, and the class that colours it. */
const char *wd_alarm_mark (WdAlarmPriority priority);
const char *wd_alarm_class (WdAlarmPriority priority);
const char *wd_alarm_priority_word (WdAlarmPriority priority);
const char *wd_alarm_state_word (WdAlarmState state);

G_END_DECLS
