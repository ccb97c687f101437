/* wd-map-layer.h — all orders, units and crews on the map, in one layer
 *
 * Takes plain data and draws it itself: orders clustered to what the zoom can show, units as
 * labels to drop on, crews as pills below the orders that they are sent to.  No widget per order.  It never moves the map but for a
 * person's act (a click on a cluster, a key).  What a drop means, and whether it is welcome, its owner says.
 *
 * Signals (ids and codes are only lent to the handler):
 *   order-activated (id)              double click, Enter, or picked from a cluster's list
 *   selection-changed ()              by a person or by wd_map_layer_select()
 *   menu-requested (id, x, y)         right click or Menu on an order, in the layer's coordinates
 *   unit-activated (code)             a click on a unit's label
 *   describe-order (id) → char *      a line for tooltip, list and screen reader: 水质，自来水发黄，人民路 118 号
 *   query-drop (ids, code) → char *   why these may not be dropped on that unit, NULL if they may
 *   orders-dropped-on-unit (ids, code)
 *   drag-started (ids), drag-ended () so that other targets can show what they refuse
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-symbols.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define WD_TYPE_MAP_LAYER (wd_map_layer_get_type ())
G_DECLARE_FINAL_TYPE (WdMapLayer, wd_map_layer, WD, MAP_LAYER, ShumateLayer)

/* All members are copied.  An order without a point is left out. */
typedef struct
{
  const char   *id;
  WdPoint       point;
  const char   *category;
  WdSymbolState state; /* SELECTED and, during a drag, PALE are the layer's own */
  gint64        due;   /* the nearest limit, 0 for none: the order of Tab within an urgency */
  const char   *crew;  /* short: 东2; NULL while none is sent */
} WdMapOrder;

typedef enum
{
  WD_PRESENCE_ONLINE,   /* ● */
  WD_PRESENCE_AWAY,     /* ○ no input for some minutes */
  WD_PRESENCE_UNMANNED, /* ⌀ nobody, or no link */
  WD_PRESENCE_UNKNOWN   /* hollow: this desk itself has no link */
} WdPresence;

/* In words: "on duty". */
const char *wd_presence_words (WdPresence presence);

typedef struct
{
  const char *code;
  const char *label; /* short: 东区 */
  WdPoint     point;
  WdPresence  presence;
} WdMapUnit;

WdMapLayer *wd_map_layer_new (ShumateViewport *viewport);

/* Replaces all; selection is kept by id. */
void wd_map_layer_set_orders (WdMapLayer       *self,
                              const WdMapOrder *orders,
                              gsize             n_orders);

/* Adds or replaces one; without a point it is removed. */
void wd_map_layer_put_order (WdMapLayer       *self,
                             const WdMapOrder *order);
void wd_map_layer_remove_order (WdMapLayer *self,
                                const char *id);

void wd_map_layer_set_units (WdMapLayer      *self,
                             const WdMapUnit *units,
                             gsize            n_units);

/* They are, until it is said. */
void wd_map_layer_set_crews_shown (WdMapLayer *self,
                                   gboolean    shown);

/* Ids of what is selected, NULL-terminated; they may name orders that are not on the map. */
void               wd_map_layer_select (WdMapLayer        *self,
                                        const char *const *ids);
const char *const *wd_map_layer_get_selection (WdMapLayer *self);

/* What is being dragged anywhere in the window (shown pale), NULL at its end; and the unit whose card it is
 * held over, so that its label shows it too. */
void     wd_map_layer_set_dragged (WdMapLayer        *self,
                                   const char *const *ids);
gboolean wd_map_layer_is_dragging (WdMapLayer *self);
void     wd_map_layer_set_drop_unit (WdMapLayer *self,
                                     const char *code);

/* Where an order (or the cluster that holds it) or a unit is drawn now, in the layer's coordinates.
 * FALSE where it is not in view. */
gboolean wd_map_layer_locate_order (WdMapLayer       *self,
                                    const char       *id,
                                    graphene_point_t *at);
gboolean wd_map_layer_locate_unit (WdMapLayer       *self,
                                   const char       *code,
                                   graphene_point_t *at);

/* @overlay: what the map lies in: labels keep clear of all that floats at one of its edges.  Borrowed; outlives the layer */
void wd_map_layer_set_overlay (WdMapLayer *self,
                               GtkOverlay *overlay);

/* Whether a symbol or a unit's label is drawn there, or a tool floats there, in the layer's coordinates. */
gboolean wd_map_layer_overlaps (WdMapLayer            *self,
                                const graphene_rect_t *place);

/* Ids of the orders in view, most urgent first (for a parallel list); NULL-terminated,
 * at most @max.  @all: (out): how many are in view.  Returns: (transfer full) */
GStrv wd_map_layer_list_in_view (WdMapLayer *self,
                                 guint       max,
                                 guint      *all);

G_END_DECLS
