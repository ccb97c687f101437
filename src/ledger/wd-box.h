/* wd-box.h — one private member of one event, sealed once, apart from the chain
 *
 * The box itself lies in a table of its own and may be erased by age; the
 * event names it and holds its hash, so the chain verifies without it, and the state
 * row names the same box.  Who lists boxes in an event keeps them in the order of the verb's table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-keys.h"

G_BEGIN_DECLS

typedef struct
{
  char   *field;  /* the member's name */
  char   *id;     /* unique in the store, no blanks */
  GBytes *hash;   /* BLAKE2b-256 of `sealed` */
  GBytes *sealed; /* NULL where only the event's naming was read, or it was erased */
} WdBox;

/* @object_key: of wd_keys_new_object_key() for @object.  @text: the member's value as JSON. */
WdBox *wd_box_seal (GBytes *object_key, const char *object, const char *id, const char *field, const char *text);
void   wd_box_free (WdBox *box);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBox, wd_box_free)

/* Opens @sealed after checking that it is the box which @box names.  G_IO_ERROR_INVALID_DATA where it is not. */
char *wd_box_open (const WdBox *box, GBytes *object_key, const char *object, GBytes *sealed, GError **error);

/* How an event keeps the naming of its boxes: a line `FIELD BOX HASH` (lower-case hexadecimal) for each.
 * @boxes: (element-type WdBox) (nullable).  Returns: "" where there is none. */
char *wd_boxes_to_text (GPtrArray *boxes);
/* Returns: (transfer full) (element-type WdBox): without `sealed`, never NULL but with @error. */
GPtrArray *wd_boxes_from_text (const char *text, GError **error);

G_END_DECLS
