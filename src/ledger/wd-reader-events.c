/* wd-reader-events.c — the story of one order, and who called
 *
 * Private members are opened for who may see the order; the caller stays masked
 * but for the one answer that a look, itself an event, has gone before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-reader-private.h"

#include "wd-box.h"
#include "wd-json.h"

#include <sodium.h>
#include <string.h>

/* clang-format off */
static const WdStatement list_events = { "events-of",
  "SELECT e.seq, e.verb, e.at, e.entered_at, e.by_user, e.by_unit, e.data, e.boxes, e.hash, s.code "
  "FROM events e LEFT JOIN objects s ON s.id = e.by_user AND s.kind = 'staff' WHERE e.object = $1 ORDER BY e.seq" };
static const WdStatement find_caller = { "caller-of",
  "SELECT b.id, b.sealed FROM orders o JOIN boxes b ON b.id = o.caller WHERE o.id = $1" };
/* clang-format on */

static const char *
caller_member (JsonObject *caller, const char *name)
{
  JsonNode *node = json_object_get_member (caller, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* {"name","phone"} of the text in a box. */
static gboolean
append_caller (GString *json, const char *text, gboolean masked, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (text, -1, error);
  g_autofree char     *name = NULL;
  g_autofree char     *phone = NULL;
  JsonObject          *caller;

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_string_append (json, "null");
      return TRUE;
    }
  caller = json_node_get_object (root);
  name = g_strdup (caller_member (caller, "name"));
  phone = g_strdup (caller_member (caller, "phone"));
  if (masked)
    {
      char *masked_name = name != NULL ? wd_mask_name (name) : NULL;
      char *masked_phone = phone != NULL ? wd_mask_phone (phone) : NULL;

      g_free (name);
      g_free (phone);
      name = masked_name;
      phone = masked_phone;
    }
  g_string_append (json, "{\"name\":");
  wd_json_append_text (json, name);
  g_string_append (json, ",\"phone\":");
  wd_json_append_text (json, phone);
  g_string_append_c (json, '}');
  return TRUE;
}

typedef struct
{
  GHashTable *sealed; /* box id -> GBytes */
  GBytes     *key;    /* NULL: erased */
  const char *object;
} Boxes;

static gboolean
append_box (GString *json, const Boxes *boxes, const WdBox *box, GError **error)
{
  GBytes          *sealed = g_hash_table_lookup (boxes->sealed, box->id);
  g_autofree char *text = NULL;

  g_string_append_printf (json, "\"%s\":", box->field);
  if (sealed == NULL || boxes->key == NULL)
    {
      g_string_append (json, "null");
      return TRUE;
    }
  text = wd_box_open (box, boxes->key, boxes->object, sealed, error);
  if (text == NULL)
    return FALSE;
  if (strcmp (box->field, "caller") == 0)
    return append_caller (json, text, TRUE, error);
  g_string_append (json, text);
  return TRUE;
}

/* The public members as they are stored, and the private ones behind them. */
static gboolean
append_data (GString *json, const char *data, const char *names, const Boxes *boxes, GError **error)
{
  g_autoptr (GPtrArray) named = wd_boxes_from_text (names, error);
  gsize                 length = strlen (data);

  if (named == NULL)
    return FALSE;
  g_string_append_len (json, data, length - 1);
  for (guint i = 0; i < named->len; i++)
    {
      if (i > 0 || length > 2)
        g_string_append_c (json, ',');
      if (!append_box (json, boxes, named->pdata[i], error))
        return FALSE;
    }
  g_string_append_c (json, '}');
  return TRUE;
}

static void
append_by (GString *json, const WdRows *rows, guint i)
{
  if (wd_rows_is_null (rows, i, 4))
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append (json, "{\"id\":");
  wd_json_append_text (json, wd_rows_text (rows, i, 4, NULL));
  g_string_append (json, ",\"name\":");
  wd_json_append_text (json, wd_rows_text (rows, i, 9, NULL));
  g_string_append (json, ",\"unit\":");
  wd_json_append_text (json, wd_rows_text (rows, i, 5, NULL));
  g_string_append_c (json, '}');
}

static void
append_hash (GString *json, const WdRows *rows, guint i)
{
  g_autoptr (GBytes) hash = wd_rows_bytes (rows, i, 8);
  gsize              size;
  const guint8      *data = g_bytes_get_data (hash, &size);
  g_autofree char   *hex = g_malloc (2 * size + 1);

  g_string_append (json, sodium_bin2hex (hex, 2 * size + 1, data, size));
}

static gboolean
append_event (GString *json, const WdRows *rows, guint i, const Boxes *boxes, GError **error)
{
  g_string_append_printf (json, "%s{\"seq\":%" G_GINT64_FORMAT ",\"do\":\"%s\",\"at\":", i > 0 ? "," : "", wd_rows_int (rows, i, 0), wd_rows_text (rows, i, 1, NULL));
  wd_json_append_time (json, wd_rows_int (rows, i, 2));
  g_string_append (json, ",\"entered_at\":");
  wd_json_append_time (json, wd_rows_int (rows, i, 3));
  g_string_append (json, ",\"by\":");
  append_by (json, rows, i);
  g_string_append (json, ",\"data\":");
  if (!append_data (json, wd_rows_text (rows, i, 6, NULL), wd_rows_text (rows, i, 7, NULL), boxes, error))
    return FALSE;
  g_string_append (json, ",\"hash\":\"");
  append_hash (json, rows, i);
  g_string_append (json, "\"}");
  return TRUE;
}

GString *
wd_reader_events (WdReader *reader, const WdActor *actor, const char *id, GError **error)
{
  g_autoptr (WdOrder)    order = wd_reader_find_order (reader, actor, id, error);
  g_autoptr (WdRows)     rows = order != NULL ? wd_store_query (reader->store, &list_events, error, "t", id) : NULL;
  g_autoptr (GHashTable) sealed = NULL;
  g_autoptr (GBytes)     key = NULL;
  g_autoptr (GString)    json = g_string_new ("{\"events\":[");
  Boxes                  boxes;

  if (rows == NULL)
    return NULL;
  sealed = wd_reader_boxes (reader, id, &key, error);
  if (sealed == NULL)
    return NULL;
  boxes = (Boxes){ sealed, key, id };
  for (guint i = 0; i < wd_rows_count (rows); i++)
    if (!append_event (json, rows, i, &boxes, error))
      return NULL;
  g_string_append (json, "]}");
  return g_steal_pointer (&json);
}

/* ---- the caller ---- */

GString *
wd_reader_caller (WdReader *reader, const WdActor *actor, const char *id, GError **error)
{
  g_autoptr (WdOrder)    order = wd_reader_find_order (reader, actor, id, error);
  g_autoptr (WdRows)     rows = NULL;
  g_autoptr (GHashTable) boxes = NULL;
  g_autoptr (GBytes)     key = NULL;
  g_autoptr (GBytes)     sealed = NULL;
  g_autofree char       *text = NULL;
  g_autoptr (GString)    json = g_string_new (NULL);

  if (order == NULL)
    return NULL;
  if (!wd_may_see_caller (actor, order))
    {
      g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_FORBIDDEN, "Only the centre and the unit that works on the order may see its caller");
      return NULL;
    }
  rows = wd_store_query (reader->store, &find_caller, error, "t", id);
  boxes = rows != NULL ? wd_reader_boxes (reader, id, &key, error) : NULL;
  if (boxes == NULL)
    return NULL;
  if (wd_rows_count (rows) == 0 || key == NULL)
    return g_string_new ("{\"name\":null,\"phone\":null}");
  sealed = wd_rows_bytes (rows, 0, 1);
  text = wd_keys_open (key, id, wd_rows_text (rows, 0, 0, NULL), "caller", sealed, error);
  if (text == NULL || !append_caller (json, text, FALSE, error))
    return NULL;
  return g_steal_pointer (&json);
}
