/* wd-clock.h — the clocks of an order: a pure function of its steps and the policy
 *
 * Nothing here asks for the time.  A row starts at most one clock at a time;
 * a start whose rule is running already is no start.  Clocks stand in the
 * order of their started_at.
 *
 * Whose duty a clock is: none for the centre's; the unit that the order is
 * with for those that end when it gives the order back; and for those that run
 * on then (`finish`, `cover`: P9) the lead, who answers for it until another unit accepts
 * (P8), before the first acceptance the unit that the order is with, NULL while it is with none.
 *
 * Private to domain/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-step.h"

G_BEGIN_DECLS

/* Stops what @step stops; then starts what it starts, for the @order as it stands after it. */
void wd_clocks_stop (WdOrder *order, const WdStep *step);
void wd_clocks_start (WdOrder *order, const WdPolicy *policy, const WdStep *step);

/* After another category: clocks that no longer apply stop, those that now do begin. */
void wd_clocks_refit (WdOrder *order, const WdPolicy *policy, const WdStep *step);

/* Whether @step will stop the running @clock. */
gboolean wd_clock_is_stopped_by (const WdClock *clock, const WdStep *step);

/* The limits of @order were changed for the rules of @given (a{sx}): what runs is due anew.
 * A breach stands where the new limit has passed too, else the clock may run out again. */
void wd_clocks_set_limits (WdOrder *order, GVariant *given, gint64 now);

/* A breach of the running clock of @rule, or that breach lifted. */
void wd_clocks_mark (WdOrder *order, const char *rule, gboolean breached);

/* What a merge stopped runs on as if it never had been. */
void wd_clocks_resume (WdOrder *order);

G_END_DECLS
