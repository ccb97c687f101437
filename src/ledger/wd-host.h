/* wd-host.h — what long work runs on: the ledger's thread, its readers, whoever waits for it
 *
 * Imports, exports and the like run on a thread of their own and reach the ledger only
 * in short pieces, between which the commands of others go on.  `waterdeskd` gives
 * a host around its writer, `waterdeskctl` one around a ledger that it opened itself: one
 * code path for both.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger.h"

G_BEGIN_DECLS

/* A piece of work for the ledger's own thread. */
typedef void (*WdLedgerFunc) (WdLedger *ledger, gint64 now, gpointer data);

typedef struct
{
  const char   *url; /* of the store, for reading */
  WdKeys       *keys;
  const char   *data_dir;
  GCancellable *cancellable; /* (nullable) */

  /* Runs @func where the ledger belongs and waits for its end. */
  void (*run) (WdLedgerFunc func, gpointer data, gpointer owner);
  /* (transfer full) @commit: to the live readers; from a WdLedgerFunc only. */
  void (*publish) (WdCommit *commit, gpointer owner);
  /* A line of NDJSON, with its end.  Waits where the reader is slow. */
  void (*say) (const char *text, gsize length, gpointer owner);
  /* (nullable) The process is about to end: what its next start will finish can be left. */
  gboolean (*is_ending) (gpointer owner);
  gpointer owner;
  /* (nullable) What @staff signed in with is no password any more; from a WdLedgerFunc only. */
  void (*sign_out) (const char *staff, gpointer owner);
} WdHost;

/* {"progress":{"step","done","total"}} */
void wd_host_progress (const WdHost *host, const char *step, gint64 done, gint64 total);

/* {"piece":BASE64}: some bytes of a file that is the answer */
void wd_host_piece (const WdHost *host, const char *bytes, gsize length);

/* As run(), for a function that may fail. */
typedef gboolean (*WdLedgerTry) (WdLedger *ledger, gint64 now, gpointer data, GError **error);
gboolean wd_host_try (const WdHost *host, WdLedgerTry func, gpointer data, GError **error);

G_END_DECLS
