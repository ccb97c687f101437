/* wd-facts.h — what speaks for and against giving orders to a unit
 *
 * Only what the server refuses too is refused here (state, a closed unit); territory, category,
 * duty and load are advice and never block (api §4).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-standing.h"
#include "wd-unit-card.h"

G_BEGIN_DECLS

/* A unit's crews, and those of them that are sent nowhere; as the desk's copy says. */
typedef struct
{
  guint free;
  guint all;
} WdCrewCount;

WdCrewCount wd_facts_count_crews (WdDesk *desk, const char *unit);

/* @ids: NULL-terminated.  Returns: (transfer full) (element-type WdFact) */
GPtrArray *wd_facts_about (WdDesk *desk, const char *const *ids, WdUnitItem *unit);

/* Why these may not be given to that unit at all; NULL if they may. (transfer full) */
char *wd_facts_refusal (WdDesk *desk, const char *const *ids, WdUnitItem *unit);

/* Whether an order is with a unit, so that giving it to another one is a redirect. */
gboolean wd_facts_is_away (const WdOrder *order);

/* How well a unit fits, rising is better: territory, category, duty, then load.  One without a territory is there for every place
 * that a matter of its own kind is at. */
int wd_facts_fit (WdDesk *desk, const char *const *ids, WdUnitItem *unit);

G_END_DECLS
