/* wd-keys-seal.c — what is sealed, hashed and signed with the keys
 *
 * A sealed text is a random nonce of 24 bytes, the text under
 * XChaCha20-Poly1305 and its tag.  A wrapped object key has the id of its key
 * (4 bytes, little end first) in front of the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-keys-private.h"

#include <sodium.h>
#include <string.h>

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HASH_BYTES 32
#define ID_BYTES 4

/* Nonce, then the sealed text with its tag; @head bytes are left free in front. */
static GBytes *
seal (const guint8 *key, gsize head, const guint8 *text, gsize length, const char *about, gsize about_length, guint32 head_value)
{
  gsize   size = head + NONCE_BYTES + length + TAG_BYTES;
  guint8 *out = g_malloc (size);
  guint32 little = GUINT32_TO_LE (head_value);

  memcpy (out, &little, head);
  randombytes_buf (out + head, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out + head + NONCE_BYTES, NULL, text, length, (const guint8 *)about, about_length, NULL, out + head, key);
  return g_bytes_new_take (out, size);
}

static guint8 *
unseal (const guint8 *key, const guint8 *sealed, gsize size, const char *about, gsize about_length, gsize *length, GError **error)
{
  guint8 *text;

  if (size < NONCE_BYTES + TAG_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The box is too short");
      return NULL;
    }
  *length = size - NONCE_BYTES - TAG_BYTES;
  text = g_malloc0 (*length + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (text, NULL, NULL, sealed + NONCE_BYTES, size - NONCE_BYTES, (const guint8 *)about, about_length, sealed, key) != 0)
    {
      g_free (text);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The box does not open: it is damaged, or not of this key file");
      return NULL;
    }
  return text;
}

GBytes *
wd_keys_new_object_key (WdKeys *keys, const char *object, GBytes **wrapped)
{
  guint8      *own = g_malloc (WD_KEY_BYTES);
  const WdKey *key = wd_keys_last (keys);

  randombytes_buf (own, WD_KEY_BYTES);
  *wrapped = seal (key->subkeys[WD_KEY_WRAP], ID_BYTES, own, WD_KEY_BYTES, object, strlen (object), key->id);
  return g_bytes_new_take (own, WD_KEY_BYTES);
}

GBytes *
wd_keys_unwrap_object_key (WdKeys *keys, const char *object, GBytes *wrapped, GError **error)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (wrapped, &size);
  const WdKey  *key;
  guint8       *own;
  guint32       id;

  if (size != ID_BYTES + NONCE_BYTES + WD_KEY_BYTES + TAG_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The key of %s is damaged", object);
      return NULL;
    }
  memcpy (&id, data, ID_BYTES);
  key = wd_keys_find (keys, GUINT32_FROM_LE (id), error);
  if (key == NULL)
    return NULL;
  own = unseal (key->subkeys[WD_KEY_WRAP], data + ID_BYTES, size - ID_BYTES, object, strlen (object), &size, error);
  return own != NULL ? g_bytes_new_take (own, WD_KEY_BYTES) : NULL;
}

/* Each text with its end, so that no two lists of texts read alike. */
static GString *
about_box (const char *object, const char *box, const char *field)
{
  GString *about = g_string_new (NULL);

  g_string_append_len (about, object, strlen (object) + 1);
  g_string_append_len (about, box, strlen (box) + 1);
  return g_string_append_len (about, field, strlen (field) + 1);
}

GBytes *
wd_keys_seal (GBytes *object_key, const char *object, const char *box, const char *field, const char *text)
{
  g_autoptr (GString) about = about_box (object, box, field);

  g_return_val_if_fail (g_bytes_get_size (object_key) == WD_KEY_BYTES, NULL);
  return seal (g_bytes_get_data (object_key, NULL), 0, (const guint8 *)text, strlen (text), about->str, about->len, 0);
}

char *
wd_keys_open (GBytes *object_key, const char *object, const char *box, const char *field, GBytes *sealed, GError **error)
{
  g_autoptr (GString) about = about_box (object, box, field);
  gsize               size, length;
  const guint8       *data = g_bytes_get_data (sealed, &size);

  g_return_val_if_fail (g_bytes_get_size (object_key) == WD_KEY_BYTES, NULL);
  return (char *)unseal (g_bytes_get_data (object_key, NULL), data, size, about->str, about->len, &length, error);
}

/* ---- hashes ---- */

static void
hash_sized (crypto_generichash_state *state, GBytes *bytes)
{
  gsize         size = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  guint64       little = GUINT64_TO_LE ((guint64)size);

  crypto_generichash_update (state, (const guint8 *)&little, sizeof little);
  if (size > 0)
    crypto_generichash_update (state, data, size);
}

GBytes *
wd_keys_chain (WdKeys *keys, guint key, GBytes *before, GBytes *public_bytes, GError **error)
{
  const WdKey             *found = wd_keys_find (keys, key, error);
  crypto_generichash_state state;
  guint8                   hash[HASH_BYTES];

  if (found == NULL)
    return NULL;
  crypto_generichash_init (&state, found->subkeys[WD_KEY_CHAIN], WD_KEY_BYTES, HASH_BYTES);
  hash_sized (&state, before);
  hash_sized (&state, public_bytes);
  crypto_generichash_final (&state, hash, HASH_BYTES);
  return g_bytes_new (hash, HASH_BYTES);
}

char *
wd_keys_normal_phone (const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean            plus = FALSE;
  const char         *start;

  for (const char *p = phone; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (digits, '0' + g_unichar_digit_value (c));
      else if ((c == '+' || c == 0xff0b) && digits->len == 0)
        plus = TRUE;
    }
  start = digits->str;
  if (g_str_has_prefix (start, "0086"))
    start += 4;
  else if (g_str_has_prefix (start, "86") && (plus || strlen (start) == 13))
    start += 2;
  if (*start == '0' && strlen (start) > 3)
    start++;
  return *start != '\0' ? g_strdup (start) : NULL;
}

GBytes *
wd_keys_phone (WdKeys *keys, const char *phone)
{
  g_autofree char *normal = wd_keys_normal_phone (phone);
  guint8           hash[HASH_BYTES];

  if (normal == NULL)
    return NULL;
  crypto_generichash (hash, HASH_BYTES, (const guint8 *)normal, strlen (normal), wd_keys_first (keys)->subkeys[WD_KEY_PHONE], WD_KEY_BYTES);
  return g_bytes_new (hash, HASH_BYTES);
}

/* ---- signed times: TIME-KEY-HASH ---- */

static char *
sign_time (const WdKey *key, gint64 time)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "-%u", time, key->id);
  guint8           hash[HASH_BYTES];
  char             hex[2 * HASH_BYTES + 1];

  crypto_generichash (hash, HASH_BYTES, (const guint8 *)text, strlen (text), key->subkeys[WD_KEY_TIME], WD_KEY_BYTES);
  sodium_bin2hex (hex, sizeof hex, hash, HASH_BYTES);
  return g_strconcat (text, "-", hex, NULL);
}

char *
wd_keys_sign_time (WdKeys *keys, gint64 time)
{
  return sign_time (wd_keys_last (keys), time);
}

gboolean
wd_keys_check_time (WdKeys *keys, const char *anchor, gint64 *time)
{
  g_autofree char *again = NULL;
  char            *end;
  gint64           value = g_ascii_strtoll (anchor, &end, 10);
  guint64          id;
  const WdKey     *key;

  if (end == anchor || *end != '-')
    return FALSE;
  id = g_ascii_strtoull (end + 1, &end, 10);
  if (*end != '-' || id > G_MAXUINT)
    return FALSE;
  key = wd_keys_find (keys, (guint)id, NULL);
  if (key == NULL)
    return FALSE;
  again = sign_time (key, value);
  if (strlen (again) != strlen (anchor) || sodium_memcmp (again, anchor, strlen (again)) != 0)
    return FALSE;
  *time = value;
  return TRUE;
}
