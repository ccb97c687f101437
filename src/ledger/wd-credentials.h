/* wd-credentials.h — the passwords of those who sign in (no event, no body)
 *
 * A row of `credentials` belongs to a staff member's id; who has none cannot sign in.  Hashes are
 * those of wd-password.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-store.h"

G_BEGIN_DECLS

/* Sets or replaces; within the caller's transaction where one is open.  @staff: id.
 * @once: it has to go at the first sign-in (DIR/first-password) */
gboolean wd_credentials_put (WdStore *store, const char *staff, const char *hash, gboolean once, gint64 now, GError **error);

/* Returns: (transfer full) (nullable): NULL without @error where there is none.  @once: (out) (optional) */
char *wd_credentials_find (WdStore *store, const char *staff, gboolean *once, GError **error);

/* After the first sign-in: what was for once is for good. */
gboolean wd_credentials_keep (WdStore *store, const char *staff, GError **error);

G_END_DECLS
