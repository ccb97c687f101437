/* wd-worker-feed.c — from the disk and from `changes` into the copy and to the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-worker.h"

#include "wd-json.h"

#define PAGE 1000
#define LOAD_AT_ONCE 500

/* --- reading members of an answer --------------------------------------- */

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
int_member (JsonObject *object, const char *name, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

/* --- the disk -------------------------------------------------------------- */

typedef struct
{
  WdWorker *worker;
  WdNews   *news;
} Loading;

static void
hand_over (Loading *loading)
{
  if (loading->news->objects != NULL)
    wd_worker_tell (loading->worker, g_steal_pointer (&loading->news));
  else
    g_clear_pointer (&loading->news, wd_news_free);
}

static gboolean
load_object (const WdReplicaChange *object, gpointer data)
{
  Loading *loading = data;
  gpointer record = NULL;

  /* What an older or newer desk wrote and this one does not understand is left out; the feed brings it anew. */
  if (object->kind != WD_OBJECT_NONE)
    record = wd_record_from_texts (wd_object_type (object->kind), object->body, NULL, NULL);
  if (record == NULL)
    return TRUE;
  if (object->kind == WD_OBJECT_ORDER)
    wd_worker_note_caller (loading->worker, object->id, record);
  wd_news_add_object (loading->news, object->kind, object->id, object->seq, record);
  if (loading->news->objects->len >= LOAD_AT_ONCE)
    {
      hand_over (loading);
      loading->news = wd_news_new (WD_NEWS_OBJECTS);
      /* Between two handfuls, what is given meanwhile gets onto the disk. */
      while (g_main_context_iteration (loading->worker->context, FALSE))
        ;
    }
  return !loading->worker->quit;
}

/* Commands first: objects are then shown at once with what waits for them. */
gboolean
wd_worker_load (WdWorker *worker, GError **error)
{
  Loading              loading = { worker, wd_news_new (WD_NEWS_OBJECTS) };
  WdNews              *loaded = wd_news_new (WD_NEWS_LOADED);
  g_autofree char     *user = g_strdup (wd_replica_get_user (worker->replica));
  g_autoptr (JsonNode) who = user != NULL ? wd_json_parse (user, -1, NULL) : NULL;
  gboolean             ok;

  if (who != NULL)
    wd_worker_set_actor (worker, who);
  ok = wd_replica_each (worker->replica, load_object, &loading, error);
  hand_over (&loading);
  loaded->seq = wd_replica_get_seq (worker->replica);
  wd_worker_tell (worker, loaded);
  return ok;
}

/* --- a batch of the feed --------------------------------------------------- */

/* FALSE for what can't be read, such as a kind of object that came later than this desk. */
static gboolean
read_change (JsonNode *node, WdReplicaChange *change, GPtrArray *bodies, WdNews *news)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *kind = object != NULL ? text_member (object, "kind") : NULL;
  JsonNode   *body = object != NULL ? json_object_get_member (object, "body") : NULL;
  gpointer    record = NULL;

  change->kind = kind != NULL ? wd_enum_value (WD_TYPE_OBJECT_KIND, kind) : WD_OBJECT_NONE;
  change->id = object != NULL ? text_member (object, "id") : NULL;
  change->body = NULL;
  if (change->kind == WD_OBJECT_NONE || change->id == NULL ||
      !int_member (object, "seq", &change->seq) || !int_member (object, "version", &change->version))
    return FALSE;
  if (body != NULL && JSON_NODE_HOLDS_OBJECT (body))
    {
      GString *text = g_string_new (NULL);

      record = wd_record_new (wd_object_type (change->kind));
      if (!wd_record_read_json (wd_object_type (change->kind), record, json_node_get_object (body), NULL))
        {
          wd_record_free (wd_object_type (change->kind), record);
          g_string_free (text, TRUE);
          return FALSE;
        }
      wd_json_append_node (text, body);
      change->body = g_string_free (text, FALSE);
      g_ptr_array_add (bodies, (gpointer)change->body);
    }
  wd_news_add_object (news, change->kind, change->id, change->seq, record);
  return TRUE;
}

/* @page: {"changes","seq"[,"store","view"]} of `changes` or `live`. */
WdOutcome
wd_worker_take_changes (WdWorker *worker, JsonObject *page)
{
  g_autoptr (GArray)    changes = g_array_new (FALSE, FALSE, sizeof (WdReplicaChange));
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WdNews)    news = wd_news_new (WD_NEWS_OBJECTS);
  g_autoptr (GError)    error = NULL;
  JsonNode             *node = json_object_get_member (page, "changes");
  JsonArray            *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64                seq;

  if (array == NULL || !int_member (page, "seq", &seq))
    return WD_OUTCOME_OFFLINE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      WdReplicaChange change;

      if (read_change (json_array_get_element (array, i), &change, bodies, news))
        g_array_append_val (changes, change);
    }
  if (!wd_replica_apply (worker->replica, changes, seq, text_member (page, "store"), text_member (page, "view"), &error))
    return wd_worker_disk_failed (worker, error);
  news->seq = seq;
  for (guint i = 0; news->objects != NULL && i < news->objects->len; i++)
    {
      const WdNewsObject *object = news->objects->pdata[i];

      if (object->kind == WD_OBJECT_ORDER)
        wd_worker_note_caller (worker, object->id, object->record);
    }
  if (news->objects != NULL)
    wd_worker_tell (worker, g_steal_pointer (&news));
  return WD_OUTCOME_DONE;
}

/* --- catching up ------------------------------------------------------------ */

static char *
next_page (WdWorker *worker)
{
  GString    *path = g_string_new (NULL);
  const char *store = wd_replica_get_store (worker->replica);
  const char *view = wd_replica_get_view (worker->replica);

  g_string_append_printf (path, "/v1/changes?since=%" G_GINT64_FORMAT "&limit=%d", wd_replica_get_seq (worker->replica), PAGE);
  if (store != NULL)
    g_string_append_uri_escaped (g_string_append (path, "&store="), store, NULL, FALSE);
  if (view != NULL)
    g_string_append_uri_escaped (g_string_append (path, "&view="), view, NULL, FALSE);
  return g_string_free (path, FALSE);
}

/* The copy is of another store, or of other rights: it goes, the outbox stays. */
static WdOutcome
begin_again (WdWorker *worker)
{
  g_autoptr (GError) error = NULL;

  if (!wd_replica_clear (worker->replica, &error))
    return wd_worker_disk_failed (worker, error);
  wd_worker_forget_callers (worker);
  wd_worker_tell (worker, wd_news_new (WD_NEWS_RESET));
  worker->done = 0;
  return WD_OUTCOME_DONE;
}

/* Where it is known and still ahead. */
static gint64
total (WdWorker *worker)
{
  return worker->end > wd_replica_get_seq (worker->replica) ? worker->end : 0;
}

static WdOutcome
take_page (WdWorker *worker, const WdAnswer *answer, gboolean *more)
{
  JsonObject *page = JSON_NODE_HOLDS_OBJECT (answer->root) ? json_node_get_object (answer->root) : NULL;
  JsonNode   *rest = page != NULL ? json_object_get_member (page, "more") : NULL;
  gint64      before = wd_replica_get_seq (worker->replica);
  WdOutcome   outcome = page != NULL ? wd_worker_take_changes (worker, page) : WD_OUTCOME_OFFLINE;

  if (outcome != WD_OUTCOME_DONE)
    return outcome;
  *more = rest != NULL && JSON_NODE_HOLDS_VALUE (rest) && json_node_get_boolean (rest) &&
          wd_replica_get_seq (worker->replica) > before;
  wd_worker_set_state (worker, WD_UPLINK_CATCHING_UP, wd_replica_get_seq (worker->replica), total (worker));
  return WD_OUTCOME_DONE;
}

static WdOutcome
refused_page (WdWorker *worker, const WdAnswer *answer)
{
  switch ((int)answer->problem)
    {
    case WD_PROBLEM_UNAUTHORIZED:
      return WD_OUTCOME_SIGNED_OUT;
    case WD_PROBLEM_RESYNC:
      return wd_replica_get_seq (worker->replica) > 0 ? begin_again (worker) : WD_OUTCOME_OFFLINE;
    default:
      worker->pause_until = wd_boot_clock () + answer->retry_after;
      return WD_OUTCOME_OFFLINE;
    }
}

WdOutcome
wd_worker_catch_up (WdWorker *worker)
{
  gboolean more = TRUE;
  WdNews  *reached;

  if (wd_replica_get_seq (worker->replica) == 0)
    wd_worker_learn_end (worker);
  while (more && !worker->quit)
    {
      g_autofree char  *path = next_page (worker);
      g_auto (WdAnswer) answer = { 0 };
      WdOutcome         outcome;

      if (!wd_worker_ask (worker, "GET", path, NULL, &answer, NULL))
        return WD_OUTCOME_OFFLINE;
      if (answer.status >= 400)
        outcome = refused_page (worker, &answer);
      else if (answer.root == NULL)
        outcome = WD_OUTCOME_OFFLINE;
      else
        outcome = take_page (worker, &answer, &more);
      if (outcome == WD_OUTCOME_DONE)
        outcome = wd_worker_send_waiting (worker);
      if (outcome != WD_OUTCOME_DONE)
        return outcome;
    }
  if (more) /* it ends before it has all */
    return WD_OUTCOME_DONE;
  reached = wd_news_new (WD_NEWS_REACHED);
  reached->seq = wd_replica_get_seq (worker->replica);
  wd_worker_tell (worker, reached);
  return WD_OUTCOME_DONE;
}
