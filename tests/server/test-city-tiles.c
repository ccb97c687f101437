/* test-city-tiles.c — the demo city's map: drawn when asked for, kept, read by others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-tiles.h"

#include "wd-mbtiles.h"
#include "wd-mercator.h"

#include <glib/gstdio.h>

static WdCity *city;

typedef struct
{
  char        *dir;
  char        *light;
  char        *dark;
  WdCityTiles *tiles;
} Map;

static void
open_map (Map *map)
{
  g_autoptr (GError) error = NULL;

  map->tiles = wd_city_tiles_open (city, map->light, map->dark, &error);
  g_assert_no_error (error);
}

static void
set_up (Map          *map,
        gconstpointer data)
{
  map->dir = g_dir_make_tmp ("city-XXXXXX", NULL);
  map->light = g_build_filename (map->dir, "light.mbtiles", NULL);
  map->dark = g_build_filename (map->dir, "dark.mbtiles", NULL);
  open_map (map);
}

static void
tear_down (Map          *map,
           gconstpointer data)
{
  wd_city_tiles_free (map->tiles);
  g_unlink (map->light);
  g_unlink (map->dark);
  g_assert_cmpint (g_rmdir (map->dir), ==, 0);
  g_free (map->light);
  g_free (map->dark);
  g_free (map->dir);
}

static GBytes *
tile_at (Map        *map,
         WdCityTheme theme,
         int         zoom,
         WdPoint     point)
{
  g_autoptr (GError) error = NULL;
  GBytes            *tile;
  int                x, y;

  wd_mercator_tile (wd_mercator_from_point (point), zoom, &x, &y);
  tile = wd_city_tiles_get (map->tiles, theme, zoom, x, y, &error);
  g_assert_no_error (error);
  return tile;
}

static gpointer
ask_from_thread (gpointer data)
{
  return tile_at (data, WD_CITY_LIGHT, 15, (WdPoint){ 120.20, 30.20 });
}

/* Drawn when asked for, the same bytes for all who ask, and kept. */
static void
test_tile_on_request (Map          *map,
                      gconstpointer data)
{
  WdPoint            middle = { 120.20, 30.20 };
  GThread           *threads[4];
  g_autoptr (GBytes) tile = NULL;
  g_autoptr (GBytes) dark = tile_at (map, WD_CITY_DARK, 15, middle);
  g_autoptr (GBytes) kept = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, ask_from_thread, map);
  tile = ask_from_thread (map);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GBytes) same = g_thread_join (threads[i]);

      g_assert_true (g_bytes_equal (tile, same));
    }
  g_assert_cmpmem (g_bytes_get_data (tile, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_false (g_bytes_equal (tile, dark));
  wd_city_tiles_free (map->tiles);
  open_map (map);
  kept = tile_at (map, WD_CITY_LIGHT, 15, middle);
  g_assert_true (g_bytes_equal (tile, kept));
}

static void
test_no_tile_elsewhere (Map          *map,
                        gconstpointer data)
{
  g_assert_null (tile_at (map, WD_CITY_LIGHT, 9, (WdPoint){ 120.20, 30.20 }));
  g_assert_null (tile_at (map, WD_CITY_LIGHT, 18, (WdPoint){ 120.20, 30.20 }));
  g_assert_null (tile_at (map, WD_CITY_LIGHT, 14, (WdPoint){ 10, 50 }));
  g_assert_null (wd_city_tiles_get (map->tiles, WD_CITY_DARK, 14, -1, -1, NULL));
  g_assert_null (wd_city_tiles_get (map->tiles, WD_CITY_DARK, 14, G_MAXINT, G_MAXINT, NULL));
}

typedef struct
{
  GCancellable *cancellable;
  int           stop_at;
  int           n_calls;
  int           last;
  int           total;
} Watch;

static void
watch_cb (int      n_done,
          int      n_total,
          gpointer data)
{
  Watch *watch = data;

  g_assert_cmpint (n_done, >, watch->last);
  watch->last = n_done;
  watch->total = n_total;
  watch->n_calls++;
  if (n_done == watch->stop_at)
    g_cancellable_cancel (watch->cancellable);
}

/* Stopped half way, gone on with, and then a file that others can read. */
static void
test_fill (Map          *map,
           gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  g_autoptr (WdMbtiles)    reader = NULL;
  Watch                    first = { cancellable, 20 };
  Watch                    second = { 0 };
  const WdMbtilesInfo     *info;

  g_assert_false (wd_city_tiles_fill (map->tiles, 2, watch_cb, &first, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (first.last, >=, 20);
  g_assert_cmpint (first.last, <, first.total);

  g_assert_true (wd_city_tiles_fill (map->tiles, 2, watch_cb, &second, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (second.last, ==, second.total);
  g_assert_cmpint (second.total, <=, first.total - 20);
  g_assert_true (wd_city_tiles_fill (map->tiles, 2, NULL, NULL, NULL, &error)); /* nothing left to do */

  reader = wd_mbtiles_open (map->dark, &error);
  g_assert_no_error (error);
  info = wd_mbtiles_get_info (reader);
  g_assert_cmpstr (info->attribution, ==, "自建示例");
  g_assert_cmpstr (info->datum, ==, "WGS-84");
  g_assert_cmpstr (info->content_type, ==, "image/png");
  g_assert_cmpint (info->min_zoom, ==, WD_CITY_MIN_ZOOM);
  g_assert_cmpint (info->max_zoom, ==, WD_CITY_MAX_ZOOM);
  g_assert_cmpfloat_with_epsilon (info->west, city->west, 1e-6);
  for (int zoom = WD_CITY_MIN_ZOOM; zoom <= WD_CITY_MAX_ZOOM; zoom++)
    for (gsize i = 0; i < city->n_customers; i += 371)
      {
        g_autoptr (GBytes) ours = tile_at (map, WD_CITY_DARK, zoom, city->customers[i].point);
        g_autoptr (GBytes) theirs = NULL;
        int                x, y;

        wd_mercator_tile (wd_mercator_from_point (city->customers[i].point), zoom, &x, &y);
        theirs = wd_mbtiles_read (reader, zoom, x, y, NULL, &error);
        g_assert_no_error (error);
        g_assert_nonnull (theirs);
        g_assert_true (g_bytes_equal (ours, theirs));
      }
}

/* A file that is none, or was cut off, is begun anew. */
static void
test_damaged_file (Map          *map,
                   gconstpointer data)
{
  g_autoptr (GBytes) before = tile_at (map, WD_CITY_LIGHT, 14, (WdPoint){ 120.20, 30.20 });
  g_autoptr (GBytes) after = NULL;
  g_autofree char   *whole = NULL;
  gsize              length;

  g_clear_pointer (&map->tiles, wd_city_tiles_free);
  g_assert_true (g_file_get_contents (map->light, &whole, &length, NULL));
  g_assert_true (g_file_set_contents (map->light, whole, (gssize)length / 2, NULL));
  g_assert_true (g_file_set_contents (map->dark, "no database at all, though it is there, and that in more than one hundred bytes, so that sqlite reads it", -1, NULL));
  open_map (map);
  after = tile_at (map, WD_CITY_LIGHT, 14, (WdPoint){ 120.20, 30.20 });
  g_assert_true (g_bytes_equal (before, after));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  city = wd_city_new ();
  g_test_add ("/city-tiles/tile-on-request", Map, NULL, set_up, test_tile_on_request, tear_down);
  g_test_add ("/city-tiles/no-tile-elsewhere", Map, NULL, set_up, test_no_tile_elsewhere, tear_down);
  g_test_add ("/city-tiles/fill", Map, NULL, set_up, test_fill, tear_down);
  g_test_add ("/city-tiles/damaged-file", Map, NULL, set_up, test_damaged_file, tear_down);
  status = g_test_run ();
  wd_city_free (city);
  return status;
}
