/* wd-area.h — the rings of a polygon or of several, and what lies inside
 *
 * Holds a GeoJSON Polygon or MultiPolygon once parsed.  Edges are straight in
 * longitude and latitude, as GeoJSON says.  Nothing is checked: crossing rings
 * are read by the even-odd rule.  Shapes across the 180th meridian are not meant.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"

G_BEGIN_DECLS

typedef struct _WdArea WdArea;

WdArea *wd_area_new (void);
void    wd_area_free (WdArea *self);

/* Of rings as wd_geometry_rings() reads them.  @starts: of guint: where each polygon's rings begin. */
WdArea *wd_area_new_for_rings (GPtrArray *rings,
                               GArray    *starts);

/* Starts a polygon with its outer ring, or cuts a hole into the last polygon begun.  Points
 * are copied; the ring may be closed by its first point again or not; fewer than three
 * corners are ignored. */
void wd_area_begin_polygon (WdArea        *self,
                            const WdPoint *points,
                            gsize          n_points);
void wd_area_add_hole (WdArea        *self,
                       const WdPoint *points,
                       gsize          n_points);

guint wd_area_get_n_polygons (const WdArea *self);

/* The border belongs to the area, that of a hole too (to 1e-9 degrees, a tenth of a
 * millimetre), so a point on a common border is inside both neighbours.
 * Returns: the index of the smallest polygon around @point, -1 where none is. */
int wd_area_find (const WdArea *self,
                  WdPoint       point);

/* Square metres of one polygon less its holes, on the sphere. */
double wd_area_get_size (const WdArea *self,
                         guint         polygon);

/* … and of all of them: the same whichever way the rings run. */
double wd_area_get_total_size (const WdArea *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdArea, wd_area_free)

G_END_DECLS
