/* test-problem.c — problem documents are JSON, whatever their words are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-problem.h"

#include <json-glib/json-glib.h>

static JsonObject *
parse (JsonParser *parser, const char *text)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_codes (void)
{
  /* clang-format off */
  static const struct { const char *nick; guint status; } codes[] = {
    { "bad-request", 400 }, { "unauthorized", 401 }, { "forbidden", 403 }, { "not-found", 404 }, { "method", 405 },
    { "state", 409 }, { "conflict", 409 }, { "id-reused", 409 }, { "resync", 410 }, { "too-large", 413 },
    { "invalid", 422 }, { "too-many", 429 }, { "internal", 500 }, { "busy", 503 }, { "storage", 507 },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autofree char       *text = NULL;
      JsonObject            *problem;
      WdProblemCode          code;

      g_assert_true (wd_problem_code_from_nick (codes[i].nick, &code));
      g_assert_cmpstr (wd_problem_code_get_nick (code), ==, codes[i].nick);
      text = wd_problem_to_json (code, NULL, NULL);
      problem = parse (parser, text);
      g_assert_cmpstr (json_object_get_string_member (problem, "code"), ==, codes[i].nick);
      g_assert_cmpint (json_object_get_int_member (problem, "status"), ==, codes[i].status);
      g_assert_cmpstr (json_object_get_string_member (problem, "title"), ==, wd_problem_code_get_title (code));
      g_assert_true (g_str_has_suffix (json_object_get_string_member (problem, "type"), codes[i].nick));
      g_assert_false (json_object_has_member (problem, "field"));
    }
}

static void
test_words (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString)    text = g_string_new (NULL);
  WdProblemCode          code;
  JsonObject            *problem;

  wd_problem_append_json (text, WD_PROBLEM_CONFLICT, "\"\\\n\x01 水 </script>", "caller.\"name\"", "\"current\":{\"version\":3}");
  problem = parse (parser, text->str);
  g_assert_cmpstr (json_object_get_string_member (problem, "detail"), ==, "\"\\\n\x01 水 </script>");
  g_assert_cmpstr (json_object_get_string_member (problem, "field"), ==, "caller.\"name\"");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (problem, "current"), "version"), ==, 3);
  g_assert_false (wd_problem_code_from_nick ("no-such-code", &code));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/each-code-has-its-document", test_codes);
  g_test_add_func ("/problem/any-words-are-escaped", test_words);
  return g_test_run ();
}
