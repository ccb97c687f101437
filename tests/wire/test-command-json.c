/* test-command-json.c — commands held to the letter of the verbs' table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json.h"
#include "wd-outage.h"
#include "wd-test-random.h"

#include <string.h>

#define ID "0190a5c8-7b1e-7c3a-9f00-1234567890ab"
#define ORDER "0190a5c8-7b1e-7c3a-9f00-1234567890ac"
#define RECEIVE "\"id\":\"" ID "\",\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"text\":\"漏水\""
#define CLASSIFY "\"id\":\"" ID "\",\"do\":\"classify\",\"order\":\"" ORDER "\""
#define PUT_UNIT "\"id\":\"" ID "\",\"do\":\"put-unit\",\"code\":\"east\",\"name\":\"东区\",\"kind\":\"supply\""
#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static WdCommand *
read_command (const char *text, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (text, -1, error);

  return root ? wd_command_from_json (json_node_get_object (root), error) : NULL;
}

static void
test_round_trip (void)
{
  for (int verb = WD_VERB_NONE + 1; verb < WD_VERB_COUNT; verb++)
    for (guint n = 0; n < 100 && wd_verb_lookup (wd_verb_info (verb)->name); n++)
      {
        const WdVerbInfo     *info = wd_verb_info (verb);
        gboolean              named = wd_object_has_clocks (info->kind) && !(info->flags & WD_VERB_CREATES);
        g_autoptr (WdCommand) command = wd_command_new (ID, verb, named ? ORDER : NULL, wd_test_members (info, FALSE));
        g_autoptr (WdCommand) again = NULL;
        g_autoptr (GError)    error = NULL;
        g_autofree char      *text = NULL;

        command->expect = g_test_rand_bit () ? 7 : WD_INT_ABSENT;
        command->at = g_test_rand_bit () ? 1795507323120 : 0;
        command->anchor = g_test_rand_bit () ? g_strdup ("1795507323120.abc") : NULL;
        command->elapsed = g_test_rand_bit () ? 61001 : WD_INT_ABSENT;
        text = wd_command_to_json (command);
        again = read_command (text, &error);
        if (!again)
          g_error ("%s: %s", text, error->message);
        g_assert_cmpint (again->verb, ==, command->verb);
        g_assert_cmpstr (again->id, ==, command->id);
        g_assert_cmpstr (again->object, ==, command->object);
        g_assert_cmpint (again->expect, ==, command->expect);
        g_assert_cmpint (again->at, ==, command->at);
        g_assert_cmpstr (again->anchor, ==, command->anchor);
        g_assert_cmpint (again->elapsed, ==, command->elapsed);
        g_assert_true (g_variant_equal (again->members, command->members));
      }
}

/* Of the server's own events too, and with what the server added. */
static void
test_members (void)
{
  for (int verb = WD_VERB_NONE + 1; verb < WD_VERB_COUNT; verb++)
    for (guint n = 0; n < 100; n++)
      {
        const WdVerbInfo    *info = wd_verb_info (verb);
        g_autoptr (GVariant) members = g_variant_ref_sink (wd_test_members (info, TRUE));
        g_autoptr (GString)  text = g_string_new (NULL);
        g_autoptr (JsonNode) root = NULL;
        g_autoptr (GVariant) again = NULL;
        g_autoptr (GError)   error = NULL;

        wd_members_append_json (text, info, members);
        root = wd_json_parse (text->str, text->len, &error);
        g_assert_no_error (error);
        again = wd_members_from_json (info, json_node_get_object (root), &error);
        if (!again || !g_variant_equal (again, members))
          g_error ("%s %s: %s", info->name, text->str, error ? error->message : "differs");
      }
}

/* clang-format off */
static const char *const taken[] = {
  "{" RECEIVE "}",
  "{" RECEIVE ",\"caller\":{\"name\":\"张三\",\"phone\":\"13812348000\"},\"point\":[120.2,30.2],\"points\":[\"1\"],\"due\":\"2026-11-24T16:02:03+08:00\"}",
  "{" RECEIVE ",\"caller\":null,\"point\":null,\"nature\":null,\"due\":null}",
  "{" RECEIVE ",\"caller\":{}}", "{" RECEIVE ",\"caller\":{\"name\":null,\"phone\":\"110\"}}",
  "{" RECEIVE ",\"point\":[-180,90]}", "{" RECEIVE ",\"point\":[180,-90]}", "{" RECEIVE ",\"limits\":{\"accept\":\"PT5M\",\"outage-lead\":\"P1D\"}}",
  "{\"do\":\"accept\",\"order\":\"" ORDER "\",\"id\":\"" ID "\",\"expect\":0,\"at\":\"2026-11-24T08:02:03Z\",\"anchor\":\"x\",\"elapsed\":\"PT0.5S\"}",
  "{\"do\":\"accept\",\"order\":\"0190A5C8-7B1E-7C3A-9F00-1234567890AC\",\"id\":\"" ID "\"}",
};
static const struct { const char *text; const char *field; } refused[] = {
  { "{}",                                                                            "id" },
  { "{\"id\":7,\"do\":\"accept\"}",                                                  "id" },
  { "{\"id\":null,\"do\":\"nonsense\"}",                                             "id" },
  { "{\"id\":\"0190a5c8\",\"do\":\"accept\"}",                                       "id" },
  { "{\"id\":\"" ID "\"}",                                                           "do" },
  { "{\"id\":\"" ID "\",\"do\":\"seed-policy\"}",                                    "do" },
  { "{\"id\":\"" ID "\",\"do\":\"breached\"}",                                       "do" },
  { "{\"id\":\"" ID "\",\"do\":[\"accept\"]}",                                       "do" },
  { "{\"id\":\"" ID "\",\"do\":\"\"}",                                               "do" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\"}",                                         "order" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":null}",                          "order" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "x\"}",                "order" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"colour\":1}",    "colour" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"at_proved\":true}", "at_proved" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"expect\":-1}",   "expect" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"expect\":null}", "expect" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"expect\":\"1\"}", "expect" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"at\":1}",        "at" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"elapsed\":5}",   "elapsed" },
  { "{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"anchor\":5}",    "anchor" },
  { "{\"id\":\"" ID "\",\"do\":\"dispatch\",\"order\":\"" ORDER "\"}",               "unit" },
  { "{\"id\":\"" ID "\",\"do\":\"dispatch\",\"order\":\"" ORDER "\",\"unit\":\"East\"}", "unit" },
  { "{\"id\":\"" ID "\",\"do\":\"dispatch\",\"order\":\"" ORDER "\",\"unit\":\"\"}", "unit" },
  { "{\"id\":\"" ID "\",\"do\":\"dispatch\",\"order\":\"" ORDER "\",\"unit\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}", "unit" },
  { "{\"id\":\"" ID "\",\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\"}", "text" },
  { "{" RECEIVE ",\"order\":\"" ORDER "\"}",                                         "order" },
  { "{" RECEIVE ",\"number\":\"20261124-0007\"}",                                    "number" },
  { "{" RECEIVE ",\"nature\":\"unknown\"}",                                          "nature" },
  { "{" RECEIVE ",\"nature\":3}",                                                    "nature" },
  { "{" RECEIVE ",\"points\":null}",                                                 "points" },
  { "{" RECEIVE ",\"points\":\"1\"}",                                                "points" },
  { "{" RECEIVE ",\"points\":[\"1\",\" \"]}",                                        "points" },
  { "{" RECEIVE ",\"points\":[1]}",                                                  "points" },
  { "{" RECEIVE ",\"account\":\" \\t\"}",                                            "account" },
  { "{" RECEIVE ",\"address\":\"\\u3000\\u200b\"}",                                  "address" },
  { "{" RECEIVE ",\"address\":\"a\\u0007\"}",                                        "address" },
  { "{" RECEIVE ",\"address\":\"a\\r\"}",                                            "address" },
  { "{" RECEIVE ",\"address\":\"a\\u0085\"}",                                        "address" },
  { "{" RECEIVE ",\"account\":\"a\\nb\"}",                                           "account" },
  { "{" RECEIVE ",\"caller\":\"张三\"}",                                              "caller" },
  { "{" RECEIVE ",\"caller\":{\"age\":3}}",                                          "caller" },
  { "{" RECEIVE ",\"caller\":{\"name\":3}}",                                         "caller.name" },
  { "{" RECEIVE ",\"caller\":{\"name\":\"a\",\"phone\":\" \"}}",                     "caller.phone" },
  { "{" RECEIVE ",\"point\":[181,30]}",                                              "point" },
  { "{" RECEIVE ",\"point\":[120,90.0001]}",                                         "point" },
  { "{" RECEIVE ",\"point\":[120]}",                                                 "point" },
  { "{" RECEIVE ",\"point\":[120,30,5]}",                                            "point" },
  { "{" RECEIVE ",\"point\":[\"120\",30]}",                                          "point" },
  { "{" RECEIVE ",\"point\":{\"lon\":120,\"lat\":30}}",                              "point" },
  { "{" RECEIVE ",\"due\":\"2026-11-24\"}",                                          "due" },
  { "{" RECEIVE ",\"due\":\"1969-11-24T00:00:00Z\"}",                                "due" },
  { "{" RECEIVE ",\"limits\":{\"lunch\":\"PT1H\"}}",                                 "limits" },
  { "{" RECEIVE ",\"limits\":{\"accept\":180}}",                                     "limits" },
  { "{" RECEIVE ",\"limits\":{\"accept\":\"P1M\"}}",                                 "limits" },
  { "{" RECEIVE ",\"limits\":{\"accept\":\"PT0S\"}}",                                "limits" },
  { "{" RECEIVE ",\"limits\":[]}",                                                   "limits" },
  { "{" CLASSIFY ",\"major\":1}",                                                    "major" },
  { "{" CLASSIFY ",\"major\":null}",                                                 "major" },
  { "{" CLASSIFY ",\"category\":null}",                                              "category" },
  { "{" PUT_UNIT ",\"closed\":\"yes\"}",                                             "closed" },
  { "{" PUT_UNIT ",\"territory\":{\"type\":\"Point\",\"coordinates\":[1,2]}}",       "territory" },
  { "{" PUT_UNIT ",\"territory\":\"POLYGON ((0 0, 1 0, 1 1, 0 0))\"}",               "territory" },
  { "{" PUT_UNIT ",\"desk\":[500,0]}",                                               "desk" },
  { "{\"id\":\"" ID "\",\"do\":\"assign\",\"order\":\"" ORDER "\",\"crew\":\"1\"}",  "crew" },
  { "{\"id\":\"" ID "\",\"do\":\"note\",\"order\":\"" ORDER "\",\"text\":\"x\",\"attachments\":[\"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\"]}", "attachments" },
  { "{\"id\":\"" ID "\",\"do\":\"note\",\"order\":\"" ORDER "\",\"text\":\"x\",\"attachments\":[\"" HASH "0\"]}", "attachments" },
  { "{\"id\":\"" ID "\",\"do\":\"put-crew\",\"unit\":\"east\",\"name\":\"1\",\"people\":1.5}", "people" },
};
/* clang-format on */

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (WdCommand) command = read_command (taken[i], &error);

      if (!command)
        g_error ("%s: %s", taken[i], error->message);
      g_assert_cmpstr (command->object, ==, strstr (taken[i], "order") ? ORDER : NULL);
    }
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *field = NULL;

      if (read_command (refused[i].text, &error))
        g_error ("taken: %s", refused[i].text);
      g_assert_error (error, WD_RULE_ERROR, WD_RULE_ERROR_INVALID);
      field = wd_rule_error_dup_field (error);
      if (g_strcmp0 (field, refused[i].field) != 0)
        g_error ("%s: names %s: %s", refused[i].text, field, error->message);
    }
}

static char *
note_of (guint length)
{
  GString *text = g_string_new ("{\"id\":\"" ID "\",\"do\":\"note\",\"order\":\"" ORDER "\",\"text\":\"");

  for (guint i = 0; i < length; i++)
    g_string_append (text, "水");
  g_string_append (text, "\"}");
  return g_string_free (text, FALSE);
}

static void
test_sizes (void)
{
  static const guint sizes[] = { 1, 3999, 4000, 4001, 349000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char      *text = note_of (sizes[i]);
      g_autoptr (GError)    error = NULL;
      g_autoptr (WdCommand) command = read_command (text, &error);

      g_assert_cmpint (command != NULL, ==, sizes[i] <= 4000);
      g_assert_true (!error || strlen (error->message) < 200);
    }
}

/* A name of a megabyte is not sent back. */
static void
test_long_name (void)
{
  g_autoptr (GString) text = g_string_new ("{\"id\":\"" ID "\",\"do\":\"accept\",\"order\":\"" ORDER "\",\"");
  g_autoptr (GError)  error = NULL;

  for (guint i = 0; i < 300000; i++)
    g_string_append (text, "水");
  g_string_append (text, "\":1}");
  g_assert_null (read_command (text->str, &error));
  g_assert_error (error, WD_RULE_ERROR, WD_RULE_ERROR_INVALID);
  g_assert_cmpuint (strlen (error->message), <, 200);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command-json/each verb's commands come back", test_round_trip);
  g_test_add_func ("/command-json/each event's members come back", test_members);
  g_test_add_func ("/command-json/what the contract allows is taken", test_taken);
  g_test_add_func ("/command-json/what it does not allow is refused by name", test_refused);
  g_test_add_func ("/command-json/texts have 4,000 characters at most", test_sizes);
  g_test_add_func ("/command-json/a long name is cut", test_long_name);
  return g_test_run ();
}
