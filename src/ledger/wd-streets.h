/* wd-streets.h — streets as lines, that an area is drawn along: reference data outside the chain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"
#include "wd-store.h"

G_BEGIN_DECLS

#define WD_STREETS_MOST 50000 /* lines of one utility */

/* The lines of one file. */
typedef struct _WdStreets WdStreets;
WdStreets                *wd_streets_new (void);
void                      wd_streets_free (WdStreets *self);
void                      wd_streets_add (WdStreets *self, const char *name, const WdPoint *points, guint n_points); /* two points or more */
guint                     wd_streets_count (const WdStreets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdStreets, wd_streets_free)

/* How many are not in force yet, and how many of those in force are not among them; 0: all is as it was. */
gboolean wd_streets_compare (WdStore *store, const WdStreets *streets, guint *changed, GError **error);

/* They come in as an edition of their own, in slices, each in a transaction of the caller's: staged from @first on,
 * at most @n of them; put in force in the place of those before; or given up (NULL: all that are staged). */
gboolean wd_streets_stage (WdStore *store, const WdStreets *streets, const char *edition, guint first, guint n, GError **error);
gboolean wd_streets_enforce (WdStore *store, const char *edition, GError **error);
gboolean wd_streets_give_up (WdStore *store, const char *edition, GError **error);

/* Takes some lines away that are not in force any more, or never were.  @done: (out): there are no more of them */
gboolean wd_streets_sweep (WdStore *store, gboolean *done, GError **error);

/* GET /v1/streets (api §7): what comes into this box. */
GString *wd_streets_in_box (WdStore *store, const WdPoint *south_west, const WdPoint *north_east, GError **error);

G_END_DECLS
