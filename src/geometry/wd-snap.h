/* wd-snap.h — lines that a corner is drawn to when it comes near
 *
 * Corners of the lines first, then their edges, the nearest of all, and of those in one place the last that was added.
 * Near is measured on the map (Mercator), for it is pixels that a hand aims by.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-mercator.h"

G_BEGIN_DECLS

typedef struct _WdSnap WdSnap;

WdSnap *wd_snap_new (void);
void    wd_snap_free (WdSnap *self);

/* @closed: back to the first point; @name: what the line is, copied */
void wd_snap_add (WdSnap *self, const WdPoint *points, guint n_points, gboolean closed, const char *name);

typedef struct
{
  WdPoint     at;
  const char *name; /* of the line; lives as the WdSnap does */
  gboolean    corner;
} WdSnapped;

/* @reach: in units of the world square (pixels divided by the width of the world in pixels).  FALSE where nothing is near. */
gboolean wd_snap_find (const WdSnap *self, WdPoint at, double reach, WdSnapped *snapped);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSnap, wd_snap_free)

G_END_DECLS
