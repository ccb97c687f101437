/* wd-when.c — times as people type them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-when.h"

#include <stdlib.h>
#include <string.h>

#define MINUTE G_GINT64_CONSTANT (60000)

/* 1 number, 2 unit */
#define SPAN "^\\+?\\s*(\\d{1,3})\\s*(d|days?|天|h|hours?|小时|m|min|minutes?|分钟?)(?:后)?$"
/* 1 day, 2 half of the day, then 3:4 or 3点5 (half past), or 6 7, or 8 alone */
#define CLOCK                                                                                                              \
  "^(今天|今日|today|明天|明日|tomorrow|后天)?\\s*(凌晨|早上|上午|中午|下午|傍晚|晚上|am|pm)?\\s*" \
  "(?:(\\d{1,2})\\s*(?::|点|时)\\s*(?:(\\d{1,2})分?|(半))?|(\\d{2})(\\d{2})|(\\d{1,2}))$"

static int
number_of (GMatchInfo *match, int group)
{
  g_autofree char *text = g_match_info_fetch (match, group);

  return text != NULL && text[0] != '\0' ? atoi (text) : -1;
}

static gboolean
has (GMatchInfo *match, int group)
{
  g_autofree char *text = g_match_info_fetch (match, group);

  return text != NULL && text[0] != '\0';
}

static gboolean
parse_span (const char *text, gint64 now, gint64 *time)
{
  g_autoptr (GRegex)     regex = g_regex_new (SPAN, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char       *unit = NULL;
  gint64                 each = MINUTE;

  if (!g_regex_match (regex, text, 0, &match))
    return FALSE;
  unit = g_match_info_fetch (match, 2);
  if (g_str_has_prefix (unit, "d") || g_str_has_prefix (unit, "天"))
    each = 24 * 60 * MINUTE;
  else if (g_str_has_prefix (unit, "h") || g_str_has_prefix (unit, "小"))
    each = 60 * MINUTE;
  *time = now / MINUTE * MINUTE + number_of (match, 1) * each;
  return TRUE;
}

/* 0 for today; -1 where no day is named. */
static int
days_ahead (const char *day)
{
  static const char *const words[][3] = { { "今天", "今日", "today" }, { "明天", "明日", "tomorrow" }, { "后天", "后天", "后天" } };

  for (int i = 0; i < (int)G_N_ELEMENTS (words); i++)
    for (int j = 0; j < 3; j++)
      if (strcmp (day, words[i][j]) == 0)
        return i;
  return -1;
}

static gboolean
is_after_noon (const char *half)
{
  return g_strv_contains ((const char *const[]){ "中午", "下午", "傍晚", "晚上", "pm", NULL }, half);
}

static gint64
on_day (GDateTime *today, int days, int hour, int minute)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (today, days);
  g_autoptr (GDateTime) then = g_date_time_new (g_date_time_get_timezone (day), g_date_time_get_year (day),
                                                g_date_time_get_month (day), g_date_time_get_day_of_month (day), hour, minute, 0);

  return g_date_time_to_unix (then) * 1000;
}

/* @past: it has happened */
static gboolean
parse_clock (const char *text, gint64 now, GTimeZone *zone, gboolean past, gint64 *time)
{
  g_autoptr (GRegex)     regex = g_regex_new (CLOCK, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char       *day = NULL;
  g_autofree char       *half = NULL;
  g_autoptr (GDateTime)  utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime)  today = g_date_time_to_timezone (utc, zone);
  int                    days, hour, minute;

  if (!g_regex_match (regex, text, 0, &match))
    return FALSE;
  day = g_match_info_fetch (match, 1);
  half = g_match_info_fetch (match, 2);
  days = days_ahead (day);
  hour = MAX (number_of (match, 3), MAX (number_of (match, 6), number_of (match, 8)));
  minute = MAX (number_of (match, 4), MAX (number_of (match, 7), 0));
  if (number_of (match, 8) >= 0 && day[0] == '\0' && half[0] == '\0')
    return FALSE; /* a bare number is no time */
  if (has (match, 5))
    minute = 30;
  if (is_after_noon (half) && hour < 12 && !(strcmp (half, "中午") == 0 && hour == 11))
    hour += 12;
  if (hour > 23 || minute > 59)
    return FALSE;
  *time = on_day (today, MAX (days, 0), hour, minute);
  if (days < 0 && (past ? *time > now : *time <= now))
    *time = on_day (today, past ? -1 : 1, hour, minute);
  return TRUE;
}

gboolean
wd_when_parse (const char *text, gint64 now, GTimeZone *zone, gint64 *time)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE); /* full-width digits, colons and blanks */

  return plain != NULL && (parse_span (g_strstrip (plain), now, time) || parse_clock (plain, now, zone, FALSE, time));
}

gboolean
wd_when_parse_past (const char *text, gint64 now, GTimeZone *zone, gint64 *time)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return plain != NULL && parse_clock (g_strstrip (plain), now, zone, TRUE, time) && *time <= now;
}
