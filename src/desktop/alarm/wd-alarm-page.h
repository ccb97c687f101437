/* wd-alarm-page.h — all alarms that stand, those that are shelved, and the journal of those that are over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-watch.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_ALARM_PAGE (wd_alarm_page_get_type ())
G_DECLARE_FINAL_TYPE (WdAlarmPage, wd_alarm_page, WD, ALARM_PAGE, AdwBin)

GtkWidget *wd_alarm_page_new (WdDesk *desk, WdAlarmWatch *alarms);

G_END_DECLS
