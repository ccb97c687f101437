/* wd-credentials.h — the passwords of those who sign in (no event, no body)
 *
 * Argon2id (libsodium's own text form, which names its cost).  A row of
 * `credentials` belongs to a staff member's id; who has none cannot sign in.  Hashing and
 * checking take a tenth of a second and 64 MiB each: never on a loop that serves others,
 * and two at once at most.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-store.h"

G_BEGIN_DECLS

#define WD_PASSWORD_SHORTEST 8
#define WD_PASSWORD_LONGEST 1024 /* bytes */

/* G_IO_ERROR_INVALID_ARGUMENT where @password is too short, too long or no UTF-8. */
char *wd_password_hash (const char *password, GError **error);

/* @hash: (nullable): NULL, for an unknown user, takes the same time and is always FALSE. */
gboolean wd_password_check (const char *hash, const char *password);

/* Sets or replaces; within the caller's transaction where one is open.  @staff: id.
 * @once: it has to go at the first sign-in (DIR/first-password) */
gboolean wd_credentials_put (WdStore *store, const char *staff, const char *hash, gboolean once, gint64 now, GError **error);

/* Returns: (transfer full) (nullable): NULL without @error where there is none.  @once: (out) (optional) */
char *wd_credentials_find (WdStore *store, const char *staff, gboolean *once, GError **error);

/* After the first sign-in: what was for once is for good. */
gboolean wd_credentials_keep (WdStore *store, const char *staff, GError **error);

G_END_DECLS
