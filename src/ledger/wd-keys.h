/* wd-keys.h — the key file: seals private fields, keys the chain and the look-ups
 *
 * A list of keys, mode 0600, made at first start, never in the store nor in a backup
 * (api §2).  Rotation adds keys and removes none; each sealed thing
 * names the key that it used.  Safe to use from several threads once loaded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WdKeys WdKeys;

/* Makes the file where it is missing and @create is set.  Refuses one that others can read. */
WdKeys *wd_keys_load (const char *path, gboolean create, GError **error);
WdKeys *wd_keys_ref (WdKeys *keys);
void    wd_keys_unref (WdKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdKeys, wd_keys_unref)
gboolean wd_keys_rotate (WdKeys *keys, GError **error);

/* The id of the key in use for what is sealed or chained from now on. */
guint wd_keys_current (WdKeys *keys);

/* An object's own key, and it wrapped by the key file for the store (`object_keys`). */
GBytes *wd_keys_new_object_key (WdKeys *keys, const char *object, GBytes **wrapped);
GBytes *wd_keys_unwrap_object_key (WdKeys *keys, const char *object, GBytes *wrapped, GError **error);

/* XChaCha20-Poly1305 with object, box id and field as additional data. */
GBytes *wd_keys_seal (GBytes *object_key, const char *object, const char *box, const char *field, const char *text);
char   *wd_keys_open (GBytes *object_key, const char *object, const char *box, const char *field, GBytes *sealed, GError **error);

/* Keyed BLAKE2b-256: a link of the chain; a telephone number (normalised: digits, without +86 or a leading 0 before an area code) for exact look-up; a signed time. */
GBytes  *wd_keys_chain (WdKeys *keys, guint key, GBytes *before, GBytes *public_bytes, GError **error);
GBytes  *wd_keys_phone (WdKeys *keys, const char *phone); /* NULL where @phone has no digit; the same for ever, whatever is rotated */
char    *wd_keys_normal_phone (const char *phone);        /* NULL where it has no digit */
char    *wd_keys_sign_time (WdKeys *keys, gint64 time);
gboolean wd_keys_check_time (WdKeys *keys, const char *anchor, gint64 *time);

G_END_DECLS
