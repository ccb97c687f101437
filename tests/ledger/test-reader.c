/* test-reader.c — the feed page by page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reader-ask.h"

#include "wd-json.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (86400000))

static JsonObject *
ask_page (WdFixture *fixture, const WdActor *actor, gint64 since, guint limit)
{
  g_autoptr (WdReader) reader = ask_open (fixture);
  GError              *error = NULL;
  GString             *json = wd_reader_changes (reader, actor, since, limit, NULL, NULL, fixture->now, &error);

  return ask_parsed (json, error);
}

/* A desk's own copy: id -> version; and how far it has heard. */
typedef struct
{
  WdFixture     *fixture;
  const WdActor *actor;
  GHashTable    *bodies; /* id -> version, "" for an order of which it has heard that it is gone */
  gint64         since;
} Copy;

static void
copy_init (Copy *copy, WdFixture *fixture, const WdActor *actor)
{
  *copy = (Copy){ fixture, actor, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), 0 };
}

static void
copy_clear (Copy *copy)
{
  g_hash_table_unref (copy->bodies);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static void
take_change (Copy *copy, JsonObject *change)
{
  const char *id = json_object_get_string_member (change, "id");

  if (!json_object_get_null_member (change, "body"))
    {
      g_assert_true (json_object_get_null_member (change, "why"));
      g_hash_table_replace (copy->bodies, g_strdup (id), g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (change, "version")));
      return;
    }
  /* Only of what it had, or could have had, is it told that it is gone. */
  g_assert_nonnull (json_object_get_string_member (change, "why"));
  g_hash_table_remove (copy->bodies, id);
}

/* One page.  Returns: whether there is more. */
static gboolean
copy_page (Copy *copy, guint limit)
{
  g_autoptr (JsonObject) page = ask_page (copy->fixture, copy->actor, copy->since, limit);
  JsonArray             *changes = json_object_get_array_member (page, "changes");
  gint64                 last = copy->since;
  gint64                 seq = json_object_get_int_member (page, "seq");
  gboolean               more = json_object_get_boolean_member (page, "more");

  g_assert_cmpuint (json_array_get_length (changes), <=, limit);
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);

      g_assert_cmpint (json_object_get_int_member (change, "seq"), >, last);
      last = json_object_get_int_member (change, "seq");
      take_change (copy, change);
    }
  g_assert_cmpint (seq, >=, last);
  if (more)
    g_assert_cmpint (seq, ==, last);
  else
    g_assert_cmpint (seq, ==, wd_ledger_seq (copy->fixture->ledger));
  copy->since = seq;
  return more;
}

static void
copy_catch_up (Copy *copy, guint limit)
{
  while (copy_page (copy, limit))
    ;
}

/* What went to the archive after all was heard, a desk drops by its own calendar: it has it as it closed. */
static void
assert_is_archived (const Copy *copy, const char *id, const char *version)
{
  g_autoptr (JsonObject) body = wd_fixture_body (copy->fixture, id);
  g_autofree char       *last = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (body, "version"));

  g_assert_cmpstr (version, ==, last);
  g_assert_cmpstr (json_object_get_string_member (body, "state"), ==, "closed");
}

static void
assert_same_as_first_copy (const Copy *copy)
{
  g_auto (Copy)  fresh = { NULL };
  GHashTableIter iter;
  gpointer       id, version;

  copy_init (&fresh, copy->fixture, copy->actor);
  copy_catch_up (&fresh, 5000);
  g_hash_table_iter_init (&iter, fresh.bodies);
  while (g_hash_table_iter_next (&iter, &id, &version))
    g_assert_cmpstr (g_hash_table_lookup (copy->bodies, id), ==, version);
  g_hash_table_iter_init (&iter, copy->bodies);
  while (g_hash_table_iter_next (&iter, &id, &version))
    if (!g_hash_table_contains (fresh.bodies, id))
      assert_is_archived (copy, id, version);
}

/* How the page from @since names @id: "body", "left", "archived", or NULL. */
static const char *
named (WdFixture *fixture, const WdActor *actor, gint64 since, const char *id)
{
  g_autoptr (JsonObject) page = ask_page (fixture, actor, since, 5000);
  JsonArray             *changes = json_object_get_array_member (page, "changes");

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);

      if (strcmp (json_object_get_string_member (change, "id"), id) == 0)
        return json_object_get_null_member (change, "body") ? g_intern_string (json_object_get_string_member (change, "why")) : "body";
    }
  return NULL;
}

/* ---- the feed ---- */

static void
test_bodies_as_they_are (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *id = wd_fixture_receive (fixture);
  g_autoptr (WdReader)   reader = ask_open (fixture);
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) body = wd_fixture_body (fixture, id);
  g_autoptr (JsonNode)   node = json_node_alloc ();
  g_autoptr (GString)    text = g_string_new (NULL);
  GString               *json = wd_reader_changes (reader, fixture->dispatcher, 0, 5000, NULL, NULL, fixture->now, &error);

  g_assert_no_error (error);
  json_node_init_object (node, body);
  wd_json_append_node (text, node);
  g_assert_nonnull (strstr (json->str, text->str));
  g_assert_null (strstr (json->str, "13812348000"));
  g_assert_nonnull (strstr (json->str, "138****8000"));
  g_assert_nonnull (strstr (json->str, wd_ledger_store_id (fixture->ledger)));
  g_string_free (json, TRUE);
}

static void
test_who_hears (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *id = wd_fixture_receive (fixture);
  gint64                received = wd_ledger_seq (fixture->ledger), dispatched, recalled;

  g_assert_cmpstr (named (fixture, fixture->dispatcher, 0, id), ==, "body");
  g_assert_null (named (fixture, fixture->east, 0, id));
  g_assert_null (named (fixture, fixture->admin, 0, id));
  ask_do (fixture, fixture->dispatcher, "dispatch", id, ",\"unit\":\"east\"");
  dispatched = wd_ledger_seq (fixture->ledger);
  g_assert_cmpstr (named (fixture, fixture->east, received, id), ==, "body");
  g_assert_null (named (fixture, fixture->west, 0, id));
  ask_do (fixture, fixture->dispatcher, "recall", id, "");
  recalled = wd_ledger_seq (fixture->ledger);
  g_assert_cmpstr (named (fixture, fixture->east, dispatched, id), ==, "left");
  g_assert_null (named (fixture, fixture->east, received, id)); /* came and went: never learnt of */
  g_assert_null (named (fixture, fixture->east, 0, id));
  g_assert_null (named (fixture, fixture->west, 0, id));
  g_assert_null (named (fixture, fixture->east, recalled, id));
  ask_do (fixture, fixture->dispatcher, "dispatch", id, ",\"unit\":\"east\"");
  g_assert_cmpstr (named (fixture, fixture->east, dispatched, id), ==, "body"); /* back again */
}

static void
test_archive (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *id = wd_fixture_receive (fixture);
  gint64                before = wd_ledger_seq (fixture->ledger), closed;

  ask_do (fixture, fixture->dispatcher, "answer", id, ",\"text\":\"told\"");
  closed = wd_ledger_seq (fixture->ledger);
  fixture->now += 30 * DAY - 1;
  g_assert_cmpstr (named (fixture, fixture->dispatcher, before, id), ==, "body");
  g_assert_cmpstr (named (fixture, fixture->dispatcher, 0, id), ==, "body");
  fixture->now += 2;
  g_assert_cmpstr (named (fixture, fixture->dispatcher, before, id), ==, "archived");
  g_assert_null (named (fixture, fixture->dispatcher, 0, id));
  g_assert_null (named (fixture, fixture->dispatcher, before - 1, id)); /* it was not there then */
  g_assert_null (named (fixture, fixture->dispatcher, closed, id));
  g_assert_null (named (fixture, fixture->east, before, id));
}

static void
assert_resync (WdFixture *fixture, gint64 since, const char *store, const char *view)
{
  g_autoptr (WdReader) reader = ask_open (fixture);
  g_autoptr (GError)   error = NULL;

  g_assert_null (wd_reader_changes (reader, fixture->east, since, 10, store, view, fixture->now, &error));
  g_assert_error (error, WD_READ_ERROR, WD_READ_ERROR_RESYNC);
}

static void
test_resync (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (WdReader)  reader = ask_open (fixture);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *own = wd_view_of (fixture->east);
  g_autofree char      *west = wd_view_of (fixture->west);
  g_autofree char      *centre = wd_view_of (fixture->dispatcher);
  GString              *json;

  g_assert_cmpstr (own, !=, west);
  g_assert_cmpstr (own, !=, centre);
  assert_resync (fixture, wd_ledger_seq (fixture->ledger) + 1, NULL, NULL);
  assert_resync (fixture, -1, NULL, NULL);
  assert_resync (fixture, 0, "00000000-0000-4000-8000-000000000000", own);
  assert_resync (fixture, 0, wd_ledger_store_id (fixture->ledger), west);
  json = wd_reader_changes (reader, fixture->east, 0, 10, wd_ledger_store_id (fixture->ledger), own, fixture->now, &error);
  g_assert_no_error (error);
  g_string_free (json, TRUE);
}

/* Whatever happens between whatever pages, a copy that follows is a first copy. */
static void
play (WdFixture *fixture, GPtrArray *orders, gboolean close)
{
  static const char *const moves[][3] = {
    { "dispatch", "dispatcher", ",\"unit\":\"east\"" },
    { "dispatch", "dispatcher", ",\"unit\":\"west\"" },
    { "recall", "dispatcher", ",\"reason\":\"x\"" },
    { "accept", "east", "" },
    { "accept", "west", "" },
    { "return", "east", ",\"class\":\"other\",\"reason\":\"x\"" },
    { "return", "west", ",\"class\":\"other\",\"reason\":\"x\"" },
    { "rule-return", "dispatcher", ",\"granted\":true,\"reason\":\"x\",\"unit\":\"west\"" },
    { "note", "dispatcher", ",\"text\":\"x\"" },
    { "answer", "dispatcher", ",\"text\":\"x\"" },
  };
  const char *const     *move = moves[g_test_rand_int_range (0, G_N_ELEMENTS (moves) - !close)];
  guint                  at = g_test_rand_int_range (0, orders->len);
  const WdActor         *actor = strcmp (move[1], "east") == 0 ? fixture->east : strcmp (move[1], "west") == 0 ? fixture->west
                                                                                                               : fixture->dispatcher;
  g_autoptr (JsonObject) answer = wd_fixture_give (fixture, actor, "{\"do\":\"%s\",\"order\":\"%s\"%s}", move[0], (char *)orders->pdata[at], move[2]);

  if (strcmp (move[0], "answer") == 0 && json_object_get_boolean_member (answer, "ok"))
    {
      g_free (orders->pdata[at]); /* closed: another one in its place */
      orders->pdata[at] = wd_fixture_receive (fixture);
    }
}

static void
follow (gboolean close)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_free);
  const WdActor        *actors[] = { fixture->east, fixture->west, fixture->dispatcher, fixture->admin };
  Copy                  copies[G_N_ELEMENTS (actors)];

  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    copy_init (&copies[i], fixture, actors[i]);
  for (guint i = 0; i < 12; i++)
    g_ptr_array_add (orders, wd_fixture_receive (fixture));
  for (guint n = 0; n < 800; n++)
    {
      play (fixture, orders, close);
      if (close && g_test_rand_int_range (0, 40) == 0)
        fixture->now += 10 * DAY;
      for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
        if (g_test_rand_int_range (0, 5) == 0)
          copy_page (&copies[i], g_test_rand_int_range (1, 5));
    }
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      copy_catch_up (&copies[i], 3);
      assert_same_as_first_copy (&copies[i]);
      copy_clear (&copies[i]);
    }
}

static void
test_following_is_copying (void)
{
  follow (FALSE);
}

static void
test_following_with_an_archive (void)
{
  follow (TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/bodies-go-out-as-they-are", test_bodies_as_they_are);
  g_test_add_func ("/reader/who-hears-and-who-left", test_who_hears);
  g_test_add_func ("/reader/what-went-to-the-archive", test_archive);
  g_test_add_func ("/reader/resync", test_resync);
  g_test_add_func ("/reader/following-is-copying", test_following_is_copying);
  g_test_add_func ("/reader/following-with-an-archive", test_following_with_an_archive);
  return g_test_run ();
}
