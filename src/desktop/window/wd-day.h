/* wd-day.h — what the day has been so far, counted from the desk's own copy
 *
 * The copy has all that is open and what was closed in the last 30 days (api §5), so that a day is whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

G_BEGIN_DECLS

typedef struct
{
  guint received; /* since midnight in the utility's zone */
  guint accepted; /* by the desk's own unit */
  guint finished; /* by units, or answered at once */
} WdDayCounts;

typedef struct _WdDay WdDay;

/* Follows @desk from now on. */
WdDay *wd_day_new (WdDesk *desk);
void   wd_day_free (WdDay *self);

/**
 * wd_day_count:
 *
 * Reads every order once, when it is asked first, after midnight and after a reset; else it knows.
 */
WdDayCounts wd_day_count (WdDay *self);

G_END_DECLS
