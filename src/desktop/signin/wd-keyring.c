/* wd-keyring.c — tokens in the keyring of whoever sits at this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-keyring.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

static const SecretSchema schema = {
  "org.waterdesk.Waterdesk.Token",
  SECRET_SCHEMA_NONE,
  { { "server", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "user", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

void
wd_keyring_look_up_async (const char *server, const char *user, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  secret_password_lookup (&schema, cancellable, callback, data, "server", server, "user", user, NULL);
}

char *
wd_keyring_look_up_finish (GAsyncResult *result, GError **error)
{
  return secret_password_lookup_finish (result, error);
}

void
wd_keyring_keep_async (const char *server, const char *user, const char *token, GAsyncReadyCallback callback, gpointer data)
{
  /* Translators: user, server: how the keyring's own window names it. */
  g_autofree char *label = g_strdup_printf (_ ("Waterdesk: %1$s at %2$s"), user, server);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, NULL, callback, data, "server", server, "user", user, NULL);
}

gboolean
wd_keyring_keep_finish (GAsyncResult *result, GError **error)
{
  return secret_password_store_finish (result, error);
}

void
wd_keyring_forget_async (const char *server, const char *user, GAsyncReadyCallback callback, gpointer data)
{
  secret_password_clear (&schema, NULL, callback, data, "server", server, "user", user, NULL);
}
