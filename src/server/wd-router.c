/* wd-router.c — from a request at the door to the function that answers it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-router-private.h"

#include <string.h>

/* --- Matching --- */

/* The path's parts, decoded; NULL where one is no UTF-8, or climbs. */
static char **
split_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path + (*path == '/'), "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *plain = g_uri_unescape_string (parts[i], NULL);

      if (plain == NULL || !g_utf8_validate (plain, -1, NULL) || g_str_equal (plain, ".") || g_str_equal (plain, ".."))
        {
          g_free (plain);
          return NULL;
        }
      g_free (parts[i]);
      parts[i] = plain;
    }
  return g_steal_pointer (&parts);
}

static gboolean
is_match (char **pattern, char **parts)
{
  guint i;

  for (i = 0; pattern[i] != NULL && parts[i] != NULL; i++)
    if (pattern[i][0] == '*')
      return TRUE;
    else if (pattern[i][0] != ':' ? !g_str_equal (pattern[i], parts[i]) : parts[i][0] == '\0')
      return FALSE;
  return pattern[i] == NULL && parts[i] == NULL;
}

static gboolean
is_method (const WdRoute *route, const char *method)
{
  return g_str_equal (route->method, method) || (g_str_equal (method, "HEAD") && g_str_equal (route->method, "GET"));
}

static void
bind_args (WdRequest *request, char **pattern, char **parts)
{
  guint n = 0;

  for (guint i = 0; pattern[i] != NULL && n < WD_ROUTER_MAX_ARGS; i++)
    if (pattern[i][0] == ':' || pattern[i][0] == '*')
      {
        request->names[n] = pattern[i] + 1;
        request->args[n++] = pattern[i][0] == ':' ? g_strdup (parts[i]) : g_strjoinv ("/", parts + i);
      }
}

/* Sets the request's route and arguments; else fills in 404 or 405. */
static gboolean
find_route (WdRouter *self, WdRequest *request, WdReply *reply)
{
  g_auto (GStrv)      parts = split_path (request->path);
  g_autoptr (GString) allowed = g_string_new (NULL);

  for (guint i = 0; parts != NULL && i < self->rows->len; i++)
    {
      const WdRouterRow *row = &g_array_index (self->rows, WdRouterRow, i);

      if (((row->route->flags & WD_ROUTE_LOCAL) && !request->local) || !is_match (row->parts, parts))
        continue;
      if (is_method (row->route, request->method))
        {
          request->route = row->route;
          bind_args (request, row->parts, parts);
          return TRUE;
        }
      g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", row->route->method);
      if (g_str_equal (row->route->method, "GET"))
        g_string_append (allowed, ", HEAD");
    }
  if (allowed->len == 0)
    wd_reply_set_problem (reply, WD_PROBLEM_NOT_FOUND, NULL, NULL, NULL);
  else
    {
      wd_reply_set_problem (reply, WD_PROBLEM_METHOD, NULL, NULL, NULL);
      wd_reply_set_header (reply, "Allow", allowed->str);
    }
  return FALSE;
}

/* --- From the head alone --- */

static gboolean
is_readable (WdRequest *request, WdReply *reply)
{
  GHashTableIter iter;
  gpointer       name, value;

  g_hash_table_iter_init (&iter, request->query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!g_utf8_validate (name, -1, NULL) || (value != NULL && !g_utf8_validate (value, -1, NULL)))
      {
        wd_reply_set_problem (reply, WD_PROBLEM_BAD_REQUEST, "The query is not UTF-8.", NULL, NULL);
        return FALSE;
      }
  if (request->cut)
    wd_reply_set_problem (reply, WD_PROBLEM_BAD_REQUEST, "The query holds a NUL.", NULL, NULL);
  return !request->cut;
}

static gboolean
is_welcome (WdRouter *self, WdRequest *request, WdReply *reply)
{
  const WdRoute *route = request->route;

  if (self->check != NULL && !self->check (request, reply, self->user_data))
    return FALSE;
  if (route->flags & WD_ROUTE_PUBLIC)
    return TRUE;
  if (request->actor == NULL)
    wd_reply_set_problem (reply, WD_PROBLEM_UNAUTHORIZED, NULL, NULL, NULL);
  else if (route->roles != 0 && !(route->roles & (1u << request->role)))
    wd_reply_set_problem (reply, WD_PROBLEM_FORBIDDEN, NULL, NULL, NULL);
  else
    return TRUE;
  return FALSE;
}

/* libsoup lets a client in that names no subprotocol at all, and asks by the path as it was sent. */
static gboolean
is_upgrade (SoupServerMessage *message, WdRequest *request, WdReply *reply, gpointer user_data)
{
  const WdRoute     *route = request->route;
  g_autoptr (GError) error = NULL;
  char              *protocols[] = { (char *)route->protocol, NULL };
  const char        *wanted;

  if (route->socket == NULL)
    return TRUE;
  wanted = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Sec-WebSocket-Protocol");
  if (!g_str_equal (request->path, route->path))
    wd_reply_set_problem (reply, WD_PROBLEM_NOT_FOUND, NULL, NULL, NULL);
  else if (!soup_websocket_server_check_handshake (message, NULL, protocols, NULL, &error))
    wd_reply_set_problem (reply, WD_PROBLEM_BAD_REQUEST, "A WebSocket is expected here.", NULL, NULL);
  else if (route->protocol != NULL && (wanted == NULL || !soup_header_contains (wanted, route->protocol)))
    wd_reply_set_problem (reply, WD_PROBLEM_BAD_REQUEST, "The subprotocol is missing.", NULL, NULL);
  else if (route->handler != NULL)
    route->handler (request, reply, user_data);
  return reply->status == SOUP_STATUS_OK;
}

static void
head_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  WdRouter     *self = user_data;
  WdDoorStream *stream = wd_door_stream_for_message (message);
  WdExchange   *exchange = wd_exchange_new (self, stream, message, query);
  WdReply      *reply = exchange->first;

  /* libsoup would cut pieces out of our answers by itself. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  if (!find_route (self, exchange->request, reply) || !is_readable (exchange->request, reply) ||
      !is_welcome (self, exchange->request, reply) || !is_upgrade (message, exchange->request, reply, self->user_data) ||
      !wd_exchange_expect_body (exchange))
    wd_exchange_refuse (exchange, FALSE);
}

/* --- Handlers --- */

/* In a worker; takes the reply. */
static void
run_handler (gpointer data, gpointer user_data)
{
  WdReply   *reply = data;
  WdRouter  *self = user_data;
  WdRequest *request = reply->exchange->request;

  /* Who is gone already gets nothing done: not a byte has been answered. */
  if (wd_reply_is_wanted (reply))
    request->route->handler (request, reply, self->user_data);
  else
    reply->status = SOUP_STATUS_SERVICE_UNAVAILABLE;
  if (reply->deferred)
    wd_reply_unref (reply);
  else
    wd_reply_send (reply);
}

/* In the main thread: without a way through the main loop, which costs more than a short answer. */
static void
run_inline (WdRouter *self, WdReply *reply, SoupServerMessage *message)
{
  WdRequest *request = reply->exchange->request;

  request->route->handler (request, reply, self->user_data);
  if (reply->deferred)
    soup_server_message_pause (message);
  else
    {
      wd_reply_settle (reply);
      wd_reply_apply (reply, message);
    }
  wd_reply_unref (reply);
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  WdRouter   *self = user_data;
  WdExchange *exchange = wd_exchange_for_message (message);
  WdReply    *reply;

  if (exchange == NULL || exchange->refused || exchange->request->route->socket != NULL)
    return;
  if (!(exchange->request->route->flags & WD_ROUTE_INLINE) && g_thread_pool_unprocessed (self->pool) >= self->max_queue)
    {
      wd_reply_set_problem (exchange->first, WD_PROBLEM_BUSY, NULL, NULL, NULL);
      wd_reply_set_header (exchange->first, "Retry-After", "1");
      wd_reply_apply (exchange->first, message);
      return;
    }
  wd_exchange_take_body (exchange);
  reply = g_steal_pointer (&exchange->first);
  if (exchange->request->route->flags & WD_ROUTE_INLINE)
    {
      run_inline (self, reply, message);
      return;
    }
  soup_server_message_pause (message);
  g_thread_pool_push (self->pool, reply, NULL);
}

static void
websocket_cb (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *websocket, gpointer user_data)
{
  WdRouter              *self = user_data;
  WdDoorStream          *stream = wd_door_stream_for_message (message);
  g_autoptr (WdExchange) exchange = wd_exchange_ref (wd_exchange_for_message (message));

  wd_door_stream_upgrade (stream, websocket);
  exchange->request->route->socket (exchange->request, stream, self->user_data);
}

/* --- The router --- */

static void
clear_row (gpointer row)
{
  g_strfreev (((WdRouterRow *)row)->parts);
}

static void
add_route (WdRouter *self, const WdRoute *route)
{
  SoupServer *server = wd_door_get_server (self->door);
  char       *protocols[] = { (char *)route->protocol, NULL };
  WdRouterRow row = { route, g_strsplit (route->path + 1, "/", -1) };

  g_array_append_val (self->rows, row);
  if (route->socket == NULL)
    return;
  soup_server_add_early_handler (server, route->path, head_cb, self, NULL);
  soup_server_add_handler (server, route->path, request_cb, self, NULL);
  soup_server_add_websocket_handler (server, route->path, NULL, route->protocol ? protocols : NULL, websocket_cb, self, NULL);
}

WdRouter *
wd_router_new (WdDoor *door, const WdRoute *routes, gsize n_routes, const WdRouterSettings *settings, WdRouterCheck check, gpointer user_data)
{
  WdRouterSettings given = settings ? *settings : (WdRouterSettings){ 0 };
  WdRouter        *self = g_new0 (WdRouter, 1);

  g_atomic_ref_count_init (&self->refs);
  self->door = g_object_ref (door);
  self->rows = g_array_new (FALSE, FALSE, sizeof (WdRouterRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->pool = g_thread_pool_new (run_handler, self, given.threads ? given.threads : 8, TRUE, NULL);
  self->max_queue = given.max_queue ? given.max_queue : 512;
  self->spool_dir = g_strdup (given.spool_dir);
  self->check = check;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->lock);
  g_queue_init (&self->posts);

  soup_server_add_early_handler (wd_door_get_server (door), NULL, head_cb, self, NULL);
  soup_server_add_handler (wd_door_get_server (door), NULL, request_cb, self, NULL);
  for (gsize i = 0; i < n_routes; i++)
    add_route (self, &routes[i]);
  return self;
}

WdRouter *
wd_router_ref (WdRouter *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
wd_router_unref (WdRouter *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->rows);
  g_free (self->spool_dir);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
wd_router_free (WdRouter *self)
{
  SoupServer *server = wd_door_get_server (self->door);

  self->closed = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, WdRouterRow, i).route->socket != NULL)
      soup_server_remove_handler (server, g_array_index (self->rows, WdRouterRow, i).route->path);
  soup_server_remove_handler (server, NULL);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_clear_object (&self->door);
  wd_router_unref (self);
}
