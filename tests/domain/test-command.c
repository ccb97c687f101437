/* test-command.c — the table of commands hangs together, and events split by it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-decide.h"
#include "wd-outage.h"

#include <string.h>

/* What must never stand in the chain in clear (design: private data): the caller,
 * where they are, and every free text. */
static const char *const private_members[] = {
  "caller", "account", "address", "point", "points", "text", "note", "reason", "result", "answers", "no_evidence",
  "because", "extent", "cause", "affected", NULL
};

static gboolean
is_about_people (const WdVerbInfo *info)
{
  return wd_object_has_clocks (info->kind) || info->kind == WD_OBJECT_CALL;
}

static void
test_rows (void)
{
  for (int verb = WD_VERB_NONE + 1; verb < WD_VERB_COUNT; verb++)
    {
      const WdVerbInfo *info = wd_verb_info (verb);

      g_assert_cmpint (info->verb, ==, verb);
      g_assert_nonnull (info->name);
      g_assert_nonnull (info->members);
      g_assert_true (wd_verb_lookup_event (info->name) == info);
      g_assert_true (wd_verb_lookup (info->name) == (info->who != WD_WHO_NOBODY ? info : NULL));
      for (const WdMember *m = info->members; m->name != NULL; m++)
        {
          g_assert_true (wd_verb_member (info, m->name) == m); /* no name twice */
          g_assert_cmpint (m->kind == WD_MEMBER_ENUM, ==, m->enum_type != NULL);
          g_assert_false (m->flags & WD_MEMBER_REQUIRED && m->flags & (WD_MEMBER_NULLABLE | WD_MEMBER_SERVER));
        }
    }
  g_assert_null (wd_verb_lookup ("breached"));
  g_assert_null (wd_verb_lookup ("explode"));
}

static void
test_private_members (void)
{
  for (int verb = WD_VERB_NONE + 1; verb < WD_VERB_COUNT; verb++)
    {
      const WdVerbInfo *info = wd_verb_info (verb);

      for (const WdMember *m = info->members; m->name != NULL; m++)
        {
          gboolean is_private = is_about_people (info) && m->kind != WD_MEMBER_ENUM && g_strv_contains (private_members, m->name);

          if (is_private != ((m->flags & WD_MEMBER_PRIVATE) != 0))
            g_error ("%s: “%s” is in the wrong half", info->name, m->name);
          /* Free text has no other place. */
          if (is_about_people (info) && (m->kind == WD_MEMBER_TEXT || m->kind == WD_MEMBER_TEXTS))
            g_assert_true (is_private);
        }
    }
}

static void
test_split (void)
{
  g_autoptr (WdEvent)  event = wd_event_new (WD_VERB_RECEIVE, WD_OBJECT_ORDER, "x", 1, 2);
  g_autoptr (GVariant) members = g_variant_ref_sink (g_variant_new_parsed (
      "{'text': <'漏水'>, 'category': <'leak'>, 'caller': <{'name': '张三'}>, 'channel': <'hotline'>, 'stray': <'y'>}"));
  g_autoptr (GVariant) caller = NULL;
  g_autofree char     *data = NULL;

  wd_event_set_members (event, wd_verb_info (WD_VERB_RECEIVE), members);
  data = g_variant_print (event->data, FALSE);
  g_assert_cmpstr (data, ==, "{'channel': <'hotline'>, 'category': <'leak'>}"); /* the table's order */
  g_assert_cmpuint (g_variant_n_children (event->sealed), ==, 2);
  g_assert_cmpstr (wd_event_text (event, "text"), ==, "漏水");
  g_assert_cmpstr (wd_event_text (event, "category"), ==, "leak");
  g_assert_null (wd_event_text (event, "stray"));
  caller = wd_event_lookup (event, "caller");
  g_assert_true (g_variant_is_of_type (caller, G_VARIANT_TYPE ("a{ss}")));

  g_clear_pointer (&event->sealed, g_variant_unref); /* erased by age */
  g_assert_null (wd_event_text (event, "text"));
  g_assert_null (wd_event_lookup (event, "caller"));
}

static void
test_nothing_sealed (void)
{
  g_autoptr (WdEvent)  event = wd_event_new (WD_VERB_ACCEPT, WD_OBJECT_ORDER, "x", 1, 2);
  g_autoptr (GVariant) members = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));

  wd_event_set_members (event, wd_verb_info (WD_VERB_ACCEPT), members);
  g_assert_null (event->sealed);
  g_assert_cmpuint (g_variant_n_children (event->data), ==, 0);
}

static void
test_looks (void)
{
  g_autoptr (GVariant) members = g_variant_ref_sink (g_variant_new_parsed (
      "{'text': <'a'>, 'due': <int64 5>, 'granted': <true>, 'point': <(120.5, 30.25)>, 'points': <['x', 'y']>, 'unit': <@mv nothing>}"));
  WdPoint              point = wd_members_point (members, "point");
  g_auto (GStrv)       texts = wd_members_dup_texts (members, "points");
  g_auto (GStrv)       none = wd_members_dup_texts (members, "answers");

  g_assert_cmpstr (wd_members_text (members, "text"), ==, "a");
  g_assert_cmpint (wd_members_int (members, "due", 0), ==, 5);
  g_assert_cmpint (wd_members_int (members, "text", -7), ==, -7); /* another kind is no value */
  g_assert_true (wd_members_bool (members, "granted"));
  g_assert_cmpfloat (point.lon, ==, 120.5);
  g_assert_cmpuint (g_strv_length (texts), ==, 2);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_null (wd_members_text (members, "unit"));
  g_assert_true (wd_members_has (members, "unit")); /* as null */
  g_assert_false (wd_members_has (members, "crew"));
  point = wd_members_point (members, "desk");
  g_assert_false (wd_point_is_set (&point));
}

static void
test_copy (void)
{
  g_autoptr (WdCommand) command = wd_command_new ("a", WD_VERB_ACCEPT, "b", NULL);
  g_autoptr (WdCommand) copy = NULL;

  command->anchor = g_strdup ("signed");
  command->at = 7;
  copy = wd_command_copy (command);
  g_assert_cmpstr (copy->id, ==, "a");
  g_assert_cmpstr (copy->object, ==, "b");
  g_assert_cmpstr (copy->anchor, ==, "signed");
  g_assert_cmpint (copy->at, ==, 7);
  g_assert_cmpint (copy->expect, ==, WD_INT_ABSENT);
  g_assert_true (g_variant_equal (copy->members, command->members));
}

/* Against Python's uuid.uuid5. */
static void
test_uuid (void)
{
  g_autofree char *outage = wd_uuid_v5 ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "outage", 1);
  g_autofree char *again = wd_uuid_v5 ("6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "outage", 1);
  g_autofree char *second = wd_uuid_v5 ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "outage", 2);

  g_assert_cmpstr (outage, ==, "276032ce-fb18-5518-a3d5-8f763530581c");
  g_assert_cmpstr (again, ==, outage);
  g_assert_cmpstr (second, ==, "679cec5c-0194-5305-9b9d-eebe03e64873");
}

static void
test_refusals (void)
{
  g_autoptr (GError) named = NULL;
  g_autoptr (GError) plain = NULL;
  g_autoptr (GError) other = g_error_new_literal (WD_RULE_ERROR, WD_RULE_ERROR_STATE, "not: so");
  g_autofree char   *field = NULL;

  wd_rule_set_invalid (&named, "unit", "there are %d", 3);
  wd_rule_set_invalid (&plain, NULL, "nothing is changed");
  field = wd_rule_error_dup_field (named);
  g_assert_cmpstr (field, ==, "unit");
  g_assert_cmpstr (wd_rule_error_detail (named), ==, "there are 3");
  g_assert_null (wd_rule_error_dup_field (plain));
  g_assert_cmpstr (wd_rule_error_detail (plain), ==, "nothing is changed");
  g_assert_null (wd_rule_error_dup_field (other));
  g_assert_cmpstr (wd_rule_error_detail (other), ==, "not: so");
  g_assert_cmpstr (wd_enum_nick (wd_rule_error_get_type (), WD_RULE_ERROR_NOT_FOUND), ==, "not-found");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/rows-hang-together", test_rows);
  g_test_add_func ("/command/private-members-are-sealed", test_private_members);
  g_test_add_func ("/command/looks-at-members", test_looks);
  g_test_add_func ("/command/copy", test_copy);
  g_test_add_func ("/event/members-are-split", test_split);
  g_test_add_func ("/event/nothing-private-is-no-box", test_nothing_sealed);
  g_test_add_func ("/uuid/version-5", test_uuid);
  g_test_add_func ("/refusal/field-and-detail", test_refusals);
  return g_test_run ();
}
