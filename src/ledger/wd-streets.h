/* wd-streets.h — streets as lines, that an area is drawn along: reference data outside the chain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"
#include "wd-store.h"

G_BEGIN_DECLS

#define WD_STREETS_MOST 50000 /* lines of one utility */

/* Adds one line to what wd_streets_put() takes.  @points: two or more */
typedef struct _WdStreets WdStreets;
WdStreets                *wd_streets_new (void);
void                      wd_streets_free (WdStreets *self);
void                      wd_streets_add (WdStreets *self, const char *name, const WdPoint *points, guint n_points);
guint                     wd_streets_count (const WdStreets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdStreets, wd_streets_free)

/* These instead of all that were there, within the caller's transaction.
 * @changed: (out): how many were not there before, and how many of those before are not any more; 0: all is as it was */
gboolean wd_streets_put (WdStore *store, const WdStreets *streets, guint *changed, GError **error);

/* GET /v1/streets (api §7): what comes into this box. */
GString *wd_streets_in_box (WdStore *store, const WdPoint *south_west, const WdPoint *north_east, GError **error);

G_END_DECLS
