/* wd-import-words.c — our words for those of other people's files
 *
 * The table is data (data/import-words.json), compiled in.  Words are compared
 * without regard to case and surrounding blanks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include "wd-json.h"

#define WORDS "/waterdesk/ledger/import-words.json"

static JsonObject *
load_words (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GBytes)   bytes = g_resources_lookup_data (WORDS, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr (JsonNode) root = NULL;
  gsize                size;
  const char          *text;

  g_assert_no_error (error);
  text = g_bytes_get_data (bytes, &size);
  root = wd_json_parse (text, (gssize)size, &error);
  g_assert_no_error (error);
  return json_node_dup_object (root);
}

static JsonObject *
words (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize)load_words ());
  return (JsonObject *)once;
}

const char *
wd_import_word (const char *what, const char *word)
{
  g_autofree char *low = g_utf8_strdown (word, -1);
  JsonObject      *table = json_object_get_object_member (words (), what);

  g_strstrip (low);
  return json_object_has_member (table, low) ? json_object_get_string_member (table, low) : NULL;
}
