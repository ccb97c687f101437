/* wd-import.h — files that come in: all or nothing, while commands go on
 *
 * While a file is read and checked, its rows are staged in the store, sealed, in
 * small transactions of which nobody takes notice.  At its end one mark makes it
 * count (`accepted`): up to there an error, a cancel or a crash leaves nothing
 * behind, from there on it is written to its end in small transactions, also after a
 * crash (wd_imports_recover).  Units and streets, of which there are few, are one transaction,
 * and tiles one renamed file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-csv.h"
#include "wd-host.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 rows;    /* in the file */
  gint64 changed; /* of them, those that changed something */
} WdImported;

/* @kind: units, customers, orders, streets, tiles
 * @fd: a file that can be read again from its start
 * @theme: (nullable): of tiles: light (default) or dark
 * @fault: (out): where the file is wrong, on G_IO_ERROR_INVALID_DATA */
gboolean wd_import (const WdHost *host, const char *kind, int fd, const char *theme, WdImported *done, WdFault *fault, GError **error);

gboolean wd_import_kind_is_known (const char *kind);

/* What a crash left: staged rows go, accepted imports are finished.  At the start, before anyone reads. */
gboolean wd_imports_recover (WdLedger *ledger, gint64 now, GError **error);

G_END_DECLS
