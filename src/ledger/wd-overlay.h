/* wd-overlay.h — the state as the commands of one transaction see it
 *
 * What a transaction reads or changes is held here, parsed.  Parsing costs more
 * than reading, so records are held on across transactions, but nothing is
 * believed that this transaction has not asked for: of units, crews, staff, categories and
 * policies it asks first what is newer than what is held; an order's row is read
 * each time, and parsed where its seq is another one.  What was not asked for beforehand is
 * read when it is looked for.
 *
 * Private to ledger/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"
#include "wd-store.h"

G_BEGIN_DECLS

/* One object.  `record` is NULL where there is none of that id. */
typedef struct
{
  WdObjectKind kind;
  char        *id;
  char        *code; /* units, categories: code; staff: sign-in name; policies: version */
  gpointer     record;
  gint64       seq;     /* of its last event */
  GStrv        readers; /* who sees it; NULL until asked for */

  guint64 asked; /* the transaction that last read its row */
  GList   used;  /* an order's place among those held on */

  /* of this transaction */
  gboolean touched;
  guint    owner; /* of the last touch: place of the command in its batch */
  gboolean is_new;
  GStrv    readers_before;
  gint64   due_before;
  gboolean new_search; /* what it is searched by changed */
  GBytes  *phone;      /* keyed hash of a new caller's telephone */
  char    *caller_box; /* where that caller lies */
  GBytes  *key;        /* the object's own, once needed */
  GBytes  *body;       /* as it was written */
} WdHeld;

typedef struct _WdOverlay WdOverlay;

WdOverlay *wd_overlay_new (WdStore *store);
void       wd_overlay_free (WdOverlay *overlay);

/* At the start of a transaction: adds what to read to @batch, and after it ran takes it.
 * A damaged body is left for whoever looks for it. */
void wd_overlay_ask_changes (WdOverlay *overlay, WdBatch *batch);
void wd_overlay_ask (WdOverlay *overlay, WdBatch *batch, const char *id);
void wd_overlay_take (WdOverlay *overlay, const WdBatch *batch);

/* (transfer none): of whatever kind, with a NULL record where there is none; NULL on an error. */
WdHeld *wd_overlay_hold (WdOverlay *overlay, const char *id, GError **error);
/* (nullable) */
WdHeld *wd_overlay_find_code (WdOverlay *overlay, WdObjectKind kind, const char *code, GError **error);
/* (transfer full) (nullable): codes of the territories around @point, the smallest first (P27). */
GStrv wd_overlay_districts (WdOverlay *overlay, const WdPoint *point, GError **error);
/* Whether @area (GeoJSON) meets no territory at all, and a place of it; FALSE while there is none. */
gboolean wd_overlay_lies_outside (WdOverlay *overlay, const char *area, WdPoint *at, GError **error);
/* (nullable): version 0 is the one in force at @now. */
const WdPolicy *wd_overlay_policy (WdOverlay *overlay, gint64 version, gint64 now, GError **error);

/* After an event was applied to @held. */
void wd_overlay_index (WdOverlay *overlay, WdHeld *held);

/* After a commit at @seq.  @touched: (element-type WdHeld).  After a rollback: lets go of all. */
void wd_overlay_settle (WdOverlay *overlay, gint64 seq, GPtrArray *touched);
void wd_overlay_clear (WdOverlay *overlay);

G_END_DECLS
