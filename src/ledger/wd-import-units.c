/* wd-import-units.c — units from a GeoJSON FeatureCollection
 *
 * Each feature is a `put-unit`: its properties are the members (`desk` a point),
 * its geometry the territory.  There are few of them, so all are one transaction;
 * a unit that stands there the same already is not touched.  Parents come before
 * their children, in whatever order the file has them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include "wd-json.h"

#include <string.h>

#define UNITS_MOST 2000

typedef struct
{
  WdImport  *import;
  GPtrArray *commands; /* WdCommand */
  GArray    *lines;    /* gint64: where each began in the file */
  GPtrArray *ordered;  /* WdCommand, parents first */
} Units;

/* ---- the file ---- */

/* `desk` as [lon,lat] or as a GeoJSON Point. */
static JsonNode *
dup_desk (JsonNode *desk)
{
  if (JSON_NODE_HOLDS_OBJECT (desk) && json_object_has_member (json_node_get_object (desk), "coordinates"))
    return json_object_dup_member (json_node_get_object (desk), "coordinates");
  return json_node_copy (desk);
}

static void
add_properties (JsonObject *object, JsonObject *properties)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init (&iter, properties);
  while (json_object_iter_next (&iter, &name, &value))
    if (!JSON_NODE_HOLDS_NULL (value))
      json_object_set_member (object, name, strcmp (name, "desk") == 0 ? dup_desk (value) : json_node_copy (value));
}

/* Why, and of a shape the place: whoever mends the file has to find it. */
static char *
reason_of (const GError *refusal)
{
  WdPoint at;
  char    lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE];

  if (!wd_rule_error_at (refusal, &at))
    return g_strdup (wd_rule_error_detail (refusal));
  return g_strdup_printf ("%s (at %s, %s)", wd_rule_error_detail (refusal),
                          g_ascii_formatd (lon, sizeof lon, "%.7f", at.lon), g_ascii_formatd (lat, sizeof lat, "%.7f", at.lat));
}

static WdCommand *
command_of (Units *units, JsonNode *node, guint place, gint64 line, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GError)     refusal = NULL;
  g_autofree char       *id = wd_uuid_v5 (units->import->id, "unit", place);
  g_autofree char       *field = NULL;
  JsonObject            *feature = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode              *properties = feature != NULL ? json_object_get_member (feature, "properties") : NULL;
  JsonNode              *geometry = feature != NULL ? json_object_get_member (feature, "geometry") : NULL;
  WdCommand             *command;

  if (properties == NULL || !JSON_NODE_HOLDS_OBJECT (properties))
    {
      wd_import_refuse (units->import, line, "properties", error, "this is no feature with properties");
      return NULL;
    }
  add_properties (object, json_node_get_object (properties));
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "do", wd_verb_info (WD_VERB_PUT_UNIT)->name);
  if (geometry != NULL && !JSON_NODE_HOLDS_NULL (geometry))
    json_object_set_member (object, "territory", json_node_copy (geometry));
  command = wd_command_from_json (object, &refusal);
  if (command == NULL)
    {
      g_autofree char *reason = reason_of (refusal);

      field = wd_rule_error_dup_field (refusal);
      wd_import_refuse (units->import, line, g_strcmp0 (field, "territory") == 0 ? "geometry" : field, error, reason);
    }
  return command;
}

static gboolean
read_units (Units *units, GError **error)
{
  g_auto (WdImportFeatures) features = { NULL };

  if (!wd_import_read_features (units->import, UNITS_MOST, "these are more units than a utility has", &features, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (features.list); i++)
    {
      gint64     line = wd_import_features_line (&features, i);
      WdCommand *command = command_of (units, json_array_get_element (features.list, i), i + 1, line, error);

      if (command == NULL)
        return FALSE;
      g_ptr_array_add (units->commands, command);
      g_array_append_val (units->lines, line);
    }
  return TRUE;
}

/* ---- parents first ---- */

static const char *
code_of (const WdCommand *command)
{
  return wd_members_text (command->members, "code");
}

static gboolean
order_units (Units *units, GError **error)
{
  g_autoptr (GHashTable) waiting = g_hash_table_new (g_str_hash, g_str_equal);
  guint                  before = G_MAXUINT;

  for (guint i = 0; i < units->commands->len; i++)
    if (!g_hash_table_add (waiting, (gpointer)code_of (units->commands->pdata[i])))
      return wd_import_refuse (units->import, g_array_index (units->lines, gint64, i), "code", error, "this code stands there twice");
  while (g_hash_table_size (waiting) > 0 && g_hash_table_size (waiting) < before)
    {
      before = g_hash_table_size (waiting);
      for (guint i = 0; i < units->commands->len; i++)
        {
          WdCommand  *command = units->commands->pdata[i];
          const char *parent = wd_members_text (command->members, "parent");

          if (g_hash_table_contains (waiting, code_of (command)) && (parent == NULL || !g_hash_table_contains (waiting, parent)))
            {
              g_hash_table_remove (waiting, code_of (command));
              g_ptr_array_add (units->ordered, command);
            }
        }
    }
  for (guint i = 0; i < units->commands->len; i++)
    if (g_hash_table_contains (waiting, code_of (units->commands->pdata[i])))
      return wd_import_refuse (units->import, g_array_index (units->lines, gint64, i), "parent", error, "these units are parents of each other");
  return TRUE;
}

/* ---- on the ledger's thread ---- */

static void
refuse_command (Units *units, const WdCommand *command, const GError *refusal, GError **error)
{
  g_autofree char *field = wd_rule_error_dup_field (refusal);
  guint            place = 0;

  g_ptr_array_find (units->commands, command, &place);
  wd_import_refuse (units->import, g_array_index (units->lines, gint64, place), field, error, wd_rule_error_detail (refusal));
}

static gboolean
is_same (const WdUnit *unit, const WdEvent *event)
{
  g_autoptr (WdUnit) after = NULL;

  if (unit == NULL)
    return FALSE;
  after = wd_apply (wd_unit_copy (unit), event, NULL);
  after->version = unit->version;
  return wd_record_equal (&wd_unit_type, unit, after);
}

static gboolean
put_unit (Units *units, WdWriting *writing, const WdCommand *command, guint *changed, GError **error)
{
  g_autoptr (WdActor)   server = wd_actor_new (NULL, NULL, WD_ROLE_NONE, NULL);
  const WdWorld        *world = &writing->outlook.world;
  g_autoptr (GError)    refusal = NULL;
  g_autoptr (GPtrArray) events = wd_writing_decide (writing, server, command, &refusal);

  if (events == NULL)
    {
      if (refusal->domain == WD_RULE_ERROR)
        refuse_command (units, command, refusal, error);
      else
        g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  if (is_same (world->find (world->data, WD_OBJECT_UNIT, code_of (command)), events->pdata[0]))
    return TRUE;
  (*changed)++;
  return wd_writing_add (writing, events->pdata[0], error);
}

static gboolean
put_units (WdWriting *writing, gpointer data, guint *changed, GError **error)
{
  Units *units = data;

  for (guint i = 0; i < units->ordered->len; i++)
    if (!put_unit (units, writing, units->ordered->pdata[i], changed, error))
      return FALSE;
  return TRUE;
}

gboolean
wd_import_units (WdImport *import, WdImported *done, GError **error)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  g_autoptr (GPtrArray) ordered = g_ptr_array_new ();
  g_autoptr (GArray)    lines = g_array_new (FALSE, FALSE, sizeof (gint64));
  Units                 units = { import, commands, lines, ordered };

  return read_units (&units, error) && order_units (&units, error) && wd_import_put (import, "units", commands->len, put_units, &units, done, error);
}
