/* wd-password.h — passwords as they rest on disk
 *
 * Argon2id (libsodium's own text form, which names its cost).  Hashing and checking take a tenth of a
 * second and 64 MiB each: never on a loop that serves others, and two at once at most.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_PASSWORD_SHORTEST 8
#define WD_PASSWORD_LONGEST 1024 /* bytes */

/* G_IO_ERROR_INVALID_ARGUMENT where @password is too short, too long or no UTF-8. */
char *wd_password_hash (const char *password, GError **error);

/* @hash: (nullable): NULL, for an unknown user, takes the same time and is always FALSE. */
gboolean wd_password_check (const char *hash, const char *password);

G_END_DECLS
