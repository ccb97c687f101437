/* wd-city-units.c — the demo city's responsible units, their crews, and the staff
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-build.h"

#include "wd-city-names.h"

/* clang-format off */
static const char *const supply_map[] = { /* a line per row of cells from the north */
  "WWNNNNNNEEEEE",
  "WWWNNNNNEEEEE",
  "WWWNNNNEEEEEE",
  "WWWNNNNEEEEEE",
  "WWWWNNNEEEEEE",
  "WWWWNNNEEEEEE",
  "WWSSSSSEEEEEE",
  "WWSSSSSSEEEEE",
  "WSSSSSSSSEEEE",
  "SSSSSSSSSEEEE",
  "SSSSSSSSSSEEE",
};
static const struct {
  const char *code, *name, *kind, *short_name;
  char        letter; /* of its territory; 0: the whole city */
  WdSpot      desk;
  const char *extension, *principal, *deputy, *handler, *prefix;
  gsize       n_crews;
} units[] = {
  { "east", "东区供水公司", "supply", "东区", 'E', { 2420, 170 }, "8201", "方建国", "李海燕", "李建国", "东", 5 },
  { "west", "西区供水公司", "supply", "西区", 'W', { -3780, 1150 }, "8202", "顾海平", "陈思远", "陈海燕", "西", 5 },
  { "south", "南区供水公司", "supply", "南区", 'S', { -1750, -1180 }, "8203", "沈国华", "赵晓岚", "赵立新", "南", 4 },
  { "north", "北区供水公司", "supply", "北区", 'N', { -480, 3010 }, "8204", "汤文彬", "孙志松", "孙梅", "北", 4 },
  { "drainage", "排水公司", "drainage", "排水", 0, { 690, -1150 }, "8301", "吴春山", "姜红霞", "吴志强", "排", 6 },
  { "quality", "水质检测中心", "quality", "水质", 0, { 210, 800 }, "8401", "何静", "任佳怡", "何晓晨", "检", 4 },
  { "inspection", "水务稽查大队", "inspection", "稽查", 0, { -2560, -390 }, "8501", "雷刚", "薛明哲", "段宇", "稽", 4 },
  { "metering", "营销计量公司", "other", "营销", 0, { -2080, 1510 }, "8601", "郑楠", "卢雪莹", "郑倩", "量", 4 },
};
static const WdCityStaff staff[] = {
  { "dispatcher", "周敏", "dispatcher", NULL },  { "supervisor", "方可", "supervisor", NULL },
  { "east", "李建国", "unit", "east" },          { "drainage", "吴志强", "unit", "drainage" },
  { "quality", "何静", "quality", "quality" },   { "inspection", "段宇", "inspection", "inspection" },
  { "auditor", "许诺", "auditor", NULL },        { "admin", "金晓", "admin", NULL },
};
/* clang-format on */

/* With a point as decimal mark, whatever the program's locale says. */
static const char *
to_geojson (WdCity           *city,
            const WdCityLine *ring)
{
  g_autoptr (GString) text = g_string_new ("{\"type\":\"Polygon\",\"coordinates\":[[");

  for (gsize i = 0; i < ring->n_points; i++)
    {
      char lon[G_ASCII_DTOSTR_BUF_SIZE];
      char lat[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (lon, sizeof lon, "%.6f", ring->points[i].lon);
      g_ascii_formatd (lat, sizeof lat, "%.6f", ring->points[i].lat);
      g_string_append_printf (text, "%s[%s,%s]", i > 0 ? "," : "", lon, lat);
    }
  g_string_append (text, "]]}");
  return g_string_chunk_insert (city->strings, text->str);
}

static const WdCityCrew *
make_crews (WdCity     *city,
            const char *prefix,
            gsize       n,
            WdDice     *dice)
{
  WdCityCrew *crews = g_new0 (WdCityCrew, n);

  g_ptr_array_add (city->memory, crews);
  for (gsize i = 0; i < n; i++)
    {
      crews[i].name = wd_city_string (city, "%s%u", prefix, (guint)i + 1);
      crews[i].leader = wd_city_person (city, dice);
      crews[i].heads = 3 + (int)wd_dice_below (dice, 4);
    }
  return crews;
}

void
wd_city_staff_units (WdCityBuilder *b)
{
  WdDice dice = { 8200 };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      WdCityUnit unit = { units[i].code, units[i].name, units[i].kind, units[i].short_name };

      unit.ring = wd_city_outline (b, supply_map, units[i].letter);
      unit.territory = to_geojson (b->city, &unit.ring);
      unit.desk = wd_city_plane_point (units[i].desk);
      unit.extension = units[i].extension;
      unit.principal = units[i].principal;
      unit.deputy = units[i].deputy;
      unit.handler = units[i].handler;
      unit.n_crews = units[i].n_crews;
      unit.crews = make_crews (b->city, units[i].prefix, unit.n_crews, &dice);
      g_array_append_val (b->units, unit);
    }
  b->city->staff = staff;
  b->city->n_staff = G_N_ELEMENTS (staff);
}
