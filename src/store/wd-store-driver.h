/* wd-store-driver.h — what a driver of a store gives, for drivers alone
 *
 * A driver embeds WdStore as its first member and fills `driver`.  It sees
 * a statement's values and answers only through the functions here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-store.h"

G_BEGIN_DECLS

typedef struct
{
  void (*close) (WdStore *store);
  gboolean (*begin) (WdStore *store, GError **error);
  gboolean (*commit) (WdStore *store, GError **error);
  void (*rollback) (WdStore *store);
  /* Runs requests of @batch from the first on, filling the rows of each. */
  gboolean (*run) (WdStore *store, WdBatch *batch, guint *failed, GError **error);
  /* Runs the one request of @batch, calling back with each row. */
  gboolean (*each) (WdStore *store, WdBatch *batch, WdRowFunc each, gpointer data, GError **error);
  /* Several statements without values, as in a migration. */
  gboolean (*script) (WdStore *store, const char *sql, GError **error);
  gboolean (*check) (WdStore *store, GError **error);
  gboolean (*backup) (WdStore *store, const char *path, GCancellable *cancellable, GError **error);
} WdStoreDriver;

struct _WdStore
{
  const WdStoreDriver *driver;
};

WdStore *wd_sqlite_open (const char *path, WdStoreMode mode, GError **error);

/* A value of a request, or a cell of an answer.  Texts and bytes lie in the arena of its owner. */
typedef enum
{
  WD_CELL_NULL,
  WD_CELL_INT,
  WD_CELL_REAL,
  WD_CELL_TEXT,
  WD_CELL_BYTES
} WdCellKind;

typedef struct
{
  WdCellKind kind;
  gsize      length;
  union
  {
    gint64 integer;
    double real;
    gsize  offset;
  };
} WdCell;

const WdStatement *wd_batch_statement (const WdBatch *batch, guint place);
const WdCell      *wd_batch_cells (const WdBatch *batch, guint place, guint *n);
const char        *wd_batch_data (const WdBatch *batch, const WdCell *cell);
/* (transfer none): the empty rows that the driver fills; 0 columns for a statement that answers none. */
WdRows *wd_batch_start_rows (WdBatch *batch, guint place, guint columns);
WdRows *wd_batch_steal_rows (WdBatch *batch, guint place);

WdRows *wd_rows_new (guint columns);
void    wd_rows_clear (WdRows *rows);
void    wd_rows_add_null (WdRows *rows);
void    wd_rows_add_int (WdRows *rows, gint64 value);
void    wd_rows_add_real (WdRows *rows, double value);
void    wd_rows_add_data (WdRows *rows, WdCellKind kind, gconstpointer data, gsize length);

G_END_DECLS
