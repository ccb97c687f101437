/* wd-import-streets.c — streets as lines, from a GeoJSON FeatureCollection
 *
 * Each feature is a street's line or lines with its name.  The file takes the place of all
 * streets that were there, as one transaction; where it has the same, nothing is touched.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include "wd-json.h"
#include "wd-streets.h"

#define NAME_MOST 100
#define TOO_MANY "these are more than 50,000 lines"

typedef struct
{
  WdImport  *import;
  WdStreets *streets;
} Work;

/* ---- the file ---- */

static const char *
name_of (JsonObject *feature)
{
  JsonNode   *properties = json_object_get_member (feature, "properties");
  JsonNode   *name = properties != NULL && JSON_NODE_HOLDS_OBJECT (properties) ? json_object_get_member (json_node_get_object (properties), "name") : NULL;
  const char *text = name != NULL && JSON_NODE_HOLDS_VALUE (name) ? json_node_get_string (name) : NULL;

  return text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= NAME_MOST ? text : NULL;
}

static gboolean
take_feature (Work *work, JsonNode *node, gint64 line, GError **error)
{
  JsonObject           *feature = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char           *name = feature != NULL ? name_of (feature) : NULL;
  JsonNode             *geometry = feature != NULL ? json_object_get_member (feature, "geometry") : NULL;
  g_autoptr (GError)    wrong = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (name == NULL)
    return wd_import_refuse (work->import, line, "name", error, "a street has a name of 1 to 100 characters");
  if (geometry == NULL)
    return wd_import_refuse (work->import, line, "geometry", error, "this is no GeoJSON LineString or MultiLineString");
  if (!wd_geometry_is_wgs84 (geometry))
    return wd_import_refuse (work->import, line, "geometry", error, WD_GEOMETRY_OTHER_CRS);
  lines = wd_geometry_lines_of_node (geometry, &wrong);
  if (lines == NULL)
    return wd_import_refuse (work->import, line, "geometry", error, wrong->message);
  if (wd_streets_count (work->streets) + lines->len > WD_STREETS_MOST)
    return wd_import_refuse (work->import, line, "geometry", error, TOO_MANY);
  for (guint i = 0; i < lines->len; i++)
    {
      const GArray *points = lines->pdata[i];

      wd_streets_add (work->streets, name, (const WdPoint *)(gconstpointer)points->data, points->len);
    }
  return TRUE;
}

static gboolean
read_streets (Work *work, GError **error)
{
  g_auto (WdImportFeatures) features = { NULL };

  if (!wd_import_read_features (work->import, WD_STREETS_MOST, TOO_MANY, &features, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (features.list); i++)
    if (!take_feature (work, json_array_get_element (features.list, i), wd_import_features_line (&features, i), error))
      return FALSE;
  return TRUE;
}

/* ---- on the ledger's thread ---- */

static gboolean
put_streets (WdWriting *writing, gpointer streets, guint *changed, GError **error)
{
  return wd_streets_put (writing->ledger->store, streets, changed, error);
}

gboolean
wd_import_streets (WdImport *import, WdImported *done, GError **error)
{
  g_autoptr (WdStreets) streets = wd_streets_new ();
  Work                  work = { import, streets };

  return read_streets (&work, error) && wd_import_put (import, "streets", wd_streets_count (streets), put_streets, streets, done, error);
}
