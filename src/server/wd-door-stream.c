/* wd-door-stream.c — one connection of a client, as the server's door sees it
 *
 * libsoup reads and writes through the two halves in wd-door-pipe.c; here is
 * what they share: whose turn it is, and how a connection comes to its end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-pipe.h"

#include <string.h>
#include <sys/socket.h>

/* What still comes after a refusal is read and dropped, so that the peer gets
 * to read the answer before it hears of the end; but not for ever. */
#define LINGER_BYTES (1024 * 1024)

G_DEFINE_FINAL_TYPE (WdDoorStream, wd_door_stream, G_TYPE_IO_STREAM)

gint64
wd_door_now (void)
{
  return g_get_monotonic_time () / 1000;
}

/* --- Messages --- */

static void
release_guest (WdDoorStream *self)
{
  GDestroyNotify gone = g_steal_pointer (&self->guest_gone);

  if (gone != NULL)
    gone (g_steal_pointer (&self->guest));
}

static void
release_message (WdDoorStream *self)
{
  release_guest (self);
  g_clear_object (&self->message);
}

void
wd_door_stream_adopt (WdDoorStream *self, SoupServerMessage *message)
{
  release_message (self);
  self->message = g_object_ref (message);
}

void
wd_door_stream_attach (WdDoorStream *self, gpointer guest, GDestroyNotify gone)
{
  self->guest = guest;
  self->guest_gone = gone;
}

void
wd_door_stream_got_body (WdDoorStream *self)
{
  if (self->phase == WD_DOOR_PHASE_BODY)
    wd_door_stream_set_phase (self, WD_DOOR_PHASE_WORK);
}

/* A body that was not read to its end, or whose end only libsoup knows, leaves
 * no sure place where the next request would begin. */
void
wd_door_stream_finished (WdDoorStream *self)
{
  release_guest (self);
  if (self->phase != WD_DOOR_PHASE_WORK && self->phase != WD_DOOR_PHASE_BODY)
    return;
  if (self->body_left != 0 || self->door == NULL || wd_door_is_draining (self->door))
    wd_door_stream_end (self, NULL);
  else
    wd_door_stream_set_phase (self, WD_DOOR_PHASE_IDLE);
}

/* --- WebSockets --- */

static void
websocket_closed_cb (SoupWebsocketConnection *websocket, WdDoorStream *self)
{
  g_signal_handlers_disconnect_by_data (websocket, self);
  g_clear_object (&self->websocket);
}

void
wd_door_stream_upgrade (WdDoorStream *self, SoupWebsocketConnection *websocket)
{
  const WdDoorSettings *settings = wd_door_get_settings (self->door);

  release_message (self);
  self->websocket = g_object_ref (websocket);
  self->handed_over = g_atomic_pointer_get (&self->bytes_out);
  self->last_read = wd_door_now ();
  wd_door_stream_set_phase (self, WD_DOOR_PHASE_SOCKET);
  soup_websocket_connection_set_keepalive_interval (websocket, settings->ping_s);
  soup_websocket_connection_set_max_incoming_payload_size (websocket, settings->max_message);
  g_signal_connect_object (websocket, "closed", G_CALLBACK (websocket_closed_cb), self, 0);
}

void
wd_door_stream_send_text (WdDoorStream *self, GBytes *text)
{
  gsize length = g_bytes_get_size (text);

  if (self->websocket == NULL || soup_websocket_connection_get_state (self->websocket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  /* libsoup's own pings are not in our count: where all was written, begin anew. */
  self->handed_over = MAX (self->handed_over, (gsize)g_atomic_pointer_get (&self->bytes_out));
  self->handed_over += length + (length < 126 ? 2 : length < 65536 ? 4
                                                                   : 10);
  soup_websocket_connection_send_message (self->websocket, SOUP_WEBSOCKET_DATA_TEXT, text);
}

gsize
wd_door_stream_get_unwritten (WdDoorStream *self)
{
  gsize written = (gsize)g_atomic_pointer_get (&self->bytes_out);

  return self->websocket != NULL && self->handed_over > written ? self->handed_over - written : 0;
}

/* --- The end --- */

static gboolean
linger_cb (GObject *input, gpointer user_data)
{
  WdDoorStream      *self = user_data;
  g_autoptr (GError) error = NULL;
  char               waste[8192];
  gssize             n;

  n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), waste, sizeof waste, NULL, &error);
  if (n > 0)
    self->thrown_away += n;
  if ((n > 0 && self->thrown_away < LINGER_BYTES) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  g_io_stream_close (G_IO_STREAM (self), NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* The answer fits into the socket's buffer: nothing else is on its way there. */
static void
send_answer (WdDoorStream *self)
{
  GPollableInputStream  *in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base));
  GPollableOutputStream *out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->base));
  gsize                  length;
  const void            *data = g_bytes_get_data (self->answer, &length);
  gssize                 n = g_pollable_output_stream_write_nonblocking (out, data, length, NULL, NULL);

  if (n > 0)
    g_atomic_pointer_add (&self->bytes_out, n);
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  wd_door_stream_set_phase (self, WD_DOOR_PHASE_LINGER);
  self->linger = g_pollable_input_stream_create_source (in, NULL);
  g_source_set_callback (self->linger, G_SOURCE_FUNC (linger_cb), g_object_ref (self), g_object_unref);
  g_source_attach (self->linger, g_main_context_get_thread_default ());
}

static gboolean
ending_cb (gpointer user_data)
{
  WdDoorStream *self = user_data;

  g_clear_pointer (&self->ending, g_source_unref);
  if (self->message != NULL)
    {
      g_autoptr (GIOStream) stolen = soup_server_message_steal_connection (self->message);

      release_message (self);
    }
  if (self->answer != NULL)
    send_answer (self);
  else
    g_io_stream_close (G_IO_STREAM (self), NULL, NULL);
  return G_SOURCE_REMOVE;
}

void
wd_door_stream_end (WdDoorStream *self, GBytes *answer)
{
  if (self->phase == WD_DOOR_PHASE_CLOSED || self->ending != NULL)
    return;
  if (answer != NULL)
    self->answer = g_bytes_ref (answer);
  wd_door_stream_set_phase (self, WD_DOOR_PHASE_ENDING);
  self->ending = g_idle_source_new ();
  g_source_set_priority (self->ending, G_PRIORITY_HIGH);
  g_source_set_callback (self->ending, ending_cb, g_object_ref (self), g_object_unref);
  g_source_attach (self->ending, g_main_context_get_thread_default ());
}

void
wd_door_stream_cut (WdDoorStream *self)
{
  struct linger at_once = { .l_onoff = 1 };

  /* Else the kernel would go on offering what it holds to a peer that takes nothing. */
  if (self->phase != WD_DOOR_PHASE_CLOSED)
    setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  wd_door_stream_end (self, NULL);
}

/* TLS says goodbye with a blocking write: only where there is room for it. */
static gboolean
wd_door_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdDoorStream) self = g_object_ref (WD_DOOR_STREAM (stream));
  g_autoptr (WdDoor)       door = NULL;

  if (self->phase == WD_DOOR_PHASE_CLOSED)
    return TRUE;
  wd_door_stream_set_phase (self, WD_DOOR_PHASE_CLOSED);
  release_message (self);
  g_clear_pointer (&self->answer, g_bytes_unref);
  if (self->ending != NULL)
    g_source_destroy (self->ending);
  g_clear_pointer (&self->ending, g_source_unref);
  if (self->linger != NULL)
    g_source_destroy (self->linger);
  g_clear_pointer (&self->linger, g_source_unref);

  if (self->blocked || !(g_socket_condition_check (self->socket, G_IO_OUT) & G_IO_OUT))
    g_socket_close (self->socket, NULL);
  g_io_stream_close (self->base, NULL, NULL);
  g_socket_close (self->socket, NULL);

  g_set_object (&door, self->door);
  if (door != NULL)
    wd_door_forget (door, self);
  return TRUE;
}

/* GIOStream's own would close from another thread. */
static void
wd_door_stream_close_async (GIOStream *stream, int priority, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  wd_door_stream_close (stream, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean
wd_door_stream_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- The object --- */

static GInputStream *
wd_door_stream_get_input_stream (GIOStream *stream)
{
  return WD_DOOR_STREAM (stream)->input;
}

static GOutputStream *
wd_door_stream_get_output_stream (GIOStream *stream)
{
  return WD_DOOR_STREAM (stream)->output;
}

static void
wd_door_stream_finalize (GObject *object)
{
  WdDoorStream *self = WD_DOOR_STREAM (object);

  wd_door_input_detach (self->input);
  wd_door_output_detach (self->output);
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->base);
  g_clear_object (&self->socket);
  g_clear_object (&self->websocket);
  g_clear_pointer (&self->held, g_byte_array_unref);
  g_clear_pointer (&self->head, g_bytes_unref);
  g_free (self->address);
  g_free (self->counted_as);
  G_OBJECT_CLASS (wd_door_stream_parent_class)->finalize (object);
}

static void
wd_door_stream_class_init (WdDoorStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_door_stream_finalize;
  stream_class->get_input_stream = wd_door_stream_get_input_stream;
  stream_class->get_output_stream = wd_door_stream_get_output_stream;
  stream_class->close_fn = wd_door_stream_close;
  stream_class->close_async = wd_door_stream_close_async;
  stream_class->close_finish = wd_door_stream_close_finish;
}

static void
wd_door_stream_init (WdDoorStream *self)
{
  self->input = wd_door_input_new (self);
  self->output = wd_door_output_new (self);
  self->held = g_byte_array_new ();
}

/* Who is one client: an IPv4 address, or the network that an IPv6 subscriber is given. */
static char *
count_as (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return g_inet_address_to_string (address);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64",
                          bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]);
}

/* What an IPv6 socket says of an IPv4 client is put back. */
static GInetAddress *
dup_plain (GInetAddress *address)
{
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };
  const guint8       *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && memcmp (bytes, mapped, sizeof mapped) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);
  return g_object_ref (address);
}

static void
read_address (WdDoorStream *self, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  if (self->local || !G_IS_INET_SOCKET_ADDRESS (remote))
    self->address = g_strdup (self->local ? "local" : "unknown");
  else
    {
      g_autoptr (GInetAddress) address = dup_plain (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));

      self->address = g_inet_address_to_string (address);
      self->counted_as = count_as (address);
      self->loopback = g_inet_address_get_is_loopback (address);
    }
}

WdDoorStream *
wd_door_stream_new (WdDoor *door, GSocketConnection *connection, gboolean local)
{
  WdDoorStream *self = g_object_new (WD_TYPE_DOOR_STREAM, NULL);

  self->door = door;
  self->socket = g_object_ref (g_socket_connection_get_socket (connection));
  self->base = g_object_ref (G_IO_STREAM (connection));
  self->local = local;
  self->loopback = local;
  self->phase = WD_DOOR_PHASE_NEW;
  self->since = self->last_read = wd_door_now ();
  read_address (self, connection);
  return self;
}

void
wd_door_stream_set_phase (WdDoorStream *self, WdDoorPhase phase)
{
  self->phase = phase;
  self->since = wd_door_now ();
}

const char *
wd_door_stream_get_address (WdDoorStream *self)
{
  return self->address;
}

gboolean
wd_door_stream_is_local (WdDoorStream *self)
{
  return self->local;
}

gboolean
wd_door_stream_is_loopback (WdDoorStream *self)
{
  return self->loopback;
}

GBytes *
wd_door_stream_dup_head (WdDoorStream *self)
{
  return g_bytes_ref (self->head);
}

guint64
wd_door_stream_get_bytes_in (WdDoorStream *self)
{
  return self->bytes_in;
}

guint64
wd_door_stream_get_bytes_out (WdDoorStream *self)
{
  return (gsize)g_atomic_pointer_get (&self->bytes_out);
}

gint64
wd_door_stream_get_last_read (WdDoorStream *self)
{
  return self->last_read;
}

SoupWebsocketConnection *
wd_door_stream_get_socket (WdDoorStream *self)
{
  return self->websocket;
}
