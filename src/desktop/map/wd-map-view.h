/* wd-map-view.h — the map as a page embeds it
 *
 * Basemap, the layer of areas, the layer of orders and units, buttons to zoom, a scale and the attribution; light and
 * dark after AdwStyleManager.  Without a server it shows plain ground.  It passes on its layer's signals of
 * the same names: order-activated, selection-changed, menu-requested, unit-activated, describe-order,
 * query-drop, orders-dropped-on-unit, drag-started, drag-ended (see wd-map-layer.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-layer.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define WD_TYPE_MAP_VIEW (wd_map_view_get_type ())
G_DECLARE_FINAL_TYPE (WdMapView, wd_map_view, WD, MAP_VIEW, GtkWidget)

GtkWidget *wd_map_view_new (void);

/* The layer takes the data: wd_map_layer_set_orders() and so on. */
WdMapLayer *wd_map_view_get_layer (WdMapView *self);

/* The same for outages and quality areas, below the symbols. */
WdAreaLayer *wd_map_view_get_areas (WdMapView *self);

/* Shows the basemap of @server (its address without a path) with @token; @session NULL takes it away.  Zooms, home and attribution
 * come from the server's /v1/tiles, which is asked for here.  @cache_dir: (nullable). */
void wd_map_view_set_server (WdMapView   *self,
                             SoupSession *session,
                             const char  *server,
                             const char  *token,
                             const char  *cache_dir);

/* The link is back: missing tiles are asked for again. */
void wd_map_view_retry (WdMapView *self);

/* What 全图 and Home show; the basemap's bounds where the owner sets none. */
void wd_map_view_set_home (WdMapView *self,
                           WdPoint    south_west,
                           WdPoint    north_east);
void wd_map_view_go_home (WdMapView *self);

/* Centres on a place, at @zoom or nearer as it is (0: as it is).  For a person's act only: the map never moves by itself. */
void wd_map_view_show_point (WdMapView *self,
                             WdPoint    point,
                             double     zoom);

WdPoint wd_map_view_get_centre (WdMapView *self);

/* Shows a box, in the same way. */
void wd_map_view_show_box (WdMapView *self,
                           WdPoint    south_west,
                           WdPoint    north_east);

/* A layer of the owner's above all others; or above the areas and below the symbols. */
void wd_map_view_add_layer (WdMapView    *self,
                            ShumateLayer *layer);
void wd_map_view_add_ground (WdMapView    *self,
                             ShumateLayer *layer);

/* A widget laid over the map (tools, a parallel list for screen readers), by GtkWidget:halign and :valign. */
void wd_map_view_add_overlay (WdMapView *self,
                              GtkWidget *widget);

G_END_DECLS
