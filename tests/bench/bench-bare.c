/* bench-bare.c — bare SoupServers: the peers of waterdeskd
 *
 *   bench-bare commit FOLDER     parses each body posted to /v1/commands and commits one row for
 *                                it, all that wait in one transaction (WAL, synchronous=FULL)
 *   bench-bare broadcast         sends each body posted to /v1/commands to every WebSocket at /v1/live
 *
 * No session, no rules, no limits: what HTTP, JSON, SQLite and WebSockets cost alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <sqlite3.h>
#include <string.h>

#define BATCH 64

static GAsyncQueue *queue;   /* Post */
static GPtrArray   *sockets; /* SoupWebsocketConnection */

typedef struct
{
  SoupServerMessage *message;
  char              *id;
  char              *body;
} Post;

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static gboolean
answer (gpointer data)
{
  g_autoptr (GPtrArray) posts = data;

  for (guint i = 0; i < posts->len; i++)
    {
      Post *post = posts->pdata[i];
      char *json = g_strdup_printf ("{\"results\":[{\"id\":\"%s\",\"ok\":true}]}", post->id);

      soup_server_message_set_status (post->message, 200, NULL);
      soup_server_message_set_response (post->message, "application/json", SOUP_MEMORY_TAKE, json, strlen (json));
      soup_server_message_unpause (post->message);
    }
  return G_SOURCE_REMOVE;
}

static void
post_free (gpointer data)
{
  Post *post = data;

  g_object_unref (post->message);
  g_free (post->id);
  g_free (post->body);
  g_free (post);
}

static gpointer
write_thread (gpointer data)
{
  sqlite3      *db = data;
  sqlite3_stmt *insert;

  sqlite3_prepare_v2 (db, "INSERT INTO posts (id, body) VALUES (?1, ?2)", -1, &insert, NULL);
  for (;;)
    {
      GPtrArray *posts = g_ptr_array_new_with_free_func (post_free);
      Post      *post = g_async_queue_pop (queue);

      run (db, "BEGIN IMMEDIATE");
      while (post != NULL)
        {
          sqlite3_bind_text (insert, 1, post->id, -1, SQLITE_STATIC);
          sqlite3_bind_text (insert, 2, post->body, -1, SQLITE_STATIC);
          if (sqlite3_step (insert) != SQLITE_DONE)
            g_error ("%s", sqlite3_errmsg (db));
          sqlite3_reset (insert);
          g_ptr_array_add (posts, post);
          post = posts->len < BATCH ? g_async_queue_try_pop (queue) : NULL;
        }
      run (db, "COMMIT");
      g_idle_add_full (G_PRIORITY_DEFAULT, answer, posts, NULL);
    }
  return NULL;
}

static void
take_command (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  g_autoptr (GBytes)     bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize                  size;
  const char            *text = g_bytes_get_data (bytes, &size);
  JsonObject            *command;
  Post                  *post;

  if (!json_parser_load_from_data (parser, text, size, NULL))
    {
      soup_server_message_set_status (message, 400, NULL);
      return;
    }
  command = json_array_get_object_element (json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "commands"), 0);
  post = g_new0 (Post, 1);
  post->message = g_object_ref (message);
  post->id = g_strdup (json_object_get_string_member (command, "id"));
  post->body = g_strndup (text, size);
  soup_server_message_pause (message);
  g_async_queue_push (queue, post);
}

static void
broadcast (SoupServerMessage *message, GBytes *bytes)
{
  for (guint i = 0; i < sockets->len; i++)
    soup_websocket_connection_send_message (sockets->pdata[i], SOUP_WEBSOCKET_DATA_TEXT, bytes);
  g_bytes_unref (bytes);
}

/* First the acknowledgement, then the news, as waterdeskd does it. */
static void
take_trigger (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  GBytes *bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{\"ok\":true}", strlen ("{\"ok\":true}"));
  g_signal_connect (message, "finished", G_CALLBACK (broadcast), bytes);
}

static void
forget (SoupWebsocketConnection *socket, gpointer data)
{
  g_ptr_array_remove_fast (sockets, socket);
}

static void
join (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *socket, gpointer data)
{
  g_ptr_array_add (sockets, g_object_ref (socket));
  g_signal_connect (socket, "closed", G_CALLBACK (forget), NULL);
  soup_websocket_connection_send_text (socket, "hello");
}

static void
open_store (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "bare.sqlite", NULL);
  sqlite3         *db;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));
  run (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
           "CREATE TABLE posts (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)");
  queue = g_async_queue_new ();
  g_thread_new ("writer", write_thread, db);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop)  loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GError)     error = NULL;
  const char            *protocols[] = { "waterdesk.v1", NULL };
  GSList                *uris;

  if (argc == 3 && strcmp (argv[1], "commit") == 0)
    {
      open_store (argv[2]);
      soup_server_add_handler (server, "/v1/commands", take_command, NULL, NULL);
    }
  else if (argc == 2 && strcmp (argv[1], "broadcast") == 0)
    {
      sockets = g_ptr_array_new_with_free_func (g_object_unref);
      soup_server_remove_websocket_extension (server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
      soup_server_add_handler (server, "/v1/commands", take_trigger, NULL, NULL);
      soup_server_add_websocket_handler (server, "/v1/live", NULL, (char **)protocols, join, NULL, NULL);
    }
  else
    g_error ("bench-bare commit FOLDER | broadcast");

  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);
  uris = soup_server_get_uris (server);
  g_print ("listening on http://127.0.0.1:%d\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  g_main_loop_run (loop);
  return 0;
}
