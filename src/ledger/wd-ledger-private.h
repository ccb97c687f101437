/* wd-ledger-private.h — the inside of a ledger, for ledger/ alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger.h"
#include "wd-overlay.h"

G_BEGIN_DECLS

struct _WdLedger
{
  WdStore   *store;
  WdKeys    *keys;
  WdOverlay *overlay;
  WdAtlas   *atlas; /* (nullable) (transfer none) */
  char      *store_id;
  gint64     seq;
  gint64     last_time;
  char      *zone_name; /* of `zone` */
  GTimeZone *zone;
};

WdCommit *wd_commit_new (gint64 since, gint64 seq);

/* Whether @store was made with @keys (WD_STORE_ERROR_BROKEN); one that was never filled takes any. */
gboolean wd_ledger_check_keys (WdStore *store, WdKeys *keys, GError **error);

G_END_DECLS
