/* wd-work-api.c — POST /v1/imports/KIND, and the administrator's work on the local socket
 *
 * The work runs in the handler's thread and reaches the ledger through the
 * writer's queue, between the batches of others.  One at a time; when the client
 * goes, it is cancelled as far as it can be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#include "wd-import.h"
#include "wd-work.h"

/* ---- a host around the writer ---- */

typedef struct
{
  WdService    *service;
  WdReply      *reply;
  GCancellable *cancellable;
} Owner;

typedef struct
{
  WdLedgerFunc func;
  gpointer     data;
  GMutex       lock;
  GCond        ended;
  gboolean     has_ended;
} Piece;

static void
run_piece (WdLedger *ledger, gint64 now, gpointer data)
{
  Piece *piece = data;

  piece->func (ledger, now, piece->data);
  g_mutex_lock (&piece->lock);
  piece->has_ended = TRUE;
  g_cond_signal (&piece->ended);
  g_mutex_unlock (&piece->lock);
}

static void
run (WdLedgerFunc func, gpointer data, gpointer user_data)
{
  Owner *owner = user_data;
  Piece  piece = { func, data };

  g_mutex_init (&piece.lock);
  g_cond_init (&piece.ended);
  wd_writer_run (owner->service->writer, run_piece, &piece);
  g_mutex_lock (&piece.lock);
  while (!piece.has_ended)
    g_cond_wait (&piece.ended, &piece.lock);
  g_mutex_unlock (&piece.lock);
  g_mutex_clear (&piece.lock);
  g_cond_clear (&piece.ended);
}

static void
publish (WdCommit *commit, gpointer user_data)
{
  Owner *owner = user_data;

  wd_writer_publish (owner->service->writer, commit);
}

static void
say (const char *text, gsize length, gpointer user_data)
{
  Owner             *owner = user_data;
  g_autoptr (GBytes) piece = g_bytes_new (text, length);

  if (!wd_reply_write (owner->reply, piece))
    g_cancellable_cancel (owner->cancellable);
}

static gboolean
is_ending (gpointer user_data)
{
  Owner *owner = user_data;

  return g_atomic_int_get (&owner->service->is_ending);
}

static void
sign_out (const char *staff, gpointer user_data)
{
  Owner *owner = user_data;

  wd_sessions_end_user (owner->service->sessions, staff);
  wd_live_check_sessions (owner->service->live);
}

/* ---- handlers ---- */

static void
do_work (WdRequest *request, WdReply *reply, WdService *service, const char *what, GHashTable *args)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Owner                    owner = { service, reply, cancellable };
  WdHost                   host = { service->store_url, service->keys, service->data_dir, cancellable, run, publish, say, is_ending, &owner, sign_out };

  int body = wd_request_rewind_spool (request);

  if (body < 0)
    {
      wd_reply_set_problem (reply, WD_PROBLEM_STORAGE, NULL, NULL, NULL);
      return;
    }
  if (!g_atomic_int_compare_and_exchange (&service->is_working, FALSE, TRUE))
    {
      wd_reply_set_problem (reply, WD_PROBLEM_BUSY, "Other work of the administration is going on.", NULL, NULL);
      wd_reply_set_header (reply, "Retry-After", "5");
      return;
    }
  wd_reply_set_header (reply, "Content-Type", WD_WORK_CONTENT_TYPE);
  if (wd_work_do (&host, what, args, body, NULL) && g_strcmp0 (g_hash_table_lookup (args, "kind"), "tiles") == 0)
    wd_tiles_reload (service->tiles);
  g_atomic_int_set (&service->is_working, FALSE);
}

void
wd_import_post (WdRequest *request, WdReply *reply, gpointer data)
{
  g_autoptr (GHashTable) args = g_hash_table_new (g_str_hash, g_str_equal);
  const char            *kind = wd_request_get_arg (request, "kind");

  if (!wd_import_kind_is_known (kind))
    {
      wd_reply_set_problem (reply, WD_PROBLEM_NOT_FOUND, NULL, NULL, NULL);
      return;
    }
  g_hash_table_insert (args, (gpointer) "kind", (gpointer)kind);
  g_hash_table_insert (args, (gpointer) "theme", (gpointer)wd_request_get_query (request, "theme"));
  do_work (request, reply, data, "import", args);
}

void
wd_work_post (WdRequest *request, WdReply *reply, gpointer data)
{
  const char *what = wd_request_get_arg (request, "what");

  if (wd_work_is_known (what))
    do_work (request, reply, data, what, wd_request_get_query_table (request));
  else
    wd_reply_set_problem (reply, WD_PROBLEM_NOT_FOUND, NULL, NULL, NULL);
}
