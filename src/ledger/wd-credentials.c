/* wd-credentials.c — the passwords of those who sign in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-credentials.h"

#include <sodium.h>
#include <string.h>

/* clang-format off */
static const WdStatement put_credentials  = { "credentials-put",
  "INSERT INTO credentials (staff, hash, once, changed_at) VALUES ($1, $2, $3, $4) "
  "ON CONFLICT (staff) DO UPDATE SET hash = excluded.hash, once = excluded.once, changed_at = excluded.changed_at" };
static const WdStatement find_credentials = { "credentials-find",
  "SELECT hash, once FROM credentials WHERE staff = $1" };
static const WdStatement keep_credentials = { "credentials-keep",
  "UPDATE credentials SET once = 0 WHERE staff = $1" };
/* clang-format on */

char *
wd_password_hash (const char *password, GError **error)
{
  gsize length = strlen (password);
  char  hash[crypto_pwhash_STRBYTES];

  if (!g_utf8_validate (password, -1, NULL) || g_utf8_strlen (password, -1) < WD_PASSWORD_SHORTEST || length > WD_PASSWORD_LONGEST)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A password has %d characters or more, and %d bytes at most", WD_PASSWORD_SHORTEST, WD_PASSWORD_LONGEST);
      return NULL;
    }
  if (sodium_init () < 0 ||
      crypto_pwhash_str (hash, password, length, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "There is not enough memory to hash a password");
      return NULL;
    }
  return g_strdup (hash);
}

/* Hashed once, of bytes that nobody knows: what an unknown user's password is checked against. */
static const char *
nobody_hash (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      guint8 random[32];
      char  *hash = g_malloc0 (crypto_pwhash_STRBYTES);

      randombytes_buf (random, sizeof random);
      if (crypto_pwhash_str (hash, (const char *)random, sizeof random, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        hash[0] = '\0';
      g_once_init_leave (&once, (gsize)hash);
    }
  return (const char *)once;
}

gboolean
wd_password_check (const char *hash, const char *password)
{
  gsize    length = strlen (password);
  gboolean same;

  if (length > WD_PASSWORD_LONGEST || sodium_init () < 0)
    return FALSE;
  same = crypto_pwhash_str_verify (hash != NULL ? hash : nobody_hash (), password, length) == 0;
  return same && hash != NULL;
}

gboolean
wd_credentials_put (WdStore *store, const char *staff, const char *hash, gboolean once, gint64 now, GError **error)
{
  return wd_store_exec (store, &put_credentials, error, "ttii", staff, hash, (gint64)once, now);
}

char *
wd_credentials_find (WdStore *store, const char *staff, gboolean *once, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (store, &find_credentials, error, "t", staff);

  if (rows == NULL || wd_rows_count (rows) == 0)
    return NULL;
  if (once != NULL)
    *once = wd_rows_int (rows, 0, 1) != 0;
  return g_strdup (wd_rows_text (rows, 0, 0, NULL));
}

gboolean
wd_credentials_keep (WdStore *store, const char *staff, GError **error)
{
  return wd_store_exec (store, &keep_credentials, error, "t", staff);
}
