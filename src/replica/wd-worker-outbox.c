/* wd-worker-outbox.c — what people gave goes out, and the answers come back
 *
 * One command of a chain at a time, but for what is joined to the one before it; many chains in one request.  A lost answer is asked for
 * again by sending the same command again: its id makes the server answer as it did before.
 *
 * A line may be dead for half a minute before that is noticed.  So whoever wants to send over a line that has been silent
 * knocks first, and what goes out for the first time later than it was given says when it was (api §4, `at`).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-worker.h"

#include "wd-json.h"

#define REQUEST_BYTES (512 * 1024)
#define FRESH_MS 500 /* a word so young shows that the line is there */
#define LATE_MS 2000 /* what goes out later than that says when it was given, and no knock is waited for longer */
#define RETRY_MS 500
#define RETRY_MOST_MS 15000

static void
tell_about (WdWorker *worker, WdNewsKind kind, const char *id, const char *text)
{
  WdNews *news = wd_news_new (kind);

  news->id = g_strdup (id);
  news->text = g_strdup (text);
  if (kind == WD_NEWS_FAILED)
    worker->failing = text != NULL;
  wd_worker_tell (worker, news);
}

/* What was written shows that the disk takes it again. */
static void
tell_kept (WdWorker *worker)
{
  if (worker->failing)
    tell_about (worker, WD_NEWS_FAILED, NULL, NULL);
}

static void
tell_each (WdWorker *worker, WdNewsKind kind, const char *const *ids, const char *text)
{
  for (; ids != NULL && *ids != NULL; ids++)
    tell_about (worker, kind, *ids, text);
}

/* What comes stands on disk in one step with the going of what goes: a disk that is full takes neither. */
void
wd_worker_exchange (WdWorker *worker, const char *const *going, GPtrArray *entries)
{
  g_autoptr (GError) error = NULL;

  if (worker->outbox == NULL)
    g_set_error_literal (&error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED, "there is no outbox");
  if (error == NULL && wd_outbox_exchange (worker->outbox, going, entries, &error))
    {
      tell_kept (worker);
      tell_each (worker, WD_NEWS_UNDONE, going, NULL);
      wd_worker_wake (worker);
      return;
    }
  for (guint i = entries->len; i > 0; i--)
    tell_about (worker, WD_NEWS_FAILED, ((WdOutboxEntry *)entries->pdata[i - 1])->id, error->message);
  tell_each (worker, WD_NEWS_STAYS, going, NULL);
}

void
wd_worker_keep_draft (WdWorker *worker, const char *id, const char *body)
{
  g_autoptr (GError) error = NULL;

  if (worker->outbox == NULL)
    tell_about (worker, WD_NEWS_FAILED, NULL, "there is no outbox");
  else if (!wd_outbox_put_draft (worker->outbox, id, body, &error))
    tell_about (worker, WD_NEWS_FAILED, NULL, error->message);
  else
    tell_kept (worker);
}

/* What has not gone out yet goes in one step; where that can't be written, it stays. */
void
wd_worker_undo (WdWorker *worker, const char *const *ids)
{
  g_autoptr (GStrvBuilder) held = g_strv_builder_new ();
  g_auto (GStrv)           going = NULL;
  g_autoptr (GError)       error = NULL;

  for (; *ids != NULL; ids++)
    {
      const WdOutboxEntry *entry = worker->outbox != NULL ? wd_outbox_find (worker->outbox, *ids) : NULL;

      if (entry != NULL && entry->sent)
        tell_about (worker, WD_NEWS_UNDO_MISSED, *ids, NULL);
      else
        g_strv_builder_add (held, *ids);
    }
  going = g_strv_builder_end (held);
  if (worker->outbox == NULL || wd_outbox_exchange (worker->outbox, (const char *const *)going, NULL, &error))
    tell_each (worker, WD_NEWS_UNDONE, (const char *const *)going, NULL);
  else
    tell_each (worker, WD_NEWS_UNDO_MISSED, (const char *const *)going, error->message);
}

/* What was given after it about the same object goes too, unless it is to be sent. */
void
wd_worker_settle (WdWorker *worker, const char *id, gboolean go_on)
{
  WdOutboxEntry           *refused = worker->outbox != NULL ? wd_outbox_find (worker->outbox, id) : NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv)           going = NULL;
  g_autoptr (GError)       error = NULL;
  GPtrArray               *all = worker->outbox != NULL ? wd_outbox_list (worker->outbox) : NULL;

  if (refused == NULL || refused->problem == NULL)
    return;
  g_strv_builder_add (ids, id);
  for (guint i = 0; i < all->len && !go_on; i++)
    {
      const WdOutboxEntry *entry = all->pdata[i];

      if (g_str_equal (entry->chain, refused->chain) && entry != refused)
        g_strv_builder_add (ids, entry->id);
    }
  going = g_strv_builder_end (ids);
  if (wd_outbox_exchange (worker->outbox, (const char *const *)going, NULL, &error))
    tell_each (worker, WD_NEWS_UNDONE, (const char *const *)going, NULL);
  else
    tell_about (worker, WD_NEWS_FAILED, NULL, error->message);
  wd_worker_wake (worker);
}

/* On disk before it goes out, since what was sent is never changed.  Where the disk does not take it, it goes as it is. */
static void
say_when (WdWorker *worker, WdOutboxEntry *entry)
{
  g_autoptr (JsonNode)  root = wd_json_parse (entry->body, -1, NULL);
  g_autoptr (WdCommand) command = root != NULL ? wd_command_from_json (json_node_get_object (root), NULL) : NULL;
  g_autofree char      *body = NULL;

  if (command == NULL)
    return;
  command->at = entry->given_at;
  command->anchor = g_strdup (entry->anchor);
  command->elapsed = entry->elapsed;
  body = wd_command_to_json (command);
  wd_outbox_rewrite (worker->outbox, entry->id, body, NULL);
}

static char *
make_request (WdWorker *worker, GPtrArray *ready, gint64 now, gboolean silent)
{
  GString *body = g_string_new ("{\"commands\":[");

  for (guint i = 0; i < ready->len; i++)
    {
      WdOutboxEntry *entry = ready->pdata[i];

      if (entry->anchor != NULL && (silent || now - MAX (entry->given_boot, entry->hold_until) >= LATE_MS))
        say_when (worker, entry);
      g_clear_pointer (&entry->anchor, g_free);
      entry->sent = TRUE;
      if (i > 0)
        g_string_append_c (body, ',');
      g_string_append (body, entry->body);
    }
  g_string_append (body, "]}");
  return g_string_free (body, FALSE);
}

static gint64
back_off (WdWorker *worker, gint64 asked)
{
  gint64 pause = MIN (RETRY_MS << MIN (worker->retries, 10), RETRY_MOST_MS);

  worker->retries++;
  return wd_boot_clock () + MAX (asked, pause);
}

/* Nothing was kept: the same again, later. */
static gboolean
is_passing (WdProblemCode problem)
{
  return problem == WD_PROBLEM_BUSY || problem == WD_PROBLEM_STORAGE || problem == WD_PROBLEM_TOO_MANY;
}

static WdProblemCode
code_of (JsonObject *problem)
{
  JsonNode     *code = json_object_get_member (problem, "code");
  WdProblemCode value;

  if (code != NULL && JSON_NODE_HOLDS_VALUE (code) && json_node_get_string (code) != NULL &&
      wd_problem_code_from_nick (json_node_get_string (code), &value))
    return value;
  return WD_PROBLEM_BAD_REQUEST;
}

static gboolean
take_refusal (WdWorker *worker, const char *id, JsonNode *problem, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_passing (code_of (json_node_get_object (problem))))
    {
      if (worker->retry_at <= wd_boot_clock ()) /* else another of the same answer said so */
        worker->retry_at = back_off (worker, 0);
      return TRUE;
    }
  if (wd_outbox_is_behind_refused (worker->outbox, id))
    {
      /* It could not be otherwise: a person sees to the first, and that decides about this one, which came to nothing. */
      wd_outbox_find (worker->outbox, id)->sent = FALSE;
      return TRUE;
    }
  wd_json_append_node (text, problem);
  if (!wd_outbox_refuse (worker->outbox, id, text->str, error))
    return FALSE;
  tell_about (worker, WD_NEWS_REFUSED, id, text->str);
  return TRUE;
}

static gboolean
take_result (WdWorker *worker, JsonNode *node, GError **error)
{
  JsonObject *result = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *id = result != NULL ? json_object_get_member (result, "id") : NULL;
  JsonNode   *ok = result != NULL ? json_object_get_member (result, "ok") : NULL;
  JsonNode   *problem = result != NULL ? json_object_get_member (result, "error") : NULL;
  WdNews     *news;

  if (id == NULL || !JSON_NODE_HOLDS_VALUE (id) || json_node_get_string (id) == NULL || ok == NULL || !JSON_NODE_HOLDS_VALUE (ok))
    return TRUE;
  if (!json_node_get_boolean (ok))
    return problem == NULL || !JSON_NODE_HOLDS_OBJECT (problem) || take_refusal (worker, json_node_get_string (id), problem, error);
  if (!wd_outbox_remove (worker->outbox, json_node_get_string (id), error))
    return FALSE;
  news = wd_news_new (WD_NEWS_ANSWERED);
  news->id = json_node_dup_string (id);
  news->seq = json_object_get_int_member_with_default (result, "seq", 0);
  wd_worker_tell (worker, news);
  return TRUE;
}

static WdOutcome
take_results (WdWorker *worker, JsonNode *root)
{
  g_autoptr (GError) error = NULL;
  JsonNode          *node = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "results") : NULL;
  JsonArray         *results = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (results == NULL)
    return WD_OUTCOME_OFFLINE;
  for (guint i = 0; i < json_array_get_length (results); i++)
    if (!take_result (worker, json_array_get_element (results, i), &error))
      {
        tell_about (worker, WD_NEWS_FAILED, NULL, error->message);
        worker->retry_at = back_off (worker, 0);
        break;
      }
  return WD_OUTCOME_DONE;
}

/* The whole request was refused.  One unreadable command must not hold up all others for ever. */
static WdOutcome
take_problem (WdWorker *worker, const WdAnswer *answer, const char *only)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) made = NULL;

  if (answer->problem == WD_PROBLEM_UNAUTHORIZED)
    return WD_OUTCOME_SIGNED_OUT;
  if (is_passing (answer->problem) || answer->status >= 500)
    worker->retry_at = back_off (worker, answer->retry_after);
  else if (only == NULL)
    worker->one_by_one = TRUE;
  else
    {
      g_autofree char *problem = wd_problem_to_json (answer->problem, NULL, NULL);

      made = wd_json_parse (problem, -1, NULL);
      if (!take_refusal (worker, only, answer->root != NULL && JSON_NODE_HOLDS_OBJECT (answer->root) ? answer->root : made, &error))
        tell_about (worker, WD_NEWS_FAILED, NULL, error->message);
    }
  return WD_OUTCOME_DONE;
}

static GStrv
list_ids (GPtrArray *entries)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < entries->len; i++)
    g_strv_builder_add (ids, ((WdOutboxEntry *)entries->pdata[i])->id);
  return g_strv_builder_end (ids);
}

/* An answer that leaves out what it was asked for is no reason to ask again at once. */
static void
expect_settled (WdWorker *worker, const char *const *ids)
{
  if (worker->retry_at > wd_boot_clock ()) /* it pauses already */
    return;
  for (; *ids != NULL; ids++)
    {
      const WdOutboxEntry *entry = wd_outbox_find (worker->outbox, *ids);

      if (entry == NULL || entry->problem != NULL)
        return;
    }
  worker->retry_at = back_off (worker, 0);
}

/* A silent line is given the time after which what waits is late.  TRUE where it stays silent: what was given meanwhile is cut off too. */
static gboolean
stays_silent (WdWorker *worker)
{
  gint64 now = wd_boot_clock ();

  if (wd_outbox_next (worker->outbox, worker->retry_at) <= now && now - worker->word_at > FRESH_MS && !wd_worker_knock (worker, LATE_MS))
    return TRUE;
  return wd_boot_clock () - worker->word_at > LATE_MS;
}

/* Sends until nothing is ready any more, or has to wait. */
WdOutcome
wd_worker_send_waiting (WdWorker *worker)
{
  WdOutcome outcome = WD_OUTCOME_DONE;

  while (outcome == WD_OUTCOME_DONE)
    {
      gboolean              silent = stays_silent (worker);
      gint64                now = wd_boot_clock ();
      g_autoptr (GPtrArray) ready = wd_outbox_list_ready (worker->outbox, now, worker->one_by_one ? 0 : REQUEST_BYTES);
      g_autofree char      *request = NULL;
      g_auto (GStrv)        ids = list_ids (ready);
      g_auto (WdAnswer)     answer = { 0 };

      if (ready->len == 0 || now < worker->retry_at)
        return WD_OUTCOME_DONE;
      request = make_request (worker, ready, now, silent);
      if (!wd_worker_ask (worker, "POST", "/v1/commands", request, &answer, NULL))
        return WD_OUTCOME_OFFLINE;
      if (answer.status >= 400)
        {
          outcome = take_problem (worker, &answer, ids[1] == NULL ? ids[0] : NULL);
          continue;
        }
      outcome = take_results (worker, answer.root);
      expect_settled (worker, (const char *const *)ids);
      if (wd_boot_clock () >= worker->retry_at)
        worker->retries = 0;
      worker->one_by_one = FALSE;
    }
  return outcome;
}
