/* wd-keyring.h — tokens in the keyring of whoever sits at this computer
 *
 * One for each pair of server and user.  Where there is no keyring all of these fail, and the token
 * lives as long as the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): NULL without @error where none is kept */
void  wd_keyring_look_up_async (const char *server, const char *user, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *wd_keyring_look_up_finish (GAsyncResult *result, GError **error);

void     wd_keyring_keep_async (const char *server, const char *user, const char *token, GAsyncReadyCallback callback, gpointer data);
gboolean wd_keyring_keep_finish (GAsyncResult *result, GError **error);

/* Without a callback nobody waits for it. */
void wd_keyring_forget_async (const char *server, const char *user, GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
