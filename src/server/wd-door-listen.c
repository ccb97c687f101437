/* wd-door-listen.c — where the door stands open: addresses, the local socket, TLS
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-private.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sys/un.h>

#define BACKLOG 1024

static gboolean
start_listening (WdDoor *self, GSocket *socket, gboolean local, GError **error)
{
  g_socket_set_listen_backlog (socket, BACKLOG);
  return g_socket_listen (socket, error) &&
         g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), socket, local ? G_OBJECT (socket) : NULL, error);
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
