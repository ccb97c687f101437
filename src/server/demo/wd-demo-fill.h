/* wd-demo-fill.h — puts the made-up city into an empty demo store
 *
 * Units, crews, staff with their passwords by commands like any other; customers and streets as
 * reference data.  The same every time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city.h"
#include "wd-ledger.h"

G_BEGIN_DECLS

/* Does nothing in a store that has units already. */
gboolean wd_demo_fill (const WdCity *city, WdLedger *ledger, gint64 now, GError **error);

/* A command of the demo's own, as an entry.  @members: floating, taken */
WdEntry *wd_demo_entry (const WdActor *actor, const char *id, WdVerb verb, const char *object, GVariant *members);

/* Ids of the demo's own things: the same every time. */
char *wd_demo_id (const char *kind, guint n);

G_END_DECLS
