/* wd-shape.h — is this a shape, and if not, where is it wrong?
 *
 * Whether rings cross, holes lie inside and parts keep apart is GEOS's answer, so it
 * is the same one that a GIS gives.  Rings are closed, as wd_geometry_rings() reads them;
 * which way they run says nothing.  Edges are straight in longitude and latitude.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area.h"

G_BEGIN_DECLS

/* @rings: (element-type GArray): of WdPoint
 * @starts: of guint: where each polygon's rings begin, its outer one first
 * @at: (out): the place of the fault (of a crossing, the crossing point), lon NAN where it has none
 *
 * Returns: (nullable): NULL for a good shape, else a sentence that says what is wrong */
const char *wd_shape_fault (GPtrArray *rings, GArray *starts, WdPoint *at);

/* Which way a ring runs, north being up. */
gboolean wd_shape_runs_counterclockwise (const GArray *ring);

/* Whether two good shapes have a point in common; a common border is one. */
gboolean wd_shapes_meet (GPtrArray *rings, GArray *starts, GPtrArray *others, GArray *other_starts);

/* What two good shapes have in common, as rings and starts; points and lines are left out.
 * @common_starts: (out).  Returns: (transfer full) (element-type GArray): empty where there is nothing, NULL where GEOS can't say */
GPtrArray *wd_shapes_common (GPtrArray *rings, GArray *starts, GPtrArray *others, GArray *other_starts, GArray **common_starts);

G_END_DECLS
