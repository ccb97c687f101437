/* wd-tiles.c — the basemap that the server hands out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-tiles.h"

#include "wd-json.h"

static const char *const file_names[WD_N_THEMES] = { "tiles-light.mbtiles", "tiles-dark.mbtiles" };
static const char *const theme_names[WD_N_THEMES] = { "light", "dark" };

struct _WdTiles
{
  char      *data_dir;
  GRWLock    lock;
  WdMbtiles *files[WD_N_THEMES];

  const WdMbtilesInfo *drawn;
  WdTilesDraw          draw;
  gpointer             draw_data;
};

static void
close_files (WdTiles *tiles)
{
  for (guint i = 0; i < WD_N_THEMES; i++)
    g_clear_pointer (&tiles->files[i], wd_mbtiles_free);
}

void
wd_tiles_reload (WdTiles *tiles)
{
  g_rw_lock_writer_lock (&tiles->lock);
  close_files (tiles);
  for (guint i = 0; i < WD_N_THEMES; i++)
    {
      g_autofree char   *path = g_build_filename (tiles->data_dir, file_names[i], NULL);
      g_autoptr (GError) error = NULL;

      tiles->files[i] = wd_mbtiles_open (path, &error);
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_warning ("%s: %s", file_names[i], error->message);
    }
  g_rw_lock_writer_unlock (&tiles->lock);
}

WdTiles *
wd_tiles_new (const char *data_dir)
{
  WdTiles *tiles = g_new0 (WdTiles, 1);

  tiles->data_dir = g_strdup (data_dir);
  g_rw_lock_init (&tiles->lock);
  wd_tiles_reload (tiles);
  return tiles;
}

void
wd_tiles_free (WdTiles *tiles)
{
  close_files (tiles);
  g_rw_lock_clear (&tiles->lock);
  g_free (tiles->data_dir);
  g_free (tiles);
}

void
wd_tiles_set_source (WdTiles *tiles, const WdMbtilesInfo *info, WdTilesDraw draw, gpointer data)
{
  tiles->drawn = info;
  tiles->draw = draw;
  tiles->draw_data = data;
}

/* With the lock held: the file that stands for @theme, NULL where there is none at all. */
static WdMbtiles *
file_for (WdTiles *tiles, WdTheme theme)
{
  if (tiles->files[theme] != NULL)
    return tiles->files[theme];
  return tiles->files[WD_THEME_LIGHT] != NULL ? tiles->files[WD_THEME_LIGHT] : tiles->files[WD_THEME_DARK];
}

static void
append_info (GString *json, const WdMbtilesInfo *info)
{
  g_string_append (json, "{\"name\":");
  wd_json_append_text (json, info->name);
  g_string_append_printf (json, ",\"min_zoom\":%d,\"max_zoom\":%d,\"bounds\":[", info->min_zoom, info->max_zoom);
  wd_json_append_real (json, info->west);
  g_string_append_c (json, ',');
  wd_json_append_real (json, info->south);
  g_string_append_c (json, ',');
  wd_json_append_real (json, info->east);
  g_string_append_c (json, ',');
  wd_json_append_real (json, info->north);
  g_string_append (json, "],\"datum\":");
  wd_json_append_text (json, info->datum);
  g_string_append (json, ",\"attribution\":");
  wd_json_append_text (json, info->attribution);
  g_string_append (json, ",\"themes\":[");
}

char *
wd_tiles_describe (WdTiles *tiles)
{
  GString   *json = NULL;
  WdMbtiles *file;
  gboolean   first = TRUE;

  g_rw_lock_reader_lock (&tiles->lock);
  file = file_for (tiles, WD_THEME_LIGHT);
  if (file != NULL || tiles->draw != NULL)
    {
      json = g_string_new (NULL);
      append_info (json, file != NULL ? wd_mbtiles_get_info (file) : tiles->drawn);
      for (guint i = 0; i < WD_N_THEMES; i++)
        if (file == NULL || tiles->files[i] != NULL)
          {
            g_string_append_printf (json, "%s\"%s\"", first ? "" : ",", theme_names[i]);
            first = FALSE;
          }
      g_string_append (json, "]}");
    }
  g_rw_lock_reader_unlock (&tiles->lock);
  return json != NULL ? g_string_free (json, FALSE) : NULL;
}

GBytes *
wd_tiles_get (WdTiles *tiles, WdTheme theme, int zoom, int x, int y, const char **content_type, GError **error)
{
  WdMbtiles *file;
  GBytes    *tile = NULL;

  g_rw_lock_reader_lock (&tiles->lock);
  file = file_for (tiles, theme);
  if (file != NULL)
    tile = wd_mbtiles_read (file, zoom, x, y, content_type, error);
  else if (tiles->draw != NULL)
    {
      *content_type = "image/png";
      tile = tiles->draw (theme, zoom, x, y, tiles->draw_data);
    }
  g_rw_lock_reader_unlock (&tiles->lock);
  return tile;
}
