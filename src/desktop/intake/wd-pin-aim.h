/* wd-pin-aim.h — choosing a place on the map
 *
 * By a click.  Who has no pointer: while the map has the focus a cross shows its middle, where the arrows bring what is meant;
 * Insert, as where an area is drawn, takes it, and so does a button that a screen reader finds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-map-view.h"
#include "wd-pin-layer.h"

G_BEGIN_DECLS

/* Lays it over @map, with the cross in @pin; @action, of a widget around the map, gets the place: (dd), longitude and latitude. */
void wd_pin_aim_add (WdMapView *map, WdPinLayer *pin, const char *action);

G_END_DECLS
