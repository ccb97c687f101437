/* test-when.c — what people type as a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-when.h"

/* 2026-11-24 14:20:41 in Shanghai, a Tuesday. */
#define NOW G_GINT64_CONSTANT (1795501241000)

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    const char *then;
  } rows[] = {
    { "0930", "2026-11-25 09:30" },
    { "1530", "2026-11-24 15:30" },
    { "15:30", "2026-11-24 15:30" },
    { "１５：３０", "2026-11-24 15:30" },
    { " 9:05 ", "2026-11-25 09:05" },
    { "+2h", "2026-11-24 16:20" },
    { "+90m", "2026-11-24 15:50" },
    { "2小时后", "2026-11-24 16:20" },
    { "30分钟", "2026-11-24 14:50" },
    { "2天", "2026-11-26 14:20" },
    { "+1d", "2026-11-25 14:20" },
    { "明天 8点", "2026-11-25 08:00" },
    { "明天8", "2026-11-25 08:00" },
    { "明天下午3点半", "2026-11-25 15:30" },
    { "后天 10点20分", "2026-11-26 10:20" },
    { "今天 18:00", "2026-11-24 18:00" },
    { "今天 08:00", "2026-11-24 08:00" }, /* past, and said so: whoever asks refuses it */
    { "下午4点", "2026-11-24 16:00" },
    { "晚上 7:30", "2026-11-24 19:30" },
    { "中午12点", "2026-11-25 12:00" },
    { "tomorrow 8:15", "2026-11-25 08:15" },
    { "", NULL },
    { "8", NULL },
    { "2460", NULL },
    { "25:00", NULL },
    { "明天", NULL },
    { "很快", NULL },
    { "0930 或者 1030", NULL },
    { "-2h", NULL },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  g_assert_nonnull (zone);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) utc = NULL;
      g_autoptr (GDateTime) there = NULL;
      g_autofree char      *said = NULL;
      gint64                time = 0;

      g_test_message ("%s", rows[i].text);
      g_assert_true (wd_when_parse (rows[i].text, NOW, zone, &time) == (rows[i].then != NULL));
      if (rows[i].then == NULL)
        continue;
      utc = g_date_time_new_from_unix_utc (time / 1000);
      there = g_date_time_to_timezone (utc, zone);
      said = g_date_time_format (there, "%Y-%m-%d %H:%M");
      g_assert_cmpstr (said, ==, rows[i].then);
      g_assert_cmpint (time % 60000, ==, 0);
    }
}

/* 14:20 now. */
static void
test_what_has_happened (void)
{
  static const struct
  {
    const char *text, *then;
  } rows[] = {
    { "1405", "2026-11-24 14:05" },
    { "14:20", "2026-11-24 14:20" },
    { "23:50", "2026-11-23 23:50" },
    { "今天 08:00", "2026-11-24 08:00" },
    { "今天 18:00", NULL },
    { "明天 8点", NULL },
    { "+2h", NULL },
    { "", NULL },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) utc = NULL;
      g_autoptr (GDateTime) there = NULL;
      g_autofree char      *said = NULL;
      gint64                time = 0;

      g_test_message ("%s", rows[i].text);
      g_assert_true (wd_when_parse_past (rows[i].text, NOW, zone, &time) == (rows[i].then != NULL));
      if (rows[i].then == NULL)
        continue;
      utc = g_date_time_new_from_unix_utc (time / 1000);
      there = g_date_time_to_timezone (utc, zone);
      said = g_date_time_format (there, "%Y-%m-%d %H:%M");
      g_assert_cmpstr (said, ==, rows[i].then);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/when/times", test_times);
  g_test_add_func ("/when/what-has-happened", test_what_has_happened);
  return g_test_run ();
}
