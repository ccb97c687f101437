/* wd-password.c — passwords as they rest on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-password.h"

#include <sodium.h>
#include <string.h>

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
