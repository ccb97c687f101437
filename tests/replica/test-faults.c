/* test-faults.c — a desk beside a server that does what no good server does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fault-desk.h"
#include "wd-outbox.h"

#include <string.h>

#define STAFF "0190a5c8-7b1e-7c3a-9f00-00000000ddd1"

/* --- the feed ------------------------------------------------------------------------ */

static void
test_bad_answers (Fixture *f, gconstpointer token)
{
  wd_test_server_script (f->server, "/v1/changes", 200, "<html>", NULL);
  wd_test_server_script (f->server, "/v1/changes", 200, "[]", NULL);
  wd_test_server_script (f->server, "/v1/changes", 200, "{\"changes\":7}", NULL);
  wd_test_server_script (f->server, "/v1/changes", 503, "{\"code\":\"busy\"}", NULL);
  wd_test_server_script (f->server, "/v1/changes", 0, NULL, NULL);
  faults_start_desk (f, f->server->url, "secret");
  wd_test_until (faults_is_live (f));
  g_assert_cmpstr (faults_text_of (f, ORDER_1), ==, "one");
  g_assert_cmpint (wd_uplink_get_offline_since (wd_desk_get_uplink (f->desk)), ==, 0);
}

static void
test_pages (Fixture *f, gconstpointer token)
{
  f->server->page = 1;
  for (guint i = 0; i < 20; i++)
    faults_put_order (f, ORDER_1, i < 19 ? "old" : "new");
  faults_start_desk (f, f->server->url, "secret");
  wd_test_until (faults_is_live (f));
  g_assert_cmpstr (faults_text_of (f, ORDER_1), ==, "new");
  g_assert_cmpuint (wd_test_server_count (f->server, "GET /v1/changes"), ==, 24);
}

static void
test_live (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  faults_put_order (f, ORDER_1, "changed");
  wd_test_until (g_strcmp0 (faults_text_of (f, ORDER_1), "changed") == 0);
  wd_test_server_put (f->server, "order", ORDER_2, NULL);
  wd_test_until (faults_text_of (f, ORDER_2) == NULL);
  wd_test_server_put (f->server, "teapot", "t", "{\"id\":\"t\"}"); /* what comes later than this desk */
  wd_test_server_say (f->server, "{\"weather\":[]}");
  faults_put_order (f, ORDER_1, "again");
  wd_test_until (g_strcmp0 (faults_text_of (f, ORDER_1), "again") == 0);
  g_assert_cmpuint (wd_test_server_count (f->server, "GET /v1/live?since="), ==, 1);
}

/* A batch that does not join on is a gap: the desk asks `changes`. */
static void
test_gap (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  f->server->end += 5;
  f->server->seq = f->server->end;
  faults_put_order (f, ORDER_1, "past the gap");
  wd_test_until (g_strcmp0 (faults_text_of (f, ORDER_1), "past the gap") == 0 && faults_is_live (f));
  g_assert_cmpuint (wd_test_server_count (f->server, "GET /v1/live?since="), ==, 2);
}

static void
test_closes (Fixture *f, gconstpointer token)
{
  static const gushort codes[] = { 4001, 4002, 1001, 1011 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      wd_test_until (faults_is_live (f));
      wd_test_server_hang_up (f->server, codes[i]);
      wd_test_until (wd_test_server_count (f->server, "GET /v1/live?since=") == i + 2 && faults_is_live (f));
    }
  wd_test_server_hang_up (f->server, 4401);
  wd_test_until (wd_uplink_get_state (wd_desk_get_uplink (f->desk)) == WD_UPLINK_SIGNED_OUT);
  g_assert_null (wd_uplink_get_token (wd_desk_get_uplink (f->desk)));
  g_assert_cmpstr (faults_text_of (f, ORDER_1), ==, "one");
}

static void
test_bad_live (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  wd_test_server_say (f->server, "{\"changes\":");
  wd_test_until (wd_test_server_count (f->server, "GET /v1/live?since=") == 2 && faults_is_live (f));
  faults_put_order (f, ORDER_1, "well again");
  wd_test_until (g_strcmp0 (faults_text_of (f, ORDER_1), "well again") == 0);
}

/* Another store: the copy goes, what waits stays. */
static void
test_resync (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 503, "{\"code\":\"busy\"}", NULL);
  faults_note (f, ORDER_1, "kept");
  wd_test_until (f->server->commands->len == 1);
  g_ptr_array_set_size (f->server->changes, 0);
  g_free (f->server->store);
  f->server->store = g_strdup ("store-2");
  f->server->seq = f->server->end = 0;
  wd_test_server_hang_up (f->server, 4001);
  faults_put_order (f, ORDER_2, "after");
  wd_test_until (g_strcmp0 (faults_text_of (f, ORDER_2), "after") == 0);
  g_assert_null (wd_desk_get_order (f->desk, ORDER_1));
  wd_test_until (f->answered == 1);
  g_assert_cmpuint (f->resets, >, 0);
}

static void
test_bulk (Fixture *f, gconstpointer token)
{
  g_autoptr (WdOrderList) list = NULL;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("0190a5c8-7b1e-7c3a-9f00-00000%07u", i);

      faults_put_order (f, id, "many");
    }
  faults_start_desk (f, f->server->url, "secret");
  list = wd_desk_list_orders (f->desk, NULL, NULL, NULL);
  wd_test_until (faults_is_live (f) && f->resets > 0);
  g_assert_cmpuint (wd_desk_get_n_orders (f->desk), ==, 502);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 502);
  g_assert_cmpuint (wd_order_list_get_n_mine (list), ==, 502);
}

/* --- commands ------------------------------------------------------------------------- */

static void
test_lost_answer (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 0, NULL, NULL);
  wd_test_server_script (f->server, "/v1/commands", 200, "{\"results\":", NULL);
  faults_note (f, ORDER_1, "once");
  wd_test_until (f->answered == 1);
  g_assert_cmpuint (f->server->commands->len, ==, 3);
  g_assert_cmpstr (f->server->commands->pdata[0], ==, f->server->commands->pdata[1]);
  g_assert_cmpstr (f->server->commands->pdata[0], ==, f->server->commands->pdata[2]);
  g_assert_cmpuint (faults_waiting (f), ==, 0);
}

static void
test_busy (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 503, "{\"code\":\"busy\"}", NULL);
  wd_test_server_script (f->server, "/v1/commands", 429, "{\"code\":\"too-many\"}", "Retry-After: 1");
  wd_test_server_script (f->server, "/v1/commands", 507, "{\"code\":\"storage\"}", NULL);
  faults_note (f, ORDER_1, "patient");
  wd_test_until (f->answered == 1);
  g_assert_cmpuint (f->refused, ==, 0);
  g_assert_cmpuint (f->server->commands->len, ==, 4);
  g_assert_true (faults_is_live (f));
}

static gboolean
over_cb (gpointer over)
{
  *(gboolean *)over = TRUE;
  return G_SOURCE_REMOVE;
}

/* An answer that says nothing of the command is not asked for again and again without a pause. */
static void
test_left_out (Fixture *f, gconstpointer token)
{
  gboolean over = FALSE;

  wd_test_until (faults_is_live (f));
  for (guint i = 0; i < 100; i++)
    wd_test_server_script (f->server, "/v1/commands", 200, i % 2 == 0 ? "{\"results\":[]}" : "{\"results\":[{\"ok\":false}]}", NULL);
  faults_note (f, ORDER_1, "left out");
  g_timeout_add (400, over_cb, &over);
  wd_test_until (over);
  g_assert_cmpuint (f->server->commands->len, <, 5);
  wd_test_server_forget (f->server);
  wd_test_until (f->answered == 1);
}

static guint
count_in (const char *text, const char *piece)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, piece)) != NULL; p++)
    n++;
  return n;
}

/* Of one order only one command at a time; of several orders together. */
static void
test_chains (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 503, "{\"code\":\"busy\"}", NULL);
  faults_note (f, ORDER_1, "a");
  wd_test_until (f->server->commands->len == 1);
  faults_note (f, ORDER_1, "b");
  faults_note (f, ORDER_2, "c");
  faults_note (f, ORDER_1, "d");
  faults_note (f, ORDER_2, "e");
  wd_test_until (f->answered == 5);
  for (guint i = 0; i < f->server->commands->len; i++)
    {
      g_assert_cmpuint (count_in (f->server->commands->pdata[i], ORDER_1), <=, 1);
      g_assert_cmpuint (count_in (f->server->commands->pdata[i], ORDER_2), <=, 1);
    }
  g_assert_nonnull (strstr (f->server->commands->pdata[1], "\"a\""));
  g_assert_nonnull (strstr (f->server->commands->pdata[1], "\"c\""));
  g_assert_nonnull (strstr (f->server->commands->pdata[3], "\"d\""));
}

/* A request that is refused as a whole is taken apart, until the one command that is to blame stands alone. */
static void
test_refused_as_a_whole (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 503, "{\"code\":\"busy\"}", NULL);
  faults_note (f, ORDER_1, "poison");
  wd_test_until (f->server->commands->len == 1);
  faults_note (f, ORDER_2, "good");
  wd_test_server_script (f->server, "/v1/commands", 400, "{\"code\":\"bad-request\"}", NULL);
  wd_test_server_script (f->server, "/v1/commands", 400, "{\"code\":\"bad-request\"}", NULL);
  wd_test_until (f->refused == 1 && f->answered == 1);
  g_assert_cmpuint (wd_desk_get_refusals (f->desk)->len, ==, 1);
  g_assert_cmpstr (((WdRefusal *)wd_desk_get_refusals (f->desk)->pdata[0])->code, ==, "bad-request");
  wd_desk_settle (f->desk, ((WdRefusal *)wd_desk_get_refusals (f->desk)->pdata[0])->command->id, FALSE);
  wd_test_until (wd_desk_get_refusals (f->desk)->len == 0);
}

/* Something that a later program gave and the server refused: it stops its chain, so it is shown, and can be settled. */
static void
test_unreadable (Fixture *f, gconstpointer token)
{
  g_autofree char      *path = g_build_filename (f->folder, "outbox.sqlite", NULL);
  WdOutbox             *outbox = wd_outbox_open (path, NULL);
  WdOutboxEntry         entry = { .id = (char *)STAFF, .chain = (char *)ORDER_1, .body = (char *)"{\"id\":\"" STAFF "\",\"do\":\"freeze\"}", .given_at = 7 };
  g_autoptr (WdCommand) note = wd_desk_command (WD_VERB_NOTE, ORDER_1, g_variant_new_parsed ("{'text': <'behind it'>}"));
  g_autoptr (GError)    error = NULL;
  const WdRefusal      *refusal;

  g_assert_true (wd_outbox_put (outbox, &entry, NULL));
  wd_outbox_close (outbox);
  wd_test_server_script (f->server, "/v1/commands", 422, "{\"code\":\"invalid\"}", NULL);
  faults_start_desk (f, f->server->url, "secret");
  wd_test_until (faults_is_live (f) && f->refused == 1);
  g_assert_cmpstr (f->server->commands->pdata[0], ==, "{\"commands\":[{\"id\":\"" STAFF "\",\"do\":\"freeze\"}]}");
  refusal = wd_desk_get_refusals (f->desk)->pdata[0];
  g_assert_cmpstr (refusal->object, ==, ORDER_1);
  g_assert_nonnull (strstr (wd_members_text (refusal->command->members, "text"), "freeze"));
  g_assert_false (wd_desk_give (f->desk, note, 0, &error));
  g_assert_error (error, WD_DESK_ERROR, WD_DESK_ERROR_STOPPED);
  wd_desk_settle (f->desk, STAFF, TRUE);
  wd_test_until (wd_desk_get_refusals (f->desk)->len == 0);
  faults_note (f, ORDER_1, "goes on");
  wd_test_until (f->answered == 1);
}

static void
stopped_cb (WdDesk *desk, GParamSpec *pspec, guint *most)
{
  *most = MAX (*most, wd_desk_get_refusals (desk)->len);
}

static void
start_unit (Fixture *f)
{
  g_free (f->server->user);
  f->server->user = g_strdup ("{\"id\":\"" STAFF "\",\"name\":\"east\",\"role\":\"unit\",\"unit\":\"east\"}");
  faults_start_desk (f, f->server->url, "secret");
  wd_test_until (faults_is_live (f));
}

/* What a desk says by itself may be refused: nobody did it, so nobody is told. */
static void
test_refused_receipt (Fixture *f, gconstpointer token)
{
  g_autoptr (WdCommand) receipt = wd_desk_command (WD_VERB_RECEIPT, ORDER_1, g_variant_new_parsed ("{'what': <'shown'>}"));
  g_autoptr (GError)    error = NULL;
  guint                 most = 0;

  faults_put_dispatched (f, ORDER_1, "east");
  start_unit (f);
  wd_test_until (faults_text_of (f, ORDER_1) != NULL && wd_test_server_count (f->server, "POST /v1/commands") == 1); /* delivered */
  g_signal_connect (f->desk, "notify::stopped", G_CALLBACK (stopped_cb), &most);
  wd_test_server_script (f->server, "/v1/commands", 400, "{\"code\":\"bad-request\"}", NULL);
  wd_desk_give (f->desk, receipt, 0, &error);
  g_assert_no_error (error);
  faults_note (f, ORDER_1, "behind it");
  wd_test_until (f->answered == 2);
  g_assert_cmpuint (most, ==, 0);
  g_assert_cmpuint (f->refused, ==, 0);
  g_assert_cmpuint (wd_desk_get_refusals (f->desk)->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FAULTS_ADD ("/faults/answers that are none are asked for again", NULL, test_bad_answers);
  FAULTS_ADD ("/faults/page by page", NULL, test_pages);
  FAULTS_ADD ("/faults/what is told is shown", "secret", test_live);
  FAULTS_ADD ("/faults/a gap is noticed", "secret", test_gap);
  FAULTS_ADD ("/faults/every close leads where it should", "secret", test_closes);
  FAULTS_ADD ("/faults/nonsense on the line is no end", "secret", test_bad_live);
  FAULTS_ADD ("/faults/another store, another copy", "secret", test_resync);
  FAULTS_ADD ("/faults/many at once", NULL, test_bulk);
  FAULTS_ADD ("/faults/a lost answer is asked for by the same command", "secret", test_lost_answer);
  FAULTS_ADD ("/faults/busy is not no", "secret", test_busy);
  FAULTS_ADD ("/faults/an answer that leaves out what was asked", "secret", test_left_out);
  FAULTS_ADD ("/faults/one command of an order at a time", "secret", test_chains);
  FAULTS_ADD ("/faults/one bad command does not stop the others", "secret", test_refused_as_a_whole);
  FAULTS_ADD ("/faults/what can't be read is shown once it is refused", NULL, test_unreadable);
  FAULTS_ADD ("/faults/a refused receipt stops nobody", NULL, test_refused_receipt);
  return g_test_run ();
}
