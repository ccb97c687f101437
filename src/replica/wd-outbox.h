/* wd-outbox.h — the commands that wait for the server's answer, on disk
 *
 * A command is written before anything else happens to it, and leaves only when it
 * was answered, undone or settled.  Commands about one object are a chain: they go in the
 * order in which they were given, one at a time, but for those that are joined to the one before
 * them: they go in one request with it.  A chain stops at its first refusal until a person has seen to it.  What was sent is never changed.  Drafts of commands to come lie beside them,
 * and go in one step with the putting of what was made of them.
 * A file that is damaged is set aside, and what can still be read of it is taken over.  Belongs to one thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-store.h"

G_BEGIN_DECLS

typedef struct _WdOutbox WdOutbox;

typedef struct
{
  char    *id;         /* of the command */
  char    *chain;      /* id of the object that it is about */
  char    *body;       /* JSON of the command */
  gint64   given_at;   /* server's time, as the desk knew it */
  gint64   hold_until; /* boot clock in milliseconds: not sent before, may be undone until then */
  gboolean joined;     /* it goes in one request with the one before it of its chain: both are one act */
  char    *problem;    /* JSON of the refusal; NULL while it waits */
  char    *before;     /* (nullable): JSON of the order as its user saw it when it was given */
  char    *draft;      /* (nullable): id of the draft that it was made of */
  char    *anchor;     /* (nullable): with elapsed what proves given_at (api §4), until it has gone out or was told; not kept on disk */
  gint64   elapsed;
  gint64   given_boot; /* boot clock: when it was given; not kept on disk */
  gboolean sent;       /* it has gone out since the desk began, and nobody knows that it came to nothing: can't be undone any more */
} WdOutboxEntry;
WdOutboxEntry *wd_outbox_entry_copy (const WdOutboxEntry *entry);
void           wd_outbox_entry_free (WdOutboxEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdOutboxEntry, wd_outbox_entry_free)

/* What was held when the desk ended is held no longer.  Errors: as wd_replica_open(). */
WdOutbox *wd_outbox_open (const char *path, GError **error);
void      wd_outbox_close (WdOutbox *outbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdOutbox, wd_outbox_close)

/* Whether the file was damaged, set aside and begun anew with what could still be read of it. */
gboolean wd_outbox_is_anew (WdOutbox *outbox);

/* All entries, oldest first.  Returns: (transfer none) (element-type WdOutboxEntry): valid until the next change */
GPtrArray *wd_outbox_list (WdOutbox *outbox);

/* Returns: (transfer none) (nullable) */
WdOutboxEntry *wd_outbox_find (WdOutbox *outbox, const char *id);

/* Durable when it returns TRUE.  @entry is copied; what it is joined to is held for as long as it. */
gboolean wd_outbox_put (WdOutbox *outbox, const WdOutboxEntry *entry, GError **error);

/* What goes and what comes, in one step: all of it or nothing.  @going: (nullable): ids, of which some may have gone already;
 * @entries: (nullable) (element-type WdOutboxEntry): as for wd_outbox_put() */
gboolean wd_outbox_exchange (WdOutbox *outbox, const char *const *going, GPtrArray *entries, GError **error);

/* Answered well, undone or settled: it goes. */
gboolean wd_outbox_remove (WdOutbox *outbox, const char *id, GError **error);
gboolean wd_outbox_refuse (WdOutbox *outbox, const char *id, const char *problem, GError **error);

/* Another @body of what has not gone out yet. */
gboolean wd_outbox_rewrite (WdOutbox *outbox, const char *id, const char *body, GError **error);

/* Lets go what is held: one, or (NULL) all. */
void wd_outbox_release (WdOutbox *outbox, const char *id);

/* What was typed and not yet given: @body, or NULL to have it gone. */
gboolean wd_outbox_put_draft (WdOutbox *outbox, const char *id, const char *body, GError **error);

/* Returns: (transfer full) (element-type utf8 utf8): bodies by id */
GHashTable *wd_outbox_read_drafts (WdOutbox *outbox);

/* What may be sent at @now: of each chain its oldest with what is joined to it, if it is neither refused nor held; no more than
 * @bytes of bodies in all (but at least one).  Returns: (transfer container) (element-type WdOutboxEntry) */
GPtrArray *wd_outbox_list_ready (WdOutbox *outbox, gint64 now, gsize bytes);

/* Whether an entry of the same chain before this one was refused. */
gboolean wd_outbox_is_behind_refused (WdOutbox *outbox, const char *id);

/* When the next may be sent, if none goes before @not_before; G_MAXINT64 for none. */
gint64 wd_outbox_next (WdOutbox *outbox, gint64 not_before);

G_END_DECLS
