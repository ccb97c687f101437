/* wd-area.h — the rings of a polygon or of several, and what lies inside
 *
 * Holds a GeoJSON Polygon or MultiPolygon once parsed, prepared for many questions: each ring's
 * edges lie in bands of latitude, so that a point meets only those near it.  Edges are straight in
 * longitude and latitude, as GeoJSON says.  Nothing is checked: crossing rings
 * are read by the even-odd rule, so that it says nothing which way a ring runs.
 * Shapes across the 180th meridian are not meant.
 *
 * The border belongs to the area, that of a hole too: a point on an edge or a corner is
 * inside (to 1e-12 degrees, what rounding makes of a point that was meant to lie there), and one on
 * a common border is inside both neighbours.
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

/* Returns: the index of the smallest polygon around @point, -1 where none is. */
int wd_area_find (const WdArea *self,
                  WdPoint       point);

/* Whether any of them is around @point. */
gboolean wd_area_contains (const WdArea *self,
                           WdPoint       point);

/* The south-west and north-east corners around all of it; FALSE where there is nothing. */
gboolean wd_area_get_bounds (const WdArea *self,
                             WdPoint      *low,
                             WdPoint      *high);

/* Of all rings; a ring's last edge leads to its first corner. */
typedef void (*WdEdgeFunc) (const WdPoint *a,
                            const WdPoint *b,
                            gpointer       data);
void wd_area_each_edge (const WdArea *self,
                        WdEdgeFunc    func,
                        gpointer      data);

/* Square metres of one polygon less its holes, on the sphere. */
double wd_area_get_size (const WdArea *self,
                         guint         polygon);

/* … and of all of them: the same whichever way the rings run. */
double wd_area_get_total_size (const WdArea *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdArea, wd_area_free)

G_END_DECLS
