/* wd-event.h — what happened: the only thing that changes anything
 *
 * `data` holds the public members and `sealed` the private ones (caller,
 * account, address, point, every free text), both a{sv} after the verb's table
 * (wd-command.h).  Boxes may be erased by age: `sealed` is then NULL, and
 * apply leaves nulls.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-command.h"

G_BEGIN_DECLS

typedef struct
{
  gint64       seq; /* given by the ledger at commit */
  WdVerb       verb;
  WdObjectKind kind;
  char        *object;     /* id */
  gint64       at;         /* when it happened */
  gint64       entered_at; /* when the server heard of it */
  char        *by;         /* id of the staff; NULL = the server itself */
  char        *by_unit;    /* code of that person's unit then */
  GVariant    *data;
  GVariant    *sealed; /* (nullable) */
} WdEvent;

WdEvent *wd_event_new (WdVerb verb, WdObjectKind kind, const char *object, gint64 at, gint64 entered_at);
void     wd_event_free (WdEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdEvent, wd_event_free)

/* Splits @members after the flags of @info's table.  @sealed is NULL where none is private. */
void wd_event_set_members (WdEvent *event, const WdVerbInfo *info, GVariant *members);

/* Looks in both halves; borrowed.  NULL where absent or erased. */
const char *wd_event_text (const WdEvent *event, const char *name);
GVariant   *wd_event_lookup (const WdEvent *event, const char *name); /* (transfer full) (nullable) */

G_END_DECLS
