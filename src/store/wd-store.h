/* wd-store.h — one small statement interface over SQL stores
 *
 * The SQL is written once, in the subset that SQLite and PostgreSQL both speak:
 * `$1`, `$2`, … in rising order, times BIGINT, bodies TEXT, bytes BYTEA, no JSON
 * functions.  A statement is a static row { name, sql }, prepared once for each
 * connection.  Work comes in batches: a batch of reads, or of writes of which
 * none needs another's result, so that a driver that pipelines can send it whole.
 *
 * A store is one connection and belongs to one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A caller chooses by these; the message names the statement. */
typedef enum
{
  WD_STORE_ERROR_BUSY,   /* somebody else holds it: try again, or a second server */
  WD_STORE_ERROR_FULL,   /* disk full or broken: nothing of the transaction was kept */
  WD_STORE_ERROR_BROKEN, /* damaged, or not ours */
  WD_STORE_ERROR_FAILED  /* the statement itself */
} WdStoreError;
#define WD_STORE_ERROR (wd_store_error_quark ())
GQuark wd_store_error_quark (void);

typedef struct
{
  const char *name;
  const char *sql;
} WdStatement;

typedef enum
{
  WD_STORE_READ = 0,
  WD_STORE_WRITE = 1 << 0, /* creates where it is missing */
  WD_STORE_ALONE = 1 << 1  /* holds the store against another process; with WRITE */
} WdStoreMode;

typedef struct _WdStore WdStore;
typedef struct _WdBatch WdBatch;
typedef struct _WdRows  WdRows;

/* @url: `sqlite:PATH` (a bare path is one too).  Errors: WD_STORE_ERROR_BUSY when another process holds it. */
WdStore *wd_store_open (const char *url, WdStoreMode mode, GError **error);
void     wd_store_close (WdStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdStore, wd_store_close)

/* One transaction: BEGIN IMMEDIATE, or the advisory lock, held to the end.  On a store opened
 * for reading: one view of it all, from the first statement on, that holds up nobody.
 * A failed commit leaves no transaction open and keeps nothing. */
gboolean wd_store_begin (WdStore *store, GError **error);
gboolean wd_store_commit (WdStore *store, GError **error);
void     wd_store_rollback (WdStore *store);

/* A batch of statements with their values.  @format has a letter for each `$n`:
 *   i gint64     r double     t const char * (nullable)     b GBytes * (nullable)     n nothing (takes no value)
 *   I gint64, 0 is nothing     R double, NAN is nothing
 * Texts and bytes are copied.  Returns: the place of the request in the batch. */
WdBatch *wd_batch_new (void);
void     wd_batch_free (WdBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBatch, wd_batch_free)
guint wd_batch_add (WdBatch *batch, const WdStatement *statement, const char *format, ...);
guint wd_batch_add_valist (WdBatch *batch, const WdStatement *statement, const char *format, va_list *values);
guint wd_batch_length (const WdBatch *batch);

/* Runs all of @batch, in order; stops at the first error.
 * @failed: (out) (optional): the place of the request that failed */
gboolean wd_store_run (WdStore *store, WdBatch *batch, guint *failed, GError **error);

/* What the request at @place answered.  Returns: (transfer none): valid until the batch is freed. */
const WdRows *wd_batch_rows (const WdBatch *batch, guint place);

/* A single statement, for what is not hot.  wd_store_query: (transfer full) rows. */
WdRows  *wd_store_query (WdStore *store, const WdStatement *statement, GError **error, const char *format, ...);
gboolean wd_store_exec (WdStore *store, const WdStatement *statement, GError **error, const char *format, ...);

/* Row by row without keeping them all: for dumps, exports and first copies.  FALSE from @each stops. */
typedef gboolean (*WdRowFunc) (const WdRows *row, gpointer data);
gboolean wd_store_each (WdStore *store, const WdStatement *statement, WdRowFunc each, gpointer data, GError **error, const char *format, ...);

guint       wd_rows_count (const WdRows *rows);
guint       wd_rows_columns (const WdRows *rows);
gboolean    wd_rows_is_null (const WdRows *rows, guint row, guint column);
gint64      wd_rows_int (const WdRows *rows, guint row, guint column);
double      wd_rows_real (const WdRows *rows, guint row, guint column);
const char *wd_rows_text (const WdRows *rows, guint row, guint column, gsize *length); /* borrowed, NULL for nothing */
GBytes     *wd_rows_bytes (const WdRows *rows, guint row, guint column);               /* (transfer full) (nullable) */
void        wd_rows_free (WdRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRows, wd_rows_free)

/* Numbered, forward-only.  @scripts: resource folder whose files are named NNNN-what.sql;
 * each runs in a transaction with the bump of the one row of `schema`.
 * Returns: the version then, or -1; WD_STORE_ERROR_BROKEN when the store is newer than the scripts. */
int wd_store_migrate (WdStore *store, const char *scripts, GError **error);

/* Whether what is stored hangs together: WD_STORE_ERROR_BROKEN where it does not.  Reads it all. */
gboolean wd_store_check (WdStore *store, GError **error);

/* A consistent copy into @path while others read and write (SQLite: the backup interface). */
gboolean wd_store_backup (WdStore *store, const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
