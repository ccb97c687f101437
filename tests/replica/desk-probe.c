/* desk-probe.c — a desk without a window, for tests that play with several processes
 *
 *   desk-probe SERVERS USER FOLDER [TOKEN]
 *
 * Takes a line of JSON at a time on standard input, tells a line of JSON for all that happens on standard output:
 *   {"sign_in":PASSWORD} {"give":COMMAND,"hold":MS} {"undo":ID} {"settle":ID,"go_on":BOOL} {"caller":ORDER} {"dump":N} {"close":SIGN_OUT}
 * A command without an id gets one, which {"given":ID} tells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk.h"
#include "wd-json.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <unistd.h>

static GMainLoop *loop;

static void
say (const char *event, const char *text)
{
  g_autoptr (GString) line = g_string_new ("{");

  wd_json_append_text (line, event);
  g_string_append_c (line, ':');
  wd_json_append_text (line, text);
  g_string_append (line, "}\n");
  fputs (line->str, stdout);
  fflush (stdout);
}

static void
state_cb (WdUplink *uplink, GParamSpec *pspec, WdDesk *desk)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (WD_TYPE_UPLINK_STATE);

  say ("state", g_enum_get_value (states, (int)wd_uplink_get_state (uplink))->value_nick);
}

static void
token_cb (WdUplink *uplink, GParamSpec *pspec, WdDesk *desk)
{
  say ("token", wd_uplink_get_token (uplink));
}

static void
loaded_cb (WdDesk *desk)
{
  g_autofree char *n = g_strdup_printf ("%u", wd_desk_get_n_orders (desk));

  say ("loaded", n);
}

static void
text_cb (WdDesk *desk, const char *text, const char *event)
{
  say (event, text);
}

static void
refused_cb (WdDesk *desk, const WdRefusal *refusal)
{
  g_autofree char *place = wd_point_is_set (&refusal->at) ? g_strdup_printf (" at %.5f %.5f", refusal->at.lon, refusal->at.lat) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s %s %s%s", refusal->command->id, refusal->code, refusal->current != NULL ? "current" : "-", place);

  say ("refused", text);
}

static void
dump_order (WdOrderItem *item, gpointer data)
{
  GString       *line = data;
  const WdOrder *order = wd_order_item_get_order (item);

  if (line->str[line->len - 1] != '{')
    g_string_append_c (line, ',');
  wd_json_append_text (line, order->id);
  g_string_append_printf (line, ":{\"state\":\"%s\",\"version\":%" G_GINT64_FORMAT ",\"unconfirmed\":%s,\"stopped\":%s,\"unit\":",
                          wd_enum_nick (WD_TYPE_ORDER_STATE, order->state), order->version,
                          wd_order_item_is_unconfirmed (item) ? "true" : "false", wd_order_item_is_stopped (item) ? "true" : "false");
  wd_json_append_text (line, order->unit);
  g_string_append (line, ",\"number\":");
  wd_json_append_text (line, order->number);
  g_string_append (line, ",\"text\":");
  wd_json_append_text (line, order->text);
  g_string_append_printf (line, ",\"delivered\":%s}", order->delivery != NULL && order->delivery->delivered != 0 ? "true" : "false");
}

static void
dump_areas (WdDesk *desk, GString *line)
{
  GListModel *areas = wd_desk_get_areas (desk);

  for (guint i = 0; i < g_list_model_get_n_items (areas); i++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);
      g_autoptr (GPtrArray)  inside = wd_desk_list_orders_inside (desk, wd_area_item_get_area (item));

      g_string_append_printf (line, "%s{\"id\":\"%s\",\"number\":", i > 0 ? "," : "", wd_area_item_get_id (item));
      wd_json_append_text (line, wd_area_item_get_number (item));
      g_string_append_printf (line, ",\"open\":%s,\"draft\":%s,\"unconfirmed\":%s,\"inside\":%u,\"begins\":%" G_GINT64_FORMAT "}", wd_area_item_is_open (item) ? "true" : "false",
                              wd_area_item_is_draft (item) ? "true" : "false", wd_area_item_is_unconfirmed (item) ? "true" : "false", inside->len, wd_area_item_get_start (item));
    }
}

static void
dump (WdDesk *desk, gint64 n)
{
  g_autoptr (GString) line = g_string_new (NULL);
  GListModel         *units = wd_desk_get_units (desk);
  guint               waiting, stopped;

  g_object_get (desk, "waiting", &waiting, "stopped", &stopped, NULL);
  g_string_append_printf (line, "{\"dump\":%" G_GINT64_FORMAT ",\"waiting\":%u,\"stopped\":%u,\"now\":", n, waiting, stopped);
  wd_json_append_time (line, wd_desk_now (desk));
  g_string_append (line, ",\"units\":{");
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) unit = g_list_model_get_item (units, i);

      g_string_append_printf (line, "%s\"%s\":[%u,%u,%d]", i > 0 ? "," : "", wd_unit_item_get_code (unit),
                              wd_unit_item_get_n_to_accept (unit), wd_unit_item_get_n_in_hand (unit), wd_unit_item_get_manned (unit));
    }
  g_string_append (line, "},\"orders\":{");
  wd_desk_foreach_order (desk, dump_order, line);
  g_string_append (line, "},\"areas\":[");
  dump_areas (desk, line);
  g_string_append (line, "]}\n");
  fputs (line->str, stdout);
  fflush (stdout);
}

static void
signed_in_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (wd_uplink_sign_in_finish (WD_UPLINK (uplink), result, &error))
    say ("signed-in", NULL);
  else
    say ("not-signed-in", error->message);
}

static void
caller_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);
  g_autofree char     *text = root != NULL ? json_to_string (root, FALSE) : NULL;

  say (root != NULL ? "caller" : "no-caller", root != NULL ? text : error->message);
}

static void
ask_caller (WdDesk *desk, const char *order)
{
  wd_uplink_find_caller_async (wd_desk_get_uplink (desk), order, NULL, caller_cb, NULL);
}

static void
closed_cb (GObject *desk, GAsyncResult *result, gpointer data)
{
  say ("closed", NULL);
  g_main_loop_quit (loop);
}

/* One without an id gets one. */
static WdCommand *
read_command (JsonObject *object, GError **error)
{
  if (!json_object_has_member (object, "id"))
    {
      g_autofree char *id = wd_desk_new_id ();

      json_object_set_string_member (object, "id", id);
    }
  return wd_command_from_json (object, error);
}

static void
give (WdDesk *desk, JsonObject *object, gint64 hold)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (WdCommand) command = read_command (object, &error);

  if (command != NULL && wd_desk_give (desk, command, hold, &error))
    say ("given", command->id);
  else
    say ("not-given", error->message);
}

static void
replace (WdDesk *desk, const char *refused, JsonArray *array)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (commands, read_command (json_array_get_object_element (array, i), NULL));
  if (wd_desk_replace (desk, refused, commands, &error))
    say ("replaced", refused);
  else
    say ("not-replaced", error->message);
}

static void
undo (WdDesk *desk, const char *command)
{
  g_autoptr (GPtrArray) undone = wd_desk_undo (desk, (const char *[]){ command, NULL });

  say (undone->len > 0 ? "undone" : "not-undone", NULL);
}

static void
obey (WdDesk *desk, JsonObject *line)
{
  if (json_object_has_member (line, "sign_in"))
    wd_uplink_sign_in_async (wd_desk_get_uplink (desk), json_object_get_string_member (line, "sign_in"), NULL, signed_in_cb, NULL);
  else if (json_object_has_member (line, "give"))
    give (desk, json_object_get_object_member (line, "give"), json_object_get_int_member_with_default (line, "hold", 0));
  else if (json_object_has_member (line, "undo"))
    undo (desk, json_object_get_string_member (line, "undo"));
  else if (json_object_has_member (line, "replace"))
    replace (desk, json_object_get_string_member (line, "replace"), json_object_get_array_member (line, "by"));
  else if (json_object_has_member (line, "settle"))
    wd_desk_settle (desk, json_object_get_string_member (line, "settle"), json_object_get_boolean_member (line, "go_on"));
  else if (json_object_has_member (line, "caller"))
    ask_caller (desk, json_object_get_string_member (line, "caller"));
  else if (json_object_has_member (line, "dump"))
    dump (desk, json_object_get_int_member (line, "dump"));
  else if (json_object_has_member (line, "close"))
    wd_desk_close_async (desk, json_object_get_boolean_member (line, "close"), closed_cb, NULL);
}

static void
line_cb (GObject *stream, GAsyncResult *result, gpointer desk)
{
  g_autofree char     *text = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (stream), result, NULL, NULL);
  g_autoptr (JsonNode) root = text != NULL ? wd_json_parse (text, -1, NULL) : NULL;

  if (text == NULL)
    {
      g_main_loop_quit (loop);
      return;
    }
  if (root != NULL)
    obey (desk, json_node_get_object (root));
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (stream), G_PRIORITY_DEFAULT, NULL, line_cb, desk);
}

int
main (int argc, char **argv)
{
  static const char *const     events[] = { "order-added", "order-changed", "order-removed", "answered", "undo-missed", "set-aside", "failed" };
  g_autoptr (WdDesk)           desk = NULL;
  g_autoptr (GInputStream)     input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);

  g_return_val_if_fail (argc >= 4, 2);
  loop = g_main_loop_new (NULL, FALSE);
  desk = wd_desk_new (argv[1], argv[2], argv[3], argc > 4 ? argv[4] : NULL);
  g_signal_connect (wd_desk_get_uplink (desk), "notify::state", G_CALLBACK (state_cb), desk);
  g_signal_connect (wd_desk_get_uplink (desk), "notify::token", G_CALLBACK (token_cb), desk);
  g_signal_connect (desk, "loaded", G_CALLBACK (loaded_cb), NULL);
  g_signal_connect (desk, "refused", G_CALLBACK (refused_cb), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    g_signal_connect (desk, events[i], G_CALLBACK (text_cb), (gpointer)events[i]);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, desk);
  g_main_loop_run (loop);
  g_main_loop_unref (loop);
  return 0;
}
