/* wd-step.h — what an event amounts to, in the words that a policy's rows use
 *
 * A row's `starts` and `stops` name a verb, or a verb and what came of it:
 *   accept:margin         starts P3's margin after the acceptance
 *   assign:earlier        never starts a clock: lets the running one begin earlier (P3)
 *   contact:agreed_at     a new time was agreed; as a start, the clock is due then (R23)
 *   rule-return:dispatch  the ruling sent the order to a unit again
 *   visit:closed          the callback ended the order
 *   visit:redo            the callback sent it back to be done again (R49-R51)
 *
 * Private to domain/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-event.h"
#include "wd-order.h"
#include "wd-policy.h"

G_BEGIN_DECLS

typedef enum
{
  WD_VISIT_RESULT_AGAIN, /* nobody reached: stays finished (P14) */
  WD_VISIT_RESULT_CLOSED,
  WD_VISIT_RESULT_REDO
} WdVisitResult;

typedef struct
{
  const char   *verb;
  const char   *qualified;  /* (nullable) */
  gboolean      ends;       /* closes or merges: nothing runs on */
  gint64        at;         /* of what it stops, and of what it starts for the giver's own side */
  gint64        entered_at; /* of what it starts for somebody else (api §4) */
  const char   *by_unit;    /* NULL = the centre's people */
  gboolean      by_server;
  gboolean      imported; /* from a file: a clock that it starts too late is marked at once, without an event */
  gint64        agreed_at;
  WdVisitResult visit;
} WdStep;

/* When what stops a clock was done: what is not proved counts from when it was entered (P2, api §4). */
gint64 wd_event_counted_at (const WdEvent *event);

/* @order: (nullable): as it stood before @event.  The step borrows from @event. */
void wd_step_init (WdStep *step, const WdOrder *order, const WdEvent *event, const WdPolicy *policy);

/* Whether @step is what a row means by @key. */
/* What a link hangs an order on: another order (it is merged then), an outage or a quality case. */
WdObjectKind wd_step_link_kind (const WdEvent *event);

gboolean wd_step_is (const WdStep *step, const char *key);

G_END_DECLS
