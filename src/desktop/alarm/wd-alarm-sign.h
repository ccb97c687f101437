/* wd-alarm-sign.h — what in an order is an alarm at a desk
 *
 * An alarm is something that a person at this desk must do in time; all else is no alarm.  Pure: time, reader and
 * policy are arguments.
 *
 * At the centre: acceptance or arrival that is soon late or late, an order that nobody dispatched, a return without
 * a ruling, a callback of today.  At a unit's desk: what waits for its acceptance, and its own arrivals.  Where
 * lives or much water depend on it a late arrival is urgent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"

G_BEGIN_DECLS

typedef enum
{
  WD_ALARM_URGENT = 1,
  WD_ALARM_IMPORTANT,
  WD_ALARM_ORDINARY
} WdAlarmPriority;
#define WD_ALARM_N_PRIORITIES (WD_ALARM_ORDINARY + 1)

/* What has to be done; with the unit whose duty it is the cause of an alarm. */
typedef enum
{
  WD_ALARM_LINK, /* the server is not reached */
  WD_ALARM_DESK, /* nobody is at the unit's desk */
  WD_ALARM_ACCEPT,
  WD_ALARM_ARRIVE,
  WD_ALARM_DISPATCH,
  WD_ALARM_RULE,
  WD_ALARM_CALL_BACK
} WdAlarmCause;

typedef struct
{
  WdAlarmCause    cause;
  WdAlarmPriority priority;
  const char     *unit;  /* (nullable): of the order */
  gint64          since; /* the server's time; 0: now */
  gint64          due;   /* 0: none */
  gboolean        soon;  /* past what the policy warns at */
  gboolean        late;
  gint64          risen; /* since when it is as urgent as it is; 0: now */
} WdAlarmSign;

#define WD_ALARM_MAX_SIGNS 4

/* Who looks, and when. */
typedef struct
{
  const WdActor *actor;
  GTimeZone     *zone; /* the utility's: what “today” is */
  gint64         now;
} WdAlarmView;

/* wd_alarm_read_order:
 * @policy: (nullable): of the order
 * @signs: (out): at most WD_ALARM_MAX_SIGNS
 * @next: (out): when it will be read otherwise though nothing happens; 0 for never
 *
 * Returns: how many signs there are */
guint wd_alarm_read_order (const WdOrder *order, const WdPolicy *policy, const WdAlarmView *view, WdAlarmSign *signs, gint64 *next);

/* wd_alarm_read_desk:
 * @manned: whether somebody is at one of the unit's desks
 * @waiting, @in_hand: orders of the unit
 * @real_now, @bad_since: of one clock that goes with real time; 0: it is not bad
 *
 * A link that comes back within half a minute is no alarm.  Nor is a desk that is shut while its unit has nothing to do:
 * until there are rosters nobody knows when it has to be there.
 *
 * Returns: whether there is one */
gboolean wd_alarm_read_desk (const char *unit, gboolean unmanned, guint waiting, guint in_hand, gint64 bad_since, gint64 real_now, WdAlarmSign *sign);

/* Lost for longer than a minute; @lost_since as above. */
gboolean wd_alarm_read_link (gint64 lost_since, gint64 real_now, WdAlarmSign *sign);

G_END_DECLS
