/* wd-import-private.h — the inside of an import, for wd-import*.c alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-command.h"
#include "wd-import.h"
#include "wd-writing.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One file on its way in. */
typedef struct
{
  const WdHost *host;
  int           fd;
  char         *id;   /* UUID: of the import, and of its event */
  char         *hash; /* SHA-256 of the file, hexadecimal */
  gint64        lines;
  WdFault      *fault;
} WdImport;

/* A row as it is staged: JSON text. */
typedef struct
{
  gint64     line;
  char      *text;
  WdCommand *command; /* (nullable): what the text says, while it is known */
} WdImportRow;
WdImportRow *wd_import_row_new (gint64 line);
void         wd_import_row_free (WdImportRow *row);

/* What reading a file calls for each row.  (transfer full) @row */
typedef gboolean (*WdImportTake) (WdImportRow *row, gpointer data, GError **error);

/* A kind whose rows are staged. */
typedef struct
{
  const char *name;
  /* Reads all of the file and checks what can be checked without the ledger. */
  gboolean (*read) (WdImport *import, WdImportTake take, gpointer data, GError **error);
  /* (nullable) On the ledger's thread, nothing is kept: would each of these rows be taken? */
  gboolean (*check) (WdLedger *ledger, GPtrArray *rows, gint64 now, WdFault *fault, GError **error);
  /* On the ledger's thread, one transaction with @writing begun and @rows (WdImportRow) to be written in it.
   * @changed: (out): how many changed something */
  gboolean (*write) (WdWriting *writing, GPtrArray *rows, guint *changed, GError **error);
  guint    slice; /* rows in one transaction: some hundredths of a second */
  gboolean once;  /* the same file again is known by its hash alone */
} WdImportKind;
extern const WdImportKind wd_import_orders;
extern const WdImportKind wd_import_customers;

/* wd-import-stage.c */
gboolean wd_import_staged (WdImport *import, const WdImportKind *kind, WdImported *done, GError **error);

/* wd-import-geojson.c: a FeatureCollection of at most 64 MiB and @most features, in WGS 84. */
typedef struct
{
  JsonNode  *root;
  JsonArray *list;  /* of features, as they are */
  GArray    *lines; /* gint64: where each began in the file */
} WdImportFeatures;
gboolean wd_import_read_features (WdImport *import, guint most, const char *too_many, WdImportFeatures *features, GError **error);
gint64   wd_import_features_line (const WdImportFeatures *features, guint i);
void     wd_import_features_clear (WdImportFeatures *features);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdImportFeatures, wd_import_features_clear)

/* Sets where and why.  Returns: FALSE */
gboolean wd_import_refuse (WdImport *import, gint64 line, const char *column, GError **error, const char *reason);

/* One transaction on the ledger's thread: @put, and where it changed something the `imported` event; progress is told.
 * @n: what is put; @put: counts in @changed */
typedef gboolean (*WdImportPut) (WdWriting *writing, gpointer data, guint *changed, GError **error);
gboolean wd_import_put (WdImport *import, const char *kind, guint n, WdImportPut put, gpointer data, WdImported *done, GError **error);

/* The others: their own way. */
gboolean wd_import_units (WdImport *import, WdImported *done, GError **error);
gboolean wd_import_streets (WdImport *import, WdImported *done, GError **error);
gboolean wd_import_streets_recover (WdLedger *ledger, GError **error); /* what a crash left */
gboolean wd_import_tiles (WdImport *import, const char *theme, WdImported *done, GError **error);

/* The `imported` event of api §4: kind, count, hash. */
gboolean wd_import_tell (WdWriting *writing, const char *id, const char *kind, gint64 count, const char *hash, GError **error);

/* wd-import-words.c: our word for one of somebody else's: @what is category, channel or nature.
 * Returns: (nullable) (transfer none) */
const char *wd_import_word (const char *what, const char *word);

G_END_DECLS
