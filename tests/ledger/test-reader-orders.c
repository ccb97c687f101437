/* test-reader-orders.c — an order's story, who called, lists of orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reader-ask.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (86400000))

/* ---- events and callers ---- */

static JsonArray *
ask_events (WdFixture *fixture, const WdActor *actor, const char *id, JsonObject **answer)
{
  g_autoptr (WdReader) reader = ask_open (fixture);
  GError              *error = NULL;
  GString             *json = wd_reader_events (reader, actor, id, &error);

  *answer = ask_parsed (json, error);
  return json_object_get_array_member (*answer, "events");
}

static void
erase (WdFixture *fixture, const char *id)
{
  static const WdStatement boxes = { "test-erase-boxes", "DELETE FROM boxes WHERE object = $1" };
  static const WdStatement keys = { "test-erase-keys", "DELETE FROM object_keys WHERE object = $1" };
  WdStore                 *store = wd_ledger_get_store (fixture->ledger);

  g_assert_true (wd_store_exec (store, &boxes, NULL, "t", id));
  g_assert_true (wd_store_exec (store, &keys, NULL, "t", id));
}

static void
test_events (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *id = wd_fixture_receive (fixture);
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) erased = NULL;
  g_autoptr (GError)     error = NULL;
  g_autoptr (WdReader)   reader = ask_open (fixture);
  JsonArray             *events;
  JsonObject            *event, *data;

  ask_do (fixture, fixture->dispatcher, "dispatch", id, ",\"unit\":\"east\",\"note\":\"quick\"");
  events = ask_events (fixture, fixture->east, id, &answer);
  g_assert_cmpuint (json_array_get_length (events), ==, 2);
  event = json_array_get_object_element (events, 0);
  data = json_object_get_object_member (event, "data");
  g_assert_cmpstr (json_object_get_string_member (event, "do"), ==, "receive");
  g_assert_cmpuint (strlen (json_object_get_string_member (event, "hash")), ==, 64);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (event, "by"), "name"), ==, "dispatcher");
  g_assert_cmpstr (json_object_get_string_member (data, "text"), ==, "路面漏水");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (data, "caller"), "name"), ==, "张**");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (data, "caller"), "phone"), ==, "138****8000");
  event = json_array_get_object_element (events, 1);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (event, "data"), "note"), ==, "quick");

  g_assert_null (wd_reader_events (reader, fixture->west, id, &error));
  g_assert_error (error, WD_READ_ERROR, WD_READ_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (wd_reader_events (reader, fixture->dispatcher, "00000000-0000-4000-8000-000000000000", &error));
  g_assert_error (error, WD_READ_ERROR, WD_READ_ERROR_NOT_FOUND);

  erase (fixture, id);
  events = ask_events (fixture, fixture->dispatcher, id, &erased);
  data = json_object_get_object_member (json_array_get_object_element (events, 0), "data");
  g_assert_true (json_object_get_null_member (data, "text"));
  g_assert_true (json_object_get_null_member (data, "caller"));
  g_assert_cmpstr (json_object_get_string_member (data, "category"), ==, "leak");
}

static void
assert_caller (WdFixture *fixture, const WdActor *actor, const char *id, const char *expected)
{
  g_autoptr (WdReader) reader = ask_open (fixture);
  g_autoptr (GError)   error = NULL;
  g_autoptr (GString)  json = wd_reader_caller (reader, actor, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json->str, ==, expected);
}

static void
assert_no_caller (WdFixture *fixture, const WdActor *actor, const char *id, GQuark domain, int code)
{
  g_autoptr (WdReader) reader = ask_open (fixture);
  g_autoptr (GError)   error = NULL;

  g_assert_null (wd_reader_caller (reader, actor, id, &error));
  g_assert_error (error, domain, code);
}

static void
test_caller (void)
{
  static const char     clear[] = "{\"name\":\"张三\",\"phone\":\"13812348000\"}";
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *id = wd_fixture_receive (fixture);
  g_autofree char      *none = wd_fixture_do (fixture, fixture->dispatcher, "{\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"text\":\"x\"}");
  g_autoptr (WdActor)   auditor = wd_actor_new ("00000000-0000-4000-8000-00000000000a", "auditor", WD_ROLE_AUDITOR, NULL);

  assert_caller (fixture, fixture->dispatcher, id, clear);
  assert_caller (fixture, fixture->dispatcher, none, "{\"name\":null,\"phone\":null}");
  assert_no_caller (fixture, auditor, id, WD_RULE_ERROR, WD_RULE_ERROR_FORBIDDEN);
  assert_no_caller (fixture, fixture->east, id, WD_READ_ERROR, WD_READ_ERROR_NOT_FOUND);
  ask_do (fixture, fixture->dispatcher, "dispatch", id, ",\"unit\":\"east\"");
  assert_no_caller (fixture, fixture->east, id, WD_RULE_ERROR, WD_RULE_ERROR_FORBIDDEN); /* not its own yet */
  ask_do (fixture, fixture->east, "accept", id, "");
  assert_caller (fixture, fixture->east, id, clear);
  ask_do (fixture, fixture->east, "return", id, ",\"class\":\"not-ours\",\"reason\":\"x\"");
  assert_no_caller (fixture, fixture->east, id, WD_RULE_ERROR, WD_RULE_ERROR_FORBIDDEN);
  erase (fixture, id);
  assert_caller (fixture, fixture->dispatcher, id, "{\"name\":null,\"phone\":null}");
}

/* ---- lists ---- */

static guint
count_orders (WdFixture *fixture, const WdActor *actor, const WdOrderQuery *query)
{
  g_autoptr (WdReader)   reader = ask_open (fixture);
  GError                *error = NULL;
  GString               *json = wd_reader_orders (reader, actor, query, &error);
  g_autoptr (JsonObject) answer = ask_parsed (json, error);

  return json_array_get_length (json_object_get_array_member (answer, "orders"));
}

static void
test_orders (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *id = wd_fixture_receive (fixture);
  g_autofree char       *other = wd_fixture_do (fixture, fixture->dispatcher,
                                                "{\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"text\":\"100%% WET_floor!\",\"account\":\"K7\"}");
  g_autoptr (JsonObject) body = wd_fixture_body (fixture, id);
  const char            *number = json_object_get_string_member (body, "number");

#define COUNT(actor, ...) count_orders (fixture, fixture->actor, &(WdOrderQuery){ __VA_ARGS__ })
  g_assert_cmpuint (COUNT (dispatcher, .number = number), ==, 1);
  g_assert_cmpuint (COUNT (dispatcher, .number = "20261124"), ==, 0);
  g_assert_cmpuint (COUNT (dispatcher, .phone = "+86 138 1234 8000"), ==, 1);
  g_assert_cmpuint (COUNT (dispatcher, .phone = "1381234800"), ==, 0);
  g_assert_cmpuint (COUNT (dispatcher, .phone = "none"), ==, 0);
  g_assert_cmpuint (COUNT (dispatcher, .account = "K7"), ==, 1);
  g_assert_cmpuint (COUNT (dispatcher, .q = "漏水"), ==, 1);
  g_assert_cmpuint (COUNT (dispatcher, .q = "人民路"), ==, 1);
  g_assert_cmpuint (COUNT (dispatcher, .q = "100% wet_floor!"), ==, 1);
  g_assert_cmpuint (COUNT (dispatcher, .q = "%"), ==, 1);
  g_assert_cmpuint (COUNT (dispatcher, .q = "wet-floor"), ==, 0);
  g_assert_cmpuint (COUNT (dispatcher, .from = fixture->now), ==, 2);
  g_assert_cmpuint (COUNT (dispatcher, .from = fixture->now + 1), ==, 0);
  g_assert_cmpuint (COUNT (dispatcher, .to = fixture->now - 1), ==, 0);
  g_assert_cmpuint (COUNT (dispatcher, .phone = "13812348000", .to = fixture->now - 1), ==, 0);
  g_assert_cmpuint (COUNT (east, .phone = "13812348000"), ==, 0);
  g_assert_cmpuint (COUNT (admin, .q = ""), ==, 0);
  ask_do (fixture, fixture->dispatcher, "dispatch", id, ",\"unit\":\"east\"");
  g_assert_cmpuint (COUNT (east, .number = number), ==, 1);
  ask_do (fixture, fixture->dispatcher, "answer", other, ",\"text\":\"x\"");
  fixture->now += 400 * DAY;
  g_assert_cmpuint (COUNT (dispatcher, .account = "K7"), ==, 1); /* older ones too */
}

/* A list that answers a number confirms it. */
static void
test_orders_by_phone (void)
{
  static const char     phone[] = "13812348000";
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *id = wd_fixture_receive (fixture);
  g_autoptr (WdActor)   auditor = wd_actor_new ("00000000-0000-4000-8000-00000000000a", "auditor", WD_ROLE_AUDITOR, NULL);

  g_assert_cmpuint (count_orders (fixture, auditor, &(WdOrderQuery){ .q = "漏水" }), ==, 1);
  g_assert_cmpuint (count_orders (fixture, auditor, &(WdOrderQuery){ .phone = phone }), ==, 0);
  ask_do (fixture, fixture->dispatcher, "dispatch", id, ",\"unit\":\"east\"");
  g_assert_cmpuint (COUNT (east, .q = "漏水"), ==, 1);
  g_assert_cmpuint (COUNT (east, .phone = phone), ==, 0);
  ask_do (fixture, fixture->east, "accept", id, "");
  g_assert_cmpuint (COUNT (east, .phone = phone), ==, 1);
  g_assert_cmpuint (COUNT (west, .phone = phone), ==, 0);
  ask_do (fixture, fixture->east, "return", id, ",\"class\":\"not-ours\",\"reason\":\"x\"");
  g_assert_cmpuint (COUNT (east, .phone = phone), ==, 0);
  g_assert_cmpuint (COUNT (supervisor, .phone = phone), ==, 1);
}

static void
test_staff (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (WdReader)  reader = ask_open (fixture);
  g_autoptr (WdStaff)   by_name = wd_reader_staff (reader, "east", NULL, NULL);
  g_autoptr (WdStaff)   by_id = wd_reader_staff (reader, NULL, fixture->east->id, NULL);

  g_assert_cmpstr (by_name->id, ==, fixture->east->id);
  g_assert_cmpstr (by_id->unit, ==, "east");
  g_assert_null (wd_reader_staff (reader, "nobody", NULL, NULL));
  g_assert_cmpint (wd_reader_seq (reader), ==, wd_ledger_seq (fixture->ledger));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-orders/events-of-an-order", test_events);
  g_test_add_func ("/reader-orders/caller-in-clear", test_caller);
  g_test_add_func ("/reader-orders/orders-asked-for", test_orders);
  g_test_add_func ("/reader-orders/orders-by-phone", test_orders_by_phone);
  g_test_add_func ("/reader-orders/staff", test_staff);
  return g_test_run ();
}
