/* test-fuzz.c — what comes in is good text, changed a little: nothing may crash, hang or be half taken
 *
 * WATERDESK_SOAK makes it twenty times as long.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json-guard.h"
#include "wd-json.h"
#include "wd-order.h"
#include "wd-test-random.h"

#include <string.h>

static GPtrArray *
make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func (g_free);

  for (int verb = WD_VERB_NONE + 1; verb < WD_VERB_COUNT; verb++)
    {
      g_autofree char      *id = wd_test_id ();
      g_autoptr (WdCommand) command = wd_command_new (id, verb, id, wd_test_members (wd_verb_info (verb), FALSE));

      g_ptr_array_add (seeds, wd_command_to_json (command));
    }
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (WdOrder) order = wd_test_record (&wd_order_type);
      GString            *body = g_string_new (NULL);

      wd_record_append_json (body, &wd_order_type, order, WD_JSON_ALL);
      g_ptr_array_add (seeds, g_string_free (body, FALSE));
    }
  return seeds;
}

static void
mutate (GString *text, GPtrArray *seeds)
{
  static const char *const pieces[] = {
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\u0000", "null", "true", "0", "-", "1e999", "99999999999999999999", "\xff", "\xef\xbb\xbf",
    "\"order\":", "\"at\":\"9999-12-31T23:59:60Z\",", "P99999999999999999999D", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\n", "\x01", "\xe2\x80"
  };
  const char *other = seeds->pdata[g_test_rand_int_range (0, seeds->len)];
  gsize       at = g_test_rand_int_range (0, text->len + 1), from = g_test_rand_int_range (0, strlen (other));
  gsize       length = g_test_rand_int_range (0, 60);

  switch (g_test_rand_int_range (0, 5))
    {
    case 0: g_string_insert (text, at, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]); break;
    case 1: g_string_erase (text, at, MIN (text->len - at, length / 5)); break;
    case 2: g_string_insert_len (text, at, other + from, MIN (strlen (other) - from, length)); break;
    case 3:
      if (at < text->len)
        text->str[at] = (char)g_test_rand_int_range (0, 256);
      break;
    default: g_string_truncate (text, at); break;
    }
}

/* What is taken can be printed, and is then taken again as the same. */
static guint
try_text (const char *text, gsize length)
{
  g_autofree char      *exact = g_memdup2 (text, length); /* so that a sanitizer sees a step past the end */
  g_autoptr (GError)    error = NULL;
  g_autoptr (JsonNode)  root = wd_json_parse (exact ? exact : "", length, &error);
  g_autoptr (WdCommand) command = NULL;
  g_autoptr (WdCommand) again = NULL;
  g_autoptr (JsonNode)  second = NULL;
  g_autofree char      *printed = NULL;

  g_assert_true ((root != NULL) == (error == NULL));
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    return 0;
  wd_record_free (&wd_order_type, wd_record_from_texts (&wd_order_type, text, NULL, NULL));
  if (!(command = wd_command_from_json (json_node_get_object (root), &error)))
    {
      g_assert_error (error, WD_RULE_ERROR, WD_RULE_ERROR_INVALID);
      return 0;
    }
  printed = wd_command_to_json (command);
  second = wd_json_parse (printed, -1, NULL);
  again = wd_command_from_json (json_node_get_object (second), NULL);
  g_assert_true (g_variant_equal (command->members, again->members));
  return 1;
}

/* As one command of three: what single commands are refused for is what the guard refuses them for alone, and
 * what is not refused is as the strict parser has it. */
static void
try_request (const char *text, gsize length)
{
  g_autoptr (GString)    request = g_string_new ("{\"commands\":[{},");
  g_autofree char       *exact = NULL;
  g_autoptr (GHashTable) faults = NULL;
  g_autoptr (JsonNode)   root = NULL;
  g_autoptr (JsonNode)   strict = NULL;
  GHashTableIter         iter;
  gpointer               fault;

  g_string_append_len (request, text, (gssize)length);
  g_string_append (request, ",{}]}");
  exact = g_memdup2 (request->str, request->len);
  root = wd_json_parse_commands (exact, (gssize)request->len, &faults, NULL);
  strict = wd_json_parse (exact, (gssize)request->len, NULL);
  g_assert_true ((strict != NULL) == (root != NULL && g_hash_table_size (faults) == 0));
  if (strict)
    g_assert_true (json_node_equal (strict, root));
  if (!root)
    return;
  g_hash_table_iter_init (&iter, faults);
  while (g_hash_table_iter_next (&iter, NULL, &fault))
    {
      g_assert_error ((GError *)fault, WD_RULE_ERROR, WD_RULE_ERROR_INVALID);
      g_assert_true (g_utf8_validate (((GError *)fault)->message, -1, NULL));
    }
}

static void
test_fuzz (void)
{
  guint                 taken = 0, n = g_getenv ("WATERDESK_SOAK") ? 600000 : 30000;
  g_autoptr (GPtrArray) seeds = make_seeds ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) text = g_string_new (seeds->pdata[g_test_rand_int_range (0, seeds->len)]);

      for (int changes = g_test_rand_int_range (0, 4); changes > 0; changes--)
        mutate (text, seeds);
      taken += try_text (text->str, text->len);
      try_request (text->str, text->len);
    }
  g_test_message ("%u of %u were taken", taken, n);
  g_assert_cmpuint (taken, >, 0);
  g_assert_cmpuint (taken, <, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/changed text neither crashes nor is half taken", test_fuzz);
  return g_test_run ();
}
