/* wd-chain.h — each event bound to the one before it
 *
 * The hash of an event is the keyed BLAKE2b-256 (wd_keys_chain) over the hash
 * of the event before and the event's public bytes.  These are its columns in
 * the order of WdChainEvent, each as `LENGTH:BYTES` with the length in decimal, `-` for
 * nothing, numbers as decimal text; `boxes` holds the hashes of the private members, so
 * that they are bound as well and may still be erased.  Nothing else goes in: whoever holds the
 * events and the key file can compute the chain again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-keys.h"

G_BEGIN_DECLS

/* Borrowed looks at one row of `events`. */
typedef struct
{
  gint64      seq;
  guint       key;  /* the id of the chain key that it uses */
  const char *verb; /* wd_verb_info()->name */
  const char *kind; /* nick of the object's kind */
  const char *object;
  gint64      at;
  gint64      entered_at;
  const char *by;
  const char *by_unit;
  const char *data;  /* JSON of the public members, as stored */
  const char *boxes; /* of wd_boxes_to_text(), as stored */
} WdChainEvent;

/* @before: (nullable): NULL for the first event.  G_IO_ERROR_NOT_FOUND when the key file lacks the key. */
GBytes *wd_chain_link (WdKeys *keys, const WdChainEvent *event, GBytes *before, GError **error);

G_END_DECLS
