/* wd-city.c — the made-up city: its plane on the earth, and its making
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-build.h"

#include <math.h>

/* The middle of the city, and what a degree measures there on WGS-84. */
#define MIDDLE_LON 120.20
#define MIDDLE_LAT 30.20
#define METRES_PER_DEGREE_LON 96292.2
#define METRES_PER_DEGREE_LAT 110855.8

/* Streets that run east fall to the south a little. */
#define TURN (8.0 * G_PI / 180.0)

guint64
wd_dice_next (WdDice *dice)
{
  guint64 z = dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

double
wd_dice_real (WdDice *dice,
              double  low,
              double  high)
{
  return low + (high - low) * ((double)(wd_dice_next (dice) >> 11) / 9007199254740992.0);
}

guint
wd_dice_below (WdDice *dice,
               guint   n)
{
  return (guint)(wd_dice_next (dice) % n);
}

gboolean
wd_dice_chance (WdDice *dice,
                double  probability)
{
  return wd_dice_real (dice, 0, 1) < probability;
}

/* Rounded, so that the last bit of a sine, which differs between machines,
 * does not make another city. */
static double
round_degrees (double degrees)
{
  return round (degrees * 1e6) / 1e6;
}

WdPoint
wd_city_plane_point (WdSpot spot)
{
  double u = spot.u + 70 * sin (spot.v / 2300 + 0.7) + 18 * sin ((spot.u + spot.v) / 1300);
  double v = spot.v + 80 * sin (spot.u / 2700 - 0.4) + 18 * cos ((spot.u - spot.v) / 1500);
  double x = u * cos (TURN) + v * sin (TURN);
  double y = v * cos (TURN) - u * sin (TURN);

  return (WdPoint){ round_degrees (MIDDLE_LON + x / METRES_PER_DEGREE_LON),
                    round_degrees (MIDDLE_LAT + y / METRES_PER_DEGREE_LAT) };
}

double
wd_city_density (WdSpot spot)
{
  double u = (spot.u + 700) / 3900;
  double v = (spot.v - 500) / 2900;

  return exp (-(u * u + v * v));
}

gboolean
wd_city_ring_holds (const WdCityLine *ring,
                    WdPoint           point)
{
  gboolean inside = FALSE;

  for (gsize i = 0; i + 1 < ring->n_points; i++)
    {
      WdPoint a = ring->points[i];
      WdPoint b = ring->points[i + 1];

      if ((a.lat > point.lat) != (b.lat > point.lat) &&
          point.lon < a.lon + (b.lon - a.lon) * (point.lat - a.lat) / (b.lat - a.lat))
        inside = !inside;
    }
  return inside;
}

const char *
wd_city_string (WdCity     *city,
                const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return g_string_chunk_insert_const (city->strings, text);
}

WdCityLine
wd_city_line (WdCity *city,
              GArray *points)
{
  gsize    n = points->len;
  WdPoint *data = (WdPoint *)(gpointer)g_array_free (points, FALSE);

  g_ptr_array_add (city->memory, data);
  return (WdCityLine){ data, n };
}

WdCityLine
wd_city_ring (WdCity *city,
              GArray *points)
{
  WdPoint first = g_array_index (points, WdPoint, 0); /* the array may move while it grows */

  g_array_append_val (points, first);
  return wd_city_line (city, points);
}

static void
measure (WdCity *city)
{
  city->west = city->south = 180;
  city->east = city->north = -180;
  for (gsize i = 0; i < city->n_districts; i++)
    for (gsize k = 0; k < city->districts[i].ring.n_points; k++)
      {
        WdPoint p = city->districts[i].ring.points[k];

        city->west = MIN (city->west, p.lon);
        city->east = MAX (city->east, p.lon);
        city->south = MIN (city->south, p.lat);
        city->north = MAX (city->north, p.lat);
      }
}

static gpointer
take_array (WdCity *city,
            GArray *array,
            gsize  *n)
{
  gpointer data;

  *n = array->len;
  data = g_array_free (array, FALSE);
  g_ptr_array_add (city->memory, data);
  return data;
}

WdCity *
wd_city_new (void)
{
  WdCity                   *city = g_new0 (WdCity, 1);
  g_autofree WdCityBuilder *b = g_new0 (WdCityBuilder, 1);

  city->strings = g_string_chunk_new (64 * 1024);
  city->memory = g_ptr_array_new_with_free_func (g_free);
  b->city = city;
  b->districts = g_array_new (FALSE, TRUE, sizeof (WdCityDistrict));
  b->grounds = g_array_new (FALSE, TRUE, sizeof (WdCityGround));
  b->shades = g_array_new (FALSE, TRUE, sizeof (WdCityLine));
  b->streets = g_array_new (FALSE, TRUE, sizeof (WdCityStreet));
  b->pipes = g_array_new (FALSE, TRUE, sizeof (WdCityPipe));
  b->valves = g_array_new (FALSE, TRUE, sizeof (WdCityValve));
  b->compounds = g_array_new (FALSE, TRUE, sizeof (WdCityCompound));
  b->buildings = g_array_new (FALSE, TRUE, sizeof (WdCityBuilding));
  b->customers = g_array_new (FALSE, TRUE, sizeof (WdCityCustomer));
  b->units = g_array_new (FALSE, TRUE, sizeof (WdCityUnit));

  wd_city_lay_ground (b);
  wd_city_lay_streets (b);
  wd_city_draw_areas (b);
  wd_city_build_homes (b);
  wd_city_settle (b);
  wd_city_staff_units (b);

  g_clear_pointer (&b->river, g_array_unref);
  g_clear_pointer (&b->blobs, g_array_unref);
  city->districts = take_array (city, b->districts, &city->n_districts);
  city->grounds = take_array (city, b->grounds, &city->n_grounds);
  city->shades = take_array (city, b->shades, &city->n_shades);
  city->streets = take_array (city, b->streets, &city->n_streets);
  city->pipes = take_array (city, b->pipes, &city->n_pipes);
  city->valves = take_array (city, b->valves, &city->n_valves);
  city->compounds = take_array (city, b->compounds, &city->n_compounds);
  city->buildings = take_array (city, b->buildings, &city->n_buildings);
  city->customers = take_array (city, b->customers, &city->n_customers);
  city->units = take_array (city, b->units, &city->n_units);
  measure (city);
  return city;
}

void
wd_city_free (WdCity *city)
{
  if (city == NULL)
    return;
  g_ptr_array_unref (city->memory);
  g_string_chunk_free (city->strings);
  g_free (city);
}

const char *
wd_city_responsible (const WdCity *city,
                     const char   *category,
                     WdPoint       point)
{
  /* clang-format off */
  static const struct { const char *category, *kind; } kinds[] = {
    { "drainage", "drainage" }, { "sewage-overflow", "drainage" },
    { "billing", "other" },     { "service", "other" },             { "other", "other" },
  };
  /* clang-format on */
  const char *kind = "supply";

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].category, category))
      kind = kinds[i].kind;
  for (gsize i = 0; i < city->n_units; i++)
    if (g_str_equal (city->units[i].kind, kind) && wd_city_ring_holds (&city->units[i].ring, point))
      return city->units[i].code;
  return NULL;
}
