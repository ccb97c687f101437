/* wd-mercator.c — WGS-84 and the square world of web maps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-mercator.h"

#include <math.h>

static double
to_radians (double degrees)
{
  return degrees * G_PI / 180.0;
}

WdMercator
wd_mercator_from_point (WdPoint point)
{
  double s = sin (to_radians (CLAMP (point.lat, -WD_MERCATOR_MAX_LAT, WD_MERCATOR_MAX_LAT)));

  return (WdMercator){ .x = (point.lon + 180.0) / 360.0, .y = 0.5 - atanh (s) / (2.0 * G_PI) };
}

WdPoint
wd_mercator_to_point (WdMercator world)
{
  return (WdPoint){
    .lon = world.x * 360.0 - 180.0,
    .lat = atan (sinh (G_PI * (1.0 - 2.0 * world.y))) * 180.0 / G_PI,
  };
}

double
wd_mercator_metres_per_unit (double lat)
{
  return 2.0 * G_PI * WD_EARTH_RADIUS_M * cos (to_radians (lat));
}

double
wd_point_distance (WdPoint a,
                   WdPoint b)
{
  /* Haversine, which keeps its digits for points next to each other. */
  double dlat = sin (to_radians (b.lat - a.lat) / 2.0);
  double dlon = sin (to_radians (b.lon - a.lon) / 2.0);
  double h = dlat * dlat + cos (to_radians (a.lat)) * cos (to_radians (b.lat)) * dlon * dlon;

  return 2.0 * WD_EARTH_RADIUS_M * asin (sqrt (MIN (h, 1.0)));
}

void
wd_mercator_tile (WdMercator world,
                  int        zoom,
                  int       *column,
                  int       *row)
{
  double n = ldexp (1.0, zoom);

  *column = (int)CLAMP (floor (world.x * n), 0.0, n - 1.0);
  *row = (int)CLAMP (floor (world.y * n), 0.0, n - 1.0);
}

WdMercator
wd_mercator_tile_corner (int zoom,
                         int column,
                         int row)
{
  return (WdMercator){ .x = ldexp (column, -zoom), .y = ldexp (row, -zoom) };
}
