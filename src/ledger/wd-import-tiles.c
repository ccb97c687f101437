/* wd-import-tiles.c — a basemap: an MBTiles file, checked and laid beside the store
 *
 * Copied under another name first and looked at there, then put in its place
 * at once: a server that serves the old one goes on with it until it looks again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* clang-format off */
static const WdStatement sample_tiles = { "tiles-sample",
  "SELECT tile_data FROM tiles WHERE zoom_level BETWEEN 0 AND 24 LIMIT 16" };
static const WdStatement count_tiles = { "tiles-count", "SELECT COUNT(*) FROM tiles" };
/* clang-format on */

static gboolean
fail_errno (const char *path, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
copy_bytes (const WdHost *host, int from, int to, const char *path, GError **error)
{
  g_autofree char *bytes = g_malloc (1 << 20);
  goffset          size = lseek (from, 0, SEEK_END), at = 0;
  gssize           n;

  while ((n = pread (from, bytes, 1 << 20, at)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (host->cancellable, error))
        return FALSE;
      if (write (to, bytes, n) != n)
        return fail_errno (path, error);
      at += n;
      wd_host_progress (host, "copy", at, size);
    }
  return (n == 0 && fsync (to) == 0) || fail_errno (path, error);
}

static gboolean
copy_file (WdImport *import, const char *path, GError **error)
{
  int      to = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  gboolean ok;

  if (to < 0)
    return fail_errno (path, error);
  ok = copy_bytes (import->host, import->fd, to, path, error);
  close (to);
  return ok;
}

static gboolean
is_picture (GBytes *tile)
{
  gsize       size = 0;
  const char *data = tile != NULL ? g_bytes_get_data (tile, &size) : NULL;

  return size > 8 && (memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0 || memcmp (data, "\xff\xd8\xff", 3) == 0);
}

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason);
  return FALSE;
}

static gboolean
check_file (const char *path, gint64 *count, GError **error)
{
  g_autoptr (WdStore) store = wd_store_open (path, WD_STORE_READ, NULL);
  g_autoptr (WdRows)  all = store != NULL ? wd_store_query (store, &count_tiles, NULL, "") : NULL;
  g_autoptr (WdRows)  some = all != NULL ? wd_store_query (store, &sample_tiles, NULL, "") : NULL;

  if (some == NULL)
    return refuse (error, "this is no MBTiles file");
  *count = wd_rows_int (all, 0, 0);
  if (wd_rows_count (some) == 0)
    return refuse (error, "there is no tile in it");
  for (guint i = 0; i < wd_rows_count (some); i++)
    {
      g_autoptr (GBytes) tile = wd_rows_bytes (some, i, 0);

      if (!is_picture (tile))
        return refuse (error, "its tiles are no PNG or JPEG pictures");
    }
  return TRUE;
}

typedef struct
{
  WdImport *import;
  gint64    count;
} Tell;

static gboolean
tell (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Tell                *one = data;
  const WdHost        *host = one->import->host;
  WdWriting           *writing = wd_writing_begin (ledger, now, error);
  g_autoptr (WdCommit) commit = NULL;

  if (writing == NULL)
    return FALSE;
  if (wd_writing_start (writing, error) && wd_import_tell (writing, one->import->id, "tiles", one->count, one->import->hash, error))
    commit = wd_writing_finish (writing, NULL, error);
  else
    wd_writing_abort (writing);
  if (commit == NULL)
    return FALSE;
  host->publish (g_steal_pointer (&commit), host->owner);
  return TRUE;
}

gboolean
wd_import_tiles (WdImport *import, const char *theme, WdImported *done, GError **error)
{
  g_autofree char *name = g_strdup_printf ("tiles-%s.mbtiles", theme != NULL ? theme : "light");
  g_autofree char *path = g_build_filename (import->host->data_dir, name, NULL);
  g_autofree char *beside = g_strconcat (path, ".part", NULL);
  Tell             one = { import, 0 };
  gboolean         ok;

  if (theme != NULL && strcmp (theme, "light") != 0 && strcmp (theme, "dark") != 0)
    return refuse (error, "the theme is light or dark");
  ok = copy_file (import, beside, error) && check_file (beside, &one.count, error);
  if (ok && g_rename (beside, path) != 0)
    ok = fail_errno (path, error);
  if (!ok)
    g_unlink (beside);
  if (!ok || !wd_host_try (import->host, tell, &one, error))
    return FALSE;
  done->rows = done->changed = one.count;
  return TRUE;
}
