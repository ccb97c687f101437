/* wd-import-stage.c — rows on their way through the store
 *
 * Read to the end, staged, accepted, written, told: each step in slices short
 * enough that the commands of others go on between them.  A slice that is written
 * takes its staged rows away in the same transaction, so a crash resumes where it stood.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#define STAGE_SLICE 200 /* rows staged in one transaction */
#define DROP_SLICE "2000"

/* clang-format off */
static const WdStatement find_done = { "imports-done",
  "SELECT total FROM imports WHERE kind = $1 AND hash = $2 AND state = 'done' LIMIT 1" };
static const WdStatement list_open = { "imports-open",
  "SELECT id, kind, hash, wrapped, state, total FROM imports WHERE state <> 'done'" };
static const WdStatement add_import = { "imports-add",
  "INSERT INTO imports (id, kind, hash, wrapped, state, total, changed, at) VALUES ($1, $2, $3, $4, 'staging', 0, 0, $5)" };
static const WdStatement accept_import = { "imports-accept",
  "UPDATE imports SET state = 'accepted', total = $2 WHERE id = $1" };
static const WdStatement count_import = { "imports-count",
  "UPDATE imports SET changed = changed + $2 WHERE id = $1" };
static const WdStatement get_changed = { "imports-changed",
  "SELECT changed FROM imports WHERE id = $1" };
static const WdStatement finish_import = { "imports-finish",
  "UPDATE imports SET state = 'done' WHERE id = $1" };
static const WdStatement drop_import = { "imports-drop",
  "DELETE FROM imports WHERE id = $1" };
static const WdStatement add_row = { "import-rows-add",
  "INSERT INTO import_rows (import, line, sealed) VALUES ($1, $2, $3)" };
static const WdStatement next_rows = { "import-rows-next",
  "SELECT line, sealed FROM import_rows WHERE import = $1 ORDER BY line LIMIT $2" };
static const WdStatement drop_rows = { "import-rows-drop",
  "DELETE FROM import_rows WHERE import = $1 AND line <= $2" };
static const WdStatement drop_some = { "import-rows-drop-some",
  "DELETE FROM import_rows WHERE import = $1 AND line IN "
  "(SELECT line FROM import_rows WHERE import = $1 ORDER BY line LIMIT " DROP_SLICE ")" };
static const WdStatement any_row = { "import-rows-any",
  "SELECT line FROM import_rows WHERE import = $1 LIMIT 1" };
/* clang-format on */

/* An import that has a row in the store. */
typedef struct
{
  const WdHost       *host; /* NULL in a recovery */
  const WdImportKind *kind;
  char               *id;
  char               *hash;
  char               *object; /* what the staged rows are sealed for */
  GBytes             *key;
  WdFault            *fault;
  gint64              total;

  gint64     done;  /* rows, for the progress */
  GPtrArray *rows;  /* the slice in hand */
  WdBatch   *batch; /* that inserts it */
  gboolean   ended;
  gint64     changed;
} Stage;

static void
stage_clear (Stage *stage)
{
  g_free (stage->id);
  g_free (stage->hash);
  g_free (stage->object);
  g_clear_pointer (&stage->key, g_bytes_unref);
  g_clear_pointer (&stage->rows, g_ptr_array_unref);
  g_clear_pointer (&stage->batch, wd_batch_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

WdImportRow *
wd_import_row_new (gint64 line)
{
  WdImportRow *row = g_new0 (WdImportRow, 1);

  row->line = line;
  return row;
}

void
wd_import_row_free (WdImportRow *row)
{
  g_free (row->text);
  wd_command_free (row->command);
  g_free (row);
}

static GPtrArray *
rows_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)wd_import_row_free);
}

static gboolean
in_transaction (WdStore *store, WdBatch *batch, GError **error)
{
  if (!wd_store_begin (store, error))
    return FALSE;
  if (wd_store_run (store, batch, NULL, error))
    return wd_store_commit (store, error);
  wd_store_rollback (store);
  return FALSE;
}

static gboolean
exec_for (WdLedger *ledger, const WdStatement *statement, const Stage *stage, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();

  wd_batch_add (batch, statement, "t", stage->id);
  return in_transaction (wd_ledger_get_store (ledger), batch, error);
}

/* ---- in ---- */

static gboolean
keep_slice (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Stage *stage = data;

  if (stage->kind->check != NULL && !stage->kind->check (ledger, stage->rows, now, stage->fault, error))
    return FALSE;
  return in_transaction (wd_ledger_get_store (ledger), stage->batch, error);
}

static gboolean
flush_slice (Stage *stage, GError **error)
{
  if (stage->rows->len == 0)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (stage->host->cancellable, error) || !wd_host_try (stage->host, keep_slice, stage, error))
    return FALSE;
  stage->done += stage->rows->len;
  wd_host_progress (stage->host, "stage", stage->done, stage->total);
  g_ptr_array_set_size (stage->rows, 0);
  wd_batch_free (stage->batch);
  stage->batch = wd_batch_new ();
  return TRUE;
}

static gboolean
stage_row (WdImportRow *row, gpointer data, GError **error)
{
  Stage             *stage = data;
  g_autofree char   *box = g_strdup_printf ("%" G_GINT64_FORMAT, row->line);
  g_autoptr (GBytes) sealed = wd_keys_seal (stage->key, stage->object, box, "row", row->text);

  g_ptr_array_add (stage->rows, row);
  wd_batch_add (stage->batch, &add_row, "tib", stage->id, row->line, sealed);
  return stage->rows->len < STAGE_SLICE || flush_slice (stage, error);
}

typedef struct
{
  Stage  *stage;
  GBytes *wrapped;
} Start;

static gboolean
start_import (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Start              *start = data;
  const Stage        *stage = start->stage;
  g_autoptr (WdBatch) batch = wd_batch_new ();

  wd_batch_add (batch, &add_import, "tttbi", stage->id, stage->kind->name, stage->hash, start->wrapped, now);
  return in_transaction (wd_ledger_get_store (ledger), batch, error);
}

static gboolean
accept (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Stage              *stage = data;
  g_autoptr (WdBatch) batch = wd_batch_new ();

  stage->total = stage->done;
  wd_batch_add (batch, &accept_import, "ti", stage->id, stage->total);
  return in_transaction (wd_ledger_get_store (ledger), batch, error);
}

/* ---- away again ---- */

static gboolean
discard_some (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Stage             *stage = data;
  g_autoptr (WdRows) left = NULL;

  if (!exec_for (ledger, &drop_some, stage, error))
    return FALSE;
  left = wd_store_query (wd_ledger_get_store (ledger), &any_row, error, "t", stage->id);
  if (left == NULL)
    return FALSE;
  stage->ended = wd_rows_count (left) == 0;
  return !stage->ended || exec_for (ledger, &drop_import, stage, error);
}

/* What can't be dropped now goes at the next start. */
static void
discard (Stage *stage)
{
  stage->ended = FALSE;
  while (!stage->ended && wd_host_try (stage->host, discard_some, stage, NULL))
    ;
}

static gboolean
stage_all (Stage *stage, WdImport *import, GError **error)
{
  g_autoptr (GBytes) wrapped = NULL;
  Start              start = { stage, NULL };

  stage->total = MAX (import->lines - 1, 0); /* as far as is known */
  stage->object = g_strconcat ("import:", stage->id, NULL);
  stage->key = wd_keys_new_object_key (stage->host->keys, stage->object, &wrapped);
  stage->rows = rows_new ();
  stage->batch = wd_batch_new ();
  start.wrapped = wrapped;
  if (!wd_host_try (stage->host, start_import, &start, error))
    return FALSE;
  if (stage->kind->read (import, stage_row, stage, error) && flush_slice (stage, error) &&
      !g_cancellable_set_error_if_cancelled (stage->host->cancellable, error) && wd_host_try (stage->host, accept, stage, error))
    return TRUE;
  discard (stage);
  return FALSE;
}

/* ---- out ---- */

static GPtrArray *
open_rows (const Stage *stage, const WdRows *rows, GError **error)
{
  g_autoptr (GPtrArray) opened = rows_new ();

  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      WdImportRow       *row = wd_import_row_new (wd_rows_int (rows, i, 0));
      g_autofree char   *box = g_strdup_printf ("%" G_GINT64_FORMAT, row->line);
      g_autoptr (GBytes) sealed = wd_rows_bytes (rows, i, 1);

      g_ptr_array_add (opened, row);
      row->text = wd_keys_open (stage->key, stage->object, box, "row", sealed, error);
      if (row->text == NULL)
        return NULL;
    }
  return g_steal_pointer (&opened);
}

static gboolean
write_rows (Stage *stage, WdWriting *writing, const WdRows *rows, GError **error)
{
  g_autoptr (GPtrArray) opened = open_rows (stage, rows, error);
  guint                 changed = 0;

  if (opened == NULL || !stage->kind->write (writing, opened, &changed, error))
    return FALSE;
  wd_writing_write (writing, &drop_rows, "ti", stage->id, ((WdImportRow *)opened->pdata[opened->len - 1])->line);
  wd_writing_write (writing, &count_import, "ti", stage->id, (gint64)changed);
  return TRUE;
}

/* One that changed nothing is no event. */
static gboolean
tell (Stage *stage, WdWriting *writing, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (writing->ledger->store, &get_changed, error, "t", stage->id);

  if (rows == NULL || !wd_writing_start (writing, error))
    return FALSE;
  stage->ended = TRUE;
  stage->changed = wd_rows_int (rows, 0, 0);
  wd_writing_write (writing, &finish_import, "t", stage->id);
  return stage->changed == 0 || wd_import_tell (writing, stage->id, stage->kind->name, stage->total, stage->hash, error);
}

static gboolean
write_slice (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Stage               *stage = data;
  g_autoptr (WdRows)   rows = wd_store_query (wd_ledger_get_store (ledger), &next_rows, error, "ti", stage->id, (gint64)stage->kind->slice);
  WdWriting           *writing = rows != NULL ? wd_writing_begin (ledger, now, error) : NULL;
  g_autoptr (WdCommit) commit = NULL;
  gboolean             ok;

  if (writing == NULL)
    return FALSE;
  ok = wd_rows_count (rows) > 0 ? write_rows (stage, writing, rows, error) : tell (stage, writing, error);
  if (!ok)
    wd_writing_abort (writing);
  else
    commit = wd_writing_finish (writing, NULL, error);
  if (commit == NULL)
    return FALSE;
  stage->done += wd_rows_count (rows);
  if (stage->host != NULL && commit->seq > commit->since)
    stage->host->publish (g_steal_pointer (&commit), stage->host->owner);
  return TRUE;
}

/* One that was accepted is not cancelled any more. */
static gboolean
write_next (Stage *stage, GError **error)
{
  const WdHost *host = stage->host;

  if (host->is_ending == NULL || !host->is_ending (host->owner))
    return wd_host_try (host, write_slice, stage, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the server ends");
  return FALSE;
}

static gboolean
write_all (Stage *stage, GError **error)
{
  stage->done = 0;
  stage->ended = FALSE;
  while (!stage->ended)
    {
      if (!write_next (stage, error))
        {
          g_prefix_error (error, "The file is accepted and will be written to its end at the next start: ");
          return FALSE;
        }
      wd_host_progress (stage->host, "write", stage->done, stage->total);
    }
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
was_done (Stage *stage, gboolean *before, GError **error)
{
  g_autoptr (WdStore) store = wd_store_open (stage->host->url, WD_STORE_READ, error);
  g_autoptr (WdRows)  rows = store != NULL ? wd_store_query (store, &find_done, error, "tt", stage->kind->name, stage->hash) : NULL;

  if (rows == NULL)
    return FALSE;
  *before = wd_rows_count (rows) > 0;
  if (*before)
    stage->total = wd_rows_int (rows, 0, 0);
  return TRUE;
}

gboolean
wd_import_staged (WdImport *import, const WdImportKind *kind, WdImported *done, GError **error)
{
  g_auto (Stage) stage = { import->host, kind };
  gboolean       before = FALSE;

  stage.id = g_strdup (import->id);
  stage.hash = g_strdup (import->hash);
  stage.fault = import->fault;
  if (kind->once && !was_done (&stage, &before, error))
    return FALSE;
  if (!before && !(stage_all (&stage, import, error) && write_all (&stage, error)))
    return FALSE;
  done->rows = stage.total;
  done->changed = stage.changed;
  return TRUE;
}

/* ---- after a crash ---- */

static const WdImportKind *
find_kind (const char *name)
{
  return g_strcmp0 (name, wd_import_orders.name) == 0 ? &wd_import_orders : &wd_import_customers;
}

static gboolean
recover_one (WdLedger *ledger, const WdRows *rows, guint i, gint64 now, GError **error)
{
  g_auto (Stage)     stage = { NULL, find_kind (wd_rows_text (rows, i, 1, NULL)) };
  g_autoptr (GBytes) wrapped = wd_rows_bytes (rows, i, 3);
  gboolean           accepted = g_strcmp0 (wd_rows_text (rows, i, 4, NULL), "accepted") == 0;

  stage.id = g_strdup (wd_rows_text (rows, i, 0, NULL));
  stage.hash = g_strdup (wd_rows_text (rows, i, 2, NULL));
  stage.total = wd_rows_int (rows, i, 5);
  stage.object = g_strconcat ("import:", stage.id, NULL);
  stage.key = wd_keys_unwrap_object_key (wd_ledger_get_keys (ledger), stage.object, wrapped, error);
  if (stage.key == NULL)
    return FALSE;
  while (!stage.ended)
    if (!(accepted ? write_slice : discard_some) (ledger, now, &stage, error))
      return FALSE;
  return TRUE;
}

gboolean
wd_imports_recover (WdLedger *ledger, gint64 now, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (wd_ledger_get_store (ledger), &list_open, error, "");

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < wd_rows_count (rows); i++)
    if (!recover_one (ledger, rows, i, now, error))
      return FALSE;
  return wd_import_streets_recover (ledger, error);
}
