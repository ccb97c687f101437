/* wd-keys.c — the key file: read, made, added to
 *
 * The file holds a line `ID HEX` for each key, the newest last; a line that
 * starts with # says what the file is.  No key is used as it is: each purpose
 * has a subkey of its own (BLAKE2b key derivation).  What was wrapped, chained
 * or signed names its key; only the telephone hash has to stay the same for
 * ever, so it is made with the oldest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-keys-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_LIMIT (1 << 20)
#define FILE_HEAD "# The keys of a Waterdesk store.  Keep a copy in a safe place, apart from the backups.\n"

static const char *const contexts[WD_KEY_PURPOSES] = { "wd-wrap_", "wd-chain", "wd-phone", "wd-time_" };

static void
key_free (WdKey *key)
{
  sodium_memzero (key, sizeof *key);
  g_free (key);
}

static void
keys_add (WdKeys *keys, guint id, const guint8 *master)
{
  WdKey *key = g_new0 (WdKey, 1);

  key->id = id;
  memcpy (key->master, master, WD_KEY_BYTES);
  for (guint i = 0; i < WD_KEY_PURPOSES; i++)
    crypto_kdf_derive_from_key (key->subkeys[i], WD_KEY_BYTES, 1, contexts[i], key->master);
  g_ptr_array_add (keys->keys, key);
}

const WdKey *
wd_keys_find (WdKeys *keys, guint id, GError **error)
{
  const WdKey *found = NULL;

  g_mutex_lock (&keys->lock);
  for (guint i = 0; i < keys->keys->len && found == NULL; i++)
    if (((WdKey *)keys->keys->pdata[i])->id == id)
      found = keys->keys->pdata[i];
  g_mutex_unlock (&keys->lock);
  if (found == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The key file has no key %u", id);
  return found;
}

const WdKey *
wd_keys_first (WdKeys *keys)
{
  const WdKey *first;

  g_mutex_lock (&keys->lock);
  first = keys->keys->pdata[0];
  g_mutex_unlock (&keys->lock);
  return first;
}

const WdKey *
wd_keys_last (WdKeys *keys)
{
  const WdKey *last;

  g_mutex_lock (&keys->lock);
  last = keys->keys->pdata[keys->keys->len - 1];
  g_mutex_unlock (&keys->lock);
  return last;
}

/* ---- the file ---- */

static gboolean
set_errno (GError **error, const char *path, const char *what)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s: %s", path, what, g_strerror (code));
  return FALSE;
}

static gboolean
parse_line (WdKeys *keys, const char *line, GError **error)
{
  guint8  master[WD_KEY_BYTES];
  gsize   length = 0;
  char   *end;
  guint64 id = g_ascii_strtoull (line, &end, 10);
  guint   last = keys->keys->len > 0 ? wd_keys_last (keys)->id : 0;

  if (id <= last || id > G_MAXUINT || *end != ' ' ||
      sodium_hex2bin (master, sizeof master, end + 1, strlen (end + 1), NULL, &length, NULL) != 0 || length != WD_KEY_BYTES || strlen (end + 1) != 2 * WD_KEY_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: this is no key file, or a damaged one", keys->path);
      return FALSE;
    }
  keys_add (keys, (guint)id, master);
  sodium_memzero (master, sizeof master);
  return TRUE;
}

static gboolean
parse_file (WdKeys *keys, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean       ok = TRUE;

  for (guint i = 0; lines[i] != NULL && ok; i++)
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      ok = parse_line (keys, lines[i], error);
  if (ok && keys->keys->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: this file holds no key", keys->path);
      ok = FALSE;
    }
  for (guint i = 0; lines[i] != NULL; i++)
    sodium_memzero (lines[i], strlen (lines[i]));
  return ok;
}

static gboolean
read_file (WdKeys *keys, int fd, GError **error)
{
  struct stat stat;
  char       *text;
  gsize       length = 0;
  gboolean    ok;

  if (fstat (fd, &stat) != 0)
    return set_errno (error, keys->path, "cannot be read");
  if ((stat.st_mode & 077) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s: others can read the key file; its mode has to be 0600", keys->path);
      return FALSE;
    }
  if (stat.st_size > FILE_LIMIT)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: this is no key file", keys->path);
      return FALSE;
    }
  text = g_malloc0 (stat.st_size + 1);
  while (length < (gsize)stat.st_size)
    {
      gssize n = read (fd, text + length, stat.st_size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      length += n;
    }
  ok = parse_file (keys, text, error);
  sodium_memzero (text, stat.st_size);
  g_free (text);
  return ok;
}

/* Beside the file first, then into its place: a crash leaves the old one or the new one.
 * @fresh: refuse where a file appeared meanwhile */
static gboolean
write_file (WdKeys *keys, gboolean fresh, GError **error)
{
  g_autofree char    *beside = g_strconcat (keys->path, ".XXXXXX", NULL);
  g_autofree char    *folder = g_path_get_dirname (keys->path);
  g_autoptr (GString) text = g_string_new (FILE_HEAD);
  gboolean            ok;
  int                 fd;

  for (guint i = 0; i < keys->keys->len; i++)
    {
      const WdKey *key = keys->keys->pdata[i];
      char         hex[2 * WD_KEY_BYTES + 1];

      sodium_bin2hex (hex, sizeof hex, key->master, WD_KEY_BYTES);
      g_string_append_printf (text, "%u %s\n", key->id, hex);
      sodium_memzero (hex, sizeof hex);
    }
  fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return set_errno (error, beside, "cannot be made");
  ok = write (fd, text->str, text->len) == (gssize)text->len && fsync (fd) == 0;
  if (!ok)
    set_errno (error, beside, "cannot be written");
  close (fd);
  sodium_memzero (text->str, text->len);
  if (ok && (fresh ? link (beside, keys->path) : rename (beside, keys->path)) != 0)
    ok = set_errno (error, keys->path, "cannot be put in place");
  if (fresh || !ok)
    g_unlink (beside);
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return ok;
}

static void
draw_key (WdKeys *keys, guint id)
{
  guint8 master[WD_KEY_BYTES];

  randombytes_buf (master, sizeof master);
  keys_add (keys, id, master);
  sodium_memzero (master, sizeof master);
}

static WdKeys *
keys_new (const char *path)
{
  WdKeys *keys = g_new0 (WdKeys, 1);

  g_atomic_ref_count_init (&keys->refs);
  g_mutex_init (&keys->lock);
  keys->path = g_strdup (path);
  keys->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)key_free);
  return keys;
}

WdKeys *
wd_keys_load (const char *path, gboolean create, GError **error)
{
  g_autoptr (WdKeys) keys = NULL;
  gboolean           ok;
  int                fd;

  g_return_val_if_fail (path != NULL, NULL);
  if (sodium_init () < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The cryptography library cannot be started");
      return NULL;
    }
  keys = keys_new (path);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT && create)
    {
      draw_key (keys, 1);
      return write_file (keys, TRUE, error) ? g_steal_pointer (&keys) : NULL;
    }
  if (fd < 0)
    {
      set_errno (error, path, "cannot be opened");
      return NULL;
    }
  ok = read_file (keys, fd, error);
  close (fd);
  return ok ? g_steal_pointer (&keys) : NULL;
}

WdKeys *
wd_keys_ref (WdKeys *keys)
{
  g_atomic_ref_count_inc (&keys->refs);
  return keys;
}

void
wd_keys_unref (WdKeys *keys)
{
  if (keys == NULL || !g_atomic_ref_count_dec (&keys->refs))
    return;
  g_ptr_array_unref (keys->keys);
  g_mutex_clear (&keys->lock);
  g_free (keys->path);
  g_free (keys);
}

gboolean
wd_keys_rotate (WdKeys *keys, GError **error)
{
  gboolean ok;

  g_mutex_lock (&keys->lock);
  draw_key (keys, ((WdKey *)keys->keys->pdata[keys->keys->len - 1])->id + 1);
  ok = write_file (keys, FALSE, error);
  if (!ok)
    g_ptr_array_set_size (keys->keys, keys->keys->len - 1);
  g_mutex_unlock (&keys->lock);
  return ok;
}

guint
wd_keys_current (WdKeys *keys)
{
  return wd_keys_last (keys)->id;
}
