/* test-mbtiles.c — map files as they come: good, old, damaged and hostile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-mbtiles.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define PNG "89504e470d0a1a0a"
#define TABLES "CREATE TABLE metadata (name TEXT, value TEXT);" \
               "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);"
#define ONE_TILE "INSERT INTO tiles VALUES (12, 3423, 2332, x'" PNG "01');"

typedef struct
{
  char *dir;
  char *path;
} Folder;

static void
set_up (Folder       *f,
        gconstpointer data)
{
  f->dir = g_dir_make_tmp ("mbtiles-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "map.mbtiles", NULL);
}

static void
tear_down (Folder       *f,
           gconstpointer data)
{
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->dir), ==, 0);
  g_free (f->path);
  g_free (f->dir);
}

static void
make (Folder     *f,
      const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
assert_tile (WdMbtiles  *map,
             int         zoom,
             int         x,
             int         y,
             const char *type,
             guint8      last)
{
  const char        *found_type = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) tile = wd_mbtiles_read (map, zoom, x, y, &found_type, &error);
  const guint8      *data;
  gsize              size;

  g_assert_no_error (error);
  g_assert_nonnull (tile);
  data = g_bytes_get_data (tile, &size);
  g_assert_cmpstr (found_type, ==, type);
  g_assert_cmphex (data[size - 1], ==, last);
}

static void
assert_no_tile (WdMbtiles *map,
                int        zoom,
                int        x,
                int        y)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) tile = wd_mbtiles_read (map, zoom, x, y, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (tile);
}

static void
test_rows_from_the_north (Folder       *f,
                          gconstpointer data)
{
  g_autoptr (WdMbtiles) map = NULL;
  g_autoptr (GError)    error = NULL;

  make (f, TABLES "INSERT INTO tiles VALUES (1, 0, 0, x'" PNG "0a'), (1, 0, 1, x'" PNG "0b'), (1, 1, 1, x'ffd8ff0c'), (1, 1, 0, x'');");
  map = wd_mbtiles_open (f->path, &error);
  g_assert_no_error (error);
  assert_tile (map, 1, 0, 1, "image/png", 0x0a); /* the southern one */
  assert_tile (map, 1, 0, 0, "image/png", 0x0b);
  assert_tile (map, 1, 1, 0, "image/jpeg", 0x0c);
  assert_no_tile (map, 1, 1, 1); /* empty */
  assert_no_tile (map, 2, 0, 0);
}

static void
test_places_off_the_world (Folder       *f,
                           gconstpointer data)
{
  static const int      outside[][3] = { { -1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, -1, 0 }, { 0, 0, -1 }, { 25, 0, 0 }, { 31, 0, 0 }, { G_MAXINT, 0, 0 }, { 12, G_MAXINT, G_MININT } };
  g_autoptr (WdMbtiles) map = NULL;

  make (f, TABLES "INSERT INTO tiles VALUES (0, 0, 0, x'" PNG "00'), (0, 1, 0, x'" PNG "00'), (0, 0, 1, x'" PNG "00'), (-1, 0, 0, x'" PNG "00');");
  map = wd_mbtiles_open (f->path, NULL);
  assert_tile (map, 0, 0, 0, "image/png", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    assert_no_tile (map, outside[i][0], outside[i][1], outside[i][2]);
}

static void
test_metadata (Folder       *f,
               gconstpointer data)
{
  g_autoptr (WdMbtiles) map = NULL;
  const WdMbtilesInfo  *info;

  make (f, TABLES ONE_TILE
        "INSERT INTO metadata VALUES ('name', '城区'), ('format', 'png'), ('bounds', '120.1, 30.1 ,120.3,30.3'),"
        "('minzoom', '10'), ('maxzoom', '17'), ('datum', 'gcj-02'), ('attribution', '<a href=\"x\">天地图</a> 审图号 1\n');");
  map = wd_mbtiles_open (f->path, NULL);
  info = wd_mbtiles_get_info (map);
  g_assert_cmpstr (info->name, ==, "城区");
  g_assert_cmpstr (info->attribution, ==, "天地图 审图号 1");
  g_assert_cmpstr (info->datum, ==, "GCJ-02");
  g_assert_cmpstr (info->content_type, ==, "image/png");
  g_assert_cmpint (info->min_zoom, ==, 10);
  g_assert_cmpint (info->max_zoom, ==, 17);
  g_assert_cmpfloat_with_epsilon (info->west, 120.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (info->south, 30.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (info->east, 120.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (info->north, 30.3, 1e-9);
}

/* Missing, and wrong in each way: what the tiles say holds. */
static void
test_metadata_sniffed (Folder       *f,
                       gconstpointer data)
{
  static const char *const metadata[] = {
    "DROP TABLE metadata",
    "SELECT 1",
    "INSERT INTO metadata VALUES ('minzoom', '-1'), ('maxzoom', '99'), ('bounds', '1,2,3'), ('datum', 'mars')",
    "INSERT INTO metadata VALUES ('minzoom', '14'), ('maxzoom', '3'), ('bounds', '120,30,119,31'), ('datum', NULL)",
    "INSERT INTO metadata VALUES ('minzoom', x'00ff'), ('maxzoom', ''), ('bounds', 'nan,nan,inf,1e999')",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (metadata); i++)
    {
      g_autofree char      *sql = g_strconcat (TABLES ONE_TILE, metadata[i], NULL);
      g_autoptr (GError)    error = NULL;
      g_autoptr (WdMbtiles) map = NULL;
      const WdMbtilesInfo  *info;

      make (f, sql);
      map = wd_mbtiles_open (f->path, &error);
      g_assert_no_error (error);
      info = wd_mbtiles_get_info (map);
      g_assert_cmpint (info->min_zoom, ==, 12);
      g_assert_cmpint (info->max_zoom, ==, 12);
      g_assert_cmpstr (info->datum, ==, "WGS-84");
      g_assert_cmpstr (info->attribution, ==, "");
      g_assert_cmpfloat_with_epsilon (info->west, 3423 / 4096.0 * 360 - 180, 1e-9);
      g_assert_cmpfloat_with_epsilon (info->east, 3424 / 4096.0 * 360 - 180, 1e-9);
      g_assert_cmpfloat (info->south, <, info->north);
      g_assert_cmpfloat (info->south, >, 24);
      g_assert_cmpfloat (info->north, <, 25);
      assert_tile (map, 12, 3423, 4095 - 2332, "image/png", 1);
      g_unlink (f->path);
    }
}

static void
refuse (Folder     *f,
        const char *sql,
        int         code)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WdMbtiles) map = NULL;

  make (f, sql);
  map = wd_mbtiles_open (f->path, &error);
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_null (map);
  g_unlink (f->path);
}

static void
test_refused (Folder       *f,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wd_mbtiles_open (f->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (f->path, "this is a text, not a database, of more than a hundred bytes, as a first page needs them, so: ……", -1, NULL));
  g_assert_null (wd_mbtiles_open (f->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_unlink (f->path);

  refuse (f, "CREATE TABLE metadata (name, value)", G_IO_ERROR_INVALID_DATA);
  refuse (f, "CREATE TABLE tiles (zoom_level, tile_column)", G_IO_ERROR_INVALID_DATA);
  refuse (f, TABLES, G_IO_ERROR_INVALID_DATA);
  refuse (f, TABLES "INSERT INTO tiles VALUES (0, 0, 0, x'1f8b0800'); INSERT INTO metadata VALUES ('format', 'pbf')", G_IO_ERROR_NOT_SUPPORTED);
  refuse (f, TABLES "INSERT INTO tiles VALUES (0, 0, 0, 'RIFFxxxxWEBP')", G_IO_ERROR_NOT_SUPPORTED);
}

/* A schema that would keep its reader busy for ever, or reach for functions. */
static void
test_hostile_views (Folder       *f,
                    gconstpointer data)
{
  refuse (f,
          "CREATE VIEW tiles AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
          " SELECT i AS zoom_level, i AS tile_column, i AS tile_row, x'' AS tile_data FROM n",
          G_IO_ERROR_INVALID_DATA);
  refuse (f,
          "CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, zeroblob (1900000000) AS tile_data",
          G_IO_ERROR_INVALID_DATA);
  refuse (f,
          "CREATE VIEW tiles AS SELECT 0 AS zoom_level, 0 AS tile_column, 0 AS tile_row, load_extension ('x') AS tile_data",
          G_IO_ERROR_INVALID_DATA);
}

static void
test_too_large_tile (Folder       *f,
                     gconstpointer data)
{
  g_autoptr (WdMbtiles) map = NULL;
  g_autoptr (GError)    error = NULL;

  make (f, TABLES ONE_TILE "INSERT INTO tiles VALUES (13, 0, 0, CAST (x'" PNG "' || zeroblob (3000000) AS BLOB)), (13, 1, 0, x'00')");
  map = wd_mbtiles_open (f->path, NULL);
  g_assert_null (wd_mbtiles_read (map, 13, 0, 8191, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (wd_mbtiles_read (map, 13, 1, 8191, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  assert_tile (map, 12, 3423, 4095 - 2332, "image/png", 1); /* the rest is still served */
}

/* Every length of a cut file, every byte of its first page spoiled: no crash,
 * and no tile that is none. */
static void
test_damaged (Folder       *f,
              gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize            length;

  make (f, "PRAGMA page_size = 512;" TABLES ONE_TILE);
  g_assert_true (g_file_get_contents (f->path, &whole, &length, NULL));
  for (gsize i = 0; i < 512 + length / 64; i++)
    {
      g_autofree char      *spoiled = g_memdup2 (whole, length);
      g_autoptr (WdMbtiles) map = NULL;
      g_autoptr (GBytes)    tile = NULL;

      if (i < 512)
        spoiled[i] ^= (char)0xa5;
      g_assert_true (g_file_set_contents (f->path, spoiled, i < 512 ? (gssize)length : (gssize)((i - 512) * 64), NULL));
      map = wd_mbtiles_open (f->path, NULL);
      if (map != NULL)
        tile = wd_mbtiles_read (map, 12, 3423, 4095 - 2332, NULL, NULL);
      if (tile != NULL)
        g_assert_cmpmem (g_bytes_get_data (tile, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
    }
}

static gpointer
read_many (gpointer data)
{
  for (int i = 0; i < 2000; i++)
    assert_tile (data, 1, i % 2, i / 2 % 2, "image/png", (guint8)(i % 2 * 2 + i / 2 % 2));
  return NULL;
}

static void
test_threads (Folder       *f,
              gconstpointer data)
{
  g_autoptr (WdMbtiles) map = NULL;
  GThread              *threads[4];

  make (f, TABLES "INSERT INTO tiles VALUES (1, 0, 1, x'" PNG "00'), (1, 0, 0, x'" PNG "01'), (1, 1, 1, x'" PNG "02'), (1, 1, 0, x'" PNG "03');");
  map = wd_mbtiles_open (f->path, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, read_many, map);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* A file of others, with views over deduplicated images. */
static void
test_real_file (void)
{
  const char           *folder = g_getenv ("WATERDESK_DATA");
  g_autofree char      *path = folder ? g_build_filename (folder, "tiles", "geography-class-png.mbtiles", NULL) : NULL;
  g_autoptr (WdMbtiles) map = NULL;
  g_autoptr (GError)    error = NULL;
  const WdMbtilesInfo  *info;
  int                   n = 0;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("WATERDESK_DATA names no folder with tiles/geography-class-png.mbtiles");
      return;
    }
  map = wd_mbtiles_open (path, &error);
  g_assert_no_error (error);
  info = wd_mbtiles_get_info (map);
  g_assert_cmpstr (info->name, ==, "Geography Class");
  g_assert_cmpint (info->min_zoom, ==, 0);
  g_assert_cmpint (info->max_zoom, ==, 1);
  g_assert_cmpfloat (info->west, ==, -180);
  g_assert_cmpfloat_with_epsilon (info->north, 85.0511, 1e-9);
  for (int zoom = 0; zoom <= 2; zoom++)
    for (int i = 0; i < 1 << (2 * zoom); i++)
      {
        const char        *type = NULL;
        g_autoptr (GBytes) tile = wd_mbtiles_read (map, zoom, i >> zoom, i & ((1 << zoom) - 1), &type, &error);

        g_assert_no_error (error);
        n += tile != NULL;
        g_assert_cmpstr (type, ==, tile ? "image/png" : NULL);
      }
  g_assert_cmpint (n, ==, 5);
}

int
main (int   argc,
      char *argv[])
{
  /* clang-format off */
  static const struct { const char *path; void (*test) (Folder *, gconstpointer); } tests[] = {
    { "/mbtiles/rows-are-counted-from-the-north", test_rows_from_the_north },
    { "/mbtiles/places-off-the-world-have-no-tile", test_places_off_the_world },
    { "/mbtiles/metadata", test_metadata },
    { "/mbtiles/missing-or-wrong-metadata-is-taken-from-the-tiles", test_metadata_sniffed },
    { "/mbtiles/other-files-are-refused", test_refused },
    { "/mbtiles/hostile-views-end", test_hostile_views },
    { "/mbtiles/bad-tile-spoils-no-other", test_too_large_tile },
    { "/mbtiles/damaged-files", test_damaged },
    { "/mbtiles/many-threads", test_threads },
  };
  /* clang-format on */
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Folder, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/mbtiles/real-file", test_real_file);
  return g_test_run ();
}
