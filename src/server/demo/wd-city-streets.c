/* wd-city-streets.c — the demo city's streets, and the pipes and valves under them
 *
 * Main streets run through; between them minor streets are laid on a finer
 * grid, each for a few superblocks, fewer the farther out.  A link is what
 * lies between two crossings: each gives the street a stretch and the network
 * one pipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-build.h"

#include "wd-city-names.h"
#include "wd-mercator.h"

#include <math.h>

typedef struct
{
  const char *name;
  double      at;
  int         diameter_mm;
  const char *material;
} MainStreet;

/* clang-format off */
static const MainStreet columns[] = { /* from the west */
  { "西环路", -5900, 500, "球墨铸铁" },   { "湖滨西路", -4450, 300, "球墨铸铁" }, { "青禾大道", -3600, 600, "球墨铸铁" },
  { "建设路", -2750, 300, "水泥" },       { "解放路", -1900, 400, "球墨铸铁" },   { "文昌路", -1100, 300, "球墨铸铁" },
  { "学府路", -320, 300, "球墨铸铁" },    { "望岭路", 520, 400, "球墨铸铁" },     { "崇文路", 1380, 300, "PE" },
  { "东渡大道", 2250, 800, "钢" },        { "锦帆路", 3120, 400, "球墨铸铁" },    { "新港路", 4050, 300, "PE" },
  { "会展路", 4960, 300, "PE" },          { "东环路", 5900, 600, "钢" },
};
static const MainStreet rows[] = { /* from the south */
  { "绕城南路", -4350, 500, "球墨铸铁" }, { "横塘路", -3600, 300, "球墨铸铁" },   { "南环路", -2850, 500, "水泥" },
  { "工业路", -2100, 600, "水泥" },       { "南苑路", -1330, 300, "球墨铸铁" },   { "滨江南路", -560, 400, "球墨铸铁" },
  { "澄河大道", 640, 800, "钢" },         { "人民路", 1330, 300, "球墨铸铁" },    { "和平街", 2060, 300, "水泥" },
  { "北环路", 2830, 500, "球墨铸铁" },    { "云台路", 3590, 300, "球墨铸铁" },    { "绕城北路", 4350, 500, "球墨铸铁" },
};
/* clang-format on */

#define BLOCK_SIDE_M 165.0
#define BANK_M 28.0

typedef struct
{
  WdCityBuilder *b;
  WdDice         dice;
  GArray        *names; /* of minor streets, shuffled */
  guint          next_node;
  /* The street being laid: */
  int     axis;
  int     line;
  int     street;
  GArray *pieces; /* WdCityLine */
  GArray *piece;  /* WdPoint, the one still growing */
} Layer;

static WdSpot
on_line (int    axis,
         double at,
         double along)
{
  return axis == WD_COLUMNS ? (WdSpot){ at, along } : (WdSpot){ along, at };
}

static void
rule_axis (WdGridAxis       *axis,
           const MainStreet *main,
           int               n_main,
           WdDice           *dice)
{
  for (int gap = 0; gap < n_main; gap++)
    {
      double width = gap + 1 < n_main ? main[gap + 1].at - main[gap].at : 0;
      int    parts = (int)(width / BLOCK_SIDE_M + 0.5);

      axis->main_line[gap] = axis->n_lines;
      axis->lines[axis->n_lines++] = (WdGridLine){ main[gap].at, gap, gap };
      for (int k = 1; k < parts; k++)
        {
          double at = main[gap].at + width * (k + wd_dice_real (dice, -0.1, 0.1)) / parts;

          axis->lines[axis->n_lines++] = (WdGridLine){ at, -1, gap };
        }
    }
  axis->n_main = n_main;
  for (int i = 0; i < WD_MAX_GRID_LINES; i++)
    for (int k = 0; k < WD_MAX_GRID_LINES; k++)
      axis->street[i][k] = -1;
}

static void
end_piece (Layer *l)
{
  WdCityLine line;

  if (l->piece == NULL)
    return;
  line = wd_city_line (l->b->city, g_steal_pointer (&l->piece));
  g_array_append_val (l->pieces, line);
}

static void
end_street (Layer *l)
{
  WdCityStreet *street;

  if (l->street < 0)
    return;
  end_piece (l);
  street = &g_array_index (l->b->streets, WdCityStreet, l->street);
  street->n_pieces = l->pieces->len;
  street->pieces = (WdCityLine *)(gpointer)g_array_free (g_steal_pointer (&l->pieces), FALSE);
  g_ptr_array_add (l->b->city->memory, street->pieces);
  l->street = -1;
}

static void
begin_street (Layer           *l,
              const char      *name,
              WdCityStreetKind kind)
{
  WdCityStreet street = { name, kind };

  end_street (l);
  l->street = l->b->streets->len;
  l->pieces = g_array_new (FALSE, FALSE, sizeof (WdCityLine));
  g_array_append_val (l->b->streets, street);
}

static void
extend_piece (Layer         *l,
              const WdPoint *points,
              gsize          n)
{
  WdPoint *last = l->piece ? &g_array_index (l->piece, WdPoint, l->piece->len - 1) : NULL;

  if (last != NULL && last->lon == points[0].lon && last->lat == points[0].lat)
    {
      g_array_append_vals (l->piece, points + 1, n - 1);
      return;
    }
  end_piece (l);
  l->piece = g_array_new (FALSE, FALSE, sizeof (WdPoint));
  g_array_append_vals (l->piece, points, n);
}

static void
add_valve (Layer   *l,
           gboolean at_end)
{
  guint             pipe_index = l->b->pipes->len - 1;
  const WdCityPipe *pipe = &g_array_index (l->b->pipes, WdCityPipe, pipe_index);
  gsize             last = pipe->line.n_points - 1;
  WdPoint           a = pipe->line.points[at_end ? last : 0];
  WdPoint           c = pipe->line.points[at_end ? last - 1 : 1];
  double            t = MIN (0.4, 12 / wd_point_distance (a, c));
  WdCityValve       valve = { wd_city_string (l->b->city, "V%04u", l->b->valves->len + 1),
                              pipe_index,
                        at_end ? pipe->to_node : pipe->from_node,
                              { round ((a.lon + (c.lon - a.lon) * t) * 1e6) / 1e6, round ((a.lat + (c.lat - a.lat) * t) * 1e6) / 1e6 } };

  g_array_append_val (l->b->valves, valve);
}

static void
add_pipe (Layer      *l,
          WdCityLine  line,
          const guint nodes[2])
{
  static const int         minor_mm[] = { 100, 150, 150, 200, 200, 250 };
  static const char *const minor_material[] = { "PE", "PE", "球墨铸铁", "球墨铸铁", "钢" };
  const WdGridLine        *grid = &l->b->axes[l->axis].lines[l->line];
  const MainStreet        *main = l->axis == WD_COLUMNS ? columns : rows;
  WdCityPipe               pipe = { wd_city_string (l->b->city, "P%05u", l->b->pipes->len + 1), l->street };

  if (grid->main >= 0)
    {
      pipe.diameter_mm = main[grid->main].diameter_mm;
      pipe.material = main[grid->main].material;
    }
  else
    {
      /* One street, one pipe: drawn from its number, not anew for each link. */
      WdDice dice = { (guint64)l->street * 7919 };

      pipe.diameter_mm = minor_mm[wd_dice_below (&dice, G_N_ELEMENTS (minor_mm))];
      pipe.material = minor_material[wd_dice_below (&dice, G_N_ELEMENTS (minor_material))];
    }
  pipe.from_node = nodes[0];
  pipe.to_node = nodes[1];
  pipe.line = line;
  g_array_append_val (l->b->pipes, pipe);
  for (int end = 0; end < 2; end++)
    if (wd_dice_chance (&l->dice, grid->main >= 0 ? 0.45 : 0.3))
      add_valve (l, end == 1);
}

/* The stretch of a link between two distances along it. */
static void
lay_stretch (Layer      *l,
             double      from,
             double      to,
             const guint nodes[2])
{
  double  at = l->b->axes[l->axis].lines[l->line].at;
  int     steps = MAX (1, (int)((to - from) / 45));
  GArray *points = g_array_new (FALSE, FALSE, sizeof (WdPoint));

  for (int k = 0; k <= steps; k++)
    {
      double  along = k == steps ? to : from + (to - from) * k / steps;
      WdPoint p = wd_city_plane_point (on_line (l->axis, at, along));

      g_array_append_val (points, p);
    }
  extend_piece (l, (WdPoint *)(gpointer)points->data, points->len);
  add_pipe (l, wd_city_line (l->b->city, points), nodes);
}

static gboolean
is_free (Layer *l,
         double along)
{
  WdSpot spot = on_line (l->axis, l->b->axes[l->axis].lines[l->line].at, along);

  return wd_city_is_dry (l->b, spot, BANK_M) && !wd_city_in_park (l->b, spot);
}

/* What is free from one end of the link on, in metres. */
static double
free_length (Layer *l,
             double from,
             double to)
{
  double length = fabs (to - from);

  for (double d = 0; d < length; d += 10)
    if (!is_free (l, from + (to > from ? d : -d)))
      return d;
  return is_free (l, to) ? length : length - 1;
}

static guint
crossing (Layer *l,
          int    other)
{
  return l->axis == WD_COLUMNS ? (guint)(l->line * WD_MAX_GRID_LINES + other)
                               : (guint)(other * WD_MAX_GRID_LINES + l->line);
}

static void
lay_link (Layer *l,
          int    k)
{
  WdGridAxis  *own = &l->b->axes[l->axis];
  WdGridAxis  *across = &l->b->axes[!l->axis];
  double       from = across->lines[k].at;
  double       to = across->lines[k + 1].at;
  const guint  whole[2] = { crossing (l, k), crossing (l, k + 1) };
  const double stub = 55;
  double       ahead;
  double       back;

  if (own->lines[l->line].main >= 0 || (ahead = free_length (l, from, to)) >= to - from)
    {
      own->street[l->line][k] = l->street;
      lay_stretch (l, from, to, whole);
      return;
    }
  if (ahead >= stub)
    lay_stretch (l, from, from + ahead, (const guint[]){ whole[0], l->next_node++ });
  end_piece (l);
  back = free_length (l, to, from);
  if (back >= stub && ahead + back < to - from)
    lay_stretch (l, to - back, to, (const guint[]){ l->next_node++, whole[1] });
}

/* The two rows that would run into the lake begin on its east shore. */
static gboolean
main_is_open (int axis,
              int main,
              int gap)
{
  return axis == WD_COLUMNS || gap > 0 ||
         !(g_str_equal (rows[main].name, "人民路") || g_str_equal (rows[main].name, "和平街"));
}

static gboolean
minor_is_open (Layer *l,
               int    gap)
{
  WdGridAxis *own = &l->b->axes[l->axis];
  WdGridAxis *across = &l->b->axes[!l->axis];
  double      middle = (across->lines[across->main_line[gap]].at + across->lines[across->main_line[gap + 1]].at) / 2;
  WdSpot      spot = on_line (l->axis, own->lines[l->line].at, middle);

  return wd_dice_chance (&l->dice, CLAMP (0.3 + 0.9 * wd_city_density (spot), 0, 0.96));
}

static const char *
next_name (Layer *l)
{
  guint       i = l->names->len - 1;
  const char *name;

  g_assert (l->names->len > 0);
  name = g_array_index (l->names, const char *, i);
  g_array_set_size (l->names, i);
  return name;
}

static void
lay_line (Layer *l)
{
  WdGridAxis       *own = &l->b->axes[l->axis];
  WdGridAxis       *across = &l->b->axes[!l->axis];
  int               main = own->lines[l->line].main;
  const MainStreet *table = l->axis == WD_COLUMNS ? columns : rows;

  for (int gap = 0; gap + 1 < across->n_main; gap++)
    {
      gboolean open = main >= 0 ? main_is_open (l->axis, main, gap) : minor_is_open (l, gap);

      if (!open)
        {
          end_street (l);
          continue;
        }
      if (l->street < 0 || (main < 0 && wd_dice_chance (&l->dice, 0.2)))
        begin_street (l, main >= 0 ? table[main].name : next_name (l), main >= 0 ? WD_CITY_STREET_MAIN : WD_CITY_STREET_MINOR);
      for (int k = across->main_line[gap]; k < across->main_line[gap + 1]; k++)
        lay_link (l, k);
    }
  end_street (l);
}

/* A minor street of which water and parks left nothing has no name on the map. */
static void
drop_empty_streets (WdCityBuilder *b)
{
  g_autofree int *moved = g_new (int, b->streets->len);
  guint           n = 0;

  for (guint i = 0; i < b->streets->len; i++)
    {
      WdCityStreet *street = &g_array_index (b->streets, WdCityStreet, i);

      moved[i] = street->n_pieces > 0 ? (int)n : -1;
      if (street->n_pieces > 0)
        g_array_index (b->streets, WdCityStreet, n++) = *street;
    }
  g_array_set_size (b->streets, n);
  for (guint i = 0; i < b->pipes->len; i++)
    {
      WdCityPipe *pipe = &g_array_index (b->pipes, WdCityPipe, i);

      pipe->street = (guint)moved[pipe->street];
    }
  for (int axis = 0; axis < WD_N_AXES; axis++)
    for (int i = 0; i < WD_MAX_GRID_LINES; i++)
      for (int k = 0; k < WD_MAX_GRID_LINES; k++)
        if (b->axes[axis].street[i][k] >= 0)
          b->axes[axis].street[i][k] = moved[b->axes[axis].street[i][k]];
}

/* Main streets that go on into the country, each to where another begins. */
static void
lay_country (Layer *l)
{
  /* clang-format off */
  static const struct { const char *name; int axis; double at, from, to; } roads[] = {
    { "人民路", WD_ROWS, 1330, 5900, 26000 },     { "云台路", WD_ROWS, 3590, -24000, -5900 },
    { "工业路", WD_ROWS, -2100, -24000, -5900 },  { "横塘路", WD_ROWS, -3600, 5900, 26000 },
    { "解放路", WD_COLUMNS, -1900, 4350, 22000 }, { "东渡大道", WD_COLUMNS, 2250, 4350, 22000 },
    { "青禾大道", WD_COLUMNS, -3600, -22000, -4350 }, { "望岭路", WD_COLUMNS, 520, -22000, -4350 },
  };
  /* clang-format on */
  for (gsize i = 0; i < G_N_ELEMENTS (roads); i++)
    {
      begin_street (l, roads[i].name, WD_CITY_STREET_COUNTRY);
      for (double along = roads[i].from; along <= roads[i].to; along += 50)
        {
          double  far = roads[i].from > 0 ? along - roads[i].from : roads[i].to - along;
          double  aside = 260 * sin (far / 3100.0 + (double)i) - 260 * sin ((double)i);
          double  ease = MIN (1, far / 4000);
          WdPoint p = wd_city_plane_point (on_line (roads[i].axis, roads[i].at + aside * ease, along));
          WdPoint two[2] = { l->piece ? g_array_index (l->piece, WdPoint, l->piece->len - 1) : p, p };

          extend_piece (l, two, 2);
        }
    }
  end_street (l);
}

/* A road, a street and a lane of each word, in no order. */
static GArray *
shuffled_names (WdCity *city,
                WdDice *dice)
{
  static const char *const kinds[] = { "路", "街", "巷" };
  GArray                  *names = g_array_new (FALSE, FALSE, sizeof (const char *));

  for (gsize i = 0; i < wd_city_n_street_words * G_N_ELEMENTS (kinds); i++)
    {
      const char *name = wd_city_string (city, "%s%s", wd_city_street_words[i / 3], kinds[i % 3]);

      g_array_append_val (names, name);
    }
  for (guint i = names->len - 1; i > 0; i--)
    {
      guint       k = wd_dice_below (dice, i + 1);
      const char *name = g_array_index (names, const char *, i);

      g_array_index (names, const char *, i) = g_array_index (names, const char *, k);
      g_array_index (names, const char *, k) = name;
    }
  return names;
}

void
wd_city_lay_streets (WdCityBuilder *b)
{
  Layer l = { .b = b, .dice = { 20261124 }, .street = -1, .next_node = WD_MAX_GRID_LINES * WD_MAX_GRID_LINES };

  rule_axis (&b->axes[WD_COLUMNS], columns, G_N_ELEMENTS (columns), &l.dice);
  rule_axis (&b->axes[WD_ROWS], rows, G_N_ELEMENTS (rows), &l.dice);
  l.names = shuffled_names (b->city, &l.dice);
  for (l.axis = 0; l.axis < WD_N_AXES; l.axis++)
    for (l.line = 0; l.line < b->axes[l.axis].n_lines; l.line++)
      lay_line (&l);
  lay_country (&l);
  drop_empty_streets (b);
  g_array_unref (l.names);
}
