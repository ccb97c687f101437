/* wd-read-api.c — what may be asked: the feed, an order's history, lists (api §5, §7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#include "wd-json.h"

#define CHANGES_MOST 5000
#define CHANGES_USUAL 1000

/* A number of the query; sets the problem and gives FALSE where it is none, or below @least. */
static gboolean
number_query (WdRequest *request, WdReply *reply, const char *name, gint64 absent, gint64 least, gint64 *number)
{
  const char *text = wd_request_get_query (request, name);

  *number = absent;
  if (text == NULL || g_ascii_string_to_signed (text, 10, least, G_MAXINT64, number, NULL))
    return TRUE;
  wd_reply_set_problem (reply, WD_PROBLEM_INVALID, "It must be a whole number within its bounds.", name, NULL);
  return FALSE;
}

static gboolean
time_query (WdRequest *request, WdReply *reply, const char *name, gint64 *time)
{
  const char *text = wd_request_get_query (request, name);

  *time = 0;
  if (text == NULL || wd_time_from_text (text, time))
    return TRUE;
  wd_reply_set_problem (reply, WD_PROBLEM_INVALID, "It must be a time (RFC 3339).", name, NULL);
  return FALSE;
}

static WdReader *
lend_reader (WdService *service, WdReply *reply)
{
  g_autoptr (GError) error = NULL;
  WdReader          *reader = wd_readers_lend (service->readers, &error);

  if (reader == NULL)
    wd_reply_set_error (reply, error);
  return reader;
}

/* Gives @reader back and answers with @json, or with @error. */
static void
answer (WdService *service, WdReader *reader, WdReply *reply, GString *json, const GError *error)
{
  g_autoptr (GBytes) body = json != NULL ? g_string_free_to_bytes (json) : NULL;

  wd_readers_take_back (service->readers, reader);
  if (body != NULL)
    wd_reply_set_body (reply, "application/json", body);
  else
    wd_reply_set_error (reply, error);
}

void
wd_changes_get (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService         *service = data;
  g_autoptr (GError) error = NULL;
  gint64             since, limit;
  WdReader          *reader;
  GString           *json;

  if (!number_query (request, reply, "since", 0, 0, &since) ||
      !number_query (request, reply, "limit", CHANGES_USUAL, 1, &limit) ||
      (reader = lend_reader (service, reply)) == NULL)
    return;

  json = wd_reader_changes (reader, wd_asker_actor (request), since, (guint)MIN (limit, CHANGES_MOST),
                            wd_request_get_query (request, "store"), wd_request_get_query (request, "view"),
                            wd_server_clock_now (service->clock), &error);
  answer (service, reader, reply, json, error);
}

void
wd_order_events_get (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService         *service = data;
  g_autoptr (GError) error = NULL;
  WdReader          *reader = lend_reader (service, reply);
  GString           *json;

  if (reader == NULL)
    return;
  json = wd_reader_events (reader, wd_asker_actor (request), wd_request_get_arg (request, "id"), &error);
  answer (service, reader, reply, json, error);
}

/* What is asked for has 1 to 100 characters (api §7); FALSE with the problem set where it hasn't. */
static gboolean
check_text (WdReply *reply, const char *name, const char *text)
{
  if (text != NULL && text[0] != '\0' && g_utf8_strlen (text, -1) <= 100)
    return TRUE;
  wd_reply_set_problem (reply, WD_PROBLEM_INVALID, "It must be a text of 1 to 100 characters.", name, NULL);
  return FALSE;
}

/* (nullable): where it is not asked for */
static gboolean
text_query (WdRequest *request, WdReply *reply, const char *name, const char **text)
{
  *text = wd_request_get_query (request, name);
  return *text == NULL || check_text (reply, name, *text);
}

void
wd_orders_get (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService         *service = data;
  g_autoptr (GError) error = NULL;
  WdOrderQuery       query = { 0 };
  WdReader          *reader;
  GString           *json;

  if (!text_query (request, reply, "number", &query.number) || !text_query (request, reply, "phone", &query.phone) ||
      !text_query (request, reply, "account", &query.account) || !text_query (request, reply, "q", &query.q) ||
      !time_query (request, reply, "from", &query.from) || !time_query (request, reply, "to", &query.to) ||
      (reader = lend_reader (service, reply)) == NULL)
    return;
  json = wd_reader_orders (reader, wd_asker_actor (request), &query, &error);
  answer (service, reader, reply, json, error);
}

typedef GString *(*TextQuery) (WdReader *reader, const char *text, GError **error);

static void
answer_text_query (WdRequest *request, WdReply *reply, WdService *service, const char *name, TextQuery ask)
{
  const char        *text = wd_request_get_query (request, name);
  g_autoptr (GError) error = NULL;
  WdReader          *reader;
  GString           *json;

  if (!check_text (reply, name, text))
    return;
  reader = lend_reader (service, reply);
  if (reader == NULL)
    return;
  json = ask (reader, text, &error);
  answer (service, reader, reply, json, error);
}

void
wd_customers_get (WdRequest *request, WdReply *reply, gpointer data)
{
  answer_text_query (request, reply, data, "phone", wd_reader_customers);
}

void
wd_places_get (WdRequest *request, WdReply *reply, gpointer data)
{
  answer_text_query (request, reply, data, "q", wd_reader_places);
}

/* --- a look at a caller: first the event, then the name (R76, P29) --------- */

typedef struct
{
  WdService *service;
  WdRequest *request;
  WdReply   *reply;
} Look;

static void
look (WdLedger *ledger, gint64 now, gpointer data)
{
  Look              *asked = data;
  WdService         *service = asked->service;
  const WdActor     *actor = wd_asker_actor (asked->request);
  const char        *order = wd_request_get_arg (asked->request, "id");
  g_autoptr (GError) error = NULL;
  WdReader          *reader = wd_readers_lend (service->readers, &error);
  GString           *caller = NULL;

  /* Read before it is written: who may not look leaves no event. */
  if (reader != NULL)
    {
      caller = wd_reader_caller (reader, actor, order, &error);
      wd_readers_take_back (service->readers, reader);
    }
  if (caller != NULL)
    {
      WdCommit *commit = wd_ledger_looked (ledger, actor, order, wd_request_get_query (asked->request, "reason"), now, &error);

      if (commit != NULL)
        {
          g_autoptr (GBytes) body = g_string_free_to_bytes (g_steal_pointer (&caller));

          wd_reply_set_body (asked->reply, "application/json", body);
          wd_writer_publish (service->writer, commit);
        }
      else
        g_string_free (caller, TRUE);
    }
  if (error != NULL)
    wd_reply_set_error (asked->reply, error);
  wd_reply_send (asked->reply);
  wd_request_unref (asked->request);
  g_free (asked);
}

void
wd_order_caller_get (WdRequest *request, WdReply *reply, gpointer data)
{
  const char *reason = wd_request_get_query (request, "reason");
  WdService  *service = data;
  Look       *asked;

  if (!check_text (reply, "reason", reason))
    return;
  asked = g_new0 (Look, 1);
  asked->service = service;
  asked->request = wd_request_ref (request);
  asked->reply = wd_reply_defer (reply);
  wd_writer_run (service->writer, look, asked);
}

void
wd_live_check (WdRequest *request, WdReply *reply, gpointer data)
{
  gint64 since;

  number_query (request, reply, "since", 0, 0, &since);
}

void
wd_live_get (WdRequest *request, WdDoorStream *stream, gpointer data)
{
  WdService  *service = data;
  WdAsker    *asker = wd_request_get_actor (request);
  const char *since = wd_request_get_query (request, "since");

  wd_live_join (service->live, stream, asker->actor, asker->session, since != NULL ? g_ascii_strtoll (since, NULL, 10) : -1);
}
