/* wd-seal.h — short texts that rest on disk sealed
 *
 * Under a key that is made of a secret and of what the text is about, so that one row can't stand in another's place.  The secret has to be
 * one that nobody can guess, such as a session's token: it is not stretched, as a password would have to be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): another one each time */
char *wd_seal_text (const char *secret, const char *about, const char *text);

/* Returns: (transfer full) (nullable): NULL where it was sealed otherwise, or was changed */
char *wd_seal_open (const char *secret, const char *about, const char *sealed);

G_END_DECLS
