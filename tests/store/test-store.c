/* test-store.c — statements, batches, transactions, locks and copies of the embedded store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* clang-format off */
static const WdStatement make = { "make", "CREATE TABLE things (id TEXT PRIMARY KEY, n BIGINT, r DOUBLE PRECISION, t TEXT, b BYTEA)" };
static const WdStatement add = { "add", "INSERT INTO things (id, n, r, t, b) VALUES ($1, $2, $3, $4, $5)" };
static const WdStatement get = { "get", "SELECT n, r, t, b FROM things WHERE id = $1" };
static const WdStatement list = { "list", "SELECT id FROM things ORDER BY id" };
static const WdStatement count = { "count", "SELECT count(*) FROM things" };
/* clang-format on */

typedef struct
{
  char    *folder;
  char    *path;
  WdStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("waterdesk-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "store", NULL);
  fixture->store = wd_store_open (fixture->path, WD_STORE_WRITE | WD_STORE_ALONE, &error);
  g_assert_no_error (error);
  g_assert_true (wd_store_exec (fixture->store, &make, &error, ""));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char      *name;

  wd_store_close (fixture->store);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
add_thing (WdStore *store, const char *id)
{
  g_assert_true (wd_store_exec (store, &add, NULL, "tinnn", id, (gint64)1));
}

static gint64
count_things (WdStore *store)
{
  g_autoptr (WdRows) rows = wd_store_query (store, &count, NULL, "");

  return wd_rows_int (rows, 0, 0);
}

static void
test_values_come_back (Fixture *fixture, gconstpointer data)
{
  static const guint8 raw[] = { 0, 1, 0, 255 };
  g_autoptr (GBytes)  bytes = g_bytes_new_static (raw, sizeof raw);
  g_autoptr (GBytes)  empty = g_bytes_new_static (NULL, 0);
  g_autoptr (WdBatch) batch = wd_batch_new ();
  g_autoptr (GError)  error = NULL;
  const WdRows       *rows;
  gsize               length;

  wd_batch_add (batch, &add, "tirtb", "all", G_MININT64, 0.1, "水\n", bytes);
  wd_batch_add (batch, &add, "tIRtb", "none", (gint64)0, NAN, NULL, NULL);
  wd_batch_add (batch, &add, "tIRtb", "empty", (gint64)7, -0.0, "", empty);
  g_assert_cmpuint (wd_batch_add (batch, &get, "t", "all"), ==, 3);
  wd_batch_add (batch, &get, "t", "none");
  wd_batch_add (batch, &get, "t", "empty");
  wd_batch_add (batch, &get, "t", "absent");
  g_assert_true (wd_store_run (fixture->store, batch, NULL, &error));
  g_assert_no_error (error);

  rows = wd_batch_rows (batch, 3);
  g_assert_cmpuint (wd_rows_count (rows), ==, 1);
  g_assert_cmpint (wd_rows_int (rows, 0, 0), ==, G_MININT64);
  g_assert_cmpfloat (wd_rows_real (rows, 0, 1), ==, 0.1);
  g_assert_cmpstr (wd_rows_text (rows, 0, 2, &length), ==, "水\n");
  g_assert_cmpuint (length, ==, 4);
  {
    g_autoptr (GBytes) back = wd_rows_bytes (rows, 0, 3);

    g_assert_true (g_bytes_equal (back, bytes));
  }
  rows = wd_batch_rows (batch, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_true (wd_rows_is_null (rows, 0, i));
  g_assert_null (wd_rows_text (rows, 0, 2, NULL));
  rows = wd_batch_rows (batch, 5);
  g_assert_cmpint (wd_rows_int (rows, 0, 0), ==, 7);
  g_assert_cmpstr (wd_rows_text (rows, 0, 2, NULL), ==, "");
  g_assert_cmpuint (wd_rows_count (wd_batch_rows (batch, 6)), ==, 0);
}

/* SQLite numbers $n by first appearance. */
static void
test_values_are_bound_by_name (Fixture *fixture, gconstpointer data)
{
  static const WdStatement swapped = { "swapped", "SELECT $2 || $1 || $2" };
  g_autoptr (WdRows)       rows = wd_store_query (fixture->store, &swapped, NULL, "tt", "a", "b");

  g_assert_cmpstr (wd_rows_text (rows, 0, 0, NULL), ==, "bab");
}

static void
test_wrong_number_of_values_is_an_error (Fixture *fixture, gconstpointer data)
{
  static const WdStatement none = { "none", "SELECT 1" };
  static const WdStatement gap = { "gap", "SELECT $2" };
  static const WdStatement nonsense = { "nonsense", "SELEKT" };

  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;

      switch (i)
        {
        case 0: g_assert_null (wd_store_query (fixture->store, &none, &error, "i", (gint64)1)); break;
        case 1: g_assert_null (wd_store_query (fixture->store, &get, &error, "")); break;
        case 2: g_assert_null (wd_store_query (fixture->store, &gap, &error, "i", (gint64)1)); break;
        case 3: g_assert_null (wd_store_query (fixture->store, &nonsense, &error, "")); break;
        default: g_assert_not_reached ();
        }
      g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED);
    }
}

static void
test_batch_stops_at_the_first_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();
  g_autoptr (GError)  error = NULL;
  guint               failed = 0;

  wd_batch_add (batch, &add, "tinnn", "a", (gint64)1);
  wd_batch_add (batch, &add, "tinnn", "a", (gint64)2);
  wd_batch_add (batch, &add, "tinnn", "b", (gint64)3);
  g_assert_true (wd_store_begin (fixture->store, NULL));
  g_assert_false (wd_store_run (fixture->store, batch, &failed, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "add"));
  g_assert_cmpuint (failed, ==, 1);
  wd_store_rollback (fixture->store);
  g_assert_cmpint (count_things (fixture->store), ==, 0);
}

static gboolean
take_first (const WdRows *row, gpointer data)
{
  GString *seen = data;

  g_string_append (seen, wd_rows_text (row, 0, 0, NULL));
  return seen->len < 2;
}

static void
test_each_row_until_told_to_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  add_thing (fixture->store, "a");
  add_thing (fixture->store, "b");
  add_thing (fixture->store, "c");
  g_assert_true (wd_store_each (fixture->store, &list, take_first, seen, NULL, ""));
  g_assert_cmpstr (seen->str, ==, "ab");
  /* The statement is free again. */
  g_string_truncate (seen, 0);
  g_assert_true (wd_store_each (fixture->store, &list, take_first, seen, NULL, ""));
  g_assert_cmpstr (seen->str, ==, "ab");
}

static void
test_readers_see_what_is_committed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WdStore) reader = wd_store_open (fixture->path, WD_STORE_READ, NULL);
  g_autoptr (GError)  error = NULL;

  g_assert_true (wd_store_begin (fixture->store, NULL));
  add_thing (fixture->store, "a");
  g_assert_cmpint (count_things (reader), ==, 0);
  g_assert_true (wd_store_commit (fixture->store, NULL));
  g_assert_cmpint (count_things (reader), ==, 1);
  /* One view of it all, while others write. */
  g_assert_true (wd_store_begin (reader, NULL));
  g_assert_cmpint (count_things (reader), ==, 1);
  add_thing (fixture->store, "b");
  g_assert_cmpint (count_things (reader), ==, 1);
  wd_store_rollback (reader);
  g_assert_cmpint (count_things (reader), ==, 2);
  g_assert_false (wd_store_exec (reader, &add, &error, "tinnn", "c", (gint64)1));
  g_assert_cmpint (count_things (reader), ==, 2);
}

static void
test_second_holder_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (WdStore) store = wd_store_open (fixture->path, WD_STORE_WRITE | WD_STORE_ALONE, &error);

  g_assert_null (store);
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_pointer (&fixture->store, wd_store_close);
  store = wd_store_open (fixture->path, WD_STORE_WRITE | WD_STORE_ALONE, &error);
  g_assert_no_error (error);
}

/* The lock goes with its process, however that ends. */
static void
test_killed_holder_holds_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int                pipe_ends[2];
  char               byte;
  pid_t              child;

  g_clear_pointer (&fixture->store, wd_store_close);
  g_assert_cmpint (pipe (pipe_ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      WdStore *store = wd_store_open (fixture->path, WD_STORE_WRITE | WD_STORE_ALONE, NULL);

      wd_store_begin (store, NULL);
      add_thing (store, "lost");
      if (write (pipe_ends[1], "x", 1) == 1)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (pipe_ends[0], &byte, 1), ==, 1);
  g_assert_null (wd_store_open (fixture->path, WD_STORE_WRITE | WD_STORE_ALONE, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BUSY);
  g_clear_error (&error);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  close (pipe_ends[0]);
  close (pipe_ends[1]);
  fixture->store = wd_store_open (fixture->path, WD_STORE_WRITE | WD_STORE_ALONE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_things (fixture->store), ==, 0);
}

static void
test_what_is_not_a_store_is_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *path = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char   *absent = g_build_filename (fixture->folder, "absent", NULL);
  g_autofree char   *text = g_strnfill (8192, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (wd_store_open (path, WD_STORE_WRITE, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN);
  g_clear_error (&error);
  g_assert_null (wd_store_open (absent, WD_STORE_READ, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FULL);
  g_assert_false (g_file_test (absent, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_null (wd_store_open ("oracle://x", WD_STORE_READ, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED);
}

static void
test_files_are_for_their_owner (Fixture *fixture, gconstpointer data)
{
  static const char *const ends[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, ends[i], NULL);
      struct stat      info;

      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 077, ==, 0);
    }
}

static void
test_copy_is_whole_and_another_store (Fixture *fixture, gconstpointer data)
{
  g_autofree char         *path = g_build_filename (fixture->folder, "copy", NULL);
  g_autofree char         *part = g_strconcat (path, ".part", NULL);
  g_autoptr (WdStore)      reader = wd_store_open (fixture->path, WD_STORE_READ, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  g_autoptr (WdStore)      copy = NULL;

  add_thing (fixture->store, "a");
  g_assert_true (wd_store_backup (reader, path, NULL, &error));
  add_thing (fixture->store, "b");
  copy = wd_store_open (path, WD_STORE_WRITE | WD_STORE_ALONE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_things (copy), ==, 1);
  g_assert_true (wd_store_check (copy, &error));
  g_cancellable_cancel (cancellable);
  g_assert_false (wd_store_backup (reader, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_cmpint (count_things (reader), ==, 2);
}

static void
test_damaged_store_is_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *page = g_strnfill (4096, 'x');
  int                file;

  for (int i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("%0100d", i);

      add_thing (fixture->store, id);
    }
  g_assert_true (wd_store_check (fixture->store, &error));
  g_clear_pointer (&fixture->store, wd_store_close);
  file = g_open (fixture->path, O_RDWR, 0);
  g_assert_cmpint (pwrite (file, page, 4096, 3 * 4096), ==, 4096);
  close (file);
  fixture->store = wd_store_open (fixture->path, WD_STORE_READ, &error);
  g_assert_no_error (error);
  g_assert_false (wd_store_check (fixture->store, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/store/values-come-back", test_values_come_back },
    { "/store/values-are-bound-by-name", test_values_are_bound_by_name },
    { "/store/wrong-number-of-values-is-an-error", test_wrong_number_of_values_is_an_error },
    { "/store/batch-stops-at-the-first-error", test_batch_stops_at_the_first_error },
    { "/store/each-row-until-told-to-stop", test_each_row_until_told_to_stop },
    { "/store/readers-see-what-is-committed", test_readers_see_what_is_committed },
    { "/store/second-holder-is-refused", test_second_holder_is_refused },
    { "/store/killed-holder-holds-nothing", test_killed_holder_holds_nothing },
    { "/store/what-is-not-a-store-is-broken", test_what_is_not_a_store_is_broken },
    { "/store/files-are-for-their-owner", test_files_are_for_their_owner },
    { "/store/damaged-store-is-found", test_damaged_store_is_found },
    { "/store/copy-is-whole-and-another-store", test_copy_is_whole_and_another_store },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
