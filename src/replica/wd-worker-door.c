/* wd-worker-door.c — what the main thread asks of the link's thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-worker.h"

#include "wd-json.h"

#define IDLE_USEC (5 * G_USEC_PER_SEC)

typedef struct
{
  WdWorker *worker;
  WdErrand  errand;
} Sent;

static void
sent_free (gpointer data)
{
  Sent *sent = data;

  g_free (sent->errand.text);
  g_free (sent->errand.body);
  g_strfreev (sent->errand.ids);
  g_clear_pointer (&sent->errand.entries, g_ptr_array_unref);
  g_free (sent);
}

static void
set_presence (WdWorker *worker, const WdErrand *errand)
{
  gboolean other = g_strcmp0 (worker->viewing, errand->text) != 0 || worker->sound != errand->yes ||
                   errand->time - worker->last_input > IDLE_USEC; /* somebody has come back */

  worker->last_input = errand->time;
  worker->sound = errand->yes;
  g_free (worker->viewing);
  worker->viewing = g_strdup (errand->text);
  if (!other)
    return;
  worker->spoken_at = 0;
  if (worker->socket != NULL)
    wd_worker_wake (worker);
}

static gboolean
run_errand (gpointer data)
{
  Sent     *sent = data;
  WdErrand *errand = &sent->errand;
  WdWorker *worker = sent->worker;

  switch (errand->kind)
    {
    case WD_ERRAND_EXCHANGE: wd_worker_exchange (worker, (const char *const *)errand->ids, errand->entries); break;
    case WD_ERRAND_DRAFT: wd_worker_keep_draft (worker, errand->text, errand->body); return G_SOURCE_REMOVE;
    case WD_ERRAND_UNDO: wd_worker_undo (worker, (const char *const *)errand->ids); break;
    case WD_ERRAND_SETTLE: wd_worker_settle (worker, errand->text, errand->yes); break;
    case WD_ERRAND_PRESENCE: set_presence (worker, errand); return G_SOURCE_REMOVE;
    case WD_ERRAND_END:
      worker->quit = TRUE;
      worker->flush = errand->yes;
      worker->sign_out = errand->also;
      g_cancellable_cancel (worker->cancellable);
      break;
    default: g_assert_not_reached ();
    }
  wd_worker_wake (worker);
  return G_SOURCE_REMOVE;
}

void
wd_worker_send_errand (WdWorker *worker, WdErrand errand)
{
  Sent *sent = g_new0 (Sent, 1);

  sent->worker = worker;
  sent->errand = errand;
  g_main_context_invoke_full (worker->context, G_PRIORITY_DEFAULT, run_errand, sent, sent_free);
}

/* --- questions whose answer goes back through a GTask ---------------------------- */

typedef struct
{
  WdWorker    *worker;
  GTask       *task;
  char        *path;
  char        *body;     /* NULL: GET */
  char        *password; /* of a sign-in; else NULL */
  SoupMessage *message;
  guint        tries;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->task);
  g_free (question->path);
  g_free (question->body);
  g_free (question->password);
  g_clear_object (&question->message);
  g_free (question);
}

static void
take_session (Question *question, const WdAnswer *answer)
{
  GError *error = NULL;

  if (!wd_worker_take_session (question->worker, answer->root, &error))
    {
      g_task_return_error (question->task, error);
      return;
    }
  g_task_return_boolean (question->task, TRUE);
  wd_worker_keep_password (question->worker, question->password);
}

/* Nobody answers: a password that is known here opens the copy. */
static void
end_unanswered (Question *question, const GError *why)
{
  WdReplica *replica = question->worker->replica;
  gboolean   no_tls = question->password != NULL && why->domain == G_TLS_ERROR && why->code != G_TLS_ERROR_EOF;
  GError    *error = NULL;

  if (question->password == NULL || replica == NULL || wd_replica_get_password (replica) == NULL)
    g_task_return_new_error (question->task, WD_UPLINK_ERROR, no_tls ? WD_UPLINK_ERROR_NO_TLS : WD_UPLINK_ERROR_OFFLINE, "%s", why->message);
  else if (wd_worker_open_offline (question->worker, question->password, &error))
    g_task_return_boolean (question->task, TRUE);
  else
    g_task_return_error (question->task, error);
}

static void send_question (Question *question);

static gboolean
try_next (Question *question, const GError *error)
{
  WdWorker *worker = question->worker;

  if (worker->quit || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || ++question->tries >= g_strv_length (worker->servers))
    return FALSE;
  worker->server = (worker->server + 1) % g_strv_length (worker->servers);
  send_question (question);
  return TRUE;
}

/* What a person compares with what the administrator says. */
static char *
describe_certificate (GTlsCertificate *certificate)
{
  g_autofree char       *subject = certificate != NULL ? g_tls_certificate_get_subject_name (certificate) : NULL;
  g_autofree char       *issuer = certificate != NULL ? g_tls_certificate_get_issuer_name (certificate) : NULL;
  g_autoptr (GDateTime)  from = certificate != NULL ? g_tls_certificate_get_not_valid_before (certificate) : NULL;
  g_autoptr (GDateTime)  until = certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
  g_autofree char       *first = from != NULL ? g_date_time_format (from, "%F") : NULL;
  g_autofree char       *last = until != NULL ? g_date_time_format (until, "%F") : NULL;
  g_autoptr (GByteArray) der = NULL;
  g_autofree char       *hash = NULL;
  g_autofree char       *print = NULL;

  if (certificate == NULL)
    return g_strdup ("");
  g_object_get (certificate, "certificate", &der, NULL);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  print = g_ascii_strup (hash, -1);
  return g_strdup_printf ("%s\n%s\n%s\n%s\n%s", subject != NULL ? subject : "–", issuer != NULL ? issuer : "–", print,
                          first != NULL ? first : "–", last != NULL ? last : "–");
}

static GError *
untrusted (SoupMessage *message)
{
  g_autofree char *details = describe_certificate (soup_message_get_tls_peer_certificate (message));

  return g_error_new_literal (WD_UPLINK_ERROR, WD_UPLINK_ERROR_UNTRUSTED, details);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question          *question = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_auto (WdAnswer)  answer = { 0 };

  question->worker->asking--;
  if (body == NULL && try_next (question, error))
    return;
  if (body == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (question->task, g_steal_pointer (&error));
  else if (body == NULL && g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_task_return_error (question->task, untrusted (question->message));
  else if (body == NULL)
    end_unanswered (question, error);
  else if (!wd_worker_read_answer (question->message, body, &answer, &error))
    g_task_return_error (question->task, g_steal_pointer (&error));
  else if (answer.status >= 400)
    g_task_return_error (question->task, wd_answer_to_error (&answer));
  else if (question->password != NULL)
    take_session (question, &answer);
  else
    g_task_return_pointer (question->task, g_steal_pointer (&answer.root), (GDestroyNotify)json_node_unref);
  question_free (question);
}

static void
send_question (Question *question)
{
  WdWorker *worker = question->worker;

  g_clear_object (&question->message);
  question->message = wd_worker_message (worker, question->body != NULL ? "POST" : "GET", question->path, question->body);
  if (question->message == NULL)
    {
      g_task_return_new_error (question->task, WD_UPLINK_ERROR, WD_UPLINK_ERROR_OFFLINE, "the server's address can't be read");
      question_free (question);
      return;
    }
  if (question->password != NULL)
    soup_message_headers_remove (soup_message_get_request_headers (question->message), "Authorization");
  worker->asking++;
  soup_session_send_and_read_async (worker->session, question->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (question->task),
                                    answered_cb, question);
}

static gboolean
ask_cb (gpointer data)
{
  Question *question = data;
  WdWorker *worker = question->worker;

  if (worker->session != NULL)
    {
      send_question (question);
      return G_SOURCE_REMOVE;
    }
  g_task_return_new_error (question->task, WD_UPLINK_ERROR, WD_UPLINK_ERROR_OFFLINE, "the link has ended");
  question_free (question);
  return G_SOURCE_REMOVE;
}

/* Any thread.  @body: of a POST; NULL: a GET.  @password: of a sign-in; else NULL.  Answered by a JsonNode, a sign-in by TRUE.  Takes @task. */
void
wd_worker_send_question (WdWorker *worker, const char *path, const char *body, const char *password, GTask *task)
{
  Question *question = g_new0 (Question, 1);

  question->worker = worker;
  question->task = task;
  question->path = g_strdup (path);
  question->body = g_strdup (body);
  question->password = g_strdup (password);
  g_main_context_invoke_full (worker->context, G_PRIORITY_DEFAULT, ask_cb, question, NULL);
}

/* --- what is kept here, sealed ----------------------------------------------------- */

typedef struct
{
  WdWorker *worker;
  GTask    *task;
  char     *id;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->task);
  g_free (look->id);
  g_free (look);
}

static gboolean
look_cb (gpointer data)
{
  Look     *look = data;
  JsonNode *kept = wd_worker_find_caller (look->worker, look->id);

  if (kept != NULL)
    g_task_return_pointer (look->task, kept, (GDestroyNotify)json_node_unref);
  else
    g_task_return_new_error (look->task, WD_UPLINK_ERROR, WD_UPLINK_ERROR_OFFLINE, "it is not kept here");
  return G_SOURCE_REMOVE;
}

/* Any thread.  @id: of the order whose caller is looked for.  Answered as wd_worker_send_question() of it.  Takes @task. */
void
wd_worker_send_look (WdWorker *worker, const char *id, GTask *task)
{
  Look *look = g_new0 (Look, 1);

  look->worker = worker;
  look->task = task;
  look->id = g_strdup (id);
  g_main_context_invoke_full (worker->context, G_PRIORITY_DEFAULT, look_cb, look, look_free);
}
