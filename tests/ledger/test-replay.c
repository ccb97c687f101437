/* test-replay.c — the state that is kept is what the kept events amount to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-event-row.h"
#include "wd-json.h"
#include "wd-ledger-fixture.h"

/* clang-format off */
static const WdStatement list_events = { "test-events", "SELECT " WD_EVENT_COLUMNS " FROM events ORDER BY seq" };
static const WdStatement list_objects = { "test-objects", "SELECT id, kind, body, inside, seq, version FROM objects" };
static const WdStatement get_box = { "test-box", "SELECT sealed FROM boxes WHERE id = $1" };
static const WdStatement get_key = { "test-key", "SELECT wrapped FROM object_keys WHERE object = $1" };
static const WdStatement erase = { "test-erase", "DELETE FROM boxes WHERE object = $1" };
/* clang-format on */

/* Orders that go this way and that, with people who are refused now and then. */
static void
play (WdFixture *fixture)
{
  static const char *const steps[] = {
    "d{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"east\",\"note\":\"快去\"}",
    "d{\"do\":\"classify\",\"order\":\"%s\",\"category\":\"burst\",\"address\":null,\"point\":[120.15,30.2],\"limits\":{\"arrive\":\"PT2H\"}}",
    "e{\"do\":\"accept\",\"order\":\"%s\"}",
    "e{\"do\":\"return\",\"order\":\"%s\",\"class\":\"not-ours\",\"reason\":\"不归我们管\",\"suggested_unit\":\"west\"}",
    "d{\"do\":\"rule-return\",\"order\":\"%s\",\"granted\":true,\"reason\":\"同意\",\"unit\":\"west\"}",
    "w{\"do\":\"receipt\",\"order\":\"%s\",\"what\":\"delivered\"}",
    "w{\"do\":\"accept\",\"order\":\"%s\"}",
    "w{\"do\":\"contact\",\"order\":\"%s\",\"text\":\"明天来\",\"agreed_at\":\"2026-11-25T02:00:00.000Z\"}",
    "w{\"do\":\"arrive\",\"order\":\"%s\"}",
    "w{\"do\":\"finish\",\"order\":\"%s\",\"result\":\"换了阀门\",\"no_evidence\":\"手机没电\",\"repaired\":true}",
    "d{\"do\":\"visit\",\"order\":\"%s\",\"outcome\":\"dissatisfied\",\"cause\":\"unit\",\"text\":\"还在漏\"}",
    "w{\"do\":\"accept\",\"order\":\"%s\"}",
    "d{\"do\":\"note\",\"order\":\"%s\",\"text\":\"\\\"引号\\\"\\n\"}",
  };

  for (guint n = 0; n < G_N_ELEMENTS (steps); n++)
    {
      g_autofree char *order = wd_fixture_receive (fixture);
      gint64           next;

      for (guint i = 0; i <= n; i++)
        {
          const WdActor         *actor = *steps[i] == 'd' ? fixture->dispatcher : *steps[i] == 'e' ? fixture->east
                                                                                                   : fixture->west;
          g_auto (GStrv)         parts = g_strsplit (steps[i] + 1, "%s", 2);
          g_autofree char       *json = g_strjoin (order, parts[0], parts[1], NULL);
          g_autoptr (JsonObject) answer = NULL;
          g_autoptr (WdCommit)   fired = NULL;

          fixture->now += 2 * WD_FIXTURE_MINUTE;
          fired = wd_ledger_fire (fixture->ledger, fixture->now, 100, &next, NULL);
          g_assert_nonnull (fired);
          answer = wd_fixture_give (fixture, actor, "%s", json);
          if (!json_object_get_boolean_member (answer, "ok"))
            g_error ("%s", json);
        }
    }
  g_free (wd_fixture_do (fixture, fixture->east, "{\"do\":\"take-duty\"}"));
}

static GPtrArray *
query_boxes (WdStore *store, WdEvent *event, GPtrArray *boxes)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      WdBox             *box = boxes->pdata[i];
      g_autoptr (WdRows) rows = wd_store_query (store, &get_box, NULL, "t", box->id);

      if (wd_rows_count (rows) == 1)
        box->sealed = wd_rows_bytes (rows, 0, 0);
    }
  return boxes;
}

static void
unseal (WdFixture *fixture, WdStore *store, WdEvent *event, GPtrArray *boxes)
{
  g_autoptr (WdRows) rows = wd_store_query (store, &get_key, NULL, "t", event->object);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) key = NULL;

  if (wd_rows_count (rows) == 0)
    return;
  wrapped = wd_rows_bytes (rows, 0, 0);
  key = wd_keys_unwrap_object_key (fixture->keys, event->object, wrapped, &error);
  g_assert_no_error (error);
  wd_event_unseal (event, query_boxes (store, event, boxes), key, &error);
  g_assert_no_error (error);
}

typedef struct
{
  WdObjectKind kind;
  gpointer     record;
} State;

static void
state_free (gpointer data)
{
  State *state = data;

  wd_record_free (wd_object_type (state->kind), state->record);
  g_free (state);
}

/* Returns: (transfer full): id -> State */
static GHashTable *
replay (WdFixture *fixture, WdStore *store)
{
  GHashTable        *states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, state_free);
  g_autoptr (WdRows) rows = wd_store_query (store, &list_events, NULL, "");
  const WdPolicy    *policy = NULL;

  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (GPtrArray) boxes = NULL;
      g_autoptr (WdEvent)   event = wd_event_from_row (rows, i, &boxes, &error);
      State                *state;

      g_assert_no_error (error);
      g_assert_cmpint (event->seq, ==, i + 1);
      unseal (fixture, store, event, boxes);
      state = g_hash_table_lookup (states, event->object);
      if (state == NULL)
        {
          state = g_new0 (State, 1);
          g_hash_table_insert (states, g_strdup (event->object), state);
        }
      state->kind = event->kind;
      state->record = wd_apply (state->record, event, policy);
      if (event->kind == WD_OBJECT_POLICY)
        policy = state->record;
    }
  return states;
}

static void
compare (WdStore *store, GHashTable *states)
{
  g_autoptr (WdRows) rows = wd_store_query (store, &list_objects, NULL, "");

  g_assert_cmpuint (wd_rows_count (rows), ==, g_hash_table_size (states));
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      const State        *state = g_hash_table_lookup (states, wd_rows_text (rows, i, 0, NULL));
      const WdRecordType *type = wd_object_type (state->kind);
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GString) inside = g_string_new (NULL);

      wd_record_append_json (body, type, state->record, WD_JSON_BODY);
      wd_record_append_json (inside, type, state->record, WD_JSON_INNER);
      g_assert_cmpstr (body->str, ==, wd_rows_text (rows, i, 2, NULL));
      g_assert_cmpstr (inside->str, ==, wd_rows_text (rows, i, 3, NULL));
      g_assert_cmpint (wd_object_version (state->kind, state->record), ==, wd_rows_int (rows, i, 5));
    }
}

static void
test_replay_equals_state (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autoptr (GHashTable) states = NULL;

  play (fixture);
  states = replay (fixture, wd_ledger_get_store (fixture->ledger));
  compare (wd_ledger_get_store (fixture->ledger), states);
}

/* The bodies that are read back are those that were written. */
static void
test_state_goes_on_after_reopening (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *order = NULL;
  g_autoptr (GHashTable) states = NULL;

  play (fixture);
  order = wd_fixture_receive (fixture);
  for (int i = 0; i < 3; i++)
    {
      wd_fixture_close (fixture);
      wd_fixture_open (fixture);
      g_free (wd_fixture_do (fixture, fixture->dispatcher, "{\"do\":\"note\",\"order\":\"%s\",\"text\":\"%d\"}", order, i));
    }
  states = replay (fixture, wd_ledger_get_store (fixture->ledger));
  compare (wd_ledger_get_store (fixture->ledger), states);
}

static void
test_erased_boxes_leave_nulls (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *order = wd_fixture_receive (fixture);
  g_autoptr (GHashTable) states = NULL;
  const State           *state;
  const WdOrder         *record;

  g_free (wd_fixture_do (fixture, fixture->dispatcher, "{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"east\"}", order));
  g_assert_true (wd_store_exec (wd_ledger_get_store (fixture->ledger), &erase, NULL, "t", order));
  states = replay (fixture, wd_ledger_get_store (fixture->ledger));
  state = g_hash_table_lookup (states, order);
  record = state->record;
  g_assert_null (record->text);
  g_assert_null (record->address);
  g_assert_null (record->caller);
  g_assert_false (wd_point_is_set (&record->point));
  g_assert_cmpstr (record->number, ==, "20261124-0001");
  g_assert_cmpstr (record->district, ==, "east");
  g_assert_cmpint (record->version, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/replay-equals-state", test_replay_equals_state);
  g_test_add_func ("/replay/state-goes-on-after-reopening", test_state_goes_on_after_reopening);
  g_test_add_func ("/replay/erased-boxes-leave-nulls", test_erased_boxes_leave_nulls);
  return g_test_run ();
}
