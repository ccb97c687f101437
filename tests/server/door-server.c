/* door-server.c — a server of a few plain routes behind the real door, for test_door.py
 *
 * Prints `listening on URI` when ready; SIGTERM drains it and it says
 * `drained` or `cut`; SIGHUP reads the certificate again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-router.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SLOW_READER (1024 * 1024) /* bytes unwritten to a WebSocket before it is cut */

typedef struct
{
  GMainLoop *loop;
  WdDoor    *door;
  GPtrArray *sockets; /* WdDoorStream */
  gint64     drain_ms;
  char      *cert;
  char      *key;
  int        status;
} Program;

/* --- Routes --- */

static void
echo (WdRequest *request, WdReply *reply, gpointer user_data)
{
  wd_reply_set_body (reply, "application/octet-stream", wd_request_get_body (request));
}

static void
slow (WdRequest *request, WdReply *reply, gpointer user_data)
{
  const char *ms = wd_request_get_query (request, "ms");

  g_usleep (1000 * (ms ? atoi (ms) : 100));
  wd_reply_take_json (reply, g_strdup ("{\"slow\":true}"));
}

static void
big (WdRequest *request, WdReply *reply, gpointer user_data)
{
  const char        *bytes = wd_request_get_query (request, "bytes");
  gsize              length = bytes ? g_ascii_strtoull (bytes, NULL, 10) : 1000;
  g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (length, 'x'), length);

  wd_reply_set_body (reply, "text/plain", body);
}

static void
stream (WdRequest *request, WdReply *reply, gpointer user_data)
{
  const char *pieces = wd_request_get_query (request, "pieces");
  gboolean    wanted = TRUE;

  wd_reply_set_body (reply, "application/x-ndjson", NULL);
  for (int i = 0; wanted && i < (pieces ? atoi (pieces) : 3); i++)
    {
      char              *line = g_strdup_printf ("{\"line\":%d,\"fill\":\"%01000d\"}\n", i, 0);
      g_autoptr (GBytes) piece = g_bytes_new_take (line, strlen (line));

      wanted = wd_reply_write (reply, piece);
    }
}

static gpointer
answer_later (gpointer data)
{
  g_usleep (20000);
  wd_reply_take_json (data, g_strdup ("{\"late\":true}"));
  wd_reply_send (data);
  return NULL;
}

static void
later (WdRequest *request, WdReply *reply, gpointer user_data)
{
  g_thread_unref (g_thread_new ("later", answer_later, wd_reply_defer (reply)));
}

static void
lost (WdRequest *request, WdReply *reply, gpointer user_data)
{
  wd_reply_unref (wd_reply_defer (reply));
}

static void
args (WdRequest *request, WdReply *reply, gpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%s|%s", wd_request_get_arg (request, "id"), wd_request_get_query (request, "q"));
  wd_reply_set_body (reply, "text/plain", g_string_free_to_bytes (g_steal_pointer (&text)));
}

static void
spool (WdRequest *request, WdReply *reply, gpointer user_data)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar                buffer[65536];
  int                   body = wd_request_rewind_spool (request);
  gssize                n;

  while ((n = read (body, buffer, sizeof buffer)) > 0)
    g_checksum_update (sum, buffer, n);
  wd_reply_take_json (reply, g_strdup_printf ("{\"sha256\":\"%s\"}", g_checksum_get_string (sum)));
}

static void
whoami (WdRequest *request, WdReply *reply, gpointer user_data)
{
  wd_reply_take_json (reply, g_strdup_printf ("{\"address\":\"%s\",\"local\":%s}", wd_request_get_address (request),
                                              wd_request_is_local (request) ? "true" : "false"));
}

static void
stats (WdRequest *request, WdReply *reply, gpointer user_data)
{
  Program    *program = user_data;
  WdDoorStats s;

  wd_door_get_stats (program->door, &s);
  wd_reply_take_json (reply, g_strdup_printf ("{\"open\":%u,\"sockets\":%u,\"accepted\":%" G_GUINT64_FORMAT
                                              ",\"turned_away\":%" G_GUINT64_FORMAT ",\"requests\":%" G_GUINT64_FORMAT
                                              ",\"bad_heads\":%" G_GUINT64_FORMAT ",\"timed_out\":%" G_GUINT64_FORMAT
                                              ",\"bytes_in\":%" G_GUINT64_FORMAT ",\"bytes_out\":%" G_GUINT64_FORMAT "}",
                                              s.open, s.sockets, s.accepted, s.turned_away, s.requests, s.bad_heads,
                                              s.timed_out, s.bytes_in, s.bytes_out));
}

/* --- A WebSocket: echoes, and on "flood" sends to all until a slow one is cut --- */

static void
flood (Program *program)
{
  char              *text = g_strnfill (100000, 'f');
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, 100000);

  for (guint i = 0; i < program->sockets->len; i++)
    {
      WdDoorStream *peer = g_ptr_array_index (program->sockets, i);

      if (wd_door_stream_get_unwritten (peer) > SLOW_READER)
        wd_door_stream_cut (peer);
      else
        wd_door_stream_send_text (peer, bytes);
    }
}

static void
message_cb (SoupWebsocketConnection *websocket, int type, GBytes *message, WdDoorStream *peer)
{
  Program *program = g_object_get_data (G_OBJECT (websocket), "program");

  if (g_bytes_get_size (message) == 5 && memcmp (g_bytes_get_data (message, NULL), "flood", 5) == 0)
    flood (program);
  else
    wd_door_stream_send_text (peer, message);
}

static void
closed_cb (SoupWebsocketConnection *websocket, WdDoorStream *peer)
{
  Program *program = g_object_get_data (G_OBJECT (websocket), "program");

  g_ptr_array_remove (program->sockets, peer);
}

static void
socket_cb (WdRequest *request, WdDoorStream *peer, gpointer user_data)
{
  Program                 *program = user_data;
  SoupWebsocketConnection *websocket = wd_door_stream_get_socket (peer);

  g_ptr_array_add (program->sockets, g_object_ref (peer));
  g_object_set_data (G_OBJECT (websocket), "program", program);
  g_signal_connect (websocket, "message", G_CALLBACK (message_cb), peer);
  g_signal_connect (websocket, "closed", G_CALLBACK (closed_cb), peer);
}

enum
{
  ROLE_USER = 1,
  ROLE_ADMIN = 2,
};

/* "Bearer user" and "Bearer admin" may in; "Bearer many" asks too often. */
static gboolean
check (WdRequest *request, WdReply *reply, gpointer user_data)
{
  static int       somebody;
  g_autofree char *token = wd_request_dup_header (request, "Authorization");

  if (g_strcmp0 (token, "Bearer many") == 0)
    {
      wd_reply_set_problem (reply, WD_PROBLEM_TOO_MANY, NULL, NULL, NULL);
      wd_reply_set_header (reply, "Retry-After", "7");
      return FALSE;
    }
  if (g_strcmp0 (token, "Bearer user") == 0)
    wd_request_set_actor (request, &somebody, ROLE_USER, NULL);
  else if (g_strcmp0 (token, "Bearer admin") == 0 || wd_request_is_local (request))
    wd_request_set_actor (request, &somebody, ROLE_ADMIN, NULL);
  return TRUE;
}

/* clang-format off */
static const WdRoute routes[] = {
  { "GET",  "/",             0, 0,         WD_ROUTE_PUBLIC | WD_ROUTE_INLINE, whoami },
  { "GET",  "/echo",         0, 0,         WD_ROUTE_PUBLIC, echo },
  { "POST", "/echo",         0, 1 << 20,   WD_ROUTE_PUBLIC, echo },
  { "GET",  "/slow",         0, 0,         WD_ROUTE_PUBLIC, slow },
  { "GET",  "/big",          0, 0,         WD_ROUTE_PUBLIC | WD_ROUTE_GZIP, big },
  { "GET",  "/stream",       0, 0,         WD_ROUTE_PUBLIC, stream },
  { "GET",  "/later",        0, 0,         WD_ROUTE_PUBLIC, later },
  { "GET",  "/lost",         0, 0,         WD_ROUTE_PUBLIC, lost },
  { "GET",  "/orders/:id/x", 0, 0,         WD_ROUTE_PUBLIC, args },
  { "GET",  "/whoami",       0, 0,         WD_ROUTE_PUBLIC, whoami },
  { "GET",  "/stats",        0, 0,         WD_ROUTE_PUBLIC | WD_ROUTE_INLINE, stats },
  { "POST", "/private",      0, 1 << 20,   0, echo },
  { "POST", "/admin",        1 << ROLE_ADMIN, 1 << 20, 0, echo },
  { "GET",  "/local",        0, 0,         WD_ROUTE_LOCAL, whoami },
  { "POST", "/spool",        0, 256 << 20, WD_ROUTE_PUBLIC | WD_ROUTE_SPOOL, spool },
  { "GET",  "/v1/live",      0, 0,         WD_ROUTE_PUBLIC, NULL, socket_cb, "waterdesk.v1" },
};
/* clang-format on */

/* --- The program --- */

static void
drained_cb (GObject *door, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;

  program->status = wd_door_drain_finish (WD_DOOR (door), result, NULL) ? 0 : 3;
  g_print (program->status == 0 ? "drained\n" : "cut\n");
  g_main_loop_quit (program->loop);
}

static gboolean
terminate_cb (gpointer user_data)
{
  Program *program = user_data;

  wd_door_drain_async (program->door, program->drain_ms, drained_cb, program);
  return G_SOURCE_REMOVE;
}

static gboolean
reload_cb (gpointer user_data)
{
  Program           *program = user_data;
  g_autoptr (GError) error = NULL;

  g_print (wd_door_set_certificate (program->door, program->cert, program->key, &error) ? "reloaded\n" : "kept\n");
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  Program            program = { .drain_ms = 5000 };
  WdDoorSettings     s = { 0 };
  WdRouterSettings   r = { 0 };
  int                connections = 0, per_address = 0, fields = 0, ping = 0, threads = 0, queue = 0;
  gint64             head = 0, message = 0, rate = 0;
  char              *local = NULL;
  char              *listen = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char   *uri = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "cert", 0, 0, G_OPTION_ARG_FILENAME, &program.cert, NULL, NULL },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &program.key, NULL, NULL },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, NULL, NULL },
    { "local", 0, 0, G_OPTION_ARG_FILENAME, &local, NULL, NULL },
    { "drain-ms", 0, 0, G_OPTION_ARG_INT64, &program.drain_ms, NULL, NULL },
    { "max-connections", 0, 0, G_OPTION_ARG_INT, &connections, NULL, NULL },
    { "max-per-address", 0, 0, G_OPTION_ARG_INT, &per_address, NULL, NULL },
    { "max-head", 0, 0, G_OPTION_ARG_INT64, &head, NULL, NULL },
    { "max-fields", 0, 0, G_OPTION_ARG_INT, &fields, NULL, NULL },
    { "max-message", 0, 0, G_OPTION_ARG_INT64, &message, NULL, NULL },
    { "handshake-ms", 0, 0, G_OPTION_ARG_INT64, &s.handshake_ms, NULL, NULL },
    { "head-ms", 0, 0, G_OPTION_ARG_INT64, &s.head_ms, NULL, NULL },
    { "body-ms", 0, 0, G_OPTION_ARG_INT64, &s.body_ms, NULL, NULL },
    { "body-rate", 0, 0, G_OPTION_ARG_INT64, &rate, NULL, NULL },
    { "idle-ms", 0, 0, G_OPTION_ARG_INT64, &s.idle_ms, NULL, NULL },
    { "stall-ms", 0, 0, G_OPTION_ARG_INT64, &s.stall_ms, NULL, NULL },
    { "silence-ms", 0, 0, G_OPTION_ARG_INT64, &s.silence_ms, NULL, NULL },
    { "ping-s", 0, 0, G_OPTION_ARG_INT, &ping, NULL, NULL },
    { "threads", 0, 0, G_OPTION_ARG_INT, &threads, NULL, NULL },
    { "queue", 0, 0, G_OPTION_ARG_INT, &queue, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (WdRouter)       router = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  s.max_connections = connections;
  s.max_per_address = per_address;
  s.max_fields = fields;
  s.max_head = head;
  s.max_message = message;
  s.body_rate = rate;
  s.ping_s = ping;
  r.threads = threads;
  r.max_queue = queue;

  program.loop = g_main_loop_new (NULL, FALSE);
  program.sockets = g_ptr_array_new_with_free_func (g_object_unref);
  program.door = wd_door_new (&s);
  router = wd_router_new (program.door, routes, G_N_ELEMENTS (routes), &r, check, &program);
  if ((program.cert && !wd_door_set_certificate (program.door, program.cert, program.key, &error)) ||
      !wd_door_listen (program.door, listen ? listen : "127.0.0.1:0", &error) ||
      (local && !wd_door_listen_local (program.door, local, &error)))
    g_error ("%s", error->message);
  uri = wd_door_dup_uri (program.door);
  g_unix_signal_add (SIGTERM, terminate_cb, &program);
  g_unix_signal_add (SIGHUP, reload_cb, &program);
  g_print ("listening on %s\n", uri);
  g_main_loop_run (program.loop);

  g_clear_pointer (&router, wd_router_free);
  g_clear_object (&program.door);
  g_ptr_array_unref (program.sockets);
  g_main_loop_unref (program.loop);
  g_free (program.cert);
  g_free (program.key);
  g_free (local);
  g_free (listen);
  return program.status;
}
