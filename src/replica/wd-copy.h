/* wd-copy.h — one object of the desk's copy: as the server has it, and as it is shown here
 *
 * Counted, so that a row on the screen may keep what it shows after the object has left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"

G_BEGIN_DECLS

typedef struct
{
  WdObjectKind kind;
  char        *id;
  gint64       seq;       /* of what is confirmed */
  gpointer     confirmed; /* (nullable) */
  gpointer     shown;     /* (nullable): the same record where nothing waits */
  GPtrArray   *pending;   /* (nullable): WdPending, oldest first, of wd-desk-private.h */
} WdCopy;

WdCopy *wd_copy_new (WdObjectKind kind, const char *id);
WdCopy *wd_copy_ref (WdCopy *copy);
void    wd_copy_unref (WdCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCopy, wd_copy_unref)

/* Both take @record. */
void wd_copy_set_confirmed (WdCopy *copy, gpointer record, gint64 seq);
void wd_copy_set_shown (WdCopy *copy, gpointer record);

G_END_DECLS
