/* test-uplink.c — signing in, time, presence and questions, with a server that fails now and then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fault-desk.h"
#include "wd-outbox.h"

#include "wd-json.h"
#include "wd-news.h"

#include <string.h>

typedef struct
{
  gboolean done;
  gboolean admitted;
  GError  *error;
} Attempt;

static void
signed_in_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  Attempt *attempt = data;

  attempt->admitted = wd_uplink_sign_in_finish (WD_UPLINK (uplink), result, &attempt->error);
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

  faults_start_desk (f, f->server->url, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Attempt attempt;

      wd_test_server_script (f->server, "/v1/session", cases[i].status, cases[i].body, NULL);
      if (cases[i].status == 0) /* libsoup itself tries a connection that was kept once more */
        wd_test_server_script (f->server, "/v1/session", 0, NULL, NULL);
      attempt = sign_in (f);
      g_assert_error (attempt.error, WD_UPLINK_ERROR, (int)cases[i].code);
      g_clear_error (&attempt.error);
      g_assert_false (attempt.admitted);
      g_assert_false (wd_uplink_is_admitted (wd_desk_get_uplink (f->desk)));
    }
  wd_test_server_forget (f->server);
  good = sign_in (f);
  g_assert_true (good.admitted);
  wd_test_until (faults_is_live (f));
  g_assert_cmpstr (wd_uplink_get_token (wd_desk_get_uplink (f->desk)), ==, "secret");
  g_assert_cmpint (wd_desk_get_actor (f->desk)->role, ==, WD_ROLE_DISPATCHER);
}

static void
test_second_server (Fixture *f, gconstpointer token)
{
  g_autofree char *servers = g_strdup_printf ("http://127.0.0.1:1, %s/", f->server->url);
  Attempt          attempt;

  faults_start_desk (f, servers, NULL);
  attempt = sign_in (f);
  g_assert_no_error (attempt.error);
  wd_test_until (faults_is_live (f));
  g_assert_cmpstr (wd_uplink_get_server (wd_desk_get_uplink (f->desk)), ==, f->server->url);
}

static void
test_time (Fixture *f, gconstpointer token)
{
  gint64 hello, first;

  g_assert_true (wd_time_from_text ("2026-11-24T08:00:00.000Z", &hello));
  f->server->hello = g_strdup (",\"speed\":1000");
  faults_start_desk (f, f->server->url, "secret");
  wd_test_until (faults_is_live (f));
  first = wd_desk_now (f->desk);
  g_assert_cmpint (first, >=, hello);
  wd_test_until (wd_desk_now (f->desk) > first + 30000); /* half a minute there in 30 ms here */
}

static void
lost_cb (WdUplink *uplink, GParamSpec *pspec, GArray *seen)
{
  gint64 since = wd_uplink_get_offline_since (uplink);

  g_array_append_val (seen, since);
}

/* By the server's clock, from its last word on, until it is live again: an answer in between is no link yet. */
static void
test_since (Fixture *f, gconstpointer token)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (gint64));
  WdUplink          *uplink = wd_desk_get_uplink (f->desk);
  gint64             hello, since, last;

  g_assert_true (wd_time_from_text ("2026-11-24T08:00:00.000Z", &hello));
  wd_test_until (faults_is_live (f));
  g_assert_cmpint (wd_uplink_get_offline_since (uplink), ==, 0);
  f->server->mute = TRUE;
  wd_test_server_hang_up (f->server, 1011);
  wd_test_until (wd_uplink_get_state (uplink) == WD_UPLINK_OFFLINE);
  since = wd_uplink_get_offline_since (uplink);
  g_assert_cmpint (since, >=, hello);
  g_assert_cmpint (since, <, hello + 3600000);
  g_signal_connect (uplink, "notify::state", G_CALLBACK (lost_cb), seen);
  wd_test_until (wd_test_server_count (f->server, "GET /v1/live?since=") == 4);
  g_assert_cmpuint (seen->len, >, 2);
  for (guint i = 0; i < seen->len; i++)
    g_assert_cmpint (g_array_index (seen, gint64, i), ==, since);
  f->server->mute = FALSE;
  wd_test_until (faults_is_live (f));
  last = g_array_index (seen, gint64, seen->len - 1);
  g_assert_cmpint (last, ==, 0);
  g_signal_handlers_disconnect_by_data (uplink, seen);
}

static void
progress_cb (WdUplink *uplink, GParamSpec *pspec, gboolean *seen)
{
  gint64 done, total;

  g_object_get (uplink, "done", &done, "total", &total, NULL);
  *seen = *seen || (wd_uplink_get_state (uplink) == WD_UPLINK_CATCHING_UP && done == 1 && total == 4);
}

/* A first copy says how far it is. */
static void
test_progress (Fixture *f, gconstpointer token)
{
  gboolean seen = FALSE;

  f->server->page = 1;
  faults_start_desk (f, f->server->url, "secret");
  g_signal_connect (wd_desk_get_uplink (f->desk), "notify::done", G_CALLBACK (progress_cb), &seen);
  wd_test_until (faults_is_live (f));
  g_assert_true (seen);
}

static void
test_presence (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f) && f->server->heard->len == 1);
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

/* To a unit the server names desks, not their users: another computer of the same name is not this one. */
static void
test_namesake (Fixture *f, gconstpointer token)
{
  g_autoptr (JsonNode) said = NULL;
  g_autofree char     *presence = NULL;
  const char          *own;

  g_free (f->server->user);
  f->server->user = g_strdup ("{\"id\":\"0190a5c8-7b1e-7c3a-9f00-000000000002\",\"name\":\"east\",\"role\":\"unit\",\"unit\":\"east\"}");
  faults_start_desk (f, f->server->url, "secret");
  wd_test_until (faults_is_live (f) && f->server->heard->len > 0);
  said = wd_json_parse (f->server->heard->pdata[0], -1, NULL);
  own = json_object_get_string_member (json_object_get_object_member (json_node_get_object (said), "presence"), "desk");
  g_assert_true (g_str_has_prefix (own, g_get_host_name ()));
  presence = g_strdup_printf ("{\"presence\":[{\"unit\":\"east\",\"desk\":\"%s\",\"state\":\"online\",\"viewing\":null},"
                              "{\"unit\":\"east\",\"desk\":\"%s#0a0a0a0a\",\"state\":\"online\",\"viewing\":\"" ORDER_1 "\"}]}",
                              own, g_get_host_name ());
  wd_test_server_say (f->server, presence);
  wd_test_until (wd_unit_item_get_manned (wd_desk_get_unit (f->desk, "east")) == WD_MANNED_ONLINE);
  {
    g_auto (GStrv) present = wd_desk_list_present (f->desk);
    g_auto (GStrv) viewers = wd_desk_list_viewers (f->desk, ORDER_1);

    g_assert_cmpuint (g_strv_length (present), ==, 1);
    g_assert_cmpstr (present[0], ==, g_get_host_name ());
    g_assert_cmpuint (g_strv_length (viewers), ==, 1);
  }
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
  wd_test_until (faults_is_live (f));
  wd_test_server_script (f->server, "/v1/places", 200, "{\"places\":[]}", NULL);
  g_assert_cmpint (ask (f, "/v1/places?q=x"), ==, -1);
  g_assert_cmpint (ask (f, "/v1/nothing"), ==, WD_UPLINK_ERROR_REFUSED);
  wd_test_server_script (f->server, "/v1/places", 200, "{\"places\":", NULL);
  g_assert_cmpint (ask (f, "/v1/places?q=x"), ==, WD_UPLINK_ERROR_BROKEN);
}

static char *
give (Fixture *f, WdVerb verb, const char *members, gint64 hold)
{
  g_autoptr (WdCommand) command = wd_desk_command (verb, ORDER_1, g_variant_new_parsed (members));
  g_autoptr (GError)    error = NULL;

  wd_desk_give (f->desk, command, hold, &error);
  g_assert_no_error (error);
  return g_strdup (command->id);
}

/* Nobody may see the order between its recall and its dispatch (api §4). */
static void
test_redirect (Fixture *f, gconstpointer token)
{
  const char *asked;

  g_autofree char *first = NULL, *recall = NULL, *dispatch = NULL;

  wd_test_until (faults_is_live (f));
  first = give (f, WD_VERB_DISPATCH, "{'unit': <'east'>}", 0);
  wd_test_until (f->server->commands->len == 1);
  recall = give (f, WD_VERB_RECALL, "@a{sv} {}", 300);
  dispatch = give (f, WD_VERB_DISPATCH, "{'unit': <'east'>}", 400);
  wd_test_until (f->server->commands->len == 2);
  asked = f->server->commands->pdata[1];
  g_assert_nonnull (strstr (asked, "\"recall\""));
  g_assert_nonnull (strstr (strstr (asked, "\"recall\""), "\"dispatch\""));
}

/* Each can be taken back for as long as it was promised, though the recall was given before. */
static void
test_dispatch_after_recall (Fixture *f, gconstpointer token)
{
  g_autofree char      *first = NULL, *recall = NULL, *dispatch = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  gint64                over;

  wd_test_until (faults_is_live (f));
  first = give (f, WD_VERB_DISPATCH, "{'unit': <'east'>}", 0);
  wd_test_until (f->server->commands->len == 1);
  over = wd_boot_clock () + 300;
  recall = give (f, WD_VERB_RECALL, "@a{sv} {}", 300);
  dispatch = give (f, WD_VERB_DISPATCH, "{'unit': <'east'>}", 60000);
  wd_test_until (wd_boot_clock () > over + 300);
  g_assert_cmpuint (f->server->commands->len, ==, 1);
  undone = wd_desk_undo (f->desk, (const char *[]){ dispatch, NULL });
  g_assert_cmpuint (undone->len, ==, 1);
}

/* A desk that goes without closing must not wait for its server, nor leave anything behind. */
static void
test_dropped (Fixture *f, gconstpointer token)
{
  wd_test_until (faults_is_live (f));
  faults_note (f, ORDER_1, "x");
  g_assert_finalize_object (f->desk);
  f->desk = NULL;
  faults_start_desk (f, f->server->url, NULL);
  g_assert_finalize_object (f->desk);
  f->desk = NULL;
}

static gboolean
close_cb (gpointer outbox)
{
  wd_outbox_close (outbox);
  return G_SOURCE_REMOVE;
}

/* Nobody waits for the thread of a desk that goes: the next on the same files does, on its own thread. */
static void
test_leaving (Fixture *f, gconstpointer token)
{
  g_autofree char *path = g_build_filename (f->folder, "outbox.sqlite", NULL);

  g_timeout_add (300, close_cb, wd_outbox_open (path, NULL));
  faults_start_desk (f, f->server->url, "secret");
  wd_test_until (faults_is_live (f));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FAULTS_ADD ("/uplink/signing in", NULL, test_sign_in);
  FAULTS_ADD ("/uplink/the next server is tried", NULL, test_second_server);
  FAULTS_ADD ("/uplink/the server's time goes on here", NULL, test_time);
  FAULTS_ADD ("/uplink/since when there is no link", "secret", test_since);
  FAULTS_ADD ("/uplink/a first copy says how far it is", NULL, test_progress);
  FAULTS_ADD ("/uplink/who is there", "secret", test_presence);
  FAULTS_ADD ("/uplink/another computer of the same name", NULL, test_namesake);
  FAULTS_ADD ("/uplink/questions", "secret", test_ask);
  FAULTS_ADD ("/uplink/a redirect is one request", "secret", test_redirect);
  FAULTS_ADD ("/uplink/a dispatch after a recall", "secret", test_dispatch_after_recall);
  FAULTS_ADD ("/uplink/a desk may just go", "secret", test_dropped);
  FAULTS_ADD ("/uplink/files that another is about to leave", NULL, test_leaving);
  return g_test_run ();
}
