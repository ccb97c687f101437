/* wd-sides-layer.h — an area as one person drew it, as another did and as it was before, one over the other
 *
 * Told apart by edge and ground, not by colour alone: theirs as areas are on every map, mine dotted, what was before thin and dashed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-paint.h"

G_BEGIN_DECLS

#define WD_TYPE_SIDES_LAYER (wd_sides_layer_get_type ())
G_DECLARE_FINAL_TYPE (WdSidesLayer, wd_sides_layer, WD, SIDES_LAYER, ShumateLayer)

/* From the lowest to the topmost. */
typedef enum
{
  WD_SIDE_THEIRS,
  WD_SIDE_BEFORE,
  WD_SIDE_MINE,
  WD_N_SIDES
} WdSide;

WdSidesLayer *wd_sides_layer_new (ShumateViewport *viewport);

/* @shape: (nullable) */
void wd_sides_layer_set_shape (WdSidesLayer *self,
                               WdSide        side,
                               WdAreaShape  *shape);

/* Where mine is wrong; lon NAN for nowhere. */
void wd_sides_layer_set_fault (WdSidesLayer *self,
                               WdPoint       at);

/* The box around all of it; FALSE where there is nothing. */
gboolean wd_sides_layer_get_box (WdSidesLayer *self,
                                 WdPoint      *south_west,
                                 WdPoint      *north_east);

G_END_DECLS
