/* wd-backup.h — a copy of the store while it is written to, and back
 *
 * The key file is never in it: without that file the copy tells nobody names
 * or telephones, and its chain cannot be computed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-host.h"

G_BEGIN_DECLS

/* Says the pieces of a consistent copy; needs as much room in the data directory meanwhile. */
gboolean wd_backup (const WdHost *host, GError **error);

/* Puts the copy @file to @path, where nothing is yet, as a store of another id: desks drop their copies, and
 * everyone signs in anew.  @keys: of the store that the copy was made of.
 * Errors: G_IO_ERROR_EXISTS, G_IO_ERROR_INVALID_DATA, WD_STORE_ERROR_BROKEN with another store's keys. */
gboolean wd_restore (const char *file, const char *path, WdKeys *keys, gint64 now, GError **error);

G_END_DECLS
