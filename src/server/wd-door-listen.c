/* wd-door-listen.c — where the door stands open, and who is let in
 *
 * Not GSocketService: one that gets another address to listen on drops the
 * connection that it is about to accept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-private.h"

#include "wd-problem.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/un.h>

#define BACKLOG 1024
#define ACCEPT_AT_ONCE 64

/* --- Accept --- */

/* libsoup gives back the very address object that it was given: our stream hangs on it. */
static void
give_to_libsoup (WdDoor *self, WdDoorStream *stream)
{
  g_autoptr (GInetAddress)   loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) nowhere = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) local = stream->local ? NULL : g_socket_get_local_address (stream->socket, NULL);
  g_autoptr (GSocketAddress) remote = g_inet_socket_address_new (loopback, 0);

  g_object_set_qdata_full (G_OBJECT (remote), wd_door_stream_quark (), g_object_ref (stream), g_object_unref);
  soup_server_accept_iostream (self->server, G_IO_STREAM (stream), local ? local : nowhere, remote, NULL);
}

static void
handshake_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WdDoorStream) stream = user_data;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL) || stream->door == NULL ||
      stream->phase != WD_DOOR_PHASE_HANDSHAKE)
    {
      g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
      return;
    }
  wd_door_stream_set_phase (stream, WD_DOOR_PHASE_NEW);
  give_to_libsoup (stream->door, stream);
}

static void
shake_hands (WdDoor *self, WdDoorStream *stream)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  g_autoptr (GIOStream)    tls = g_tls_server_connection_new (stream->base, self->certificate, NULL);

  if (tls == NULL)
    {
      g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
      return;
    }
  wd_door_stream_set_phase (stream, WD_DOOR_PHASE_HANDSHAKE);
  g_set_object (&stream->base, tls);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, handshake_cb, g_object_ref (stream));
}

static void
turn_away (WdDoor *self, WdDoorStream *stream)
{
  self->stats.turned_away++;
  if (self->certificate == NULL || stream->local)
    {
      g_autofree char   *json = wd_problem_to_json (WD_PROBLEM_BUSY, "Too many connections are open.", NULL);
      g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));
      g_autoptr (GBytes) answer = wd_door_answer_new (503, "Retry-After: 1\r\n", WD_PROBLEM_CONTENT_TYPE, body);

      g_socket_send (stream->socket, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), NULL, NULL);
    }
  stream->door = NULL;
  g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
}

static void
let_in (WdDoor *self, GSocket *socket, gboolean local)
{
  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);
  g_autoptr (WdDoorStream)      stream = wd_door_stream_new (self, connection, local);

  self->stats.accepted++;
  if (g_hash_table_size (self->streams) >= self->settings.max_connections ||
      (stream->counted_as != NULL && wd_door_count_address (self, stream->counted_as, 0) >= self->settings.max_per_address))
    {
      turn_away (self, stream);
      return;
    }

  g_hash_table_add (self->streams, g_object_ref (stream));
  if (stream->counted_as != NULL)
    wd_door_count_address (self, stream->counted_as, 1);
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  if (self->certificate != NULL && !stream->local)
    shake_hands (self, stream);
  else
    give_to_libsoup (self, stream);
}

/* --- Listen --- */

typedef struct
{
  WdDoor  *door;
  GSocket *socket;
  GSource *source; /* NULL: left alone for a while */
  gboolean local;
} Listener;

static void
leave (Listener *listener)
{
  if (listener->source != NULL)
    g_source_destroy (listener->source);
  g_clear_pointer (&listener->source, g_source_unref);
}

static gboolean
accept_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Listener *listener = user_data;

  for (guint i = 0; i < ACCEPT_AT_ONCE; i++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, &error);

      if (accepted != NULL)
        let_in (listener->door, accepted, listener->local);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES))
        {
          /* It would be called again at once, for nothing. */
          leave (listener);
          return G_SOURCE_REMOVE;
        }
      else
        break;
    }
  return G_SOURCE_CONTINUE;
}

static void
watch (Listener *listener)
{
  listener->source = g_socket_create_source (listener->socket, G_IO_IN, NULL);
  g_source_set_callback (listener->source, G_SOURCE_FUNC (accept_cb), listener, NULL);
  g_source_attach (listener->source, g_main_context_get_thread_default ());
}

void
wd_door_listener_free (gpointer data)
{
  Listener *listener = data;

  leave (listener);
  g_socket_close (listener->socket, NULL);
  g_object_unref (listener->socket);
  g_free (listener);
}

void
wd_door_stop_listening (WdDoor *self)
{
  /* Who stands at the door already is let in. */
  for (guint i = 0; i < self->listeners->len; i++)
    accept_cb (((Listener *)g_ptr_array_index (self->listeners, i))->socket, G_IO_IN, g_ptr_array_index (self->listeners, i));
  g_ptr_array_set_size (self->listeners, 0);
  if (self->local_path != NULL)
    g_unlink (self->local_path);
}

void
wd_door_resume_listening (WdDoor *self)
{
  for (guint i = 0; i < self->listeners->len; i++)
    {
      Listener *listener = g_ptr_array_index (self->listeners, i);

      if (listener->source == NULL)
        watch (listener);
    }
}

static gboolean
start_listening (WdDoor *self, GSocket *socket, gboolean local, GError **error)
{
  Listener *listener;

  g_socket_set_listen_backlog (socket, BACKLOG);
  g_socket_set_blocking (socket, FALSE);
  if (!g_socket_listen (socket, error))
    return FALSE;
  listener = g_new (Listener, 1);
  *listener = (Listener){ .door = self, .socket = g_object_ref (socket), .local = local };
  watch (listener);
  g_ptr_array_add (self->listeners, listener);
  return TRUE;
}

/* "127.0.0.1:80" and "[::1]:80" */
static GSocketAddress *
parse_address (const char *text, GError **error)
{
  g_autoptr (GSocketConnectable) both = g_network_address_parse (text, 0, error);
  GNetworkAddress               *parsed;
  GSocketAddress                *address;

  if (both == NULL)
    return NULL;
  parsed = G_NETWORK_ADDRESS (both);
  address = g_inet_socket_address_new_from_string (g_network_address_get_hostname (parsed), g_network_address_get_port (parsed));
  if (address == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not a numeric address", text);
  return address;
}

static char *
build_uri (WdDoor *self, GSocket *socket, GError **error)
{
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, error);
  g_autofree char           *host = NULL;
  GInetAddress              *address;

  if (local == NULL)
    return NULL;
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local));
  host = g_inet_address_to_string (address);
  return g_strdup_printf (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? "%s://[%s]:%u" : "%s://%s:%u",
                          self->certificate ? "https" : "http", host,
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local)));
}

gboolean
wd_door_listen (WdDoor *self, const char *address, GError **error)
{
  g_autoptr (GSocketAddress) parsed = parse_address (address, error);
  g_autoptr (GSocket)        socket = NULL;
  char                      *uri;

  if (parsed == NULL)
    return FALSE;
  socket = g_socket_new (g_socket_address_get_family (parsed), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL || !g_socket_bind (socket, parsed, TRUE, error))
    return FALSE;
  uri = build_uri (self, socket, error);
  if (uri == NULL)
    return FALSE;
  g_ptr_array_add (self->uris, uri);
  return start_listening (self, socket, FALSE, error);
}

/* A socket file that a killed server left behind answers nobody. */
static gboolean
remove_stale (const char *path, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) probe = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  GStatBuf            info;

  if (probe == NULL)
    return FALSE;
  if (g_lstat (path, &info) != 0)
    return TRUE;
  if (!S_ISSOCK (info.st_mode) || g_socket_connect (probe, address, NULL, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "%s is in use", path);
      return FALSE;
    }
  g_unlink (path);
  return TRUE;
}

gboolean
wd_door_listen_local (WdDoor *self, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket)        socket = NULL;

  if (strlen (path) >= sizeof ((struct sockaddr_un *)NULL)->sun_path)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG, "%s is too long for a socket", path);
      return FALSE;
    }
  address = g_unix_socket_address_new (path);
  if (!remove_stale (path, address, error))
    return FALSE;
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error))
    return FALSE;
  /* Nobody can connect before it listens, so the mode is in time. */
  if (g_chmod (path, 0600) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
      return FALSE;
    }
  self->local_path = g_strdup (path);
  return start_listening (self, socket, TRUE, error);
}

gboolean
wd_door_set_certificate (WdDoor *self, const char *cert_file, const char *key_file, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (cert_file, key_file, error);

  if (certificate == NULL)
    return FALSE;
  g_set_object (&self->certificate, certificate);
  return TRUE;
}

char *
wd_door_dup_uri (WdDoor *self)
{
  return self->uris->len > 0 ? g_strdup (g_ptr_array_index (self->uris, 0)) : NULL;
}
