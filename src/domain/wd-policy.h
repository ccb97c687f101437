/* wd-policy.h — the limits as data: one version of the centre's policy (R86)
 *
 * Peers differ on every number, so none is a constant in C.  Version 1 of an
 * empty store comes from data/policy.json.  An order is pinned to the version
 * that it was received under.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"
#include "wd-words.h"

G_BEGIN_DECLS

/* One rule of a clock.  `starts` and `stops` name verbs; `starts` may carry a
 * qualifier after a colon that wd-clock.c documents (`contact:agreed_at`). */
typedef struct
{
  char    *rule;   /* accept, arrive, … (api §6) */
  char    *clause; /* R20, … */
  GStrv    starts;
  GStrv    stops;
  gint64   limit;      /* milliseconds; 0 where the order or the event says it */
  gint64   warn;       /* milliseconds after the start from which it counts as soon late */
  gboolean soft;       /* shown, not punished */
  gboolean window;     /* its lapse is no breach */
  gboolean site;       /* only where the category needs someone on site */
  gboolean centre;     /* the centre's duty, not the unit's */
  GStrv    categories; /* empty = all */
} WdPolicyRow;
WD_DECLARE_RECORD (WdPolicyRow, wd_policy_row)

typedef struct
{
  char      *id;
  gint64     version;
  gint64     effective;         /* time */
  char      *zone;              /* Asia/Shanghai: numbers, days, months, public texts */
  gint64     crew_margin;       /* P3: arrive starts at accept + this, at the latest */
  gint64     platform_margin;   /* P13 */
  gint64     callback_attempts; /* P14 */
  GPtrArray *rows;              /* WdPolicyRow */
} WdPolicy;
WD_DECLARE_RECORD (WdPolicy, wd_policy)

/* Returns: (transfer none): NULL where the policy has no such rule. */
const WdPolicyRow *wd_policy_find (const WdPolicy *policy, const char *rule);

G_END_DECLS
