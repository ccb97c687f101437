/* wd-alarm-bell.h — which sound is due now
 *
 * Three sounds, told apart by rhythm alone.  A new order at a unit's desk: at once, then every 10 seconds until it is
 * accepted or returned, every 5 once it is soon late.  What is urgent: every 15 seconds until seen.  The link is
 * lost: once, then every 5 minutes until it is back.  Silence holds sounds back for a while; a new urgent alarm is
 * heard once all the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-book.h"

G_BEGIN_DECLS

typedef enum
{
  WD_SOUND_NONE,
  WD_SOUND_ORDER,
  WD_SOUND_URGE,
  WD_SOUND_CUT,
  WD_N_SOUNDS
} WdSound;

/* All times in milliseconds of one clock that goes with real time; begins as zeros. */
typedef struct
{
  gint64 struck[WD_N_SOUNDS]; /* when last; 0: not since it was last due */
  gint64 last;                /* when any was */
  gint64 silent_until;
  guint  urgent_rises; /* of the book, those that were heard or seen */
  guint  orders_risen; /* of the orders that wait here: the rise that was heard last */

  gboolean link_alone; /* nobody is signed in: no other alarm is called out */
} WdBell;

/* @unit: (nullable): whose desk it is.  Returns: what is to be played now */
WdSound wd_bell_strike (WdBell *bell, WdAlarmBook *book, const char *unit, gint64 now);

/* Whether any would sound if it were not silent. */
gboolean wd_bell_wants (WdAlarmBook *book, const char *unit);

G_END_DECLS
