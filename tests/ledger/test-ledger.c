/* test-ledger.c — commands in, events, states, audience and answers out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-ledger-fixture.h"

#include "wd-event-row.h"
#include "wd-json.h"

static const char *
text_of (JsonObject *object, const char *member)
{
  return json_object_get_string_member (object, member);
}

static WdCommit *
commit (WdFixture *fixture, GPtrArray *entries)
{
  g_autoptr (GError) error = NULL;
  WdCommit          *done = wd_ledger_commit (fixture->ledger, entries, fixture->now, &error);

  g_assert_no_error (error);
  return done;
}

static GPtrArray *
entries_of (WdFixture *fixture, const WdActor *actor, ...)
{
  GPtrArray  *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_entry_free);
  va_list     list;
  const char *json;

  va_start (list, actor);
  while ((json = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (entries, wd_fixture_entry (fixture, actor, json));
  va_end (list);
  return entries;
}

static const char *
answer_of (GPtrArray *entries, guint i)
{
  return ((const WdEntry *)entries->pdata[i])->answer;
}

static WdRows *
query (WdFixture *fixture, const char *sql)
{
  const WdStatement   statement = { "test", sql };
  g_autoptr (GError)  error = NULL;
  g_autoptr (WdStore) store = wd_store_open (fixture->path, WD_STORE_READ, &error);
  WdRows             *rows;

  g_assert_no_error (error);
  rows = wd_store_query (store, &statement, &error, "");
  g_assert_no_error (error);
  return rows;
}

static gint64
count (WdFixture *fixture, const char *sql)
{
  g_autoptr (WdRows) rows = query (fixture, sql);

  return wd_rows_int (rows, 0, 0);
}

static void
test_empty_store_is_seeded_once (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *id = g_strdup (wd_ledger_store_id (fixture->ledger));
  gint64                seq = wd_ledger_seq (fixture->ledger);

  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM objects WHERE kind = 'policy'"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM objects WHERE kind = 'category'"), ==, 13);
  wd_fixture_close (fixture);
  wd_fixture_open (fixture);
  g_assert_cmpstr (wd_ledger_store_id (fixture->ledger), ==, id);
  g_assert_cmpint (wd_ledger_seq (fixture->ledger), ==, seq);
  g_assert_cmpint (wd_ledger_last_time (fixture->ledger), ==, fixture->now);
}

static void
test_second_server_is_refused (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autoptr (GError)    error = NULL;

  g_assert_null (wd_ledger_open (fixture->path, fixture->keys, fixture->now, &error));
  g_assert_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BUSY);
}

static void
test_order_goes_from_call_to_close (void)
{
  g_autoptr (WdFixture)    fixture = wd_fixture_new ();
  g_autofree char         *order = wd_fixture_receive (fixture);
  static const char *const steps[][2] = {
    { "d", "\"do\":\"dispatch\",\"unit\":\"east\",\"expect\":1" },
    { "e", "\"do\":\"receipt\",\"what\":\"shown\"" },
    { "e", "\"do\":\"accept\"" },
    { "e", "\"do\":\"arrive\"" },
    { "e", "\"do\":\"finish\",\"result\":\"修好了\",\"no_evidence\":\"夜里\"" },
    { "d", "\"do\":\"visit\",\"outcome\":\"satisfied\"" },
  };
  g_autoptr (JsonObject) body = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const WdActor   *actor = *steps[i][0] == 'd' ? fixture->dispatcher : fixture->east;
      g_autofree char *object = NULL;

      fixture->now += WD_FIXTURE_MINUTE;
      object = wd_fixture_do (fixture, actor, "{\"order\":\"%s\",%s}", order, steps[i][1]);
      g_assert_cmpstr (object, ==, order);
    }
  body = wd_fixture_body (fixture, order);
  g_assert_cmpstr (text_of (body, "state"), ==, "closed");
  g_assert_cmpstr (text_of (body, "lead"), ==, "east");
  g_assert_cmpstr (text_of (body, "district"), ==, "east");
  g_assert_cmpint (json_object_get_int_member (body, "version"), ==, 6);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM schedule"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM objects WHERE kind = 'order' AND closed_at IS NOT NULL"), ==, 1);
}

static void
test_numbers_follow_the_day_of_the_zone (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  static const struct
  {
    int         minutes;
    const char *number;
  } cases[] = { { 0, "20261124-0001" }, { 1, "20261124-0002" }, { 16 * 60 - 1, "20261124-0003" }, { 16 * 60, "20261125-0001" }, { 16 * 60 + 1, "20261125-0002" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char       *order = NULL;
      g_autoptr (JsonObject) body = NULL;

      fixture->now = WD_FIXTURE_START + cases[i].minutes * WD_FIXTURE_MINUTE;
      order = wd_fixture_receive (fixture);
      body = wd_fixture_body (fixture, order);
      g_assert_cmpstr (text_of (body, "number"), ==, cases[i].number);
      if (i == 2)
        {
          wd_fixture_close (fixture);
          wd_fixture_open (fixture);
        }
    }
}

static void
test_private_members_lie_in_boxes (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *order = wd_fixture_receive (fixture);
  g_autofree char       *dump = NULL;
  g_autofree char       *file = NULL;
  gsize                  length;
  g_autoptr (WdRows)     rows = query (fixture, "SELECT data, boxes FROM events WHERE verb = 'receive'");
  g_autoptr (WdRows)     found = query (fixture, "SELECT phone, caller, address, text, lon FROM orders");
  g_autoptr (GBytes)     phone = wd_keys_phone (fixture->keys, "+86 138 1234 8000");
  g_autoptr (GBytes)     kept = wd_rows_bytes (found, 0, 0);
  g_autoptr (JsonObject) body = wd_fixture_body (fixture, order);

  g_assert_null (strstr (wd_rows_text (rows, 0, 0, NULL), "漏水"));
  g_assert_nonnull (strstr (wd_rows_text (rows, 0, 0, NULL), "\"number\":\"20261124-0001\""));
  g_assert_nonnull (strstr (wd_rows_text (rows, 0, 1, NULL), "caller "));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM boxes"), ==, 4);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM object_keys"), ==, 1);
  g_assert_true (g_bytes_equal (phone, kept));
  g_assert_cmpstr (wd_rows_text (found, 0, 3, NULL), ==, "路面漏水");
  g_assert_cmpstr (text_of (json_object_get_object_member (body, "caller"), "phone"), ==, "138****8000");

  wd_fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &file, &length, NULL));
  g_assert_null (memmem (file, length, "13812348000", 11));
  g_assert_null (memmem (file, length, "张三", strlen ("张三")));
}

static void
test_same_id_gets_the_first_answer (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *order = wd_fixture_receive (fixture);
  g_autofree char      *json = g_strdup_printf ("{\"id\":\"00000000-0000-7000-8000-00000000aaaa\",\"do\":\"note\",\"order\":\"%s\",\"text\":\"one\"}", order);
  g_autofree char      *swapped = g_strdup_printf ("{\"text\":\"one\",\"order\":\"%s\",\"do\":\"note\",\"id\":\"00000000-0000-7000-8000-00000000AAAA\"}", order);
  g_autofree char      *other = g_strdup_printf ("{\"id\":\"00000000-0000-7000-8000-00000000aaaa\",\"do\":\"note\",\"order\":\"%s\",\"text\":\"two\"}", order);
  g_autofree char      *first = NULL;
  gint64                seq;

  for (int round = 0; round < 3; round++)
    {
      g_autoptr (GPtrArray) entries = entries_of (fixture, fixture->dispatcher, json, swapped, other, NULL);
      g_autoptr (GPtrArray) foreign = entries_of (fixture, fixture->supervisor, json, NULL);
      g_autoptr (WdCommit)  done = commit (fixture, entries);
      g_autoptr (WdCommit)  none = commit (fixture, foreign);

      if (round == 0)
        {
          first = g_strdup (answer_of (entries, 0));
          seq = done->seq;
        }
      g_assert_nonnull (strstr (first, "\"ok\":true"));
      g_assert_cmpstr (answer_of (entries, 0), ==, first);
      g_assert_cmpstr (answer_of (entries, 1), ==, first);
      g_assert_nonnull (strstr (answer_of (entries, 2), "\"id-reused\""));
      g_assert_nonnull (strstr (answer_of (foreign, 0), "\"id-reused\""));
      g_assert_cmpint (none->seq, ==, seq);
      fixture->now += WD_FIXTURE_MINUTE;
      wd_fixture_close (fixture);
      wd_fixture_open (fixture);
      if (round == 1)
        {
          g_autoptr (GError) error = NULL;

          g_assert_true (wd_keys_rotate (fixture->keys, &error));
        }
    }
}

/* Up to 90 days the first answer; then, once something else was written, the id is nobody's again. */
static void
test_answers_expire (void)
{
  static const gint64   kept = 90 * 24 * 60 * WD_FIXTURE_MINUTE;
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *order = wd_fixture_receive (fixture);
  g_autofree char      *json = g_strdup_printf ("{\"id\":\"00000000-0000-7000-8000-00000000aaaa\",\"do\":\"note\",\"order\":\"%s\",\"text\":\"one\"}", order);
  g_autofree char      *first = NULL;
  gint64                begin = fixture->now;

  for (int round = 0; round < 3; round++)
    {
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (WdCommit)  done = NULL;

      fixture->now = round == 0 ? begin : begin + kept + (round == 1 ? 0 : 1);
      g_free (wd_fixture_receive (fixture));
      entries = entries_of (fixture, fixture->dispatcher, json, NULL);
      done = commit (fixture, entries);
      g_assert_nonnull (strstr (answer_of (entries, 0), "\"ok\":true"));
      if (round == 0)
        first = g_strdup (answer_of (entries, 0));
      g_assert_cmpint (g_strcmp0 (answer_of (entries, 0), first) == 0, ==, round < 2);
    }
}

static void
test_refusals_are_kept_too (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *order = wd_fixture_receive (fixture);
  g_autofree char      *early = g_strdup_printf ("{\"id\":\"00000000-0000-7000-8000-00000000aaaa\",\"do\":\"accept\",\"order\":\"%s\"}", order);
  const char           *wrong = "{\"id\":\"00000000-0000-7000-8000-00000000bbbb\",\"do\":\"receive\",\"channel\":\"pigeon\"}";
  g_autofree char      *refusal = NULL;
  g_autofree char      *mistake = NULL;

  {
    g_autoptr (GPtrArray) entries = entries_of (fixture, fixture->east, early, wrong, NULL);
    g_autoptr (WdCommit)  done = commit (fixture, entries);

    refusal = g_strdup (answer_of (entries, 0));
    mistake = g_strdup (answer_of (entries, 1));
    g_assert_cmpint (done->changes->len, ==, 0);
  }
  g_assert_nonnull (strstr (refusal, "\"ok\":false"));
  g_assert_nonnull (strstr (mistake, "\"field\":\"channel\""));
  g_free (wd_fixture_do (fixture, fixture->dispatcher, "{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"east\"}", order));
  {
    g_autoptr (GPtrArray) entries = entries_of (fixture, fixture->east, early, wrong, NULL);
    g_autoptr (WdCommit)  done = commit (fixture, entries);

    g_assert_cmpstr (answer_of (entries, 0), ==, refusal);
    g_assert_cmpstr (answer_of (entries, 1), ==, mistake);
  }
  /* After 90 days they are gone, a batch at a time. */
  fixture->now += G_GINT64_CONSTANT (91) * 24 * 60 * WD_FIXTURE_MINUTE;
  wd_fixture_refuse (fixture, fixture->east, "not-found", "{\"do\":\"accept\",\"order\":\"00000000-0000-7000-8000-00000000cccc\"}");
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM answers"), ==, 1);
}

static void
test_unreadable_id_is_answered_and_not_kept (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  gint64                kept = count (fixture, "SELECT count(*) FROM answers");
  g_autoptr (GPtrArray) entries = entries_of (fixture, fixture->dispatcher, "{\"id\":7,\"do\":\"receive\"}", "{\"id\":\"x\",\"do\":\"receive\"}", NULL);
  g_autoptr (WdCommit)  done = commit (fixture, entries);

  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (strstr (answer_of (entries, i), "{\"id\":null,\"ok\":false,\"error\":{"));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM answers"), ==, kept);
}

static void
test_conflict_carries_the_present_body (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *order = wd_fixture_receive (fixture);
  g_autofree char       *noted = wd_fixture_do (fixture, fixture->dispatcher, "{\"do\":\"note\",\"order\":\"%s\",\"text\":\"x\"}", order);
  g_autoptr (JsonObject) answer = wd_fixture_give (fixture, fixture->supervisor, "{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"east\",\"expect\":1}", order);
  JsonObject            *error = json_object_get_object_member (answer, "error");
  JsonObject            *current = json_object_get_object_member (error, "current");

  g_assert_cmpstr (text_of (error, "code"), ==, "conflict");
  g_assert_cmpstr (text_of (current, "id"), ==, order);
  g_assert_cmpint (json_object_get_int_member (current, "version"), ==, 2);
  answer = (json_object_unref (answer), wd_fixture_give (fixture, fixture->server, "{\"do\":\"put-unit\",\"code\":\"east\",\"name\":\"E\",\"kind\":\"supply\",\"expect\":9}"));
  current = json_object_get_object_member (json_object_get_object_member (answer, "error"), "current");
  g_assert_cmpstr (text_of (current, "code"), ==, "east");
}

static char *
receive_as (const char *id)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"text\":\"x\"}", id);
}

static char *
dispatch_east (const char *order)
{
  return g_strdup_printf ("{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"east\",\"expect\":1}", order);
}

/* Each sees what those before it did; one change for each object. */
static void
test_batch_is_decided_in_order (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  const char           *a = "00000000-0000-7000-8000-00000000aaaa", *b = "00000000-0000-7000-8000-00000000bbbb";
  g_autofree char      *one = receive_as (a), *two = receive_as (b);
  g_autofree char      *three = dispatch_east (a), *four = dispatch_east (a);
  g_autoptr (GPtrArray) entries = entries_of (fixture, fixture->dispatcher, one, two, three, four, NULL);
  gint64                since = wd_ledger_seq (fixture->ledger);
  g_autoptr (WdCommit)  done = commit (fixture, entries);
  const WdChange       *change;

  g_assert_nonnull (strstr (answer_of (entries, 2), "\"ok\":true"));
  g_assert_nonnull (strstr (answer_of (entries, 3), "\"conflict\""));
  g_assert_cmpint (done->since, ==, since);
  g_assert_cmpint (done->seq, ==, since + 3);
  g_assert_cmpint (done->changes->len, ==, 2);
  change = done->changes->pdata[0];
  g_assert_cmpstr (change->id, ==, b);
  g_assert_cmpint (change->seq, ==, since + 2);
  change = done->changes->pdata[1];
  g_assert_cmpstr (change->id, ==, a);
  g_assert_cmpint (change->seq, ==, since + 3);
  g_assert_true (g_strv_contains ((const char *const *)change->readers, "unit:east"));
}

static void
test_audience_remembers_who_left (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *order = wd_fixture_receive (fixture);
  g_autofree char      *recall = g_strdup_printf ("{\"do\":\"recall\",\"order\":\"%s\"}", order);
  g_autofree char      *west = g_strdup_printf ("{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"west\"}", order);
  const WdChange       *change;

  g_free (wd_fixture_do (fixture, fixture->dispatcher, "{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"east\"}", order));
  {
    g_autoptr (GPtrArray) entries = entries_of (fixture, fixture->dispatcher, recall, west, NULL);
    g_autoptr (WdCommit)  done = commit (fixture, entries);

    change = done->changes->pdata[0];
    g_assert_cmpstr (change->left[0], ==, "unit:east");
    g_assert_null (change->left[1]);
    g_assert_true (g_strv_contains ((const char *const *)change->readers, "unit:west"));
  }
  /* Goes and comes back within one batch: nobody left. */
  {
    g_autofree char      *back = g_strdup_printf ("{\"do\":\"dispatch\",\"order\":\"%s\",\"unit\":\"west\"}", order);
    g_autoptr (GPtrArray) entries = entries_of (fixture, fixture->dispatcher, recall, back, NULL);
    g_autoptr (WdCommit)  done = commit (fixture, entries);

    change = done->changes->pdata[0];
    g_assert_null (change->left[0]);
  }
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM audience WHERE reader = 'unit:west'"), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM audience WHERE reader = 'unit:west' AND to_seq IS NULL"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM audience WHERE reader = 'unit:east' AND to_seq > from_seq"), ==, 1);
}

static void
test_sender_is_looked_up_afresh (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *order = wd_fixture_receive (fixture);

  g_free (wd_fixture_do (fixture, fixture->server, "{\"do\":\"put-staff\",\"name\":\"dispatcher\",\"role\":\"dispatcher\",\"unit\":null,\"disabled\":true}"));
  wd_fixture_refuse (fixture, fixture->dispatcher, "forbidden", "{\"do\":\"note\",\"order\":\"%s\",\"text\":\"x\"}", order);
  g_free (wd_fixture_do (fixture, fixture->server, "{\"do\":\"put-staff\",\"name\":\"supervisor\",\"role\":\"unit\",\"unit\":\"west\"}"));
  wd_fixture_refuse (fixture, fixture->supervisor, "not-found", "{\"do\":\"note\",\"order\":\"%s\",\"text\":\"x\"}", order);
}

static void
test_id_of_another_thing_is_refused (void)
{
  g_autoptr (WdFixture) fixture = wd_fixture_new ();
  g_autofree char      *category = wd_uuid_v5 (wd_ledger_store_id (fixture->ledger), "category", 0);

  wd_fixture_refuse (fixture, fixture->dispatcher, "invalid",
                     "{\"id\":\"%s\",\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"text\":\"x\"}", category);
}

/* A statement that fails takes out its command alone. */
static void
test_broken_command_is_taken_out (void)
{
  g_autoptr (WdFixture)    fixture = wd_fixture_new ();
  static const WdStatement trap = { "trap", "CREATE TRIGGER trap BEFORE INSERT ON orders WHEN NEW.text = 'trap' BEGIN SELECT RAISE (ABORT, 'trapped'); END" };
  static const WdStatement open = { "open", "DROP TRIGGER trap" };
  const char              *good = "{\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"text\":\"good\"}";
  const char              *bad = "{\"id\":\"00000000-0000-7000-8000-00000000aaaa\",\"do\":\"receive\",\"channel\":\"hotline\",\"category\":\"leak\",\"text\":\"trap\"}";
  const char              *note = "{\"do\":\"note\",\"order\":\"00000000-0000-7000-8000-00000000aaaa\",\"text\":\"x\"}";
  g_autoptr (GPtrArray)    entries = entries_of (fixture, fixture->dispatcher, good, bad, note, bad, good, NULL);
  gint64                   since = wd_ledger_seq (fixture->ledger);

  g_assert_true (wd_store_exec (wd_ledger_get_store (fixture->ledger), &trap, NULL, ""));
  {
    g_autoptr (WdCommit) done = commit (fixture, entries);

    g_assert_cmpint (done->seq, ==, since + 2);
  }
  g_assert_nonnull (strstr (answer_of (entries, 0), "\"ok\":true"));
  g_assert_nonnull (strstr (answer_of (entries, 1), "\"code\":\"busy\""));
  g_assert_nonnull (strstr (answer_of (entries, 2), "\"ok\":false"));
  g_assert_nonnull (strstr (answer_of (entries, 3), "\"code\":\"busy\""));
  g_assert_nonnull (strstr (answer_of (entries, 4), "\"ok\":true"));
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM orders"), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT max(last) FROM numbers"), ==, 2);
  /* `busy` is not kept: the same command may be tried again. */
  g_assert_true (wd_store_exec (wd_ledger_get_store (fixture->ledger), &open, NULL, ""));
  g_free (wd_fixture_do (fixture, fixture->dispatcher, "%s", bad));
}

static void
test_look_is_an_event_without_a_version (void)
{
  g_autoptr (WdFixture)  fixture = wd_fixture_new ();
  g_autofree char       *order = wd_fixture_receive (fixture);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WdCommit)   done = wd_ledger_looked (fixture->ledger, fixture->dispatcher, order, "回访", fixture->now, &error);
  g_autoptr (JsonObject) body = wd_fixture_body (fixture, order);

  g_assert_no_error (error);
  g_assert_cmpint (done->seq, ==, done->since + 1);
  g_assert_cmpint (json_object_get_int_member (body, "version"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM events WHERE verb = 'looked' AND by_user IS NOT NULL"), ==, 1);
  g_assert_null (wd_ledger_looked (fixture->ledger, fixture->west, order, "x", fixture->now, &error));
  g_assert_error (error, WD_RULE_ERROR, WD_RULE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/empty-store-is-seeded-once", test_empty_store_is_seeded_once);
  g_test_add_func ("/ledger/second-server-is-refused", test_second_server_is_refused);
  g_test_add_func ("/ledger/order-goes-from-call-to-close", test_order_goes_from_call_to_close);
  g_test_add_func ("/ledger/numbers-follow-the-day-of-the-zone", test_numbers_follow_the_day_of_the_zone);
  g_test_add_func ("/ledger/private-members-lie-in-boxes", test_private_members_lie_in_boxes);
  g_test_add_func ("/ledger/same-id-gets-the-first-answer", test_same_id_gets_the_first_answer);
  g_test_add_func ("/ledger/answers-expire", test_answers_expire);
  g_test_add_func ("/ledger/refusals-are-kept-too", test_refusals_are_kept_too);
  g_test_add_func ("/ledger/unreadable-id-is-answered-and-not-kept", test_unreadable_id_is_answered_and_not_kept);
  g_test_add_func ("/ledger/conflict-carries-the-present-body", test_conflict_carries_the_present_body);
  g_test_add_func ("/ledger/batch-is-decided-in-order", test_batch_is_decided_in_order);
  g_test_add_func ("/ledger/audience-remembers-who-left", test_audience_remembers_who_left);
  g_test_add_func ("/ledger/sender-is-looked-up-afresh", test_sender_is_looked_up_afresh);
  g_test_add_func ("/ledger/id-of-another-thing-is-refused", test_id_of_another_thing_is_refused);
  g_test_add_func ("/ledger/broken-command-is-taken-out", test_broken_command_is_taken_out);
  g_test_add_func ("/ledger/look-is-an-event-without-a-version", test_look_is_an_event_without_a_version);
  return g_test_run ();
}
