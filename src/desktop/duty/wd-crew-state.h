/* wd-crew-state.h — what a crew does now, told from the orders of its unit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

G_BEGIN_DECLS

typedef struct
{
  char    *id;
  char    *name;
  char    *people; /* (nullable): 钱宇等 2 人 */
  char    *words;  /* free, on the way, on site */
  char    *order;  /* (nullable): which order, in words; with how many more */
  gboolean free;
} WdCrewState;

/* All crews of @unit, by name.  @in_hand: the orders that it has accepted.
 * Returns: (transfer full) (element-type WdCrewState) */
GPtrArray *wd_crew_states (WdDesk *desk, const char *unit, GListModel *in_hand);

G_END_DECLS
