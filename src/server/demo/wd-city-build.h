/* wd-city-build.h — what the builders of the demo city share
 *
 * The city is laid out on a plane of metres (u along the streets that run
 * east, v along those that run north, 0,0 in the middle) in which all streets
 * are straight.  One function, plane_point(), bends and turns that plane a
 * little and puts it on the earth, so that shapes that share an edge on the
 * plane share it on the earth too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city.h"

G_BEGIN_DECLS

/* A reproducible stream of numbers (splitmix64). */
typedef struct
{
  guint64 state;
} WdDice;

guint64  wd_dice_next (WdDice *dice);
double   wd_dice_real (WdDice *dice, /* low <= x < high */
                       double  low,
                       double  high);
guint    wd_dice_below (WdDice *dice,
                        guint   n);
gboolean wd_dice_chance (WdDice *dice,
                         double  probability);

/* A point of the plane. */
typedef struct
{
  double u;
  double v;
} WdSpot;

/* One straight line of the street grid, whether or not a street lies on it. */
typedef struct
{
  double at;   /* its u (a column) or v (a row) */
  int    main; /* index into the table of main streets, or -1 */
  int    gap;  /* between which two main lines: main `gap` and `gap + 1` */
} WdGridLine;

enum
{
  WD_COLUMNS, /* lines that run north, by rising u */
  WD_ROWS,    /* lines that run east, by rising v */
  WD_N_AXES
};

#define WD_MAX_GRID_LINES 128

typedef struct
{
  WdGridLine lines[WD_MAX_GRID_LINES];
  int        n_lines;
  int        main_line[32]; /* the grid line of each main street */
  int        n_main;
  /* The street on line i between the crossing lines k and k + 1, or -1. */
  int street[WD_MAX_GRID_LINES][WD_MAX_GRID_LINES];
} WdGridAxis;

typedef struct
{
  WdCity    *city;
  WdGridAxis axes[WD_N_AXES];
  GArray    *districts;
  GArray    *grounds;
  GArray    *shades;
  GArray    *streets;
  GArray    *pipes;
  GArray    *valves;
  GArray    *compounds;
  GArray    *buildings;
  GArray    *customers;
  GArray    *units;
  GArray    *river; /* WdReach */
  GArray    *blobs; /* WdBlob: lake and parks */
} WdCityBuilder;

/* wd-city.c */
WdPoint     wd_city_plane_point (WdSpot spot);
double      wd_city_density (WdSpot spot); /* 1 in the centre, 0 far out */
const char *wd_city_string (WdCity     *city,
                            const char *format,
                            ...) G_GNUC_PRINTF (2, 3);
WdCityLine  wd_city_line (WdCity *city, /* takes the array of WdPoint */
                          GArray *points);
WdCityLine  wd_city_ring (WdCity *city, /* the same, closed by its first point again */
                          GArray *points);

/* In the order in which they are called. */
void wd_city_lay_ground (WdCityBuilder *b);  /* wd-city-ground.c */
void wd_city_lay_streets (WdCityBuilder *b); /* wd-city-streets.c */
void wd_city_draw_areas (WdCityBuilder *b);  /* wd-city-areas.c */
void wd_city_build_homes (WdCityBuilder *b); /* wd-city-homes.c */
void wd_city_settle (WdCityBuilder *b);      /* wd-city-people.c */
void wd_city_staff_units (WdCityBuilder *b); /* wd-city-units.c */

/* Whether all water is farther away than the margin, and whether it is in a park. */
gboolean wd_city_is_dry (WdCityBuilder *b,
                         WdSpot         spot,
                         double         margin_m);
gboolean wd_city_in_park (WdCityBuilder *b,
                          WdSpot         spot);

/* The outline of all main cells that carry one of the letters, as a ring;
 * the map has a line for each row of cells from the north. */
WdCityLine wd_city_outline (WdCityBuilder     *b,
                            const char *const *map,
                            char               letter);

G_END_DECLS
