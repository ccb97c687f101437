/* wd-replica.h — the desk's own copy of what its user may see, on disk
 *
 * One file for each server and user.  Holds the objects' bodies as they came and
 * how far the feed was read.  A file that is damaged is set aside and an empty one begun: all in
 * it can be had again.  What cannot be had again, the commands not yet sent, lies
 * in a file of its own (wd-outbox.h).  Belongs to one thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-store.h"
#include "wd-words.h"

G_BEGIN_DECLS

typedef struct _WdReplica WdReplica;

/* Errors: WD_STORE_ERROR_BUSY when another process holds it. */
WdReplica *wd_replica_open (const char *path, GError **error);
void       wd_replica_close (WdReplica *replica);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdReplica, wd_replica_close)

/* Whether the file was damaged, set aside and begun anew. */
gboolean wd_replica_is_anew (WdReplica *replica);

/* How far the feed was read; 0 and NULL for an empty copy. */
gint64      wd_replica_get_seq (WdReplica *replica);
const char *wd_replica_get_store (WdReplica *replica);
const char *wd_replica_get_view (WdReplica *replica);

/* The user as the server last named them: JSON {"id","name","role","unit"}, NULL before that. */
const char *wd_replica_get_user (WdReplica *replica);
gboolean    wd_replica_set_user (WdReplica *replica, const char *user, GError **error);

/* Hash (wd-password.h) of the last password that the server took, NULL before that or after it refused it.  It keeps
 * others at this computer from acting in the user's name while the server is away; the copy itself is plain on disk. */
const char *wd_replica_get_password (WdReplica *replica);
gboolean    wd_replica_set_password (WdReplica *replica, const char *hash, GError **error);

/* The server's clock as it was last heard, in the words of whoever sets it; NULL before that. */
const char *wd_replica_get_hello (WdReplica *replica);
gboolean    wd_replica_set_hello (WdReplica *replica, const char *hello, GError **error);

typedef struct
{
  WdObjectKind kind;
  const char  *id;
  gint64       seq;
  gint64       version;
  const char  *body; /* NULL: no longer for this reader */
} WdReplicaChange;

/* A batch of the feed and its position, in one transaction.
 * @changes: (element-type WdReplicaChange); @store, @view: (nullable): as they were */
gboolean wd_replica_apply (WdReplica *replica, GArray *changes, gint64 seq, const char *store, const char *view, GError **error);

/* Callers by the id of their order, sealed by whoever keeps them; one of a NULL goes.
 * Returns: (transfer full) (element-type utf8 utf8) */
GHashTable *wd_replica_read_callers (WdReplica *replica);
gboolean    wd_replica_keep_caller (WdReplica *replica, const char *id, const char *sealed, GError **error);
gboolean    wd_replica_drop_callers (WdReplica *replica, GError **error);

/* Drops all of it but the user, the password and the clock. */
gboolean wd_replica_clear (WdReplica *replica, GError **error);

/* All that is there, the kinds that others refer to first.  FALSE from @each stops. */
typedef gboolean (*WdReplicaFunc) (const WdReplicaChange *object, gpointer data);
gboolean wd_replica_each (WdReplica *replica, WdReplicaFunc each, gpointer data, GError **error);

/* What every file of a desk does when it is damaged: moved to PATH.damaged-N, with what SQLite keeps beside it. */
gboolean wd_replica_set_aside (const char *path, GError **error);

G_END_DECLS
