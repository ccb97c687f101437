/* wd-pin-layer.h — the place that is meant, as a ring on the map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-mercator.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define WD_TYPE_PIN_LAYER (wd_pin_layer_get_type ())
G_DECLARE_FINAL_TYPE (WdPinLayer, wd_pin_layer, WD, PIN_LAYER, ShumateLayer)

WdPinLayer *wd_pin_layer_new (ShumateViewport *viewport);

/* @point: none where it is not set */
void wd_pin_layer_set_point (WdPinLayer *self, WdPoint point);

/* Shows the middle of the map by a cross, for who puts the point there by key. */
void wd_pin_layer_set_aiming (WdPinLayer *self, gboolean aiming);

/* What lies under a place of the layer. */
WdPoint wd_pin_layer_point_at (WdPinLayer *self, double x, double y);

G_END_DECLS
