/* wd-replica.c — the desk's own copy of what its user may see, on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-replica.h"

#include "wd-record.h"

#include <glib/gstdio.h>

struct _WdReplica
{
  WdStore *store;
  gint64   seq;
  char    *server_store;
  char    *view;
  char    *user;
  char    *password;
  char    *hello;
  gboolean anew;
};

/* clang-format off */
static const WdStatement get_position  = { "get_position",  "SELECT seq, store, view, reader, password, hello FROM position" };
static const WdStatement set_position  = { "set_position",  "UPDATE position SET seq = $1, store = $2, view = $3" };
static const WdStatement set_reader    = { "set_reader",    "UPDATE position SET reader = $1" };
static const WdStatement set_password  = { "set_password",  "UPDATE position SET password = $1" };
static const WdStatement set_hello     = { "set_hello",     "UPDATE position SET hello = $1" };
static const WdStatement put_object    = { "put_object",    "INSERT INTO objects (id, kind, seq, version, body) VALUES ($1, $2, $3, $4, $5) "
                                                            "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, version = excluded.version, body = excluded.body" };
static const WdStatement drop_object   = { "drop_object",   "DELETE FROM objects WHERE id = $1" };
static const WdStatement drop_objects  = { "drop_objects",  "DELETE FROM objects" };
static const WdStatement list_callers  = { "list_callers",  "SELECT id, sealed FROM callers" };
static const WdStatement put_caller    = { "put_caller",    "INSERT INTO callers (id, sealed) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed" };
static const WdStatement drop_caller   = { "drop_caller",   "DELETE FROM callers WHERE id = $1" };
static const WdStatement drop_callers  = { "drop_callers",  "DELETE FROM callers" };
static const WdStatement list_house    = { "list_house",    "SELECT kind, id, seq, version, body FROM objects WHERE kind <> 'order'" };
static const WdStatement list_orders   = { "list_orders",   "SELECT kind, id, seq, version, body FROM objects WHERE kind = 'order'" };
/* clang-format on */

gboolean
wd_replica_set_aside (const char *path, GError **error)
{
  static const char *const beside[] = { "", "-wal", "-shm" };
  g_autofree char         *aside = NULL;

  for (guint n = 1; aside == NULL || g_file_test (aside, G_FILE_TEST_EXISTS); n++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%u", path, n);
    }
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *from = g_strconcat (path, beside[i], NULL);
      g_autofree char *to = g_strconcat (aside, beside[i], NULL);

      if (g_rename (from, to) != 0 && i == 0)
        {
          g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "a damaged file can't be set aside");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_position (WdReplica *replica, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (replica->store, &get_position, error, "");

  if (rows == NULL)
    return FALSE;
  if (wd_rows_count (rows) != 1)
    {
      g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "the copy does not know how far it was read");
      return FALSE;
    }
  replica->seq = wd_rows_int (rows, 0, 0);
  replica->server_store = g_strdup (wd_rows_text (rows, 0, 1, NULL));
  replica->view = g_strdup (wd_rows_text (rows, 0, 2, NULL));
  replica->user = g_strdup (wd_rows_text (rows, 0, 3, NULL));
  replica->password = g_strdup (wd_rows_text (rows, 0, 4, NULL));
  replica->hello = g_strdup (wd_rows_text (rows, 0, 5, NULL));
  return TRUE;
}

static WdReplica *
open_at (const char *path, GError **error)
{
  g_autoptr (WdReplica) replica = g_new0 (WdReplica, 1);

  replica->store = wd_store_open (path, WD_STORE_WRITE | WD_STORE_ALONE, error);
  if (replica->store == NULL || wd_store_migrate (replica->store, "/waterdesk/replica/objects", error) < 0 || !read_position (replica, error))
    return NULL;
  return g_steal_pointer (&replica);
}

WdReplica *
wd_replica_open (const char *path, GError **error)
{
  g_autoptr (GError) broken = NULL;
  WdReplica         *replica = open_at (path, &broken);

  if (replica == NULL && g_error_matches (broken, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN) && wd_replica_set_aside (path, error) &&
      (replica = open_at (path, error)) != NULL)
    replica->anew = TRUE;
  if (replica == NULL && (error == NULL || *error == NULL))
    g_propagate_error (error, g_steal_pointer (&broken));
  return replica;
}

void
wd_replica_close (WdReplica *replica)
{
  if (replica == NULL)
    return;
  wd_store_close (replica->store);
  g_free (replica->server_store);
  g_free (replica->view);
  g_free (replica->user);
  g_free (replica->password);
  g_free (replica->hello);
  g_free (replica);
}

gboolean
wd_replica_is_anew (WdReplica *replica)
{
  return replica->anew;
}

gint64
wd_replica_get_seq (WdReplica *replica)
{
  return replica->seq;
}

const char *
wd_replica_get_store (WdReplica *replica)
{
  return replica->server_store;
}

const char *
wd_replica_get_view (WdReplica *replica)
{
  return replica->view;
}

const char *
wd_replica_get_user (WdReplica *replica)
{
  return replica->user;
}

gboolean
wd_replica_set_user (WdReplica *replica, const char *user, GError **error)
{
  if (g_strcmp0 (user, replica->user) == 0)
    return TRUE;
  if (!wd_store_exec (replica->store, &set_reader, error, "t", user))
    return FALSE;
  g_free (replica->user);
  replica->user = g_strdup (user);
  return TRUE;
}

const char *
wd_replica_get_password (WdReplica *replica)
{
  return replica->password;
}

gboolean
wd_replica_set_password (WdReplica *replica, const char *hash, GError **error)
{
  if (!wd_store_exec (replica->store, &set_password, error, "t", hash))
    return FALSE;
  g_free (replica->password);
  replica->password = g_strdup (hash);
  return TRUE;
}

const char *
wd_replica_get_hello (WdReplica *replica)
{
  return replica->hello;
}

gboolean
wd_replica_set_hello (WdReplica *replica, const char *hello, GError **error)
{
  if (!wd_store_exec (replica->store, &set_hello, error, "t", hello))
    return FALSE;
  g_free (replica->hello);
  replica->hello = g_strdup (hello);
  return TRUE;
}

static gboolean
read_caller (const WdRows *row, gpointer callers)
{
  const char *id = wd_rows_text (row, 0, 0, NULL), *sealed = wd_rows_text (row, 0, 1, NULL);

  if (id != NULL && sealed != NULL)
    g_hash_table_insert (callers, g_strdup (id), g_strdup (sealed));
  return TRUE;
}

GHashTable *
wd_replica_read_callers (WdReplica *replica)
{
  GHashTable *callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  wd_store_each (replica->store, &list_callers, read_caller, callers, NULL, "");
  return callers;
}

gboolean
wd_replica_keep_caller (WdReplica *replica, const char *id, const char *sealed, GError **error)
{
  return sealed != NULL ? wd_store_exec (replica->store, &put_caller, error, "tt", id, sealed)
                        : wd_store_exec (replica->store, &drop_caller, error, "t", id);
}

gboolean
wd_replica_drop_callers (WdReplica *replica, GError **error)
{
  return wd_store_exec (replica->store, &drop_callers, error, "");
}

/* One transaction, which leaves nothing behind when it breaks. */
static gboolean
run_whole (WdReplica *replica, WdBatch *batch, GError **error)
{
  if (!wd_store_begin (replica->store, error))
    return FALSE;
  if (!wd_store_run (replica->store, batch, NULL, error))
    {
      wd_store_rollback (replica->store);
      return FALSE;
    }
  return wd_store_commit (replica->store, error);
}

static void
remember (char **place, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*place);
  *place = copy;
}

gboolean
wd_replica_apply (WdReplica *replica, GArray *changes, gint64 seq, const char *store, const char *view, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();

  if (store == NULL)
    store = replica->server_store;
  if (view == NULL)
    view = replica->view;
  for (guint i = 0; i < changes->len; i++)
    {
      const WdReplicaChange *change = &g_array_index (changes, WdReplicaChange, i);

      if (change->body != NULL)
        wd_batch_add (batch, &put_object, "ttiit", change->id, wd_enum_nick (WD_TYPE_OBJECT_KIND, change->kind), change->seq, change->version, change->body);
      else
        {
          wd_batch_add (batch, &drop_object, "t", change->id);
          wd_batch_add (batch, &drop_caller, "t", change->id);
        }
    }
  wd_batch_add (batch, &set_position, "itt", seq, store, view);
  if (!run_whole (replica, batch, error))
    return FALSE;
  replica->seq = seq;
  remember (&replica->server_store, store);
  remember (&replica->view, view);
  return TRUE;
}

gboolean
wd_replica_clear (WdReplica *replica, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();

  wd_batch_add (batch, &drop_objects, "");
  wd_batch_add (batch, &drop_callers, "");
  wd_batch_add (batch, &set_position, "inn", (gint64)0);
  if (!run_whole (replica, batch, error))
    return FALSE;
  replica->seq = 0;
  remember (&replica->server_store, NULL);
  remember (&replica->view, NULL);
  return TRUE;
}

typedef struct
{
  WdReplicaFunc each;
  gpointer      data;
  gboolean      stopped;
} Reading;

static gboolean
read_row (const WdRows *row, gpointer data)
{
  Reading        *reading = data;
  WdReplicaChange object = {
    .kind = wd_enum_value (WD_TYPE_OBJECT_KIND, wd_rows_text (row, 0, 0, NULL)),
    .id = wd_rows_text (row, 0, 1, NULL),
    .seq = wd_rows_int (row, 0, 2),
    .version = wd_rows_int (row, 0, 3),
    .body = wd_rows_text (row, 0, 4, NULL),
  };

  reading->stopped = !reading->each (&object, reading->data);
  return !reading->stopped;
}

gboolean
wd_replica_each (WdReplica *replica, WdReplicaFunc each, gpointer data, GError **error)
{
  Reading reading = { each, data, FALSE };

  return wd_store_each (replica->store, &list_house, read_row, &reading, error, "") &&
         (reading.stopped || wd_store_each (replica->store, &list_orders, read_row, &reading, error, ""));
}
