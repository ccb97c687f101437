/* test-geojson.c — shapes and policies as they come from files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-house.h"
#include "wd-member-json.h"
#include "wd-policy.h"

#include <math.h>
#include <string.h>

#define RING "[[0,0],[4,0],[4,4],[0,4],[0,0]]"
#define HOLE "[[1,1],[1,2],[2,2],[1,1]]"

/* clang-format off */
static const struct { const char *text; guint rings; guint polygons; } shapes[] = {
  { "{\"type\":\"Polygon\",\"coordinates\":[" RING "]}",                               1, 1 },
  { "{\"type\":\"Polygon\",\"coordinates\":[" RING "," HOLE "]}",                      2, 1 },
  { "{\"type\":\"MultiPolygon\",\"coordinates\":[[" RING "," HOLE "],[" RING "]]}",    3, 2 },
  { "{\"coordinates\":[[[0,0,9],[1,0,9.5],[1,1,9],[0,0,9]]],\"type\":\"Polygon\",\"bbox\":[0,0,1,1]}", 1, 1 },
};
static const struct { const char *text; const char *place; } broken[] = {
  { "[]",                                                                     "no GeoJSON" },
  { "{\"type\":\"Polygon\"}",                                                 "no GeoJSON" },
  { "{\"type\":[],\"coordinates\":[]}",                                       "no GeoJSON" },
  { "{\"type\":\"Point\",\"coordinates\":[1,2]}",                             "no GeoJSON" },
  { "{\"type\":\"Polygon\",\"coordinates\":[]}",                              "polygon 1: " },
  { "{\"type\":\"Polygon\",\"coordinates\":null}",                            "polygon 1: " },
  { "{\"type\":\"Polygon\",\"coordinates\":[[]]}",                            "polygon 1, ring 1: " },
  { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}",           "polygon 1, ring 1, position 3: " },
  { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}",     "polygon 1, ring 1, position 4: " },
  { "{\"type\":\"Polygon\",\"coordinates\":[" RING ",[[0,0],[1,0],[1,181],[0,0]]]}", "polygon 1, ring 2, position 3: " },
  { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1],[1,1],[0,0]]]}",       "polygon 1, ring 1, position 2: " },
  { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,\"0\"],[1,1],[0,0]]]}", "polygon 1, ring 1, position 2: " },
  { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[-180.1,0],[1,1],[0,0]]]}", "polygon 1, ring 1, position 2: " },
  { "{\"type\":\"MultiPolygon\",\"coordinates\":[]}",                         "" },
  { "{\"type\":\"MultiPolygon\",\"coordinates\":[[" RING "],[[[0,0]]]]}",     "polygon 2, ring 1, position 1: " },
  { "{\"type\":\"MultiPolygon\",\"coordinates\":[" RING "]}",                 "polygon 1, ring 1, position 1: " },
};
/* clang-format on */

static void
test_shapes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (GArray)    starts = NULL;
      g_autoptr (GPtrArray) rings = wd_geometry_rings (shapes[i].text, &starts, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (rings->len, ==, shapes[i].rings);
      g_assert_cmpuint (starts->len, ==, shapes[i].polygons);
      g_assert_cmpuint (g_array_index (starts, guint, 0), ==, 0);
      for (guint j = 0; j < rings->len; j++)
        {
          GArray *ring = rings->pdata[j];

          g_assert_cmpfloat (g_array_index (ring, WdPoint, 0).lat, ==, g_array_index (ring, WdPoint, ring->len - 1).lat);
        }
    }
}

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;

      if (wd_geometry_rings (broken[i].text, NULL, &error))
        g_error ("taken: %s", broken[i].text);
      g_assert_error (error, WD_JSON_ERROR, WD_JSON_ERROR_WRONG);
      if (!strstr (error->message, broken[i].place))
        g_error ("%s: %s", broken[i].text, error->message);
    }
}

/* Through the door of a command: what is wrong, and where. */
static void
test_checked (void)
{
  /* clang-format off */
  static const struct
  {
    const char *geometry;
    const char *words; /* NULL: good */
    double      lon, lat;
  } cases[] = {
    { "{\"type\":\"Polygon\",\"coordinates\":[" RING "]}", NULL, 0, 0 },
    { "{\"type\":\"Polygon\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"coordinates\":[" RING "]}", NULL, 0, 0 },
    { "{\"type\":\"Polygon\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:4490000\"}},\"coordinates\":[" RING "]}", "crs", NAN, 0 },
    { "{\"type\":\"Polygon\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:3857\",\"was\":\"EPSG:4326\"}},\"coordinates\":[" RING "]}", "crs", NAN, 0 },
    { "{\"type\":\"Polygon\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4326\"}},\"coordinates\":[" RING "]}", NULL, 0, 0 },
    { "{\"type\":\"Polygon\",\"crs\":\"epsg:4326\",\"coordinates\":[" RING "]}", NULL, 0, 0 },
    { "{\"type\":\"Polygon\",\"crs\":null,\"coordinates\":[" RING "]}", NULL, 0, 0 },
    { "{\"type\":\"Polygon\",\"crs\":{},\"coordinates\":[" RING "]}", "crs", NAN, 0 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}", "crosses itself", 1, 1 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}", "ends where it began", 0, 1 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[]]}", "list of positions", NAN, 0 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[[30,120],[31,120],[31,121],[30,120]]]}", "longitude comes first", 30, 120 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,300],[0,0]]]}", "not on the earth", 1, 300 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,\"1\"],[0,0]]]}", "[longitude, latitude]", NAN, 0 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0,\"high\"],[1,1],[0,0]]]}", "[longitude, latitude]", NAN, 0 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0,null],[1,1],[0,0]]]}", "[longitude, latitude]", NAN, 0 },
    { "{\"type\":\"Polygon\",\"coordinates\":[[[179,0],[-179,0],[-179,1],[179,1],[179,0]]]}", "180th meridian", -179, 0 },
  };
  /* clang-format on */
  const WdMember *area = wd_verb_member (wd_verb_info (WD_VERB_PUT_UNIT), "territory");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = wd_json_parse (cases[i].geometry, -1, NULL);
      g_autoptr (GError)   error = NULL;
      g_autoptr (GVariant) value = wd_member_read_json (area, node, &error);
      g_autofree char     *field = NULL;
      WdPoint              at = { NAN, 0 };

      if (cases[i].words == NULL)
        {
          g_assert_no_error (error);
          g_variant_ref_sink (value);
          continue;
        }
      g_assert_null (value);
      field = wd_rule_error_dup_field (error);
      g_assert_cmpstr (field, ==, "territory");
      g_assert_nonnull (strstr (wd_rule_error_detail (error), cases[i].words));
      g_assert_cmpint (wd_rule_error_at (error, &at), ==, !isnan (cases[i].lon));
      if (!isnan (cases[i].lon))
        {
          g_assert_cmpfloat (at.lon, ==, cases[i].lon);
          g_assert_cmpfloat (at.lat, ==, cases[i].lat);
        }
    }
}

/* Rings of @size corners each, @count of them. */
static char *
polygon_of (guint size, guint count)
{
  GString *text = g_string_new ("{\"type\":\"Polygon\",\"coordinates\":[");

  for (guint i = 0; i < count; i++)
    {
      g_string_append (text, i > 0 ? ",[" : "[");
      for (guint j = 0; j < size; j++)
        g_string_append_printf (text, "[%u.5,%u],", j % 100, j % 90);
      g_string_append (text, "[0.5,0]]");
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static void
test_vertices (void)
{
  static const struct
  {
    guint    size, count;
    gboolean ok;
  } cases[] = { { 10000, 1, TRUE }, { 10001, 1, FALSE }, { 5000, 2, TRUE }, { 5001, 2, FALSE }, { 4, 2500, TRUE }, { 4, 2501, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char      *text = polygon_of (cases[i].size, cases[i].count);
      g_autoptr (GPtrArray) rings = wd_geometry_rings (text, NULL, NULL);

      g_assert_cmpint (rings != NULL, ==, cases[i].ok);
    }
}

#define POLICY "\"version\":1,\"effective\":\"2026-01-01T00:00:00Z\",\"zone\":\"Asia/Shanghai\",\"crew_margin\":\"PT10M\",\"platform_margin\":\"PT2H\",\"callback_attempts\":3"
#define ROW "\"rule\":\"accept\",\"clause\":\"R20\",\"starts\":[\"dispatch\"],\"stops\":[\"accept\"],\"limit\":\"PT3M\""

static void
test_policy (void)
{
  static const char *const wrong[] = {
    "{" POLICY "}",
    "{\"rows\":[]}",
    "{" POLICY ",\"rows\":[{" ROW ",\"colour\":1}]}",
    "{" POLICY ",\"rows\":[{\"rule\":\"lunch\",\"clause\":\"R20\",\"starts\":[\"dispatch\"]}]}",
    "{" POLICY ",\"rows\":[{\"rule\":\"accept\",\"starts\":[\"dispatch\"]}]}",
    "{" POLICY ",\"rows\":[{" ROW ",\"soft\":\"no\"}]}",
    "[]",
  };
  g_autoptr (GError)   error = NULL;
  g_autoptr (WdPolicy) policy = wd_policy_from_json ("{" POLICY ",\"rows\":[{" ROW "}],\"note\":\"ours\"}", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (policy->crew_margin, ==, 600000);
  g_assert_cmpint (wd_policy_find (policy, "accept")->limit, ==, 180000);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (wd_policy_from_json (wrong[i], -1, NULL));
}

static void
test_categories (void)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) categories = wd_categories_from_json ("{\"categories\":[{\"code\":\"leak\",\"name\":\"漏水\",\"needs_site\":true,\"unit_kind\":\"supply\"}]}", -1, &error);
  const WdCategory     *leak;

  g_assert_no_error (error);
  g_assert_cmpuint (categories->len, ==, 1);
  leak = categories->pdata[0];
  g_assert_true (leak->needs_site);
  g_assert_cmpint (leak->unit_kind, ==, WD_UNIT_KIND_SUPPLY);
  g_assert_null (wd_categories_from_json ("{\"categories\":[]}", -1, NULL));
  g_assert_null (wd_categories_from_json ("{\"categories\":[{\"code\":\"leak\"}]}", -1, NULL));
  g_assert_null (wd_categories_from_json ("{\"categories\":[7]}", -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geojson/rings are read with their holes", test_shapes);
  g_test_add_func ("/geojson/a broken shape is refused with the place", test_broken);
  g_test_add_func ("/geojson/checked", test_checked);
  g_test_add_func ("/geojson/a shape has 10,000 vertices at most", test_vertices);
  g_test_add_func ("/geojson/a policy is read strictly", test_policy);
  g_test_add_func ("/geojson/categories are read", test_categories);
  return g_test_run ();
}
