/* wd-ring.h — one closed line of an area, prepared for many questions
 *
 * Its edges lie in bands of latitude: a point or a box meets only those of the bands
 * that it is in.  What is inside is told by the even-odd rule, so it says nothing
 * which way the line runs.  Edges are straight in longitude and latitude.
 *
 * Private to geometry/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"

G_BEGIN_DECLS

typedef struct
{
  WdPoint *points; /* open: the first corner is not repeated */
  guint    n_points;
  WdPoint  low, high; /* its south-west and north-east */
  guint    n_bands;
  guint   *first; /* n_bands + 1 places in `edges`, where each band's begin */
  guint   *edges; /* the corners that they start at */
} WdRing;

/* Points are copied; the first may come again at the end or not.  FALSE for fewer than three corners. */
gboolean wd_ring_init (WdRing        *ring,
                       const WdPoint *points,
                       gsize          n_points);
void     wd_ring_clear (WdRing *ring);

typedef enum
{
  WD_SIDE_OUTSIDE,
  WD_SIDE_INSIDE,
  WD_SIDE_BORDER /* within 1e-12 degrees of an edge */
} WdSide;
WdSide wd_ring_get_side (const WdRing *ring,
                         WdPoint       point);

/* Whether @point lies on the edge from @a to @b, as for WD_SIDE_BORDER. */
gboolean wd_edge_has (const WdPoint *a,
                      const WdPoint *b,
                      WdPoint        point);

/* FALSE: it does not come into the box, so all of that lies on one side of it. */
gboolean wd_edge_meets_box (const WdPoint *a,
                            const WdPoint *b,
                            WdPoint        low,
                            WdPoint        high);

/* Square metres on the sphere. */
double wd_ring_measure (const WdRing *ring);

G_END_DECLS
