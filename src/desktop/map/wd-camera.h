/* wd-camera.h — where the map looks: world and pixels, pan, zoom, fit
 *
 * On a ShumateViewport that has a reference source of 256-pixel tiles and no rotation.  Sizes and
 * places are in pixels of the widget that shows it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-mercator.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

/* One multiplication and one addition from the world square to the widget. */
typedef struct
{
  WdMercator centre;
  double     zoom;
  double     scale; /* pixels for the side of the world */
  double     width, height;
} WdCamera;

WdCamera         wd_camera_read (ShumateViewport *viewport,
                                 double           width,
                                 double           height);
graphene_point_t wd_camera_project (const WdCamera *camera,
                                    WdMercator      at);
WdMercator       wd_camera_unproject (const WdCamera  *camera,
                                      graphene_point_t at);

/* Moves the viewport there, once; to @zoom cut to the viewport's limits. */
void wd_camera_look (ShumateViewport *viewport,
                     WdMercator       centre,
                     double           zoom);

/* Moves by less than a pixel, so that at whole zooms the tiles lie on whole pixels: else they are blurred. */
void wd_camera_settle (ShumateViewport *viewport,
                       const WdCamera  *camera);

/* By so many pixels; to a whole zoom around a place that stays where it is; to a box that just fits. */
void wd_camera_pan (ShumateViewport *viewport,
                    const WdCamera  *camera,
                    double           right,
                    double           down);
void wd_camera_zoom_around (ShumateViewport *viewport,
                            const WdCamera  *camera,
                            graphene_point_t around,
                            double           zoom);
void wd_camera_fit (ShumateViewport *viewport,
                    const WdCamera  *camera,
                    WdPoint          south_west,
                    WdPoint          north_east);

G_END_DECLS
