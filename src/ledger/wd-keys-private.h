/* wd-keys-private.h — the inside of a key file, for wd-keys*.c alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-keys.h"

G_BEGIN_DECLS

#define WD_KEY_BYTES 32

typedef enum
{
  WD_KEY_WRAP,
  WD_KEY_CHAIN,
  WD_KEY_PHONE,
  WD_KEY_TIME,
  WD_KEY_PURPOSES
} WdKeyPurpose;

typedef struct
{
  guint  id;
  guint8 master[WD_KEY_BYTES];
  guint8 subkeys[WD_KEY_PURPOSES][WD_KEY_BYTES];
} WdKey;

struct _WdKeys
{
  gatomicrefcount refs;
  char           *path;
  GMutex          lock; /* guards the list; a key never changes nor goes */
  GPtrArray      *keys;
};

/* Borrowed for as long as @keys lives. */
const WdKey *wd_keys_find (WdKeys *keys, guint id, GError **error);
const WdKey *wd_keys_first (WdKeys *keys);
const WdKey *wd_keys_last (WdKeys *keys);

G_END_DECLS
