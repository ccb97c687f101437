/* test-record-json.c — each kind of record goes into JSON and comes back the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-house.h"
#include "wd-json.h"
#include "wd-order.h"
#include "wd-policy.h"
#include "wd-test-random.h"

static const WdRecordType *const types[] = { &wd_order_type, &wd_unit_type, &wd_crew_type, &wd_staff_type, &wd_category_type, &wd_policy_type };

static char *
print (const WdRecordType *type, gconstpointer record, WdJsonPart part)
{
  GString *json = g_string_new (NULL);

  wd_record_append_json (json, type, record, part);
  return g_string_free (json, FALSE);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (guint n = 0; n < 300; n++)
      {
        g_autoptr (GError) error = NULL;
        gpointer           record = wd_test_record (types[i]);
        g_autofree char   *body = print (types[i], record, WD_JSON_BODY);
        g_autofree char   *inner = print (types[i], record, WD_JSON_INNER);
        g_autofree char   *all = print (types[i], record, WD_JSON_ALL);
        gpointer           halves = wd_record_from_texts (types[i], body, inner, &error);
        gpointer           whole = wd_record_from_texts (types[i], all, NULL, &error);
        g_autofree char   *again = NULL;

        g_assert_no_error (error);
        g_assert_true (wd_record_equal (types[i], record, halves));
        g_assert_true (wd_record_equal (types[i], record, whole));
        again = print (types[i], whole, WD_JSON_BODY);
        g_assert_cmpstr (again, ==, body);
        wd_record_free (types[i], record);
        wd_record_free (types[i], halves);
        wd_record_free (types[i], whole);
      }
}

/* Every member of a body is there, also of an empty one, and no inner one. */
static void
test_members (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gpointer             record = wd_record_new (types[i]);
      g_autofree char     *body = print (types[i], record, WD_JSON_BODY);
      g_autoptr (JsonNode) root = wd_json_parse (body, -1, NULL);

      for (const WdField *field = types[i]->fields; field->name; field++)
        g_assert_cmpint (json_object_has_member (json_node_get_object (root), field->name), ==, !(field->flags & WD_FIELD_INNER));
      wd_record_free (types[i], record);
    }
}

static void
test_empty (void)
{
  g_autoptr (WdCrew)      crew = wd_crew_new ();
  g_autoptr (WdPolicyRow) row = wd_policy_row_new ();
  g_autofree char        *crew_text = print (&wd_crew_type, crew, WD_JSON_BODY);
  g_autofree char        *row_text = print (&wd_policy_row_type, row, WD_JSON_BODY);

  g_assert_cmpstr (crew_text, ==, "{\"id\":null,\"unit\":null,\"name\":null,\"leader\":null,\"people\":null,\"closed\":false,\"version\":null}");
  g_assert_nonnull (strstr (row_text, "\"starts\":[],\"stops\":[],\"limit\":null"));
}

/* clang-format off */
static const struct { const char *text; const char *member; } wrong[] = {
  { "{\"number\":7}",                        "number" },
  { "{\"state\":\"lost\"}",                  "state" },
  { "{\"state\":1}",                         "state" },
  { "{\"state\":\"\"}",                      "state" },
  { "{\"received_at\":\"yesterday\"}",       "received_at" },
  { "{\"received_at\":0}",                   "received_at" },
  { "{\"supervised\":null}",                 "supervised" },
  { "{\"supervised\":\"true\"}",             "supervised" },
  { "{\"rework\":1.5}",                      "rework" },
  { "{\"rework\":\"1\"}",                    "rework" },
  { "{\"point\":[120.2]}",                   "point" },
  { "{\"point\":[120.2,\"30\"]}",            "point" },
  { "{\"helpers\":\"east\"}",                "helpers" },
  { "{\"helpers\":[1]}",                     "helpers" },
  { "{\"limits\":[]}",                       "limits" },
  { "{\"limits\":{\"accept\":\"3 min\"}}",   "limits" },
  { "{\"delivery\":[]}",                     "delivery" },
  { "{\"delivery\":{\"sent\":true}}",        "sent" },
  { "{\"clocks\":{}}",                       "clocks" },
  { "{\"clocks\":[null]}",                   "clocks" },
  { "{\"clocks\":[{\"rule\":[]}]}",          "rule" },
};
/* clang-format on */

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *named = g_strdup_printf ("“%s”", wrong[i].member);

      g_assert_null (wd_record_from_texts (&wd_order_type, wrong[i].text, NULL, &error));
      g_assert_error (error, WD_JSON_ERROR, WD_JSON_ERROR_WRONG);
      g_assert_nonnull (strstr (error->message, named));
    }
  g_assert_null (wd_record_from_texts (&wd_order_type, "[]", NULL, NULL));
  g_assert_null (wd_record_from_texts (&wd_order_type, "{}", "{", NULL));
}

/* What is not named stays; what is null goes; what is unknown is passed over. */
static void
test_read_over (void)
{
  g_autoptr (JsonNode) root = wd_json_parse ("{\"leader\":null,\"people\":3,\"colour\":\"blue\"}", -1, NULL);
  g_autoptr (WdCrew)   crew = wd_crew_new ();

  crew->name = g_strdup ("1");
  crew->leader = g_strdup ("张三");
  g_assert_true (wd_record_read_json (&wd_crew_type, crew, json_node_get_object (root), NULL));
  g_assert_cmpstr (crew->name, ==, "1");
  g_assert_null (crew->leader);
  g_assert_cmpint (crew->people, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-json/records come back the same", test_round_trip);
  g_test_add_func ("/record-json/every member is there", test_members);
  g_test_add_func ("/record-json/nothing is null, a list empty", test_empty);
  g_test_add_func ("/record-json/a wrong member is named", test_wrong);
  g_test_add_func ("/record-json/reading goes over what is there", test_read_over);
  return g_test_run ();
}
