/* wd-city-label.h — where the names stand on the demo city's map
 *
 * One placing for each zoom, over the whole city, so that no name is cut or
 * doubled where tiles meet.  The names that matter more are placed first;
 * what would touch a placed one is left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city.h"

G_BEGIN_DECLS

typedef enum
{
  WD_CITY_LABEL_CITY,
  WD_CITY_LABEL_DISTRICT,
  WD_CITY_LABEL_WATER,
  WD_CITY_LABEL_MAIN,
  WD_CITY_LABEL_PARK,
  WD_CITY_LABEL_PUBLIC, /* hospital, school, fire station */
  WD_CITY_LABEL_MINOR,
  WD_CITY_LABEL_ESTATE,
  WD_CITY_N_LABEL_KINDS
} WdCityLabelKind;

#define WD_CITY_LABEL_MAX 12

/* Every glyph stands by itself, its middle at x, y: pixels of the whole world
 * at this zoom, as tiles count them. */
typedef struct
{
  WdCityLabelKind kind;
  double          size_px;
  double          angle; /* radians, clockwise; 0 for names that stand upright */
  int             n_glyphs;
  gunichar        glyphs[WD_CITY_LABEL_MAX];
  double          x[WD_CITY_LABEL_MAX];
  double          y[WD_CITY_LABEL_MAX];
} WdCityLabel;

/* An array of WdCityLabel. */
GArray *wd_city_place_labels (const WdCity *city,
                              int           zoom);

G_END_DECLS
