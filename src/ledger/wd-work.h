/* wd-work.h — the administration's work by name, whoever asks for it
 *
 *   import        kind (units, customers, orders, tiles), theme; the file is @fd
 *   export        kind (orders), callers (why they are to be in clear)
 *   backup
 *   verify        state=1: also whether the derived tables are what the events say
 *   rebuild
 *   user-add      name, role, unit, display; the password is the content of @fd
 *   user-disable  name
 *   user-list
 *
 * What is said is NDJSON: {"progress":{"step","done","total"}} any number of times; of `export` and
 * `backup` {"piece":BASE64}, the bytes of a file; of `user-list` {"user":{…}}; last of all {"done":{…}} or
 * {"error":PROBLEM}, an import's with `line` and `column` of what is wrong.  An answer without
 * such a last line was cut off.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-host.h"

G_BEGIN_DECLS

#define WD_WORK_CONTENT_TYPE "application/x-ndjson"

gboolean wd_work_is_known (const char *what);
/* Whether it makes sense where there is no store yet. */
gboolean wd_work_begins_store (const char *what);

/* @args: (element-type utf8 utf8): text by name
 * @fd: -1 where nothing was sent along
 * Returns: whether it was done; why not, the last line has said too. */
gboolean wd_work_do (const WdHost *host, const char *what, GHashTable *args, int fd, GError **error);

G_END_DECLS
