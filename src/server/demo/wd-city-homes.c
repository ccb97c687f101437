/* wd-city-homes.c — the demo city's plots: who stands where, and the buildings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-build.h"

#include "wd-city-names.h"

#include <math.h>

/* The land between four neighbouring grid lines that has a street to front. */
typedef struct
{
  double u0, v0, u1, v1; /* without verge and pavement */
  double density;
  int    street;
  int    number;
  WdSpot front;
} Plot;

/* How the buildings of a kind of plot stand. */
typedef struct
{
  double    pitch_u, pitch_v; /* from one to the next, at most */
  double    gap_u, gap_v;     /* free between them */
  double    deepest;          /* of one building, from south to north */
  double    kept;             /* share that is really built */
  const int floors[3];
} Pattern;

/* clang-format off */
static const Pattern slabs =     { 62, 33, 12, 19, 13, 0.94, { 6, 6, 7 } };
static const Pattern mid_rises = { 48, 42, 16, 27, 15, 0.92, { 9, 11, 11 } };
static const Pattern towers =    { 56, 60, 30, 36, 24, 0.90, { 18, 24, 28 } };
static const Pattern sheds =     { 85, 70, 14, 16, 60, 0.95, { 1, 1, 2 } };
static const Pattern school =    { 130, 50, 22, 34, 15, 0.85, { 4, 4, 5 } };
static const Pattern hospital =  { 75, 62, 18, 34, 28, 0.95, { 6, 9, 11 } };

static const struct { const char *class; int n; const Pattern *pattern; } publics[] = {
  { "hospital", 9, &hospital }, { "school", 46, &school }, { "dialysis", 5, &hospital }, { "fire", 9, &hospital },
};
static const char *const hospitals[] = {
  "澄禾市第一医院", "澄河第二医院", "澄禾市中医院", "青禾医院", "南苑医院", "东渡新城医院", "云台康复医院", "妇幼保健院", "横塘医院",
};
static const char *const dialysis[] = { "仁和透析中心", "康宁透析中心", "济民透析中心", "安心血液净化中心", "同济血液透析中心" };
static const char *const goods[] = {
  "精密机械厂", "印染厂", "食品厂", "包装厂", "五金厂", "化工厂", "制药厂", "电子厂", "纸制品厂", "饮料厂", "啤酒厂", "汽配厂",
  "家具厂", "塑料制品厂", "洗涤中心", "热电站", "预制构件厂", "冷链物流园",
};
/* clang-format on */

static gboolean
is_industrial (const Plot *plot)
{
  double u = (plot->u0 + plot->u1) / 2;
  double v = (plot->v0 + plot->v1) / 2;

  return (v > -2850 && v < -2100 && (u < -2750 || u > 1380)) || (u > 4050 && v > 640 && v < 1330) ||
         (u > 3120 && v < -3600);
}

/* Numbers rise from the street's beginning, odd on one side, even on the other. */
static int
house_number (const WdGridAxis *own,
              const WdGridAxis *across,
              int               line,
              int               link,
              gboolean          even_side)
{
  int    street = own->street[line][link];
  int    first = 0;
  double along = (across->lines[link].at + across->lines[link + 1].at) / 2;

  while (own->street[line][first] != street)
    first++;
  return 2 * (int)((along - across->lines[first].at) / 22) + (even_side ? 2 : 1);
}

/* The street that the plot fronts: a main one if there is one. */
static void
find_front (WdCityBuilder *b,
            Plot          *plot,
            int            a,
            int            c)
{
  const struct
  {
    int axis, line, link;
  } sides[] = { { WD_ROWS, c, a }, { WD_COLUMNS, a, c }, { WD_ROWS, c + 1, a }, { WD_COLUMNS, a + 1, c } };
  int best = -1;

  plot->street = -1;
  for (int i = 0; i < 4; i++)
    {
      const WdGridAxis *own = &b->axes[sides[i].axis];

      if (own->street[sides[i].line][sides[i].link] >= 0 &&
          (best < 0 || (own->lines[sides[i].line].main >= 0 && b->axes[sides[best].axis].lines[sides[best].line].main < 0)))
        best = i;
    }
  if (best < 0)
    return;
  plot->street = b->axes[sides[best].axis].street[sides[best].line][sides[best].link];
  plot->number = house_number (&b->axes[sides[best].axis], &b->axes[!sides[best].axis], sides[best].line, sides[best].link, best < 2);
  plot->front = (WdSpot){ (plot->u0 + plot->u1) / 2, (plot->v0 + plot->v1) / 2 };
}

static gboolean
is_free (WdCityBuilder *b,
         WdSpot         spot)
{
  return wd_city_is_dry (b, spot, 14) && !wd_city_in_park (b, spot);
}

static GArray *
find_plots (WdCityBuilder *b)
{
  GArray           *plots = g_array_new (FALSE, TRUE, sizeof (Plot));
  const WdGridAxis *columns = &b->axes[WD_COLUMNS];
  const WdGridAxis *rows = &b->axes[WD_ROWS];

  for (int a = 0; a + 1 < columns->n_lines; a++)
    for (int c = 0; c + 1 < rows->n_lines; c++)
      {
        Plot plot = { columns->lines[a].at + (columns->lines[a].main >= 0 ? 27 : 16),
                      rows->lines[c].at + (rows->lines[c].main >= 0 ? 27 : 16),
                      columns->lines[a + 1].at - (columns->lines[a + 1].main >= 0 ? 27 : 16),
                      rows->lines[c + 1].at - (rows->lines[c + 1].main >= 0 ? 27 : 16) };

        find_front (b, &plot, a, c);
        plot.density = wd_city_density (plot.front);
        if (plot.street >= 0 && is_free (b, plot.front))
          g_array_append_val (plots, plot);
      }
  return plots;
}

static guint
build (WdCityBuilder *b,
       const Plot    *plot,
       const Pattern *pattern,
       WdDice        *dice)
{
  double wide = plot->u1 - plot->u0;
  double high = plot->v1 - plot->v0;
  int    m = MAX (1, (int)(wide / pattern->pitch_u + 0.5));
  int    n = MAX (1, (int)(high / pattern->pitch_v));
  double su = wide / m - pattern->gap_u;
  double sv = MIN (pattern->deepest, high / n - pattern->gap_v / 2);
  int    floors = pattern->floors[wd_dice_below (dice, 3)];
  guint  before = b->buildings->len;

  for (int row = n - 1; row >= 0; row--)
    for (int column = 0; column < m; column++)
      {
        double         u = plot->u0 + wide * (column + 0.5) / m;
        double         v = plot->v0 + high * (row + 0.5) / n;
        const WdSpot   corners[4] = { { u - su / 2, v - sv / 2 }, { u + su / 2, v - sv / 2 }, { u + su / 2, v + sv / 2 }, { u - su / 2, v + sv / 2 } };
        WdCityBuilding building = { .compound = b->compounds->len, .floors = floors };
        gboolean       fits = wd_dice_chance (dice, pattern->kept);

        for (int i = 0; i < 4; i++)
          {
            fits = fits && is_free (b, corners[i]);
            building.corners[i] = wd_city_plane_point (corners[i]);
          }
        if (fits)
          g_array_append_val (b->buildings, building);
      }
  return b->buildings->len - before;
}

static guint
district_at (WdCityBuilder *b,
             WdPoint        point)
{
  for (guint i = 0; i < b->districts->len; i++)
    if (wd_city_ring_holds (&g_array_index (b->districts, WdCityDistrict, i).ring, point))
      return i;
  g_assert_not_reached ();
}

static void
settle_plot (WdCityBuilder *b,
             const Plot    *plot,
             const char    *name,
             const char *class,
             const Pattern *pattern,
             WdDice        *dice)
{
  WdCityCompound compound = { name, class, plot->street, plot->number };

  compound.first_building = b->buildings->len;
  compound.n_buildings = build (b, plot, pattern, dice);
  if (compound.n_buildings == 0)
    return;
  compound.point = wd_city_plane_point (plot->front);
  compound.district = district_at (b, compound.point);
  compound.weight = compound.n_buildings * (0.12 + plot->density) * (pattern == &towers ? 3 : pattern == &mid_rises ? 1.6
                                                                                                                    : 1);
  g_array_append_val (b->compounds, compound);
}

static const char *
public_name (WdCityBuilder *b,
             const Plot    *plot,
             int            kind,
             int            i)
{
  static const char *const schools[] = { "小学", "中学", "幼儿园", "实验学校" };
  const char              *street = g_array_index (b->streets, WdCityStreet, plot->street).name;

  switch (kind)
    {
    case 0: return hospitals[i];
    case 1: return wd_city_string (b->city, "%s%s", street, schools[i % 4]);
    case 2: return dialysis[i];
    default: return wd_city_string (b->city, "%s消防站", street);
    }
}

/* Hospitals and schools take the first of the shuffled plots that suit. */
static guint
settle_publics (WdCityBuilder *b,
                GArray        *plots,
                WdDice        *dice)
{
  guint next = 0;

  for (gsize kind = 0; kind < G_N_ELEMENTS (publics); kind++)
    for (int i = 0; i < publics[kind].n; next++)
      {
        const Plot *plot = &g_array_index (plots, Plot, next);
        guint       before = b->compounds->len;

        if (plot->density < 0.12 || is_industrial (plot))
          continue;
        settle_plot (b, plot, public_name (b, plot, (int)kind, i), publics[kind].class, publics[kind].pattern, dice);
        i += b->compounds->len > before ? 1 : 0;
      }
  return next;
}

static const char *
estate_name (WdCity *city,
             guint   i)
{
  /* 97 has no common factor with the number of names: each comes once. */
  gsize       n_names = wd_city_n_estate_words * wd_city_n_estate_kinds;
  gsize       k = i * 97 % n_names;
  const char *word = wd_city_estate_words[k / wd_city_n_estate_kinds];
  const char *kind = wd_city_estate_kinds[k % wd_city_n_estate_kinds];

  return i < n_names ? wd_city_string (city, "%s%s", word, kind) : wd_city_string (city, "%s%s二期", word, kind);
}

static void
settle_home (WdCityBuilder *b,
             const Plot    *plot,
             WdDice        *dice)
{
  const char    *name = estate_name (b->city, b->compounds->len);
  const Pattern *pattern = &slabs;

  if (plot->density > 0.4 && wd_dice_chance (dice, 0.16))
    pattern = &towers;
  else if (wd_dice_chance (dice, 0.3))
    pattern = &mid_rises;
  settle_plot (b, plot, name, "domestic", pattern, dice);
}

static void
shuffle (GArray *plots,
         WdDice *dice)
{
  for (guint i = plots->len - 1; i > 0; i--)
    {
      guint k = wd_dice_below (dice, i + 1);
      Plot  plot = g_array_index (plots, Plot, i);

      g_array_index (plots, Plot, i) = g_array_index (plots, Plot, k);
      g_array_index (plots, Plot, k) = plot;
    }
}

void
wd_city_build_homes (WdCityBuilder *b)
{
  WdDice             dice = { 300118 };
  g_autoptr (GArray) plots = find_plots (b);

  shuffle (plots, &dice);
  for (guint i = settle_publics (b, plots, &dice); i < plots->len; i++)
    {
      const Plot *plot = &g_array_index (plots, Plot, i);

      if (is_industrial (plot))
        {
          const char *word = wd_city_estate_words[wd_dice_below (&dice, (guint)wd_city_n_estate_words)];
          const char *name = wd_city_string (b->city, "%s%s", word, goods[wd_dice_below (&dice, G_N_ELEMENTS (goods))]);

          if (wd_dice_chance (&dice, 0.75))
            settle_plot (b, plot, name, "industry", &sheds, &dice);
        }
      else if (wd_dice_chance (&dice, 0.22 + 0.9 * plot->density))
        settle_home (b, plot, &dice);
    }
}
