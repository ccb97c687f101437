/* wd-event-words.c — an event of an order in the words of the timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-event-words.h"

#include "wd-format.h"
#include "wd-json.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

static const char *
text_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
is_true (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static gint64
time_of (JsonObject *object, const char *name)
{
  gint64 time = 0;

  return text_of (object, name) != NULL && wd_time_from_text (text_of (object, name), &time) ? time : 0;
}

static const char *
unit_name (WdDesk *desk, const char *code)
{
  WdUnitItem *unit = code != NULL ? wd_desk_get_unit (desk, code) : NULL;

  return unit != NULL ? wd_unit_item_get_unit (unit)->name : code;
}

static int
enum_of (GType type, JsonObject *data, const char *name)
{
  g_autoptr (GEnumClass) values = g_type_class_ref (type);
  const char            *nick = text_of (data, name);
  GEnumValue            *value = nick != NULL ? g_enum_get_value_by_nick (values, nick) : NULL;

  return value != NULL ? value->value : 0;
}

/* Those that are there, with a dot between them. */
static char *
join (const char *first, const char *second, const char *third)
{
  const char *parts[] = { first, second, third };
  GString    *words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", parts[i]);
  return g_string_free (words, FALSE);
}

static char *
act_words (WdDesk *desk, const WdVerbInfo *info, JsonObject *data)
{
  const char *unit = unit_name (desk, text_of (data, "unit"));

  switch ((int)info->verb)
    {
    case WD_VERB_DISPATCH: return g_strdup_printf (_ ("Dispatched → %s"), unit != NULL ? unit : "");
    case WD_VERB_RECEIPT: return g_strdup (g_strcmp0 (text_of (data, "what"), "shown") == 0 ? _ ("Shown at the desk") : _ ("Delivered to the desk"));
    case WD_VERB_RETURN: return g_strdup (_ ("Return asked"));
    case WD_VERB_RULE_RETURN:
      if (!is_true (data, "granted"))
        return g_strdup (_ ("Return rejected"));
      return unit != NULL ? g_strdup_printf (_ ("Return granted → %s"), unit) : g_strdup (_ ("Return granted"));
    case WD_VERB_BREACHED: return g_strdup_printf (_ ("Late: %s"), wd_term_clock (text_of (data, "rule")));
    case WD_VERB_LIFTED: return g_strdup_printf (_ ("Not late after all: %s"), wd_term_clock (text_of (data, "rule")));
    case WD_VERB_LOOKED: return g_strdup (_ ("Looked at the caller's number"));
    default: return g_strdup (wd_term_verb (info->verb));
    }
}

static char *
contact_words (WdDesk *desk, JsonObject *data)
{
  gint64                agreed = time_of (data, "agreed_at");
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (desk, WD_INT_ABSENT));
  g_autofree char      *date = NULL, *minute = NULL, *words = NULL;

  if (agreed == 0)
    return g_strdup (text_of (data, "text"));
  date = wd_format_date (agreed, zone);
  minute = wd_format_minute (agreed, zone);
  words = g_strdup_printf (_ ("agreed on %s %s"), date, minute);
  return join (text_of (data, "text"), words, NULL);
}

static char *
return_words (WdDesk *desk, JsonObject *data)
{
  const char      *suggested = unit_name (desk, text_of (data, "suggested_unit"));
  g_autofree char *words = suggested != NULL ? g_strdup_printf (_ ("suggests %s"), suggested) : NULL;

  return join (wd_term_return_class (enum_of (WD_TYPE_RETURN_CLASS, data, "class")), text_of (data, "reason"), words);
}

static char *
detail_words (WdDesk *desk, const WdVerbInfo *info, JsonObject *data)
{
  const WdCategory *category = text_of (data, "category") != NULL ? wd_desk_get_category (desk, text_of (data, "category")) : NULL;
  const WdCrew     *crew = text_of (data, "crew") != NULL ? wd_desk_get_crew (desk, text_of (data, "crew")) : NULL;

  switch ((int)info->verb)
    {
    case WD_VERB_RECEIVE: return join (wd_term_channel (enum_of (WD_TYPE_CHANNEL, data, "channel")), category != NULL ? category->name : NULL, text_of (data, "text"));
    case WD_VERB_CLASSIFY: return join (category != NULL ? category->name : NULL, wd_term_nature (enum_of (WD_TYPE_NATURE, data, "nature")), text_of (data, "address"));
    case WD_VERB_DISPATCH: return g_strdup (text_of (data, "note"));
    case WD_VERB_RECALL: return join (text_of (data, "reason"), text_of (data, "note"), NULL);
    case WD_VERB_ASSIGN: return crew != NULL ? join (crew->name, crew->leader, NULL) : NULL;
    case WD_VERB_RETURN: return return_words (desk, data);
    case WD_VERB_CONTACT: return contact_words (desk, data);
    case WD_VERB_FINISH: return join (text_of (data, "result"), text_of (data, "no_evidence"), NULL);
    case WD_VERB_VISIT: return join (wd_term_visit (enum_of (WD_TYPE_VISIT_OUTCOME, data, "outcome")), wd_term_cause (enum_of (WD_TYPE_CAUSE, data, "cause")), text_of (data, "text"));
    default: return join (text_of (data, "reason"), text_of (data, "text"), NULL);
    }
}

static WdEntryKind
kind_of (WdVerb verb)
{
  switch ((int)verb)
    {
    case WD_VERB_RECEIVE: return WD_ENTRY_START;
    case WD_VERB_NOTE: return WD_ENTRY_NOTE;
    case WD_VERB_BREACHED: return WD_ENTRY_BREACH;
    case WD_VERB_RECEIPT:
    case WD_VERB_LOOKED:
    case WD_VERB_CLASSIFY: return WD_ENTRY_OTHER;
    default: return WD_ENTRY_STATE;
    }
}

/* A person and where he belongs; the server itself. */
static char *
who_words (WdDesk *desk, JsonObject *by)
{
  const WdStaff *staff;
  const char    *name, *unit;

  if (by == NULL)
    return g_strdup (_ ("the server"));
  staff = text_of (by, "id") != NULL ? wd_desk_get_staff (desk, text_of (by, "id")) : NULL;
  name = staff != NULL && staff->display != NULL ? staff->display : text_of (by, "name");
  unit = text_of (by, "unit") != NULL ? unit_name (desk, text_of (by, "unit")) : _ ("customer service centre");
  return join (name, unit, NULL);
}

static WdTimelineEntry *
make_entry (WdDesk *desk, const WdVerbInfo *info, JsonObject *data, gint64 at)
{
  WdTimelineEntry *entry = g_new0 (WdTimelineEntry, 1);

  entry->kind = kind_of (info->verb);
  entry->verb = info->verb;
  entry->shown = g_strcmp0 (text_of (data, "what"), "shown") == 0;
  entry->at = at;
  entry->act = act_words (desk, info, data);
  entry->detail = detail_words (desk, info, data);
  return entry;
}

WdTimelineEntry *
wd_event_words (WdDesk *desk, JsonObject *event)
{
  const WdVerbInfo *info = text_of (event, "do") != NULL ? wd_verb_lookup_event (text_of (event, "do")) : NULL;
  JsonNode         *data = json_object_get_member (event, "data"), *by = json_object_get_member (event, "by");
  WdTimelineEntry  *entry;

  if (info == NULL || data == NULL || !JSON_NODE_HOLDS_OBJECT (data))
    return NULL;
  entry = make_entry (desk, info, json_node_get_object (data), time_of (event, "at"));
  entry->entered_at = time_of (event, "entered_at");
  entry->who = who_words (desk, by != NULL && JSON_NODE_HOLDS_OBJECT (by) ? json_node_get_object (by) : NULL);
  return entry;
}

WdTimelineEntry *
wd_event_words_given (WdDesk *desk, const WdCommand *command, gint64 given_at)
{
  const WdVerbInfo    *info = wd_verb_info (command->verb);
  const WdActor       *actor = wd_desk_get_actor (desk);
  const WdStaff       *staff = actor != NULL ? wd_desk_get_staff (desk, actor->id) : NULL;
  g_autoptr (GString)  json = g_string_new (NULL);
  g_autoptr (JsonNode) data = NULL;
  WdTimelineEntry     *entry;

  wd_members_append_json (json, info, command->members);
  data = wd_json_parse (json->str, (gssize)json->len, NULL);
  if (data == NULL || !JSON_NODE_HOLDS_OBJECT (data))
    return NULL;
  entry = make_entry (desk, info, json_node_get_object (data), command->at != 0 ? command->at : given_at);
  entry->unconfirmed = TRUE;
  entry->who = join (staff != NULL && staff->display != NULL ? staff->display : actor != NULL ? actor->name
                                                                                              : NULL,
                     actor != NULL && actor->unit != NULL ? unit_name (desk, actor->unit) : _ ("customer service centre"), NULL);
  return entry;
}
