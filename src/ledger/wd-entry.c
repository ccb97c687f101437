/* wd-entry.c — what goes into a commit and what comes out of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-answers.h"
#include "wd-json.h"

/* The id under which even an unreadable command can be answered and kept. */
static char *
dup_id (JsonObject *object)
{
  JsonNode   *node = json_object_get_member (object, "id");
  const char *id;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  id = json_node_get_string (node);
  return g_uuid_string_is_valid (id) ? g_ascii_strdown (id, -1) : NULL;
}

/* Refused for @fault, but for its id first. */
static void
refuse_unread (WdEntry *entry, JsonObject *object, const GError *fault)
{
  g_autofree char *field = wd_rule_error_dup_field (fault);
  gboolean         of_id = g_strcmp0 (field, "id") == 0;

  entry->id = of_id ? NULL : dup_id (object);
  if (entry->id != NULL || of_id)
    entry->refused = g_error_copy (fault);
  else
    wd_rule_set_invalid (&entry->refused, "id", "a UUID has to stand here");
}

WdEntry *
wd_entry_new (const WdActor *actor, JsonObject *object, const GError *fault)
{
  WdEntry *entry = g_new0 (WdEntry, 1);

  entry->actor = wd_actor_copy (actor);
  if (fault != NULL)
    refuse_unread (entry, object, fault);
  else
    {
      entry->command = wd_command_from_json (object, &entry->refused);
      entry->id = entry->command != NULL ? g_strdup (entry->command->id) : dup_id (object);
    }
  entry->digest = wd_answers_digest (object, entry->id, fault);
  return entry;
}

void
wd_entry_free (WdEntry *entry)
{
  if (entry == NULL)
    return;
  wd_actor_free (entry->actor);
  wd_command_free (entry->command);
  g_clear_error (&entry->refused);
  g_free (entry->id);
  g_bytes_unref (entry->digest);
  g_free (entry->answer);
  g_free (entry);
}

void
wd_change_free (WdChange *change)
{
  g_free (change->id);
  g_bytes_unref (change->body);
  g_strfreev (change->readers);
  g_strfreev (change->left);
  g_free (change);
}

WdCommit *
wd_commit_new (gint64 since, gint64 seq)
{
  WdCommit *commit = g_new0 (WdCommit, 1);

  commit->since = since;
  commit->seq = seq;
  commit->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_change_free);
  return commit;
}

void
wd_commit_free (WdCommit *commit)
{
  if (commit == NULL)
    return;
  g_ptr_array_unref (commit->changes);
  g_free (commit);
}
