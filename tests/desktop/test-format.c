/* test-format.c — numbers, times, names and words as people at a desk read them
 *
 * In English, for which no catalogue is needed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-format.h"
#include "wd-json.h"
#include "wd-terms.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void
test_countdown (void)
{
  /* clang-format off */
  static const struct { gint64 left; const char *words; } cases[] = {
    { 2 * MINUTE + 31 * SECOND,             "02:31"         },
    { 59 * MINUTE + 59 * SECOND,            "59:59"         },
    { HOUR,                                 "1:00:00"       },
    { 23 * HOUR + 59 * MINUTE + 5 * SECOND, "23:59:05"      },
    { DAY,                                  "1 day 00:00"   },
    { 2 * DAY + 3 * HOUR + 20 * MINUTE,     "2 days 03:20"  },
    { 1,                                    "00:01"         }, /* until the very last */
    { 0,                                    "00:00"         }, /* stopped then is in time */
    { -1,                                   "late 00:00"    },
    { -(12 * MINUTE + 7 * SECOND),          "late 12:07"    },
    { -(3 * DAY + HOUR),                    "late 3 days 01:00" },
  };
  /* clang-format on */
  gint64 due = G_GINT64_CONSTANT (1795500000000);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = wd_format_countdown (due, due - cases[i].left);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Of the utility's zone, whatever that of this computer. */
static void
test_times (void)
{
  WdPolicy              policy = { .zone = (char *)"Asia/Shanghai" };
  g_autoptr (GTimeZone) zone = wd_format_zone (&policy);
  gint64                time = G_GINT64_CONSTANT (1795455134000); /* 2026-11-23T17:32:14Z, the next day there */
  g_autofree char      *clock = wd_format_time (time, zone);
  g_autofree char      *minute = wd_format_minute (time, zone);
  g_autofree char      *date = wd_format_date (time, zone);

  g_assert_cmpstr (clock, ==, "01:32:14");
  g_assert_cmpstr (minute, ==, "01:32");
  g_assert_cmpstr (date, ==, "11/24 Tue");
}

/* What lies in another year says so. */
static void
test_moments (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  const struct
  {
    const char *time, *words;
  } rows[] = { { "2026-11-23T17:32:00Z", "today 17:32" }, { "2026-01-02T08:05:00Z", "1/2 Fri 08:05" }, { "2025-12-31T23:59:00Z", "2025/12/31 Wed 23:59" }, { "2027-01-01T00:00:00Z", "2027/1/1 Fri 00:00" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (rows[i].time, NULL);
      g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-23T09:00:00Z", NULL);
      g_autofree char      *words = wd_format_moment (g_date_time_to_unix (time) * 1000, g_date_time_to_unix (now) * 1000, zone);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_due (void)
{
  WdPolicy              policy = { .zone = (char *)"Asia/Shanghai" };
  g_autoptr (GTimeZone) zone = wd_format_zone (&policy);
  gint64                now = G_GINT64_CONSTANT (1795455134000); /* the 24th there, 01:32:14 */
  /* clang-format off */
  static const struct { gint64 ahead; const char *words; } cases[] = {
    { 0,                                     "01:32:14"          },
    { -(93 * MINUTE),                        "11/23 Mon 23:59"   },
    { 22 * HOUR,                             "23:32:14"          },
    { 23 * HOUR,                             "tomorrow 00:32"    },
    { DAY,                                   "tomorrow 01:32"    },
    { 2 * DAY,                               "11/26 Thu 01:32"   },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = wd_format_due (now + cases[i].ahead, now, zone);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_zone_without_policy (void)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (NULL);

  g_assert_nonnull (zone);
}

static void
test_numbers (void)
{
  g_autofree char *usual = wd_format_number ("20261124-0087");
  g_autofree char *none = wd_format_number (NULL);
  g_autofree char *odd = wd_format_number ("7");
  g_autofree char *outage = wd_format_number ("O20261124-0003");

  g_assert_cmpstr (usual, ==, "1124-0087");
  g_assert_cmpstr (none, ==, "not yet numbered");
  g_assert_cmpstr (odd, ==, "7");
  g_assert_cmpstr (outage, ==, "O1124-0003");
}

static void
test_short_names (void)
{
  /* clang-format off */
  static const struct { const char *name, *short_name; } cases[] = {
    { "东区供水公司", "东区" },
    { "水务稽查大队", "稽查" },
    { "水务局",       "水务" },
    { "水质检测中心", "水质" },
    { "东",           "东"   },
    { "",             ""     },
    { "East",         "Ea"   },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *short_name = wd_format_short_name (cases[i].name);

      g_assert_cmpstr (short_name, ==, cases[i].short_name);
    }
}

/* Who holds the desk, else who usually does, and the telephone there. */
static void
test_duty (void)
{
  WdDuty           duty = { .name = (char *)"李建国" };
  WdUnit           unit = { 0 };
  g_autofree char *nobody = wd_format_duty (&unit);
  g_autofree char *telephone = NULL, *handler = NULL, *both = NULL, *holder = NULL;

  g_assert_null (nobody);
  unit.phone = (char *)"8201";
  telephone = wd_format_duty (&unit);
  g_assert_cmpstr (telephone, ==, "8201");
  unit.handler = (char *)"孙梅";
  both = wd_format_duty (&unit);
  g_assert_cmpstr (both, ==, "孙梅 · 8201");
  unit.duty = &duty;
  holder = wd_format_duty (&unit);
  g_assert_cmpstr (holder, ==, "李建国 · 8201");
  unit.phone = NULL;
  handler = wd_format_duty (&unit);
  g_assert_cmpstr (handler, ==, "李建国");
}

/* --- words --------------------------------------------------------------------- */

static void
check_enum (GType type, const char *(*term) (int value))
{
  g_autoptr (GEnumClass) values = g_type_class_ref (type);

  for (guint i = 0; i < values->n_values; i++)
    if (values->values[i].value != 0 && term (values->values[i].value)[0] == '\0')
      g_error ("no word for %s", values->values[i].value_nick);
}

static const char *
term_state (int value)
{
  return wd_term_state ((WdOrderState)value);
}

static const char *
term_channel (int value)
{
  return wd_term_channel ((WdChannel)value);
}

static void
test_every_state_and_channel_has_a_word (void)
{
  check_enum (wd_order_state_get_type (), term_state);
  check_enum (wd_channel_get_type (), term_channel);
}

/* What a refusal may have to name: all that people do to orders. */
static void
test_every_verb_has_a_word (void)
{
  for (int verb = WD_VERB_NONE + 1; verb < WD_VERB_COUNT; verb++)
    {
      const WdVerbInfo *info = wd_verb_info ((WdVerb)verb);

      if (info->kind == WD_OBJECT_ORDER && info->who != WD_WHO_NOBODY && !(info->flags & WD_VERB_QUIET) &&
          wd_term_verb ((WdVerb)verb)[0] == '\0')
        g_error ("no word for %s", info->name);
    }
}

static void
test_every_clock_has_a_word (void)
{
  g_autofree char     *path = g_build_filename (g_getenv ("WATERDESK_SOURCE"), "data", "policy.json", NULL);
  g_autofree char     *text = NULL;
  g_autoptr (GError)   error = NULL;
  g_autoptr (WdPolicy) policy = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  policy = wd_policy_from_json (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (policy->rows->len, >, 5);
  for (guint i = 0; i < policy->rows->len; i++)
    {
      const char *rule = ((const WdPolicyRow *)policy->rows->pdata[i])->rule;

      /* A rule without a word of ours is shown as it is; those of outages the desk does not show at all. */
      if (!g_str_has_prefix (rule, "outage-") && wd_term_clock (rule) == rule)
        g_error ("no word for %s", rule);
    }
}

static void
test_every_refusal_has_a_sentence (void)
{
  static const char *const codes[] = { "state", "conflict", "forbidden", "not-found", "invalid", "id-reused", "busy", "storage", "unauthorized" };
  const char              *unknown = wd_term_problem ("no-such-code");

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpstr (wd_term_problem (codes[i]), !=, unknown);
  g_assert_cmpstr (wd_term_problem (NULL), ==, unknown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/countdown", test_countdown);
  g_test_add_func ("/format/times-are-of-the-utility's-zone", test_times);
  g_test_add_func ("/format/moments", test_moments);
  g_test_add_func ("/format/due", test_due);
  g_test_add_func ("/format/zone-without-policy", test_zone_without_policy);
  g_test_add_func ("/format/numbers", test_numbers);
  g_test_add_func ("/format/short-names", test_short_names);
  g_test_add_func ("/format/duty", test_duty);
  g_test_add_func ("/terms/every-state-and-channel-has-a-word", test_every_state_and_channel_has_a_word);
  g_test_add_func ("/terms/every-verb-has-a-word", test_every_verb_has_a_word);
  g_test_add_func ("/terms/every-clock-has-a-word", test_every_clock_has_a_word);
  g_test_add_func ("/terms/every-refusal-has-a-sentence", test_every_refusal_has_a_sentence);
  return g_test_run ();
}
