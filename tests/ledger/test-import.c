/* test-import.c — files come in whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-ledger-fixture.h"

#include "wd-import.h"
#include "wd-json.h"
#include "wd-reader.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEADER "reference,channel,category,text,caller_name,caller_phone,address,lon,lat,received_at,due,nature,account\n"

/* ---- a host around the fixture's ledger ---- */

typedef struct
{
  WdFixture  *fixture;
  WdHost      host;
  guint       commits;
  const char *die_at;    /* ends the process at this step, after some of it */
  const char *cancel_at; /* cancels at this step */
  gboolean    meanwhile; /* others give commands between the pieces */
  guint       others;
} Desk;

static void
run (WdLedgerFunc func, gpointer data, gpointer owner)
{
  Desk *desk = owner;

  func (desk->fixture->ledger, desk->fixture->now, data);
  if (desk->meanwhile)
    {
      g_autofree char *id = wd_fixture_receive (desk->fixture);

      desk->others++;
    }
}

static void
publish (WdCommit *commit, gpointer owner)
{
  Desk *desk = owner;

  desk->commits++;
  wd_commit_free (commit);
}

static void
say (const char *text, gsize length, gpointer owner)
{
  Desk            *desk = owner;
  g_autofree char *step = desk->die_at != NULL ? g_strdup_printf ("\"%s\"", desk->die_at) : NULL;

  if (step != NULL && strstr (text, step) != NULL)
    _exit (7);
  if (desk->cancel_at != NULL && strstr (text, desk->cancel_at) != NULL)
    g_cancellable_cancel (desk->host.cancellable);
}

static void
desk_init (Desk *desk, WdFixture *fixture)
{
  *desk = (Desk){ fixture };
  desk->host = (WdHost){ fixture->path, fixture->keys, fixture->folder, NULL, run, publish, say, desk };
}

static int
file_of (const char *text)
{
  int fd = memfd_create ("import", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize)strlen (text));
  return fd;
}

static void
bring_in (Desk *desk, const char *kind, const char *text, gint64 rows, gint64 changed)
{
  g_autoptr (GError) error = NULL;
  int                fd = file_of (text);
  WdImported         done;
  WdFault            fault;

  wd_import (&desk->host, kind, fd, NULL, &done, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done.rows, ==, rows);
  g_assert_cmpint (done.changed, ==, changed);
  close (fd);
}

static void
assert_refused (Desk *desk, const char *kind, const char *text, gint64 line, const char *column)
{
  g_autoptr (GError) error = NULL;
  int                fd = file_of (text);
  WdImported         done;
  WdFault            fault;

  g_assert_false (wd_import (&desk->host, kind, fd, NULL, &done, &fault, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpint (fault.line, ==, line);
  g_assert_cmpstr (fault.column, ==, column);
  close (fd);
}

/* ---- looking ---- */

static gint64
count (WdFixture *fixture, const char *sql)
{
  const WdStatement  statement = { "test-count", sql };
  g_autoptr (GError) error = NULL;
  g_autoptr (WdRows) rows = NULL;
  WdStore           *store = wd_store_open (fixture->path, WD_STORE_READ, &error);
  gint64             value;

  g_assert_no_error (error);
  rows = wd_store_query (store, &statement, &error, "");
  g_assert_no_error (error);
  value = wd_rows_int (rows, 0, 0);
  wd_store_close (store);
  return value;
}

static JsonNode *
parse (GString *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode          *node;

  g_assert_nonnull (json);
  node = wd_json_parse (json->str, json->len, &error);
  g_assert_no_error (error);
  g_string_free (json, TRUE);
  return node;
}

static JsonNode *
ask_orders (WdFixture *fixture, const WdOrderQuery *query)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (WdReader) reader = wd_reader_open (fixture->path, fixture->keys, &error);
  GString             *json = wd_reader_orders (reader, fixture->dispatcher, query, &error);

  g_assert_no_error (error);
  return parse (json);
}

static JsonArray *
orders_of (JsonNode *answer)
{
  return json_object_get_array_member (json_node_get_object (answer), "orders");
}

/* ---- orders ---- */

static void
test_orders_come_in (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (JsonNode)  found = NULL;
  JsonObject           *order;
  JsonArray            *list;
  Desk                  desk;

  desk_init (&desk, fixture);
  bring_in (&desk, "orders",
            HEADER
            "A-1,hotline,leak,水管漏水,王小明,0571-8888 1234,人民路118号,120.25,30.2,2026-11-23T08:00:00+08:00,,报修,K100\n"
            "A-2,Twitter,Flooding,\"Water, everywhere\",,,Main St,0.0,0,2008-07-02T15:37:19+00:00,,,\n"
            "A-3,Fax,Graffiti,on the wall,,,,,,2008-07-02T15:37:19+00:00,,,\n",
            3, 3);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM import_rows"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM events WHERE verb = 'imported' AND data LIKE '%\"count\":3%'"), ==, 1);

  found = ask_orders (fixture, &(WdOrderQuery){ .phone = "057188881234" });
  list = orders_of (found);
  g_assert_cmpuint (json_array_get_length (list), ==, 1);
  order = json_array_get_object_element (list, 0);
  g_assert_cmpstr (json_object_get_string_member (order, "received_at"), ==, "2026-11-23T00:00:00.000Z");
  g_assert_cmpstr (json_object_get_string_member (order, "district"), ==, "east");
  g_assert_cmpstr (json_object_get_string_member (order, "nature"), ==, "repair");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (order, "caller"), "name"), ==, "王**");
  g_clear_pointer (&found, json_node_unref);

  found = ask_orders (fixture, &(WdOrderQuery){ .q = "everywhere" });
  order = json_array_get_object_element (orders_of (found), 0);
  g_assert_cmpstr (json_object_get_string_member (order, "category"), ==, "drainage");
  g_assert_cmpstr (json_object_get_string_member (order, "channel"), ==, "weibo");
  g_assert_cmpstr (json_object_get_string_member (order, "text"), ==, "Water, everywhere");
  g_assert_true (json_object_get_null_member (order, "point"));
  g_clear_pointer (&found, json_node_unref);

  found = ask_orders (fixture, &(WdOrderQuery){ .q = "on the wall" });
  order = json_array_get_object_element (orders_of (found), 0);
  g_assert_cmpstr (json_object_get_string_member (order, "category"), ==, "other");
  g_assert_nonnull (strstr (json_object_get_string_member (order, "text"), "Graffiti"));
  g_assert_nonnull (strstr (json_object_get_string_member (order, "text"), "Fax"));
}

/* Late clocks are marked, and nothing is left to ring. */
static void
test_late_clocks_ring_nowhere (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (JsonNode)  found = NULL;
  g_autoptr (WdCommit)  fired = NULL;
  g_autoptr (GError)    error = NULL;
  JsonArray            *clocks;
  Desk                  desk;
  gint64                next;
  guint                 late = 0;

  desk_init (&desk, fixture);
  bring_in (&desk, "orders", HEADER "A-1,hotline,leak,old,,,,,,2008-07-02T15:37:19+00:00,,,\n", 1, 1);
  found = ask_orders (fixture, &(WdOrderQuery){ .q = "old" });
  clocks = json_object_get_array_member (json_array_get_object_element (orders_of (found), 0), "clocks");
  g_assert_cmpuint (json_array_get_length (clocks), >, 0);
  for (guint i = 0; i < json_array_get_length (clocks); i++)
    late += json_object_get_boolean_member (json_array_get_object_element (clocks, i), "breached");
  g_assert_cmpuint (late, ==, json_array_get_length (clocks));
  fired = wd_ledger_fire (fixture->ledger, fixture->now + WD_FIXTURE_MINUTE, 100, &next, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM events WHERE verb = 'breached'"), ==, 0);
}

static void
test_same_file_again (void)
{
  static const char     text[] = HEADER "A-1,hotline,leak,one,,,,,,2026-11-01T00:00:00Z,,,\nA-2,hotline,leak,two,,,,,,2026-11-01T00:00:00Z,,,\n";
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  Desk                  desk;
  gint64                seq;

  desk_init (&desk, fixture);
  bring_in (&desk, "orders", text, 2, 2);
  seq = wd_ledger_seq (fixture->ledger);
  bring_in (&desk, "orders", text, 2, 0);
  g_assert_cmpint (wd_ledger_seq (fixture->ledger), ==, seq);
}

static char *
many_orders (guint n, const char *last)
{
  GString *text = g_string_new (HEADER);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "A-%u,hotline,leak,order %u,赵六,138%08u,,120.2,30.2,2026-11-01T00:00:00Z,,,\n", i, i, i);
  g_string_append (text, last);
  return g_string_free (text, FALSE);
}

static void
assert_nothing (WdFixture *fixture, gint64 seq)
{
  g_assert_cmpint (wd_ledger_seq (fixture->ledger), ==, seq);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM orders"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM imports"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM import_rows"), ==, 0);
}

static void
test_bad_line_keeps_nothing (void)
{
  static const struct
  {
    const char *last;
    gint64      line;
    const char *column;
  } rows[] = {
    { "B,hotline,leak,x,,,,200,30,2026-11-01T00:00:00Z,,,\n", 452, "lon" },
    { "B,hotline,leak,x,,,,120,95,2026-11-01T00:00:00Z,,,\n", 452, "lat" },
    { "B,hotline,leak,x,,,,120,abc,2026-11-01T00:00:00Z,,,\n", 452, "lat" },
    { "B,hotline,leak,x,,,,,30,2026-11-01T00:00:00Z,,,\n", 452, "lon" },
    { "B,hotline,leak,x,,,,,,yesterday,,,\n", 452, "received_at" },
    { "B,hotline,leak,x,,,,,,2026-12-24T00:00:00Z,,,\n", 452, "received_at" }, /* to come: found on the ledger's thread */
    { "B,hotline,leak,x,,,,,,2026-11-01T00:00:00Z,soon,,\n", 452, "due" },
    { "B,hotline,leak,x,,,,,,2026-11-01T00:00:00Z,,murmur,\n", 452, "nature" },
    { "B,hotline,leak,,,,,,,2026-11-01T00:00:00Z,,,\n", 452, "text" },
    { "B,hotline,,x,,,,,,2026-11-01T00:00:00Z,,,\n", 452, "category" },
    { "B,hotline,leak,x,,,,,\n", 452, "" },
    { "B,hotline,leak,\"two\nlines\",,,,,,2026-11-01T00:00:00Z,,,\n\nB,hotline,leak,x,,,,9,9,,,,\n", 455, "received_at" },
    { "B,hotline,leak,\"open,,,,,,2026-11-01T00:00:00Z,,,\n", 452, "" },
    { "B,hotline,leak,\xff,,,,,,2026-11-01T00:00:00Z,,,\n", 452, "text" },
  };
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  gint64                seq = wd_ledger_seq (fixture->ledger);
  Desk                  desk;

  desk_init (&desk, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = many_orders (450, rows[i].last);

      assert_refused (&desk, "orders", text, rows[i].line, rows[i].column);
      assert_nothing (fixture, seq);
    }
  assert_refused (&desk, "orders", "", 1, "");
  assert_refused (&desk, "orders", "channel,category,text\n", 1, "received_at");
  assert_refused (&desk, "orders", "channel,category,text,received_at,colour\n", 1, "colour");
  assert_refused (&desk, "orders", "channel,channel\n", 1, "channel");
  assert_nothing (fixture, seq);
}

static void
test_cancel_keeps_nothing (void)
{
  static const char *const steps[] = { "\"stage\"", "\"done\":400" };
  g_autoptr (WdFixture)    fixture = wd_fixture_new ();
  g_autofree char         *text = many_orders (900, "");
  gint64                   seq = wd_ledger_seq (fixture->ledger);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError)       error = NULL;
      int                      fd = file_of (text);
      WdImported               done;
      WdFault                  fault;
      Desk                     desk;

      desk_init (&desk, fixture);
      desk.host.cancellable = cancellable;
      desk.cancel_at = steps[i];
      g_assert_false (wd_import (&desk.host, "orders", fd, NULL, &done, &fault, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_nothing (fixture, seq);
      close (fd);
    }
}

static void
test_commands_go_on (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *text = many_orders (900, "");
  Desk                  desk;

  desk_init (&desk, fixture);
  desk.meanwhile = TRUE;
  bring_in (&desk, "orders", text, 900, 900);
  g_assert_cmpuint (desk.others, >, 8);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM orders"), ==, 900 + desk.others);
}

/* The process ends at @step; the next start must find all or nothing. */
static void
crash_at (const char *step, gint64 expected)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (GError)    error = NULL;
  g_autofree char      *text = many_orders (900, "");
  int                   fd = file_of (text);
  int                   status;
  pid_t                 child;

  wd_fixture_close (fixture);
  child = fork ();
  if (child == 0)
    {
      WdImported done;
      WdFault    fault;
      Desk       desk;

      wd_fixture_open (fixture);
      desk_init (&desk, fixture);
      desk.die_at = step;
      wd_import (&desk.host, "orders", fd, NULL, &done, &fault, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (WEXITSTATUS (status), ==, 7);
  wd_fixture_open (fixture);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM import_rows"), >, 0);
  wd_imports_recover (fixture->ledger, fixture->now, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM orders"), ==, expected);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM import_rows"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM imports WHERE state <> 'done'"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM events WHERE verb = 'imported'"), ==, expected > 0);
  close (fd);
}

static void
test_crash (void)
{
  crash_at ("stage", 0);
  crash_at ("write", 900);
}

/* What is staged is as private as what is kept. */
static void
test_staged_rows_are_sealed (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *text = many_orders (10, "");
  int                   fd = file_of (text);
  pid_t                 child;

  wd_fixture_close (fixture);
  child = fork ();
  if (child == 0)
    {
      WdImported done;
      WdFault    fault;
      Desk       desk;

      wd_fixture_open (fixture);
      desk_init (&desk, fixture);
      desk.die_at = "stage";
      wd_import (&desk.host, "orders", fd, NULL, &done, &fault, NULL);
      _exit (0);
    }
  waitpid (child, NULL, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, i == 0 ? "" : "-wal", NULL);
      g_autofree char *bytes = NULL;
      gsize            length = 0;

      if (!g_file_get_contents (path, &bytes, &length, NULL))
        continue;
      g_assert_null (memmem (bytes, length, "赵六", strlen ("赵六")));
      g_assert_null (memmem (bytes, length, "13800000003", 11));
    }
  wd_fixture_open (fixture);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM import_rows"), ==, 10);
  close (fd);
}

/* ---- customers and places ---- */

static JsonArray *
ask_places (WdFixture *fixture, const char *q, JsonNode **answer)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (WdReader) reader = wd_reader_open (fixture->path, fixture->keys, &error);
  GString             *json = wd_reader_places (reader, q, &error);

  g_assert_no_error (error);
  *answer = parse (json);
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
  *answer = parse (json);
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
  bring_in (&desk, "customers",
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
  bring_in (&desk, "customers", CUSTOMERS "K1,张三,13900000000,南山路7号,120.2,30.2,domestic\nK2,市一医院,0571-87000000,上城区人民路1180号,120.22,30.22,hospital\nK4,,,,,,fire\n", 3, 2);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM customers"), ==, 4);
  g_clear_pointer (&gone, json_node_unref);
  g_assert_cmpuint (json_array_get_length (ask_customers (fixture, "13812348000", &gone)), ==, 0);
  g_assert_cmpuint (json_array_get_length (ask_customers (fixture, "13900000000", &moved)), ==, 1);
  assert_place (fixture, "南山路7", 1, "account", "K1");
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM place_grams WHERE place = 'K1' AND gram = '人民'"), ==, 0);
  bring_in (&desk, "customers", CUSTOMERS "K4,,,,,,fire\n", 1, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM events WHERE verb = 'imported'"), ==, 2);
}

static void
test_customers_refused (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  Desk                  desk;

  desk_init (&desk, fixture);
  assert_refused (&desk, "customers", CUSTOMERS "K1,,,,,,domestic\n,,,,,,domestic\n", 3, "account");
  assert_refused (&desk, "customers", CUSTOMERS "K1,,,,,,castle\n", 2, "class");
  assert_refused (&desk, "customers", CUSTOMERS "K1,,,,181,30,domestic\n", 2, "lon");
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM customers"), ==, 0);
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
  bring_in (&desk, "customers", text->str, 603, 603);
  assert_place (fixture, "人民路118", 0, "street", "人民路"); /* the street, then the house */
  assert_place (fixture, "人民路118", 1, "account", "R118");
  assert_place (fixture, "人民路118", 2, "account", "R1180");
  assert_place (fixture, "上城区 人民路１１８号", 1, "account", "R118");
  assert_place (fixture, "人民路9999", 0, "street", "人民路");
  assert_place (fixture, "人民大道118", 1, "account", "X1");
  assert_place (fixture, "凤", 0, "street", "凤起路");
  assert_place (fixture, "凤起", 1, "account", "X2");
}

/* ---- units ---- */

#define SQUARE(w) "{\"type\":\"Polygon\",\"coordinates\":[[[" #w ",37],[-122,37],[-122,38],[" #w ",38],[" #w ",37]]]}"

static void
test_units (void)
{
  static const char text[] =
      "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{}},\"features\":[\n"
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
  assert_refused (&desk, "units", bad_kind, 4, "kind");
  assert_refused (&desk, "units", open_ring, 2, "geometry");
  assert_refused (&desk, "units", "{\"type\":\"FeatureCollection\"}", 1, "features");
  assert_refused (&desk, "units", "{", 0, "");
  assert_refused (&desk, "units",
                  "{\"features\":[\n{\"properties\":{\"code\":\"a\",\"name\":\"A\",\"kind\":\"supply\",\"parent\":\"b\"}},\n"
                  "{\"properties\":{\"code\":\"b\",\"name\":\"B\",\"kind\":\"supply\",\"parent\":\"a\"}}]}",
                  2, "parent");
  assert_refused (&desk, "units", "{\"features\":[{\"properties\":{\"code\":\"a\",\"name\":\"A\",\"kind\":\"supply\",\"parent\":\"nobody\"}}]}", 1, "parent");
  g_assert_cmpint (wd_ledger_seq (fixture->ledger), ==, seq);
  bring_in (&desk, "units", text, 2, 2);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM objects WHERE kind = 'unit' AND code IN ('bay', 'city')"), ==, 2);
  g_assert_cmpuint (desk.commits, ==, 1);
  bring_in (&desk, "units", text, 2, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM events WHERE verb = 'imported'"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/orders-come-in", test_orders_come_in);
  g_test_add_func ("/import/late-clocks-ring-nowhere", test_late_clocks_ring_nowhere);
  g_test_add_func ("/import/same-file-again-changes-nothing", test_same_file_again);
  g_test_add_func ("/import/bad-line-is-named-and-nothing-kept", test_bad_line_keeps_nothing);
  g_test_add_func ("/import/cancelled-keeps-nothing", test_cancel_keeps_nothing);
  g_test_add_func ("/import/commands-go-on", test_commands_go_on);
  g_test_add_func ("/import/all-or-nothing-after-a-crash", test_crash);
  g_test_add_func ("/import/staged-rows-are-sealed", test_staged_rows_are_sealed);
  g_test_add_func ("/import/customers-by-account", test_customers);
  g_test_add_func ("/import/bad-customers-are-refused", test_customers_refused);
  g_test_add_func ("/import/places-are-found", test_places);
  g_test_add_func ("/import/units-from-geojson", test_units);
  return g_test_run ();
}
