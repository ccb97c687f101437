/* test-faults.c — a desk beside a server that does what no good server does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk.h"
#include "wd-json.h"
#include "wd-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

#define ORDER_1 "0190a5c8-7b1e-7c3a-9f00-00000000aaa1"
#define ORDER_2 "0190a5c8-7b1e-7c3a-9f00-00000000aaa2"
#define UNIT "0190a5c8-7b1e-7c3a-9f00-00000000bbb1"
#define POLICY "0190a5c8-7b1e-7c3a-9f00-00000000ccc1"

typedef struct
{
  WdTestServer *server;
  WdDesk       *desk;
  char         *folder;
  guint         resets;
  guint         refused;
  guint         answered;
  gboolean      ended;
} Fixture;

static char *
order_body (const char *id, const char *text)
{
  g_autoptr (WdOrder) order = wd_order_new ();
  GString            *body = g_string_new (NULL);

  order->id = g_strdup (id);
  order->state = WD_STATE_RECEIVED;
  order->text = g_strdup (text);
  order->version = 1;
  order->policy = 1;
  wd_record_append_json (body, &wd_order_type, order, WD_JSON_BODY);
  return g_string_free (body, FALSE);
}

static void
put_order (Fixture *f, const char *id, const char *text)
{
  g_autofree char *body = order_body (id, text);

  wd_test_server_put (f->server, "order", id, body);
}

static void
put_house (Fixture *f)
{
  g_autofree char *path = g_build_filename (g_getenv ("WATERDESK_SOURCE"), "data", "policy.json", NULL);
  g_autofree char *policy = NULL;

  g_assert_true (g_file_get_contents (path, &policy, NULL, NULL));
  g_strdelimit (policy, "\n", ' ');
  wd_test_server_put (f->server, "policy", POLICY, policy);
  wd_test_server_put (f->server, "unit", UNIT, "{\"id\":\"" UNIT "\",\"code\":\"east\",\"name\":\"东区\",\"kind\":\"supply\",\"version\":1}");
  put_order (f, ORDER_1, "one");
  put_order (f, ORDER_2, "two");
}

static void
count_cb (WdDesk *desk, guint *n)
{
  (*n)++;
}

static void
count_text_cb (WdDesk *desk, gpointer what, guint *n)
{
  (*n)++;
}

static void
start_desk (Fixture *f, const char *servers, const char *token)
{
  f->desk = wd_desk_new (servers, "dispatcher", f->folder, token);
  g_signal_connect (f->desk, "reset", G_CALLBACK (count_cb), &f->resets);
  g_signal_connect (f->desk, "refused", G_CALLBACK (count_text_cb), &f->refused);
  g_signal_connect (f->desk, "answered", G_CALLBACK (count_text_cb), &f->answered);
}

static void
setup (Fixture *f, gconstpointer token)
{
  f->server = wd_test_server_new ();
  f->folder = g_dir_make_tmp ("waterdesk-faults-XXXXXX", NULL);
  put_house (f);
  if (token != NULL)
    start_desk (f, f->server->url, token);
}

static void
ended_cb (GObject *desk, GAsyncResult *result, gpointer ended)
{
  g_assert_true (wd_desk_close_finish (WD_DESK (desk), result, NULL));
  *(gboolean *)ended = TRUE;
}

static void
close_desk (Fixture *f)
{
  f->ended = FALSE;
  wd_desk_close_async (f->desk, FALSE, ended_cb, &f->ended);
  wd_test_until (f->ended);
  g_assert_finalize_object (f->desk);
  f->desk = NULL;
}

static void
teardown (Fixture *f, gconstpointer token)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);

  if (f->desk != NULL)
    close_desk (f);
  wd_test_server_free (f->server);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static gboolean
is_live (Fixture *f)
{
  return wd_uplink_get_state (wd_desk_get_uplink (f->desk)) == WD_UPLINK_LIVE && f->server->sockets->len == 1;
}

static const char *
text_of (Fixture *f, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (f->desk, id);

  return item != NULL ? wd_order_item_get_order (item)->text : NULL;
}

static void
note (Fixture *f, const char *id, const char *text)
{
  g_autoptr (WdCommand) command = wd_desk_command (WD_VERB_NOTE, id, g_variant_new_parsed ("{'text': <%s>}", text));
  g_autoptr (GError)    error = NULL;

  wd_desk_give (f->desk, command, 0, &error);
  g_assert_no_error (error);
}

static guint
waiting (Fixture *f)
{
  guint n;

  g_object_get (f->desk, "waiting", &n, NULL);
  return n;
}

/* --- the feed ------------------------------------------------------------------------ */

static void
test_bad_answers (Fixture *f, gconstpointer token)
{
  wd_test_server_script (f->server, "/v1/changes", 200, "<html>", NULL);
  wd_test_server_script (f->server, "/v1/changes", 200, "[]", NULL);
  wd_test_server_script (f->server, "/v1/changes", 200, "{\"changes\":7}", NULL);
  wd_test_server_script (f->server, "/v1/changes", 503, "{\"code\":\"busy\"}", NULL);
  wd_test_server_script (f->server, "/v1/changes", 0, NULL, NULL);
  start_desk (f, f->server->url, "secret");
  wd_test_until (is_live (f));
  g_assert_cmpstr (text_of (f, ORDER_1), ==, "one");
  g_assert_cmpint (wd_uplink_get_offline_since (wd_desk_get_uplink (f->desk)), ==, 0);
}

static void
test_pages (Fixture *f, gconstpointer token)
{
  f->server->page = 1;
  for (guint i = 0; i < 20; i++)
    put_order (f, ORDER_1, i < 19 ? "old" : "new");
  start_desk (f, f->server->url, "secret");
  wd_test_until (is_live (f));
  g_assert_cmpstr (text_of (f, ORDER_1), ==, "new");
  g_assert_cmpuint (wd_test_server_count (f->server, "GET /v1/changes"), ==, 24);
}

static void
test_live (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f));
  put_order (f, ORDER_1, "changed");
  wd_test_until (g_strcmp0 (text_of (f, ORDER_1), "changed") == 0);
  wd_test_server_put (f->server, "order", ORDER_2, NULL);
  wd_test_until (text_of (f, ORDER_2) == NULL);
  wd_test_server_put (f->server, "teapot", "t", "{\"id\":\"t\"}"); /* what comes later than this desk */
  wd_test_server_say (f->server, "{\"weather\":[]}");
  put_order (f, ORDER_1, "again");
  wd_test_until (g_strcmp0 (text_of (f, ORDER_1), "again") == 0);
  g_assert_cmpuint (wd_test_server_count (f->server, "GET /v1/live"), ==, 1);
}

/* A batch that does not join on is a gap: the desk asks `changes`. */
static void
test_gap (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f));
  f->server->end += 5;
  f->server->seq = f->server->end;
  put_order (f, ORDER_1, "past the gap");
  wd_test_until (g_strcmp0 (text_of (f, ORDER_1), "past the gap") == 0 && is_live (f));
  g_assert_cmpuint (wd_test_server_count (f->server, "GET /v1/live"), ==, 2);
}

static void
test_closes (Fixture *f, gconstpointer token)
{
  static const gushort codes[] = { 4001, 4002, 1001, 1011 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      wd_test_until (is_live (f));
      wd_test_server_hang_up (f->server, codes[i]);
      wd_test_until (wd_test_server_count (f->server, "GET /v1/live") == i + 2 && is_live (f));
    }
  wd_test_server_hang_up (f->server, 4401);
  wd_test_until (wd_uplink_get_state (wd_desk_get_uplink (f->desk)) == WD_UPLINK_SIGNED_OUT);
  g_assert_null (wd_uplink_get_token (wd_desk_get_uplink (f->desk)));
  g_assert_cmpstr (text_of (f, ORDER_1), ==, "one");
}

static void
test_bad_live (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f));
  wd_test_server_say (f->server, "{\"changes\":");
  wd_test_until (wd_test_server_count (f->server, "GET /v1/live") == 2 && is_live (f));
  put_order (f, ORDER_1, "well again");
  wd_test_until (g_strcmp0 (text_of (f, ORDER_1), "well again") == 0);
}

/* Another store: the copy goes, what waits stays. */
static void
test_resync (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 503, "{\"code\":\"busy\"}", NULL);
  note (f, ORDER_1, "kept");
  wd_test_until (f->server->commands->len == 1);
  g_ptr_array_set_size (f->server->changes, 0);
  g_free (f->server->store);
  f->server->store = g_strdup ("store-2");
  f->server->seq = f->server->end = 0;
  wd_test_server_hang_up (f->server, 4001);
  put_order (f, ORDER_2, "after");
  wd_test_until (g_strcmp0 (text_of (f, ORDER_2), "after") == 0);
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

      put_order (f, id, "many");
    }
  start_desk (f, f->server->url, "secret");
  list = wd_desk_list_orders (f->desk, NULL, NULL, NULL);
  wd_test_until (is_live (f) && f->resets > 0);
  g_assert_cmpuint (wd_desk_get_n_orders (f->desk), ==, 502);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 502);
  g_assert_cmpuint (wd_order_list_get_n_mine (list), ==, 502);
}

/* --- commands ------------------------------------------------------------------------- */

static void
test_lost_answer (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 0, NULL, NULL);
  wd_test_server_script (f->server, "/v1/commands", 200, "{\"results\":", NULL);
  note (f, ORDER_1, "once");
  wd_test_until (f->answered == 1);
  g_assert_cmpuint (f->server->commands->len, ==, 3);
  g_assert_cmpstr (f->server->commands->pdata[0], ==, f->server->commands->pdata[1]);
  g_assert_cmpstr (f->server->commands->pdata[0], ==, f->server->commands->pdata[2]);
  g_assert_cmpuint (waiting (f), ==, 0);
}

static void
test_busy (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 503, "{\"code\":\"busy\"}", NULL);
  wd_test_server_script (f->server, "/v1/commands", 429, "{\"code\":\"too-many\"}", "Retry-After: 1");
  wd_test_server_script (f->server, "/v1/commands", 507, "{\"code\":\"storage\"}", NULL);
  note (f, ORDER_1, "patient");
  wd_test_until (f->answered == 1);
  g_assert_cmpuint (f->refused, ==, 0);
  g_assert_cmpuint (f->server->commands->len, ==, 4);
  g_assert_true (is_live (f));
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
  wd_test_until (is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 503, "{\"code\":\"busy\"}", NULL);
  note (f, ORDER_1, "a");
  wd_test_until (f->server->commands->len == 1);
  note (f, ORDER_1, "b");
  note (f, ORDER_2, "c");
  note (f, ORDER_1, "d");
  note (f, ORDER_2, "e");
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
  wd_test_until (is_live (f));
  wd_test_server_script (f->server, "/v1/commands", 503, "{\"code\":\"busy\"}", NULL);
  note (f, ORDER_1, "poison");
  wd_test_until (f->server->commands->len == 1);
  note (f, ORDER_2, "good");
  wd_test_server_script (f->server, "/v1/commands", 400, "{\"code\":\"bad-request\"}", NULL);
  wd_test_server_script (f->server, "/v1/commands", 400, "{\"code\":\"bad-request\"}", NULL);
  wd_test_until (f->refused == 1 && f->answered == 1);
  g_assert_cmpuint (wd_desk_get_refusals (f->desk)->len, ==, 1);
  g_assert_cmpstr (((WdRefusal *)wd_desk_get_refusals (f->desk)->pdata[0])->code, ==, "bad-request");
  wd_desk_settle (f->desk, ((WdRefusal *)wd_desk_get_refusals (f->desk)->pdata[0])->command->id, FALSE);
  wd_test_until (wd_desk_get_refusals (f->desk)->len == 0);
}

/* --- signing in, time, presence -------------------------------------------------------- */

typedef struct
{
  gboolean done;
  char    *token;
  GError  *error;
} Attempt;

static void
signed_in_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  Attempt *attempt = data;

  attempt->token = wd_uplink_sign_in_finish (WD_UPLINK (uplink), result, &attempt->error);
  attempt->done = TRUE;
}

static Attempt
sign_in (Fixture *f)
{
  Attempt attempt = { FALSE };

  wd_uplink_sign_in_async (wd_desk_get_uplink (f->desk), "waterdesk", NULL, signed_in_cb, &attempt);
  wd_test_until (attempt.done);
  return attempt;
}

static void
test_sign_in (Fixture *f, gconstpointer token)
{
  static const struct
  {
    guint         status;
    const char   *body;
    WdUplinkError code;
  } cases[] = {
    { 401, "{\"code\":\"unauthorized\"}", WD_UPLINK_ERROR_UNAUTHORIZED },
    { 429, "{\"code\":\"too-many\"}", WD_UPLINK_ERROR_TOO_MANY },
    { 500, "{\"code\":\"internal\"}", WD_UPLINK_ERROR_REFUSED },
    { 200, "<html>", WD_UPLINK_ERROR_BROKEN },
    { 201, "{}", WD_UPLINK_ERROR_BROKEN },
    { 0, NULL, WD_UPLINK_ERROR_OFFLINE },
  };
  Attempt good;

  start_desk (f, f->server->url, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Attempt attempt;

      wd_test_server_script (f->server, "/v1/session", cases[i].status, cases[i].body, NULL);
      if (cases[i].status == 0) /* libsoup itself tries a connection that was kept once more */
        wd_test_server_script (f->server, "/v1/session", 0, NULL, NULL);
      attempt = sign_in (f);
      g_assert_error (attempt.error, WD_UPLINK_ERROR, (int)cases[i].code);
      g_clear_error (&attempt.error);
      g_assert_null (attempt.token);
    }
  g_queue_clear (&f->server->script);
  good = sign_in (f);
  g_assert_cmpstr (good.token, ==, "secret");
  g_free (good.token);
  wd_test_until (is_live (f));
  g_assert_cmpint (wd_desk_get_actor (f->desk)->role, ==, WD_ROLE_DISPATCHER);
}

static void
test_second_server (Fixture *f, gconstpointer token)
{
  g_autofree char *servers = g_strdup_printf ("http://127.0.0.1:1, %s/", f->server->url);
  Attempt          attempt;

  start_desk (f, servers, NULL);
  attempt = sign_in (f);
  g_assert_no_error (attempt.error);
  g_free (attempt.token);
  wd_test_until (is_live (f));
  g_assert_cmpstr (wd_uplink_get_server (wd_desk_get_uplink (f->desk)), ==, f->server->url);
}

static void
test_time (Fixture *f, gconstpointer token)
{
  gint64 hello, first;

  g_assert_true (wd_time_from_text ("2026-11-24T08:00:00.000Z", &hello));
  f->server->hello = g_strdup (",\"speed\":1000");
  start_desk (f, f->server->url, "secret");
  wd_test_until (is_live (f));
  first = wd_desk_now (f->desk);
  g_assert_cmpint (first, >=, hello);
  wd_test_until (wd_desk_now (f->desk) > first + 30000); /* half a minute there in 30 ms here */
}

static void
test_presence (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f) && f->server->heard->len == 1);
  g_assert_nonnull (strstr (f->server->heard->pdata[0], "\"viewing\":null,\"sound\":true"));
  wd_uplink_set_presence (wd_desk_get_uplink (f->desk), g_get_monotonic_time (), ORDER_1, FALSE);
  wd_test_until (f->server->heard->len == 2);
  g_assert_nonnull (strstr (f->server->heard->pdata[1], "\"viewing\":\"" ORDER_1 "\",\"sound\":false"));
  g_assert_cmpint (wd_unit_item_get_manned (wd_desk_get_unit (f->desk, "east")), ==, WD_MANNED_OFFLINE);
  wd_test_server_say (f->server, "{\"presence\":[{\"unit\":\"east\",\"desk\":\"a\",\"state\":\"away\",\"viewing\":\"" ORDER_1 "\"},"
                                 "{\"unit\":\"east\",\"desk\":\"b\",\"state\":\"online\",\"viewing\":null}]}");
  wd_test_until (wd_unit_item_get_manned (wd_desk_get_unit (f->desk, "east")) == WD_MANNED_ONLINE);
  {
    g_auto (GStrv) viewers = wd_desk_list_viewers (f->desk, ORDER_1);

    g_assert_cmpuint (g_strv_length (viewers), ==, 1);
    g_assert_cmpstr (viewers[0], ==, "a");
  }
  wd_test_server_say (f->server, "{\"presence\":[{\"unit\":\"east\",\"desk\":\"b\",\"state\":\"offline\",\"viewing\":null}]}");
  wd_test_until (wd_unit_item_get_manned (wd_desk_get_unit (f->desk, "east")) == WD_MANNED_AWAY);
}

static void
asked_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);

  g_assert_true (root == NULL || JSON_NODE_HOLDS_OBJECT (root));
  *(int *)data = root != NULL ? -1 : error->code;
}

static int
ask (Fixture *f, const char *path)
{
  int answer = -2;

  wd_uplink_ask_async (wd_desk_get_uplink (f->desk), path, NULL, asked_cb, &answer);
  wd_test_until (answer != -2);
  return answer;
}

static void
test_ask (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f));
  wd_test_server_script (f->server, "/v1/places", 200, "{\"places\":[]}", NULL);
  g_assert_cmpint (ask (f, "/v1/places?q=x"), ==, -1);
  g_assert_cmpint (ask (f, "/v1/nothing"), ==, WD_UPLINK_ERROR_REFUSED);
  wd_test_server_script (f->server, "/v1/places", 200, "{\"places\":", NULL);
  g_assert_cmpint (ask (f, "/v1/places?q=x"), ==, WD_UPLINK_ERROR_BROKEN);
}

/* A desk that goes without closing must not wait for its server, nor leave anything behind. */
static void
test_dropped (Fixture *f, gconstpointer token)
{
  wd_test_until (is_live (f));
  note (f, ORDER_1, "x");
  g_assert_finalize_object (f->desk);
  f->desk = NULL;
  start_desk (f, f->server->url, NULL);
  g_assert_finalize_object (f->desk);
  f->desk = NULL;
}

#define ADD(path, token, test) g_test_add ("/faults/" path, Fixture, token, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("answers that are none are asked for again", NULL, test_bad_answers);
  ADD ("page by page", NULL, test_pages);
  ADD ("what is told is shown", "secret", test_live);
  ADD ("a gap is noticed", "secret", test_gap);
  ADD ("every close leads where it should", "secret", test_closes);
  ADD ("nonsense on the line is no end", "secret", test_bad_live);
  ADD ("another store, another copy", "secret", test_resync);
  ADD ("many at once", NULL, test_bulk);
  ADD ("a lost answer is asked for by the same command", "secret", test_lost_answer);
  ADD ("busy is not no", "secret", test_busy);
  ADD ("one command of an order at a time", "secret", test_chains);
  ADD ("one bad command does not stop the others", "secret", test_refused_as_a_whole);
  ADD ("signing in", NULL, test_sign_in);
  ADD ("the next server is tried", NULL, test_second_server);
  ADD ("the server's time goes on here", NULL, test_time);
  ADD ("who is there", "secret", test_presence);
  ADD ("questions", "secret", test_ask);
  ADD ("a desk may just go", "secret", test_dropped);
  return g_test_run ();
}
