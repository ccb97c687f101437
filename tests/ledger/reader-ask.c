/* reader-ask.c — asks a reader of a fixture's ledger
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reader-ask.h"

#include "wd-json.h"

WdReader *
ask_open (WdFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WdReader          *reader = wd_reader_open (fixture->path, fixture->keys, &error);

  g_assert_no_error (error);
  return reader;
}

JsonObject *
ask_parsed (GString *json, GError *error)
{
  g_autoptr (JsonNode) root = NULL;

  g_assert_no_error (error);
  root = wd_json_parse (json->str, (gssize)json->len, &error);
  g_assert_no_error (error);
  g_string_free (json, TRUE);
  return json_node_dup_object (root);
}

void
ask_do (WdFixture *fixture, const WdActor *actor, const char *verb, const char *order, const char *more)
{
  g_autofree char *id = wd_fixture_do (fixture, actor, "{\"do\":\"%s\",\"order\":\"%s\"%s}", verb, order, more);
}
