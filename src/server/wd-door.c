/* wd-door.c — the server's front door: from the listening socket to libsoup
 *
 * One tick looks at all connections instead of a timer for each: a time limit
 * is kept to within a quarter of itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-private.h"

#include <errno.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINGER_MS 2000
#define STALL_BYTES (16 * 1024) /* to be taken in the time that a stall may last */
#define SPARE_DESCRIPTORS 64    /* store, logs, spooled bodies */

G_DEFINE_FINAL_TYPE (WdDoor, wd_door, G_TYPE_OBJECT)
G_DEFINE_QUARK (wd_door_stream, wd_door_stream)

/* --- Streams --- */

WdDoorStream *
wd_door_stream_for_message (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (soup_server_message_get_remote_address (message)), wd_door_stream_quark ());
}

const WdDoorSettings *
wd_door_get_settings (WdDoor *self)
{
  return &self->settings;
}

void
wd_door_count_head (WdDoor *self, gboolean good)
{
  if (good)
    self->stats.requests++;
  else
    self->stats.bad_heads++;
}

guint
wd_door_count_address (WdDoor *self, const char *address, int change)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->addresses, address)) + change;

  if (n > 0)
    g_hash_table_insert (self->addresses, g_strdup (address), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->addresses, address);
  return n;
}

static void
end_drain_if_done (WdDoor *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->drain == NULL || g_hash_table_size (self->streams) > 0)
    return;
  task = g_steal_pointer (&self->drain);
  if (self->cut > 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%u connections had to be cut", self->cut);
  else
    g_task_return_boolean (task, TRUE);
}

void
wd_door_forget (WdDoor *self, WdDoorStream *stream)
{
  stream->door = NULL;
  self->stats.bytes_in += stream->bytes_in;
  self->stats.bytes_out += wd_door_stream_get_bytes_out (stream);
  if (stream->counted_as != NULL)
    wd_door_count_address (self, stream->counted_as, -1);
  g_hash_table_remove (self->streams, stream);
  end_drain_if_done (self);
}

static void
request_started_cb (SoupServer *server, SoupServerMessage *message, WdDoor *self)
{
  WdDoorStream *stream = wd_door_stream_for_message (message);

  if (stream == NULL)
    return;
  wd_door_stream_adopt (stream, message);
  if (wd_door_is_draining (self))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

static void
request_read_cb (SoupServer *server, SoupServerMessage *message, WdDoor *self)
{
  WdDoorStream *stream = wd_door_stream_for_message (message);

  if (stream != NULL)
    wd_door_stream_got_body (stream);
}

static void
request_finished_cb (SoupServer *server, SoupServerMessage *message, WdDoor *self)
{
  WdDoorStream *stream = wd_door_stream_for_message (message);

  if (stream != NULL)
    wd_door_stream_finished (stream);
}

/* --- Time --- */

/* What the peer has taken: written, and no longer in the kernel's queue, which
 * for a slow line drains long before there is room again for a write. */
static gsize
count_taken (WdDoorStream *stream)
{
  int queued = 0;

  ioctl (g_socket_get_fd (stream->socket), SIOCOUTQ, &queued);
  return (gsize)g_atomic_pointer_get (&stream->bytes_out) - queued;
}

static gboolean
has_stalled (WdDoorStream *stream, gint64 now, gint64 limit)
{
  gsize taken;

  if (!stream->blocked && !g_atomic_int_get (&stream->writing))
    {
      stream->stall_since = 0;
      return FALSE;
    }
  taken = count_taken (stream);
  if (stream->stall_since == 0 || taken - stream->stall_taken >= STALL_BYTES)
    {
      stream->stall_since = now;
      stream->stall_taken = taken;
    }
  return now - stream->stall_since > limit;
}

static gboolean
is_late (WdDoorStream *stream, const WdDoorSettings *settings, gint64 now)
{
  gint64 waited = now - stream->since;

  switch (stream->phase)
    {
    case WD_DOOR_PHASE_HANDSHAKE:
      return waited > settings->handshake_ms;
    case WD_DOOR_PHASE_NEW:
    case WD_DOOR_PHASE_HEAD:
      return waited > settings->head_ms;
    case WD_DOOR_PHASE_BODY:
      return waited > settings->body_ms + stream->body_came * 1000 / (gint64)settings->body_rate;
    case WD_DOOR_PHASE_IDLE:
      return waited > settings->idle_ms;
    case WD_DOOR_PHASE_WORK:
      return has_stalled (stream, now, settings->stall_ms);
    case WD_DOOR_PHASE_SOCKET:
      return now - stream->last_read > settings->silence_ms || has_stalled (stream, now, settings->stall_ms);
    case WD_DOOR_PHASE_LINGER:
      return waited > LINGER_MS;
    case WD_DOOR_PHASE_ENDING:
    case WD_DOOR_PHASE_CLOSED:
    default:
      return FALSE;
    }
}

static void
drain_stream (WdDoor *self, WdDoorStream *stream, gboolean cut)
{
  if (cut)
    {
      self->cut += stream->phase != WD_DOOR_PHASE_LINGER;
      wd_door_stream_cut (stream);
    }
  else if ((stream->phase == WD_DOOR_PHASE_NEW || stream->phase == WD_DOOR_PHASE_IDLE) &&
           !(g_socket_condition_check (stream->socket, G_IO_IN) & G_IO_IN) && stream->held->len == 0)
    wd_door_stream_end (stream, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  WdDoor        *self = user_data;
  gint64         now = wd_door_now ();
  gboolean       cut = self->drain != NULL && now >= self->drain_until;
  GHashTableIter iter;
  gpointer       stream;

  wd_door_resume_listening (self);
  /* Nothing is closed in here, so the table stays as it is. */
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    {
      if (self->drain != NULL)
        drain_stream (self, stream, cut);
      if (!is_late (stream, &self->settings, now))
        continue;
      self->stats.timed_out += WD_DOOR_STREAM (stream)->phase != WD_DOOR_PHASE_LINGER;
      if (WD_DOOR_STREAM (stream)->phase == WD_DOOR_PHASE_HANDSHAKE)
        g_socket_shutdown (WD_DOOR_STREAM (stream)->socket, TRUE, TRUE, NULL);
      else
        wd_door_stream_cut (stream);
    }
  return G_SOURCE_CONTINUE;
}

static void
start_tick (WdDoor *self)
{
  const WdDoorSettings *s = &self->settings;
  gint64                shortest = MIN (MIN (s->handshake_ms, s->head_ms), MIN (s->body_ms, s->idle_ms));

  shortest = MIN (shortest, MIN (s->stall_ms, s->silence_ms));
  self->tick = g_timeout_source_new (CLAMP (shortest / 4, 20, 1000));
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
}

/* --- Drain --- */

static void
close_for_drain (WdDoorStream *stream)
{
  if (stream->websocket != NULL)
    {
      if (soup_websocket_connection_get_state (stream->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (stream->websocket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
    }
  else if (stream->message != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (stream->message), "Connection", "close");
}

void
wd_door_drain_async (WdDoor *self, gint64 limit_ms, GAsyncReadyCallback callback, gpointer user_data)
{
  GList *streams;

  g_return_if_fail (self->drain == NULL);

  self->drain = g_task_new (self, NULL, callback, user_data);
  self->drain_until = wd_door_now () + limit_ms;
  wd_door_stop_listening (self);

  /* A list of its own: a socket whose peer has closed it already is closed at once, and leaves the table. */
  streams = g_hash_table_get_keys (self->streams);
  g_list_foreach (streams, (GFunc)(void (*) (void))g_object_ref, NULL);
  for (GList *l = streams; l != NULL; l = l->next)
    {
      close_for_drain (l->data);
      drain_stream (self, l->data, limit_ms <= 0);
    }
  g_list_free_full (streams, g_object_unref);
  end_drain_if_done (self);
}

gboolean
wd_door_drain_finish (WdDoor *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
wd_door_is_draining (WdDoor *self)
{
  return self->drain_until != 0;
}

/* --- The object --- */

SoupServer *
wd_door_get_server (WdDoor *self)
{
  return self->server;
}

void
wd_door_get_stats (WdDoor *self, WdDoorStats *stats)
{
  GHashTableIter iter;
  gpointer       stream;

  *stats = self->stats;
  stats->open = g_hash_table_size (self->streams);
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    {
      stats->bytes_in += wd_door_stream_get_bytes_in (stream);
      stats->bytes_out += wd_door_stream_get_bytes_out (stream);
      stats->sockets += WD_DOOR_STREAM (stream)->websocket != NULL;
    }
}

/* A listener that is out of descriptors spins: the limit of connections must come first. */
static guint
clamp_connections (guint wanted)
{
  struct rlimit files = { 0 };

  getrlimit (RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit (RLIMIT_NOFILE, &files);
  getrlimit (RLIMIT_NOFILE, &files);
  return CLAMP (files.rlim_cur - MIN (files.rlim_cur, SPARE_DESCRIPTORS), 1, wanted);
}

static void
set_defaults (WdDoorSettings *s)
{
  s->max_connections = clamp_connections (s->max_connections ? s->max_connections : 4000);
  s->max_per_address = s->max_per_address ? s->max_per_address : 1000;
  s->max_head = s->max_head ? s->max_head : 32 * 1024;
  s->max_fields = s->max_fields ? s->max_fields : 100;
  s->handshake_ms = s->handshake_ms ? s->handshake_ms : 10000;
  s->head_ms = s->head_ms ? s->head_ms : 15000;
  s->body_ms = s->body_ms ? s->body_ms : 30000;
  s->body_rate = s->body_rate ? s->body_rate : 16 * 1024;
  s->idle_ms = s->idle_ms ? s->idle_ms : 75000;
  s->stall_ms = s->stall_ms ? s->stall_ms : 30000;
  s->silence_ms = s->silence_ms ? s->silence_ms : 60000;
  s->ping_s = s->ping_s ? s->ping_s : 20;
  s->max_message = s->max_message ? s->max_message : 64 * 1024;
}

static void
wd_door_dispose (GObject *object)
{
  WdDoor           *self = WD_DOOR (object);
  g_autoptr (GList) streams = NULL;

  wd_door_stop_listening (self);
  streams = g_hash_table_get_keys (self->streams);
  for (GList *l = streams; l != NULL; l = l->next)
    {
      WdDoorStream *stream = l->data;

      stream->door = NULL;
      g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
    }
  g_hash_table_remove_all (self->streams);
  if (self->tick != NULL)
    g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  G_OBJECT_CLASS (wd_door_parent_class)->dispose (object);
}

static void
wd_door_finalize (GObject *object)
{
  WdDoor *self = WD_DOOR (object);

  close (self->dumb_end);
  g_clear_object (&self->certificate);
  g_ptr_array_unref (self->listeners);
  g_ptr_array_unref (self->uris);
  g_hash_table_unref (self->streams);
  g_hash_table_unref (self->addresses);
  g_free (self->local_path);
  G_OBJECT_CLASS (wd_door_parent_class)->finalize (object);
}

static void
wd_door_class_init (WdDoorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_door_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_door_finalize;
}

/* libsoup keeps connections alive only while it has a listener: it gets one end
 * of a pair of sockets, to which nobody can connect. */
static void
add_dumb_listener (WdDoor *self)
{
  g_autoptr (GSocket) end = NULL;
  int                 ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    g_error ("No sockets are left: %s", g_strerror (errno));
  self->dumb_end = ends[1];
  end = g_socket_new_from_fd (ends[0], NULL);
  soup_server_listen_socket (self->server, end, 0, NULL);
}

static void
wd_door_init (WdDoor *self)
{
  self->streams = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->listeners = g_ptr_array_new_with_free_func (wd_door_listener_free);
  self->uris = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  add_dumb_listener (self);
  g_signal_connect (self->server, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (self->server, "request-read", G_CALLBACK (request_read_cb), self);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (request_finished_cb), self);
  g_signal_connect (self->server, "request-aborted", G_CALLBACK (request_finished_cb), self);
}

WdDoor *
wd_door_new (const WdDoorSettings *settings)
{
  WdDoor *self = g_object_new (WD_TYPE_DOOR, NULL);

  if (settings != NULL)
    self->settings = *settings;
  set_defaults (&self->settings);
  start_tick (self);
  return self;
}
