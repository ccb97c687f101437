/* wd-import.c — files that come in: which kinds there are, and what they share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static gboolean
scan_file (WdImport *import, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar                bytes[65536];
  gssize                n;
  goffset               at = 0;

  while ((n = pread (import->fd, bytes, sizeof bytes, at)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "The file cannot be read: %s", g_strerror (errno));
          return FALSE;
        }
      g_checksum_update (sum, bytes, n);
      for (gssize i = 0; i < n; i++)
        import->lines += bytes[i] == '\n';
      at += n;
    }
  import->hash = g_strdup (g_checksum_get_string (sum));
  return TRUE;
}

gboolean
wd_import_tell (WdWriting *writing, const char *id, const char *kind, gint64 count, const char *hash, GError **error)
{
  g_autoptr (WdEvent)  event = wd_event_new (WD_VERB_IMPORTED, WD_OBJECT_NONE, id, writing->now, writing->now);
  g_autoptr (GVariant) members = NULL;
  GVariantDict         dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", kind);
  g_variant_dict_insert (&dict, "count", "x", count);
  g_variant_dict_insert (&dict, "hash", "s", hash);
  members = g_variant_ref_sink (g_variant_dict_end (&dict));
  wd_event_set_members (event, wd_verb_info (WD_VERB_IMPORTED), members);
  return wd_writing_add (writing, event, error);
}

typedef struct
{
  WdImport   *import;
  const char *kind;
  guint       n;
  WdImportPut put;
  gpointer    data;
  guint       changed;
} Putting;

static gboolean
put_all (Putting *putting, WdWriting *writing, GError **error)
{
  putting->changed = 0;
  if (!wd_writing_start (writing, error) || !putting->put (writing, putting->data, &putting->changed, error))
    return FALSE;
  return putting->changed == 0 || wd_import_tell (writing, putting->import->id, putting->kind, putting->n, putting->import->hash, error);
}

static gboolean
write_all (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Putting             *putting = data;
  const WdHost        *host = putting->import->host;
  WdWriting           *writing = wd_writing_begin (ledger, now, error);
  g_autoptr (WdCommit) commit = NULL;

  if (writing == NULL)
    return FALSE;
  if (put_all (putting, writing, error))
    commit = wd_writing_finish (writing, NULL, error);
  else
    wd_writing_abort (writing);
  if (commit == NULL)
    return FALSE;
  if (commit->seq > commit->since)
    host->publish (g_steal_pointer (&commit), host->owner);
  return TRUE;
}

gboolean
wd_import_put (WdImport *import, const char *kind, guint n, WdImportPut put, gpointer data, WdImported *done, GError **error)
{
  Putting putting = { import, kind, n, put, data, 0 };

  wd_host_progress (import->host, "write", 0, n);
  if (!wd_host_try (import->host, write_all, &putting, error))
    return FALSE;
  wd_host_progress (import->host, "write", n, n);
  done->rows = n;
  done->changed = putting.changed;
  return TRUE;
}

gboolean
wd_import_kind_is_known (const char *kind)
{
  static const char *const kinds[] = { "units", "customers", "orders", "streets", "tiles", NULL };

  return g_strv_contains (kinds, kind);
}

static gboolean
import_kind (WdImport *import, const char *kind, const char *theme, WdImported *done, GError **error)
{
  if (strcmp (kind, "units") == 0)
    return wd_import_units (import, done, error);
  if (strcmp (kind, "streets") == 0)
    return wd_import_streets (import, done, error);
  if (strcmp (kind, "tiles") == 0)
    return wd_import_tiles (import, theme, done, error);
  return wd_import_staged (import, strcmp (kind, wd_import_orders.name) == 0 ? &wd_import_orders : &wd_import_customers, done, error);
}

gboolean
wd_import (const WdHost *host, const char *kind, int fd, const char *theme, WdImported *done, WdFault *fault, GError **error)
{
  WdImport import = { .host = host, .fd = fd, .fault = fault };
  gboolean ok;

  g_return_val_if_fail (wd_import_kind_is_known (kind), FALSE);
  *done = (WdImported){ 0, 0 };
  wd_fault_set (fault, 0, NULL);
  if (!scan_file (&import, error))
    return FALSE;
  import.id = g_uuid_string_random ();
  ok = import_kind (&import, kind, theme, done, error);
  g_free (import.id);
  g_free (import.hash);
  return ok;
}
