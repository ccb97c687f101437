/* wd-rebuild.h — every derived table made again from the events
 *
 * Objects, what orders are searched by, audience, schedule, numbers: all of it
 * follows from the events and boxes.  One transaction on the ledger's thread, during
 * which commands wait: it is seldom done, and never needed by a store that is well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-host.h"

G_BEGIN_DECLS

typedef struct
{
  gint64   events;
  gboolean same; /* the tables were what the events say */
} WdRebuilt;

/* @keep: FALSE only compares, and leaves all as it is.
 * Errors: WD_STORE_ERROR_BROKEN where the events are not what was written, whose first fault it names: what the
 * tables still hold of them is left alone. */
gboolean wd_rebuild (const WdHost *host, gboolean keep, WdRebuilt *rebuilt, GError **error);

/* All rows of the derived tables, in the order of their keys, a line each. */
typedef void (*WdDumpFunc) (const char *line, gsize length, gpointer data);
gboolean wd_rebuild_dump (WdStore *store, WdDumpFunc func, gpointer data, GError **error);

G_END_DECLS
