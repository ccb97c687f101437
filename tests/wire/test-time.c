/* test-time.c — times and durations, written and read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json.h"

/* clang-format off */
static const struct { const char *text; gint64 time; } times[] = {
  { "1970-01-01T00:00:00Z",              0 },
  { "1970-01-01T00:00:00.001Z",          1 },
  { "1969-12-31T23:59:59.999Z",          -1 },
  { "2026-11-24T08:02:03.120Z",          G_GINT64_CONSTANT (1795507323120) },
  { "2026-11-24t08:02:03.12z",           G_GINT64_CONSTANT (1795507323120) },
  { "2026-11-24T16:02:03.120+08:00",     G_GINT64_CONSTANT (1795507323120) },
  { "2026-11-23T22:32:03.120-09:30",     G_GINT64_CONSTANT (1795507323120) },
  { "2026-11-24T08:02:03.1209999-00:00", G_GINT64_CONSTANT (1795507323120) },
  { "2026-11-24T08:02:03Z",              G_GINT64_CONSTANT (1795507323000) },
  { "2000-02-29T12:00:00Z",              G_GINT64_CONSTANT (951825600000) },
  { "2016-12-31T23:59:60Z",              G_GINT64_CONSTANT (1483228800000) },
  { "2017-01-01T07:59:60.5+08:00",       G_GINT64_CONSTANT (1483228800500) },
  { "0001-01-01T00:00:00Z",              G_GINT64_CONSTANT (-62135596800000) },
  { "9999-12-31T23:59:59.999Z",          G_GINT64_CONSTANT (253402300799999) },
};
static const char *const no_times[] = {
  "", "2026", "2026-11-24", "2026-11-24T08:02:03", "2026-11-24 08:02:03Z", "2026-11-24T08:02Z", "2026-11-24T24:00:00Z", "2026-11-24T08:60:00Z",
  "2026-11-24T08:02:60Z", "2026-11-24T08:02:61Z", "2026-02-29T08:02:03Z", "2100-02-29T08:02:03Z", "2026-13-01T08:02:03Z", "2026-00-01T08:02:03Z", "2026-01-00T08:02:03Z",
  "2026-04-31T08:02:03Z", "2026-1-1T08:02:03Z", "26-11-24T08:02:03Z", "+2026-11-24T08:02:03Z", "12026-11-24T08:02:03Z", "0000-11-24T08:02:03Z", "2026-11-24T08:02:03.Z",
  "2026-11-24T08:02:03,1Z", "2026-11-24T08:02:03+08", "2026-11-24T08:02:03+0800", "2026-11-24T08:02:03+24:00", "2026-11-24T08:02:03+08:60", "2026-11-24T08:02:03 Z",
  " 2026-11-24T08:02:03Z", "2026-11-24T08:02:03Z ", "2026-11-24T08:02:03ZZ", "20261124T080203Z", "2026-W48-2T08:02:03Z", "2026-328T08:02:03Z", "-026-11-24T08:02:03Z",
  "2026-11-24T0８:02:03Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "now",
};
static const struct { const char *text; gint64 duration; const char *printed; } durations[] = {
  { "PT3M",        180000,               NULL },
  { "PT1H",        3600000,              NULL },
  { "PT24H",       86400000,             NULL },
  { "P1D",         86400000,             "PT24H" },
  { "P5D",         432000000,            "PT120H" },
  { "P2W",         1209600000,           "PT336H" },
  { "P1W2D",       777600000,            "PT216H" },
  { "P1DT2H3M4S",  93784000,             "PT26H3M4S" },
  { "PT1H30M",     5400000,              NULL },
  { "PT90M",       5400000,              "PT1H30M" },
  { "PT0S",        0,                    NULL },
  { "P0D",         0,                    "PT0S" },
  { "PT0.5S",      500,                  NULL },
  { "PT0,25S",     250,                  "PT0.25S" },
  { "PT1.5H",      5400000,              "PT1H30M" },
  { "P0.5D",       43200000,             "PT12H" },
  { "PT12.345S",   12345,                NULL },
  { "PT12.3456S",  12345,                "PT12.345S" },
  { "PT100000H",   G_GINT64_CONSTANT (360000000000), NULL },
};
static const char *const no_durations[] = {
  "", "P", "PT", "P1DT", "3M", "PT3", "PTM", "PT3m", "pt3m", "P1Y", "P1M", "P3H", "PT1D", "PT3M2H", "PT1H1H", "PT1S1S", "P1DT1S1S", "PT1.5H3M", "PT1.5M1S", "PT.5S", "PT1.S",
  "-PT3M", "P-1D", "PT+3M", "PT3M ", " PT3M", "PTT3M", "PT3MT1S", "P1D1W", "PT99999999999999999999H", "P9223372036854775807D", "P0003-06-04T12:30:05", "PT1e3S", "PT３M",
};
/* clang-format on */

static void
test_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 time = 7;

      if (!wd_time_from_text (times[i].text, &time) || time != times[i].time)
        g_error ("%s: %" G_GINT64_FORMAT, times[i].text, time);
    }
  for (guint i = 0; i < G_N_ELEMENTS (no_times); i++)
    {
      gint64 time = 7;

      if (wd_time_from_text (no_times[i], &time))
        g_error ("taken: %s", no_times[i]);
      g_assert_cmpint (time, ==, 7);
    }
}

/* Beside GLib's calendar, over all the years that four digits can name. */
static void
test_times_printed (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint64                second = (gint64)g_test_rand_double_range (-62135596800.0, 253402300799.0);
      int                   thousandths = g_test_rand_int_range (0, 1000);
      gint64                time = second * 1000 + thousandths, again;
      g_autoptr (GDateTime) stamp = g_date_time_new_from_unix_utc (second);
      g_autofree char      *expected = g_strdup_printf ("\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"",
                                                        g_date_time_get_year (stamp), g_date_time_get_month (stamp), g_date_time_get_day_of_month (stamp),
                                                        g_date_time_get_hour (stamp), g_date_time_get_minute (stamp), g_date_time_get_second (stamp), thousandths);
      g_autoptr (GString)   json = g_string_new (NULL);

      wd_json_append_time (json, time);
      g_assert_cmpstr (json->str, ==, expected);
      g_string_truncate (json, json->len - 1);
      g_assert_true (wd_time_from_text (json->str + 1, &again));
      g_assert_cmpint (again, ==, time);
    }
}

static void
test_durations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);
      gint64              duration = 7;

      if (!wd_duration_from_text (durations[i].text, &duration) || duration != durations[i].duration)
        g_error ("%s: %" G_GINT64_FORMAT, durations[i].text, duration);
      wd_json_append_duration (json, duration);
      g_string_truncate (json, json->len - 1);
      g_assert_cmpstr (json->str + 1, ==, durations[i].printed ? durations[i].printed : durations[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (no_durations); i++)
    {
      gint64 duration = 7;

      if (wd_duration_from_text (no_durations[i], &duration))
        g_error ("taken: %s", no_durations[i]);
      g_assert_cmpint (duration, ==, 7);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/times are those of RFC 3339", test_times);
  g_test_add_func ("/time/times are printed in UTC with milliseconds", test_times_printed);
  g_test_add_func ("/time/durations are those of ISO 8601 without calendar", test_durations);
  return g_test_run ();
}
