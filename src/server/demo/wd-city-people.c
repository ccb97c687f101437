/* wd-city-people.c — the demo city's customers, each with an account of their own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-build.h"

#include "wd-city-names.h"

#include <math.h>

typedef struct
{
  WdCityBuilder *b;
  WdDice         dice;
} Settler;

/* Somewhere in the building. */
static WdPoint
spot_in (const WdCityBuilding *building,
         WdDice               *dice)
{
  const WdPoint *c = building->corners;
  double         s = wd_dice_real (dice, 0.1, 0.9);
  double         t = wd_dice_real (dice, 0.2, 0.8);
  double         lon = (c[0].lon * (1 - s) + c[1].lon * s) * (1 - t) + (c[3].lon * (1 - s) + c[2].lon * s) * t;
  double         lat = (c[0].lat * (1 - s) + c[1].lat * s) * (1 - t) + (c[3].lat * (1 - s) + c[2].lat * s) * t;

  return (WdPoint){ round (lon * 1e6) / 1e6, round (lat * 1e6) / 1e6 };
}

static void
add_customer (Settler *s,
              guint    compound_index,
              guint    building_index,
              const char *class,
              const char *name,
              const char *inside)
{
  WdCity               *city = s->b->city;
  WdCityCompound       *compound = &g_array_index (s->b->compounds, WdCityCompound, compound_index);
  const WdCityStreet   *street = &g_array_index (s->b->streets, WdCityStreet, compound->street);
  const WdCityBuilding *building = &g_array_index (s->b->buildings, WdCityBuilding, building_index);
  g_autofree char      *phone = wd_city_phone (&s->dice);
  WdCityCustomer        customer = { .name = name, .class = class, .compound = compound_index };

  customer.account = wd_city_string (city, "88%02u%06u", compound->district + 1, s->b->customers->len + 1);
  customer.phone = wd_city_string (city, "%s", phone);
  customer.address = wd_city_string (city, "%s %d 号%s%s", street->name, compound->number, compound->name, inside);
  customer.point = spot_in (building, &s->dice);
  g_array_append_val (s->b->customers, customer);
  compound->n_customers++;
}

/* The q-th flat taken in a building; 5 divides no number of flats here, so
 * that no flat comes twice. */
static void
add_household (Settler *s,
               guint    compound_index,
               guint    q)
{
  const WdCityCompound *compound = &g_array_index (s->b->compounds, WdCityCompound, compound_index);
  guint                 nth = q % compound->n_buildings;
  guint                 building_index = compound->first_building + nth;
  int                   floors = g_array_index (s->b->buildings, WdCityBuilding, building_index).floors;
  guint                 rooms = floors > 8 ? 4 : 6;
  guint                 flat = (q / compound->n_buildings * 5 + nth * 7) % (rooms * (guint)floors);
  guint                 floor = flat / rooms + 1;
  guint                 room = flat % rooms;
  g_autofree char      *inside = NULL;

  g_assert (q / compound->n_buildings < rooms * (guint)floors);
  if (rooms == 6 && compound_index % 2 == 0)
    inside = g_strdup_printf (" %u 幢 %u 单元 %u%02u 室", nth + 1, room / 2 + 1, floor, room % 2 + 1);
  else
    inside = g_strdup_printf (" %u 幢 %u%02u 室", nth + 1, floor, room + 1);
  add_customer (s, compound_index, building_index, "domestic", wd_city_person (s->b->city, &s->dice), inside);
}

static gboolean
is_domestic (const WdCityCompound *compound)
{
  return g_str_equal (compound->class, "domestic");
}

/* One account of a compound as a whole; of a house only where pumps lift the
 * water to its upper floors. */
static gboolean
has_common_account (Settler              *s,
                    const WdCityCompound *compound)
{
  return !is_domestic (compound) || g_array_index (s->b->buildings, WdCityBuilding, compound->first_building).floors >= 18;
}

static void
add_common (Settler *s,
            guint    i)
{
  const WdCityCompound *compound = &g_array_index (s->b->compounds, WdCityCompound, i);

  if (is_domestic (compound))
    add_customer (s, i, compound->first_building, "highrise", wd_city_string (s->b->city, "%s物业", compound->name), "高层二供泵房");
  else
    add_customer (s, i, compound->first_building, compound->class, compound->name, "");
}

void
wd_city_settle (WdCityBuilder *b)
{
  Settler s = { b, { 88 } };
  guint   n_common = 0;
  double  all = 0;
  double  till_now = 0;

  for (guint i = 0; i < b->compounds->len; i++)
    {
      const WdCityCompound *compound = &g_array_index (b->compounds, WdCityCompound, i);

      n_common += has_common_account (&s, compound) ? 1 : 0;
      all += is_domestic (compound) ? compound->weight : 0;
    }
  for (guint i = 0; i < b->compounds->len; i++)
    {
      WdCityCompound *compound = &g_array_index (b->compounds, WdCityCompound, i);
      double          share = (WD_CITY_N_CUSTOMERS - n_common) / all;
      guint           before = (guint)(till_now * share + 0.5);

      compound->first_customer = b->customers->len;
      if (has_common_account (&s, compound))
        add_common (&s, i);
      till_now += is_domestic (compound) ? compound->weight : 0;
      for (guint q = 0; q < (guint)(till_now * share + 0.5) - before; q++)
        add_household (&s, i, q);
    }
  g_assert (b->customers->len == WD_CITY_N_CUSTOMERS);
}
