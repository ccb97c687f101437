/* wd-alarm-notices.h — desktop notifications of alarms that sound
 *
 * One for each new order at a unit's desk (its cause counts up) and for each urgent alarm; shown anew where it becomes
 * new again, withdrawn when its cause is gone.  In a storm one of all in place of what is not urgent.  Pressing one brings
 * the window to the front.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-storm.h"
#include "wd-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _WdAlarmNotices WdAlarmNotices;

/* Of a window of an application; kept by neither. */
WdAlarmNotices *wd_alarm_notices_new (GtkApplicationWindow *window, WdDesk *desk);
void            wd_alarm_notices_free (WdAlarmNotices *notices); /* withdraws them all */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAlarmNotices, wd_alarm_notices_free)

/* @summary: it is to be said now.  @link_alone: nobody is signed in, and no other alarm is told */
void wd_alarm_notices_follow (WdAlarmNotices *notices, WdAlarmBook *book, const WdAlarmStorm *storm, gboolean summary, gboolean link_alone);

G_END_DECLS
