/* wd-command-json.c — commands from requests, held to the letter of the verb's table
 *
 * A command has its verb's members and the envelope (`id`, `do`, `order`, `expect`, `at`,
 * `anchor`, `elapsed`), and nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-member-json.h"

#include "wd-outage.h"

#define NAME_SHOWN 40

static const WdMember id_member = { "id", WD_MEMBER_ID, WD_MEMBER_REQUIRED };
/* Named after the kind of what is meant: `order`, `outage`, `quality`. */
static WdMember
object_member (const WdVerbInfo *info)
{
  return (WdMember){ wd_enum_nick (WD_TYPE_OBJECT_KIND, info->kind), WD_MEMBER_ID, WD_MEMBER_REQUIRED };
}

static const WdMember at_member = { "at", WD_MEMBER_TIME, WD_MEMBER_OPTIONAL };
static const WdMember anchor_member = { "anchor", WD_MEMBER_TEXT, WD_MEMBER_OPTIONAL };
static const WdMember elapsed_member = { "elapsed", WD_MEMBER_DURATION, WD_MEMBER_OPTIONAL };
static const WdMember expect_member = { "expect", WD_MEMBER_INT, WD_MEMBER_OPTIONAL };

/* A verb that neither makes its object nor finds it by its members names an order, an outage or a quality case. */
static gboolean
names_object (const WdVerbInfo *info)
{
  return wd_object_has_clocks (info->kind) && !(info->flags & (WD_VERB_CREATES | WD_VERB_UPSERT));
}

static gboolean
is_envelope (const WdVerbInfo *info, const char *name)
{
  static const char *const names[] = { "id", "do", "expect", "at", "anchor", "elapsed", NULL };

  return g_strv_contains (names, name) || (names_object (info) && g_str_equal (name, object_member (info).name));
}

/* FALSE with @error where it is wrong; TRUE with NULL where it is not there and need not be. */
static gboolean
take_member (const WdMember *member, JsonObject *object, gboolean demand, GVariant **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member->name);

  *value = NULL;
  if (!node && demand && member->flags & WD_MEMBER_REQUIRED)
    {
      wd_rule_set_invalid (error, member->name, "missing");
      return FALSE;
    }
  if (!node)
    return TRUE;
  if (!(*value = wd_member_read_json (member, node, error)))
    return FALSE;
  g_variant_ref_sink (*value);
  return TRUE;
}

/* A name that is not ours is named back, but no more of it than names have. */
static void
refuse_unknown (const char *name, GError **error)
{
  g_autofree char *cut = g_utf8_strlen (name, -1) > NAME_SHOWN ? g_utf8_substring (name, 0, NAME_SHOWN) : g_strdup (name);

  wd_rule_set_invalid (error, cut, "unknown");
}

/* @stored: half of an event: the server's members are known, none is missed, and there is no envelope.
 * Returns: floating */
static GVariant *
read_members (const WdVerbInfo *info, JsonObject *object, gboolean stored, GError **error)
{
  JsonObjectIter  iter;
  const char     *name;
  GVariantBuilder members;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      const WdMember *member = wd_verb_member (info, name);

      if (member ? !stored && member->flags & WD_MEMBER_SERVER : stored || !is_envelope (info, name))
        {
          refuse_unknown (name, error);
          return NULL;
        }
    }

  g_variant_builder_init (&members, G_VARIANT_TYPE_VARDICT);
  for (const WdMember *member = info->members; member->name; member++)
    {
      g_autoptr (GVariant) value = NULL;

      if (!take_member (member, object, !stored, &value, error))
        {
          g_variant_builder_clear (&members);
          return NULL;
        }
      if (value)
        wd_members_add (&members, member->name, value);
    }
  return g_variant_builder_end (&members);
}

static gboolean
read_envelope (const WdVerbInfo *info, JsonObject *object, WdCommand *command, GError **error)
{
  g_autoptr (GVariant) order = NULL;
  g_autoptr (GVariant) expect = NULL;
  g_autoptr (GVariant) at = NULL;
  g_autoptr (GVariant) anchor = NULL;
  g_autoptr (GVariant) elapsed = NULL;
  const WdMember       named = object_member (info);

  if ((names_object (info) && !take_member (&named, object, TRUE, &order, error)) ||
      !take_member (&expect_member, object, FALSE, &expect, error) ||
      !take_member (&at_member, object, FALSE, &at, error) ||
      !take_member (&anchor_member, object, FALSE, &anchor, error) ||
      !take_member (&elapsed_member, object, FALSE, &elapsed, error))
    return FALSE;
  if (expect && g_variant_get_int64 (expect) < 0)
    {
      wd_rule_set_invalid (error, expect_member.name, "versions begin at 0");
      return FALSE;
    }
  command->object = order ? g_variant_dup_string (order, NULL) : NULL;
  command->expect = expect ? g_variant_get_int64 (expect) : WD_INT_ABSENT;
  command->at = at ? g_variant_get_int64 (at) : 0;
  command->anchor = anchor ? g_variant_dup_string (anchor, NULL) : NULL;
  command->elapsed = elapsed ? g_variant_get_int64 (elapsed) : WD_INT_ABSENT;
  return TRUE;
}

WdCommand *
wd_command_from_json (JsonObject *object, GError **error)
{
  JsonNode             *verb = json_object_get_member (object, "do");
  const char           *name = verb ? wd_member_node_text (verb) : NULL;
  const WdVerbInfo     *info = name ? wd_verb_lookup (name) : NULL;
  g_autoptr (GVariant)  id = NULL;
  g_autoptr (WdCommand) command = NULL;
  GVariant             *members;

  if (!take_member (&id_member, object, TRUE, &id, error))
    return NULL;
  if (!info)
    {
      wd_rule_set_invalid (error, "do", "%s", verb ? "no such verb" : "missing");
      return NULL;
    }
  if (!(members = read_members (info, object, FALSE, error)))
    return NULL;
  command = wd_command_new (g_variant_get_string (id, NULL), info->verb, NULL, members);
  return read_envelope (info, object, command, error) ? g_steal_pointer (&command) : NULL;
}

GVariant *
wd_members_from_json (const WdVerbInfo *info, JsonObject *object, GError **error)
{
  GVariant *members = read_members (info, object, TRUE, error);

  return members ? g_variant_ref_sink (members) : NULL;
}

/* In the order that they have; @first: whether nothing stands before them. */
static void
append_members (GString *json, const WdVerbInfo *info, GVariant *members, gboolean first)
{
  GVariantIter iter;
  const char  *name;
  GVariant    *value;

  g_variant_iter_init (&iter, members);
  for (; g_variant_iter_next (&iter, "{&sv}", &name, &value); g_variant_unref (value))
    {
      const WdMember *member = wd_verb_member (info, name);

      g_assert (member != NULL);
      if (!first)
        g_string_append_c (json, ',');
      first = FALSE;
      wd_json_append_text (json, name);
      g_string_append_c (json, ':');
      wd_member_append_json (json, member, value);
    }
}

void
wd_members_append_json (GString *json, const WdVerbInfo *info, GVariant *members)
{
  g_string_append_c (json, '{');
  append_members (json, info, members, TRUE);
  g_string_append_c (json, '}');
}

char *
wd_command_to_json (const WdCommand *command)
{
  const WdVerbInfo *info = wd_verb_info (command->verb);
  GString          *json = g_string_new ("{\"id\":");

  wd_json_append_text (json, command->id);
  g_string_append (json, ",\"do\":");
  wd_json_append_text (json, info->name);
  if (command->object)
    {
      g_string_append_printf (json, ",\"%s\":", object_member (info).name);
      wd_json_append_text (json, command->object);
    }
  append_members (json, info, command->members, FALSE);
  if (command->expect != WD_INT_ABSENT)
    g_string_append_printf (json, ",\"expect\":%" G_GINT64_FORMAT, command->expect);
  if (command->at != 0)
    {
      g_string_append (json, ",\"at\":");
      wd_json_append_time (json, command->at);
    }
  if (command->anchor)
    {
      g_string_append (json, ",\"anchor\":");
      wd_json_append_text (json, command->anchor);
    }
  if (command->elapsed != WD_INT_ABSENT)
    {
      g_string_append (json, ",\"elapsed\":");
      wd_json_append_duration (json, command->elapsed);
    }
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}
