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
 * `export` and `backup` say the bytes of a file; all others lines of NDJSON:
 * {"progress":{"step","done","total"}} any number of times, then {"done":{…}} or {"error":PROBLEM}, an
 * import's with `line` and `column` of what is wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-host.h"

G_BEGIN_DECLS

/* Content type of what @what says.  Returns: (nullable): NULL where there is no such work. */
const char *wd_work_type (const char *what);

/* @args: (element-type utf8 utf8): text by name
 * @fd: -1 where nothing was sent along
 * Returns: whether it was done.  Of NDJSON the last line has said why not (@error is set too); a file that was
 * begun is cut short: whoever passes it on has to break off. */
gboolean wd_work_do (const WdHost *host, const char *what, GHashTable *args, int fd, GError **error);

G_END_DECLS
