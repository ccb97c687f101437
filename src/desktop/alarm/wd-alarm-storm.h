/* wd-alarm-storm.h — so many new alarms that they are told as a whole
 *
 * More than ten within ten minutes begin it, and it lasts until there are no more than five.  What is not urgent is then no
 * longer said and notified one by one: there is one summary of all every two minutes.  What is urgent stays single.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-book.h"

G_BEGIN_DECLS

/* Begins as zeros. */
typedef struct
{
  gboolean on;
  gint64   said_at; /* the server's time */
  guint    n;       /* as it was said: alarms that became new within ten minutes, */
  guint    causes;  /* and what stands for them */
} WdAlarmStorm;

/* Returns: whether a summary is to be said now */
gboolean wd_alarm_storm_follow (WdAlarmStorm *storm, WdAlarmBook *book, gint64 now);

G_END_DECLS
