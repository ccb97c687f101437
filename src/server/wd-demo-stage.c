/* wd-demo-stage.c — a demo's city, its basemap and its play
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-demo-stage.h"

#include "wd-city-tiles.h"
#include "wd-demo-fill.h"
#include "wd-demo.h"

struct _WdDemoStage
{
  WdCity       *city;
  WdCityTiles  *tiles;
  WdDemo       *demo;
  WdMbtilesInfo info;
  GCancellable *cancellable;
  GThread      *painter;
};

static GBytes *
draw_tile (WdTheme theme, int zoom, int x, int y, gpointer data)
{
  WdDemoStage *stage = data;

  return wd_city_tiles_get (stage->tiles, theme == WD_THEME_DARK ? WD_CITY_DARK : WD_CITY_LIGHT, zoom, x, y, NULL);
}

/* Draws ahead what nobody has asked for yet. */
static gpointer
paint (gpointer data)
{
  WdDemoStage *stage = data;

  wd_city_tiles_fill (stage->tiles, 1, NULL, NULL, stage->cancellable, NULL);
  return NULL;
}

static gboolean
open_tiles (WdDemoStage *stage, WdService *service, GError **error)
{
  g_autofree char *light = g_build_filename (service->data_dir, "city-light.mbtiles", NULL);
  g_autofree char *dark = g_build_filename (service->data_dir, "city-dark.mbtiles", NULL);

  stage->tiles = wd_city_tiles_open (stage->city, light, dark, error);
  if (stage->tiles == NULL)
    return FALSE;
  stage->info = (WdMbtilesInfo){ .name = (char *)WD_CITY_NAME,
                                 .attribution = (char *)WD_CITY_ATTRIBUTION,
                                 .datum = (char *)"WGS-84",
                                 .content_type = (char *)"image/png",
                                 .min_zoom = WD_CITY_MIN_ZOOM,
                                 .max_zoom = WD_CITY_MAX_ZOOM,
                                 .west = stage->city->west,
                                 .south = stage->city->south,
                                 .east = stage->city->east,
                                 .north = stage->city->north };
  return TRUE;
}

WdDemoStage *
wd_demo_stage_new (WdService *service, GError **error)
{
  WdDemoStage *stage = g_new0 (WdDemoStage, 1);

  stage->city = wd_city_new ();
  stage->cancellable = g_cancellable_new ();
  if (!wd_demo_fill (stage->city, service->ledger, wd_server_clock_now (service->clock), error) ||
      !open_tiles (stage, service, error))
    g_clear_pointer (&stage, wd_demo_stage_free);
  return stage;
}

gboolean
wd_demo_stage_start (WdDemoStage *stage, WdService *service, GError **error)
{
  wd_tiles_set_source (service->tiles, &stage->info, draw_tile, stage);
  stage->demo = wd_demo_new (stage->city, service->ledger, service->writer, service->clock, error);
  if (stage->demo == NULL)
    return FALSE;
  wd_demo_start (stage->demo, service->live);
  stage->painter = g_thread_new ("painter", paint, stage);
  return TRUE;
}

void
wd_demo_stage_saw (WdDemoStage *stage, const WdCommit *commit)
{
  wd_demo_saw (stage->demo, commit);
}

void
wd_demo_stage_stop (WdDemoStage *stage)
{
  g_cancellable_cancel (stage->cancellable);
  if (stage->demo != NULL)
    wd_demo_stop (stage->demo);
}

void
wd_demo_stage_free (WdDemoStage *stage)
{
  g_cancellable_cancel (stage->cancellable);
  g_clear_pointer (&stage->painter, g_thread_join);
  g_clear_pointer (&stage->demo, wd_demo_free);
  g_clear_pointer (&stage->tiles, wd_city_tiles_free);
  g_clear_pointer (&stage->city, wd_city_free);
  g_clear_object (&stage->cancellable);
  g_free (stage);
}
