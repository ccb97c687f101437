/* fault-desk.c — sets up the desk and its server, and takes them down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fault-desk.h"

#include "wd-json.h"

#include <glib/gstdio.h>

#define UNIT "0190a5c8-7b1e-7c3a-9f00-00000000bbb1"
#define POLICY "0190a5c8-7b1e-7c3a-9f00-00000000ccc1"

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

void
faults_put_order (Fixture *f, const char *id, const char *text)
{
  g_autofree char *body = order_body (id, text);

  wd_test_server_put (f->server, "order", id, body);
}

void
faults_put_dispatched (Fixture *f, const char *id, const char *unit)
{
  g_autoptr (WdOrder) order = wd_order_new ();
  g_autoptr (GString) body = g_string_new (NULL);

  order->id = g_strdup (id);
  order->state = WD_STATE_DISPATCHED;
  order->unit = g_strdup (unit);
  order->text = g_strdup ("dispatched");
  order->delivery = wd_record_new (&wd_delivery_type);
  order->version = 2;
  order->policy = 1;
  wd_record_append_json (body, &wd_order_type, order, WD_JSON_BODY);
  wd_test_server_put (f->server, "order", id, body->str);
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
  faults_put_order (f, ORDER_1, "one");
  faults_put_order (f, ORDER_2, "two");
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

void
faults_start_desk (Fixture *f, const char *servers, const char *token)
{
  f->desk = wd_desk_new (servers, "dispatcher", f->folder, token);
  g_signal_connect (f->desk, "reset", G_CALLBACK (count_cb), &f->resets);
  g_signal_connect (f->desk, "refused", G_CALLBACK (count_text_cb), &f->refused);
  g_signal_connect (f->desk, "answered", G_CALLBACK (count_text_cb), &f->answered);
}

void
faults_setup (Fixture *f, gconstpointer token)
{
  f->server = wd_test_server_new ();
  f->folder = g_dir_make_tmp ("waterdesk-faults-XXXXXX", NULL);
  put_house (f);
  if (token != NULL)
    faults_start_desk (f, f->server->url, token);
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

void
faults_teardown (Fixture *f, gconstpointer token)
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

gboolean
faults_is_live (Fixture *f)
{
  return wd_uplink_get_state (wd_desk_get_uplink (f->desk)) == WD_UPLINK_LIVE && f->server->sockets->len == 1;
}

const char *
faults_text_of (Fixture *f, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (f->desk, id);

  return item != NULL ? wd_order_item_get_order (item)->text : NULL;
}

void
faults_note (Fixture *f, const char *id, const char *text)
{
  g_autoptr (WdCommand) command = wd_desk_command (WD_VERB_NOTE, id, g_variant_new_parsed ("{'text': <%s>}", text));
  g_autoptr (GError)    error = NULL;

  wd_desk_give (f->desk, command, 0, &error);
  g_assert_no_error (error);
}

guint
faults_waiting (Fixture *f)
{
  guint n;

  g_object_get (f->desk, "waiting", &n, NULL);
  return n;
}
