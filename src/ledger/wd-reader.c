/* wd-reader.c — a reading connection, and what the pieces of a reader share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-reader-private.h"

#include "wd-json.h"

#include <string.h>

G_DEFINE_QUARK (wd_read_error, wd_read_error)

/* clang-format off */
static const WdStatement get_store  = { "reader-store", "SELECT id FROM store" };
static const WdStatement get_seq    = { "reader-seq", "SELECT MAX(seq) FROM events" };
static const WdStatement get_object = { "reader-object", "SELECT body, inside FROM objects WHERE id = $1 AND kind = $2" };
static const WdStatement get_named  = { "reader-staff", "SELECT body, inside FROM objects WHERE kind = 'staff' AND code = $1" };
static const WdStatement get_boxes  = { "reader-boxes", "SELECT id, sealed FROM boxes WHERE object = $1" };
static const WdStatement get_audience = { "get_audience", "SELECT reader FROM audience WHERE object = $1 AND to_seq IS NULL" };
static const WdStatement get_key    = { "reader-key", "SELECT wrapped FROM object_keys WHERE object = $1" };
/* clang-format on */

WdReader *
wd_reader_open (const char *url, WdKeys *keys, GError **error)
{
  g_autoptr (WdReader) reader = g_new0 (WdReader, 1);
  g_autoptr (WdRows)   rows = NULL;

  reader->keys = wd_keys_ref (keys);
  reader->store = wd_store_open (url, WD_STORE_READ, error);
  if (reader->store == NULL)
    return NULL;
  rows = wd_store_query (reader->store, &get_store, error, "");
  if (rows == NULL)
    return NULL;
  if (wd_rows_count (rows) != 1)
    {
      g_set_error_literal (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "The store does not say which one it is");
      return NULL;
    }
  reader->store_id = g_strdup (wd_rows_text (rows, 0, 0, NULL));
  return g_steal_pointer (&reader);
}

void
wd_reader_close (WdReader *reader)
{
  if (reader == NULL)
    return;
  wd_store_close (reader->store);
  wd_keys_unref (reader->keys);
  g_free (reader->store_id);
  g_free (reader);
}

void
wd_readers_set (WdReaders4 *readers, const WdActor *actor)
{
  g_auto (GStrv) names = wd_actor_readers (actor);
  guint          n = g_strv_length (names);

  g_assert (n <= WD_READERS_MAX);
  for (guint i = 0; i < WD_READERS_MAX; i++)
    {
      readers->names[i] = g_strdup (i < n ? names[i] : "");
      readers->patterns[i] = i < n ? g_strdup_printf ("%% %s %%", names[i]) : g_strdup ("");
    }
}

void
wd_readers_clear (WdReaders4 *readers)
{
  for (guint i = 0; i < WD_READERS_MAX; i++)
    {
      g_clear_pointer (&readers->names[i], g_free);
      g_clear_pointer (&readers->patterns[i], g_free);
    }
}

char *
wd_view_of (const WdActor *actor)
{
  g_autofree char *role = g_strdup_printf ("%d %s", actor->role, actor->unit != NULL ? actor->unit : "");
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, role, -1);

  return g_strndup (hash, 16);
}

gint64
wd_reader_seq (WdReader *reader)
{
  g_autoptr (WdRows) rows = wd_store_query (reader->store, &get_seq, NULL, "");

  return rows != NULL ? wd_rows_int (rows, 0, 0) : 0;
}

WdStore *
wd_reader_get_store (WdReader *reader)
{
  return reader->store;
}

/* ---- one object ---- */

GStrv
wd_reader_readers_of (WdReader *reader, const char *object, GError **error)
{
  g_autoptr (WdRows)       rows = wd_store_query (reader->store, &get_audience, error, "t", object);
  g_autoptr (GStrvBuilder) readers = g_strv_builder_new ();

  for (guint i = 0; rows != NULL && i < wd_rows_count (rows); i++)
    g_strv_builder_add (readers, wd_rows_text (rows, i, 0, NULL));
  return g_strv_builder_end (readers);
}

static gpointer
record_of (const WdRows *rows, const WdRecordType *type, GError **error)
{
  if (wd_rows_count (rows) == 0)
    {
      g_set_error_literal (error, WD_READ_ERROR, WD_READ_ERROR_NOT_FOUND, "There is nothing of that id");
      return NULL;
    }
  return wd_record_from_texts (type, wd_rows_text (rows, 0, 0, NULL), wd_rows_text (rows, 0, 1, NULL), error);
}

WdOrder *
wd_reader_find_order (WdReader *reader, const WdActor *actor, const char *id, GError **error)
{
  g_autoptr (WdRows)  rows = wd_store_query (reader->store, &get_object, error, "tt", id, wd_enum_nick (WD_TYPE_OBJECT_KIND, WD_OBJECT_ORDER));
  g_autoptr (WdOrder) order = rows != NULL ? record_of (rows, &wd_order_type, error) : NULL;

  if (order != NULL && !wd_may_see (actor, WD_OBJECT_ORDER, order))
    {
      g_set_error_literal (error, WD_READ_ERROR, WD_READ_ERROR_NOT_FOUND, "There is nothing of that id");
      return NULL;
    }
  return g_steal_pointer (&order);
}

WdStaff *
wd_reader_staff (WdReader *reader, const char *name, const char *id, GError **error)
{
  g_autoptr (WdRows) rows = NULL;

  if (name != NULL)
    rows = wd_store_query (reader->store, &get_named, error, "t", name);
  else
    rows = wd_store_query (reader->store, &get_object, error, "tt", id, wd_enum_nick (WD_TYPE_OBJECT_KIND, WD_OBJECT_STAFF));
  if (rows == NULL || wd_rows_count (rows) == 0)
    return NULL;
  return record_of (rows, &wd_staff_type, error);
}

GHashTable *
wd_reader_boxes (WdReader *reader, const char *object, GBytes **key, GError **error)
{
  g_autoptr (GHashTable) boxes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  g_autoptr (WdRows)     rows = wd_store_query (reader->store, &get_boxes, error, "t", object);
  g_autoptr (WdRows)     keys = rows != NULL ? wd_store_query (reader->store, &get_key, error, "t", object) : NULL;
  g_autoptr (GBytes)     wrapped = NULL;

  if (keys == NULL)
    return NULL;
  *key = NULL;
  if (wd_rows_count (keys) == 1)
    {
      wrapped = wd_rows_bytes (keys, 0, 0);
      *key = wd_keys_unwrap_object_key (reader->keys, object, wrapped, error);
      if (*key == NULL)
        return NULL;
    }
  for (guint i = 0; i < wd_rows_count (rows); i++)
    g_hash_table_insert (boxes, g_strdup (wd_rows_text (rows, i, 0, NULL)), wd_rows_bytes (rows, i, 1));
  return g_steal_pointer (&boxes);
}
