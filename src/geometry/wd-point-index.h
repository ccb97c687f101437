/* wd-point-index.h — very many points, and which of them lie in an area or near a place
 *
 * A grid fixed to the earth holds the points, so that one far off (a wrong coordinate) costs
 * nothing.  Cells that no border comes into are taken or left as a whole; only the points of the others are looked at.
 * What is inside is what wd_area_contains() says.  1,000,000 points take some 30 MB.
 *
 * Reading is safe from several threads while none writes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area.h"

G_BEGIN_DECLS

typedef struct _WdPointIndex WdPointIndex;

WdPointIndex *wd_point_index_new (void);
void          wd_point_index_free (WdPointIndex *self);

/* @what: (transfer none) (nullable): whatever lies there.  Several may lie at one point, the same several times too. */
void wd_point_index_add (WdPointIndex *self,
                         WdPoint       point,
                         gpointer      what);
/* Takes one of those away.  FALSE where there is none. */
gboolean wd_point_index_remove (WdPointIndex *self,
                                WdPoint       point,
                                gconstpointer what);

guint wd_point_index_get_n (const WdPointIndex *self);

guint wd_point_index_count (const WdPointIndex *self,
                            const WdArea       *area);

/* Returns: (transfer full): what lies inside, in no order; frees nothing of it. */
GPtrArray *wd_point_index_find (const WdPointIndex *self,
                                const WdArea       *area);

typedef struct
{
  gpointer what;
  double   metres;
} WdNear;

/* What lies at most @metres away.  Returns: (transfer full) (element-type WdNear): the nearest first */
GArray *wd_point_index_find_near (const WdPointIndex *self,
                                  WdPoint             point,
                                  double              metres);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPointIndex, wd_point_index_free)

G_END_DECLS
