/* wd-command-api.c — POST /v1/commands: the one way in (api §4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#include "wd-json.h"

#define COMMANDS_MOST 1000
#define AGREES_WITHIN_MS 5000

/* The envelope's list, or NULL with the problem set: only an unreadable envelope is a 400. */
static JsonArray *
read_envelope (JsonNode *root, WdReply *reply)
{
  JsonNode   *node = json_object_get_member (json_node_get_object (root), "commands");
  JsonArray  *commands = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *wrong = NULL;

  if (commands == NULL)
    wrong = "The envelope must hold a list `commands`.";
  else if (json_array_get_length (commands) > COMMANDS_MOST)
    wrong = "At most 1,000 commands go in one request.";
  if (wrong == NULL)
    return commands;
  wd_reply_set_problem (reply, WD_PROBLEM_BAD_REQUEST, wrong, "commands", NULL);
  return NULL;
}

/* What is no object has none of a command's members, and gets the answer of such a one. */
static WdEntry *
read_entry (const WdActor *actor, JsonNode *node, const GError *fault)
{
  g_autoptr (JsonObject) empty = json_object_new ();

  return wd_entry_new (actor, JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : empty, fault);
}

/* What was entered offline may be believed when anchor and elapsed agree with
 * `at` and the session heard nothing then (api §4, P2). */
static void
prove_time (WdService *service, const WdAsker *asker, WdCommand *command)
{
  gint64 anchor;

  if (command->at == 0 || command->anchor == NULL || command->elapsed == WD_INT_ABSENT)
    return;
  command->at_proved = wd_keys_check_time (service->keys, command->anchor, &anchor) &&
                       ABS (anchor + command->elapsed - command->at) <= AGREES_WITHIN_MS &&
                       wd_sessions_was_deaf (service->sessions, asker->session, command->at);
}

static void
answer_cb (GPtrArray *entries, const GError *error, gpointer data)
{
  WdReply *reply = data;

  if (error != NULL)
    wd_reply_set_error (reply, error);
  else
    {
      GString *json = g_string_new ("{\"results\":[");

      for (guint i = 0; i < entries->len; i++)
        {
          const WdEntry *entry = entries->pdata[i];

          if (i > 0)
            g_string_append_c (json, ',');
          g_string_append (json, entry->answer);
        }
      g_string_append (json, "]}");
      wd_reply_take_json (reply, g_string_free (json, FALSE));
    }
  wd_reply_send (reply);
}

void
wd_commands_post (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService             *service = data;
  WdAsker               *asker = wd_request_get_actor (request);
  g_autoptr (GHashTable) faults = NULL;
  g_autoptr (JsonNode)   root = wd_request_parse (request, reply, &faults);
  JsonArray             *commands = root != NULL ? read_envelope (root, reply) : NULL;
  WdReply               *deferred;
  GPtrArray             *entries;

  if (commands == NULL)
    return;

  entries = g_ptr_array_new_full (json_array_get_length (commands), (GDestroyNotify)wd_entry_free);
  for (guint i = 0; i < json_array_get_length (commands); i++)
    {
      WdEntry *entry = read_entry (asker->actor, json_array_get_element (commands, i), g_hash_table_lookup (faults, GUINT_TO_POINTER (i)));

      if (entry->command != NULL)
        prove_time (service, asker, entry->command);
      g_ptr_array_add (entries, entry);
    }

  deferred = wd_reply_defer (reply);
  if (!wd_writer_give (service->writer, entries, answer_cb, deferred))
    {
      wd_reply_set_problem (deferred, WD_PROBLEM_BUSY, NULL, NULL, NULL);
      wd_reply_set_header (deferred, "Retry-After", "1");
      wd_reply_send (deferred);
    }
}
