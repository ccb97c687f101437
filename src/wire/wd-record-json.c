/* wd-record-json.c — records to JSON and back, by their field tables
 *
 * A member is named as its field.  Inner fields are a matter of the outermost record alone:
 * nested ones are printed whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json.h"

#include <math.h>
#include <string.h>

static void
append_texts (GString *json, GStrv texts)
{
  g_string_append_c (json, '[');
  for (guint i = 0; texts && texts[i]; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      wd_json_append_text (json, texts[i]);
    }
  g_string_append_c (json, ']');
}

static void
append_records (GString *json, const WdRecordType *type, GPtrArray *records)
{
  g_string_append_c (json, '[');
  for (guint i = 0; records && i < records->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      wd_record_append_json (json, type, records->pdata[i], WD_JSON_ALL);
    }
  g_string_append_c (json, ']');
}

/* Durations or times.  By name, so that equal limits are equal text. */
static void
append_limits (GString *json, GHashTable *limits, void (*append) (GString *json, gint64 value))
{
  g_autoptr (GList) rules = limits ? g_list_sort (g_hash_table_get_keys (limits), (GCompareFunc)strcmp) : NULL;

  g_string_append_c (json, '{');
  for (GList *rule = rules; rule; rule = rule->next)
    {
      if (rule != rules)
        g_string_append_c (json, ',');
      wd_json_append_text (json, rule->data);
      g_string_append_c (json, ':');
      append (json, wd_limits_get (limits, rule->data));
    }
  g_string_append_c (json, '}');
}

static void
append_point (GString *json, const WdPoint *point)
{
  if (!wd_point_is_set (point))
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '[');
  wd_json_append_real (json, point->lon);
  g_string_append_c (json, ',');
  wd_json_append_real (json, point->lat);
  g_string_append_c (json, ']');
}

static void
append_int (GString *json, gint64 value)
{
  if (value == WD_INT_ABSENT)
    g_string_append (json, "null");
  else
    g_string_append_printf (json, "%" G_GINT64_FORMAT, value);
}

static void
append_field (GString *json, const WdField *field, gconstpointer at)
{
  const char *text;

  switch (field->kind)
    {
    case WD_FIELD_TEXT: wd_json_append_text (json, *(char *const *)at); break;
    case WD_FIELD_ENUM: wd_json_append_text (json, wd_enum_nick (field->enum_type (), *(const int *)at)); break;
    case WD_FIELD_INT: append_int (json, *(const gint64 *)at); break;
    case WD_FIELD_REAL: wd_json_append_real (json, *(const double *)at); break;
    case WD_FIELD_BOOL: g_string_append (json, *(const gboolean *)at ? "true" : "false"); break;
    case WD_FIELD_TIME: wd_json_append_time (json, *(const gint64 *)at); break;
    case WD_FIELD_DURATION:
      if (*(const gint64 *)at == 0)
        g_string_append (json, "null");
      else
        wd_json_append_duration (json, *(const gint64 *)at);
      break;
    case WD_FIELD_POINT: append_point (json, at); break;
    case WD_FIELD_TEXTS: append_texts (json, *(const GStrv *)at); break;
    case WD_FIELD_RECORD:
      if (*(gpointer const *)at)
        wd_record_append_json (json, field->nested, *(gpointer const *)at, WD_JSON_ALL);
      else
        g_string_append (json, "null");
      break;
    case WD_FIELD_RECORDS: append_records (json, field->nested, *(GPtrArray *const *)at); break;
    case WD_FIELD_LIMITS: append_limits (json, *(GHashTable *const *)at, wd_json_append_duration); break;
    case WD_FIELD_TIMES: append_limits (json, *(GHashTable *const *)at, wd_json_append_time); break;
    case WD_FIELD_JSON:
      text = *(char *const *)at;
      g_string_append (json, text ? text : "null");
      break;
    default: g_assert_not_reached ();
    }
}

void
wd_record_append_json (GString *json, const WdRecordType *type, gconstpointer record, WdJsonPart part)
{
  gboolean first = TRUE;

  g_string_append_c (json, '{');
  for (const WdField *field = type->fields; field->name; field++)
    {
      gboolean inner = (field->flags & WD_FIELD_INNER) != 0;

      if (part != WD_JSON_ALL && inner != (part == WD_JSON_INNER))
        continue;
      g_string_append (json, first ? "\"" : ",\"");
      g_string_append (json, field->name);
      g_string_append (json, "\":");
      append_field (json, field, G_STRUCT_MEMBER_P (record, field->offset));
      first = FALSE;
    }
  g_string_append_c (json, '}');
}

/* Readers: FALSE where the value is of another kind; what was there before is then kept. */

static const char *
node_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
node_is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) &&
         (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

static gboolean
read_text (char **at, JsonNode *node)
{
  const char *text = node_text (node);

  if (!text && !JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  g_free (*at);
  *at = g_strdup (text);
  return TRUE;
}

static gboolean
read_enum (int *at, JsonNode *node, GType type)
{
  const char *nick = node_text (node);
  int         value = nick ? wd_enum_value (type, nick) : 0;

  if (value == 0 && !JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  *at = value;
  return TRUE;
}

static gboolean
read_int (gint64 *at, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    *at = WD_INT_ABSENT;
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    *at = json_node_get_int (node);
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_real (double *at, JsonNode *node)
{
  if (!node_is_number (node) && !JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  *at = JSON_NODE_HOLDS_NULL (node) ? NAN : json_node_get_double (node);
  return TRUE;
}

static gboolean
read_bool (gboolean *at, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *at = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_span (gint64 *at, JsonNode *node, gboolean (*from_text) (const char *text, gint64 *value))
{
  const char *text = node_text (node);
  gint64      value = 0;

  if (text ? !from_text (text, &value) : !JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  *at = value;
  return TRUE;
}

static gboolean
read_point (WdPoint *at, JsonNode *node)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (JSON_NODE_HOLDS_NULL (node))
    *at = (WdPoint){ NAN, NAN };
  else if (pair && json_array_get_length (pair) == 2 &&
           node_is_number (json_array_get_element (pair, 0)) && node_is_number (json_array_get_element (pair, 1)))
    *at = (WdPoint){ json_array_get_double_element (pair, 0), json_array_get_double_element (pair, 1) };
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_texts (GStrv *at, JsonNode *node)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonArray               *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = node_text (json_array_get_element (array, i));

      if (!text)
        return FALSE;
      g_strv_builder_add (texts, text);
    }
  g_strfreev (*at);
  *at = g_strv_builder_end (texts);
  return TRUE;
}

static gboolean
read_limits (GHashTable **at, JsonNode *node, gboolean (*read) (const char *text, gint64 *value))
{
  g_autoptr (GHashTable) limits = wd_limits_new ();
  JsonObjectIter         iter;
  const char            *rule;
  JsonNode              *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &rule, &value))
    {
      gint64 limit = 0;

      if (!node_text (value) || !read (node_text (value), &limit))
        return FALSE;
      wd_limits_set (limits, rule, limit);
    }
  g_clear_pointer (at, g_hash_table_unref);
  *at = g_steal_pointer (&limits);
  return TRUE;
}

static gboolean
read_json (char **at, JsonNode *node)
{
  GString *text = NULL;

  if (!JSON_NODE_HOLDS_NULL (node))
    {
      text = g_string_new (NULL);
      wd_json_append_node (text, node);
    }
  g_free (*at);
  *at = text ? g_string_free (text, FALSE) : NULL;
  return TRUE;
}

static gboolean
read_record (gpointer *at, JsonNode *node, const WdRecordType *type, GError **error)
{
  gpointer record = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      record = wd_record_new (type);
      if (!wd_record_read_json (type, record, json_node_get_object (node), error))
        {
          wd_record_free (type, record);
          return FALSE;
        }
    }
  else if (!JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (*at)
    wd_record_free (type, *at);
  *at = record;
  return TRUE;
}

static gboolean
read_records (GPtrArray **at, JsonNode *node, const WdRecordType *type, GError **error)
{
  g_autoptr (GPtrArray) records = wd_records_new (type);
  JsonArray            *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer record = NULL;

      if (!read_record (&record, json_array_get_element (array, i), type, error) || !record)
        return FALSE;
      g_ptr_array_add (records, record);
    }
  g_clear_pointer (at, g_ptr_array_unref);
  *at = g_steal_pointer (&records);
  return TRUE;
}

static gboolean
read_field (const WdField *field, gpointer at, JsonNode *node, GError **error)
{
  switch (field->kind)
    {
    case WD_FIELD_TEXT: return read_text (at, node);
    case WD_FIELD_ENUM: return read_enum (at, node, field->enum_type ());
    case WD_FIELD_INT: return read_int (at, node);
    case WD_FIELD_REAL: return read_real (at, node);
    case WD_FIELD_BOOL: return read_bool (at, node);
    case WD_FIELD_TIME: return read_span (at, node, wd_time_from_text);
    case WD_FIELD_DURATION: return read_span (at, node, wd_duration_from_text);
    case WD_FIELD_POINT: return read_point (at, node);
    case WD_FIELD_TEXTS: return read_texts (at, node);
    case WD_FIELD_RECORD: return read_record (at, node, field->nested, error);
    case WD_FIELD_RECORDS: return read_records (at, node, field->nested, error);
    case WD_FIELD_LIMITS: return read_limits (at, node, wd_duration_from_text);
    case WD_FIELD_TIMES: return read_limits (at, node, wd_time_from_text);
    case WD_FIELD_JSON: return read_json (at, node);
    default: g_assert_not_reached ();
    }
}

gboolean
wd_record_read_json (const WdRecordType *type, gpointer record, JsonObject *object, GError **error)
{
  for (const WdField *field = type->fields; field->name; field++)
    {
      g_autoptr (GError) inside = NULL;
      JsonNode          *node = json_object_get_member (object, field->name);

      if (!node || read_field (field, G_STRUCT_MEMBER_P (record, field->offset), node, &inside))
        continue;
      if (inside)
        g_propagate_prefixed_error (error, g_steal_pointer (&inside), "%s, ", field->name);
      else
        g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_WRONG, "%s: “%s” has the wrong type or value", type->name, field->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_part (const WdRecordType *type, gpointer record, const char *text, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (text, -1, error);

  if (!root)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_SYNTAX, "%s: not an object", type->name);
      return FALSE;
    }
  return wd_record_read_json (type, record, json_node_get_object (root), error);
}

gpointer
wd_record_from_texts (const WdRecordType *type, const char *body, const char *inner, GError **error)
{
  gpointer record = wd_record_new (type);

  if (read_part (type, record, body, error) && (!inner || read_part (type, record, inner, error)))
    return record;
  wd_record_free (type, record);
  return NULL;
}
