/* wd-camera.c — where the map looks: world and pixels, pan, zoom, fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-camera.h"

#include <math.h>

#define TILE 256.0
#define CLOSE 0.01 /* pixels: as good as whole */

WdCamera
wd_camera_read (ShumateViewport *viewport,
                double           width,
                double           height)
{
  WdPoint  centre = { shumate_location_get_longitude (SHUMATE_LOCATION (viewport)),
                      shumate_location_get_latitude (SHUMATE_LOCATION (viewport)) };
  WdCamera camera = { .centre = wd_mercator_from_point (centre), .width = width, .height = height };

  camera.zoom = shumate_viewport_get_zoom_level (viewport);
  camera.scale = TILE * exp2 (camera.zoom);
  return camera;
}

graphene_point_t
wd_camera_project (const WdCamera *camera,
                   WdMercator      at)
{
  return GRAPHENE_POINT_INIT ((float)((at.x - camera->centre.x) * camera->scale + camera->width / 2),
                              (float)((at.y - camera->centre.y) * camera->scale + camera->height / 2));
}

WdMercator
wd_camera_unproject (const WdCamera  *camera,
                     graphene_point_t at)
{
  return (WdMercator){ camera->centre.x + ((double)at.x - camera->width / 2) / camera->scale,
                       camera->centre.y + ((double)at.y - camera->height / 2) / camera->scale };
}

void
wd_camera_look (ShumateViewport *viewport,
                WdMercator       centre,
                double           zoom)
{
  WdPoint point = wd_mercator_to_point ((WdMercator){ CLAMP (centre.x, 0.0, 1.0), CLAMP (centre.y, 0.0, 1.0) });

  g_object_freeze_notify (G_OBJECT (viewport));
  shumate_viewport_set_zoom_level (viewport, CLAMP (zoom, shumate_viewport_get_min_zoom_level (viewport),
                                                    shumate_viewport_get_max_zoom_level (viewport)));
  shumate_location_set_location (SHUMATE_LOCATION (viewport), point.lat, point.lon);
  g_object_thaw_notify (G_OBJECT (viewport));
}

void
wd_camera_pan (ShumateViewport *viewport,
               const WdCamera  *camera,
               double           right,
               double           down)
{
  wd_camera_look (viewport, (WdMercator){ camera->centre.x + right / camera->scale, camera->centre.y + down / camera->scale },
                  camera->zoom);
}

void
wd_camera_settle (ShumateViewport *viewport,
                  const WdCamera  *camera)
{
  double left = camera->centre.x * camera->scale - camera->width / 2;
  double top = camera->centre.y * camera->scale - camera->height / 2;
  double right = round (left) - left, down = round (top) - top;

  if (camera->zoom == floor (camera->zoom) && (fabs (right) > CLOSE || fabs (down) > CLOSE))
    wd_camera_pan (viewport, camera, right, down);
}

void
wd_camera_zoom_around (ShumateViewport *viewport,
                       const WdCamera  *camera,
                       graphene_point_t around,
                       double           zoom)
{
  WdMercator fixed = wd_camera_unproject (camera, around);
  double     cut = CLAMP (zoom, shumate_viewport_get_min_zoom_level (viewport), shumate_viewport_get_max_zoom_level (viewport));
  double     shrink = exp2 (camera->zoom - cut);

  wd_camera_look (viewport, (WdMercator){ fixed.x + (camera->centre.x - fixed.x) * shrink, fixed.y + (camera->centre.y - fixed.y) * shrink }, cut);
}

void
wd_camera_fit (ShumateViewport *viewport,
               const WdCamera  *camera,
               WdPoint          south_west,
               WdPoint          north_east)
{
  WdMercator low = wd_mercator_from_point (south_west), high = wd_mercator_from_point (north_east);
  double     across = MAX (high.x - low.x, 1e-9), down = MAX (low.y - high.y, 1e-9);
  double     zoom = log2 (MIN (camera->width / across, camera->height / down) / TILE);

  /* Tiles are pictures: at whole zooms they are sharp. */
  wd_camera_look (viewport, (WdMercator){ (low.x + high.x) / 2, (low.y + high.y) / 2 }, floor (zoom));
}
