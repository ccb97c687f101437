/* wd-area-read.c — the polygons of a GeoJSON file, which others made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-read.h"

#include "wd-json.h"
#include "wd-sketch.h"

#include <string.h>

#define FIELD "area"
#define BOM "\xef\xbb\xbf" /* as some programs begin a text */
#define MAX_FILE (8 * 1024 * 1024)

typedef struct
{
  GPtrArray  *rings;
  GArray     *starts;
  guint       corners;
  JsonNode   *crs; /* of the whole file */
  guint       skipped;
  const char *first_skipped; /* in words */
} Found;

/* In words, what is good GeoJSON and no polygon; NULL for all else. */
static const char *
find_other (JsonNode *node)
{
  /* clang-format off */
  static const struct { const char *type, *words; } others[] = {
    { "Point",              "there is no polygon in it: the first feature is a point" },
    { "MultiPoint",         "there is no polygon in it: the first feature is of points" },
    { "LineString",         "there is no polygon in it: the first feature is a line" },
    { "MultiLineString",    "there is no polygon in it: the first feature is of lines" },
    { "GeometryCollection", "there is no polygon in it: the first feature is a collection" },
  };
  /* clang-format on */
  JsonNode   *member = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "type") : NULL;
  const char *type = member != NULL && JSON_NODE_HOLDS_VALUE (member) ? json_node_get_string (member) : NULL;

  if (JSON_NODE_HOLDS_NULL (node))
    return "there is no polygon in it: the first feature has no place";
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_strcmp0 (type, others[i].type) == 0)
      return others[i].words;
  return NULL;
}

static void
skip (Found *found, const char *words)
{
  found->skipped++;
  if (found->first_skipped == NULL)
    found->first_skipped = words;
}

/* What a shape may have at most is told of all of it: the server takes them as one. */
static gboolean
add_rings (Found *found, GPtrArray *rings, GArray *starts, GError **error)
{
  for (guint i = 0; i < starts->len; i++)
    {
      guint start = g_array_index (starts, guint, i) + found->rings->len;

      g_array_append_val (found->starts, start);
    }
  for (guint i = 0; i < rings->len; i++)
    {
      found->corners += ((GArray *)rings->pdata[i])->len - 1;
      g_ptr_array_add (found->rings, g_array_ref (rings->pdata[i]));
    }
  if (found->corners <= WD_SKETCH_CORNERS)
    return TRUE;
  wd_rule_set_invalid (error, FIELD, "a shape has at most 10,000 vertices");
  return FALSE;
}

static gboolean
add_geometry (Found *found, JsonNode *node, GError **error)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = NULL;
  g_autofree char      *text = NULL;

  if (found->crs != NULL && JSON_NODE_HOLDS_OBJECT (node) && !json_object_has_member (json_node_get_object (node), "crs"))
    json_object_set_member (json_node_get_object (node), "crs", json_node_copy (found->crs));
  text = wd_geometry_from_json (FIELD, node, error);
  rings = text != NULL ? wd_geometry_rings (text, &starts, error) : NULL;
  return rings != NULL && add_rings (found, rings, starts, error);
}

static gboolean
add_node (Found *found, JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *features = object != NULL ? json_object_get_member (object, "features") : NULL;
  JsonArray  *list = features != NULL && JSON_NODE_HOLDS_ARRAY (features) ? json_node_get_array (features) : NULL;
  const char *other;

  if (object != NULL && json_object_has_member (object, "crs") && found->crs == NULL)
    found->crs = json_object_get_member (object, "crs");
  if (object != NULL && json_object_has_member (object, "geometry"))
    return add_node (found, json_object_get_member (object, "geometry"), error);
  other = list == NULL ? find_other (node) : NULL;
  if (other != NULL)
    skip (found, other);
  else if (list == NULL)
    return add_geometry (found, node, error);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (!add_node (found, json_array_get_element (list, i), error))
      return FALSE;
  return TRUE;
}

static void
set_too_large (GError **error)
{
  wd_rule_set_invalid (error, FIELD, "it is larger than 8 MB");
}

GPtrArray *
wd_area_read_geojson (const char *text, gsize length, GArray **starts, guint *skipped, GError **error)
{
  gsize                 mark = length >= strlen (BOM) && memcmp (text, BOM, strlen (BOM)) == 0 ? strlen (BOM) : 0;
  g_autoptr (JsonNode)  root = length <= MAX_FILE ? wd_json_parse (text + mark, (gssize)(length - mark), NULL) : NULL;
  g_autoptr (GPtrArray) rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (GArray)    first = g_array_new (FALSE, FALSE, sizeof (guint));
  Found                 found = { .rings = rings, .starts = first };

  if (length > MAX_FILE)
    set_too_large (error);
  else if (root == NULL)
    wd_rule_set_invalid (error, FIELD, "it is no JSON");
  if (root == NULL || !add_node (&found, root, error))
    return NULL;
  if (rings->len == 0)
    {
      wd_rule_set_invalid (error, FIELD, "%s", found.first_skipped != NULL ? found.first_skipped : "there is no polygon in it");
      return NULL;
    }
  *skipped = found.skipped;
  *starts = g_steal_pointer (&first);
  return g_steal_pointer (&rings);
}

GPtrArray *
wd_area_read_file (GFile *file, GArray **starts, guint *skipped, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, error);
  g_autofree char      *text = NULL;
  gsize                 length;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_FILE)
    {
      set_too_large (error);
      return NULL;
    }
  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    return NULL;
  return wd_area_read_geojson (text, length, starts, skipped, error);
}
