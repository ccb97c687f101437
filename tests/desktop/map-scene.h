/* map-scene.h — a busy morning on the map: orders in every state, clusters, units, crews
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-map-view.h"

G_BEGIN_DECLS

#define MAP_SCENE_ZOOM 14

/* Laid out in pixels around the middle of the map at MAP_SCENE_ZOOM.  @selected: whether the scene's one is. */
void map_scene_fill (WdMapView *view);
void map_scene_select (WdMapView *view);

/* @n orders spread over the city at random, some of them in the same place. */
void map_scene_flood (WdMapView *view,
                      guint      n);

G_END_DECLS
