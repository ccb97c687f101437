/* wd-heads.h — the chain's head, written out beside the store from time to time
 *
 * A chain proves nothing about events that were cut off its end.  DIR/heads holds a
 * line `TIME SEQ HASH` for each time that its head was written out; copied elsewhere, as on
 * paper, it binds whoever holds the store and the key file as well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger.h"

G_BEGIN_DECLS

typedef struct
{
  char  *time; /* as in the file */
  gint64 seq;
  char  *hash; /* hexadecimal */
} WdHead;

/* Adds a line for where @ledger stands.  The file is made where it is missing (0600). */
gboolean wd_heads_append (const char *data_dir, WdLedger *ledger, gint64 now, GError **error);

/* Rising seq; empty where there is no file.  What is no whole line, as after a crash, is passed over.
 * Returns: (transfer full) (element-type WdHead) */
GPtrArray *wd_heads_read (const char *data_dir, GError **error);

/* Before a store is restored: those of the one that was here are kept, as DIR/heads.TIME. */
gboolean wd_heads_set_aside (const char *data_dir, gint64 now, GError **error);

/* (transfer full): hexadecimal */
char *wd_head_hex (GBytes *hash);

G_END_DECLS
