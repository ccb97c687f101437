/* wd-store.c — the doors of a store, the same for each driver
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-store-driver.h"

G_DEFINE_QUARK (wd_store_error, wd_store_error)

WdStore *
wd_store_open (const char *url, WdStoreMode mode, GError **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);

  if (scheme == NULL || g_str_equal (scheme, "sqlite"))
    return wd_sqlite_open (scheme == NULL ? url : url + strlen ("sqlite:"), mode, error);
  g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_FAILED, "no driver for stores of the kind “%s”", scheme);
  return NULL;
}

void
wd_store_close (WdStore *store)
{
  if (store != NULL)
    store->driver->close (store);
}

gboolean
wd_store_begin (WdStore *store, GError **error)
{
  return store->driver->begin (store, error);
}

gboolean
wd_store_commit (WdStore *store, GError **error)
{
  return store->driver->commit (store, error);
}

void
wd_store_rollback (WdStore *store)
{
  store->driver->rollback (store);
}

gboolean
wd_store_run (WdStore *store, WdBatch *batch, guint *failed, GError **error)
{
  return store->driver->run (store, batch, failed, error);
}

WdRows *
wd_store_query (WdStore *store, const WdStatement *statement, GError **error, const char *format, ...)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();
  va_list             values;

  va_start (values, format);
  wd_batch_add_valist (batch, statement, format, &values);
  va_end (values);
  if (!store->driver->run (store, batch, NULL, error))
    return NULL;
  return wd_batch_steal_rows (batch, 0);
}

gboolean
wd_store_exec (WdStore *store, const WdStatement *statement, GError **error, const char *format, ...)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();
  va_list             values;

  va_start (values, format);
  wd_batch_add_valist (batch, statement, format, &values);
  va_end (values);
  return store->driver->run (store, batch, NULL, error);
}

gboolean
wd_store_each (WdStore *store, const WdStatement *statement, WdRowFunc each, gpointer data, GError **error, const char *format, ...)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();
  va_list             values;

  va_start (values, format);
  wd_batch_add_valist (batch, statement, format, &values);
  va_end (values);
  return store->driver->each (store, batch, each, data, error);
}

gboolean
wd_store_check (WdStore *store, GError **error)
{
  return store->driver->check (store, error);
}

gboolean
wd_store_backup (WdStore *store, const char *path, GCancellable *cancellable, GError **error)
{
  return store->driver->backup (store, path, cancellable, error);
}
