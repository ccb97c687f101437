/* map-fixture.h — a map in a window, for tests of what is drawn on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-map-view.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget       *window;
  WdMapView       *view;
  WdMapLayer      *layer;
  ShumateViewport *viewport;
} MapFixture;

/* In its middle. */
extern const WdPoint map_fixture_city;

void map_fixture_set_up (MapFixture   *fixture,
                         gconstpointer data);
void map_fixture_tear_down (MapFixture   *fixture,
                            gconstpointer data);

/* As large as the desktop now wants text; the tear-down takes it back. */
void map_fixture_set_text (double text);

G_END_DECLS
