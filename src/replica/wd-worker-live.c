/* wd-worker-live.c — following `live`: hello, batches, presence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-worker.h"

#include "wd-json.h"

#define PROTOCOL "waterdesk.v1"
#define MESSAGE_BYTES (64 << 20)
#define PING_SECONDS 10
#define DEAF_MS 30000 /* neither a word nor a pong: the line is dead */
#define PRESENCE_MS 20000

#define CLOSE_BEHIND 4001
#define CLOSE_RIGHTS 4002
#define CLOSE_TOKEN 4401

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* --- what comes in ---------------------------------------------------------- */

/* A copy of another store or of other rights is no base for the batches that follow. */
static gboolean
fits_copy (WdWorker *worker, JsonObject *hello)
{
  return g_strcmp0 (text_member (hello, "store"), wd_replica_get_store (worker->replica)) == 0 &&
         g_strcmp0 (text_member (hello, "view"), wd_replica_get_view (worker->replica)) == 0 &&
         json_object_get_int_member_with_default (hello, "seq", 0) >= wd_replica_get_seq (worker->replica);
}

/* The boot clock goes on for another program, until this computer is started again. */
#define BOOT_ID "/proc/sys/kernel/random/boot_id"
#define CLOCK_FORMAT "(sxxdxms)" /* boot, the server's time and the boot clock then, speed, unmanned, anchor */

static void
keep_clock (WdWorker *worker, const WdNews *news)
{
  g_autofree char     *boot = NULL;
  g_autofree char     *text = NULL;
  g_autoptr (GVariant) clock = NULL;
  g_autoptr (GError)   error = NULL;

  if (!g_file_get_contents (BOOT_ID, &boot, NULL, NULL))
    return;
  clock = g_variant_ref_sink (g_variant_new (CLOCK_FORMAT, boot, news->time, news->boot, news->speed, news->unmanned, news->text));
  text = g_variant_print (clock, TRUE);
  if (!wd_replica_set_hello (worker->replica, text, &error))
    wd_worker_disk_failed (worker, error);
}

void
wd_worker_tell_kept_clock (WdWorker *worker)
{
  const char          *text = wd_replica_get_hello (worker->replica);
  g_autoptr (GVariant) clock = text != NULL ? g_variant_parse (G_VARIANT_TYPE (CLOCK_FORMAT), text, NULL, NULL, NULL) : NULL;
  g_autofree char     *boot = NULL;
  const char          *then;
  WdNews              *news;

  if (clock == NULL || !g_file_get_contents (BOOT_ID, &boot, NULL, NULL))
    return;
  g_variant_get_child (clock, 0, "&s", &then);
  if (!g_str_equal (then, boot))
    return;
  news = wd_news_new (WD_NEWS_HELLO);
  g_variant_get (clock, CLOCK_FORMAT, NULL, &news->time, &news->boot, &news->speed, &news->unmanned, &news->text);
  wd_worker_tell (worker, news);
}

static WdOutcome
take_hello (WdWorker *worker, JsonObject *hello)
{
  const char *time = text_member (hello, "time");
  WdNews     *news = wd_news_new (WD_NEWS_HELLO);

  if (time == NULL || !wd_time_from_text (time, &news->time))
    {
      wd_news_free (news);
      return WD_OUTCOME_OFFLINE;
    }
  news->boot = wd_boot_clock ();
  news->speed = json_object_get_double_member_with_default (hello, "speed", 1);
  news->text = g_strdup (text_member (hello, "anchor"));
  news->unmanned = json_object_get_int_member_with_default (hello, "unmanned", 0);
  keep_clock (worker, news);
  wd_worker_tell (worker, news);
  if (json_object_has_member (hello, "user"))
    wd_worker_set_actor (worker, json_object_get_member (hello, "user"));
  worker->end = json_object_get_int_member_with_default (hello, "seq", 0);
  worker->greeted = TRUE;
  wd_worker_wake (worker);
  return fits_copy (worker, hello) ? WD_OUTCOME_DONE : WD_OUTCOME_AGAIN;
}

static WdOutcome
take_presence (WdWorker *worker, JsonArray *array)
{
  WdNews *news = wd_news_new (WD_NEWS_PRESENCE);

  news->presence = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_news_presence_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode       *node = json_array_get_element (array, i);
      JsonObject     *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      WdNewsPresence *presence;

      if (object == NULL || text_member (object, "state") == NULL)
        continue;
      presence = g_new0 (WdNewsPresence, 1);
      presence->unit = g_strdup (text_member (object, "unit"));
      presence->desk = g_strdup (text_member (object, "desk"));
      presence->user = g_strdup (text_member (object, "user"));
      presence->state = g_strdup (text_member (object, "state"));
      presence->viewing = g_strdup (text_member (object, "viewing"));
      g_ptr_array_add (news->presence, presence);
    }
  wd_worker_tell (worker, news);
  return WD_OUTCOME_DONE;
}

/* A batch that does not join on to what was read is a gap; one that goes back is of another feed. */
static WdOutcome
take_batch (WdWorker *worker, JsonObject *batch)
{
  gint64 seq = wd_replica_get_seq (worker->replica);

  if (json_object_get_int_member_with_default (batch, "since", G_MAXINT64) > seq ||
      json_object_get_int_member_with_default (batch, "seq", 0) < seq)
    return WD_OUTCOME_AGAIN;
  return wd_worker_take_changes (worker, batch);
}

static WdOutcome
take_message (WdWorker *worker, JsonNode *root)
{
  JsonObject *said = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode   *presence = said != NULL ? json_object_get_member (said, "presence") : NULL;

  if (said == NULL)
    return WD_OUTCOME_OFFLINE;
  if (object_member (said, "hello") != NULL)
    return take_hello (worker, object_member (said, "hello"));
  if (presence != NULL && JSON_NODE_HOLDS_ARRAY (presence))
    return take_presence (worker, json_node_get_array (presence));
  if (json_object_has_member (said, "changes"))
    return take_batch (worker, said);
  return WD_OUTCOME_DONE; /* what came later than this desk */
}

static void
hear (WdWorker *worker)
{
  wd_worker_hear (worker);
  worker->heard_at = worker->word_at;
}

static void
message_cb (SoupWebsocketConnection *socket, int type, GBytes *message, gpointer data)
{
  WdWorker            *worker = data;
  gsize                size;
  const char          *text = g_bytes_get_data (message, &size);
  g_autoptr (JsonNode) root = type == SOUP_WEBSOCKET_DATA_TEXT ? wd_json_parse (text, size, NULL) : NULL;

  hear (worker);
  if (worker->live != WD_OUTCOME_DONE)
    return;
  worker->live = take_message (worker, root);
  if (worker->live != WD_OUTCOME_DONE)
    wd_worker_wake (worker);
}

static void
pong_cb (SoupWebsocketConnection *socket, GBytes *message, gpointer data)
{
  hear (data);
}

static void
closed_cb (SoupWebsocketConnection *socket, gpointer data)
{
  wd_worker_wake (data);
}

/* --- what goes out ----------------------------------------------------------- */

static void
speak (WdWorker *worker)
{
  g_autoptr (GString) said = g_string_new ("{\"presence\":{\"desk\":");
  gint64              idle = (g_get_monotonic_time () - worker->last_input) / G_USEC_PER_SEC;

  wd_json_append_text (said, worker->desk);
  g_string_append_printf (said, ",\"idle\":%" G_GINT64_FORMAT ",\"viewing\":", MAX (idle, 0));
  wd_json_append_text (said, worker->viewing);
  g_string_append_printf (said, ",\"sound\":%s}}", worker->sound ? "true" : "false");
  soup_websocket_connection_send_text (worker->socket, said->str);
  worker->spoken_at = wd_boot_clock ();
}

/* --- the connection ---------------------------------------------------------- */

/* On SOUP_STATUS_UNAUTHORIZED and the like the upgrade's own message tells. */
static WdOutcome
connect_socket (WdWorker *worker, const char *path)
{
  g_autoptr (SoupMessage)  message = wd_worker_message (worker, "GET", path, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  char                    *protocols[] = { (char *)PROTOCOL, NULL };

  if (message == NULL) /* an address that can't be read */
    return WD_OUTCOME_OFFLINE;
  soup_session_websocket_connect_async (worker->session, message, NULL, protocols, G_PRIORITY_DEFAULT, worker->cancellable,
                                        wd_worker_await_cb, &result);
  worker->socket = soup_session_websocket_connect_finish (worker->session, wd_worker_await (worker, &result), NULL);
  if (worker->socket == NULL)
    return soup_message_get_status (message) == SOUP_STATUS_UNAUTHORIZED ? WD_OUTCOME_SIGNED_OUT : WD_OUTCOME_OFFLINE;
  worker->live = WD_OUTCOME_DONE;
  worker->greeted = FALSE;
  worker->heard_at = wd_boot_clock ();
  soup_websocket_connection_set_max_incoming_payload_size (worker->socket, MESSAGE_BYTES);
  soup_websocket_connection_set_keepalive_interval (worker->socket, PING_SECONDS);
  g_signal_connect (worker->socket, "message", G_CALLBACK (message_cb), worker);
  g_signal_connect (worker->socket, "pong", G_CALLBACK (pong_cb), worker);
  g_signal_connect (worker->socket, "closing", G_CALLBACK (closed_cb), worker); /* “closed” may come seconds later */
  g_signal_connect (worker->socket, "closed", G_CALLBACK (closed_cb), worker);
  return WD_OUTCOME_DONE;
}

static void
drop_socket (WdWorker *worker)
{
  g_signal_handlers_disconnect_by_data (worker->socket, worker);
  if (soup_websocket_connection_get_state (worker->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (worker->socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_clear_object (&worker->socket);
}

static WdOutcome
outcome_of_close (WdWorker *worker)
{
  switch (soup_websocket_connection_get_close_code (worker->socket))
    {
    case CLOSE_BEHIND:
    case CLOSE_RIGHTS: return WD_OUTCOME_AGAIN;
    case CLOSE_TOKEN: return WD_OUTCOME_SIGNED_OUT;
    default: return WD_OUTCOME_OFFLINE;
    }
}

/* When there is something to do, if nothing comes before. */
static gint64
next_turn (WdWorker *worker)
{
  gint64 deaf = worker->heard_at + DEAF_MS;

  if (!worker->greeted)
    return deaf;
  return MIN (MIN (deaf, wd_worker_next_caller (worker)), MIN (worker->spoken_at + PRESENCE_MS, wd_outbox_next (worker->outbox, worker->retry_at)));
}

/* One round: what is due is done, then it is waited for what comes. */
static WdOutcome
go_on (WdWorker *worker)
{
  gint64    now = wd_boot_clock ();
  WdOutcome outcome;

  if (worker->live != WD_OUTCOME_DONE)
    return worker->live;
  if (soup_websocket_connection_get_state (worker->socket) != SOUP_WEBSOCKET_STATE_OPEN)
    return outcome_of_close (worker);
  if (now - worker->heard_at > DEAF_MS)
    return WD_OUTCOME_OFFLINE;
  if (worker->greeted)
    {
      wd_worker_set_state (worker, WD_UPLINK_LIVE, 0, 0);
      worker->failures = 0;
      if (now - worker->spoken_at >= PRESENCE_MS)
        speak (worker);
      outcome = wd_worker_send_waiting (worker);
      if (outcome == WD_OUTCOME_DONE)
        outcome = wd_worker_fetch_caller (worker);
      if (outcome != WD_OUTCOME_DONE)
        return outcome;
    }
  wd_worker_pause (worker, next_turn (worker));
  return WD_OUTCOME_DONE;
}

/* How far there is to go, and what time it is there: for a first copy, which may take a while.
 * A connection of its own, since the batches of one would wait until the copy is whole. */
void
wd_worker_learn_end (WdWorker *worker)
{
  gint64 deaf = wd_boot_clock () + DEAF_MS;

  worker->end = 0;
  if (connect_socket (worker, "/v1/live") != WD_OUTCOME_DONE)
    return;
  while (!worker->quit && !worker->greeted && wd_boot_clock () < deaf &&
         soup_websocket_connection_get_state (worker->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    wd_worker_pause (worker, deaf);
  drop_socket (worker);
}

/* Until the connection ends, or something about it is wrong. */
WdOutcome
wd_worker_follow (WdWorker *worker)
{
  g_autofree char *path = g_strdup_printf ("/v1/live?since=%" G_GINT64_FORMAT, wd_replica_get_seq (worker->replica));
  WdOutcome        outcome = connect_socket (worker, path);

  worker->spoken_at = 0;
  if (outcome != WD_OUTCOME_DONE)
    return outcome;
  while (outcome == WD_OUTCOME_DONE && !worker->quit)
    outcome = go_on (worker);
  drop_socket (worker);
  return outcome;
}
