/* wd-alarm-book.h — the alarms that stand at a desk
 *
 * One for each cause, which is a duty and the unit whose duty it is; it counts up the matters (orders) that it stands for.
 * New until a person has seen it; it goes by itself when its cause is gone.  A matter that joins it, or
 * becomes more urgent, makes it new again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-sign.h"

G_BEGIN_DECLS

typedef struct
{
  char           *key;
  WdAlarmCause    cause;
  char           *unit;     /* (nullable) */
  WdAlarmPriority priority; /* of its most urgent matter */
  gboolean        seen;
  guint           rises;                    /* how often it became new */
  guint           n[WD_ALARM_N_PRIORITIES]; /* its matters, by priority */
  guint           n_late;
  GSequence      *matters;
} WdAlarm;

typedef struct
{
  char       *id; /* of the order; for a unit's desk and the link nobody's */
  WdAlarmSign sign;
} WdAlarmMatter;

guint                wd_alarm_count (const WdAlarm *alarm);
const WdAlarmMatter *wd_alarm_first (const WdAlarm *alarm); /* the most urgent */
/* All, the most urgent first.  Returns: (transfer full) */
GStrv wd_alarm_list_ids (const WdAlarm *alarm);

typedef struct _WdAlarmBook WdAlarmBook;

WdAlarmBook *wd_alarm_book_new (void);
void         wd_alarm_book_free (WdAlarmBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAlarmBook, wd_alarm_book_free)

/* What is to be said of @id, in place of what was.  Returns: whether anything changed */
gboolean wd_alarm_book_put (WdAlarmBook *book, const char *id, const WdAlarmSign *signs, guint n);

/* Most urgent first: by priority, the new ones before those seen, then by what is due first.
 * Returns: (transfer none) (element-type WdAlarm): until the next change */
GPtrArray *wd_alarm_book_list (WdAlarmBook *book);
WdAlarm   *wd_alarm_book_find (WdAlarmBook *book, const char *key);
WdAlarm   *wd_alarm_book_find_cause (WdAlarmBook *book, WdAlarmCause cause, const char *unit);

/* Matters, not causes. */
guint wd_alarm_book_count (WdAlarmBook *book, WdAlarmPriority priority);
guint wd_alarm_book_count_urgent_rises (WdAlarmBook *book); /* since it was made */

/* A person has looked at it. */
void wd_alarm_book_see (WdAlarmBook *book, const char *key);

G_END_DECLS
