/* wd-users.c — who may sign in: staff and their passwords together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-users.h"

#include "wd-credentials.h"
#include "wd-json.h"
#include "wd-password.h"
#include "wd-writing.h"

/* clang-format off */
static const WdStatement list_staff = { "users-list",
  "SELECT o.body, o.inside, c.hash FROM objects o LEFT JOIN credentials c ON c.staff = o.id WHERE o.kind = 'staff' ORDER BY o.code" };
static const WdStatement drop_sessions = { "users-drop-sessions", "DELETE FROM sessions WHERE staff = $1" };
/* clang-format on */

typedef struct
{
  const WdHost *host;
  const char   *name;
  GVariant     *members; /* of put-staff; NULL: disable who is there */
  const char   *hash;    /* (nullable) */
  gboolean      once;
  char         *staff; /* (out): whose password it is */
} Job;

/* What was given, and of @before, if he was there, what was not. */
static GVariant *
filled_members (GVariant *given, const WdStaff *before)
{
  GVariantDict members;
  const char  *display = before != NULL && before->display != NULL ? before->display : wd_members_text (given, "name");
  const char  *role = wd_members_text (given, "role");

  g_variant_dict_init (&members, given);
  if (!g_variant_dict_contains (&members, "display"))
    g_variant_dict_insert (&members, "display", "s", display);
  if (!g_variant_dict_contains (&members, "unit") && before != NULL && before->unit != NULL &&
      g_str_equal (role, wd_enum_nick (WD_TYPE_ROLE, before->role)))
    g_variant_dict_insert (&members, "unit", "s", before->unit);
  if (!g_variant_dict_contains (&members, "unit"))
    g_variant_dict_insert (&members, "unit", "mv", NULL);
  return g_variant_dict_end (&members);
}

/* The staff member as he is, but disabled. */
static GVariant *
disabled_members (const WdStaff *staff)
{
  GVariantDict members;

  g_variant_dict_init (&members, NULL);
  g_variant_dict_insert (&members, "name", "s", staff->name);
  g_variant_dict_insert (&members, "role", "s", wd_enum_nick (WD_TYPE_ROLE, staff->role));
  if (staff->display != NULL)
    g_variant_dict_insert (&members, "display", "s", staff->display);
  if (staff->unit != NULL)
    g_variant_dict_insert (&members, "unit", "s", staff->unit);
  g_variant_dict_insert (&members, "disabled", "b", TRUE);
  return g_variant_dict_end (&members);
}

static gboolean
put_staff (WdWriting *writing, Job *job, GVariant *members, GError **error)
{
  g_autoptr (WdActor)   server = wd_actor_new (NULL, NULL, WD_ROLE_NONE, NULL);
  g_autofree char      *id = g_uuid_string_random ();
  g_autoptr (WdCommand) command = wd_command_new (id, WD_VERB_PUT_STAFF, NULL, members);
  g_autoptr (GPtrArray) events = wd_writing_decide (writing, server, command, error);
  WdEvent              *event;

  if (events == NULL)
    return FALSE;
  event = events->pdata[0];
  if (!wd_writing_add (writing, event, error))
    return FALSE;
  if (job->hash == NULL)
    return TRUE;
  job->staff = g_strdup (event->object);
  return wd_credentials_put (writing->ledger->store, event->object, job->hash, job->once, writing->now, error) &&
         wd_store_exec (writing->ledger->store, &drop_sessions, error, "t", event->object);
}

static gboolean
write_user (WdWriting *writing, Job *job, GError **error)
{
  const WdWorld *world = &writing->outlook.world;
  const WdStaff *staff;

  if (!wd_writing_start (writing, error))
    return FALSE;
  staff = world->find_staff_named (world->data, job->name);
  if (job->members != NULL)
    return put_staff (writing, job, filled_members (job->members, staff), error);
  if (staff != NULL)
    return staff->disabled || put_staff (writing, job, disabled_members (staff), error);
  g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_NOT_FOUND, "there is nobody of that name");
  return FALSE;
}

static gboolean
run_job (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Job                 *job = data;
  WdWriting           *writing = wd_writing_begin (ledger, now, error);
  g_autoptr (WdCommit) commit = NULL;

  if (writing == NULL)
    return FALSE;
  if (write_user (writing, job, error))
    commit = wd_writing_finish (writing, NULL, error);
  else
    wd_writing_abort (writing);
  if (commit == NULL)
    return FALSE;
  /* Before the rest is heard of, so that what it does to sessions finds none. */
  if (job->staff != NULL && job->host->sign_out != NULL)
    job->host->sign_out (job->staff, job->host->owner);
  if (commit->seq > commit->since)
    job->host->publish (g_steal_pointer (&commit), job->host->owner);
  return TRUE;
}

static JsonObject *
members_of (const WdNewUser *user)
{
  g_autofree char *id = g_uuid_string_random ();
  JsonObject      *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "do", wd_verb_info (WD_VERB_PUT_STAFF)->name);
  json_object_set_string_member (object, "name", user->name);
  json_object_set_string_member (object, "role", user->role);
  if (user->display != NULL)
    json_object_set_string_member (object, "display", user->display);
  if (user->unit != NULL)
    json_object_set_string_member (object, "unit", user->unit);
  json_object_set_boolean_member (object, "disabled", FALSE);
  return object;
}

gboolean
wd_user_put (const WdHost *host, const WdNewUser *user, GError **error)
{
  g_autoptr (JsonObject) object = members_of (user);
  g_autoptr (WdCommand)  command = wd_command_from_json (object, error);
  g_autofree char       *hash = command != NULL ? wd_password_hash (user->password, error) : NULL;

  Job      job = { host, user->name, command != NULL ? command->members : NULL, hash, user->once };
  gboolean done = hash != NULL && wd_host_try (host, run_job, &job, error);

  g_free (job.staff);
  return done;
}

gboolean
wd_user_disable (const WdHost *host, const char *name, GError **error)
{
  return wd_host_try (host, run_job, &(Job){ host, name }, error);
}

static void
append_user (GString *line, const WdStaff *staff, gboolean password)
{
  g_string_append (line, "{\"user\":{\"name\":");
  wd_json_append_text (line, staff->name);
  g_string_append (line, ",\"display\":");
  wd_json_append_text (line, staff->display);
  g_string_append (line, ",\"role\":");
  wd_json_append_text (line, wd_enum_nick (WD_TYPE_ROLE, staff->role));
  g_string_append (line, ",\"unit\":");
  wd_json_append_text (line, staff->unit);
  g_string_append_printf (line, ",\"disabled\":%s,\"password\":%s}}\n", staff->disabled ? "true" : "false", password ? "true" : "false");
}

gboolean
wd_user_list (const WdHost *host, GError **error)
{
  g_autoptr (WdStore) store = wd_store_open (host->url, WD_STORE_READ, error);
  g_autoptr (WdRows)  rows = store != NULL ? wd_store_query (store, &list_staff, error, "") : NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      g_autoptr (WdStaff) staff = wd_record_from_texts (&wd_staff_type, wd_rows_text (rows, i, 0, NULL), wd_rows_text (rows, i, 1, NULL), error);
      g_autoptr (GString) line = g_string_new (NULL);

      if (staff == NULL)
        return FALSE;
      append_user (line, staff, !wd_rows_is_null (rows, i, 2));
      host->say (line->str, line->len, host->owner);
    }
  return TRUE;
}
