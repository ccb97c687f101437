/* wd-seal.c — short texts that rest on disk sealed: libsodium's secretbox, its nonce in front, as base64
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-seal.h"

#include <sodium.h>
#include <string.h>

static void
make_key (const char *secret, const char *about, guint8 *key)
{
  crypto_generichash_state state;

  if (sodium_init () < 0)
    g_error ("libsodium can't be used");
  crypto_generichash_init (&state, NULL, 0, crypto_secretbox_KEYBYTES);
  crypto_generichash_update (&state, (const guint8 *)secret, strlen (secret) + 1);
  crypto_generichash_update (&state, (const guint8 *)about, strlen (about));
  crypto_generichash_final (&state, key, crypto_secretbox_KEYBYTES);
}

char *
wd_seal_text (const char *secret, const char *about, const char *text)
{
  guint8             key[crypto_secretbox_KEYBYTES];
  gsize              size = strlen (text);
  g_autofree guint8 *sealed = g_malloc (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + size);

  make_key (secret, about, key);
  randombytes_buf (sealed, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (sealed + crypto_secretbox_NONCEBYTES, (const guint8 *)text, size, sealed, key);
  sodium_memzero (key, sizeof key);
  return g_base64_encode (sealed, crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + size);
}

char *
wd_seal_open (const char *secret, const char *about, const char *sealed)
{
  guint8             key[crypto_secretbox_KEYBYTES];
  gsize              size;
  g_autofree guint8 *bytes = g_base64_decode (sealed, &size);
  g_autofree char   *text = NULL;
  int                wrong;

  if (size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
    return NULL;
  size -= crypto_secretbox_NONCEBYTES;
  text = g_malloc0 (size - crypto_secretbox_MACBYTES + 1);
  make_key (secret, about, key);
  wrong = crypto_secretbox_open_easy ((guint8 *)text, bytes + crypto_secretbox_NONCEBYTES, size, bytes, key);
  sodium_memzero (key, sizeof key);
  return wrong == 0 ? g_steal_pointer (&text) : NULL;
}
