/* wd-area-sift.h — which of very many boxes of points lie inside an area, and which of their points
 *
 * The boxes are halved again and again, and with them the area's edges: each half keeps those that come near it and one
 * corner of which it is known whether it lies inside.  A point is then told by the few edges between it and that
 * corner, however many the area has: 10,000 corners among 1,000,000 points take well under a second, whatever
 * the shape.
 *
 * Private to geometry/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area.h"

G_BEGIN_DECLS

/* All of the points of `what` lie clearly in it. */
typedef struct
{
  WdPoint       low, high;
  gconstpointer what;
} WdSiftBox;

/* What is known around one box. */
typedef struct _WdSift WdSift;

/* Whether no edge comes near, so that all of the box's points are as any of them is. */
gboolean wd_sift_is_even (const WdSift *sift);

/* Whether @point, of that box, lies in the area: what wd_area_contains() says. */
gboolean wd_sift_contains (const WdSift *sift,
                           WdPoint       point);

typedef void (*WdSiftFunc) (gconstpointer what,
                            const WdSift *sift,
                            gpointer      data);

/* Calls @func for each box, in whatever order; @boxes are shuffled.  Parts of @area that lie over each other count as outside
 * (RFC 7946 does not let them). */
void wd_area_sift (const WdArea *area,
                   WdSiftBox    *boxes,
                   gsize         n_boxes,
                   WdSiftFunc    func,
                   gpointer      data);

G_END_DECLS
