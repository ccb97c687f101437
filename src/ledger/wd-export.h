/* wd-export.h — orders as a table that can be imported again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-host.h"

G_BEGIN_DECLS

/* Says pieces of CSV in the format of the import, oldest first.
 * @callers: (nullable): why callers are to be in it in clear; each order's is then a look, and an event (R76).
 * Without it their columns stay empty. */
gboolean wd_export_orders (const WdHost *host, const char *callers, GError **error);

G_END_DECLS
