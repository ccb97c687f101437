/* wd-city-areas.c — the demo city's districts and shaded superblocks
 *
 * Areas are made of the cells between the main streets, so that neighbours
 * share every vertex and nothing lies between them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-build.h"

#define RING_ROAD_M 80.0

/* clang-format off */
static const char *const district_map[] = { /* a line per row of cells from the north */
  "YYYYYYYYLLLLL",
  "QYYYYYYYLLLLL",
  "QQQCCCCCLLLLL",
  "QQQCCCCCCLLLL",
  "QQQCCCCCCDDDD",
  "QQQCCCCCCDDDD",
  "WWNNNNNNDDDDD",
  "WWNNNNNNDDDDD",
  "WWNNNNNNDDDDD",
  "WWHHHHHHHHDDD",
  "WWHHHHHHHHHDD",
};
static const struct { char letter; const char *name; WdSpot label; } districts[] = {
  { 'Q', "青禾区",   { -3950, 1020 } },  { 'C', "澄河区",   { -60, 1760 } },  { 'Y', "云台区",   { -2700, 3400 } },
  { 'L', "望岭区",   { 2650, 3220 } },   { 'D', "东渡新城", { 3600, -1900 } }, { 'N', "南苑区", { -1500, -1720 } },
  { 'W', "柳堤区",   { -5150, -2560 } }, { 'H', "横塘区",   { 140, -3320 } },
};
static const char *const shade_map[] = {
  "..#...#..#..#",
  ".#...#.#...#.",
  "...#....#..#.",
  "..#..##...#..",
  "#...#...#...#",
  "..#...##..#..",
  ".#..##...#..#",
  "#..#...#...#.",
  "..#..##..#...",
  ".#...#..#..#.",
  "...#....#.#..",
};
/* clang-format on */

typedef struct
{
  WdCityBuilder     *b;
  const char *const *map;
  char               letter;
} Tracer;

/* Cells are counted from the south here, as the grid's lines are. */
static gboolean
is_mine (const Tracer *t,
         int           column,
         int           row)
{
  int n_columns = t->b->axes[WD_COLUMNS].n_main - 1;
  int n_rows = t->b->axes[WD_ROWS].n_main - 1;

  if (column < 0 || row < 0 || column >= n_columns || row >= n_rows)
    return FALSE;
  return t->letter == 0 || t->map[n_rows - 1 - row][column] == t->letter;
}

/* Where a grid line lies as a border: the city goes on a little outside its
 * ring roads, so that what stands in them is inside. */
static double
border (const WdGridAxis *axis,
        int               line,
        double            outside_m)
{
  return axis->lines[line].at + (line == 0 ? -outside_m : line == axis->n_lines - 1 ? outside_m
                                                                                    : 0);
}

/* One side of a cell, with a vertex at each crossing on the way. */
static void
append_side (WdCityBuilder *b,
             GArray        *points,
             double         outside_m,
             int            column,
             int            row,
             int            d_column,
             int            d_row)
{
  WdGridAxis *columns = &b->axes[WD_COLUMNS];
  WdGridAxis *rows = &b->axes[WD_ROWS];
  int         i = columns->main_line[column];
  int         k = rows->main_line[row];
  int         end_i = columns->main_line[column + d_column];
  int         end_k = rows->main_line[row + d_row];

  while (i != end_i || k != end_k)
    {
      WdPoint p = wd_city_plane_point ((WdSpot){ border (columns, i, outside_m), border (rows, k, outside_m) });

      g_array_append_val (points, p);
      i += d_column;
      k += d_row;
    }
}

/* Walks around the area with the area on its left hand. */
static WdCityLine
trace (const Tracer *t)
{
  static const int turns[4][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };
  GArray          *points = g_array_new (FALSE, FALSE, sizeof (WdPoint));
  int              column = 0;
  int              row = 0;
  int              heading = 0;
  int              start_column;
  int              start_row;

  while (!is_mine (t, column, row))
    if (++column >= t->b->axes[WD_COLUMNS].n_main)
      {
        column = 0;
        row++;
      }
  start_column = column;
  start_row = row;
  do
    {
      append_side (t->b, points, RING_ROAD_M, column, row, turns[heading][0], turns[heading][1]);
      column += turns[heading][0];
      row += turns[heading][1];
      for (int turn = -1; turn <= 2; turn++) /* right, ahead, left */
        {
          int next = (heading + turn + 4) % 4;
          int du = turns[next][0];
          int dv = turns[next][1];
          /* The cells at the left and the right of a step from this corner. */
          gboolean left = is_mine (t, column + (du > 0 || dv < 0 ? 0 : -1), row + (dv > 0 || du > 0 ? 0 : -1));
          gboolean right = is_mine (t, column + (du > 0 || dv > 0 ? 0 : -1), row + (dv > 0 || du < 0 ? 0 : -1));

          if (left && !right)
            {
              heading = next;
              break;
            }
        }
    }
  while (column != start_column || row != start_row);
  return wd_city_ring (t->b->city, points);
}

WdCityLine
wd_city_outline (WdCityBuilder     *b,
                 const char *const *map,
                 char               letter)
{
  return trace (&(Tracer){ b, map, letter });
}

static void
shade_cell (WdCityBuilder *b,
            int            column,
            int            row)
{
  GArray    *points = g_array_new (FALSE, FALSE, sizeof (WdPoint));
  WdCityLine line;

  append_side (b, points, 0, column, row, 1, 0);
  append_side (b, points, 0, column + 1, row, 0, 1);
  append_side (b, points, 0, column + 1, row + 1, -1, 0);
  append_side (b, points, 0, column, row + 1, 0, -1);
  line = wd_city_ring (b->city, points);
  g_array_append_val (b->shades, line);
}

void
wd_city_draw_areas (WdCityBuilder *b)
{
  int n_rows = b->axes[WD_ROWS].n_main - 1;

  for (gsize i = 0; i < G_N_ELEMENTS (districts); i++)
    {
      WdCityDistrict district = { districts[i].name };

      district.ring = wd_city_outline (b, district_map, districts[i].letter);
      district.label = wd_city_plane_point (districts[i].label);
      g_array_append_val (b->districts, district);
    }
  for (int row = 0; row < n_rows; row++)
    for (int column = 0; column < b->axes[WD_COLUMNS].n_main - 1; column++)
      if (shade_map[n_rows - 1 - row][column] == '#')
        shade_cell (b, column, row);
}
