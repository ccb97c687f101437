/* wd-cluster.h — many points gathered into what a map of one zoom can show
 *
 * The grid is fixed to the world, not to the view, so that a cluster stays what
 * it is while the map is panned.  Every point is in exactly one cluster.  A
 * cluster counts its members by urgency and knows its worst one: a late member is
 * never swallowed unseen.  Pure: the same points and zoom give the same clusters.
 * 100,000 points take a few milliseconds, so nothing is kept up to date; the
 * owner makes new clusters when points or zoom have changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-mercator.h"

G_BEGIN_DECLS

/* How much a hand is needed, rising. */
typedef enum
{
  WD_URGENCY_NORMAL,
  WD_URGENCY_YOURS, /* to be done by who looks */
  WD_URGENCY_SOON,  /* a limit will soon be past */
  WD_URGENCY_LATE   /* a limit is past */
} WdUrgency;

#define WD_N_URGENCIES (WD_URGENCY_LATE + 1)

typedef struct
{
  WdMercator at;
  WdUrgency  urgency;
} WdClusterPoint;

typedef struct
{
  WdMercator at;                     /* centre of gravity of the members; a single one's own place */
  guint      count;                  /* members, at least 1 */
  guint      counts[WD_N_URGENCIES]; /* members by urgency */
  guint      worst;                  /* index of the first of the most urgent members */
  guint      first;                  /* where its members start, see wd_clusters_members() */
} WdCluster;

typedef struct _WdClusters WdClusters;

/* @zoom 0 … 24 at 256 pixels a tile.  @cell is the side of a grid cell in pixels, at least 4;
 * clusters of neighbouring cells nearer than @apart pixels are joined, so that what
 * is drawn does not overlap.  @points is not kept; all must be finite. */
WdClusters *wd_clusters_new (const WdClusterPoint *points,
                             gsize                 n_points,
                             int                   zoom,
                             double                cell,
                             double                apart);
void        wd_clusters_free (WdClusters *self);

guint            wd_clusters_get_n (const WdClusters *self);
const WdCluster *wd_clusters_get (const WdClusters *self,
                                  guint             index);

/* Indices into the points given, rising; as many as the cluster counts. */
const guint *wd_clusters_members (const WdClusters *self,
                                  guint             index);

/* The first zoom past @zoom at which @members lie in more than one grid cell, or
 * @max_zoom + 1 where they stay together to the end (the same building). */
int wd_cluster_expansion_zoom (const WdClusterPoint *points,
                               const guint          *members,
                               gsize                 n_members,
                               int                   zoom,
                               int                   max_zoom,
                               double                cell,
                               double                apart);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdClusters, wd_clusters_free)

G_END_DECLS
