/* wd-readers.h — reading connections to the store, lent to whoever reads now
 *
 * Grows to as many as are in use at once (the router's threads bound it).
 * Safe from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-reader.h"

G_BEGIN_DECLS

typedef struct _WdReaders WdReaders;

WdReaders *wd_readers_new (const char *url, WdKeys *keys);
void       wd_readers_free (WdReaders *readers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdReaders, wd_readers_free)

WdReader *wd_readers_lend (WdReaders *readers, GError **error);
void      wd_readers_take_back (WdReaders *readers, WdReader *reader);

G_END_DECLS
