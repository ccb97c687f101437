/* wd-sqlite.c — the embedded store: SQLite in WAL mode, each commit synced
 *
 * Statements are prepared once and bound by name, since SQLite numbers `$1`
 * by first appearance.  A commit that the disk refuses keeps nothing and leaves
 * no transaction; the connection works again once there is space.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-store-driver.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define BUSY_MS 5000
#define PAGES_A_STEP 256

typedef struct
{
  WdStore     store;
  sqlite3    *db;
  GHashTable *prepared; /* WdStatement -> Prepared */
  int         lock;     /* descriptor, -1 without */
  gboolean    writes;
} Sqlite;

typedef struct
{
  sqlite3_stmt *stmt;
  guint         n;
  int           places[]; /* of $1, $2, … */
} Prepared;

static void
prepared_free (gpointer data)
{
  Prepared *prepared = data;

  sqlite3_finalize (prepared->stmt);
  g_free (prepared);
}

/* --- errors -------------------------------------------------------------- */

static WdStoreError
map_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return WD_STORE_ERROR_BUSY;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN: return WD_STORE_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return WD_STORE_ERROR_BROKEN;
    default: return WD_STORE_ERROR_FAILED;
    }
}

static gboolean
fail (sqlite3 *db, const char *what, GError **error)
{
  g_set_error (error, WD_STORE_ERROR, map_code (sqlite3_extended_errcode (db)), "%s: %s", what, sqlite3_errmsg (db));
  return FALSE;
}

static gboolean
run_script (sqlite3 *db, const char *sql, const char *what, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, what, error);
}

/* --- opening ------------------------------------------------------------- */

static void
sqlite_close (WdStore *store)
{
  Sqlite *self = (Sqlite *)store;

  g_hash_table_unref (self->prepared);
  sqlite3_close (self->db);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self);
}

/* One process alone: a lock of an open file, which ends with the process however that ends. */
static gboolean
take_lock (Sqlite *self, const char *path, GError **error)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  struct flock     whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int              saved;

  self->lock = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock >= 0 && fcntl (self->lock, F_OFD_SETLK, &whole) == 0)
    return TRUE;
  saved = errno;
  if (saved == EAGAIN || saved == EACCES)
    g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BUSY, "%s: another process holds this store", path);
  else
    g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FULL, "%s: %s", name, g_strerror (saved));
  return FALSE;
}

/* Addresses lie in it in clear: for its owner's eyes.  SQLite gives its other files the same mode. */
static void
make_file (const char *path)
{
  int file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (file >= 0)
    close (file);
}

static gboolean
set_up (Sqlite *self, WdStoreMode mode, const char *path, GError **error)
{
  sqlite3_busy_timeout (self->db, BUSY_MS);
  if (!run_script (self->db,
                   "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
                   "PRAGMA synchronous = FULL; SELECT count(*) FROM sqlite_schema",
                   path, error))
    return FALSE;
  if (mode & WD_STORE_WRITE)
    return run_script (self->db, "PRAGMA journal_mode = WAL", path, error);
  return run_script (self->db, "PRAGMA query_only = ON", path, error);
}

/* --- statements ---------------------------------------------------------- */

static Prepared *
prepare (Sqlite *self, const WdStatement *statement, guint n, GError **error)
{
  Prepared     *prepared = g_hash_table_lookup (self->prepared, statement);
  sqlite3_stmt *stmt = NULL;
  gboolean      fits;

  if (prepared != NULL && prepared->n == n)
    return prepared;
  if (sqlite3_prepare_v3 (self->db, statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    {
      fail (self->db, statement->name, error);
      return NULL;
    }
  prepared = g_malloc0 (sizeof *prepared + n * sizeof prepared->places[0]);
  prepared->stmt = stmt;
  prepared->n = n;
  fits = stmt != NULL && (guint)sqlite3_bind_parameter_count (stmt) == n;
  for (guint i = 0; i < n; i++)
    {
      char name[16];

      g_snprintf (name, sizeof name, "$%u", i + 1);
      prepared->places[i] = sqlite3_bind_parameter_index (stmt, name);
      fits = fits && prepared->places[i] > 0;
    }
  if (!fits)
    {
      g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED, "%s: not the values that it asks for", statement->name);
      prepared_free (prepared);
      return NULL;
    }
  g_hash_table_replace (self->prepared, (gpointer)statement, prepared);
  return prepared;
}

static void
bind_cell (sqlite3_stmt *stmt, int place, const WdCell *cell, const char *data)
{
  switch (cell->kind)
    {
    case WD_CELL_INT: sqlite3_bind_int64 (stmt, place, cell->integer); break;
    case WD_CELL_REAL: sqlite3_bind_double (stmt, place, cell->real); break;
    case WD_CELL_TEXT: sqlite3_bind_text64 (stmt, place, data, cell->length, SQLITE_STATIC, SQLITE_UTF8); break;
    case WD_CELL_BYTES: sqlite3_bind_blob64 (stmt, place, data, cell->length, SQLITE_STATIC); break;
    case WD_CELL_NULL:
    default: sqlite3_bind_null (stmt, place); break;
    }
}

static Prepared *
prepare_request (Sqlite *self, WdBatch *batch, guint place, GError **error)
{
  guint         n;
  const WdCell *cells = wd_batch_cells (batch, place, &n);
  Prepared     *prepared = prepare (self, wd_batch_statement (batch, place), n, error);

  if (prepared != NULL)
    for (guint i = 0; i < n; i++)
      bind_cell (prepared->stmt, prepared->places[i], &cells[i], wd_batch_data (batch, &cells[i]));
  return prepared;
}

static void
add_row (WdRows *rows, sqlite3_stmt *stmt, int columns)
{
  for (int i = 0; i < columns; i++)
    switch (sqlite3_column_type (stmt, i))
      {
      case SQLITE_INTEGER: wd_rows_add_int (rows, sqlite3_column_int64 (stmt, i)); break;
      case SQLITE_FLOAT: wd_rows_add_real (rows, sqlite3_column_double (stmt, i)); break;
      case SQLITE_TEXT: wd_rows_add_data (rows, WD_CELL_TEXT, sqlite3_column_text (stmt, i), sqlite3_column_bytes (stmt, i)); break;
      case SQLITE_BLOB: wd_rows_add_data (rows, WD_CELL_BYTES, sqlite3_column_blob (stmt, i), sqlite3_column_bytes (stmt, i)); break;
      default: wd_rows_add_null (rows); break;
      }
}

static gboolean
run_request (Sqlite *self, WdBatch *batch, guint place, GError **error)
{
  Prepared *prepared = prepare_request (self, batch, place, error);
  WdRows   *rows;
  int       columns, code;

  if (prepared == NULL)
    return FALSE;
  columns = sqlite3_column_count (prepared->stmt);
  rows = wd_batch_start_rows (batch, place, columns);
  while ((code = sqlite3_step (prepared->stmt)) == SQLITE_ROW)
    add_row (rows, prepared->stmt, columns);
  if (code != SQLITE_DONE)
    fail (self->db, wd_batch_statement (batch, place)->name, error);
  sqlite3_reset (prepared->stmt);
  return code == SQLITE_DONE;
}

static gboolean
sqlite_run (WdStore *store, WdBatch *batch, guint *failed, GError **error)
{
  for (guint i = 0; i < wd_batch_length (batch); i++)
    if (!run_request ((Sqlite *)store, batch, i, error))
      {
        if (failed != NULL)
          *failed = i;
        return FALSE;
      }
  return TRUE;
}

static gboolean
sqlite_each (WdStore *store, WdBatch *batch, WdRowFunc each, gpointer data, GError **error)
{
  Sqlite            *self = (Sqlite *)store;
  Prepared          *prepared = prepare_request (self, batch, 0, error);
  g_autoptr (WdRows) row = NULL;
  int                columns, code;

  if (prepared == NULL)
    return FALSE;
  columns = sqlite3_column_count (prepared->stmt);
  row = wd_rows_new (columns);
  while ((code = sqlite3_step (prepared->stmt)) == SQLITE_ROW)
    {
      wd_rows_clear (row);
      add_row (row, prepared->stmt, columns);
      if (!each (row, data))
        break;
    }
  if (code != SQLITE_DONE && code != SQLITE_ROW)
    fail (self->db, wd_batch_statement (batch, 0)->name, error);
  sqlite3_reset (prepared->stmt);
  return code == SQLITE_DONE || code == SQLITE_ROW;
}

static gboolean
sqlite_script (WdStore *store, const char *sql, GError **error)
{
  return run_script (((Sqlite *)store)->db, sql, "script", error);
}

/* --- transactions -------------------------------------------------------- */

static gboolean
sqlite_begin (WdStore *store, GError **error)
{
  Sqlite *self = (Sqlite *)store;

  return run_script (self->db, self->writes ? "BEGIN IMMEDIATE" : "BEGIN", "begin", error);
}

/* SQLite itself has rolled back already after some errors. */
static void
sqlite_rollback (WdStore *store)
{
  Sqlite *self = (Sqlite *)store;

  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

static gboolean
sqlite_commit (WdStore *store, GError **error)
{
  Sqlite *self = (Sqlite *)store;

  if (sqlite3_get_autocommit (self->db))
    {
      g_set_error_literal (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED, "commit: no transaction");
      return FALSE;
    }
  if (run_script (self->db, "COMMIT", "commit", error))
    return TRUE;
  sqlite_rollback (store);
  return FALSE;
}

static gboolean
sqlite_check (WdStore *store, GError **error)
{
  static const char sql[] = "PRAGMA quick_check (1)";
  Sqlite           *self = (Sqlite *)store;
  sqlite3_stmt     *stmt = NULL;
  const char       *said = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step (stmt) == SQLITE_ROW)
    said = (const char *)sqlite3_column_text (stmt, 0);
  if (g_strcmp0 (said, "ok") != 0)
    g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "check: %s", said != NULL ? said : sqlite3_errmsg (self->db));
  else
    said = sql;
  sqlite3_finalize (stmt);
  return said == sql;
}

/* --- a copy -------------------------------------------------------------- */

static gboolean
copy_pages (sqlite3 *from, sqlite3 *to, GCancellable *cancellable, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int             code = SQLITE_OK;

  if (backup == NULL)
    return fail (to, "backup", error);
  while (code == SQLITE_OK && !g_cancellable_is_cancelled (cancellable))
    code = sqlite3_backup_step (backup, PAGES_A_STEP);
  if (sqlite3_backup_finish (backup) != SQLITE_OK)
    return fail (to, "backup", error);
  if (code == SQLITE_DONE)
    return TRUE;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error (error, WD_STORE_ERROR, map_code (code), "backup: %s", sqlite3_errstr (code));
  return FALSE;
}

/* A read transaction around it all, so that no writer makes the copy start again. */
static gboolean
sqlite_backup (WdStore *store, const char *path, GCancellable *cancellable, GError **error)
{
  Sqlite          *self = (Sqlite *)store;
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  sqlite3         *copy = NULL;
  gboolean         done;

  g_unlink (part);
  make_file (part);
  if (sqlite3_open_v2 (part, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    done = fail (copy, part, error);
  else
    {
      done = run_script (self->db, "BEGIN; SELECT count(*) FROM sqlite_schema", "backup", error) && copy_pages (self->db, copy, cancellable, error);
      sqlite_rollback (store);
    }
  sqlite3_close (copy);
  if (done && g_rename (part, path) < 0)
    {
      g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FULL, "%s: %s", path, g_strerror (errno));
      done = FALSE;
    }
  if (!done)
    g_unlink (part);
  return done;
}

static const WdStoreDriver sqlite_driver = {
  .close = sqlite_close,
  .begin = sqlite_begin,
  .commit = sqlite_commit,
  .rollback = sqlite_rollback,
  .run = sqlite_run,
  .each = sqlite_each,
  .script = sqlite_script,
  .check = sqlite_check,
  .backup = sqlite_backup,
};

WdStore *
wd_sqlite_open (const char *path, WdStoreMode mode, GError **error)
{
  Sqlite *self = g_new0 (Sqlite, 1);

  self->store.driver = &sqlite_driver;
  self->prepared = g_hash_table_new_full (NULL, NULL, NULL, prepared_free);
  self->lock = -1;
  self->writes = (mode & WD_STORE_WRITE) != 0;
  if ((mode & WD_STORE_ALONE) == 0 || take_lock (self, path, error))
    {
      if (mode & WD_STORE_WRITE)
        make_file (path);
      if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
        fail (self->db, path, error);
      else if (set_up (self, mode, path, error))
        return &self->store;
    }
  sqlite_close (&self->store);
  return NULL;
}
