/* wd-area-layer.h — outages and quality areas on the map, below the symbols
 *
 * What has no area yet is a mark at its point, and whoever called about one is a small disc where the call came from.
 * The ground is one picture that a worker paints; labels stand outside at the edge of their area, inside the view, and give
 * way to symbols and to one another; where there is no room for all of it, the title or a badge stands for it.  The layer is the map's list of areas for a screen reader too: each
 * item has the area's sentence as its name and lies where its label does, or where the area is.
 *
 * Signals (ids are only lent to the handler):
 *   area-activated (id)                    a click on its label, or its item's act `map-area.open`
 *   query-area-drop (ids, id) → char *     why these orders may not be dropped on that area, NULL if they may
 *   orders-dropped-on-area (ids, id)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-paint.h"
#include "wd-map-layer.h"

G_BEGIN_DECLS

#define WD_TYPE_AREA_LAYER (wd_area_layer_get_type ())
G_DECLARE_FINAL_TYPE (WdAreaLayer, wd_area_layer, WD, AREA_LAYER, ShumateLayer)

/* All members are copied.  An area that can't be read is left out, and what has neither an area nor a point. */
typedef struct
{
  const char *id;
  WdAreaStyle style;
  const char *geojson;  /* NULL: a mark at @point */
  const char *title;    /* of its label: 突发停水 · 人民路 DN300 爆管 */
  const char *detail;   /* the second line (nullable) */
  const char *sentence; /* for who does not see it */

  WdPoint        point;
  const WdPoint *calls; /* where it was called from */
  gsize          n_calls;
} WdMapArea;

/* @symbols: what the labels give way to, of the same map */
WdAreaLayer *wd_area_layer_new (ShumateViewport *viewport,
                                WdMapLayer      *symbols);

/* Replaces all, the most urgent first: its label has the first choice. */
void wd_area_layer_set_areas (WdAreaLayer     *self,
                              const WdMapArea *areas,
                              gsize            n_areas);

/* Not drawn here, since it is being drawn; and the one that is marked.  Both (nullable). */
void wd_area_layer_set_hidden (WdAreaLayer *self,
                               const char  *id);
void wd_area_layer_set_selected (WdAreaLayer *self,
                                 const char  *id);

/* The smallest area around a place of the layer's coordinates, or the one whose label or mark is there.  (transfer none) (nullable) */
const char *wd_area_layer_find (WdAreaLayer *self,
                                double       x,
                                double       y);

/* The box around an area; FALSE where it has none here. */
gboolean wd_area_layer_get_box (WdAreaLayer *self,
                                const char  *id,
                                WdPoint     *south_west,
                                WdPoint     *north_east);

/* Lets orders be dropped anywhere on an area, also where a symbol lies. */
void wd_area_layer_take_drops (WdAreaLayer *self);

G_END_DECLS
