/* wd-geojson.c — Polygon, MultiPolygon and lines of RFC 7946, read strictly
 *
 * Checks what a shape is made of: positions on the earth, closed rings of at least
 * four positions, at most WD_GEOMETRY_VERTICES corners.  What stands in the store was checked when it came;
 * what comes in is also checked for crossings and the like (wd-shape.h).
 * An error names the place: “polygon 1, ring 2, position 7: …”, counted from 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-geojson.h"

#include "wd-shape.h"

#include <math.h>

typedef struct
{
  GPtrArray *rings;
  GArray    *starts;
  guint      corners;
  guint      line; /* where we are, from 1; 0 = not there */
  guint      polygon;
  guint      ring;
  guint      position;
  WdPoint    at; /* the position that was read last, also where it is wrong but made of numbers; of a fault its place */
} Shape;

static gboolean
fail (const Shape *shape, GError **error, const char *fault)
{
  g_autoptr (GString) place = g_string_new (NULL);

  if (shape->line > 0)
    g_string_append_printf (place, "line %u", shape->line);
  if (shape->polygon > 0)
    g_string_append_printf (place, "polygon %u", shape->polygon);
  if (shape->ring > 0)
    g_string_append_printf (place, ", ring %u", shape->ring);
  if (shape->position > 0)
    g_string_append_printf (place, ", position %u", shape->position);
  if (place->len > 0)
    g_string_append (place, ": ");
  g_set_error (error, WD_JSON_ERROR, WD_JSON_ERROR_WRONG, "%s%s", place->str, fault);
  return FALSE;
}

static gboolean
read_number (JsonArray *position, guint index, double limit, double *value)
{
  JsonNode *node = json_array_get_element (position, index);
  GType     type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *value = json_node_get_double (node);
  return *value >= -limit && *value <= limit;
}

/* Other people's latitude, longitude. */
static gboolean
is_turned (JsonArray *position)
{
  double lat, lon;

  return read_number (position, 0, 90, &lat) && read_number (position, 1, 180, &lon);
}

/* A third number, the height, is allowed and left aside. */
static gboolean
read_position (Shape *shape, JsonNode *node, WdPoint *point, GError **error)
{
  JsonArray *position = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint      n = position ? json_array_get_length (position) : 0;
  double     height;

  shape->at.lon = NAN;
  if (n < 2 || n > 3 || !read_number (position, 0, G_MAXDOUBLE, &point->lon) || !read_number (position, 1, G_MAXDOUBLE, &point->lat) ||
      (n == 3 && !read_number (position, 2, G_MAXDOUBLE, &height)))
    return fail (shape, error, "a position is [longitude, latitude]");
  shape->at = *point;
  if (fabs (point->lon) > 180 || fabs (point->lat) > 90)
    return fail (shape, error, is_turned (position) ? "this is not on the earth: longitude comes first, then latitude" : "this is not on the earth");
  return TRUE;
}

/* The positions of one ring or line; (transfer none) */
static GArray *
read_positions (Shape *shape, JsonArray *positions, GError **error)
{
  guint   n = json_array_get_length (positions);
  GArray *points = g_array_sized_new (FALSE, FALSE, sizeof (WdPoint), n);

  g_array_set_size (points, n);
  g_ptr_array_add (shape->rings, points);
  for (guint i = 0; i < n; i++)
    {
      shape->position = i + 1;
      if (!read_position (shape, json_array_get_element (positions, i), &g_array_index (points, WdPoint, i), error))
        return NULL;
    }
  return points;
}

static gboolean
read_ring (Shape *shape, JsonNode *node, GError **error)
{
  JsonArray     *positions = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint          n = positions ? json_array_get_length (positions) : 0;
  GArray        *ring;
  const WdPoint *points;

  shape->position = 0;
  shape->at.lon = NAN;
  if (n == 0)
    return fail (shape, error, "a ring is a list of positions");
  shape->corners += n - 1;
  if (shape->corners > WD_GEOMETRY_VERTICES)
    return fail (shape, error, "a shape has at most 10,000 vertices");
  ring = read_positions (shape, positions, error);
  if (!ring)
    return FALSE;
  if (n < 4)
    return fail (shape, error, "a ring has at least four positions, the last one as the first");
  points = (const WdPoint *)(gconstpointer)ring->data;
  if (points[0].lon != points[n - 1].lon || points[0].lat != points[n - 1].lat)
    return fail (shape, error, "a ring ends where it began");
  return TRUE;
}

static gboolean
read_polygon (Shape *shape, JsonNode *node, GError **error)
{
  JsonArray *rings = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint      n = rings ? json_array_get_length (rings) : 0;

  shape->ring = shape->position = 0;
  shape->polygon++;
  if (n == 0)
    return fail (shape, error, "a polygon is a list of rings");
  g_array_append_val (shape->starts, shape->rings->len);
  for (guint i = 0; i < n; i++)
    {
      shape->ring = i + 1;
      if (!read_ring (shape, json_array_get_element (rings, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_multipolygon (Shape *shape, JsonNode *node, GError **error)
{
  JsonArray *polygons = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint      n = polygons ? json_array_get_length (polygons) : 0;

  if (n == 0)
    return fail (shape, error, "a MultiPolygon is a list of polygons");
  for (guint i = 0; i < n; i++)
    if (!read_polygon (shape, json_array_get_element (polygons, i), error))
      return FALSE;
  return TRUE;
}

static const char *
geometry_type (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "type");

  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
read_geometry (Shape *shape, JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = object ? geometry_type (object) : NULL;
  JsonNode   *coordinates = object ? json_object_get_member (object, "coordinates") : NULL;

  if (coordinates && g_strcmp0 (type, "Polygon") == 0)
    return read_polygon (shape, coordinates, error);
  if (coordinates && g_strcmp0 (type, "MultiPolygon") == 0)
    return read_multipolygon (shape, coordinates, error);
  return fail (shape, error, "this is no GeoJSON Polygon or MultiPolygon");
}

GPtrArray *
wd_geometry_rings_of_node (JsonNode *node, GArray **starts, WdPoint *at, GError **error)
{
  g_autoptr (GPtrArray) rings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (GArray)    first = g_array_new (FALSE, FALSE, sizeof (guint));
  Shape                 shape = { .rings = rings, .starts = first, .at = { NAN, 0 } };

  if (!read_geometry (&shape, node, error))
    {
      if (at)
        *at = shape.at;
      return NULL;
    }
  if (starts)
    *starts = g_steal_pointer (&first);
  return g_steal_pointer (&rings);
}

GPtrArray *
wd_geometry_rings (const char *geojson, GArray **starts, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (geojson, -1, error);

  return root ? wd_geometry_rings_of_node (root, starts, NULL, error) : NULL;
}

static gboolean
read_line (Shape *shape, JsonNode *node, GError **error)
{
  JsonArray *positions = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint      n = positions ? json_array_get_length (positions) : 0;

  shape->position = 0;
  shape->line++;
  if (n < 2)
    return fail (shape, error, "a line has at least two positions");
  shape->corners += n;
  if (shape->corners > WD_GEOMETRY_VERTICES)
    return fail (shape, error, "a shape has at most 10,000 vertices");
  return read_positions (shape, positions, error) != NULL;
}

static gboolean
read_lines (Shape *shape, JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = object ? geometry_type (object) : NULL;
  JsonNode   *coordinates = object ? json_object_get_member (object, "coordinates") : NULL;
  JsonArray  *lines;

  if (g_strcmp0 (type, "LineString") == 0)
    return read_line (shape, coordinates, error);
  if (g_strcmp0 (type, "MultiLineString") != 0)
    return fail (shape, error, "this is no GeoJSON LineString or MultiLineString");
  lines = coordinates && JSON_NODE_HOLDS_ARRAY (coordinates) ? json_node_get_array (coordinates) : NULL;
  if (!lines || json_array_get_length (lines) == 0)
    return fail (shape, error, "a MultiLineString is a list of lines");
  for (guint i = 0; i < json_array_get_length (lines); i++)
    if (!read_line (shape, json_array_get_element (lines, i), error))
      return FALSE;
  return TRUE;
}

GPtrArray *
wd_geometry_lines_of_node (JsonNode *node, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  Shape                 shape = { .rings = lines, .at = { NAN, 0 } };

  return read_lines (&shape, node, error) ? g_steal_pointer (&lines) : NULL;
}

/* {"type":"name","properties":{"name":…}}, or the name alone as some write it. */
static const char *
crs_name (JsonNode *crs)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (crs) ? json_node_get_object (crs) : NULL;
  JsonNode   *properties = object ? json_object_get_member (object, "properties") : NULL;
  JsonNode   *name = crs;

  if (object)
    name = properties && JSON_NODE_HOLDS_OBJECT (properties) ? json_object_get_member (json_node_get_object (properties), "name") : NULL;
  return name && JSON_NODE_HOLDS_VALUE (name) ? json_node_get_string (name) : NULL;
}

gboolean
wd_geometry_is_wgs84 (JsonNode *node)
{
  static const char *const ours[] = {
    "CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "http://www.opengis.net/def/crs/EPSG/0/4326"
  };
  JsonNode   *crs = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "crs") : NULL;
  const char *name;

  if (!crs || JSON_NODE_HOLDS_NULL (crs))
    return TRUE;
  name = crs_name (crs);
  for (guint i = 0; name && i < G_N_ELEMENTS (ours); i++)
    if (g_ascii_strcasecmp (name, ours[i]) == 0)
      return TRUE;
  return FALSE;
}

GPtrArray *
wd_geometry_check_node (JsonNode *node, GArray **starts, WdPoint *at, GError **error)
{
  g_autoptr (GArray)    first = NULL;
  g_autoptr (GPtrArray) rings = NULL;
  const char           *fault = NULL;

  at->lon = NAN;
  if (!wd_geometry_is_wgs84 (node))
    fault = WD_GEOMETRY_OTHER_CRS;
  else if (!(rings = wd_geometry_rings_of_node (node, &first, at, error)))
    return NULL;
  if (!fault)
    fault = wd_shape_fault (rings, first, at);
  if (fault)
    {
      g_set_error_literal (error, WD_JSON_ERROR, WD_JSON_ERROR_WRONG, fault);
      return NULL;
    }
  if (starts)
    *starts = g_steal_pointer (&first);
  return g_steal_pointer (&rings);
}

char *
wd_geometry_to_text (JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);
  GString    *text = g_string_new ("{\"type\":");

  wd_json_append_text (text, geometry_type (object));
  g_string_append (text, ",\"coordinates\":");
  wd_json_append_node (text, json_object_get_member (object, "coordinates"));
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

char *
wd_geometry_from_json (const char *field, JsonNode *node, GError **error)
{
  g_autoptr (GError)    fault = NULL;
  WdPoint               at;
  g_autoptr (GPtrArray) rings = wd_geometry_check_node (node, NULL, &at, &fault);

  if (rings)
    return wd_geometry_to_text (node);
  wd_rule_set_invalid_at (error, field, &at, fault->message);
  return NULL;
}
