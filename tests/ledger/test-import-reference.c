/* test-import-reference.c — customers, the places that they are found by, units and streets come in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "import-desk.h"

#include "wd-customers.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- customers and places ---- */

static JsonArray *
ask_places (WdFixture *fixture, const char *q, JsonNode **answer)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (WdReader) reader = wd_reader_open (fixture->path, fixture->keys, &error);
  GString             *json = wd_reader_places (reader, q, &error);

  g_assert_no_error (error);
  *answer = desk_parse (json);
  return json_object_get_array_member (json_node_get_object (*answer), "places");
}

static void
assert_place (WdFixture *fixture, const char *q, guint at, const char *member, const char *expected)
{
  g_autoptr (JsonNode) answer = NULL;
  JsonArray           *places = ask_places (fixture, q, &answer);

  g_assert_cmpuint (json_array_get_length (places), >, at);
  g_assert_cmpstr (json_object_get_string_member_with_default (json_array_get_object_element (places, at), member, NULL), ==, expected);
}

static JsonArray *
ask_customers (WdFixture *fixture, const char *phone, JsonNode **answer)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (WdReader) reader = wd_reader_open (fixture->path, fixture->keys, &error);
  GString             *json = wd_reader_customers (reader, phone, &error);

  g_assert_no_error (error);
  *answer = desk_parse (json);
  return json_object_get_array_member (json_node_get_object (*answer), "customers");
}

#define CUSTOMERS "account,name,phone,address,lon,lat,class\n"

static void
test_customers (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (JsonNode)  answer = NULL;
  g_autoptr (JsonNode)  gone = NULL;
  g_autoptr (JsonNode)  moved = NULL;
  JsonArray            *found;
  JsonObject           *customer;
  Desk                  desk;

  desk_init (&desk, fixture);
  desk_import (&desk, "customers",
               CUSTOMERS
               "K1,张三,138 1234 8000,上城区人民路118号,120.21,30.21,domestic\n"
               "K2,市一医院,0571-87000000,上城区人民路1180号,120.22,30.22,hospital\n"
               "K3,李四,,西湖大道5号,0,0,\n",
               3, 3);
  found = ask_customers (fixture, "+8613812348000", &answer);
  g_assert_cmpuint (json_array_get_length (found), ==, 1);
  customer = json_array_get_object_element (found, 0);
  g_assert_cmpstr (json_object_get_string_member (customer, "name"), ==, "张三");
  g_assert_cmpstr (json_object_get_string_member (customer, "phone"), ==, "138 1234 8000");
  g_assert_cmpstr (json_object_get_string_member (customer, "class"), ==, "domestic");
  g_assert_cmpuint (json_array_get_length (ask_customers (fixture, "1381234800", &gone)), ==, 0);

  /* One moves, one stays, one is new. */
  desk_import (&desk, "customers", CUSTOMERS "K1,张三,13900000000,南山路7号,120.2,30.2,domestic\nK2,市一医院,0571-87000000,上城区人民路1180号,120.22,30.22,hospital\nK4,,,,,,fire\n", 3, 2);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM customers"), ==, 4);
  g_clear_pointer (&gone, json_node_unref);
  g_assert_cmpuint (json_array_get_length (ask_customers (fixture, "13812348000", &gone)), ==, 0);
  g_assert_cmpuint (json_array_get_length (ask_customers (fixture, "13900000000", &moved)), ==, 1);
  assert_place (fixture, "南山路7", 1, "account", "K1");
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM place_grams WHERE place = 'K1' AND gram = '人民'"), ==, 0);
  desk_import (&desk, "customers", CUSTOMERS "K4,,,,,,fire\n", 1, 0);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM events WHERE verb = 'imported'"), ==, 2);
}

static void
test_customers_refused (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  Desk                  desk;

  desk_init (&desk, fixture);
  desk_refuse (&desk, "customers", CUSTOMERS "K1,,,,,,domestic\n,,,,,,domestic\n", 3, "account");
  desk_refuse (&desk, "customers", CUSTOMERS "K1,,,,,,castle\n", 2, "class");
  desk_refuse (&desk, "customers", CUSTOMERS "K1,,,,181,30,domestic\n", 2, "lon");
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM customers"), ==, 0);
}

/* A row replaces all of its account: a column that is not there must not empty what it holds. */
static void
test_customers_columns (void)
{
  static const char *const names[] = { "account", "name", "phone", "address", "lon", "lat", "class" };
  g_autoptr (WdFixture)    fixture = wd_fixture_new ();
  Desk                     desk;

  desk_init (&desk, fixture);
  desk_import (&desk, "customers", CUSTOMERS "K1,张三,13812348000,人民路118号,120.21,30.21,hospital\n", 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GString) header = g_string_new (NULL);

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        if (j != i)
          g_string_append_printf (header, "%s%s", header->len > 0 ? "," : "", names[j]);
      g_string_append (header, "\nK1,,,,,\n");
      desk_refuse (&desk, "customers", header->str, 1, names[i]);
    }
  desk_refuse (&desk, "customers", "account,name\nK1,张三\n", 1, "phone");
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM customers WHERE class = 'hospital' AND address = '人民路118号'"), ==, 1);
}

static void
test_numbers (void)
{
  static const char *const wrong[] = { "0x78", "inf", "nan", "1 2", "\" 12\"", "\"12 \"", "12,5", "1e999", "12°", "--1", "1e", "." };
  static const char *const right[] = { "120", "-120.5", "+12.25", "1.2E2", "1e-05" };
  g_autoptr (WdFixture)    fixture = wd_fixture_new ();
  Desk                     desk;

  desk_init (&desk, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    for (guint lat = 0; lat < 2; lat++)
      {
        const char      *quote = strchr (wrong[i], ',') ? "\"" : "";
        g_autofree char *point = g_strdup_printf (lat ? "12,%s%s%s" : "%s%s%s,12", quote, wrong[i], quote);
        g_autofree char *customer = g_strdup_printf (CUSTOMERS "K1,,,,%s,domestic\n", point);
        g_autofree char *order = g_strdup_printf ("channel,category,text,lon,lat,received_at\nhotline,leak,x,%s,2026-01-01T00:00:00Z\n", point);

        desk_refuse (&desk, "customers", customer, 2, lat ? "lat" : "lon");
        desk_refuse (&desk, "orders", order, 2, lat ? "lat" : "lon");
      }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *customer = g_strdup_printf (CUSTOMERS "K1,,,,%s,12,domestic\n", right[i]);

      desk_import (&desk, "customers", customer, 1, 1);
    }
}

static void
test_places (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (GString)   text = g_string_new (CUSTOMERS);
  Desk                  desk;

  desk_init (&desk, fixture);
  for (guint i = 1; i <= 600; i++)
    g_string_append_printf (text, "R%u,,,上城区人民路%u号,120.2,30.2,domestic\n", i, i);
  g_string_append (text, "R1180,,,上城区人民路1180号,120.2,30.2,domestic\nX1,,,人民大道118号,120.2,30.2,domestic\nX2,,,凤起路9号,120.2,30.2,domestic\n");
  desk_import (&desk, "customers", text->str, 603, 603);
  assert_place (fixture, "人民路118", 0, "street", "人民路"); /* the street, then the house */
  assert_place (fixture, "人民路118", 1, "account", "R118");
  assert_place (fixture, "人民路118", 2, "account", "R1180");
  assert_place (fixture, "上城区 人民路１１８号", 1, "account", "R118");
  assert_place (fixture, "人民路118号9幢301室", 1, "account", "R118");
  assert_place (fixture, "人民路9999", 0, "street", "人民路");
  assert_place (fixture, "人民大道118", 1, "account", "X1");
  assert_place (fixture, "凤", 0, "street", "凤起路");
  assert_place (fixture, "凤起", 1, "account", "X2");
}

static guint
count_places (WdFixture *fixture, const char *q)
{
  g_autoptr (JsonNode) answer = NULL;

  return json_array_get_length (ask_places (fixture, q, &answer));
}

/* What has one pair of characters in common with the question, or all in another order, is no answer. */
static void
test_places_hold_the_question (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  Desk                  desk;

  desk_init (&desk, fixture);
  desk_import (&desk, "customers",
               CUSTOMERS
               "K1,,,\"line1\nline2\",120.2,30.2,domestic\nK2,,,民人路人民1号,120.2,30.2,domestic\n"
               "K3,,,\"118 Main St, Springfield\",120.2,30.2,domestic\nK4,,,西湖大道50号,120.2,30.2,domestic\n",
               4, 4);
  assert_place (fixture, "main", 0, "street", "Main St");
  assert_place (fixture, "MAIN ST, spring", 1, "account", "K3");
  g_assert_cmpuint (count_places (fixture, "Main"), ==, 2);
  g_assert_cmpuint (count_places (fixture, "Mine"), ==, 0);
  g_assert_cmpuint (count_places (fixture, "人民路"), ==, 0);
  g_assert_cmpuint (count_places (fixture, "湖西大道"), ==, 0);
  g_assert_cmpuint (count_places (fixture, "大湖"), ==, 0);
  g_assert_cmpuint (count_places (fixture, "%"), ==, 0);
  assert_place (fixture, "西湖大道5", 1, "account", "K4");
}

static void
assert_street (WdFixture *fixture, const char *q, double lon)
{
  g_autoptr (JsonNode) answer = NULL;
  JsonObject          *street = json_array_get_object_element (ask_places (fixture, q, &answer), 0);

  g_assert_null (json_object_get_string_member_with_default (street, "address", NULL));
  g_assert_cmpfloat (json_array_get_double_element (json_object_get_array_member (street, "point"), 0), ==, lon);
}

/* A street is where its houses are, and is not there without them unless it was put there by itself. */
static void
test_streets_go_with_their_houses (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (GError)    error = NULL;
  WdStore              *store = wd_ledger_get_store (fixture->ledger);
  Desk                  desk;

  desk_init (&desk, fixture);
  desk_import (&desk, "customers", CUSTOMERS "K1,,,凤起路1号,120.1,30.1,domestic\nK2,,,凤起路2号,120.2,30.2,domestic\n", 2, 2);
  assert_street (fixture, "凤起路", 120.1);
  desk_import (&desk, "customers", CUSTOMERS "K1,,,南山路7号,120.3,30.3,domestic\n", 1, 1);
  assert_street (fixture, "凤起路", 120.2);
  assert_street (fixture, "南山路", 120.3);
  desk_import (&desk, "customers", CUSTOMERS "K1,,,南山路7号,120.4,30.4,domestic\nK2,,,,,,domestic\n", 2, 2);
  assert_street (fixture, "南山路", 120.4);
  g_assert_cmpuint (count_places (fixture, "凤起路"), ==, 0);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM place_grams WHERE place = '/凤起路'"), ==, 0);

  g_assert_true (wd_store_begin (store, &error) && wd_places_put_street (store, "南山路", &(WdPoint){ 120.5, 30.5 }, &error) && wd_store_commit (store, &error));
  g_assert_no_error (error);
  desk_import (&desk, "customers", CUSTOMERS "K1,,,凤起路1号,120.1,30.1,domestic\n", 1, 1);
  assert_street (fixture, "南山路", 120.5);
  assert_street (fixture, "凤起路", 120.1);
}

/* ---- units ---- */

#define SQUARE(w) "{\"type\":\"Polygon\",\"coordinates\":[[[" #w ",37],[-122,37],[-122,38],[" #w ",38],[" #w ",37]]]}"

static void
test_units (void)
{
  static const char text[] =
      "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\":[\n"
      "{\"type\":\"Feature\",\"properties\":{\"code\":\"bay\",\"name\":\"Bay \\\"{\",\"kind\":\"supply\",\"parent\":\"city\",\"desk\":{\"type\":\"Point\",\"coordinates\":[-122.4,37.7]}},\n"
      " \"geometry\":" SQUARE (-123) "},\n"
                                     "{\"type\":\"Feature\",\"properties\":{\"code\":\"city\",\"name\":\"City\",\"kind\":\"other\",\"parent\":null},\"geometry\":null}\n"
                                     "]}";
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *bad_kind = NULL;
  g_auto (GStrv)        parts = g_strsplit (text, "\"other\"", 2);
  g_auto (GStrv)        rings = g_strsplit (text, ",38],[-123,37]]", 2);
  g_autofree char      *open_ring = g_strjoinv (",38]]", rings);
  gint64                seq;
  Desk                  desk;

  desk_init (&desk, fixture);
  seq = wd_ledger_seq (fixture->ledger);
  bad_kind = g_strjoinv ("\"castle\"", parts);
  desk_refuse (&desk, "units", bad_kind, 4, "kind");
  desk_refuse (&desk, "units", open_ring, 2, "geometry");
  desk_refuse (&desk, "units", "{\"type\":\"FeatureCollection\"}", 1, "features");
  desk_refuse (&desk, "units", "{\"type\":\"FeatureCollection\",\"crs\":{\"properties\":{\"name\":\"EPSG:4549\"}},\"features\":[]}", 1, "crs");
  desk_refuse (&desk, "units", "{", 1, "2");
  desk_refuse (&desk, "units",
               "{\"features\":[\n{\"properties\":{\"code\":\"a\",\"name\":\"A\",\"kind\":\"supply\",\"parent\":\"b\"}},\n"
               "{\"properties\":{\"code\":\"b\",\"name\":\"B\",\"kind\":\"supply\",\"parent\":\"a\"}}]}",
               2, "parent");
  desk_refuse (&desk, "units", "{\"features\":[{\"properties\":{\"code\":\"a\",\"name\":\"A\",\"kind\":\"supply\",\"parent\":\"nobody\"}}]}", 1, "parent");
  g_assert_cmpint (wd_ledger_seq (fixture->ledger), ==, seq);
  desk_import (&desk, "units", text, 2, 2);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM objects WHERE kind = 'unit' AND code IN ('bay', 'city')"), ==, 2);
  g_assert_cmpuint (desk.commits, ==, 1);
  desk_import (&desk, "units", text, 2, 0);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM events WHERE verb = 'imported'"), ==, 1);
}

/* ---- streets ---- */

#define STREET(name, type, places) "{\"type\":\"Feature\",\"properties\":{\"name\":" name "},\"geometry\":{\"type\":\"" type "\",\"coordinates\":" places "}}"
#define PEOPLE STREET ("\"人民路\"", "LineString", "[[120.1,30.1],[120.2,30.1],[120.3,30.2]]")
#define RING STREET ("\"环城路\"", "MultiLineString", "[[[120.4,30.4],[120.5,30.4]],[[120.5,30.5,7],[120.4,30.5]]]")

static char *
collection (const char *second)
{
  return g_strconcat ("{\"type\":\"FeatureCollection\",\"features\":[\n" PEOPLE ",\n", second, "\n]}", NULL);
}

static void
test_streets (void)
{
  static const struct
  {
    const char *street, *column;
  } wrong[] = {
    { STREET ("null", "LineString", "[[120,30],[121,30]]"), "name" },
    { STREET ("\"\"", "LineString", "[[120,30],[121,30]]"), "name" },
    { STREET ("\"a\"", "Point", "[120,30]"), "geometry" },
    { STREET ("\"a\"", "LineString", "[[120,30]]"), "geometry" },
    { STREET ("\"a\"", "LineString", "[[30,120],[31,120]]"), "geometry" },
    { STREET ("\"a\"", "MultiLineString", "[]"), "geometry" },
    { STREET ("\"a\"", "MultiLineString", "[[[120,30],[121,30]],[[120,\"30\"],[121,30]]]"), "geometry" },
    { "{\"type\":\"Feature\",\"properties\":{\"name\":\"a\"}}", "geometry" },
    { "{}", "name" },
    { "7", "name" },
    { "[{},[]]", "name" },
    { "null", "name" },
  };
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *two = collection (RING);
  g_autofree char      *other = collection (STREET ("\"新街\"", "LineString", "[[120.1,30.1],[120.1,30.2]]"));
  Desk                  desk;

  desk_init (&desk, fixture);
  desk_import (&desk, "streets", two, 3, 3);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM street_lines WHERE name = '环城路' AND west = 120.4 AND north = south"), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = collection (wrong[i].street);

      desk_refuse (&desk, "streets", text, 3, wrong[i].column);
    }
  desk_refuse (&desk, "streets", "{\"features\":{}}", 1, "features");
  desk_refuse (&desk, "streets", "{\"notes\":[{},{\"a\":\"\\\"[{\"}],\n\"features\":[\n\n\"x\", 1]}", 4, "name");
  desk_refuse (&desk, "streets", "{\"features\":[" PEOPLE "\n,\n\"x\"],\"notes\":[\n1]}", 3, "name");
  desk_import (&desk, "streets", two, 3, 0);
  g_assert_cmpuint (desk.commits, ==, 1);
  desk_import (&desk, "streets", other, 2, 3); /* one is new, two are gone */
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM street_lines WHERE name IN ('人民路', '新街')"), ==, 2);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM street_lines"), ==, 2);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM events WHERE verb = 'imported'"), ==, 2);
}

/* How many streets people get, and in how many lines of how many files the store has them. */
static void
assert_streets (WdFixture *fixture, gint64 current, gint64 lines, gint64 editions)
{
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM street_editions JOIN street_lines ON edition = id WHERE state = 'current'"), ==, current);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM street_lines"), ==, lines);
  g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM street_editions"), ==, editions);
}

static char *
many_streets (guint n)
{
  GString *text = g_string_new ("{\"type\":\"FeatureCollection\",\"features\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"type\":\"Feature\",\"properties\":{\"name\":\"s%u\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[120.1,30.%u],[120.2,30.1]]}}",
                            i > 0 ? ",\n" : "", i, 1000 + i);
  return g_string_free (g_string_append (text, "]}"), FALSE);
}

static void
test_streets_leave_room_for_commands (void)
{
  g_autoptr (WdFixture)    fixture = wd_fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  g_autofree char         *few = many_streets (700), *many = many_streets (2200);
  int                      fd = desk_file (many);
  WdImported               done;
  WdFault                  fault;
  Desk                     desk;

  desk_init (&desk, fixture);
  desk.meanwhile = TRUE;
  desk_import (&desk, "streets", few, 700, 700);
  assert_streets (fixture, 700, 700, 1);
  desk.others = 0;
  desk_import (&desk, "streets", many, 2200, 1500);
  g_assert_cmpuint (desk.others, >=, 13); /* 11 slices in, the moment, what was there before away */
  assert_streets (fixture, 2200, 2200, 1);
  desk.others = 0;
  desk_import (&desk, "streets", many, 2200, 0);
  g_assert_cmpuint (desk.others, ==, 0);

  /* Given up half way: those before stay in force, and nothing else is left. */
  desk_import (&desk, "streets", few, 700, 1500);
  desk.host.cancellable = cancellable;
  desk.cancel_at = "\"stage\",\"done\":1000";
  g_assert_false (wd_import (&desk.host, "streets", fd, NULL, &done, &fault, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
  assert_streets (fixture, 700, 700, 1);
}

/* A crash while they are staged leaves those before; one afterwards the new ones; the next start takes the rest away. */
static void
test_streets_survive_a_crash (void)
{
  static const struct
  {
    const char *step;
    gint64      left;
  } cases[] = { { "stage", 700 }, { "write", 700 }, { "write\",\"done\":2200,\"total", 2200 } };
  g_autofree char *few = many_streets (700), *many = many_streets (2200);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdFixture) fixture = wd_fixture_new ();
      g_autoptr (GError)    error = NULL;
      Desk                  desk;
      pid_t                 child;
      int                   status;

      desk_init (&desk, fixture);
      desk_import (&desk, "streets", few, 700, 700);
      wd_fixture_close (fixture);
      child = fork ();
      if (child == 0)
        {
          int        fd = desk_file (many);
          WdImported done;
          WdFault    fault;

          wd_fixture_open (fixture);
          desk_init (&desk, fixture);
          desk.die_at = cases[i].step;
          wd_import (&desk.host, "streets", fd, NULL, &done, &fault, NULL);
          _exit (0);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_cmpint (WEXITSTATUS (status), ==, 7);
      wd_fixture_open (fixture);
      g_assert_cmpint (desk_count (fixture, "SELECT count(*) FROM street_lines"), >, 700);
      wd_imports_recover (fixture->ledger, fixture->now, &error);
      g_assert_no_error (error);
      assert_streets (fixture, cases[i].left, cases[i].left, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-reference/customers-by-account", test_customers);
  g_test_add_func ("/import-reference/bad-customers-are-refused", test_customers_refused);
  g_test_add_func ("/import-reference/customers-need-all-columns", test_customers_columns);
  g_test_add_func ("/import-reference/numbers-are-decimal", test_numbers);
  g_test_add_func ("/import-reference/places-are-found", test_places);
  g_test_add_func ("/import-reference/places-hold-the-question", test_places_hold_the_question);
  g_test_add_func ("/import-reference/streets-go-with-their-houses", test_streets_go_with_their_houses);
  g_test_add_func ("/import-reference/units-from-geojson", test_units);
  g_test_add_func ("/import-reference/streets-from-geojson", test_streets);
  g_test_add_func ("/import-reference/streets-leave-room-for-commands", test_streets_leave_room_for_commands);
  g_test_add_func ("/import-reference/streets-survive-a-crash", test_streets_survive_a_crash);
  return g_test_run ();
}
