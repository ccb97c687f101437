/* wd-backup.c — a copy of the store while it is written to, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-backup.h"

#include "wd-ledger-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PIECE (192 * 1024)

/* clang-format off */
static const WdStatement find_store  = { "restore-store", "SELECT id FROM store" };
static const WdStatement set_store   = { "restore-set-store", "UPDATE store SET id = $1, made_at = $2" };
static const WdStatement no_sessions = { "restore-no-sessions", "DELETE FROM sessions" };
/* clang-format on */

static gboolean
fail_errno (const char *path, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* ---- out ---- */

static gboolean
say_file (const WdHost *host, const char *path, GError **error)
{
  int              fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autofree char *bytes = g_malloc (PIECE);
  gssize           n = 0;
  goffset          size, at = 0;

  if (fd < 0)
    return fail_errno (path, error);
  size = lseek (fd, 0, SEEK_END);
  while (!g_cancellable_is_cancelled (host->cancellable) && (n = pread (fd, bytes, PIECE, at)) > 0)
    {
      wd_host_piece (host, bytes, n);
      at += n;
      wd_host_progress (host, "backup", at, size);
    }
  close (fd);
  return (n >= 0 || fail_errno (path, error)) && !g_cancellable_set_error_if_cancelled (host->cancellable, error);
}

gboolean
wd_backup (const WdHost *host, GError **error)
{
  g_autofree char    *path = g_build_filename (host->data_dir, "backup", NULL); /* what a crash leaves, the next one writes over */
  g_autoptr (WdStore) store = wd_store_open (host->url, WD_STORE_READ, error);
  gboolean            ok = store != NULL && wd_store_backup (store, path, host->cancellable, error) && say_file (host, path, error);

  g_unlink (path);
  return ok;
}

/* ---- in ---- */

static gboolean
refuse (const char *file, const char *reason, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", file, reason);
  return FALSE;
}

/* The copy becomes a store of its own. */
static gboolean
rename_store (const char *file, const char *path, WdKeys *keys, gint64 now, GError **error)
{
  g_autofree char    *id = g_uuid_string_random ();
  g_autoptr (WdStore) store = wd_store_open (path, WD_STORE_WRITE, NULL);
  g_autoptr (WdRows)  found = store != NULL ? wd_store_query (store, &find_store, NULL, "") : NULL;

  if (found == NULL || wd_rows_count (found) != 1)
    return refuse (file, "this is no backup of a store", error);
  if (!wd_store_check (store, NULL))
    return refuse (file, "the backup is damaged", error);
  if (!wd_ledger_check_keys (store, keys, error))
    {
      g_prefix_error (error, "%s: ", file);
      return FALSE;
    }
  return wd_store_begin (store, error) && wd_store_exec (store, &set_store, error, "ti", id, now) && wd_store_exec (store, &no_sessions, error, "") && wd_store_commit (store, error);
}

gboolean
wd_restore (const char *file, const char *path, WdKeys *keys, gint64 now, GError **error)
{
  g_autofree char  *beside = g_strconcat (path, ".restore", NULL);
  g_autofree char  *wal = g_strconcat (beside, "-wal", NULL);
  g_autofree char  *shm = g_strconcat (beside, "-shm", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (file);
  g_autoptr (GFile) to = g_file_new_for_path (beside);
  gboolean          ok;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s: there is a store already", path);
      return FALSE;
    }
  ok = g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, error) && rename_store (file, beside, keys, now, error);
  if (ok && (g_chmod (beside, 0600) != 0 || g_rename (beside, path) != 0))
    ok = fail_errno (path, error);
  if (!ok)
    g_unlink (beside);
  g_unlink (wal); /* empty once the store was closed */
  g_unlink (shm);
  return ok;
}
