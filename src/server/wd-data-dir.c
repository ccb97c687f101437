/* wd-data-dir.c — what is in the server's folder, and who made it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-data-dir.h"

#include "wd-credentials.h"
#include "wd-json.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

static gboolean
is_empty (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);

  return open == NULL || g_dir_read_name (open) == NULL;
}

static gboolean
read_speed (const char *marker, double *speed, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (marker, &text, NULL, error))
    return FALSE;
  *speed = g_ascii_strtod (text, NULL);
  if (*speed <= 0)
    *speed = 1;
  return TRUE;
}

gboolean
wd_data_dir_keep_speed (const char *dir, double speed, GError **error)
{
  g_autofree char *marker = g_build_filename (dir, "demo", NULL);
  char             text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (text, sizeof text, speed);
  return g_file_set_contents (marker, text, -1, error);
}

gboolean
wd_data_dir_open (const char *dir, gboolean *demo, double *speed, GError **error)
{
  g_autofree char *marker = g_build_filename (dir, "demo", NULL);
  gboolean         was_demo;

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", dir, g_strerror (errno));
      return FALSE;
    }

  was_demo = g_file_test (marker, G_FILE_TEST_EXISTS);
  if (*demo && !was_demo && !is_empty (dir))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s holds data that is not a demo's: --demo takes an empty folder", dir);
      return FALSE;
    }
  if (!*demo && !was_demo)
    {
      if (*speed > 0)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "only a demo's clocks run at another --speed");
      else
        *speed = 1;
      return *speed == 1;
    }

  *demo = TRUE;
  if (*speed == 0 && was_demo)
    return read_speed (marker, speed, error);
  if (*speed == 0)
    *speed = 1;
  /* The mark comes before anything else is in the folder. */
  return was_demo || wd_data_dir_keep_speed (dir, *speed, error);
}

gboolean
wd_data_dir_add_staff (WdLedger   *ledger,
                       const char *staff_members,
                       const char *password,
                       gboolean    once,
                       gint64      now,
                       GError    **error)
{
  g_autofree char      *id = g_uuid_string_random ();
  g_autofree char      *text = g_strdup_printf ("{\"id\":\"%s\",\"do\":\"put-staff\",%s}", id, staff_members);
  g_autofree char      *hash = wd_password_hash (password, error);
  g_autoptr (WdActor)   server = wd_actor_new (NULL, NULL, WD_ROLE_ADMIN, NULL);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_entry_free);
  g_autoptr (JsonNode)  root = hash != NULL ? wd_json_parse (text, -1, error) : NULL;
  g_autoptr (WdCommit)  commit = NULL;

  if (root == NULL)
    return FALSE;
  g_ptr_array_add (entries, wd_entry_new (server, json_node_get_object (root)));
  commit = wd_ledger_commit (ledger, entries, now, error);
  if (commit == NULL)
    return FALSE;
  if (commit->changes->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "put-staff: %s", ((WdEntry *)entries->pdata[0])->answer);
      return FALSE;
    }
  return wd_credentials_put (wd_ledger_get_store (ledger), id, hash, once, now, error);
}

static gboolean
write_private (const char *path, const char *text, GError **error)
{
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

gboolean
wd_data_dir_first_start (const char *dir, WdLedger *ledger, gint64 now, GError **error)
{
  static const WdStatement any_staff = { "any-staff", "SELECT 1 FROM objects WHERE kind = 'staff' LIMIT 1" };
  g_autoptr (WdRows)       rows = wd_store_query (wd_ledger_get_store (ledger), &any_staff, error, "");
  g_autofree char         *path = g_build_filename (dir, "first-password", NULL);
  guint8                   random[12];
  char                     password[sodium_base64_ENCODED_LEN (sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  if (rows == NULL)
    return FALSE;
  if (wd_rows_count (rows) > 0)
    return TRUE;

  randombytes_buf (random, sizeof random);
  sodium_bin2base64 (password, sizeof password, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  /* The file first: a password that nobody can read would lock everyone out. */
  return write_private (path, password, error) &&
         wd_data_dir_add_staff (ledger, "\"name\":\"admin\",\"display\":\"admin\",\"role\":\"admin\"", password, TRUE, now, error);
}
