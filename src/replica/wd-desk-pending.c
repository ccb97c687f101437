/* wd-desk-pending.c — what waits for the server, what is shown of it, and the answers
 *
 * What is shown of an object is what the server confirmed, with each command that waits applied to it
 * in order.  It is always computed anew from the confirmed record, so that nothing of a
 * command that goes away stays behind.  A command that the newer record does not
 * allow any more changes nothing here; the server will say so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"

#include "wd-outage.h"

#include "wd-json.h"

void
wd_pending_free (WdPending *pending)
{
  wd_command_free (pending->command);
  g_free (pending->object);
  g_free (pending->before);
  g_free (pending->draft);
  g_free (pending->typed);
  wd_refusal_free (pending->refusal);
  g_free (pending);
}

static const WdVerbInfo *
info_of (const WdPending *pending)
{
  return wd_verb_info (pending->command->verb);
}

gboolean
wd_pending_is_quiet (const WdPending *pending)
{
  return (info_of (pending)->flags & WD_VERB_QUIET) != 0;
}

WdCopy *
wd_desk_copy_of (WdDesk *self, const WdPending *pending)
{
  return wd_desk_find_copy (self, info_of (pending)->kind, pending->object);
}

WdPending *
wd_desk_find_pending (WdDesk *self, const char *command)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      WdPending *pending = self->pending->pdata[i];

      if (g_str_equal (pending->command->id, command))
        return pending;
    }
  return NULL;
}

/* --- what is shown --------------------------------------------------------------- */

GPtrArray *
wd_desk_decide (WdDesk *self, WdCopy *copy, gpointer record, const WdCommand *command, gint64 now, GError **error)
{
  WdWorld    world;
  GPtrArray *events = NULL;

  if (self->actor == NULL || wd_desk_get_policy (self, WD_INT_ABSENT) == NULL)
    {
      g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_NOT_FOUND, "nothing is known here yet");
      return NULL;
    }
  wd_desk_fill_world (self, &world);
  self->working_copy = copy;
  self->working = record;
  events = wd_decide (&world, self->actor, command, now, error);
  self->working_copy = NULL;
  self->working = NULL;
  return events;
}

gpointer
wd_desk_apply (WdDesk *self, WdObjectKind kind, gpointer record, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const WdEvent  *event = events->pdata[i];
      const WdPolicy *policy = NULL;

      /* What a command does to other objects, their own copies hear from the feed. */
      if (event->kind != kind)
        continue;
      if (wd_object_has_clocks (kind))
        {
          policy = wd_desk_get_policy (self, wd_policy_version_for (record, event));
          if (policy == NULL)
            policy = wd_desk_get_policy (self, WD_INT_ABSENT);
        }
      record = wd_apply (record, event, policy);
    }
  return record;
}

/* The state before a merger is not in a body: what unlinking makes of it, only the server can say. */
static gboolean
can_show (const WdPending *pending)
{
  return !pending->undoing && pending->command->verb != WD_VERB_UNLINK;
}

gpointer
wd_desk_project (WdDesk *self, WdCopy *copy)
{
  gpointer record = copy->confirmed;

  for (guint i = 0; copy->pending != NULL && i < copy->pending->len; i++)
    {
      const WdPending      *pending = copy->pending->pdata[i];
      g_autoptr (GPtrArray) events = NULL;

      if (pending->refusal != NULL && !pending->undoing)
        break;
      if (!can_show (pending) || (events = wd_desk_decide (self, copy, record, pending->command, pending->given_at, NULL)) == NULL)
        continue;
      if (record == copy->confirmed)
        record = wd_record_copy (wd_object_type (copy->kind), record);
      record = wd_desk_apply (self, copy->kind, record, events);
    }
  return record;
}

void
wd_desk_show_anew (WdDesk *self, WdCopy *copy)
{
  if (copy != NULL)
    wd_desk_show (self, copy, wd_desk_project (self, copy));
}

void
wd_desk_show_pending (WdDesk *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    wd_desk_show_anew (self, wd_desk_copy_of (self, self->pending->pdata[i]));
}

/* --- what waits ------------------------------------------------------------------- */

void
wd_desk_add_pending (WdDesk *self, WdPending *pending)
{
  WdCopy *copy = wd_desk_ensure_copy (self, info_of (pending)->kind, pending->object);

  g_ptr_array_add (self->pending, pending);
  if (copy->pending == NULL)
    copy->pending = g_ptr_array_new ();
  g_ptr_array_add (copy->pending, pending);
  if (pending->refusal != NULL)
    g_ptr_array_add (self->refusals, pending->refusal);
  wd_desk_notify_waiting (self);
}

void
wd_desk_remove_pending (WdDesk *self, WdPending *pending)
{
  WdCopy *copy = wd_desk_copy_of (self, pending);

  if (copy != NULL && copy->pending != NULL)
    g_ptr_array_remove (copy->pending, pending);
  if (pending->refusal != NULL)
    g_ptr_array_remove (self->refusals, pending->refusal);
  g_ptr_array_remove (self->pending, pending);
  wd_desk_notify_waiting (self);
}

/* What the server did and the feed has brought. */
void
wd_desk_settle_done (WdDesk *self, WdCopy *copy)
{
  for (guint i = copy->pending != NULL ? copy->pending->len : 0; i > 0; i--)
    {
      WdPending *pending = copy->pending->pdata[i - 1];

      if (pending->done_seq != 0 && pending->done_seq <= copy->seq)
        wd_desk_remove_pending (self, pending);
    }
}

void
wd_desk_reached (WdDesk *self, gint64 seq)
{
  for (guint i = self->pending->len; i > 0; i--)
    {
      WdPending *pending = self->pending->pdata[i - 1];
      WdCopy    *copy = wd_desk_copy_of (self, pending);

      if (pending->done_seq == 0 || pending->done_seq > seq)
        continue;
      wd_desk_remove_pending (self, pending);
      wd_desk_show_anew (self, copy);
    }
}

/* --- answers ------------------------------------------------------------------------ */

/* Nobody did that, so nobody has to see to it, nor hears of it. */
static void
pass_over (WdDesk *self, WdPending *pending)
{
  pending->undoing = TRUE;
  wd_uplink_settle (self->uplink, pending->command->id, TRUE);
  wd_desk_show_anew (self, wd_desk_copy_of (self, pending));
}

static void
take_refusal (WdDesk *self, WdPending *pending, const char *problem)
{
  if (pending->refusal != NULL)
    return;
  if (wd_pending_is_quiet (pending))
    {
      pass_over (self, pending);
      return;
    }
  pending->refusal = wd_refusal_new (pending, problem);
  g_ptr_array_add (self->refusals, pending->refusal);
  if (wd_desk_give_anew (self, pending))
    return;
  wd_desk_show_anew (self, wd_desk_copy_of (self, pending));
  wd_desk_notify_waiting (self);
  g_signal_emit (self, wd_desk_signals[WD_DESK_REFUSED], 0, pending->refusal);
}

static void
take_away (WdDesk *self, WdPending *pending)
{
  WdCopy *copy = wd_desk_copy_of (self, pending);

  wd_desk_remove_pending (self, pending);
  wd_desk_show_anew (self, copy);
}

/* Nothing of it was written: what it was made of is there still, here and on disk. */
static void
take_not_kept (WdDesk *self, WdPending *pending)
{
  g_autofree char *draft = g_steal_pointer (&pending->draft);
  g_autofree char *typed = g_steal_pointer (&pending->typed);

  take_away (self, pending);
  if (typed == NULL)
    return;
  g_hash_table_insert (self->drafts, g_strdup (draft), g_steal_pointer (&typed));
  g_signal_emit (self, wd_desk_signals[WD_DESK_DRAFT_STAYS], 0, draft);
}

/* In its old place among the refusals. */
void
wd_desk_unhide (WdDesk *self, WdPending *pending)
{
  pending->undoing = FALSE;
  g_ptr_array_set_size (self->refusals, 0);
  for (guint i = 0; i < self->pending->len; i++)
    {
      WdPending *each = self->pending->pdata[i];

      if (each->refusal != NULL && !each->undoing)
        g_ptr_array_add (self->refusals, each->refusal);
    }
  wd_desk_show_anew (self, wd_desk_copy_of (self, pending));
  wd_desk_notify_waiting (self);
}

static void
take_done (WdDesk *self, WdPending *pending, gint64 seq)
{
  WdCopy *copy = wd_desk_copy_of (self, pending);

  g_signal_emit (self, wd_desk_signals[WD_DESK_ANSWERED], 0, pending->command->id);
  pending->done_seq = MAX (seq, 1);
  if (copy != NULL && copy->seq >= seq)
    take_away (self, pending);
}

void
wd_desk_take_answer (WdDesk *self, const WdNews *news)
{
  WdPending *pending = news->id != NULL ? wd_desk_find_pending (self, news->id) : NULL;

  if (pending == NULL)
    return;
  switch ((int)news->kind)
    {
    case WD_NEWS_ANSWERED: take_done (self, pending, news->seq); break;
    case WD_NEWS_REFUSED: take_refusal (self, pending, news->text); break;
    case WD_NEWS_UNDONE: take_away (self, pending); break;
    case WD_NEWS_FAILED: take_not_kept (self, pending); break;
    case WD_NEWS_STAYS: wd_desk_unhide (self, pending); break;
    case WD_NEWS_UNDO_MISSED:
      pending->undoing = FALSE;
      wd_desk_show_anew (self, wd_desk_copy_of (self, pending));
      g_signal_emit (self, wd_desk_signals[WD_DESK_UNDO_MISSED], 0, news->id);
      break;
    default: g_assert_not_reached ();
    }
}

/* What a later desk gave, this one can't read.  It waits and may be refused like any other, and a person has to be able to see to it: it is
 * shown as a note of what it says.  What goes out stays what it was. */
static WdCommand *
read_entry (const WdOutboxEntry *entry)
{
  g_autoptr (JsonNode) root = wd_json_parse (entry->body, -1, NULL);
  WdCommand           *command = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    command = wd_command_from_json (json_node_get_object (root), NULL);
  return command != NULL ? command : wd_command_new (entry->id, WD_VERB_NOTE, entry->chain, wd_members_of_text ("text", entry->body));
}

/* What the outbox held when the desk began. */
void
wd_desk_take_waiting (WdDesk *self, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const WdOutboxEntry *entry = entries->pdata[i];
      WdPending           *pending = g_new0 (WdPending, 1);

      pending->command = read_entry (entry);
      pending->object = g_strdup (entry->chain);
      if (entry->problem != NULL && wd_pending_is_quiet (pending)) /* the desk ended before it could pass over it */
        {
          wd_uplink_settle (self->uplink, entry->id, TRUE);
          wd_pending_free (pending);
          continue;
        }
      pending->given_at = entry->given_at;
      pending->before = g_strdup (entry->before);
      if (entry->problem != NULL)
        pending->refusal = wd_refusal_new (pending, entry->problem);
      wd_desk_add_pending (self, pending);
    }
}
