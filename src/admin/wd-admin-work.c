/* wd-admin-work.c — gets work done, by a running server or by itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-admin-work.h"

#include "wd-backup.h"
#include "wd-heads.h"
#include "wd-import.h"
#include "wd-json.h"
#include "wd-work.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  WdAdminLine func;
  gpointer    data;
  gboolean    has_ended; /* the last line was there */
} Lines;

static gboolean
take_line (Lines *lines, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (text, (gssize)length, error);
  JsonObject          *object;

  if (root == NULL)
    return FALSE;
  object = json_node_get_object (root);
  lines->has_ended = json_object_has_member (object, "done") || json_object_has_member (object, "error");
  lines->func (object, lines->data);
  return TRUE;
}

/* ---- where things are ---- */

static char *
path_in (const WdAdminOptions *options, const char *name)
{
  return g_build_filename (options->data_dir, name, NULL);
}

char *
wd_admin_store_folder (const char *url)
{
  return g_path_get_dirname (g_str_has_prefix (url, "sqlite:") ? url + strlen ("sqlite:") : url);
}

static char *
store_url (const WdAdminOptions *options)
{
  g_autofree char *path = options->store == NULL ? path_in (options, "store.db") : NULL;

  return path != NULL ? g_strconcat ("sqlite:", path, NULL) : g_strdup (options->store);
}

static char *
key_path (const WdAdminOptions *options)
{
  return options->key_file != NULL ? g_strdup (options->key_file) : path_in (options, "key");
}

/* ---- here ---- */

typedef struct
{
  WdLedger *ledger;
  Lines    *lines;
} Owner;

static gint64
ledger_now (WdLedger *ledger)
{
  return MAX (g_get_real_time () / 1000, wd_ledger_last_time (ledger));
}

static void
run_here (WdLedgerFunc func, gpointer data, gpointer user_data)
{
  Owner *owner = user_data;

  func (owner->ledger, ledger_now (owner->ledger), data);
}

/* Nobody reads along. */
static void
publish_here (WdCommit *commit, gpointer user_data)
{
  wd_commit_free (commit);
}

static void
say_here (const char *text, gsize length, gpointer user_data)
{
  Owner *owner = user_data;

  take_line (owner->lines, text, length, NULL);
}

/* A store that a slip of the pen names is not made. */
static gboolean
make_folder (const WdAdminOptions *options, const char *url, const char *what, GError **error)
{
  g_autofree char *folder = wd_admin_store_folder (url);
  g_autofree char *name = g_path_get_basename (url);

  if (!wd_ledger_is_there (url) && !wd_work_begins_store (what))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no store in %s: %s is missing", folder, name);
  else if (g_mkdir_with_parents (options->data_dir, 0700) != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made", options->data_dir);
  else
    return TRUE;
  return FALSE;
}

static gboolean
work_here (const WdAdminOptions *options, const char *what, GHashTable *args, int fd, Lines *lines, GError **error)
{
  g_autofree char     *url = store_url (options);
  g_autofree char     *key_file = key_path (options);
  g_autoptr (WdKeys)   keys = NULL;
  g_autoptr (WdLedger) ledger = NULL;
  Owner                owner = { NULL, lines };
  WdHost               host = { url, NULL, options->data_dir, NULL, run_here, publish_here, say_here, NULL, &owner };

  if (!make_folder (options, url, what, error))
    return FALSE;
  host.keys = keys = wd_ledger_load_keys (key_file, url, error);
  owner.ledger = ledger = keys != NULL ? wd_ledger_open (url, keys, g_get_real_time () / 1000, error) : NULL;
  if (ledger == NULL || !wd_imports_recover (ledger, ledger_now (ledger), error))
    return FALSE;
  wd_work_do (&host, what, args, fd, NULL);
  return TRUE;
}

/* ---- there ---- */

static gboolean
is_served (const char *control)
{
  g_autoptr (GSocketAddress)    address = g_unix_socket_address_new (control);
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  return connection != NULL;
}

static SoupMessage *
make_request (const char *what, GHashTable *args, int fd)
{
  g_autofree char         *query = g_hash_table_size (args) > 0 ? soup_form_encode_hash (args) : NULL;
  g_autofree char         *uri = g_strconcat ("http://localhost/v1/admin/", what, query != NULL ? "?" : "", query, NULL);
  SoupMessage             *message = soup_message_new ("POST", uri);
  g_autoptr (GInputStream) body = fd >= 0 ? g_unix_input_stream_new (fd, FALSE) : NULL;

  if (body != NULL)
    soup_message_set_request_body (message, "application/octet-stream", body, lseek (fd, 0, SEEK_END));
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);
  return message;
}

static gboolean
read_lines (GInputStream *stream, Lines *lines, GError **error)
{
  g_autoptr (GDataInputStream) data = g_data_input_stream_new (stream);

  for (;;)
    {
      gsize              length;
      g_autoptr (GError) broken = NULL;
      g_autofree char   *line = g_data_input_stream_read_line (data, &length, NULL, &broken);

      if (broken != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return FALSE;
        }
      if (line == NULL)
        return TRUE;
      if (!take_line (lines, line, length, error))
        return FALSE;
    }
}

static gboolean
fail_status (GInputStream *stream, SoupMessage *message, GError **error)
{
  char                 bytes[4096];
  gsize                length = 0;
  g_autoptr (JsonNode) root = NULL;
  const char          *detail = NULL;

  g_input_stream_read_all (stream, bytes, sizeof bytes, &length, NULL, NULL);
  root = wd_json_parse (bytes, (gssize)length, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    detail = json_object_get_string_member_with_default (json_node_get_object (root), "detail", NULL);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the server answers %u: %s", soup_message_get_status (message), detail != NULL ? detail : soup_message_get_reason_phrase (message));
  return FALSE;
}

static gboolean
work_there (const char *control, const char *what, GHashTable *args, int fd, Lines *lines, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (control);
  g_autoptr (SoupSession)    session = soup_session_new_with_options ("remote-connectable", address, "timeout", 0, NULL);
  g_autoptr (SoupMessage)    message = make_request (what, args, fd);
  g_autoptr (GInputStream)   stream = soup_session_send (session, message, NULL, error);

  if (stream == NULL)
    return FALSE;
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    return fail_status (stream, message, error);
  if (!read_lines (stream, lines, error))
    return FALSE;
  if (!lines->has_ended)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the server broke off");
  return lines->has_ended;
}

gboolean
wd_admin_work (const WdAdminOptions *options, const char *what, GHashTable *args, int fd, WdAdminLine line, gpointer data, GError **error)
{
  g_autofree char *control = path_in (options, "control");
  Lines            lines = { line, data };

  if (is_served (control))
    return work_there (control, what, args, fd, &lines, error);
  return work_here (options, what, args, fd, &lines, error);
}

/* ---- restore ---- */

gboolean
wd_admin_restore (const WdAdminOptions *options, const char *file, GError **error)
{
  g_autofree char   *url = store_url (options);
  g_autofree char   *key_file = key_path (options);
  g_autoptr (WdKeys) keys = NULL;
  g_autoptr (GError) missing = NULL;

  if (!g_str_has_prefix (url, "sqlite:"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "only a store of SQLite is restored here");
      return FALSE;
    }
  keys = wd_keys_load (key_file, FALSE, &missing);
  if (keys == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "put the store's key file there first, it is in no backup (%s)", missing->message);
      return FALSE;
    }
  return wd_restore (file, url + strlen ("sqlite:"), keys, g_get_real_time () / 1000, error) &&
         wd_heads_set_aside (options->data_dir, g_get_real_time () / 1000, error);
}
