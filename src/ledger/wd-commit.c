/* wd-commit.c — a batch of commands as one transaction
 *
 * Each command is decided on the state that those before it left.  What is
 * refused is answered and kept like what is done.  When a statement of one
 * command fails, nothing was kept: the whole batch is decided anew without that command,
 * which is told to try again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-answers.h"
#include "wd-json.h"

#include <string.h>

typedef struct
{
  WdLedger   *ledger;
  GPtrArray  *entries;
  gint64      now;
  gboolean   *taken_out;
  GPtrArray  *answers; /* of each entry */
  WdWriting  *writing;
  guint      *places; /* of the answers asked for */
  GHashTable *first;  /* id -> place of the entry that came with it first, + 1 */
} Batch;

/* --- before -------------------------------------------------------------- */

static gboolean
has_private_members (const WdVerbInfo *info)
{
  for (const WdMember *member = info->members; member->name != NULL; member++)
    if (member->flags & WD_MEMBER_PRIVATE)
      return TRUE;
  return FALSE;
}

static void
ask (Batch *batch, guint i)
{
  const WdEntry *entry = batch->entries->pdata[i];
  const char    *to;

  if (entry->id == NULL)
    return;
  batch->places[i] = wd_answers_ask (batch->writing, entry->id);
  if (entry->command == NULL)
    return;
  wd_writing_ask (batch->writing, entry->id, FALSE);
  if (entry->command->object != NULL)
    wd_writing_ask (batch->writing, entry->command->object, has_private_members (wd_verb_info (entry->command->verb)));
  to = wd_members_text (entry->command->members, "to");
  if (to != NULL)
    wd_writing_ask (batch->writing, to, FALSE);
}

/* --- one command --------------------------------------------------------- */

/* The sender as the store knows him now.  Returns: (transfer full): NULL when he may do nothing any more. */
static WdActor *
freshen (Batch *batch, const WdActor *actor, GError **error)
{
  WdHeld        *held;
  const WdStaff *staff;

  if (actor->id == NULL)
    return wd_actor_copy (actor);
  held = wd_overlay_hold (batch->ledger->overlay, actor->id, error);
  if (held == NULL)
    return NULL;
  staff = held->record;
  if (staff == NULL || held->kind != WD_OBJECT_STAFF || staff->disabled)
    {
      g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_FORBIDDEN, "the account is closed");
      return NULL;
    }
  return wd_actor_new (staff->id, staff->name, staff->role, staff->unit);
}

/* What is made anew may not take the id of a thing of another kind. */
static gboolean
check_id (Batch *batch, const WdCommand *command, GError **error)
{
  const WdVerbInfo *info = wd_verb_info (command->verb);
  const WdHeld     *held;

  if ((info->flags & (WD_VERB_CREATES | WD_VERB_UPSERT)) == 0)
    return TRUE;
  held = wd_overlay_hold (batch->ledger->overlay, command->id, error);
  if (held == NULL)
    return FALSE;
  if (held->record == NULL || held->kind == info->kind)
    return TRUE;
  wd_rule_set_invalid (error, "id", "something else has it");
  return FALSE;
}

/* The present body of what @command is about, as far as it is there. */
static char *
current_body (Batch *batch, const WdCommand *command)
{
  const WdVerbInfo *info = wd_verb_info (command->verb);
  const char       *code = wd_members_text (command->members, "code");
  const WdWorld    *world = &batch->writing->outlook.world;
  gconstpointer     record;
  GString          *json;

  if (command->object != NULL)
    record = world->find (world->data, info->kind, command->object);
  else if (code != NULL)
    record = world->find (world->data, info->kind, code);
  else if (info->kind == WD_OBJECT_STAFF)
    record = world->find_staff_named (world->data, wd_members_text (command->members, "name"));
  else
    record = world->find (world->data, info->kind, wd_members_text (command->members, "crew"));
  if (record == NULL)
    return NULL;
  json = g_string_sized_new (2048);
  wd_record_append_json (json, wd_object_type (info->kind), record, WD_JSON_BODY);
  return g_string_free (json, FALSE);
}

/* Returns: (transfer full): the answer, or NULL with what broke (a refusal is an answer). */
static char *
refuse (Batch *batch, const WdEntry *entry, const GError *refusal, GError **error)
{
  g_autofree char *current = NULL;

  if (refusal->domain != WD_RULE_ERROR && refusal != entry->refused)
    {
      g_propagate_error (error, g_error_copy (refusal));
      return NULL;
    }
  if (g_error_matches (refusal, WD_RULE_ERROR, WD_RULE_ERROR_CONFLICT))
    current = current_body (batch, entry->command);
  return wd_answer_refusal (entry->id, refusal, current);
}

static char *
carry_out (Batch *batch, const WdEntry *entry, GError **error)
{
  g_autoptr (GError)    refusal = NULL;
  g_autoptr (WdActor)   actor = NULL;
  g_autoptr (GPtrArray) events = NULL;
  const WdEvent        *last = NULL;
  const WdHeld         *held;

  if (entry->refused != NULL)
    return refuse (batch, entry, entry->refused, error);
  actor = freshen (batch, entry->actor, &refusal);
  if (actor != NULL && check_id (batch, entry->command, &refusal))
    events = wd_writing_decide (batch->writing, actor, entry->command, &refusal);
  if (events == NULL)
    return refuse (batch, entry, refusal, error);
  for (guint i = 0; i < events->len; i++)
    {
      last = events->pdata[i];
      if (!wd_writing_add (batch->writing, events->pdata[i], error))
        return NULL;
    }
  held = wd_overlay_hold (batch->ledger->overlay, last->object, error);
  return wd_answer_ok (entry->id, last->seq, last->kind, last->object, wd_object_version (last->kind, held->record));
}

static gboolean
is_same (const WdEntry *one, const WdEntry *other)
{
  return g_bytes_equal (one->digest, other->digest) && g_strcmp0 (one->actor->id, other->actor->id) == 0;
}

/* Returns: (transfer full): what the id was answered before, in the store or in this batch; NULL when it is new. */
static char *
look_back (Batch *batch, guint i, GError **error)
{
  const WdEntry *entry = batch->entries->pdata[i];
  char          *answer = NULL;
  guint          first;

  switch (wd_answers_look (batch->writing, batch->places[i], entry, &answer, error))
    {
    case WD_ANSWER_KEPT: return answer;
    case WD_ANSWER_REUSED: return wd_answer_problem (entry->id, WD_PROBLEM_ID_REUSED, NULL, NULL, NULL);
    case WD_ANSWER_NEW:
    default: break;
    }
  first = GPOINTER_TO_UINT (g_hash_table_lookup (batch->first, entry->id));
  if (first == 0)
    {
      g_hash_table_insert (batch->first, entry->id, GUINT_TO_POINTER (i + 1));
      return NULL;
    }
  if (!is_same (entry, batch->entries->pdata[first - 1]))
    return wd_answer_problem (entry->id, WD_PROBLEM_ID_REUSED, NULL, NULL, NULL);
  return g_strdup (batch->answers->pdata[first - 1]);
}

/* A redirect is one act (api §4): where nothing was recalled, what has become of the order since was not seen by who
 * dispatches it, though number and state may happen to fit, as after a return. */
static gboolean
is_half_redirect (Batch *batch, guint i)
{
  const WdEntry *entry = batch->entries->pdata[i], *before = i > 0 ? batch->entries->pdata[i - 1] : NULL;

  return before != NULL && before->command != NULL && entry->command != NULL && batch->answers->pdata[i - 1] != NULL &&
         before->command->verb == WD_VERB_RECALL && entry->command->verb == WD_VERB_DISPATCH &&
         g_strcmp0 (before->command->object, entry->command->object) == 0 && g_strcmp0 (before->actor->id, entry->actor->id) == 0 &&
         strstr (batch->answers->pdata[i - 1], ",\"ok\":false") != NULL;
}

static char *
answer_half_redirect (Batch *batch, const WdEntry *entry, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (WD_RULE_ERROR, WD_RULE_ERROR_CONFLICT, "the recall before it was refused");

  return refuse (batch, entry, refusal, error);
}

static char *
answer_one (Batch *batch, guint i, GError **error)
{
  const WdEntry *entry = batch->entries->pdata[i];
  char          *answer;

  if (entry->id == NULL)
    return refuse (batch, entry, entry->refused, error);
  answer = look_back (batch, i, error);
  if (answer != NULL)
    return answer;
  answer = is_half_redirect (batch, i) ? answer_half_redirect (batch, entry, error) : carry_out (batch, entry, error);
  if (answer != NULL && !wd_answers_keep (batch->writing, entry, answer, error))
    g_clear_pointer (&answer, g_free);
  return answer;
}

/* --- the batch ----------------------------------------------------------- */

static gboolean
decide_all (Batch *batch, guint *owner, GError **error)
{
  for (guint i = 0; i < batch->entries->len; i++)
    if (!batch->taken_out[i])
      ask (batch, i);
  if (!wd_writing_start (batch->writing, error))
    return FALSE;
  for (guint i = 0; i < batch->entries->len; i++)
    {
      if (batch->taken_out[i])
        continue;
      *owner = batch->writing->owner = i;
      g_clear_pointer (&batch->answers->pdata[i], g_free);
      batch->answers->pdata[i] = answer_one (batch, i, error);
      if (batch->answers->pdata[i] == NULL)
        return FALSE;
    }
  *owner = batch->writing->owner = WD_NO_OWNER;
  wd_answers_expire (batch->writing);
  return TRUE;
}

static WdCommit *
try_batch (Batch *batch, guint *owner, GError **error)
{
  *owner = WD_NO_OWNER;
  batch->writing = wd_writing_begin (batch->ledger, batch->now, error);
  if (batch->writing == NULL)
    return NULL;
  g_hash_table_remove_all (batch->first);
  if (decide_all (batch, owner, error))
    return wd_writing_finish (batch->writing, owner, error);
  wd_writing_abort (batch->writing);
  return NULL;
}

static void
take_out (Batch *batch, guint owner, const GError *error)
{
  const WdEntry *entry = batch->entries->pdata[owner];
  WdProblemCode  code = error->domain == WD_STORE_ERROR ? WD_PROBLEM_BUSY : WD_PROBLEM_STORAGE;

  batch->taken_out[owner] = TRUE;
  g_free (batch->answers->pdata[owner]);
  batch->answers->pdata[owner] = wd_answer_problem (entry->id, code, NULL, NULL, NULL);
}

static WdCommit *
commit_batch (Batch *batch, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) broken = NULL;
      guint              owner;
      WdCommit          *commit = try_batch (batch, &owner, &broken);

      if (commit != NULL)
        return commit;
      if (!wd_writing_is_owned (broken, owner))
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return NULL;
        }
      take_out (batch, owner, broken);
    }
}

WdCommit *
wd_ledger_commit (WdLedger *ledger, GPtrArray *entries, gint64 now, GError **error)
{
  g_autofree gboolean   *taken_out = g_new0 (gboolean, entries->len);
  g_autofree guint      *places = g_new0 (guint, entries->len);
  g_autoptr (GPtrArray)  answers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  Batch                  batch = { .ledger = ledger, .entries = entries, .now = now, .taken_out = taken_out, .answers = answers, .places = places, .first = first };
  WdCommit              *commit;

  g_ptr_array_set_size (answers, (int)entries->len);
  commit = commit_batch (&batch, error);
  for (guint i = 0; commit != NULL && i < entries->len; i++)
    {
      WdEntry *entry = entries->pdata[i];

      g_free (entry->answer);
      entry->answer = g_steal_pointer (&answers->pdata[i]);
    }
  return commit;
}
