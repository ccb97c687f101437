/* wd-alarm-watch.h — keeps the alarms of a desk as its copy, its link and the other desks stand
 *
 * Orders are looked at when they change and at their own moments, never all of them at once.
 *
 * Signal: changed ()   the book is another one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-book.h"
#include "wd-desk.h"

G_BEGIN_DECLS

#define WD_TYPE_ALARM_WATCH (wd_alarm_watch_get_type ())
G_DECLARE_FINAL_TYPE (WdAlarmWatch, wd_alarm_watch, WD, ALARM_WATCH, GObject)

WdAlarmWatch *wd_alarm_watch_new (WdDesk *desk);
WdAlarmBook  *wd_alarm_watch_get_book (WdAlarmWatch *self); /* (transfer none) */

/* Each second: what has become due. */
void wd_alarm_watch_tick (WdAlarmWatch *self);

/* A person has looked at it. */
void wd_alarm_watch_see (WdAlarmWatch *self, const char *key);

/* A person hides it for so many minutes, at most WD_ALARM_MAX_SHELVED, or takes it back. */
void wd_alarm_watch_shelve (WdAlarmWatch *self, const char *key, guint minutes, const char *reason);
void wd_alarm_watch_take_back (WdAlarmWatch *self, const char *key);

G_END_DECLS
