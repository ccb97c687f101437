/* wd-alarm-storm.c — so many new alarms that they are told as a whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-storm.h"

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define PAUSE_MS (2 * MINUTE_MS)
#define BEGINS_ABOVE 10
#define ENDS_AT 5

gboolean
wd_alarm_storm_follow (WdAlarmStorm *storm, WdAlarmBook *book, gint64 now)
{
  guint    n = wd_alarm_book_count_rises (book, now);
  gboolean before = storm->on;

  storm->on = n > (before ? ENDS_AT : BEGINS_ABOVE);
  if (!storm->on || (before && now - storm->said_at < PAUSE_MS))
    return FALSE;
  storm->said_at = now;
  storm->n = n;
  storm->causes = wd_alarm_book_list (book)->len;
  return TRUE;
}
