/* test-migrate.c — stores of every version come to the newest, once, or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-store-driver.h"

#include <glib/gstdio.h>
#include <string.h>

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
  fixture->store = wd_store_open (fixture->path, WD_STORE_WRITE, &error);
  g_assert_no_error (error);
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

static char *
schema (Fixture *fixture)
{
  static const WdStatement list = { "list", "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name" };
  g_autoptr (WdRows)       rows = wd_store_query (fixture->store, &list, NULL, "");
  GString                 *text = g_string_new (NULL);

  for (guint i = 0; i < wd_rows_count (rows); i++)
    g_string_append_printf (text, "%s\n", wd_rows_text (rows, i, 1, NULL));
  return g_string_free (text, FALSE);
}

static gint64
value (WdStore *store)
{
  static const WdStatement get = { "get", "SELECT n FROM a" };
  g_autoptr (WdRows)       rows = wd_store_query (store, &get, NULL, "");

  return wd_rows_int (rows, 0, 0);
}

static void
test_scripts_run_in_order_and_once (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/test/one", NULL), ==, 1);
  g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/test/two", NULL), ==, 2);
  g_assert_cmpint (value (fixture->store), ==, 2);
  g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/test/two", NULL), ==, 2);
  g_assert_cmpint (value (fixture->store), ==, 2);
}

static void
test_newer_store_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/test/two", NULL), ==, 2);
  g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/test/one", &error), ==, -1);
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN);
  g_assert_cmpint (value (fixture->store), ==, 2);
}

static void
test_failing_script_leaves_the_version_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/test/bad", &error), ==, -1);
  g_assert_nonnull (strstr (error->message, "0002-b.sql"));
  g_assert_cmpint (value (fixture->store), ==, 1);
  g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/test/two", NULL), ==, 2);
  g_assert_cmpint (value (fixture->store), ==, 2);
}

static void
test_gap_in_the_numbers_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/test/gap", &error), ==, -1);
  g_assert_nonnull (strstr (error->message, "0003-b.sql"));
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* The ledger's scripts, without the newest ones. */
static void
make_version (WdStore *store, GStrv names, int version)
{
  g_autofree char *start = g_strdup_printf ("CREATE TABLE schema (version BIGINT NOT NULL); INSERT INTO schema (version) VALUES (%d)", version);

  g_assert_true (store->driver->script (store, start, NULL));
  for (int i = 0; i < version; i++)
    {
      g_autofree char   *path = g_build_path ("/", "/waterdesk/ledger", names[i], NULL);
      g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      g_assert_true (store->driver->script (store, g_bytes_get_data (script, NULL), NULL));
    }
}

static void
test_each_version_comes_to_the_newest (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv)     names = g_resources_enumerate_children ("/waterdesk/ledger", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char   *newest = NULL;
  g_autoptr (GError) error = NULL;
  int                last = wd_store_migrate (fixture->store, "/waterdesk/ledger", &error);

  g_assert_no_error (error);
  g_assert_cmpint (last, >=, 4);
  g_qsort_with_data (names, (int)g_strv_length (names), sizeof *names, compare_names, NULL);
  newest = schema (fixture);
  for (int version = 1; version < last; version++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%d", fixture->path, version);
      g_autofree char *now = NULL;

      g_clear_pointer (&fixture->store, wd_store_close);
      fixture->store = wd_store_open (path, WD_STORE_WRITE, &error);
      g_assert_no_error (error);
      make_version (fixture->store, names, version);
      g_assert_cmpint (wd_store_migrate (fixture->store, "/waterdesk/ledger", &error), ==, last);
      g_assert_no_error (error);
      now = schema (fixture);
      g_assert_cmpstr (now, ==, newest);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/migrate/scripts-run-in-order-and-once", Fixture, NULL, set_up, test_scripts_run_in_order_and_once, tear_down);
  g_test_add ("/migrate/newer-store-is-refused", Fixture, NULL, set_up, test_newer_store_is_refused, tear_down);
  g_test_add ("/migrate/failing-script-leaves-the-version-before", Fixture, NULL, set_up, test_failing_script_leaves_the_version_before, tear_down);
  g_test_add ("/migrate/gap-in-the-numbers-is-refused", Fixture, NULL, set_up, test_gap_in_the_numbers_is_refused, tear_down);
  g_test_add ("/migrate/each-version-comes-to-the-newest", Fixture, NULL, set_up, test_each_version_comes_to_the_newest, tear_down);
  return g_test_run ();
}
