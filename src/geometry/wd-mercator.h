/* wd-mercator.h — WGS-84 and the square world of web maps
 *
 * The world is a unit square in spherical Mercator (EPSG:3857): x grows to the
 * east from 180° W, y to the south from 85.05° N.  Computed once for each point,
 * it turns panning and zooming into one multiplication and one addition.
 * Latitudes past WD_MERCATOR_MAX_LAT are cut to it.  No datum but WGS-84 here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"

G_BEGIN_DECLS

#define WD_MERCATOR_MAX_LAT 85.051128779806604
#define WD_EARTH_RADIUS_M 6378137.0 /* of WGS-84, at the equator */

typedef struct
{
  double x;
  double y;
} WdMercator;

WdMercator wd_mercator_from_point (WdPoint point);
WdPoint    wd_mercator_to_point (WdMercator world);

/* Metres on the ground for one unit of the world square at @lat; divided by the
 * width of the world in pixels it gives metres for a pixel. */
double wd_mercator_metres_per_unit (double lat);

/* Metres along the great circle, on the sphere of WD_EARTH_RADIUS_M: good to 0.6 %. */
double wd_point_distance (WdPoint a,
                          WdPoint b);

/* Column and row (XYZ: row 0 is north) of the tile around a point, always inside 0 … 2^zoom - 1. */
void wd_mercator_tile (WdMercator world,
                       int        zoom,
                       int       *column,
                       int       *row);

/* The north-west corner of a tile. */
WdMercator wd_mercator_tile_corner (int zoom,
                                    int column,
                                    int row);

G_END_DECLS
