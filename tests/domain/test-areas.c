/* test-areas.c — outages, quality cases and calls: every state × verb × role, against tests/data/area-transitions.txt
 *
 * The golden table is written anew, on purpose, by
 *   WATERDESK_GOLDEN=write meson test -C build domain-areas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "house.h"

#include <string.h>

static const char *const roles[] = {
  "server", "dispatcher", "supervisor", "east", "west", "drainage", "quality", "inspection", "auditor", "admin"
};

#define AREA "'area': <'{\"type\":\"Polygon\",\"coordinates\":[[[120.2,30.2],[120.3,30.2],[120.3,30.3],[120.2,30.2]]]}'>"
#define DECLARE(starts) "{'nature': <'emergency'>, 'reason': <'x'>, 'starts': <int64 " starts ">, " AREA "}"
#define LATER "1795651200000" /* 48 hours after the house's morning */

typedef struct
{
  const char *who, *verb, *members;
} Given;

/* clang-format off */
static const struct
{
  const char *name;
  Given       way[4]; /* the first makes it */
} situations[] = {
  { "announced", { { "east", "declare-outage", DECLARE (LATER) } } },
  { "active",    { { "east", "declare-outage", DECLARE ("1000") } } },
  { "restored",  { { "east", "declare-outage", DECLARE ("1000") }, { "east", "restore-outage", NULL } } },
  { "reported",  { { "dispatcher", "report-quality", "{'point': <(120.25, 30.25)>, 'text': <'x'>}" } } },
  { "attended",  { { "dispatcher", "report-quality", "{'point': <(120.25, 30.25)>, 'text': <'x'>}" }, { "quality", "attend-quality", NULL }, { "east", "attend-quality", NULL } } },
  { "confirmed", { { "dispatcher", "report-quality", "{'point': <(120.25, 30.25)>, 'text': <'x'>}" }, { "quality", "conclude-quality", "{'cause': <'x'>, " AREA "}" } } },
};

static const Given asked[] = {
  { "outage",  "revise-outage",    "{'because': <'x'>, 'pipe_mm': <int64 300>}" },
  { "outage",  "restore-outage",   NULL },
  { "outage",  "cancel-outage",    "{'because': <'x'>}" },
  { "quality", "attend-quality",   NULL },
  { "quality", "draft-quality",    "{" AREA "}" },
  { "quality", "conclude-quality", "{'cause': <'x'>, " AREA "}" },
  { "",        "attach-call",      "{'to': <'IT'>, 'channel': <'hotline'>}" },
};

static const Given others[] = {
  { "", "declare-outage", DECLARE ("1000") },
  { "", "report-quality", "{'point': <(120.25, 30.25)>, 'text': <'x'>}" },
};
/* clang-format on */

static const char *
bring_about (House *house, gsize situation)
{
  const Given *way = situations[situation].way;
  const char  *id = house_do (house, way->who, way->verb, NULL, way->members);

  for (way++; way->who != NULL; way++)
    house_do (house, way->who, way->verb, id, way->members);
  return id;
}

static const char *
state_of (House *house, const char *id)
{
  const WdOutage *outage = house_find (house, WD_OBJECT_OUTAGE, id);

  if (outage != NULL)
    return wd_enum_nick (wd_outage_state_get_type (), outage->state);
  return wd_enum_nick (wd_quality_state_get_type (), ((const WdQuality *)house_find (house, WD_OBJECT_QUALITY, id))->state);
}

static void
append_outcome (GString *table, gsize situation, const Given *verb, const char *who)
{
  g_autoptr (House)   house = house_new ();
  const char         *id = bring_about (house, situation);
  g_autoptr (GString) members = g_string_new (verb->members != NULL ? verb->members : "{}");
  gboolean            call = g_str_equal (verb->verb, "attach-call");

  g_string_replace (members, "IT", id, 0);
  if (house_give (house, who, verb->verb, call ? NULL : id, members->str) != NULL)
    g_string_append_printf (table, " %-10s", state_of (house, id));
  else
    g_string_append_printf (table, " %-10s", wd_enum_nick (wd_rule_error_get_type (), house->refused));
}

static void
end_row (GString *table)
{
  while (table->str[table->len - 1] == ' ')
    g_string_truncate (table, table->len - 1);
  g_string_append_c (table, '\n');
}

static char *
make_table (void)
{
  GString *table = g_string_new ("# State x verb x role -> the state after, or why not.  Made by tests/domain/test-areas.c.\n");

  g_string_append_printf (table, "%-10s %-17s", "state", "verb");
  for (gsize role = 0; role < G_N_ELEMENTS (roles); role++)
    g_string_append_printf (table, " %-10s", roles[role]);
  end_row (table);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_string_append_printf (table, "%-10s %-17s", "-", others[i].verb);
      for (gsize role = 0; role < G_N_ELEMENTS (roles); role++)
        {
          g_autoptr (House) house = house_new ();
          const char       *id = house_give (house, roles[role], others[i].verb, NULL, others[i].members);

          g_string_append_printf (table, " %-10s", id != NULL ? "ok" : wd_enum_nick (wd_rule_error_get_type (), house->refused));
        }
      end_row (table);
    }
  for (gsize s = 0; s < G_N_ELEMENTS (situations); s++)
    for (gsize v = 0; v < G_N_ELEMENTS (asked); v++)
      {
        if (*asked[v].who != '\0' && strstr (situations[s].way[0].verb, asked[v].who) == NULL)
          continue;
        g_string_append_printf (table, "%-10s %-17s", situations[s].name, asked[v].verb);
        for (gsize role = 0; role < G_N_ELEMENTS (roles); role++)
          append_outcome (table, s, &asked[v], roles[role]);
        end_row (table);
      }
  return g_string_free (table, FALSE);
}

static void
test_golden (void)
{
  g_autofree char   *path = g_build_filename (g_getenv ("WATERDESK_SOURCE"), "tests", "data", "area-transitions.txt", NULL);
  g_autofree char   *table = make_table ();
  g_autofree char   *golden = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (g_getenv ("WATERDESK_GOLDEN"), "write") == 0)
    g_file_set_contents (path, table, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (table, ==, golden);
}

/* An announced outage begins by itself, and a time that was told and passed is a breach, each once. */
static void
test_due (void)
{
  g_autoptr (House)     house = house_new ();
  const char           *id = house_do (house, "east", "declare-outage", NULL,
                                       "{'nature': <'planned'>, 'reason': <'x'>, 'starts': <int64 1795651200000>, 'expected': <int64 1795662000000>}");
  const WdOutage       *outage = house_find (house, WD_OBJECT_OUTAGE, id);
  g_autoptr (GPtrArray) events = NULL;

  g_assert_cmpint (wd_object_next_due (WD_OBJECT_OUTAGE, outage), ==, outage->starts);
  events = wd_decide_object_due (WD_OBJECT_OUTAGE, outage, outage->starts - 1);
  g_assert_cmpuint (events->len, ==, 0);
  g_clear_pointer (&events, g_ptr_array_unref);
  events = wd_decide_object_due (WD_OBJECT_OUTAGE, outage, outage->expected + 1);
  g_assert_cmpuint (events->len, ==, 2);
  g_assert_cmpint (((WdEvent *)events->pdata[0])->verb, ==, WD_VERB_BEGUN);
  g_assert_cmpint (((WdEvent *)events->pdata[1])->verb, ==, WD_VERB_BREACHED);
}

/* R66: the time that the water came back at is the one that is told; a revision later than that does not move it. */
static void
test_water_came_back_before_the_last_revision (void)
{
  static const struct
  {
    gint64 told, restored;
  } rows[] = { { AT (20), AT (20) }, { AT (5), AT (5) }, { AT (-60), AT (-30) }, { 0, AT (45) } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (House) house = house_new ();
      g_autofree char  *declare = g_strdup_printf ("{'nature': <'emergency'>, 'reason': <'x'>, 'starts': <int64 %" G_GINT64_FORMAT ">}", AT (-30));
      g_autofree char  *revise = g_strdup_printf ("{'expected': <int64 %" G_GINT64_FORMAT ">, 'because': <'x'>}", AT (90));
      const char       *id;
      const WdOutage   *outage;

      house->now = AT (10);
      id = house_do (house, "east", "declare-outage", NULL, declare);
      house->now = AT (40);
      house_do (house, "east", "revise-outage", id, revise);
      house->now = AT (45);
      house->at = rows[i].told;
      house_do (house, "east", "restore-outage", id, NULL);
      outage = house_find (house, WD_OBJECT_OUTAGE, id);
      g_assert_cmpint (outage->state, ==, WD_OUTAGE_RESTORED);
      g_assert_cmpint (outage->restored_at, ==, rows[i].restored);
    }
}

/* A planned outage that is brought forward is late as one that is declared late is; the desk says so before it is given. */
static void
test_late_notice_of_a_revision (void)
{
  /* clang-format off */
  static const struct
  {
    gint64         now;
    const char    *changes; /* besides the start */
    WdOutageNature nature;
    gint64         starts;
    gboolean       late;
    guint          clocks;
  } rows[] = {
    { AT (60),      "'pipe_mm': <int64 300>",  WD_OUTAGE_PLANNED,   AT (72 * 60),      FALSE, 1 },
    { AT (60),      "'nature': <'planned'>",   WD_OUTAGE_PLANNED,   AT (60 + 48 * 60), FALSE, 2 },
    { AT (60),      "'nature': <'planned'>",   WD_OUTAGE_PLANNED,   AT (59 + 48 * 60), TRUE,  2 },
    { AT (60),      "'nature': <'emergency'>", WD_OUTAGE_EMERGENCY, AT (120),          FALSE, 1 },
    { AT (62 * 60), "'pipe_mm': <int64 300>",  WD_OUTAGE_PLANNED,   AT (72 * 60),      FALSE, 1 }, /* the same start told again */
    { AT (73 * 60), "'pipe_mm': <int64 300>",  WD_OUTAGE_PLANNED,   AT (72 * 60 + 20), FALSE, 1 }, /* when it really began */
    { AT (73 * 60), "'pipe_mm': <int64 300>",  WD_OUTAGE_PLANNED,   AT (75 * 60),      TRUE,  2 }, /* put off */
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (House) house = house_new ();
      g_autofree char  *declare = g_strdup_printf ("{'nature': <'planned'>, 'reason': <'x'>, 'starts': <int64 %" G_GINT64_FORMAT ">}", AT (72 * 60));
      g_autofree char  *revise = g_strdup_printf ("{'because': <'x'>, %s, 'starts': <int64 %" G_GINT64_FORMAT ">}", rows[i].changes, rows[i].starts);
      const WdPolicy   *policy = house_find (house, WD_OBJECT_POLICY, "1");
      const char       *id = house_do (house, "east", "declare-outage", NULL, declare);
      const WdOutage   *outage = house_find (house, WD_OBJECT_OUTAGE, id);
      gboolean          foretold;

      g_assert_false (outage->late_notice);
      house->now = rows[i].now;
      foretold = wd_outage_is_told_late (outage, rows[i].nature, rows[i].starts, house->now, policy);
      g_assert_cmpint (foretold, ==, rows[i].late);
      house_do (house, "east", "revise-outage", id, revise);
      outage = house_find (house, WD_OBJECT_OUTAGE, id);
      g_assert_cmpint (outage->late_notice, ==, rows[i].late);
      g_assert_cmpuint (outage->clocks->len, ==, rows[i].clocks);
    }
}

/* What was told before the start and came in after it sets nothing back. */
static void
test_begun_stays_begun (void)
{
  g_autoptr (House) house = house_new ();
  g_autofree char  *declare = g_strdup_printf ("{'nature': <'emergency'>, 'reason': <'x'>, 'starts': <int64 %" G_GINT64_FORMAT ">}", AT (10));
  const char       *id = house_do (house, "east", "declare-outage", NULL, declare);
  const WdOutage   *outage;

  house->now = AT (20);
  house->at = AT (9);
  house_do (house, "east", "revise-outage", id, "{'because': <'x'>, 'pipe_mm': <int64 300>}");
  outage = house_find (house, WD_OBJECT_OUTAGE, id);
  g_assert_cmpint (outage->state, ==, WD_OUTAGE_ACTIVE);
  g_assert_cmpint (wd_object_next_due (WD_OBJECT_OUTAGE, outage), ==, 0);
}

/* Whoever arrived while cut off has the time that it was, whatever others did at the case meanwhile. */
static void
test_arrived_before_others (void)
{
  g_autoptr (House) house = house_new ();
  const char       *id = house_do (house, "dispatcher", "report-quality", NULL, "{'point': <(120.25, 30.25)>, 'text': <'x'>}");
  const WdQuality  *quality;

  house->now = AT (20);
  house_do (house, "quality", "attend-quality", id, NULL);
  house->now = AT (30);
  house_do (house, "quality", "draft-quality", id, "{" AREA "}");
  house->now = AT (40);
  house->at = AT (10);
  house_do (house, "east", "attend-quality", id, NULL);
  quality = house_find (house, WD_OBJECT_QUALITY, id);
  g_assert_cmpint (*(gint64 *)g_hash_table_lookup (quality->attended, "east"), ==, AT (10));
  g_assert_cmpint (quality->last_at, ==, AT (30));
}

/* What is told late of an area never comes before what stands there already. */
static void
test_others_are_not_set_back (void)
{
  g_autoptr (House) house = house_new ();
  const char       *order = house_do (house, "dispatcher", "receive", NULL, "{'channel': <'hotline'>, 'category': <'leak'>, 'text': <'x'>}");
  g_autofree char  *orders = g_strdup_printf ("{'nature': <'emergency'>, 'reason': <'x'>, 'orders': <['%s']>}", order);
  const char       *id;
  const WdQuality  *quality;
  g_autofree char  *outage = NULL;

  house->now = AT (20);
  house_do (house, "dispatcher", "dispatch", order, "{'unit': <'east'>}");
  house->now = AT (30);
  house->at = AT (5);
  house_do (house, "dispatcher", "declare-outage", NULL, orders);
  g_assert_cmpint (((const WdOrder *)house_find (house, WD_OBJECT_ORDER, order))->last_at, ==, AT (20));

  house->at = 0;
  id = house_do (house, "dispatcher", "report-quality", NULL, "{'point': <(120.25, 30.25)>, 'text': <'x'>}");
  house->now = AT (40);
  house_do (house, "quality", "conclude-quality", id, "{" AREA ", 'cause': <'x'>}");
  quality = house_find (house, WD_OBJECT_QUALITY, id);
  outage = g_strdup (quality->outage);
  house->now = AT (60);
  house_do (house, "east", "revise-outage", outage, "{'because': <'x'>, 'pipe_mm': <int64 300>}");
  house->now = AT (70);
  house->at = AT (50);
  house_do (house, "quality", "conclude-quality", id, "{" AREA ", 'cause': <'y'>}");
  g_assert_cmpint (((const WdOutage *)house_find (house, WD_OBJECT_OUTAGE, outage))->last_at, ==, AT (60));
  g_assert_cmpstr (((const WdOutage *)house_find (house, WD_OBJECT_OUTAGE, outage))->reason, ==, "y");
}

/* R69: two parties at least, the centre and a supply company, and no one counts for both. */
static void
test_nobody_arrives_jointly_alone (void)
{
  static const struct
  {
    const char *named, *called;
  } rows[] = {
    { "@as []", "east" },
    { "['lab']", "east" },
    { "['east', 'lab']", "east" },
    { "['east', 'east']", "east" },
    { "['drainage']", "drainage east" },
    { "['west']", "west" },
  };
  g_autoptr (House) house = house_new ();
  const WdQuality  *quality;
  const char       *id;
  gint64            centre_at;
  guint             total;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *members = g_strdup_printf ("{'point': <(120.25, 30.25)>, 'text': <'x'>, 'units': <%s>}", rows[i].named);
      g_autofree char *called = NULL;

      id = house_do (house, "dispatcher", "report-quality", NULL, members);
      quality = house_find (house, WD_OBJECT_QUALITY, id);
      called = g_strjoinv (" ", quality->units);
      g_assert_cmpstr (called, ==, rows[i].called);
    }
  /* Also where another unit's territory is the smaller one. */
  quality = house_find (house, WD_OBJECT_QUALITY, house_do (house, "dispatcher", "report-quality", NULL, "{'point': <(120.55, 30.25)>, 'text': <'x'>}"));
  g_assert_true (g_strv_equal ((const char *const *)quality->units, (const char *const[]){ "east", NULL }));
  house_refuse (house, WD_RULE_ERROR_INVALID, "units", "dispatcher", "report-quality", NULL,
                "{'point': <(120.25, 30.25)>, 'text': <'x'>, 'units': <['nowhere']>}");
  id = house_do (house, "dispatcher", "report-quality", NULL, "{'point': <(120.25, 30.25)>, 'text': <'x'>, 'units': <['east', 'drainage']>}");
  quality = house_find (house, WD_OBJECT_QUALITY, id);
  g_assert_cmpuint (wd_quality_count_arrivals (quality, &total, &centre_at), ==, 0);
  g_assert_cmpuint (total, ==, 3);
  house_do (house, "quality", "attend-quality", id, NULL);
  house_do (house, "east", "attend-quality", id, NULL);
  quality = house_find (house, WD_OBJECT_QUALITY, id);
  g_assert_cmpuint (wd_quality_count_arrivals (quality, &total, &centre_at), ==, 2);
  g_assert_cmpint (quality->state, ==, WD_QUALITY_REPORTED);
  house_do (house, "drainage", "attend-quality", id, NULL);
  quality = house_find (house, WD_OBJECT_QUALITY, id);
  g_assert_cmpuint (wd_quality_count_arrivals (quality, &total, &centre_at), ==, total);
  g_assert_cmpint (quality->state, ==, WD_QUALITY_ATTENDED);
}

/* Outside all territories nobody could be named: the centre alone is one of two, also to a desk, which does not know who it was. */
static void
test_supply_company_is_missing_where_none_is_called (void)
{
  g_autoptr (WdQuality) quality = wd_quality_new ();
  gint64                centre_at;
  guint                 total;

  wd_limits_set (quality->attended, "lab", 1000);
  g_assert_cmpuint (wd_quality_count_arrivals (quality, &total, &centre_at), ==, 1);
  g_assert_cmpuint (total, ==, 2);
  g_assert_cmpint (centre_at, ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/areas/golden-table", test_golden);
  g_test_add_func ("/areas/due", test_due);
  g_test_add_func ("/areas/late-notice-of-a-revision", test_late_notice_of_a_revision);
  g_test_add_func ("/areas/begun-stays-begun", test_begun_stays_begun);
  g_test_add_func ("/areas/arrived-before-others", test_arrived_before_others);
  g_test_add_func ("/areas/others-not-set-back", test_others_are_not_set_back);
  g_test_add_func ("/areas/nobody-arrives-jointly-alone", test_nobody_arrives_jointly_alone);
  g_test_add_func ("/areas/supply-company-is-missing-where-none-is-called", test_supply_company_is_missing_where_none_is_called);
  g_test_add_func ("/areas/water-came-back-before-the-last-revision", test_water_came_back_before_the_last_revision);
  return g_test_run ();
}
