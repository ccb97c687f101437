/* wd-test-server.c — a server that answers by a script
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-test-server.h"

#include "wd-json.h"

#include <string.h>

typedef struct
{
  char *path;
  guint status;
  char *body;
  char *header;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->path);
  g_free (answer->body);
  g_free (answer->header);
  g_free (answer);
}

gboolean
wd_test_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
reply (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static gboolean
follow_script (WdTestServer *self, SoupServerMessage *message, const char *path)
{
  for (GList *l = self->script.head; l != NULL; l = l->next)
    {
      Answer *answer = l->data;

      if (!g_str_equal (answer->path, path))
        continue;
      g_queue_delete_link (&self->script, l);
      if (answer->header != NULL)
        {
          g_auto (GStrv) parts = g_strsplit (answer->header, ": ", 2);

          soup_message_headers_append (soup_server_message_get_response_headers (message), parts[0], parts[1]);
        }
      if (answer->status != 0)
        reply (message, answer->status, answer->body);
      else
        {
          g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

          g_io_stream_close (stream, NULL, NULL);
        }
      answer_free (answer);
      return TRUE;
    }
  return FALSE;
}

static gint64
seq_of (const char *change)
{
  return g_ascii_strtoll (strstr (change, "\"seq\":") + strlen ("\"seq\":"), NULL, 10);
}

static void
give_changes (WdTestServer *self, SoupServerMessage *message, GHashTable *query)
{
  const char         *since_text = g_hash_table_lookup (query, "since");
  const char         *store = g_hash_table_lookup (query, "store");
  const char         *view = g_hash_table_lookup (query, "view");
  gint64              since = since_text != NULL ? g_ascii_strtoll (since_text, NULL, 10) : 0, upto = self->end;
  g_autoptr (GString) body = g_string_new ("{\"changes\":[");
  guint               n = 0;

  if ((store != NULL && !g_str_equal (store, self->store)) || (view != NULL && !g_str_equal (view, self->view)) || since > self->end)
    {
      reply (message, 410, "{\"code\":\"resync\"}");
      return;
    }
  for (guint i = 0; i < self->changes->len; i++)
    {
      const char *change = self->changes->pdata[i];

      if (seq_of (change) <= since)
        continue;
      if (n++ == self->page)
        {
          upto = seq_of (self->changes->pdata[i]) - 1;
          break;
        }
      g_string_append (body, n > 1 ? "," : "");
      g_string_append (body, change);
    }
  g_string_append_printf (body, "],\"seq\":%" G_GINT64_FORMAT ",\"more\":%s,\"store\":\"%s\",\"view\":\"%s\"}",
                          upto, upto < self->end ? "true" : "false", self->store, self->view);
  reply (message, 200, body->str);
}

static void
take_commands (WdTestServer *self, SoupServerMessage *message, const char *text)
{
  g_autoptr (JsonNode) root = wd_json_parse (text, -1, NULL);
  JsonArray           *commands = json_object_get_array_member (json_node_get_object (root), "commands");
  g_autoptr (GString)  body = g_string_new ("{\"results\":[");

  for (guint i = 0; i < json_array_get_length (commands); i++)
    {
      JsonObject *command = json_array_get_object_element (commands, i);

      self->end++;
      g_string_append_printf (body, "%s{\"id\":\"%s\",\"ok\":true,\"seq\":%" G_GINT64_FORMAT ",\"object\":{\"kind\":\"order\",\"id\":\"x\",\"version\":1}}",
                              i > 0 ? "," : "", json_object_get_string_member (command, "id"), self->end);
    }
  g_string_append (body, "]}");
  reply (message, 200, body->str);
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  WdTestServer    *self = data;
  GUri            *uri = soup_server_message_get_uri (message);
  const char      *method = soup_server_message_get_method (message);
  g_autofree char *text = NULL;

  g_ptr_array_add (self->asked, g_strdup_printf ("%s %s?%s", method, path, g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : ""));
  if (g_str_equal (path, "/v1/commands"))
    {
      g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

      text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
      g_ptr_array_add (self->commands, g_strdup (text));
    }
  if (follow_script (self, message, path))
    return;
  if (g_str_equal (path, "/v1/session") && g_str_equal (method, "POST"))
    {
      g_autofree char *session = g_strdup_printf ("{\"token\":\"secret\",\"user\":%s,\"expires\":null}", self->user);

      reply (message, 201, session);
    }
  else if (g_str_equal (path, "/v1/session"))
    soup_server_message_set_status (message, 204, NULL);
  else if (g_str_equal (path, "/v1/changes"))
    give_changes (self, message, query);
  else if (g_str_equal (path, "/v1/commands"))
    take_commands (self, message, text);
  else
    reply (message, 404, "{\"code\":\"not-found\"}");
}

static void
heard_cb (SoupWebsocketConnection *socket, int type, GBytes *message, gpointer data)
{
  WdTestServer *self = data;

  g_ptr_array_add (self->heard, g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message)));
}

static void
closed_cb (SoupWebsocketConnection *socket, gpointer data)
{
  g_ptr_array_remove (((WdTestServer *)data)->sockets, socket);
}

static void
live_cb (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *socket, gpointer data)
{
  WdTestServer    *self = data;
  g_autofree char *hello = g_strdup_printf ("{\"hello\":{\"time\":\"2026-11-24T08:00:00.000Z\",\"anchor\":\"signed\",\"seq\":%" G_GINT64_FORMAT
                                            ",\"store\":\"%s\",\"view\":\"%s\",\"user\":%s%s}}",
                                            self->end, self->store, self->view, self->user, self->hello != NULL ? self->hello : "");

  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  g_ptr_array_add (self->asked, g_strdup_printf ("GET %s?%s", path, query != NULL ? query : ""));
  g_ptr_array_add (self->sockets, g_object_ref (socket));
  g_signal_connect (socket, "message", G_CALLBACK (heard_cb), self);
  g_signal_connect (socket, "closed", G_CALLBACK (closed_cb), self);
  if (self->mute)
    {
      soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_SERVER_ERROR, NULL);
      return;
    }
  soup_websocket_connection_send_text (socket, hello);
}

WdTestServer *
wd_test_server_new (void)
{
  WdTestServer      *self = g_new0 (WdTestServer, 1);
  char              *protocols[] = { (char *)"waterdesk.v1", NULL };
  g_autoptr (GError) error = NULL;
  GSList            *uris;

  self->changes = g_ptr_array_new_with_free_func (g_free);
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->heard = g_ptr_array_new_with_free_func (g_free);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->commands = g_ptr_array_new_with_free_func (g_free);
  self->store = g_strdup ("store-1");
  self->view = g_strdup ("view-1");
  self->user = g_strdup ("{\"id\":\"0190a5c8-7b1e-7c3a-9f00-000000000001\",\"name\":\"dispatcher\",\"role\":\"dispatcher\",\"unit\":null}");
  self->page = 100000;
  g_queue_init (&self->script);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_add_websocket_handler (self->server, "/v1/live", NULL, protocols, live_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return self;
}

void
wd_test_server_free (WdTestServer *self)
{
  for (guint i = 0; i < self->sockets->len; i++)
    g_signal_handlers_disconnect_by_data (self->sockets->pdata[i], self);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->sockets);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->heard);
  g_ptr_array_unref (self->asked);
  g_ptr_array_unref (self->commands);
  g_queue_clear_full (&self->script, answer_free);
  g_free (self->url);
  g_free (self->store);
  g_free (self->view);
  g_free (self->user);
  g_free (self->hello);
  g_free (self);
}

gint64
wd_test_server_put (WdTestServer *self, const char *kind, const char *id, const char *body)
{
  gint64           since = self->end;
  char            *change = g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT ",\"kind\":\"%s\",\"id\":\"%s\",\"version\":1,\"body\":%s,\"why\":%s}",
                                             since + 1, kind, id, body != NULL ? body : "null", body != NULL ? "null" : "\"left\"");
  g_autofree char *batch = g_strdup_printf ("{\"changes\":[%s],\"since\":%" G_GINT64_FORMAT ",\"seq\":%" G_GINT64_FORMAT "}", change, self->seq, since + 1);

  g_ptr_array_add (self->changes, change);
  self->seq = ++self->end;
  wd_test_server_say (self, batch);
  return self->seq;
}

void
wd_test_server_script (WdTestServer *self, const char *path, guint status, const char *body, const char *header)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->path = g_strdup (path);
  answer->status = status;
  answer->body = g_strdup (body != NULL ? body : "");
  answer->header = g_strdup (header);
  g_queue_push_tail (&self->script, answer);
}

void
wd_test_server_forget (WdTestServer *self)
{
  g_queue_clear_full (&self->script, answer_free);
}

void
wd_test_server_say (WdTestServer *self, const char *text)
{
  for (guint i = 0; i < self->sockets->len; i++)
    if (soup_websocket_connection_get_state (self->sockets->pdata[i]) == SOUP_WEBSOCKET_STATE_OPEN)
      soup_websocket_connection_send_text (self->sockets->pdata[i], text);
}

void
wd_test_server_hang_up (WdTestServer *self, gushort code)
{
  for (guint i = 0; i < self->sockets->len; i++)
    soup_websocket_connection_close (self->sockets->pdata[i], code, NULL);
}

guint
wd_test_server_count (WdTestServer *self, const char *asked)
{
  guint n = 0;

  for (guint i = 0; i < self->asked->len; i++)
    n += g_str_has_prefix (self->asked->pdata[i], asked);
  return n;
}
