/* wd-area-index.h — many areas by name, and which of them are around a point
 *
 * A list of the boxes around them, looked through from end to end: of 1,000 areas that takes a
 * few thousandths of a millisecond, so no tree is kept up to date.
 *
 * Reading is safe from several threads while none writes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area.h"

G_BEGIN_DECLS

typedef struct _WdAreaIndex WdAreaIndex;

WdAreaIndex *wd_area_index_new (void);
void         wd_area_index_free (WdAreaIndex *self);

/* Sets, replaces or (NULL) removes the area @name.  @area: (transfer full) (nullable) */
void wd_area_index_put (WdAreaIndex *self,
                        const char  *name,
                        WdArea      *area);

guint wd_area_index_get_n (const WdAreaIndex *self);

/* Returns: (transfer full): the names of those around @point, in no order; an empty list where there is none */
GStrv wd_area_index_find (const WdAreaIndex *self,
                          WdPoint            point);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAreaIndex, wd_area_index_free)

G_END_DECLS
