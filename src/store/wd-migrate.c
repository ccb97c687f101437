/* wd-migrate.c — brings a store's tables to the version of its scripts
 *
 * Scripts are resources named NNNN-what.sql, run in the order of their numbers,
 * each with the bump of the version in one transaction.  What ran is never run again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-store-driver.h"

/* clang-format off */
static const WdStatement get_version = { "schema-get", "SELECT version FROM schema" };
static const WdStatement put_version = { "schema-put", "UPDATE schema SET version = $1" };
/* clang-format on */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* In order, numbered 1, 2, … without a gap. */
static GStrv
list_scripts (const char *folder, GError **error)
{
  g_auto (GStrv)        names = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (GPtrArray) scripts = g_ptr_array_new_with_free_func (g_free);

  if (names == NULL)
    return NULL;
  for (char **name = names; *name != NULL; name++)
    if (g_ascii_isdigit (**name) && g_str_has_suffix (*name, ".sql"))
      g_ptr_array_add (scripts, g_strdup (*name));
  g_ptr_array_sort (scripts, compare_names);
  for (guint i = 0; i < scripts->len; i++)
    if (g_ascii_strtoull (scripts->pdata[i], NULL, 10) != i + 1)
      {
        g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED, "%s/%s: not number %u", folder, (char *)scripts->pdata[i], i + 1);
        return NULL;
      }
  g_ptr_array_add (scripts, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&scripts), FALSE);
}

static int
read_version (WdStore *store, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (store, &get_version, error, "");

  if (rows == NULL)
    return -1;
  if (wd_rows_count (rows) == 1)
    return wd_rows_int (rows, 0, 0);
  g_set_error_literal (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "the store does not say its version");
  return -1;
}

static gboolean
make_schema (WdStore *store, GError **error)
{
  return store->driver->script (store, "CREATE TABLE IF NOT EXISTS schema (version BIGINT NOT NULL)", error) && store->driver->script (store, "INSERT INTO schema (version) SELECT 0 WHERE NOT EXISTS (SELECT version FROM schema)", error);
}

static gboolean
run_script (WdStore *store, const char *folder, const char *name, int version, GError **error)
{
  g_autofree char   *path = g_build_path ("/", folder, name, NULL);
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  /* Resources end with a zero byte after their data. */
  if (script == NULL || !store->driver->script (store, g_bytes_get_data (script, NULL), error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  return wd_store_exec (store, &put_version, error, "i", (gint64)version);
}

/* One step in a transaction of its own.  Returns: the version before it, or -1. */
static int
step (WdStore *store, const char *folder, GStrv scripts, int last, GError **error)
{
  int version;

  if (!wd_store_begin (store, error))
    return -1;
  version = make_schema (store, error) ? read_version (store, error) : -1;
  if (version > last)
    {
      g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "the store is of version %d, newer than this program's %d", version, last);
      version = -1;
    }
  if (version < 0 || (version < last && !run_script (store, folder, scripts[version], version + 1, error)))
    {
      wd_store_rollback (store);
      return -1;
    }
  return wd_store_commit (store, error) ? version : -1;
}

int
wd_store_migrate (WdStore *store, const char *folder, GError **error)
{
  g_auto (GStrv) scripts = list_scripts (folder, error);
  int            last, version;

  if (scripts == NULL)
    return -1;
  last = g_strv_length (scripts);
  do
    version = step (store, folder, scripts, last, error);
  while (version >= 0 && version < last);
  return version;
}
