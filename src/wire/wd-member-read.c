/* wd-member-read.c — one value of a command, checked by its row in the verb's table
 *
 * Nothing that is taken here repeats itself in an error: a problem names the
 * field and says what is asked of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-geojson.h"
#include "wd-member-json.h"
#include "wd-policy-json.h"

#include <string.h>

#define TEXT_LENGTH 4000
#define NAME_LENGTH 100
#define CODE_LENGTH 40
#define LIST_LENGTH 100
#define YEAR_9999 G_GINT64_CONSTANT (253370764800000) /* what comes later GDateTime can't show in every zone */
#define IDS_LENGTH 1000                               /* all of what was chosen on a map at once */

const char *
wd_member_node_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static GVariant *
refuse (GError **error, const char *field, const char *fault)
{
  wd_rule_set_invalid (error, field, "%s", fault);
  return NULL;
}

/* What is wrong with a text.  A name is one line. */
static const char *
text_fault (const char *text, gboolean name)
{
  gboolean seen = FALSE;

  if (g_utf8_strlen (text, -1) > (name ? NAME_LENGTH : TEXT_LENGTH))
    return name ? "at most 100 characters" : "at most 4,000 characters";
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) == G_UNICODE_CONTROL && (name || (c != '\t' && c != '\n')))
        return name ? "control characters are not allowed" : "control characters other than tab and newline are not allowed";
      seen = seen || g_unichar_isgraph (c);
    }
  return seen ? NULL : "blank";
}

static GVariant *
read_text (const char *field, JsonNode *node, gboolean name, GError **error)
{
  const char *text = wd_member_node_text (node);
  const char *fault = text ? text_fault (text, name) : "a text has to stand here";

  return fault ? refuse (error, field, fault) : g_variant_new_string (text);
}

static GVariant *
read_id (const char *field, JsonNode *node, GError **error)
{
  const char      *text = wd_member_node_text (node);
  g_autofree char *id = NULL;

  if (!text || !g_uuid_string_is_valid (text))
    return refuse (error, field, "a UUID has to stand here");
  id = g_ascii_strdown (text, -1);
  return g_variant_new_string (id);
}

static GVariant *
read_spelt (const char *field, JsonNode *node, const char *letters, gsize min, gsize max, const char *fault, GError **error)
{
  const char *text = wd_member_node_text (node);
  gsize       length = text ? strlen (text) : 0;

  if (length < min || length > max || strspn (text, letters) != length)
    return refuse (error, field, fault);
  return g_variant_new_string (text);
}

static GVariant *
read_code (const char *field, JsonNode *node, GError **error)
{
  return read_spelt (field, node, "abcdefghijklmnopqrstuvwxyz0123456789-", 1, CODE_LENGTH,
                     "a code is 1 to 40 of a-z, 0-9 and -", error);
}

static GVariant *
read_hash (const char *field, JsonNode *node, GError **error)
{
  return read_spelt (field, node, "0123456789abcdef", 64, 64, "a SHA-256 is 64 of 0-9 and a-f", error);
}

static GVariant *
read_enum (const WdMember *member, JsonNode *node, GError **error)
{
  const char *nick = wd_member_node_text (node);

  if (!nick || wd_enum_value (member->enum_type (), nick) == 0)
    return refuse (error, member->name, "none of the words that may stand here");
  return g_variant_new_string (nick);
}

static GVariant *
read_bool (const char *field, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (error, field, "true or false has to stand here");
  return g_variant_new_boolean (json_node_get_boolean (node));
}

static GVariant *
read_int (const char *field, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse (error, field, "a whole number has to stand here");
  return g_variant_new_int64 (json_node_get_int (node));
}

/* Zero and what lies before 1970 mean absence in a record. */
static GVariant *
read_time (const char *field, JsonNode *node, GError **error)
{
  const char *text = wd_member_node_text (node);
  gint64      time;

  if (!text || !wd_time_from_text (text, &time))
    return refuse (error, field, "a time of RFC 3339 has to stand here");
  if (time <= 0 || time >= YEAR_9999)
    return refuse (error, field, "times begin in 1970 and end with 9998");
  return g_variant_new_int64 (time);
}

static GVariant *
read_duration (const char *field, JsonNode *node, GError **error)
{
  const char *text = wd_member_node_text (node);
  gint64      duration;

  if (!text || !wd_duration_from_text (text, &duration))
    return refuse (error, field, "a duration of ISO 8601 in weeks, days, hours, minutes and seconds has to stand here");
  return g_variant_new_int64 (duration);
}

static gboolean
read_degrees (JsonArray *pair, guint index, double limit, double *degrees)
{
  JsonNode *node = json_array_get_element (pair, index);
  GType     type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *degrees = json_node_get_double (node);
  return *degrees >= -limit && *degrees <= limit;
}

static GVariant *
read_point (const char *field, JsonNode *node, GError **error)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  double     lon, lat;

  if (!pair || json_array_get_length (pair) != 2)
    return refuse (error, field, "a point is [longitude, latitude]");
  if (!read_degrees (pair, 0, 180, &lon) || !read_degrees (pair, 1, 90, &lat))
    return refuse (error, field, "a point lies on the earth: longitude -180 to 180, latitude -90 to 90");
  return g_variant_new ("(dd)", lon, lat);
}

static GVariant *
read_entry (const WdMember *member, JsonNode *node, GError **error)
{
  switch ((int)member->kind)
    {
    case WD_MEMBER_HASHES: return read_hash (member->name, node, error);
    case WD_MEMBER_IDS: return read_id (member->name, node, error);
    case WD_MEMBER_CODES: return read_code (member->name, node, error);
    default: return read_text (member->name, node, FALSE, error);
    }
}

static GVariant *
read_list (const WdMember *member, JsonNode *node, GError **error)
{
  JsonArray      *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char     *field = member->name;
  gboolean        ids = member->kind == WD_MEMBER_IDS;
  GVariantBuilder list;

  if (!array)
    return refuse (error, field, "a list has to stand here");
  if (json_array_get_length (array) > (ids ? IDS_LENGTH : LIST_LENGTH))
    return refuse (error, field, ids ? "at most 1,000 entries" : "at most 100 entries");
  g_variant_builder_init (&list, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *entry = json_array_get_element (array, i);
      GVariant *value = read_entry (member, entry, error);

      if (!value)
        {
          g_variant_builder_clear (&list);
          return NULL;
        }
      g_variant_builder_add_value (&list, value);
    }
  return g_variant_builder_end (&list);
}

/* name and phone, each if known. */
static GVariant *
read_caller (const char *field, JsonNode *node, GError **error)
{
  JsonObjectIter  iter;
  const char     *name;
  JsonNode       *value;
  GVariantBuilder caller;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, field, "an object of name and phone has to stand here");
  g_variant_builder_init (&caller, G_VARIANT_TYPE ("a{ss}"));
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *inner = g_strdup_printf ("%s.%s", field, name);
      GVariant        *text = NULL;

      if (strcmp (name, "name") != 0 && strcmp (name, "phone") != 0)
        refuse (error, field, "an unknown member inside");
      else if (JSON_NODE_HOLDS_NULL (value))
        continue;
      else
        text = read_text (inner, value, TRUE, error);
      if (!text)
        {
          g_variant_builder_clear (&caller);
          return NULL;
        }
      g_variant_builder_add (&caller, "{s@s}", name, text);
    }
  return g_variant_builder_end (&caller);
}

static GVariant *
read_limits (const char *field, JsonNode *node, GError **error)
{
  JsonObjectIter  iter;
  const char     *rule;
  JsonNode       *value;
  GVariantBuilder limits;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, field, "an object of rules and durations has to stand here");
  g_variant_builder_init (&limits, G_VARIANT_TYPE ("a{sx}"));
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &rule, &value))
    {
      const char *text = wd_member_node_text (value);
      gint64      limit = 0;

      const char *fault = NULL;

      if (!wd_policy_rule_is_known (rule))
        fault = "no such rule";
      else if (!text || !wd_duration_from_text (text, &limit) || limit == 0)
        fault = "a limit is a duration of ISO 8601, more than nothing";
      if (fault)
        {
          g_variant_builder_clear (&limits);
          return refuse (error, field, fault);
        }
      g_variant_builder_add (&limits, "{sx}", rule, limit);
    }
  return g_variant_builder_end (&limits);
}

static GVariant *
read_geometry (const char *field, JsonNode *node, GError **error)
{
  char *text = wd_geometry_from_json (field, node, error);

  return text ? g_variant_new_take_string (text) : NULL;
}

static GVariant *
read_json (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  wd_json_append_node (text, node);
  return g_variant_new_take_string (g_string_free (text, FALSE));
}

GVariant *
wd_member_read_json (const WdMember *member, JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_NULL (node))
    {
      if (member->flags & WD_MEMBER_NULLABLE)
        return g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL);
      return refuse (error, member->name, "null may not stand here");
    }
  switch (member->kind)
    {
    case WD_MEMBER_TEXT: return read_text (member->name, node, FALSE, error);
    case WD_MEMBER_NAME: return read_text (member->name, node, TRUE, error);
    case WD_MEMBER_ID: return read_id (member->name, node, error);
    case WD_MEMBER_CODE: return read_code (member->name, node, error);
    case WD_MEMBER_ENUM: return read_enum (member, node, error);
    case WD_MEMBER_BOOL: return read_bool (member->name, node, error);
    case WD_MEMBER_INT: return read_int (member->name, node, error);
    case WD_MEMBER_TIME: return read_time (member->name, node, error);
    case WD_MEMBER_DURATION: return read_duration (member->name, node, error);
    case WD_MEMBER_POINT: return read_point (member->name, node, error);
    case WD_MEMBER_TEXTS:
    case WD_MEMBER_HASHES:
    case WD_MEMBER_IDS:
    case WD_MEMBER_CODES: return read_list (member, node, error);
    case WD_MEMBER_JSON: return read_json (node);
    case WD_MEMBER_CALLER: return read_caller (member->name, node, error);
    case WD_MEMBER_LIMITS: return read_limits (member->name, node, error);
    case WD_MEMBER_GEOMETRY: return read_geometry (member->name, node, error);
    case WD_MEMBER_ROWS: return wd_policy_rows_read_json (member->name, node, error);
    default: g_assert_not_reached ();
    }
}
