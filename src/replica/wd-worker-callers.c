/* wd-worker-callers.c — who called about what this unit has in hand, kept sealed for when there is no link
 *
 * Fetched once, when the order is the unit's own, and dropped when it leaves (api §5).  The session's token, which the keyring keeps, is
 * what it is sealed by: where that is lost, what was sealed is dropped at the next sign-in and fetched again.  That it was fetched stands
 * in the order's history; that it was looked at without a link is a note of who looked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-worker.h"

#include "wd-json.h"
#include "wd-seal.h"

#define REASON "接单时留存，供断网时联系反映人" /* read in the order's history */
#define RETRY_MS 15000

/* --- what is kept --------------------------------------------------------------- */

/* Nobody is stopped where the disk does not take it: it is kept here for as long as the program runs. */
static void
keep (WdWorker *worker, const char *id, const char *text)
{
  char *sealed = wd_seal_text (worker->secret, id, text);

  wd_replica_keep_caller (worker->replica, id, sealed, NULL);
  g_hash_table_insert (worker->sealed, g_strdup (id), sealed);
}

static void
drop (WdWorker *worker, const char *id)
{
  wd_replica_keep_caller (worker->replica, id, NULL, NULL);
  g_hash_table_remove (worker->sealed, id);
}

/* It stands in the copy, so it is still this unit's. */
static void
fetch_anew (WdWorker *worker, const char *id)
{
  drop (worker, id);
  g_hash_table_add (worker->wanted, g_strdup (id));
}

/* By the token in use from now on; what a start without one left as it was is dropped only where this one can't open it. */
void
wd_worker_reseal_callers (WdWorker *worker)
{
  g_autofree char        *before = g_steal_pointer (&worker->secret);
  g_autofree const char **ids = NULL;

  worker->secret = g_strdup (worker->token);
  if (worker->sealed == NULL || g_strcmp0 (before, worker->secret) == 0)
    return;
  ids = (const char **)g_hash_table_get_keys_as_array (worker->sealed, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup (ids[i]);
      g_autofree char *text = wd_seal_open (before != NULL ? before : worker->secret, id, g_hash_table_lookup (worker->sealed, id));

      if (text == NULL)
        fetch_anew (worker, id);
      else if (before != NULL)
        keep (worker, id, text);
    }
}

/* After the files are opened and before anything is read of them: what the token can't open is fetched again.  Without one (a keyring
 * that is not there or slow) nothing is known of them yet. */
void
wd_worker_begin_callers (WdWorker *worker)
{
  g_autofree const char **ids = NULL;

  wd_worker_end_callers (worker);
  worker->sealed = wd_replica_read_callers (worker->replica);
  worker->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  worker->secret = g_strdup (worker->token);
  if (worker->secret == NULL)
    return;
  ids = (const char **)g_hash_table_get_keys_as_array (worker->sealed, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup (ids[i]);
      g_autofree char *text = wd_seal_open (worker->secret, id, g_hash_table_lookup (worker->sealed, id));

      if (text == NULL)
        drop (worker, id);
    }
}

void
wd_worker_end_callers (WdWorker *worker)
{
  g_clear_pointer (&worker->sealed, g_hash_table_unref);
  g_clear_pointer (&worker->wanted, g_hash_table_unref);
  g_clear_pointer (&worker->secret, g_free);
}

/* The copy goes, or whoever sits here. */
void
wd_worker_forget_callers (WdWorker *worker)
{
  if (worker->sealed == NULL)
    return;
  wd_replica_drop_callers (worker->replica, NULL);
  g_hash_table_remove_all (worker->sealed);
  g_hash_table_remove_all (worker->wanted);
}

/* --- whose caller is kept ---------------------------------------------------------- */

static gboolean
is_own (WdWorker *worker, const WdOrder *order)
{
  const WdActor *actor = worker->actor;

  return order != NULL && actor != NULL && actor->unit != NULL && wd_may_see_caller (actor, order) && order->caller != NULL && order->caller->phone != NULL;
}

/* @order: as it stands now, NULL where it has left */
void
wd_worker_note_caller (WdWorker *worker, const char *id, const WdOrder *order)
{
  gboolean kept = g_hash_table_contains (worker->sealed, id);

  if (!is_own (worker, order))
    {
      g_hash_table_remove (worker->wanted, id);
      if (kept)
        drop (worker, id);
    }
  else if (!kept)
    g_hash_table_add (worker->wanted, g_strdup (id));
}

/* --- fetching ------------------------------------------------------------------------ */

/* When the next is to be asked for. */
gint64
wd_worker_next_caller (WdWorker *worker)
{
  return g_hash_table_size (worker->wanted) > 0 ? worker->callers_at : G_MAXINT64;
}

static void
take_caller (WdWorker *worker, const char *id, JsonNode *root)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!g_hash_table_remove (worker->wanted, id) || root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || worker->secret == NULL)
    return; /* it has left meanwhile, or nobody may know */
  wd_json_append_node (text, root);
  keep (worker, id, text->str);
}

/* One at a time, so that what people give goes out between. */
WdOutcome
wd_worker_fetch_caller (WdWorker *worker)
{
  GHashTableIter    iter;
  gpointer          first;
  g_autofree char  *id = NULL;
  g_autofree char  *reason = NULL;
  g_autofree char  *path = NULL;
  g_auto (WdAnswer) answer = { 0 };

  if (wd_worker_next_caller (worker) > wd_boot_clock ())
    return WD_OUTCOME_DONE;
  g_hash_table_iter_init (&iter, worker->wanted);
  g_hash_table_iter_next (&iter, &first, NULL);
  id = g_strdup (first);
  reason = g_uri_escape_string (REASON, NULL, FALSE);
  path = g_strdup_printf ("/v1/orders/%s/caller?reason=%s", id, reason);
  if (!wd_worker_ask (worker, "GET", path, NULL, &answer, NULL))
    return WD_OUTCOME_OFFLINE;
  if (answer.problem == WD_PROBLEM_UNAUTHORIZED && answer.status >= 400)
    return WD_OUTCOME_SIGNED_OUT;
  if (answer.status >= 500 || answer.status == 429)
    worker->callers_at = wd_boot_clock () + MAX (answer.retry_after, RETRY_MS);
  else
    take_caller (worker, id, answer.status < 400 ? answer.root : NULL);
  return WD_OUTCOME_DONE;
}

/* Returns: (transfer full) (nullable): as the server answered it, where it is kept here and can be opened */
JsonNode *
wd_worker_find_caller (WdWorker *worker, const char *id)
{
  const char      *sealed = worker->sealed != NULL ? g_hash_table_lookup (worker->sealed, id) : NULL;
  g_autofree char *text = NULL;

  if (sealed == NULL || worker->secret == NULL)
    return NULL;
  text = wd_seal_open (worker->secret, id, sealed);
  return text != NULL ? wd_json_parse (text, -1, NULL) : NULL;
}
