/* wd-atlas.h — where everything lies, in memory
 *
 * Customers, open orders, the areas of outages and quality cases, and the units'
 * territories, as the store has them: read from it once, then told of every
 * commit.  Both happen on a thread of its own.  Whoever asks waits until all that
 * was committed before is in.  A point on a border is inside (wd-area.h).
 *
 * Questions may be asked from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"

G_BEGIN_DECLS

typedef struct _WdAtlas WdAtlas;

/* Sees the store as it is now; what is committed later it is told by the ledger (wd_ledger_set_atlas()). */
WdAtlas *wd_atlas_new (const char *url, GError **error);
void     wd_atlas_free (WdAtlas *atlas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAtlas, wd_atlas_free)

/* Who is inside @area (GeoJSON, checked): {"customers","critical"}, as an outage's body has it.
 * The critical ones by class, the most pressing first, then by account.
 * Errors: of the store, when it could not be read. */
char *wd_atlas_affected (WdAtlas *atlas, const char *area, GError **error);

/* The same with "orders": the ids of the open orders there that @actor may see. */
GString *wd_atlas_affected_for (WdAtlas *atlas, const WdActor *actor, const char *area, GError **error);

/* Whether @area meets no territory, and a place of it; FALSE while there is none. */
gboolean wd_atlas_lies_outside (WdAtlas *atlas, const char *area, WdPoint *at);

/* What is known at a place; outages and cases whoever may see them. */
typedef struct
{
  GStrv areas;  /* ids of outages and quality cases that are not over, whose area is around it */
  GStrv cases;  /* … of quality cases without an area yet, reported nearby */
  GStrv orders; /* … of open orders that the asker may see, no farther off than the same problem is (P17), the nearest first */
} WdAtlasPlace;
gboolean wd_atlas_look (WdAtlas *atlas, const WdActor *actor, const WdPoint *point, WdAtlasPlace *place, GError **error);
void     wd_atlas_place_clear (WdAtlasPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdAtlasPlace, wd_atlas_place_clear)

G_END_DECLS
