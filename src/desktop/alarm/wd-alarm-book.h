/* wd-alarm-book.h — the alarms that stand at a desk, and those that are over
 *
 * One for each cause, which is a duty and the unit whose duty it is; it counts up the matters (orders) that it stands for.
 * New until a person has seen it; over, by itself, when its cause is gone.  A matter that joins it, or
 * becomes more urgent, makes it new again.
 *
 * A person may shelve it for an hour at most, with a reason: it comes back by itself, as new, and at once where it becomes
 * more urgent than what was shelved.  Kept in memory alone: another start of the program shows all that stands, and nothing that is over.
 *
 * All times are the server's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-sign.h"

G_BEGIN_DECLS

#define WD_ALARM_MAX_SHELVED 60 /* minutes */

typedef enum
{
  WD_ALARM_NEW,
  WD_ALARM_SEEN,
  WD_ALARM_SHELVED,
  WD_ALARM_OVER
} WdAlarmState;

typedef struct
{
  char           *key;
  WdAlarmCause    cause;
  char           *unit;     /* (nullable) */
  WdAlarmPriority priority; /* of its most urgent matter */
  gboolean        seen;
  guint           risen;                    /* when it last became new, counted over all of the book */
  guint           n[WD_ALARM_N_PRIORITIES]; /* its matters, by priority */
  guint           n_late;
  guint           n_ever; /* matters that ever joined it */
  GSequence      *matters;
  gint64          begun;
  gint64          ended;         /* 0: it stands; the matter that left last is kept with it */
  gint64          shelved_until; /* 0: it is not */
  WdAlarmPriority shelved_priority;
  char           *shelved_reason;
} WdAlarm;

typedef struct
{
  char       *id; /* of the order; for a unit's desk and the link nobody's */
  WdAlarmSign sign;
} WdAlarmMatter;

WdAlarmState         wd_alarm_get_state (const WdAlarm *alarm);
guint                wd_alarm_count (const WdAlarm *alarm);
const WdAlarmMatter *wd_alarm_first (const WdAlarm *alarm); /* the most urgent */
/* All, the most urgent first.  Returns: (transfer full) */
GStrv wd_alarm_list_ids (const WdAlarm *alarm);

typedef struct _WdAlarmBook WdAlarmBook;

WdAlarmBook *wd_alarm_book_new (void);
void         wd_alarm_book_free (WdAlarmBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAlarmBook, wd_alarm_book_free)

/* What is to be said of @id, in place of what was.  Returns: whether anything changed */
gboolean wd_alarm_book_put (WdAlarmBook *book, const char *id, const WdAlarmSign *signs, guint n, gint64 now);

/* Those that stand and are not shelved.  Most urgent first: by priority, the new ones before those seen, then by what is due first.
 * Returns: (transfer none) (element-type WdAlarm): until the next change; so do the two others */
GPtrArray *wd_alarm_book_list (WdAlarmBook *book);
GPtrArray *wd_alarm_book_list_shelved (WdAlarmBook *book); /* what comes back first, first */
GPtrArray *wd_alarm_book_list_over (WdAlarmBook *book);    /* the last one last, and not more than some hundred */

/* Those that stand, shelved or not. */
WdAlarm *wd_alarm_book_find (WdAlarmBook *book, const char *key);
/* But not a shelved one. */
WdAlarm *wd_alarm_book_find_cause (WdAlarmBook *book, WdAlarmCause cause, const char *unit);

/* Matters, not causes. */
guint wd_alarm_book_count (WdAlarmBook *book, WdAlarmPriority priority);
guint wd_alarm_book_count_urgent_rises (WdAlarmBook *book); /* since it was made; without the link's */

/* How often alarms became new within the last ten minutes: by when they did, not by when this desk came to know of it. */
guint wd_alarm_book_count_rises (WdAlarmBook *book, gint64 now);

/* A person has looked at it. */
void wd_alarm_book_see (WdAlarmBook *book, const char *key);

/* A person hides it for so many minutes, or takes it back. */
void wd_alarm_book_shelve (WdAlarmBook *book, const char *key, guint minutes, const char *reason, gint64 now);
void wd_alarm_book_take_back (WdAlarmBook *book, const char *key);

/* Returns: whether a shelved one has come back */
gboolean wd_alarm_book_tick (WdAlarmBook *book, gint64 now);

G_END_DECLS
