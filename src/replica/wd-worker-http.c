/* wd-worker-http.c — questions to the server and its answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-worker.h"

#include "wd-json.h"

#include <string.h>

void
wd_answer_clear (WdAnswer *answer)
{
  g_clear_pointer (&answer->root, json_node_unref);
}

/* @path begins with a slash; @body: (nullable): JSON */
SoupMessage *
wd_worker_message (WdWorker *worker, const char *method, const char *path, const char *body)
{
  g_autofree char *url = g_strconcat (worker->servers[worker->server], path, NULL);
  SoupMessage     *message = soup_message_new (method, url);

  if (message == NULL)
    return NULL;
  if (worker->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", worker->token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
    }
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return message;
}

void
wd_worker_await_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* Returns: *@result, once there is one */
GAsyncResult *
wd_worker_await (WdWorker *worker, GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (worker->context, TRUE);
  return *result;
}

static WdProblemCode
problem_of (guint status, JsonNode *root)
{
  JsonNode     *code = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "code") : NULL;
  WdProblemCode problem;

  if (code != NULL && JSON_NODE_HOLDS_VALUE (code) && json_node_get_string (code) != NULL &&
      wd_problem_code_from_nick (json_node_get_string (code), &problem))
    return problem;
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED: return WD_PROBLEM_UNAUTHORIZED;
    case SOUP_STATUS_FORBIDDEN: return WD_PROBLEM_FORBIDDEN;
    case SOUP_STATUS_NOT_FOUND: return WD_PROBLEM_NOT_FOUND;
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE: return WD_PROBLEM_TOO_LARGE;
    case 429: return WD_PROBLEM_TOO_MANY;
    default: return status >= 500 ? WD_PROBLEM_BUSY : WD_PROBLEM_BAD_REQUEST;
    }
}

gboolean
wd_worker_read_answer (SoupMessage *message, GBytes *body, WdAnswer *answer, GError **error)
{
  gsize       size;
  const char *text = g_bytes_get_data (body, &size);
  const char *retry = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");

  answer->status = soup_message_get_status (message);
  answer->retry_after = retry != NULL ? 1000 * (gint64)g_ascii_strtoull (retry, NULL, 10) : 0;
  answer->root = size > 0 ? wd_json_parse (text, size, NULL) : NULL;
  if (answer->status >= 400)
    {
      answer->problem = problem_of (answer->status, answer->root);
      return TRUE;
    }
  if (answer->status >= 200 && answer->status < 300 && (answer->root != NULL || size == 0))
    return TRUE;
  g_set_error (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_BROKEN, "that was no answer of a server of ours");
  return FALSE;
}

void
wd_worker_hear (WdWorker *worker)
{
  WdNews *news = wd_news_new (WD_NEWS_HEARD);

  worker->word_at = news->boot = wd_boot_clock ();
  wd_worker_tell (worker, news);
}

static gboolean
ask (WdWorker *worker, GCancellable *cancellable, const char *method, const char *path, const char *body, WdAnswer *answer, GError **error)
{
  g_autoptr (SoupMessage)  message = wd_worker_message (worker, method, path, body);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (GError)       why = NULL;

  if (message == NULL)
    {
      g_set_error (error, WD_UPLINK_ERROR, WD_UPLINK_ERROR_OFFLINE, "the server's address can't be read");
      return FALSE;
    }
  soup_session_send_and_read_async (worker->session, message, G_PRIORITY_DEFAULT, cancellable, wd_worker_await_cb, &result);
  bytes = soup_session_send_and_read_finish (worker->session, wd_worker_await (worker, &result), &why);
  worker->untrusted = g_error_matches (why, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  if (bytes != NULL)
    {
      wd_worker_hear (worker);
      return wd_worker_read_answer (message, bytes, answer, error);
    }
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

gboolean
wd_worker_ask (WdWorker *worker, const char *method, const char *path, const char *body, WdAnswer *answer, GError **error)
{
  return ask (worker, worker->cancellable, method, path, body, answer, error);
}

static gboolean
patience_over_cb (gpointer patience)
{
  g_cancellable_cancel (patience);
  return G_SOURCE_REMOVE;
}

static gboolean
end_cb (GCancellable *cancellable, gpointer patience)
{
  return patience_over_cb (patience);
}

gboolean
wd_worker_knock (WdWorker *worker, guint ms)
{
  g_autoptr (GCancellable) patience = g_cancellable_new ();
  GSource                 *timer = g_timeout_source_new (ms);
  GSource                 *end = g_cancellable_source_new (worker->cancellable);
  g_auto (WdAnswer)        answer = { 0 };
  gboolean                 heard;

  g_source_set_callback (timer, patience_over_cb, patience, NULL);
  g_source_attach (timer, worker->context);
  g_source_set_callback (end, G_SOURCE_FUNC (end_cb), patience, NULL);
  g_source_attach (end, worker->context);
  heard = ask (worker, patience, "GET", "/v1/session", NULL, &answer, NULL);
  g_source_destroy (timer);
  g_source_unref (timer);
  g_source_destroy (end);
  g_source_unref (end);
  return heard;
}

/* What a caller outside chooses by; NULL for a good answer. */
GError *
wd_answer_to_error (const WdAnswer *answer)
{
  if (answer->status < 400)
    return NULL;
  switch ((int)answer->problem)
    {
    case WD_PROBLEM_UNAUTHORIZED:
      return g_error_new (WD_UPLINK_ERROR, WD_UPLINK_ERROR_UNAUTHORIZED, "unauthorized");
    case WD_PROBLEM_TOO_MANY:
      return g_error_new (WD_UPLINK_ERROR, WD_UPLINK_ERROR_TOO_MANY, "%" G_GINT64_FORMAT, answer->retry_after / 1000);
    default:
      return g_error_new (WD_UPLINK_ERROR, WD_UPLINK_ERROR_REFUSED, "%s", wd_problem_code_get_nick (answer->problem));
    }
}
