/* wd-policy-json.c — a policy and the categories, read from the files of data/
 *
 * A policy's row misspelt would be a limit lost, so unknown members of a row are refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-policy-json.h"

#include "wd-house.h"

static const char *const rules[] = {
  "dispatch", "accept", "arrive", "appointment", "return", "inform", "finish", "extended", "callback", "cover",
  "repair", "platform", "promise", "letter", "appeal", "outage-lead", "outage-expected", "publish", "valves", NULL
};

gboolean
wd_policy_rule_is_known (const char *rule)
{
  return g_strv_contains (rules, rule);
}

static gboolean
is_field (const WdRecordType *type, const char *name)
{
  for (const WdField *field = type->fields; field->name; field++)
    if (g_str_equal (field->name, name))
      return TRUE;
  return FALSE;
}

/* Unknown members are faults here. */
static gboolean
read_row (JsonNode *node, WdPolicyRow *row, GError **error)
{
  JsonObjectIter iter;
  const char    *name;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_WRONG, "a row is an object");
      return FALSE;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!is_field (&wd_policy_row_type, name))
      {
        g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_WRONG, "an unknown member");
        return FALSE;
      }
  if (!wd_record_read_json (&wd_policy_row_type, row, json_node_get_object (node), error))
    return FALSE;
  if (!row->rule || !wd_policy_rule_is_known (row->rule) || !row->clause || !row->starts[0])
    {
      g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_MISSING, "a row names a known rule, its clause and what starts it");
      return FALSE;
    }
  return TRUE;
}

GVariant *
wd_policy_rows_read_json (const char *field, JsonNode *node, GError **error)
{
  JsonArray      *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GVariantBuilder rows;

  if (!array)
    {
      wd_rule_set_invalid (error, field, "a list of rows has to stand here");
      return NULL;
    }
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (WdPolicyRow) row = wd_policy_row_new ();
      g_autoptr (GVariant)    members = NULL;
      g_autoptr (GError)      fault = NULL;

      if (!read_row (json_array_get_element (array, i), row, &fault))
        {
          g_variant_builder_clear (&rows);
          wd_rule_set_invalid (error, field, "row %u: %s", i + 1, fault->message);
          return NULL;
        }
      members = wd_record_to_variant (&wd_policy_row_type, row);
      g_variant_builder_add_value (&rows, members);
    }
  return g_variant_builder_end (&rows);
}

void
wd_policy_rows_append_json (GString *json, GVariant *rows)
{
  g_string_append_c (json, '[');
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant)    members = g_variant_get_child_value (rows, i);
      g_autoptr (WdPolicyRow) row = wd_policy_row_new ();
      GVariantIter            iter;
      const char             *name;
      GVariant               *value;

      g_variant_iter_init (&iter, members);
      for (; g_variant_iter_next (&iter, "{&sv}", &name, &value); g_variant_unref (value))
        wd_record_set_variant (&wd_policy_row_type, row, name, value);
      if (i > 0)
        g_string_append_c (json, ',');
      wd_record_append_json (json, &wd_policy_row_type, row, WD_JSON_ALL);
    }
  g_string_append_c (json, ']');
}

/* Returns: (transfer full): the parsed file, of which @object is the root. */
static JsonNode *
parse_object (const char *text, gssize length, JsonObject **object, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (text, length, error);

  if (!root)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_SYNTAX, "not an object");
      return NULL;
    }
  *object = json_node_get_object (root);
  return g_steal_pointer (&root);
}

WdPolicy *
wd_policy_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (WdPolicy) policy = wd_policy_new ();
  JsonObject          *object;
  g_autoptr (JsonNode) root = parse_object (text, length, &object, error);
  JsonNode            *rows = root ? json_object_get_member (object, "rows") : NULL;

  if (!root || !wd_record_read_json (&wd_policy_type, policy, object, error))
    return NULL;
  if (policy->version == WD_INT_ABSENT || policy->callback_attempts == WD_INT_ABSENT || !policy->zone || !rows)
    {
      g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_MISSING, "policy: version, zone, callback_attempts and rows have to be there");
      return NULL;
    }
  for (guint i = 0; i < policy->rows->len; i++)
    {
      g_autoptr (WdPolicyRow) row = wd_policy_row_new ();

      if (!read_row (json_array_get_element (json_node_get_array (rows), i), row, error))
        {
          g_prefix_error (error, "policy, row %u: ", i + 1);
          return NULL;
        }
    }
  return g_steal_pointer (&policy);
}

GPtrArray *
wd_categories_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (GPtrArray) categories = wd_records_new (&wd_category_type);
  JsonObject           *object;
  g_autoptr (JsonNode)  root = parse_object (text, length, &object, error);
  JsonNode             *node = root ? json_object_get_member (object, "categories") : NULL;
  JsonArray            *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (!root)
    return NULL;
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode   *element = json_array_get_element (array, i);
      WdCategory *category = wd_category_new ();

      g_ptr_array_add (categories, category);
      if (!JSON_NODE_HOLDS_OBJECT (element) ||
          !wd_record_read_json (&wd_category_type, category, json_node_get_object (element), error) ||
          !category->code || !category->name)
        {
          if (error && !*error)
            g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_MISSING, "categories: each has a code and a name");
          return NULL;
        }
    }
  if (categories->len == 0)
    {
      g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_MISSING, "categories: there are none");
      return NULL;
    }
  return g_steal_pointer (&categories);
}
