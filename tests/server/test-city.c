/* test-city.c — the demo's city: the same every time, and without gaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-text.h"

#include "wd-json.h"
#include "wd-mercator.h"
#include "wd-words.h"

#include <string.h>

#define N_ORDERS 4000

static WdCity *city;

static void
hash_text (GChecksum  *sum,
           const char *text)
{
  g_checksum_update (sum, (const guchar *)(text ? text : "-"), text ? (gssize)strlen (text) + 1 : 1);
}

static void
hash_points (GChecksum     *sum,
             const WdPoint *points,
             gsize          n)
{
  g_checksum_update (sum, (const guchar *)points, (gssize)(n * sizeof *points));
}

static char *
digest_of (const WdCity *c)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gsize i = 0; i < c->n_customers; i++)
    {
      hash_text (sum, c->customers[i].account);
      hash_text (sum, c->customers[i].name);
      hash_text (sum, c->customers[i].phone);
      hash_text (sum, c->customers[i].address);
      hash_points (sum, &c->customers[i].point, 1);
    }
  for (gsize i = 0; i < c->n_pipes; i++)
    hash_points (sum, c->pipes[i].line.points, c->pipes[i].line.n_points);
  for (gsize i = 0; i < c->n_units; i++)
    {
      hash_text (sum, c->units[i].territory);
      for (gsize k = 0; k < c->units[i].n_crews; k++)
        hash_text (sum, c->units[i].crews[k].leader);
    }
  for (guint64 n = 0; n < 500; n++)
    {
      g_autoptr (WdCityOrder) order = wd_city_order_new (c, n);

      hash_text (sum, order->text);
      hash_text (sum, order->address);
      hash_text (sum, order->caller_phone);
      hash_points (sum, &order->point, 1);
    }
  return g_strdup (g_checksum_get_string (sum));
}

static void
test_same_every_time (void)
{
  g_autoptr (WdCity) again = wd_city_new ();
  g_autofree char   *one = digest_of (city);
  g_autofree char   *other = digest_of (again);

  g_assert_cmpstr (one, ==, other);
}

static gboolean
is_inside (WdPoint p)
{
  return p.lon >= city->west && p.lon <= city->east && p.lat >= city->south && p.lat <= city->north;
}

static void
test_place (void)
{
  double wide = wd_point_distance ((WdPoint){ city->west, city->south }, (WdPoint){ city->east, city->south });
  double high = wd_point_distance ((WdPoint){ city->west, city->south }, (WdPoint){ city->west, city->north });

  g_assert_true (is_inside ((WdPoint){ 120.20, 30.20 }));
  g_assert_cmpfloat (wide, >, 11000);
  g_assert_cmpfloat (wide, <, 14000);
  g_assert_cmpfloat (high, >, 8000);
  g_assert_cmpfloat (high, <, 11000);
  for (gsize i = 0; i < city->n_customers; i++)
    g_assert_true (is_inside (city->customers[i].point));
  for (gsize i = 0; i < city->n_valves; i++)
    g_assert_true (is_inside (city->valves[i].point));
  for (gsize i = 0; i < city->n_pipes; i++)
    for (gsize k = 0; k < city->pipes[i].line.n_points; k++)
      g_assert_true (is_inside (city->pipes[i].line.points[k]));
  for (gsize i = 0; i < city->n_units; i++)
    g_assert_true (is_inside (city->units[i].desk));
}

static int
n_supply_units_at (WdPoint p)
{
  int n = 0;

  for (gsize i = 0; i < city->n_units; i++)
    n += g_str_equal (city->units[i].kind, "supply") && wd_city_ring_holds (&city->units[i].ring, p);
  return n;
}

static int
n_districts_at (WdPoint p)
{
  int n = 0;

  for (gsize i = 0; i < city->n_districts; i++)
    n += wd_city_ring_holds (&city->districts[i].ring, p);
  return n;
}

static const WdCityUnit *
unit_of (const char *code)
{
  for (gsize i = 0; i < city->n_units; i++)
    if (g_str_equal (city->units[i].code, code))
      return &city->units[i];
  g_assert_not_reached ();
}

/* Over a fine net of places, not only where somebody lives. */
static void
test_areas_tile_the_city (void)
{
  const WdCityUnit *whole = unit_of ("drainage");
  int               n_inside = 0;

  for (int i = 0; i <= 300; i++)
    for (int k = 0; k <= 300; k++)
      {
        WdPoint p = { city->west + (city->east - city->west) * i / 300.0, city->south + (city->north - city->south) * k / 300.0 };
        int     n = wd_city_ring_holds (&whole->ring, p);

        g_assert_cmpint (n_supply_units_at (p), ==, n);
        g_assert_cmpint (n_districts_at (p), ==, n);
        n_inside += n;
      }
  g_assert_cmpint (n_inside, >, 60000);
  for (gsize i = 0; i < city->n_customers; i++)
    {
      g_assert_cmpint (n_supply_units_at (city->customers[i].point), ==, 1);
      g_assert_cmpint (n_districts_at (city->customers[i].point), ==, 1);
    }
}

static void
test_customers (void)
{
  static const char *const classes[] = { "domestic", "hospital", "school", "dialysis", "fire", "highrise", "industry", NULL };
  g_autoptr (GHashTable)   accounts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable)   addresses = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable)   seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize                    n_domestic = 0;

  g_assert_cmpuint (city->n_customers, ==, 20000);
  for (gsize i = 0; i < city->n_customers; i++)
    {
      const WdCityCustomer *c = &city->customers[i];

      g_assert_true (g_hash_table_add (accounts, (gpointer)c->account));
      g_assert_true (g_hash_table_add (addresses, (gpointer)c->address) || !g_str_equal (c->class, "domestic"));
      g_assert_cmpuint (strlen (c->account), ==, 10);
      g_assert_cmpuint (strlen (c->phone), ==, 11);
      g_assert_true (g_str_has_prefix (c->phone, "140"));
      g_assert_nonnull (strstr (c->address, " 号"));
      g_assert_cmpuint (strlen (c->address), <, 200);
      g_assert_cmpuint (strlen (c->name), >, 0);
      g_assert_true (g_strv_contains (classes, c->class));
      g_hash_table_add (seen, (gpointer)c->class);
      n_domestic += g_str_equal (c->class, "domestic");
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, g_strv_length ((char **)classes));
  g_assert_cmpuint (n_domestic, >, 19000);
}

static gboolean
is_word_of (GType       type,
            const char *nick)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (type);

  return g_enum_get_value_by_nick (words, nick) != NULL;
}

static void
test_units (void)
{
  static const char *const codes[] = { "east", "west", "south", "north", "drainage", "quality", "inspection", "metering" };

  g_assert_cmpuint (city->n_units, ==, G_N_ELEMENTS (codes));
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const WdCityUnit     *unit = unit_of (codes[i]);
      g_autoptr (GError)    error = NULL;
      g_autoptr (GPtrArray) rings = wd_geometry_rings (unit->territory, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (rings->len, ==, 1);
      g_assert_cmpuint (((GArray *)rings->pdata[0])->len, ==, unit->ring.n_points);
      g_assert_true (is_word_of (WD_TYPE_UNIT_KIND, unit->kind));
      g_assert_cmpuint (unit->n_crews, >=, 4);
      g_assert_cmpuint (unit->n_crews, <=, 6);
      g_assert_true (wd_city_ring_holds (&unit->ring, unit->desk));
      for (gsize k = 0; k < unit->n_crews; k++)
        g_assert_cmpint (unit->crews[k].heads, >=, 3);
    }
  for (gsize i = 0; i < city->n_staff; i++)
    {
      g_assert_true (is_word_of (WD_TYPE_ROLE, city->staff[i].role));
      if (city->staff[i].unit != NULL)
        unit_of (city->staff[i].unit);
    }
  g_assert_cmpuint (city->n_staff, ==, 8);
}

/* Pipes lie end to end: each street's pipes, and all of them, hang together. */
static void
test_network (void)
{
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
  guint                  n_joined = 0;

  for (gsize i = 0; i < city->n_pipes; i++)
    {
      const WdCityPipe *pipe = &city->pipes[i];

      g_assert_cmpint (pipe->diameter_mm, >=, 100);
      g_assert_cmpint (pipe->diameter_mm, <=, 1000);
      g_assert_cmpuint (pipe->street, <, city->n_streets);
      g_assert_cmpuint (pipe->line.n_points, >=, 2);
      for (int end = 0; end < 2; end++)
        {
          gpointer node = GUINT_TO_POINTER (end ? pipe->to_node : pipe->from_node);
          WdPoint *here = &pipe->line.points[end ? pipe->line.n_points - 1 : 0];
          WdPoint *there = g_hash_table_lookup (nodes, node);

          if (there != NULL)
            g_assert_cmpfloat (wd_point_distance (*here, *there), <, 0.2);
          n_joined += there != NULL;
          g_hash_table_insert (nodes, node, here);
        }
    }
  g_assert_cmpuint (n_joined, >, city->n_pipes);
  for (gsize i = 0; i < city->n_valves; i++)
    g_assert_cmpuint (city->valves[i].pipe, <, city->n_pipes);
}

static void
assert_text (char *text)
{
  g_assert_nonnull (text);
  g_assert_cmpint (g_utf8_strlen (text, -1), >, 2);
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 4000);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strchr (text, '{'));
  g_free (text);
}

static void
test_orders (void)
{
  g_autoptr (GHashTable) categories = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) references = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 n = 0; n < N_ORDERS; n++)
    {
      g_autoptr (WdCityOrder) order = wd_city_order_new (city, n);

      assert_text (g_strdup (order->text));
      g_assert_true (is_inside (order->point));
      unit_of (order->unit);
      g_assert_true (is_word_of (WD_TYPE_CHANNEL, order->channel));
      g_assert_true (is_word_of (WD_TYPE_NATURE, order->nature));
      g_assert_nonnull (order->address);
      g_assert_true (g_str_has_prefix (order->caller_phone, "140"));
      g_assert_cmpint (g_utf8_strlen (order->caller_name, -1), <=, 100);
      g_assert_true ((order->reference != NULL) == (order->due_after_ms > 0));
      g_assert_true (order->reference == NULL || g_hash_table_add (references, g_strdup (order->reference)));
      g_hash_table_add (categories, (gpointer)order->category);
      g_hash_table_add (texts, g_strdup (order->text));
    }
  g_assert_cmpuint (g_hash_table_size (categories), ==, 13);
  g_assert_cmpuint (g_hash_table_size (texts), >, N_ORDERS / 8);
}

/* What many call about lies close together, and the rest does not. */
static void
test_incidents (void)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)wd_city_order_free);
  guint                  n_calls = 0;
  guint                  n_dry = 0;
  guint                  n_brown = 0;

  for (guint64 n = 0; n < N_ORDERS; n++)
    {
      WdCityOrder *order = wd_city_order_new (city, n);
      WdCityOrder *other = g_hash_table_lookup (first, &order->incident);

      n_calls += order->incident != 0;
      n_dry += order->incident != 0 && g_str_equal (order->category, "no-water");
      n_brown += order->incident != 0 && g_str_equal (order->category, "quality");
      if (order->incident != 0 && other != NULL)
        g_assert_cmpfloat (wd_point_distance (order->point, other->point), <, 1500);
      if (order->incident != 0 && other == NULL)
        g_hash_table_insert (first, g_memdup2 (&order->incident, sizeof order->incident), order);
      else
        wd_city_order_free (order);
    }
  g_assert_cmpuint (n_calls, >, N_ORDERS / 12);
  g_assert_cmpuint (n_calls, <, N_ORDERS / 3);
  g_assert_cmpuint (n_dry, >, 20);
  g_assert_cmpuint (n_brown, >, 20);
}

static void
test_texts (void)
{
  static const char *const categories[] = { "no-water", "low-pressure", "leak", "burst", "quality", "meter", "billing", "cover", "hydrant", "drainage", "sewage-overflow", "service", "other" };

  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    for (guint64 n = 0; n < 40; n++)
      {
        const char *class = NULL;
        const char *suggested = NULL;

        assert_text (wd_city_answer_text (n, categories[i]));
        assert_text (wd_city_note_text (n, categories[i]));
        assert_text (wd_city_finish_result (n, categories[i]));
        assert_text (wd_city_contact_text (n));
        assert_text (wd_city_visit_text (n, n % 2 == 0));
        assert_text (wd_city_return_reason (n, categories[i], &class, &suggested));
        g_assert_true (is_word_of (WD_TYPE_RETURN_CLASS, class));
        if (suggested != NULL)
          unit_of (suggested);
      }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  city = wd_city_new ();
  g_test_add_func ("/city/same-every-time", test_same_every_time);
  g_test_add_func ("/city/lies-where-it-should", test_place);
  g_test_add_func ("/city/areas-tile-it", test_areas_tile_the_city);
  g_test_add_func ("/city/customers", test_customers);
  g_test_add_func ("/city/units", test_units);
  g_test_add_func ("/city/network", test_network);
  g_test_add_func ("/city/orders", test_orders);
  g_test_add_func ("/city/incidents", test_incidents);
  g_test_add_func ("/city/texts", test_texts);
  status = g_test_run ();
  wd_city_free (city);
  return status;
}
