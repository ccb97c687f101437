/* wd-desk-refusals.c — both sides of what the server refused, and what a person made of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-desk-private.h"

#include "wd-json.h"
#include "wd-outage.h"

#include <math.h>

gboolean
wd_refusal_has_sides (WdObjectKind kind)
{
  return kind == WD_OBJECT_ORDER || kind == WD_OBJECT_OUTAGE || kind == WD_OBJECT_QUALITY;
}

static void
free_record (WdObjectKind kind, gpointer record)
{
  if (record != NULL)
    wd_record_free (wd_object_type (kind), record);
}

void
wd_refusal_free (WdRefusal *refusal)
{
  if (refusal == NULL)
    return;
  wd_command_free (refusal->command);
  g_free (refusal->object);
  g_free (refusal->code);
  g_free (refusal->detail);
  g_free (refusal->field);
  free_record (refusal->kind, refusal->before);
  free_record (refusal->kind, refusal->current);
  g_free (refusal);
}

static char *
dup_text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_dup_string (node) : NULL;
}

static WdPoint
read_place (JsonObject *object)
{
  JsonNode  *node = json_object_get_member (object, "at");
  JsonArray *place = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  WdPoint    at = { NAN, NAN };

  if (place == NULL || json_array_get_length (place) != 2 || !JSON_NODE_HOLDS_VALUE (json_array_get_element (place, 0)) || !JSON_NODE_HOLDS_VALUE (json_array_get_element (place, 1)))
    return at;
  at = (WdPoint){ json_array_get_double_element (place, 0), json_array_get_double_element (place, 1) };
  return fabs (at.lon) <= 180 && fabs (at.lat) <= 90 ? at : (WdPoint){ NAN, NAN };
}

static gpointer
read_record (WdObjectKind kind, JsonNode *node)
{
  gpointer record;

  if (!wd_refusal_has_sides (kind) || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  record = wd_record_new (wd_object_type (kind));
  if (wd_record_read_json (wd_object_type (kind), record, json_node_get_object (node), NULL))
    return record;
  free_record (kind, record);
  return NULL;
}

/* @problem: the server's answer, JSON */
WdRefusal *
wd_refusal_new (const WdPending *pending, const char *problem)
{
  g_autoptr (JsonNode) root = wd_json_parse (problem, -1, NULL);
  g_autoptr (JsonNode) before = pending->before != NULL ? wd_json_parse (pending->before, -1, NULL) : NULL;
  JsonObject          *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  WdRefusal           *refusal = g_new0 (WdRefusal, 1);

  refusal->command = wd_command_copy (pending->command);
  refusal->given_at = pending->given_at;
  refusal->object = g_strdup (pending->object);
  refusal->code = object != NULL ? dup_text_member (object, "code") : NULL;
  refusal->detail = object != NULL ? dup_text_member (object, "detail") : NULL;
  refusal->field = object != NULL ? dup_text_member (object, "field") : NULL;
  refusal->at = object != NULL ? read_place (object) : (WdPoint){ NAN, NAN };
  refusal->kind = wd_verb_info (pending->command->verb)->kind;
  refusal->before = read_record (refusal->kind, before);
  if (object != NULL)
    refusal->current = read_record (refusal->kind, json_object_get_member (object, "current"));
  return refusal;
}

GPtrArray *
wd_desk_get_refusals (WdDesk *self)
{
  return self->refusals;
}

void
wd_desk_settle (WdDesk *self, const char *command, gboolean go_on)
{
  wd_uplink_settle (self->uplink, command, go_on);
}

/* --- what a person decides --------------------------------------------------------------- */

/* Those of the refused one's chain, itself first.  Returns: (transfer container) (element-type WdPending) */
static GPtrArray *
list_chain (WdDesk *self, const char *command)
{
  GPtrArray *chain = g_ptr_array_new ();
  WdPending *refused = wd_desk_find_pending (self, command);

  for (guint i = 0; refused != NULL && refused->refusal != NULL && i < self->pending->len; i++)
    {
      WdPending *pending = self->pending->pdata[i];

      if (pending == refused || (chain->len > 0 && !pending->undoing && g_str_equal (pending->object, refused->object)))
        g_ptr_array_add (chain, pending);
    }
  return chain;
}

GPtrArray *
wd_desk_list_behind (WdDesk *self, const char *command)
{
  g_autoptr (GPtrArray) chain = list_chain (self, command);
  GPtrArray            *behind = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);

  for (guint i = 1; i < chain->len; i++)
    if (!wd_pending_is_quiet (chain->pdata[i]))
      g_ptr_array_add (behind, wd_command_copy (((WdPending *)chain->pdata[i])->command));
  return behind;
}

gpointer
wd_desk_dup_wanted (WdDesk *self, const WdRefusal *refusal)
{
  WdCopy               *copy = wd_desk_find_copy (self, refusal->kind, refusal->object);
  gpointer              record = refusal->before != NULL ? wd_record_copy (wd_object_type (refusal->kind), refusal->before) : NULL;
  g_autoptr (GPtrArray) events = wd_desk_decide (self, copy, record, refusal->command, refusal->given_at, NULL);

  if (events != NULL)
    return wd_desk_apply (self, refusal->kind, record, events);
  free_record (refusal->kind, record);
  return NULL;
}

/* Against what stands now. */
static WdCommand *
renew (const WdCommand *command)
{
  WdCommand *fresh = wd_desk_command_again (command);

  fresh->expect = WD_INT_ABSENT;
  fresh->at = 0;
  return fresh;
}

/* A new order has the id of its command: those that follow name the new one. */
static GPtrArray *
renew_all (const WdPending *refused, GPtrArray *commands)
{
  GPtrArray  *fresh = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_command_free);
  const char *made = NULL;

  for (guint i = 0; i < commands->len; i++)
    {
      WdCommand *command = renew (commands->pdata[i]);

      if (wd_verb_info (command->verb)->flags & WD_VERB_CREATES)
        made = command->id;
      else if (made != NULL && g_strcmp0 (command->object, refused->object) == 0)
        {
          g_free (command->object);
          command->object = g_strdup (made);
        }
      g_ptr_array_add (fresh, command);
    }
  return fresh;
}

/* Each decided on what the ones before it make of the order.  Of an order that is new only the first can be. */
static gboolean
may_give_all (WdDesk *self, WdCopy *copy, GPtrArray *commands, GError **error)
{
  gboolean is_new = copy == NULL || copy->confirmed == NULL;
  gpointer record = is_new ? NULL : wd_record_copy (wd_object_type (copy->kind), copy->confirmed);
  gboolean may = TRUE;

  for (guint i = 0; may && i < (is_new ? MIN (commands->len, 1) : commands->len); i++)
    {
      g_autoptr (GPtrArray) events = wd_desk_decide (self, is_new ? NULL : copy, record, commands->pdata[i], wd_desk_now (self), error);

      may = events != NULL;
      if (may && !is_new)
        record = wd_desk_apply (self, copy->kind, record, events);
    }
  if (record != NULL)
    wd_record_free (wd_object_type (copy->kind), record);
  return may;
}

/* What is to be given; NULL with @error where it can't be. */
static GPtrArray *
check_replacement (WdDesk *self, const char *command, GPtrArray *commands, GError **error)
{
  WdPending            *refused = wd_desk_find_pending (self, command);
  g_autoptr (GPtrArray) fresh = NULL;

  if (refused == NULL || refused->refusal == NULL || refused->undoing)
    {
      g_set_error_literal (error, WD_RULE_ERROR, WD_RULE_ERROR_NOT_FOUND, "that has been seen to already");
      return NULL;
    }
  fresh = renew_all (refused, commands);
  return may_give_all (self, wd_desk_copy_of (self, refused), fresh, error) ? g_steal_pointer (&fresh) : NULL;
}

gboolean
wd_desk_may_replace (WdDesk *self, const char *command, GPtrArray *commands, GError **error)
{
  g_autoptr (GPtrArray) fresh = check_replacement (self, command, commands, error);

  return fresh != NULL;
}

/* On disk it is one step: a desk that is killed, or whose disk is full, has the one or the other. */
gboolean
wd_desk_replace (WdDesk *self, const char *command, GPtrArray *commands, GError **error)
{
  g_autoptr (GPtrArray) fresh = check_replacement (self, command, commands, error);
  g_autoptr (GPtrArray) chain = list_chain (self, command);

  return fresh != NULL && wd_desk_exchange (self, chain, fresh, error);
}

/* Refused for a version that tells the same as the one that the person saw: somebody called, or arrived, meanwhile.  Nobody
 * was first, so it is given once more against what stands now; with all that waits behind it.  FALSE where it is a person's to see to. */
gboolean
wd_desk_give_anew (WdDesk *self, WdPending *pending)
{
  const WdRefusal      *refusal = pending->refusal;
  WdCopy               *copy = wd_desk_copy_of (self, pending);
  gboolean              outage = refusal->kind == WD_OBJECT_OUTAGE;
  g_autoptr (GPtrArray) commands = NULL;
  g_autofree char      *id = g_strdup (pending->command->id);

  if (g_strcmp0 (refusal->code, "conflict") != 0 || refusal->kind == WD_OBJECT_ORDER || refusal->before == NULL || refusal->current == NULL || copy == NULL || copy->confirmed == NULL)
    return FALSE;
  if (!(outage ? wd_outage_tells_the_same (refusal->before, refusal->current) : wd_quality_tells_the_same (refusal->before, refusal->current)) ||
      wd_object_version (copy->kind, copy->confirmed) != wd_object_version (copy->kind, refusal->current))
    return FALSE;
  commands = wd_desk_list_behind (self, id);
  g_ptr_array_insert (commands, 0, wd_command_copy (pending->command));
  return wd_desk_replace (self, id, commands, NULL);
}
