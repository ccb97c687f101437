/* wd-data-dir.c — what is in the server's folder, and who made it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-data-dir.h"

#include "wd-users.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>

static gboolean
is_empty (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);

  return open == NULL || g_dir_read_name (open) == NULL;
}

static gboolean
read_pace (const char *marker, WdPace *pace, GError **error)
{
  g_autofree char *text = NULL;
  char            *rest;
  double           speed;

  if (!g_file_get_contents (marker, &text, NULL, error))
    return FALSE;
  speed = g_ascii_strtod (text, &rest);
  pace->time = g_ascii_strtoll (rest, NULL, 10);
  if (pace->speed == 0)
    pace->speed = speed > 0 ? speed : 1;
  return TRUE;
}

gboolean
wd_data_dir_keep_pace (const char *dir, const WdPace *pace, GError **error)
{
  g_autofree char *marker = g_build_filename (dir, "demo", NULL);
  g_autofree char *text = NULL;
  char             speed[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (speed, sizeof speed, pace->speed);
  text = g_strdup_printf ("%s %" G_GINT64_FORMAT "\n", speed, pace->time);
  return g_file_set_contents (marker, text, -1, error);
}

gboolean
wd_data_dir_open (const char *dir, gboolean *demo, WdPace *pace, GError **error)
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
      if (pace->speed > 0)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "only a demo's clocks run at another --speed");
      else
        pace->speed = 1;
      return pace->speed == 1;
    }

  *demo = TRUE;
  if (was_demo)
    return read_pace (marker, pace, error);
  if (pace->speed == 0)
    pace->speed = 1;
  /* The mark comes before anything else is in the folder. */
  return wd_data_dir_keep_pace (dir, pace, error);
}

/* The ledger before anyone else works with it. */
typedef struct
{
  WdLedger *ledger;
  gint64    now;
} Alone;

static void
run_alone (WdLedgerFunc func, gpointer data, gpointer user_data)
{
  Alone *alone = user_data;

  func (alone->ledger, alone->now, data);
}

static void
publish_to_nobody (WdCommit *commit, gpointer user_data)
{
  wd_commit_free (commit);
}

static gboolean
write_private (const char *path, const char *text, GError **error)
{
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/* Also one who is called so: a first start takes nobody's account. */
static gboolean
find_administrator (WdStore *store, gboolean *found, GError **error)
{
  static const WdStatement all_staff = { "all-staff", "SELECT body FROM objects WHERE kind = 'staff'" };
  g_autoptr (WdRows)       rows = wd_store_query (store, &all_staff, error, "");

  *found = FALSE;
  for (guint i = 0; rows != NULL && i < wd_rows_count (rows); i++)
    {
      g_autoptr (WdStaff) staff = wd_record_from_texts (&wd_staff_type, wd_rows_text (rows, i, 0, NULL), NULL, error);

      if (staff == NULL)
        return FALSE;
      *found = *found || staff->role == WD_ROLE_ADMIN || g_strcmp0 (staff->name, "admin") == 0;
    }
  return rows != NULL;
}

gboolean
wd_data_dir_first_start (const char *dir, WdLedger *ledger, gint64 now, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "first-password", NULL);
  Alone            alone = { ledger, now };
  WdHost           host = { .run = run_alone, .publish = publish_to_nobody, .owner = &alone };
  gboolean         found;
  guint8           random[12];
  char             password[sodium_base64_ENCODED_LEN (sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  if (!find_administrator (wd_ledger_get_store (ledger), &found, error))
    return FALSE;
  if (found)
    return TRUE;

  randombytes_buf (random, sizeof random);
  sodium_bin2base64 (password, sizeof password, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  /* The file first: a password that nobody can read would lock everyone out. */
  return write_private (path, password, error) &&
         wd_user_put (&host, &(WdNewUser){ .name = "admin", .role = "admin", .password = password, .once = TRUE }, error);
}
