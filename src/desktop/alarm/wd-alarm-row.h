/* wd-alarm-row.h — one alarm in a list: mark, words, since when, its state, its best act
 *
 * The acts are those of the window, with the alarm's key: win.alarm-act, win.alarm-view, win.alarm-shelve, win.alarm-take-back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-book.h"
#include "wd-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_ALARM_ROW (wd_alarm_row_get_type ())
G_DECLARE_FINAL_TYPE (WdAlarmRow, wd_alarm_row, WD, ALARM_ROW, GtkListBoxRow)

GtkWidget *wd_alarm_row_new (void);

/* Again whenever it may have changed; what has not is left alone. */
void wd_alarm_row_show (WdAlarmRow *self, const WdAlarm *alarm, WdDesk *desk, GTimeZone *zone);

/* It is over, and stays where it is until the hand has left the list. */
void wd_alarm_row_end (WdAlarmRow *self);

const char  *wd_alarm_row_get_key (WdAlarmRow *self);
const char  *wd_alarm_row_get_order (WdAlarmRow *self); /* of its most urgent matter; an id of nothing for desks and the link */
WdAlarmState wd_alarm_row_get_state (WdAlarmRow *self);

G_END_DECLS
