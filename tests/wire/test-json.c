/* test-json.c — what the guard takes and refuses, and what is printed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json-guard.h"
#include "wd-json.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *text;
  gssize      length; /* 0 = to the NUL */
} Case;

static gsize
case_length (const Case *c)
{
  return c->length > 0 ? (gsize)c->length : strlen (c->text);
}

/* clang-format off */
static const Case accepted[] = {
  { "null" }, { "true" }, { "false" }, { "0" }, { "-0" }, { "123" }, { "\"\"" }, { "[]" }, { "{}" }, { " [ ] " }, { "\t{\r\n}" },
  { "[1 , 2]" }, { "[[]   ]" }, { "[null, 1, \"1\", {}]" }, { "[1,null,null,null,2]" }, { "[4]" }, { "[0e1]" }, { "[0e+1]" },
  { "[-0.1]" }, { "[1E22]" }, { "[1E-2]" }, { "[1E+2]" }, { "[123e45]" }, { "[123.456e-789]" }, { "[123.456e78]" }, { "[1e-2]" }, { "[1e+2]" },
  { "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]" },
  { "[-1]" }, { "[9223372036854775807]" }, { "[-9223372036854775808]" }, { "[123.456789]" },
  { "{\"\":0}" }, { "{\"a\":{\"a\":{\"a\":1}}}" }, { "[{\"a\":1},{\"a\":1}]" }, { "{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430\"}" },
  { "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]" }, { "[\"\\u0060\\u012a\\u12AB\"]" }, { "[\"\\uD801\\udc37\"]" }, { "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]" },
  { "[\"\\\\u0000\"]" }, { "[\"\\uDBFF\\uDFFF\"]" }, { "[\"\\uFFFF\"]" }, { "[\"a/*b*/c\"]" }, { "[\"\\u2028\"]" }, { "[\"\xe2\x80\xa8\xe2\x80\xa9\"]" },
  { "[\"\x7f\"]" }, { "[\"\xf0\x9b\xbf\xbf\"]" }, { "[\"\xf4\x8f\xbf\xbf\"]" }, { "[\"\xef\xbf\xbf\"]" }, { "\"漏水\"" }, { "[\"new\xc2\xa0line\"]" },
};

static const Case refused[] = {
  { "", 0 }, { " " }, { "[" }, { "]" }, { "{" }, { "}" }, { "[}" }, { "{]" }, { "[\"a" }, { "[\"" }, { "[1,]" }, { "[,1]" }, { "[1,,2]" }, { "[,]" },
  { "[1 true]" }, { "[\"a\" \"b\"]" }, { "[1]]" }, { "[1]x" }, { "[][]" }, { "{}{}" }, { "1 2" }, { "[\"x\"" }, { "[1" }, { "[3[4]]" }, { "[a" }, { "a" },
  { "nul" }, { "tru" }, { "fals" }, { "True" }, { "NULL" }, { "nullx" }, { "truefalse" }, { "undefined" }, { "NaN" }, { "[NaN]" }, { "Infinity" }, { "[-Infinity]" },
  { "01" }, { "-01" }, { "[012]" }, { "[+1]" }, { "[++1234]" }, { "[-]" }, { "[--1]" }, { "[.5]" }, { "[-.5]" }, { "[1.]" }, { "[-2.]" }, { "[2.e3]" },
  { "[0.e1]" }, { "[1e]" }, { "[1E]" }, { "[1e+]" }, { "[0e]" }, { "[0E+]" }, { "[1eE2]" }, { "[1.0e-]" }, { "[0.1.2]" }, { "[0x42]" }, { "[0x]" }, { "[1+2]" },
  { "[1 000.0]" }, { "[1a]" }, { "[-1x]" }, { "[1.8011670033376514H-308]" }, { "[\xef\xbc\x91]" }, { "- 1" }, { "[1ea]" }, { "[-foo]" }, { "[- 1]" },
  { "[1e400]" }, { "[-1e999]" }, { "[9223372036854775808]" }, { "[-9223372036854775809]" }, { "[100000000000000000000]" },
  { "{a:1}" }, { "{'a':1}" }, { "['a']" }, { "{\"a\"}" }, { "{\"a\":}" }, { "{\"a\" 1}" }, { "{:1}" }, { "{1:1}" }, { "{\"a\":1,}" }, { "{\"a\":1,,\"b\":2}" },
  { "{\"a\":1 \"b\":2}" }, { "{\"a\"::1}" }, { "{,}" }, { "{\"a\":\"b\"}#" }, { "{\"a\":\"b\"}/**/" }, { "/**/1" }, { "// x\n1" }, { "{\"a\":/*x*/1}" }, { "[1,\n#x\n2]" },
  { "{\"a\":1,\"a\":1}" }, { "{\"a\":1,\"\\u0061\":2}" }, { "{\"a\":{\"b\":1,\"c\":2,\"b\":3}}" }, { "{[\"a\"]:1}" }, { "{\"a\":true,null}" },
  { "[\"\n\"]" }, { "[\"\t\"]" }, { "[\"\x01\"]" }, { "[\"\x1f\"]" }, { "[\"a\0b\"]", 7 }, { "[\"\\a\"]" }, { "[\"\\x00\"]" }, { "[\"\\\"]" }, { "[\"\\" }, { "[\"\\u\"]" }, { "[\"\\u00A\"]" },
  { "[\"\\u00G1\"]" }, { "[\"\\uqqqq\"]" }, { "[\"\\U0061\"]" }, { "[\"\\'\"]" }, { "[\"\\ \"]" }, { "[\\n]" }, { "\\u0020[]" }, { "[\"\\\xe5\"]" },
  { "[\"\\u0000\"]" }, { "[\"\\ud800\"]" }, { "[\"\\uD800\\n\"]" }, { "[\"\\uDADA\\u0061\"]" }, { "[\"\\uDd1e\\uD834\"]" }, { "[\"\\uDC00\"]" }, { "[\"\\uD800\\uD800\"]" }, { "[\"\\uD800\\u\"]" }, { "[\"\\uD800" },
  { "\xef\xbb\xbf{}" }, { "\xff\xfe[\0]\0", 6 }, { "\0[\0]", 4 }, { "[\xe5]" }, { "[\"\xff\"]" }, { "[\"\xc0\xaf\"]" }, { "[\"\xed\xa0\x80\"]" }, { "[\"\xf4\x90\x80\x80\"]" }, { "[\"\x80\"]" },
  { "[\"\xe6\"]" }, { "[\"\xe6\xbc\"]" }, { "[\"\xfc\x80\x80\x80\x80\x80\"]" }, { "[\f]" }, { "[\v1]" }, { "[\xc2\xa0]" }, { "[\xe2\x81\xa0]" }, { "\xe2\x80\xa8[]" }, { "<null>" }, { "[<null>]" }, { "*" }, { "[*]" }, { "[\"\"],"}, { "{\"x\":1}\0", 8 },
};
/* clang-format on */

static void
test_accepted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError)   error = NULL;
      g_autoptr (JsonNode) root = wd_json_parse (accepted[i].text, case_length (&accepted[i]), &error);

      if (!root)
        g_error ("%s: %s", accepted[i].text, error->message);
    }
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      if (wd_json_parse (refused[i].text, case_length (&refused[i]), &error))
        g_error ("taken: %s", refused[i].text);
      g_assert_error (error, WD_JSON_ERROR, WD_JSON_ERROR_SYNTAX);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* Each beginning of a text that must be taken is another text that must not crash. */
static void
test_cut_off (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    for (gsize length = 0; length < case_length (&accepted[i]); length++)
      {
        g_autofree char *exact = g_memdup2 (accepted[i].text, length);

        (void)wd_json_guard (exact, length, NULL);
      }
}

/* What is wrong inside one command is that one's fault, and only that. */
static void
test_commands (void)
{
  /* clang-format off */
  static const struct { const char *command; const char *field; } faulty[] = {
    { "{\"expect\":9223372036854775808}", "expect" }, { "{\"point\":[1e999,30]}", "point" }, { "{\"text\":\"a\\u0000b\"}", "text" },
    { "{\"text\":\"a\",\"nature\":\"b\",\"text\":\"c\"}", "text" }, { "{\"caller\":{\"name\":\"\\u0000\"}}", "caller.name" },
    { "{\"caller\":{\"phone\":\"1\",\"phone\":\"2\"}}", "caller.phone" }, { "{\"limits\":{\"accept\":-1e999}}", "limits.accept" },
    { "{\"area\":{\"coordinates\":[[[1,2],[3,1e400]]]}}", "area" }, { "{\"text\":1e999,\"id\":\"a\",\"id\":\"b\"}", "id" },
    { "{\"a\\u0000b\":1}", "a\\u0000b" }, { "1e999", "" }, { "[[1e999]]", "" }, { "{\"\":1,\"\":2}", "" },
    { "{\"\\\"\\u0000", NULL }, { "{\"a\":1e999}}", NULL }, { "{\"a\":1e999,}", NULL }, { "{\"a\":\"\\ud800\"}", NULL }, { "{\"a\":01}", NULL },
  };
  static const char *const envelopes[] = {
    "{\"commands\":[{\"a\":1e999}],\"commands\":[]}", "{\"x\":1e999,\"commands\":[]}", "{\"x\":{\"commands\":[{\"a\":1e999}]}}", "[[{\"a\":1e999}]]",
    "{\"commands\":{\"a\":{\"b\":1e999}}}", "{\"commands\":1e999}", "{\"command\":[{\"a\":1e999}]}", "{\"commandss\":[{\"a\":1e999}]}", "1e999", "{\"\\u0000",
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (faulty); i++)
    {
      g_autofree char       *text = g_strdup_printf ("{\"commands\":[{},%s,{\"a\":[1,2]}],\"more\":[3]}", faulty[i].command);
      g_autoptr (GHashTable) faults = NULL;
      g_autoptr (JsonNode)   root = wd_json_parse_commands (text, -1, &faults, NULL);
      const GError          *fault = root ? g_hash_table_lookup (faults, GUINT_TO_POINTER (1)) : NULL;
      g_autofree char       *field = fault ? wd_rule_error_dup_field (fault) : NULL;

      g_assert_null (wd_json_parse (text, -1, NULL));
      g_assert_cmpstr (field, ==, faulty[i].field);
      if (fault)
        g_assert_cmpuint (g_hash_table_size (faults), ==, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (envelopes); i++)
    {
      g_autoptr (GHashTable) faults = NULL;

      if (wd_json_parse_commands (envelopes[i], -1, &faults, NULL))
        g_error ("taken: %s", envelopes[i]);
    }
}

/* As many as a request may have, and no more: each is answered. */
static void
test_many_faults (void)
{
  g_autoptr (GString)    text = g_string_new ("{\"commands\":[{\"a\":1e999}");
  g_autoptr (GHashTable) faults = NULL;
  g_autoptr (JsonNode)   root = NULL;

  for (guint i = 1; i < 1000; i++)
    g_string_append (text, ",{\"a\":1e999,\"b\":[1e999,1e999]}");
  g_string_append (text, "]}");
  root = wd_json_parse_commands (text->str, (gssize)text->len, &faults, NULL);
  g_assert_nonnull (root);
  g_assert_cmpuint (g_hash_table_size (faults), ==, 1000);
  g_string_insert (text, (gssize)text->len - 2, ",1e999");
  g_assert_null (wd_json_parse_commands (text->str, (gssize)text->len, &(GHashTable *){ NULL }, NULL));
}

static char *
nested (const char *open, const char *close, guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  if (*close == '}')
    g_string_append_c (text, '1');
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const char *const pairs[][2] = { { "[", "]" }, { "{\"a\":", "}" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char     *deep = nested (pairs[i][0], pairs[i][1], WD_JSON_DEPTH);
      g_autofree char     *deeper = nested (pairs[i][0], pairs[i][1], WD_JSON_DEPTH + 1);
      g_autofree char     *deepest = nested (pairs[i][0], pairs[i][1], 100000);
      g_autofree char     *open = nested (pairs[i][0], "", 100000);
      g_autoptr (JsonNode) root = wd_json_parse (deep, -1, NULL);
      const char          *too_deep[] = { deeper, deepest, open };

      g_assert_nonnull (root);
      for (guint j = 0; j < G_N_ELEMENTS (too_deep); j++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (wd_json_parse (too_deep[j], -1, &error));
          g_assert_error (error, WD_JSON_ERROR, WD_JSON_ERROR_DEPTH);
        }
    }
}

static void
test_many_members (void)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "\"%u\":0,", i);
  g_string_append (text, "\"x\":0}");
  g_assert_true (wd_json_guard (text->str, text->len, NULL));
  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\"77777\":0}");
  g_assert_false (wd_json_guard (text->str, text->len, NULL));
}

static void
test_long_text (void)
{
  g_autoptr (GString)  text = g_string_new ("\"");
  g_autoptr (JsonNode) root = NULL;

  for (guint i = 0; i < 1024 * 1024 / 3; i++)
    g_string_append (text, "水");
  g_string_append_c (text, '"');
  root = wd_json_parse (text->str, text->len, NULL);
  g_assert_nonnull (root);
  g_assert_cmpuint (strlen (json_node_get_string (root)), ==, text->len - 2);

  g_string_assign (text, "[1");
  for (guint i = 0; i < 1024 * 1024; i++)
    g_string_append_c (text, '0');
  g_string_append_c (text, ']');
  g_assert_false (wd_json_guard (text->str, text->len, NULL));
}

static void
test_no_end_needed (void)
{
  g_assert_true (wd_json_guard ("[1,2]garbage", 5, NULL));
  g_assert_true (wd_json_guard ("truth", 4, NULL) == FALSE);
  g_assert_true (wd_json_guard ("12", 1, NULL));
}

static void
test_texts (void)
{
  static const char *const texts[] = { "", "a", "漏水", "\"\\/", "\b\f\n\r\t\x01\x1f\x7f", "\xf0\x9f\x9a\xb0", "</script>", "a\xe2\x80\xa8" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString)  json = g_string_new (NULL);
      g_autoptr (JsonNode) root = NULL;

      wd_json_append_text (json, texts[i]);
      root = wd_json_parse (json->str, json->len, NULL);
      g_assert_nonnull (root);
      g_assert_cmpstr (json_node_get_string (root), ==, texts[i]);
    }
}

static void
test_reals (void)
{
  /* clang-format off */
  static const struct { double value; const char *text; } cases[] = {
    { 0, "0" }, { 1, "1" }, { -1.5, "-1.5" }, { 0.1, "0.1" }, { 120.2, "120.2" }, { 30.204567, "30.204567" }, { 1.0 / 3, "0.3333333333333333" },
    { 5e-324, "4.94065645841247e-324" }, { 1e300, "1e+300" }, { 123456789012345680.0, "1.2345678901234568e+17" }, { NAN, "null" }, { INFINITY, "null" },
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      wd_json_append_real (json, cases[i].value);
      g_assert_cmpstr (json->str, ==, cases[i].text);
      if (isfinite (cases[i].value))
        g_assert_cmpfloat (g_ascii_strtod (json->str, NULL), ==, cases[i].value);
    }
  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);
      double              value = g_test_rand_double_range (-180, 180);

      wd_json_append_real (json, value);
      g_assert_cmpfloat (g_ascii_strtod (json->str, NULL), ==, value);
    }
}

/* Printed again, a text stays as it is. */
static void
test_nodes (void)
{
  static const char    text[] = "{\"b\":[1,-2,3.5,1e+21,0.000001],\"a\":null,\"c\":{\"\":true,\"d\":\"\\n漏\"},\"e\":[],\"f\":{},"
                                "\"g\":9223372036854775807,\"h\":-9223372036854775808,\"i\":false}";
  g_autoptr (JsonNode) root = wd_json_parse (text, -1, NULL);
  g_autoptr (GString)  again = g_string_new (NULL);

  wd_json_append_node (again, root);
  g_assert_cmpstr (again->str, ==, "{\"b\":[1,-2,3.5,1e+21,1e-06],\"a\":null,\"c\":{\"\":true,\"d\":\"\\n漏\"},\"e\":[],\"f\":{},"
                                   "\"g\":9223372036854775807,\"h\":-9223372036854775808,\"i\":false}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/what must be taken is taken", test_accepted);
  g_test_add_func ("/json/what must be refused is refused", test_refused);
  g_test_add_func ("/json/a text may break off anywhere", test_cut_off);
  g_test_add_func ("/json/a command's own fault leaves the others readable", test_commands);
  g_test_add_func ("/json/faults of commands are bounded", test_many_faults);
  g_test_add_func ("/json/nesting is bounded", test_depth);
  g_test_add_func ("/json/an object may have many members", test_many_members);
  g_test_add_func ("/json/a text may be long, a number not", test_long_text);
  g_test_add_func ("/json/no byte past the end is read", test_no_end_needed);
  g_test_add_func ("/json/texts come back", test_texts);
  g_test_add_func ("/json/reals come back, as short as they can", test_reals);
  g_test_add_func ("/json/nodes are printed as they came", test_nodes);
  return g_test_run ();
}
