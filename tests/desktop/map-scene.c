/* map-scene.c — a busy morning on the map: orders in every state, clusters, units, crews
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "map-scene.h"

#include <math.h>

typedef struct
{
  int         x, y;
  const char *category;
  WdUrgency   urgency;
  WdMarks     marks;
  const char *crew;
} Place;

/* clang-format off */
static const Place places[] = {
  { -382, -296, "service",         WD_URGENCY_NORMAL, 0 },
  { -236, -238, "meter",           WD_URGENCY_NORMAL, 0, "西1" },
  { -136, -302, "cover",           WD_URGENCY_SOON,   0 },
  {  167, -236, "hydrant",         WD_URGENCY_NORMAL, 0 },
  {  321, -213, "leak",            WD_URGENCY_YOURS,  0 },
  {  407, -147, "low-pressure",    WD_URGENCY_NORMAL, 0 },
  {  -47, -145, "burst",           WD_URGENCY_NORMAL, 0, "北3" },
  { -236,  -47, "billing",         WD_URGENCY_NORMAL, 0 },
  {   -1,  -30, "leak",            WD_URGENCY_NORMAL, 0 },
  { -424,   14, "leak",            WD_URGENCY_NORMAL, 0 },
  {  249,  -82, "quality",         WD_URGENCY_NORMAL, 0, "东2" },
  {  258,  -34, "quality",         WD_URGENCY_LATE,   0 },
  {  309,  -22, "quality",         WD_URGENCY_SOON,   0 },
  {  215,  -18, "quality",         WD_URGENCY_YOURS,  0 },
  {  258,   10, "quality",         WD_URGENCY_NORMAL, 0 },
  {  438,   30, "no-water",        WD_URGENCY_NORMAL, WD_MARK_SENT },
  {  374,  124, "leak",            WD_URGENCY_NORMAL, WD_MARK_SENT, "东4" },
  {  120,   78, "sewage-overflow", WD_URGENCY_LATE,   WD_MARK_SUPERVISED },
  { -214,  168, "low-pressure",    WD_URGENCY_NORMAL, 0 },
  { -372,  194, "no-water",        WD_URGENCY_NORMAL, 0 },
  {    9,  232, "leak",            WD_URGENCY_NORMAL, WD_MARK_UNCONFIRMED },
  {  161,  194, "drainage",        WD_URGENCY_NORMAL, 0, "排1" },
  {  370,  280, "drainage",        WD_URGENCY_NORMAL, 0 },
  { -132,  310, "billing",         WD_URGENCY_NORMAL, 0, "南1" },
  {  234,  310, "leak",            WD_URGENCY_NORMAL, 0 },
  { -480,  185, "leak",            WD_URGENCY_NORMAL, WD_MARK_SUPERVISED },
};

/* Buildings with more than one: how many, and of them late, soon, yours. */
static const struct { int x, y; guint n, late, soon, yours; } buildings[] = {
  { -339, -173,  5, 0, 0, 0 },
  {  -53, -179,  6, 0, 0, 0 },
  {   23, -147, 14, 1, 0, 1 },
  {   71, -113,  9, 0, 1, 0 },
  {  172,  356,  4, 0, 0, 1 },
};

static const struct { int x, y; const char *code, *label; WdPresence presence; } units[] = {
  {   64, -340, "north",      "北区", WD_PRESENCE_ONLINE   },
  { -333,  -86, "west",       "西区", WD_PRESENCE_AWAY     },
  {  106,  -26, "quality",    "水质", WD_PRESENCE_ONLINE   },
  { -210,   77, "inspection", "稽查", WD_PRESENCE_UNMANNED },
  {  325,   62, "east",       "东区", WD_PRESENCE_ONLINE   },
  {   79,  128, "drainage",   "排水", WD_PRESENCE_ONLINE   },
  { -152,  226, "south",      "南区", WD_PRESENCE_ONLINE   },
};
/* clang-format on */

static const char *const crews[] = { "东1", "东2", "西1", "排3" };

static const char *const categories[] = { "no-water", "low-pressure", "leak", "burst", "quality", "meter", "billing",
                                          "cover", "hydrant", "drainage", "sewage-overflow", "service", "other" };

static WdPoint
place (int x,
       int y)
{
  WdMercator at = wd_mercator_from_point ((WdPoint){ 120.20, 30.20 });
  double     pixel = 1 / ldexp (256, MAP_SCENE_ZOOM);

  return wd_mercator_to_point ((WdMercator){ at.x + x * pixel, at.y + y * pixel });
}

static void
put (WdMapLayer *layer,
     const char *id,
     int         x,
     int         y,
     const char *category,
     WdUrgency   urgency,
     WdMarks     marks,
     const char *crew)
{
  const WdMapOrder order = { .id = id, .point = place (x, y), .category = category, .state = { urgency, marks }, .crew = crew };

  wd_map_layer_put_order (layer, &order);
}

static char *
describe_cb (WdMapView  *view,
             const char *id)
{
  return g_strdup_printf ("漏水，水表前阀门滴漏，人民路 118 号，%s", id);
}

void
map_scene_fill (WdMapView *view)
{
  WdMapLayer *layer = wd_map_view_get_layer (view);
  WdMapUnit   some_units[G_N_ELEMENTS (units)];

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *id = g_strdup_printf ("single-%u", i);

      put (layer, id, places[i].x, places[i].y, places[i].category, places[i].urgency, places[i].marks, places[i].crew);
    }
  for (guint i = 0; i < G_N_ELEMENTS (buildings); i++)
    for (guint j = 0; j < buildings[i].n; j++)
      {
        g_autofree char *id = g_strdup_printf ("building-%u-%u", i, j);
        WdUrgency        urgency = j < buildings[i].late                                            ? WD_URGENCY_LATE
                                   : j < buildings[i].late + buildings[i].soon                      ? WD_URGENCY_SOON
                                   : j < buildings[i].late + buildings[i].soon + buildings[i].yours ? WD_URGENCY_YOURS
                                                                                                    : WD_URGENCY_NORMAL;

        put (layer, id, buildings[i].x, buildings[i].y, categories[j % G_N_ELEMENTS (categories)], urgency, 0, NULL);
      }
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    some_units[i] = (WdMapUnit){ units[i].code, units[i].label, place (units[i].x, units[i].y + 14), units[i].presence };
  wd_map_layer_set_units (layer, some_units, G_N_ELEMENTS (units));
  g_signal_connect (view, "describe-order", G_CALLBACK (describe_cb), NULL);
}

void
map_scene_select (WdMapView *view)
{
  wd_map_layer_select (wd_map_view_get_layer (view), (const char *const[]){ "single-13", NULL });
}

void
map_scene_flood (WdMapView *view,
                 guint      n)
{
  g_autofree WdMapOrder   *orders = g_new0 (WdMapOrder, n);
  g_autoptr (GStringChunk) ids = g_string_chunk_new (65536);
  g_autoptr (GRand)        dice = g_rand_new_with_seed (7);

  for (guint i = 0; i < n; i++)
    {
      char id[16];
      int  roll = g_rand_int_range (dice, 0, 100);

      g_snprintf (id, sizeof id, "flood-%u", i);
      orders[i].id = g_string_chunk_insert (ids, id);
      orders[i].category = categories[g_rand_int_range (dice, 0, G_N_ELEMENTS (categories))];
      orders[i].point = i > 0 && roll < 10 ? orders[g_rand_int_range (dice, 0, (int)i)].point
                                           : (WdPoint){ 120.20 + g_rand_double_range (dice, -0.1, 0.1), 30.20 + g_rand_double_range (dice, -0.08, 0.08) };
      orders[i].state.urgency = roll < 80 ? WD_URGENCY_NORMAL : roll < 90 ? WD_URGENCY_YOURS
                                                            : roll < 97   ? WD_URGENCY_SOON
                                                                          : WD_URGENCY_LATE;
      orders[i].state.marks = roll % 3 == 0 ? WD_MARK_SENT : WD_MARK_NONE;
      orders[i].crew = roll % 3 == 1 ? crews[i % G_N_ELEMENTS (crews)] : NULL;
    }
  wd_map_layer_set_orders (wd_map_view_get_layer (view), orders, n);
}
