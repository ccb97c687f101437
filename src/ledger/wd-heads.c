/* wd-heads.c — the chain's head, written out beside the store from time to time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-heads.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define HASH_DIGITS 64

/* clang-format off */
static const WdStatement get_head = { "heads-get",
  "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1" };
/* clang-format on */

static char *
path_of (const char *data_dir)
{
  return g_build_filename (data_dir, "heads", NULL);
}

static gboolean
fail_errno (const char *path, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* Whole and on the disk, or not at all. */
static gboolean
append (const char *path, const char *line, GError **error)
{
  int      fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  goffset  before = fd >= 0 ? lseek (fd, 0, SEEK_END) : -1;
  gssize   length = (gssize)strlen (line);
  gboolean ok = before >= 0 && write (fd, line, (gsize)length) == length && fdatasync (fd) == 0;

  if (!ok)
    {
      fail_errno (path, error);
      if (before >= 0 && ftruncate (fd, before) != 0)
        g_prefix_error (error, "a piece of a line is left, ");
    }
  if (fd >= 0)
    close (fd);
  return ok;
}

static char *
format_time (gint64 time, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);

  return g_date_time_format (utc, format);
}

char *
wd_head_hex (GBytes *hash)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (hash, &size);
  char         *hex = g_malloc (2 * size + 1);

  return sodium_bin2hex (hex, 2 * size + 1, data, size);
}

gboolean
wd_heads_append (const char *data_dir, WdLedger *ledger, gint64 now, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (wd_ledger_get_store (ledger), &get_head, error, "");
  g_autoptr (GBytes) hash = NULL;
  g_autofree char   *path = path_of (data_dir);
  g_autofree char   *time = format_time (now, "%FT%TZ");
  g_autofree char   *hex = NULL;
  g_autofree char   *line = NULL;

  if (rows == NULL)
    return FALSE;
  hash = wd_rows_bytes (rows, 0, 1);
  hex = wd_head_hex (hash);
  line = g_strdup_printf ("%s %" G_GINT64_FORMAT " %s\n", time, wd_rows_int (rows, 0, 0), hex);
  return append (path, line, error);
}

/* ---- read ---- */

static void
head_free (gpointer data)
{
  WdHead *head = data;

  g_free (head->time);
  g_free (head->hash);
  g_free (head);
}

static int
compare_heads (gconstpointer a, gconstpointer b)
{
  const WdHead *one = *(WdHead *const *)a;
  const WdHead *other = *(WdHead *const *)b;

  return (one->seq > other->seq) - (one->seq < other->seq);
}

static void
take_line (GPtrArray *heads, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gint64         seq;
  WdHead        *head;

  if (g_strv_length (words) != 3 || strlen (words[2]) != HASH_DIGITS || !g_ascii_string_to_signed (words[1], 10, 1, G_MAXINT64, &seq, NULL))
    return;
  head = g_new0 (WdHead, 1);
  head->time = g_strdup (words[0]);
  head->seq = seq;
  head->hash = g_strdup (words[2]);
  g_ptr_array_add (heads, head);
}

GPtrArray *
wd_heads_read (const char *data_dir, GError **error)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func (head_free);
  g_autoptr (GError)    broken = NULL;
  g_autofree char      *path = path_of (data_dir);
  g_autofree char      *text = NULL;
  g_auto (GStrv)        lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, &broken) && !g_error_matches (broken, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&broken));
      return NULL;
    }
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    take_line (heads, *line);
  g_ptr_array_sort (heads, compare_heads);
  return g_steal_pointer (&heads);
}

gboolean
wd_heads_set_aside (const char *data_dir, gint64 now, GError **error)
{
  g_autofree char *path = path_of (data_dir);
  g_autofree char *time = format_time (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *aside = g_strconcat (path, ".", time, NULL);

  return !g_file_test (path, G_FILE_TEST_EXISTS) || g_rename (path, aside) == 0 || fail_errno (path, error);
}
