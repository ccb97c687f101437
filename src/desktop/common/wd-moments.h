/* wd-moments.h — when orders will stand differently though nothing happens to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WdMoments WdMoments;

WdMoments *wd_moments_new (void);
void       wd_moments_free (WdMoments *self);

/**
 * wd_moments_set:
 * @at: server time in milliseconds; 0: none, the order is forgotten; %G_MAXINT64: it is kept, and never due
 *
 * An order has one moment: the last that was set. @id may be one that wd_moments_list() gave.
 */
void wd_moments_set (WdMoments *self, const char *id, gint64 at);

/**
 * wd_moments_take_due:
 *
 * Returns: (transfer full) (nullable): the order whose moment is the earliest of those at or before @now; it is forgotten
 */
char *wd_moments_take_due (WdMoments *self, gint64 now);

/**
 * wd_moments_list:
 *
 * Returns: (transfer full) (element-type utf8): the ids of all that are kept, copies, the earliest first
 */
GPtrArray *wd_moments_list (WdMoments *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdMoments, wd_moments_free)

G_END_DECLS
