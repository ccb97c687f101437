/* test-area-read.c — GeoJSON files of others: what is taken, and what is said of the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-read.h"

#include "wd-json.h"

#include <math.h>

#define SQUARE "[[[120.2,30.2],[120.3,30.2],[120.3,30.3],[120.2,30.2]]]"
#define POLYGON "{\"type\":\"Polygon\",\"coordinates\":" SQUARE "}"
#define FEATURE(geometry) "{\"type\":\"Feature\",\"properties\":{},\"geometry\":" geometry "}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

/* How many parts there are. */
static guint
take (const char *text, guint skipped)
{
  guint                 left_out = 0;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_area_read_geojson (text, strlen (text), &starts, &left_out, &error);

  g_assert_no_error (error);
  g_assert_nonnull (rings);
  g_assert_cmpuint (rings->len, ==, starts->len);
  g_assert_cmpuint (left_out, ==, skipped);
  return starts->len;
}

static void
refuse (const char *text, const char *detail)
{
  guint                 left_out = 0;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_area_read_geojson (text, strlen (text), &starts, &left_out, &error);

  g_assert_null (rings);
  g_assert_null (starts);
  g_assert_error (error, WD_RULE_ERROR, WD_RULE_ERROR_INVALID);
  g_assert_cmpstr (wd_rule_error_detail (error), ==, detail);
}

static void
test_geometry_feature_and_collection (void)
{
  g_assert_cmpuint (take (POLYGON, 0), ==, 1);
  g_assert_cmpuint (take (FEATURE (POLYGON), 0), ==, 1);
  g_assert_cmpuint (take (COLLECTION (FEATURE (POLYGON) "," FEATURE (POLYGON)), 0), ==, 2);
  refuse (COLLECTION (""), "there is no polygon in it");
  refuse ("{", "it is no JSON");
}

#define LINE "{\"type\":\"LineString\",\"coordinates\":[[120.2,30.2],[120.3,30.2]]}"

/* What others keep beside an area in one file does not hinder it. */
static void
test_what_is_no_polygon_is_left_out (void)
{
  g_assert_cmpuint (take ("\xef\xbb\xbf" POLYGON, 0), ==, 1);
  g_assert_cmpuint (take (COLLECTION (FEATURE ("null") "," FEATURE (POLYGON) "," FEATURE (LINE)), 2), ==, 1);
  refuse (COLLECTION (FEATURE (LINE) "," FEATURE ("null")), "there is no polygon in it: the first feature is a line");
  refuse (COLLECTION (FEATURE ("null")), "there is no polygon in it: the first feature has no place");
  refuse (LINE, "there is no polygon in it: the first feature is a line");
  refuse (COLLECTION (FEATURE (POLYGON) "," FEATURE ("{\"type\":\"Circle\"}")), "this is no GeoJSON Polygon or MultiPolygon");
}

/* A ring of so many corners around a place. */
static char *
make_ring (double lon, guint n)
{
  GString *text = g_string_new ("{\"type\":\"Polygon\",\"coordinates\":[[");

  for (guint i = 0; i <= n; i++)
    {
      double angle = (i % n) * 2 * G_PI / n;
      char   x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s[%s,%s]", i > 0 ? "," : "", g_ascii_formatd (x, sizeof x, "%.9f", lon + 0.1 * cos (angle)),
                              g_ascii_formatd (y, sizeof y, "%.9f", 30 + 0.1 * sin (angle)));
    }
  g_string_append (text, "]]}");
  return g_string_free (text, FALSE);
}

/* The server counts the corners of all rings together. */
static void
test_corners_are_counted_in_all (void)
{
  g_autofree char *one = make_ring (120, 6000), *other = make_ring (121, 6000), *smaller = make_ring (121, 4000);
  g_autofree char *both = g_strdup_printf (COLLECTION (FEATURE ("%s") "," FEATURE ("%s")), one, other);
  g_autofree char *fit = g_strdup_printf (COLLECTION (FEATURE ("%s") "," FEATURE ("%s")), one, smaller);

  refuse (both, "a shape has at most 10,000 vertices");
  g_assert_cmpuint (take (fit, 0), ==, 2);
}

/* The size is asked before anything is read: a file of 2 GiB that nobody could hold in memory costs nothing. */
static void
test_large_file_is_not_read (void)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError)        error = NULL;
  g_autoptr (GArray)        starts = NULL;
  g_autoptr (GFile)         file = g_file_new_tmp ("waterdesk-XXXXXX.geojson", &stream, &error);
  guint                     left_out = 0;

  g_assert_no_error (error);
  g_assert_true (g_seekable_truncate (G_SEEKABLE (stream), G_GINT64_CONSTANT (2) << 30, NULL, NULL));
  g_assert_null (wd_area_read_file (file, &starts, &left_out, &error));
  g_assert_error (error, WD_RULE_ERROR, WD_RULE_ERROR_INVALID);
  g_assert_cmpstr (wd_rule_error_detail (error), ==, "it is larger than 8 MB");
  g_clear_error (&error);

  g_assert_true (g_file_replace_contents (file, POLYGON, strlen (POLYGON), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
  g_ptr_array_unref (wd_area_read_file (file, &starts, &left_out, &error));
  g_assert_no_error (error);
  g_file_delete (file, NULL, NULL);
  g_assert_null (wd_area_read_file (file, &starts, &left_out, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/area-read/geometry-feature-and-collection", test_geometry_feature_and_collection);
  g_test_add_func ("/area-read/what-is-no-polygon-is-left-out", test_what_is_no_polygon_is_left_out);
  g_test_add_func ("/area-read/corners-are-counted-in-all", test_corners_are_counted_in_all);
  g_test_add_func ("/area-read/large-file-is-not-read", test_large_file_is_not_read);
  return g_test_run ();
}
