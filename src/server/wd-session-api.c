/* wd-session-api.c — POST, GET and DELETE /v1/session (api §3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#include "wd-json.h"

/* A member that must be text; sets the problem where it is not. */
static const char *
text_member (JsonObject *object, const char *name, WdReply *reply)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      g_utf8_strlen (json_node_get_string (node), -1) <= 1024)
    return json_node_get_string (node);
  wd_reply_set_problem (reply, WD_PROBLEM_INVALID, "It must be a text.", name, NULL);
  return NULL;
}

void
wd_session_post (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService           *service = data;
  g_autoptr (JsonNode) root = wd_request_parse (request, reply, NULL);
  const char          *user, *password;

  if (root == NULL || (user = text_member (json_node_get_object (root), "user", reply)) == NULL ||
      (password = text_member (json_node_get_object (root), "password", reply)) == NULL)
    return;
  wd_sign_in_try (service->sign_in, request, reply, user, password);
}

void
wd_session_get (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService     *service = data;
  WdAsker       *asker = wd_request_get_actor (request);
  const WdActor *actor = asker->actor;
  GString       *json = g_string_new (NULL);

  /* The user, and the same once more as POST showed it. */
  wd_actor_append_json (json, actor);
  g_string_truncate (json, json->len - 1);
  g_string_append (json, ",\"user\":");
  wd_actor_append_json (json, actor);
  g_string_append (json, ",\"expires\":");
  wd_json_append_time (json, wd_sessions_expires (service->sessions, asker->session));
  g_string_append_c (json, '}');
  wd_reply_take_json (reply, g_string_free (json, FALSE));
}

static void
ended (const GError *error, gpointer data)
{
  WdReply *reply = data;

  if (error != NULL)
    wd_reply_set_error (reply, error);
  else
    wd_reply_set_status (reply, 204);
  wd_reply_send (reply);
}

void
wd_session_delete (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService *service = data;
  WdAsker   *asker = wd_request_get_actor (request);
  gboolean   all = g_strcmp0 (wd_request_get_query (request, "all"), "1") == 0;

  wd_sessions_end (service->sessions, asker->session, all, ended, wd_reply_defer (reply));
  wd_live_check_sessions (service->live);
}
