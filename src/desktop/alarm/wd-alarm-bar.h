/* wd-alarm-bar.h — what has to be done in time, in one line under the header of every page
 *
 * Three counts, the most urgent alarm in words, its one best act, looking at it, and silence.  The acts are those of
 * the window: win.alarm-act, win.alarm-view, win.alarms, win.silence, win.silence-for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-storm.h"
#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_ALARM_BAR (wd_alarm_bar_get_type ())
G_DECLARE_FINAL_TYPE (WdAlarmBar, wd_alarm_bar, WD, ALARM_BAR, AdwBin)

/* What it says besides the alarms. */
typedef struct
{
  gboolean heard;       /* there is a device */
  gboolean ringing;     /* and it rings until somebody acts */
  gboolean until_seen;  /* to look is enough; else it has to be done */
  guint    minutes;     /* that silence lasts */
  gint64   silent_left; /* milliseconds; 0: it is not silent */
} WdAlarmBarSound;

/* @summary: the storm's is to be said now */
void wd_alarm_bar_show (WdAlarmBar *self, WdDesk *desk, WdAlarmBook *book, const WdAlarmStorm *storm, gboolean summary, const WdAlarmBarSound *sound);

/* For some seconds, in place of what is said of the sound. */
void wd_alarm_bar_say (WdAlarmBar *self, const char *words);

G_END_DECLS
