/* test-transitions.c — every state × verb × role, against tests/data/order-transitions.txt
 *
 * The golden table is written anew, on purpose, by
 *   WATERDESK_GOLDEN=write meson test -C build domain-transitions
 * and its difference is what a change of the rules means.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

/* Who asks: east has the order, or had it last; west led before east accepted; the
 * drainage company was invited; the rest has no part in it. */
static const char *const roles[] = {
  "server", "dispatcher", "supervisor", "east", "west", "drainage", "quality", "inspection", "auditor", "admin"
};
static const char *const headings[] = {
  "server", "dispatcher", "supervisor", "unit", "lead", "helper", "quality", "inspection", "auditor", "admin"
};

/* The way to each state, one command after another: who, verb, members. */
typedef struct
{
  const char *who;
  const char *verb;
  const char *members;
} Given;

typedef struct
{
  const char *name;
  const char *category;
  Given       way[12];
} Situation;

/* clang-format off */
#define LED_BY_WEST                                                            \
  { "dispatcher", "dispatch", "{'unit': <'west'>}" }, { "west", "accept", NULL }, \
  { "dispatcher", "recall", "{'reason': <'x'>}" }
#define DISPATCHED LED_BY_WEST, { "dispatcher", "dispatch", "{'unit': <'east'>}" }
#define ACCEPTED   DISPATCHED, { "east", "accept", NULL }
#define ON_SITE    ACCEPTED, { "east", "arrive", NULL }
#define FINISHED   ON_SITE, { "east", "finish", "{'result': <'x'>}" }
#define RETURNED   { "east", "return", "{'class': <'other'>, 'reason': <'x'>}" }

static const Situation situations[] = {
  { "received",             "leak",    { LED_BY_WEST } },
  { "received-returned",    "leak",    { ACCEPTED, RETURNED } },
  { "received-late-return", "leak",    { ACCEPTED, { "wait", "3", NULL }, RETURNED } },
  { "dispatched",           "leak",    { DISPATCHED } },
  { "accepted",             "leak",    { ACCEPTED } },
  { "accepted-no-site",     "billing", { ACCEPTED } },
  { "on-site",              "leak",    { ON_SITE } },
  { "on-site-appointment",  "leak",    { ON_SITE, { "east", "contact", "{'text': <'x'>, 'agreed_at': <int64 1795651200000>}" } } },
  { "finished",             "leak",    { FINISHED } },
  { "closed",               "leak",    { FINISHED, { "dispatcher", "visit", "{'outcome': <'satisfied'>}" } } },
  { "merged",               "leak",    { ACCEPTED, { "dispatcher", "link", "{'to': <'OTHER'>}" } } },
};

/* OTHER stands for another open order, CREW for a crew of east. */
static const struct
{
  const char *name;
  const char *verb;
  const char *members;
} asked[] = {
  { "classify",              "classify",    "{'major': <true>}" },
  { "answer",                "answer",      "{'text': <'x'>}" },
  { "dispatch",              "dispatch",    "{'unit': <'drainage'>}" },
  { "recall",                "recall",      "{'reason': <'x'>}" },
  { "recall-no-reason",      "recall",      NULL },
  { "receipt",               "receipt",     "{'what': <'shown'>}" },
  { "accept",                "accept",      NULL },
  { "assign",                "assign",      "{'crew': <'CREW'>}" },
  { "return",                "return",      "{'class': <'not-ours'>, 'reason': <'x'>}" },
  { "rule-return-refused",   "rule-return", "{'granted': <false>, 'reason': <'x'>}" },
  { "rule-return-granted",   "rule-return", "{'granted': <true>, 'reason': <'x'>}" },
  { "rule-return-elsewhere", "rule-return", "{'granted': <true>, 'reason': <'x'>, 'unit': <'west'>}" },
  { "contact",               "contact",     "{'text': <'x'>}" },
  { "contact-agreed",        "contact",     "{'text': <'x'>, 'agreed_at': <int64 1795651200000>}" },
  { "arrive",                "arrive",      NULL },
  { "note",                  "note",        "{'text': <'x'>}" },
  { "finish",                "finish",      "{'result': <'x'>}" },
  { "visit-satisfied",       "visit",       "{'outcome': <'satisfied'>}" },
  { "visit-unreachable",     "visit",       "{'outcome': <'unreachable'>}" },
  { "visit-redo",            "visit",       "{'outcome': <'dissatisfied'>, 'cause': <'unit'>}" },
  { "link",                  "link",        "{'to': <'OTHER'>}" },
  { "unlink",                "unlink",      "{'to': <'OTHER'>}" },
};

/* What is about no order in particular. */
static const struct
{
  const char *name;
  const char *verb;
  const char *members;
} others[] = {
  { "receive",             "receive",      "{'channel': <'hotline'>, 'category': <'leak'>, 'text': <'x'>}" },
  { "receive-unit-report", "receive",      "{'channel': <'unit-report'>, 'category': <'leak'>, 'text': <'x'>}" },
  { "take-duty",           "take-duty",    NULL },
  { "leave-duty",          "leave-duty",   NULL },
  { "put-unit",            "put-unit",     "{'code': <'new'>, 'name': <'x'>, 'kind': <'other'>}" },
  { "put-crew",            "put-crew",     "{'unit': <'east'>, 'name': <'x'>}" },
  { "put-staff",           "put-staff",    "{'name': <'new'>, 'role': <'auditor'>}" },
  { "put-category",        "put-category", "{'code': <'new'>, 'name': <'x'>}" },
};
/* clang-format on */

static char *
fill_in (House *house, const char *members, const char *other)
{
  g_autoptr (GString) text = g_string_new (members != NULL ? members : "{}");
  GHashTableIter      iter;
  gpointer            crew;

  g_string_replace (text, "OTHER", other, 0);
  g_hash_table_iter_init (&iter, house->records[WD_OBJECT_CREW]);
  while (g_hash_table_iter_next (&iter, NULL, &crew))
    if (g_str_equal (((WdCrew *)crew)->unit, "east"))
      g_string_replace (text, "CREW", ((WdCrew *)crew)->id, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* No verb invites yet; what helpers may do is settled already. */
static void
invite (House *house, const char *id, const char *units)
{
  g_strfreev (house_order (house, id)->helpers);
  house_order (house, id)->helpers = g_strsplit (units, ",", -1);
}

/* Returns: the order in that situation. */
static const char *
bring_about (House *house, const Situation *situation, const char *other)
{
  const char *id = house_receive (house, situation->category);

  for (const Given *given = situation->way; given->who != NULL; given++)
    {
      g_autofree char *members = NULL;

      if (g_str_equal (given->who, "wait"))
        {
          house_wait (house, HOURS (g_ascii_strtoll (given->verb, NULL, 10)));
          continue;
        }
      members = fill_in (house, given->members, other);
      house_do (house, given->who, given->verb, id, members);
    }
  invite (house, id, "drainage");
  return id;
}

/* The order stands as before, after. */
static const char *
outcome_of (House *house, const char *id, const char *other, gsize verb, const char *who)
{
  g_autofree char *members = fill_in (house, asked[verb].members, other);
  const WdActor   *actor = house_actor (house, who);
  WdOrder         *before = wd_order_copy (house_order (house, id));
  WdRuleError      told = WD_RULE_ERROR_NONE;
  gboolean         may = wd_may_do (actor, wd_verb_lookup (asked[verb].verb)->verb, before, &told);
  const char      *outcome;

  if (house_give (house, who, asked[verb].verb, id, members) != NULL)
    outcome = wd_enum_nick (WD_TYPE_ORDER_STATE, house_order (house, id)->state);
  else
    outcome = wd_enum_nick (wd_rule_error_get_type (), house->refused);
  /* A menu says the same as the server, but for what hangs on members. */
  if (house->refused != WD_RULE_ERROR_INVALID && (told != WD_RULE_ERROR_NONE || !g_str_equal (asked[verb].verb, "link")))
    g_assert_cmpint (told, ==, house->refused);
  g_assert_cmpint (may, ==, told == WD_RULE_ERROR_NONE);
  g_hash_table_insert (house->records[WD_OBJECT_ORDER], g_strdup (id), before);
  return outcome;
}

static void
end_row (GString *table)
{
  while (table->str[table->len - 1] == ' ')
    g_string_truncate (table, table->len - 1);
  g_string_append_c (table, '\n');
}

static void
append_heading (GString *table)
{
  g_string_append_printf (table, "%-21s %-21s", "state", "verb");
  for (gsize role = 0; role < G_N_ELEMENTS (headings); role++)
    g_string_append_printf (table, " %-10s", headings[role]);
  end_row (table);
}

static void
append_others (GString *table)
{
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_string_append_printf (table, "%-21s %-21s", "-", others[i].name);
      for (gsize role = 0; role < G_N_ELEMENTS (roles); role++)
        {
          g_autoptr (House) house = house_new ();
          gboolean          done = house_give (house, roles[role], others[i].verb, NULL, others[i].members) != NULL;

          g_string_append_printf (table, " %-10s", done ? "ok" : wd_enum_nick (wd_rule_error_get_type (), house->refused));
        }
      end_row (table);
    }
}

static void
append_situation (GString *table, const Situation *situation)
{
  g_autoptr (House) house = house_new ();
  const char       *other = house_receive (house, "leak");
  const char       *id = bring_about (house, situation, other);

  invite (house, other, "east,west,drainage,lab,brigade");
  for (gsize verb = 0; verb < G_N_ELEMENTS (asked); verb++)
    {
      g_string_append_printf (table, "%-21s %-21s", situation->name, asked[verb].name);
      for (gsize role = 0; role < G_N_ELEMENTS (roles); role++)
        g_string_append_printf (table, " %-10s", outcome_of (house, id, other, verb, roles[role]));
      end_row (table);
    }
}

static char *
make_table (void)
{
  GString *table = g_string_new ("# State x verb x role -> the state after, or why not.  Made by tests/domain/test-transitions.c.\n");

  append_heading (table);
  append_others (table);
  for (gsize s = 0; s < G_N_ELEMENTS (situations); s++)
    append_situation (table, &situations[s]);
  return g_string_free (table, FALSE);
}

static void
test_golden (void)
{
  g_autofree char   *path = g_build_filename (g_getenv ("WATERDESK_SOURCE"), "tests", "data", "order-transitions.txt", NULL);
  g_autofree char   *table = make_table ();
  g_autofree char   *golden = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     is = NULL;
  g_auto (GStrv)     was = NULL;

  if (g_strcmp0 (g_getenv ("WATERDESK_GOLDEN"), "write") == 0)
    g_file_set_contents (path, table, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  is = g_strsplit (table, "\n", -1);
  was = g_strsplit (golden, "\n", -1);
  for (guint i = 0; is[i] != NULL && was[i] != NULL; i++)
    g_assert_cmpstr (is[i], ==, was[i]);
  g_assert_cmpuint (g_strv_length (is), ==, g_strv_length (was));
}

/* No verb that people give is left out of the table. */
static void
test_all_verbs (void)
{
  for (int verb = WD_VERB_NONE + 1; verb < WD_VERB_COUNT; verb++)
    {
      const WdVerbInfo *info = wd_verb_info (verb);
      gboolean          found = info->who == WD_WHO_NOBODY || info->kind >= WD_OBJECT_OUTAGE; /* those: test-areas.c */

      for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
        found |= g_str_equal (asked[i].verb, info->name);
      for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
        found |= g_str_equal (others[i].verb, info->name);
      if (!found)
        g_error ("%s is not in the table", info->name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transitions/all-verbs-are-asked", test_all_verbs);
  g_test_add_func ("/transitions/golden-table", test_golden);
  return g_test_run ();
}
