/* wd-worker-session.c — who sits here: the server's session, or while there is no server the password that it last took
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-worker.h"

#include "wd-json.h"
#include "wd-password.h"

char *
wd_session_body (const char *user, const char *password)
{
  GString *body = g_string_new ("{\"user\":");

  wd_json_append_text (body, user);
  g_string_append (body, ",\"password\":");
  wd_json_append_text (body, password);
  g_string_append_c (body, '}');
  return g_string_free (body, FALSE);
}

gboolean
wd_worker_take_session (WdWorker *worker, JsonNode *root, GError **error)
{
  JsonObject *session = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode   *token = session != NULL ? json_object_get_member (session, "token") : NULL;
  WdNews     *news;

  if (token == NULL || !JSON_NODE_HOLDS_VALUE (token) || json_node_get_string (token) == NULL)
    {
      g_set_error_literal (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_BROKEN, "that was no answer of a server of ours");
      return FALSE;
    }
  g_free (worker->token);
  worker->token = g_strdup (json_node_get_string (token));
  g_clear_pointer (&worker->password, g_free);
  wd_worker_reseal_callers (worker);
  worker->failures = 0;
  if (json_object_has_member (session, "user"))
    wd_worker_set_actor (worker, json_object_get_member (session, "user"));
  news = wd_news_new (WD_NEWS_TOKEN);
  news->text = g_strdup (worker->token);
  wd_worker_tell (worker, news);
  wd_worker_wake (worker);
  return TRUE;
}

static void
set_password (WdWorker *worker, const char *hash)
{
  g_autoptr (GError) error = NULL;

  if (worker->replica != NULL && !wd_replica_set_password (worker->replica, hash, &error))
    wd_worker_disk_failed (worker, error);
}

/* Nobody is stopped where it can't be kept: only a start without the server is. */
void
wd_worker_keep_password (WdWorker *worker, const char *password)
{
  g_autofree char *hash = wd_password_hash (password, NULL);

  set_password (worker, hash);
}

gboolean
wd_worker_open_offline (WdWorker *worker, const char *password, GError **error)
{
  if (!wd_password_check (wd_replica_get_password (worker->replica), password))
    {
      g_set_error_literal (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_LOCKED, "no answer, and not the password that is known here");
      return FALSE;
    }
  g_free (worker->password);
  worker->password = g_strdup (password);
  wd_worker_tell (worker, wd_news_new (WD_NEWS_OPENED));
  wd_worker_wake (worker);
  return TRUE;
}

/* The server is asked as soon as it is there again, and what it says holds. */
WdOutcome
wd_worker_sign_in_again (WdWorker *worker)
{
  g_autofree char   *body = wd_session_body (worker->user, worker->password);
  g_auto (WdAnswer)  answer = { 0 };
  g_autoptr (GError) error = NULL;

  if (!wd_worker_ask (worker, "POST", "/v1/session", body, &answer, &error))
    return WD_OUTCOME_OFFLINE;
  if (answer.status < 400)
    return wd_worker_take_session (worker, answer.root, &error) ? WD_OUTCOME_DONE : WD_OUTCOME_OFFLINE;
  if (answer.problem != WD_PROBLEM_UNAUTHORIZED)
    {
      worker->pause_until = wd_boot_clock () + answer.retry_after;
      return WD_OUTCOME_OFFLINE;
    }
  set_password (worker, NULL);
  return WD_OUTCOME_SIGNED_OUT;
}

/* @used is over; another one may have come meanwhile. */
void
wd_worker_lose_token (WdWorker *worker, const char *used)
{
  if (g_strcmp0 (worker->token, used) != 0)
    return;
  g_clear_pointer (&worker->token, g_free);
  g_clear_pointer (&worker->password, g_free);
  wd_worker_tell (worker, wd_news_new (WD_NEWS_TOKEN));
}
