/* wd-map-orders.h — the orders that the map's layer holds, by index and by id, with their clusters
 *
 * An index is good until the next change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-map-layer.h"

G_BEGIN_DECLS

/* Pixels, for text as it was designed: side of a cluster's cell, and how near two of them may stand. */
#define WD_MAP_CELL 48.0
#define WD_MAP_APART 34.0

typedef struct _WdMapOrders WdMapOrders;

WdMapOrders *wd_map_orders_new (void);
void         wd_map_orders_free (WdMapOrders *self);

void wd_map_orders_clear (WdMapOrders *self);
void wd_map_orders_put (WdMapOrders      *self,
                        const WdMapOrder *order);
void wd_map_orders_remove (WdMapOrders *self,
                           const char  *id);

guint wd_map_orders_get_n (const WdMapOrders *self);

/* -1 where it is not here. */
int wd_map_orders_find (const WdMapOrders *self,
                        const char        *id);

/* (transfer none) */
const WdMapOrder     *wd_map_orders_get (const WdMapOrders *self,
                                         guint              index);
const WdClusterPoint *wd_map_orders_get_points (const WdMapOrders *self);

/* Made when asked for after a change, for another zoom or another size of text; (transfer none), good until the next call. */
const WdClusters *wd_map_orders_cluster (WdMapOrders *self,
                                         int          zoom,
                                         double       text);

/* <0 where the order at @a is to be seen to before that at @b: more urgent, then nearer its limit. */
int wd_map_orders_compare (const WdMapOrders *self,
                           guint              a,
                           guint              b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdMapOrders, wd_map_orders_free)

G_END_DECLS
