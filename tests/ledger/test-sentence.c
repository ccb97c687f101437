/* test-sentence.c — what is read out, case by case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sentence.h"

#include "wd-json.h"

#define NOW "2026-11-24T09:32:00+08:00"

static gint64
time_of (const char *text)
{
  gint64 time = 0;

  g_assert_true (text == NULL || wd_time_from_text (text, &time));
  return time;
}

static void
test_outages (void)
{
  /* clang-format off */
  static const struct
  {
    WdOutageState  state;
    WdOutageNature nature;
    WdOutageEffect effect;
    const char    *quality, *reason, *starts, *expected, *supply, *sentence;
  } rows[] = {
    /* emergency: today without the day, whole hours and minutes as they are said */
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "主管爆裂", "2026-11-24T08:07:00+08:00", "2026-11-24T11:30:00+08:00", NULL,
      "您所在区域因主管爆裂停水，预计 11:30 恢复。" },
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_EFFECT_UNSAID, NULL, "主管爆裂", "2026-11-24T08:07:00+08:00", "2026-11-24T22:05:00+08:00", NULL,
      "您所在区域因主管爆裂停水，预计 22:05 恢复。" },
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "主管爆裂", "2026-11-24T08:07:00+08:00", "2026-11-24T11:30:00+08:00", "澄华里东门",
      "您所在区域因主管爆裂停水，预计 11:30 恢复。临时取水点：澄华里东门。" },
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "主管爆裂", "2026-11-24T08:07:00+08:00", "2026-11-25T08:00:00+08:00", "东门|送水车 10 点到",
      "您所在区域因主管爆裂停水，预计明天 8:00 恢复。临时取水点：东门、送水车 10 点到。" },
    /* nobody knows when (R65), and a time that has passed */
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "主管爆裂", "2026-11-24T08:07:00+08:00", NULL, NULL,
      "您所在区域因主管爆裂停水，恢复时间确定后会尽快告知。" },
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "主管爆裂", "2026-11-24T08:07:00+08:00", "2026-11-24T09:00:00+08:00", NULL,
      "您所在区域因主管爆裂停水，原预计 9:00 恢复，现在还未恢复，新的时间确定后会尽快告知。" },
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "主管爆裂", "2026-11-22T08:07:00+08:00", "2026-11-23T18:00:00+08:00", NULL,
      "您所在区域因主管爆裂停水，原预计11月23日 18:00 恢复，现在还未恢复，新的时间确定后会尽快告知。" },
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "主管爆裂", "2026-11-24T08:07:00+08:00", NOW, NULL,
      "您所在区域因主管爆裂停水，原预计 9:32 恢复，现在还未恢复，新的时间确定后会尽快告知。" },
    /* planned: now, and to come */
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_PLANNED, WD_OUTAGE_NO_WATER, NULL, "管道检修", "2026-11-24T09:00:00+08:00", "2026-11-24T17:00:00+08:00", NULL,
      "您所在区域因管道检修计划停水，预计 17:00 恢复。" },
    { WD_OUTAGE_ANNOUNCED, WD_OUTAGE_PLANNED, WD_OUTAGE_NO_WATER, NULL, "管道检修", "2026-11-26T22:00:00+08:00", "2026-11-27T05:00:00+08:00", NULL,
      "您所在区域因管道检修将停水，从11月26日 22:00 开始，预计11月27日 5:00 恢复。" },
    { WD_OUTAGE_ANNOUNCED, WD_OUTAGE_PLANNED, WD_OUTAGE_NO_WATER, NULL, "管道检修", "2026-11-24T22:00:00+08:00", "2027-01-02T05:00:00+08:00", NULL,
      "您所在区域因管道检修将停水，从 22:00 开始，预计2027年1月2日 5:00 恢复。" },
    /* low pressure */
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_LOW_PRESSURE, NULL, "泵站检修", "2026-11-24T08:00:00+08:00", "2026-11-24T12:00:00+08:00", NULL,
      "您所在区域因泵站检修水压偏低，预计 12:00 恢复。" },
    { WD_OUTAGE_ANNOUNCED, WD_OUTAGE_PLANNED, WD_OUTAGE_LOW_PRESSURE, NULL, "泵站检修", "2026-11-25T08:00:00+08:00", NULL, NULL,
      "您所在区域因泵站检修水压将偏低，从明天 8:00 开始，恢复时间确定后会尽快告知。" },
    /* water quality (R72) */
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, "0190", "管道施工", "2026-11-24T08:00:00+08:00", NULL, NULL,
      "您所在区域因管道施工水质异常，已停水处理，恢复时间确定后会尽快告知。" },
    /* what somebody typed: its first sentence, in one line, and what looks like a place to fill in stays as it is */
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, " DN300 主管{time}爆裂。已派两班，王某带队\n内部：勿外传", "2026-11-24T08:00:00+08:00", "2026-11-24T11:30:00+08:00", NULL,
      "您所在区域因DN300 主管{time}爆裂停水，预计 11:30 恢复。" },
    /* … and a reason that begins as the sentence goes on */
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "因主管爆裂", "2026-11-24T08:07:00+08:00", "2026-11-24T11:30:00+08:00", NULL,
      "您所在区域因主管爆裂停水，预计 11:30 恢复。" },
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "由于主管爆裂；已派人", "2026-11-24T08:07:00+08:00", "2026-11-24T11:30:00+08:00", NULL,
      "您所在区域因主管爆裂停水，预计 11:30 恢复。" },
    /* midnight in the utility's zone is another day, whatever UTC says */
    { WD_OUTAGE_ACTIVE, WD_OUTAGE_EMERGENCY, WD_OUTAGE_NO_WATER, NULL, "爆管", "2026-11-24T08:00:00+08:00", "2026-11-24T16:00:00Z", NULL,
      "您所在区域因爆管停水，预计明天 0:00 恢复。" },
  };
  /* clang-format on */
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WdOutage) outage = wd_outage_new ();
      g_autofree char     *sentence = NULL;

      outage->state = rows[i].state;
      outage->nature = rows[i].nature;
      outage->effect = rows[i].effect;
      outage->quality = g_strdup (rows[i].quality);
      outage->reason = g_strdup (rows[i].reason);
      outage->starts = time_of (rows[i].starts);
      outage->expected = time_of (rows[i].expected);
      if (rows[i].supply != NULL)
        {
          g_strfreev (outage->supply_points);
          outage->supply_points = g_strsplit (rows[i].supply, "|", -1);
        }
      sentence = wd_sentence_of_outage (outage, time_of (NOW), zone);
      g_assert_cmpstr (sentence, ==, rows[i].sentence);
    }
}

static void
test_long_reason (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (WdOutage)  outage = wd_outage_new ();
  g_autoptr (GString)   reason = g_string_new (NULL);
  g_autofree char      *sentence = NULL;

  for (guint i = 0; i < 4000; i++)
    g_string_append (reason, "爆");
  outage->state = WD_OUTAGE_ACTIVE;
  outage->nature = WD_OUTAGE_EMERGENCY;
  outage->starts = time_of (NOW);
  outage->reason = g_strdup (reason->str);
  sentence = wd_sentence_of_outage (outage, time_of (NOW), zone);
  g_assert_cmpint (g_utf8_strlen (sentence, -1), <, 100);
  g_assert_true (g_str_has_suffix (sentence, "停水，恢复时间确定后会尽快告知。"));
}

static void
test_cases (void)
{
  static const struct
  {
    WdQualityState state;
    const char    *cause, *sentence;
  } rows[] = {
    { WD_QUALITY_REPORTED, NULL, "您所在区域有水质异常的反映，水质检测中心正在调查，有结果会尽快告知。" },
    { WD_QUALITY_ATTENDED, NULL, "您所在区域有水质异常的反映，水质检测中心正在调查，有结果会尽快告知。" },
    { WD_QUALITY_CONFIRMED, "管道施工", "您所在区域因管道施工水质异常，正在处理，恢复正常会尽快告知。" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WdQuality) quality = wd_quality_new ();
      g_autofree char      *sentence = NULL;

      quality->state = rows[i].state;
      quality->cause = g_strdup (rows[i].cause);
      sentence = wd_sentence_of_quality (quality);
      g_assert_cmpstr (sentence, ==, rows[i].sentence);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/of-outages", test_outages);
  g_test_add_func ("/sentence/of-a-long-reason", test_long_reason);
  g_test_add_func ("/sentence/of-quality-cases", test_cases);
  return g_test_run ();
}
