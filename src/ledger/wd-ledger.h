/* wd-ledger.h — the one way in: commands decided, events kept, state derived
 *
 * The ledger alone decides and alone writes.  A batch of commands
 * is one transaction: read what they touch, decide one after another against
 * that overlay, write events, boxes, state, clocks, schedule, audience and the commands'
 * answers, commit.  Only then is anything answered or published.
 *
 * A WdLedger belongs to one thread: the writer's.  Readers use WdReader (wd-reader.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-atlas.h"
#include "wd-json.h"
#include "wd-keys.h"
#include "wd-store.h"

G_BEGIN_DECLS

typedef struct _WdLedger WdLedger;

/* Whether there is a store at @url. */
gboolean wd_ledger_is_there (const char *url);

/* The keys of the store at @url; made where there is no store yet.  A store whose key file is missing is refused: with
 * new keys all that it sealed would be lost. */
WdKeys *wd_ledger_load_keys (const char *key_file, const char *url, GError **error);

/* Migrates, seeds policy version 1 and the categories of an empty store.
 * @url: as wd_store_open(); @keys: (transfer none) must outlive the ledger.
 * Errors: WD_STORE_ERROR_BUSY when another server holds the store, WD_STORE_ERROR_BROKEN with another store's keys. */
WdLedger *wd_ledger_open (const char *url, WdKeys *keys, gint64 now, GError **error);
void      wd_ledger_close (WdLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdLedger, wd_ledger_close)

/* From now on @atlas (transfer none) (nullable) is told of each commit, and outages know who is in their areas. */
void wd_ledger_set_atlas (WdLedger *ledger, WdAtlas *atlas);

/* What one sender asks, and after the commit what it gets. */
typedef struct
{
  WdActor   *actor;
  WdCommand *command;
  GError    *refused; /* set before: refused already by wire (no command); still answered and kept by id */
  char      *id;      /* of the command, where readable */
  GBytes    *digest;  /* of the command as sent, for id-reused */
  /* out */
  char *answer; /* JSON of the result object (api §4) */
} WdEntry;
/* @fault: (nullable): what it is refused for unread (wd_json_parse_commands()) */
WdEntry *wd_entry_new (const WdActor *actor, JsonObject *object, const GError *fault);
void     wd_entry_free (WdEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdEntry, wd_entry_free)

/* One object as it stands after a commit, for whoever may hear of it. */
typedef struct
{
  gint64       seq;
  WdObjectKind kind;
  char        *id;
  gint64       version;
  GBytes      *body;    /* JSON text */
  GStrv        readers; /* who sees it now */
  GStrv        left;    /* who saw it before and no longer does: they get body null, why `left` */
} WdChange;
void wd_change_free (WdChange *change);

typedef struct
{
  gint64     since;   /* the feed stood here before */
  gint64     seq;     /* and here after */
  GPtrArray *changes; /* WdChange, rising seq, one for each object */
} WdCommit;
void wd_commit_free (WdCommit *commit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCommit, wd_commit_free)

/* Decides and keeps @entries (element-type WdEntry), in order, as one transaction; sets each `answer`.
 * An SQL error inside one command takes that one out and the batch is redone without it.
 * Returns: (transfer full): what changed, or NULL when nothing at all was kept (WD_STORE_ERROR_FULL, _BUSY):
 * then no entry has an answer. */
WdCommit *wd_ledger_commit (WdLedger *ledger, GPtrArray *entries, gint64 now, GError **error);

/* Fires up to @limit clocks that ran out before @now (in order, each once).
 * @next: (out): when the next one is due, G_MAXINT64 for none */
WdCommit *wd_ledger_fire (WdLedger *ledger, gint64 now, guint limit, gint64 *next, GError **error);

/* A look at a caller is an event (R76). */
WdCommit *wd_ledger_looked (WdLedger *ledger, const WdActor *actor, const char *order, const char *reason, gint64 now, GError **error);

/* The store's UUID (new after a restore), the seq it stands at, and the time of the last event. */
const char *wd_ledger_store_id (WdLedger *ledger);
gint64      wd_ledger_seq (WdLedger *ledger);
gint64      wd_ledger_last_time (WdLedger *ledger);

WdStore *wd_ledger_get_store (WdLedger *ledger); /* (transfer none): for the other files of this room */
WdKeys  *wd_ledger_get_keys (WdLedger *ledger);

G_END_DECLS
