/* wd-territory.h — which unit a place belongs to
 *
 * An index in memory of the units' territories.  Where several lie around a
 * point, the unit whose polygon there is the smallest has it (P27): an enclave wins over the
 * country around it.  A point on a common border is inside both; sizes within
 * a square metre are a tie, which the centre decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area.h"

G_BEGIN_DECLS

typedef struct _WdTerritories WdTerritories;

WdTerritories *wd_territories_new (void);
void           wd_territories_free (WdTerritories *self);

/* Sets, replaces or (NULL) removes the territory of the unit @code.  @area: (transfer full) */
void wd_territories_put (WdTerritories *self,
                         const char    *code,
                         WdArea        *area);

guint wd_territories_get_n (const WdTerritories *self);

/* Returns: (nullable) (transfer none): code of the unit that has @point, of a tie the first by code. */
const char *wd_territories_find (const WdTerritories *self,
                                 WdPoint              point);

/* Returns: (transfer container): codes of all units around @point, NULL-terminated, smallest
 * polygon first, those of the same size by code.  @n_tied: (optional): how many at the front are of the same size: 0 with none,
 * 1 where the rule decides, more where the centre has to. */
const char **wd_territories_find_all (const WdTerritories *self,
                                      WdPoint              point,
                                      guint               *n_tied);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdTerritories, wd_territories_free)

G_END_DECLS
