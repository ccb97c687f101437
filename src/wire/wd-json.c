/* wd-json.c — JSON text to nodes, values to JSON text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json.h"

#include "wd-json-guard.h"

#include <math.h>
#include <string.h>

G_DEFINE_QUARK (wd_json_error, wd_json_error)

static JsonNode *
parse_guarded (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     broken = NULL;
  JsonNode              *root;

  if (!json_parser_load_from_data (parser, text, length, &broken) || !(root = json_parser_steal_root (parser)))
    {
      g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_SYNTAX, "not readable: %s", broken ? broken->message : "nothing there");
      return NULL;
    }
  return root;
}

JsonNode *
wd_json_parse (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize)length;

  return wd_json_guard (text, size, error) ? parse_guarded (text, size, error) : NULL;
}

JsonNode *
wd_json_parse_commands (const char *text, gssize length, GHashTable **faults, GError **error)
{
  gsize                  size = length < 0 ? strlen (text) : (gsize)length;
  g_autoptr (GHashTable) found = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_error_free);
  JsonNode              *root = NULL;

  if (wd_json_guard_commands (text, size, found, error))
    root = parse_guarded (text, size, error);
  if (root != NULL)
    *faults = g_steal_pointer (&found);
  return root;
}

void
wd_json_append_text (GString *json, const char *text)
{
  const char *from;

  if (!text)
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '"');
  for (from = text; *text != '\0'; text++)
    {
      guchar c = (guchar)*text;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (json, from, text - from);
      from = text + 1;
      switch (c)
        {
        case '"': g_string_append (json, "\\\""); break;
        case '\\': g_string_append (json, "\\\\"); break;
        case '\n': g_string_append (json, "\\n"); break;
        case '\r': g_string_append (json, "\\r"); break;
        case '\t': g_string_append (json, "\\t"); break;
        default: g_string_append_printf (json, "\\u%04x", c); break;
        }
    }
  g_string_append_len (json, from, text - from);
  g_string_append_c (json, '"');
}

void
wd_json_append_real (GString *json, double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char                     text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (json, "null");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  g_string_append (json, text);
}

static void
append_array (GString *json, JsonArray *array)
{
  g_string_append_c (json, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      wd_json_append_node (json, json_array_get_element (array, i));
    }
  g_string_append_c (json, ']');
}

static void
append_object (GString *json, JsonObject *object)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;
  gboolean       first = TRUE;

  g_string_append_c (json, '{');
  json_object_iter_init_ordered (&iter, object);
  for (; json_object_iter_next_ordered (&iter, &name, &value); first = FALSE)
    {
      if (!first)
        g_string_append_c (json, ',');
      wd_json_append_text (json, name);
      g_string_append_c (json, ':');
      wd_json_append_node (json, value);
    }
  g_string_append_c (json, '}');
}

static void
append_value (GString *json, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    wd_json_append_text (json, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (json, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (json, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    wd_json_append_real (json, json_node_get_double (node));
}

void
wd_json_append_node (GString *json, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT: append_object (json, json_node_get_object (node)); break;
    case JSON_NODE_ARRAY: append_array (json, json_node_get_array (node)); break;
    case JSON_NODE_VALUE: append_value (json, node); break;
    case JSON_NODE_NULL:
    default: g_string_append (json, "null"); break;
    }
}
