/* wd-desk-give.c — commands of this desk's user: decided here, shown, sent, taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"

#include "wd-json.h"

G_DEFINE_QUARK (wd_desk_error, wd_desk_error)

WdCommand *
wd_desk_command (WdVerb verb, const char *order, GVariant *members)
{
  g_autofree char *id = wd_desk_new_id ();

  return wd_command_new (id, verb, order, members);
}

WdCommand *
wd_desk_command_again (const WdCommand *command)
{
  WdCommand *again = wd_command_copy (command);

  g_free (again->id);
  again->id = wd_desk_new_id ();
  if (again->anchor != NULL) /* else a person said when it was */
    again->at = 0;
  g_clear_pointer (&again->anchor, g_free);
  again->elapsed = WD_INT_ABSENT;
  return again;
}

static gboolean
is_stopped (WdCopy *copy)
{
  for (guint i = 0; copy != NULL && copy->pending != NULL && i < copy->pending->len; i++)
    {
      const WdPending *pending = copy->pending->pdata[i];

      if (pending->refusal != NULL && !pending->undoing)
        return TRUE;
    }
  return FALSE;
}

/* The copy that the last of @events is about, and `expect` after what is shown of it. */
static gboolean
set_target (WdDesk *self, WdCommand *command, GPtrArray *events, char **object, GError **error)
{
  const WdEvent *event = events->pdata[events->len - 1];
  WdCopy        *copy = wd_desk_find_copy (self, event->kind, event->object);

  *object = g_strdup (event->object);
  if (is_stopped (copy))
    {
      g_set_error_literal (error, WD_DESK_ERROR, WD_DESK_ERROR_STOPPED, "something refused before has to be seen to first");
      return FALSE;
    }
  if (wd_verb_info (command->verb)->flags & WD_VERB_EXPECTS && command->expect == WD_INT_ABSENT && copy != NULL && copy->shown != NULL)
    command->expect = wd_object_version (copy->kind, copy->shown);
  return TRUE;
}

/* Cut off, a desk says when it was; else the server's own time is the better one. */
static void
set_time (WdDesk *self, WdCommand *command)
{
  gint64      elapsed;
  const char *anchor = wd_uplink_get_anchor (self->uplink, &elapsed);

  if (wd_uplink_get_state (self->uplink) == WD_UPLINK_LIVE || anchor == NULL || command->at != 0)
    return;
  command->at = wd_uplink_now (self->uplink);
  command->anchor = g_strdup (anchor);
  command->elapsed = elapsed;
}

/* What its user sees now, to be laid beside what others made of it where the server refuses. */
static char *
describe_shown (const WdCopy *copy)
{
  g_autoptr (GString) json = NULL;

  if (copy == NULL || !wd_refusal_has_sides (copy->kind) || copy->shown == NULL)
    return NULL;
  json = g_string_new (NULL);
  wd_record_append_json (json, wd_object_type (copy->kind), copy->shown, WD_JSON_BODY);
  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* A line may be dead before anybody notices: what then goes out late says when it was, too. */
static WdOutboxEntry *
make_entry (WdDesk *self, const WdPending *pending)
{
  WdOutboxEntry *entry = g_new0 (WdOutboxEntry, 1);

  entry->id = g_strdup (pending->command->id);
  entry->chain = g_strdup (pending->object);
  entry->body = wd_command_to_json (pending->command);
  entry->given_at = pending->given_at;
  entry->hold_until = pending->hold_until;
  entry->joined = pending->joined;
  entry->before = g_strdup (pending->before);
  entry->draft = g_strdup (pending->draft);
  entry->given_boot = wd_boot_clock ();
  if (pending->command->at == 0)
    entry->anchor = g_strdup (wd_uplink_get_anchor (self->uplink, &entry->elapsed));
  return entry;
}

/* A redirect is a recall and a dispatch in one request (api §4), also where the dispatch was thought of while the recall was held: both are
 * held for as long as the later one.  A recall that is held no longer may be on its way already. */
static void
join (WdPending *pending, const WdCopy *copy)
{
  WdPending *last = copy != NULL && copy->pending != NULL && copy->pending->len > 0 ? copy->pending->pdata[copy->pending->len - 1] : NULL;

  if (last == NULL || last->undoing || last->done_seq != 0 || last->command->verb != WD_VERB_RECALL || pending->command->verb != WD_VERB_DISPATCH)
    return;
  if (last->hold_until != 0 && last->hold_until <= wd_boot_clock ())
    return;
  pending->joined = TRUE;
  pending->hold_until = last->hold_until = MAX (last->hold_until, pending->hold_until);
}

static void
take_draft (WdDesk *self, WdPending *pending, const char *draft)
{
  char *key, *text;

  pending->draft = g_strdup (draft);
  if (!g_hash_table_steal_extended (self->drafts, draft, (gpointer *)&key, (gpointer *)&text))
    return;
  g_free (key);
  pending->typed = text;
}

/* Decided and shown, but nowhere kept yet.  @draft: (nullable) */
static WdPending *
show_given (WdDesk *self, const WdCommand *given, gint64 hold_ms, const char *draft, GError **error)
{
  g_autoptr (WdCommand) command = wd_command_copy (given);
  gint64                now = wd_desk_now (self);
  g_autoptr (GPtrArray) events = wd_desk_decide (self, NULL, NULL, command, now, error);
  g_autofree char      *object = NULL;
  WdPending            *pending;

  if (events == NULL || !set_target (self, command, events, &object, error))
    return NULL;
  set_time (self, command);
  pending = g_new0 (WdPending, 1);
  pending->command = g_steal_pointer (&command);
  pending->object = g_steal_pointer (&object);
  pending->given_at = now;
  if (!wd_pending_is_quiet (pending))
    pending->before = describe_shown (wd_desk_copy_of (self, pending));
  pending->hold_until = hold_ms > 0 ? wd_boot_clock () + hold_ms : 0;
  join (pending, wd_desk_copy_of (self, pending));
  if (draft != NULL)
    take_draft (self, pending, draft);
  wd_desk_add_pending (self, pending);
  wd_desk_show_anew (self, wd_desk_copy_of (self, pending));
  return pending;
}

static void
hide_given (WdDesk *self, GPtrArray *given)
{
  for (guint i = given->len; i > 0; i--)
    {
      WdCopy *copy = wd_desk_copy_of (self, given->pdata[i - 1]);

      wd_desk_remove_pending (self, given->pdata[i - 1]);
      wd_desk_show_anew (self, copy);
    }
}

/* @going: (nullable): ids; takes it */
static void
send_given (WdDesk *self, GStrv going, GPtrArray *given)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_outbox_entry_free);

  for (guint i = 0; i < given->len; i++)
    g_ptr_array_add (entries, make_entry (self, given->pdata[i]));
  wd_uplink_exchange (self->uplink, going, entries);
}

gboolean
wd_desk_give_all (WdDesk *self, GPtrArray *commands, const char *draft, gint64 hold_ms, guint *at_fault, GError **error)
{
  g_autoptr (GPtrArray) given = g_ptr_array_new ();

  for (guint i = 0; i < commands->len; i++)
    {
      WdPending *pending = show_given (self, commands->pdata[i], hold_ms, i + 1 == commands->len ? draft : NULL, error);

      if (pending == NULL)
        {
          hide_given (self, given);
          if (at_fault != NULL)
            *at_fault = i;
          return FALSE;
        }
      g_ptr_array_add (given, pending);
    }
  send_given (self, NULL, given);
  return TRUE;
}

static gboolean
give_one (WdDesk *self, const WdCommand *command, const char *draft, gint64 hold_ms, GError **error)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new ();

  g_ptr_array_add (commands, (gpointer)command);
  return wd_desk_give_all (self, commands, draft, hold_ms, NULL, error);
}

gboolean
wd_desk_give (WdDesk *self, const WdCommand *command, gint64 hold_ms, GError **error)
{
  return give_one (self, command, NULL, hold_ms, error);
}

gboolean
wd_desk_give_draft (WdDesk *self, const WdCommand *command, const char *draft, GError **error)
{
  return give_one (self, command, draft, 0, error);
}

gboolean
wd_desk_may_give (WdDesk *self, WdVerb verb, const char *order, GError **error)
{
  WdObjectKind  kind = wd_verb_info (verb)->kind;
  WdCopy       *copy = wd_desk_find_copy (self, kind, order);
  gconstpointer shown = copy != NULL ? copy->shown : NULL;
  WdRuleError   reason = WD_RULE_ERROR_NOT_FOUND;
  gboolean      may = FALSE;
  WdWorld       world;

  wd_desk_fill_world (self, &world);
  if (self->actor != NULL && (order == NULL || shown != NULL))
    may = kind == WD_OBJECT_ORDER ? wd_may_do (self->actor, verb, shown, &reason) : wd_may_do_area (&world, self->actor, verb, shown, wd_desk_now (self), &reason);
  if (may)
    return TRUE;
  g_set_error_literal (error, WD_RULE_ERROR, (int)reason, wd_enum_nick (wd_rule_error_get_type (), (int)reason));
  return FALSE;
}

/* Out of sight until the outbox has let them go. */
static void
hide (WdDesk *self, WdPending *pending)
{
  pending->undoing = TRUE;
  if (pending->refusal != NULL)
    g_ptr_array_remove (self->refusals, pending->refusal);
}

/* What is pending of @going goes, and @commands are given in its stead.  Where one of those can't be, nothing changes. */
gboolean
wd_desk_exchange (WdDesk *self, GPtrArray *going, GPtrArray *commands, GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GPtrArray)    given = g_ptr_array_new ();
  WdPending               *pending;
  WdPending               *first = going->pdata[0];

  for (guint i = 0; i < going->len; i++)
    {
      hide (self, going->pdata[i]);
      g_strv_builder_add (ids, ((WdPending *)going->pdata[i])->command->id);
    }
  for (guint i = 0; i < commands->len; i++)
    {
      if ((pending = show_given (self, commands->pdata[i], 0, NULL, error)) == NULL)
        {
          hide_given (self, given);
          for (guint n = 0; n < going->len; n++)
            wd_desk_unhide (self, going->pdata[n]);
          return FALSE;
        }
      g_ptr_array_add (given, pending);
    }
  send_given (self, g_strv_builder_end (ids), given);
  wd_desk_show_anew (self, wd_desk_copy_of (self, first));
  wd_desk_notify_waiting (self);
  return TRUE;
}

GPtrArray *
wd_desk_undo (WdDesk *self, const char *const *commands)
{
  GPtrArray               *undone = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (; *commands != NULL; commands++)
    {
      WdPending *pending = wd_desk_find_pending (self, *commands);

      if (pending == NULL || pending->undoing || pending->done_seq != 0 || pending->refusal != NULL || pending->hold_until <= wd_boot_clock ())
        continue;
      hide (self, pending);
      g_strv_builder_add (ids, *commands);
      g_ptr_array_add (undone, wd_command_copy (pending->command));
      wd_desk_show_anew (self, wd_desk_copy_of (self, pending));
    }
  if (undone->len > 0)
    wd_uplink_undo (self->uplink, g_strv_builder_end (ids));
  return undone;
}

void
wd_desk_foreach_given (WdDesk *self, const char *order, WdGivenFunc func, gpointer data)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const WdPending *pending = self->pending->pdata[i];

      if (pending->done_seq == 0 && !pending->undoing && pending->refusal == NULL && !wd_pending_is_quiet (pending) && g_str_equal (pending->object, order))
        func (pending->command, pending->given_at, data);
    }
}

/* P1: what was dispatched to this desk's unit has been delivered, by being here. */
void
wd_desk_say_delivered (WdDesk *self, WdCopy *copy)
{
  const WdOrder        *order = copy->confirmed;
  g_autoptr (WdCommand) command = NULL;

  if (self->actor == NULL || self->actor->unit == NULL || order == NULL || order->state != WD_STATE_DISPATCHED ||
      g_strcmp0 (order->unit, self->actor->unit) != 0 || order->delivery == NULL || order->delivery->delivered != 0 ||
      (copy->pending != NULL && copy->pending->len > 0))
    return;
  command = wd_desk_command (WD_VERB_RECEIPT, copy->id, g_variant_new_parsed ("{'what': <'delivered'>}"));
  wd_desk_give (self, command, 0, NULL);
}
