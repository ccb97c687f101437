/* wd-time.c — times and durations as text, and back
 *
 * Civil dates are computed here (Gregorian, proleptic): a body has a dozen
 * times, and printing them through GDateTime would cost more than all the rest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

#define YEAR_1 (-719162 * DAY)     /* 0001-01-01T00:00:00.000Z */
#define YEAR_10000 (2932897 * DAY) /* the first moment that four digits can't name */

/* Counted in years that begin in March, so that the leap day is the last one. */
static gint64
days_from_civil (int year, int month, int day)
{
  int era, year_of_era, day_of_year, day_of_era;

  year -= month <= 2;
  era = (year >= 0 ? year : year - 399) / 400;
  year_of_era = year - era * 400;
  day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (gint64)era * 146097 + day_of_era - 719468;
}

static void
civil_from_days (gint64 days, int *year, int *month, int *day)
{
  int era, day_of_era, year_of_era, day_of_year, shifted;

  days += 719468;
  era = (int)((days >= 0 ? days : days - 146096) / 146097);
  day_of_era = (int)(days - (gint64)era * 146097);
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted = (5 * day_of_year + 2) / 153;
  *day = day_of_year - (153 * shifted + 2) / 5 + 1;
  *month = shifted < 10 ? shifted + 3 : shifted - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

void
wd_json_append_time (GString *json, gint64 time)
{
  gint64 days, rest;
  int    year, month, day;

  if (time == 0)
    {
      g_string_append (json, "null");
      return;
    }
  time = CLAMP (time, YEAR_1, YEAR_10000 - 1);
  days = time / DAY - (time % DAY < 0);
  rest = time - days * DAY;
  civil_from_days (days, &year, &month, &day);
  g_string_append_printf (json, "\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", year, month, day, (int)(rest / HOUR),
                          (int)(rest / MINUTE % 60), (int)(rest / SECOND % 60), (int)(rest % SECOND));
}

/* In hours at most: a day of a calendar need not have 24. */
void
wd_json_append_duration (GString *json, gint64 milliseconds)
{
  gint64 hours = milliseconds / HOUR, minutes = milliseconds / MINUTE % 60, rest = milliseconds % MINUTE;

  g_return_if_fail (milliseconds >= 0);

  g_string_append (json, "\"PT");
  if (hours > 0)
    g_string_append_printf (json, "%" G_GINT64_FORMAT "H", hours);
  if (minutes > 0)
    g_string_append_printf (json, "%" G_GINT64_FORMAT "M", minutes);
  if (rest % SECOND > 0)
    {
      g_string_append_printf (json, "%d.%03d", (int)(rest / SECOND), (int)(rest % SECOND));
      while (json->str[json->len - 1] == '0')
        g_string_truncate (json, json->len - 1);
      g_string_append_c (json, 'S');
    }
  else if (rest > 0 || milliseconds == 0)
    g_string_append_printf (json, "%dS", (int)(rest / SECOND));
  g_string_append_c (json, '"');
}

static gboolean
take (const char **text, char wanted)
{
  if (**text != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* Exactly @n digits of a number from @min to @max. */
static gboolean
take_number (const char **text, int n, int min, int max, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return *value >= min && *value <= max;
}

/* Digits after a point; those past the thousandth are cut. */
static gboolean
take_fraction (const char **text, int *thousandths)
{
  int scale = 100;

  *thousandths = 0;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++, scale /= 10)
    *thousandths += (**text - '0') * scale;
  return TRUE;
}

static gboolean
take_offset (const char **text, gint64 *offset)
{
  int sign = **text == '-' ? -1 : 1, hours, minutes;

  if (take (text, 'Z') || take (text, 'z'))
    {
      *offset = 0;
      return TRUE;
    }
  if (!(take (text, '+') || take (text, '-')) ||
      !take_number (text, 2, 0, 23, &hours) || !take (text, ':') || !take_number (text, 2, 0, 59, &minutes))
    return FALSE;
  *offset = sign * (hours * HOUR + minutes * MINUTE);
  return TRUE;
}

gboolean
wd_time_from_text (const char *text, gint64 *time)
{
  int    year, month, day, hour, minute, second, thousandths = 0;
  gint64 offset, value;

  if (!take_number (&text, 4, 1, 9999, &year) || !take (&text, '-') ||
      !take_number (&text, 2, 1, 12, &month) || !take (&text, '-') ||
      !take_number (&text, 2, 1, g_date_get_days_in_month ((GDateMonth)month, (GDateYear)year), &day) ||
      !(take (&text, 'T') || take (&text, 't')) ||
      !take_number (&text, 2, 0, 23, &hour) || !take (&text, ':') ||
      !take_number (&text, 2, 0, 59, &minute) || !take (&text, ':') ||
      !take_number (&text, 2, 0, 60, &second) ||
      (take (&text, '.') && !take_fraction (&text, &thousandths)) ||
      !take_offset (&text, &offset) || *text != '\0')
    return FALSE;

  value = days_from_civil (year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND + thousandths - offset;
  /* A leap second ends a UTC day and falls together with the next one's first. */
  if (second == 60 && (value - thousandths) % DAY != 0)
    return FALSE;
  if (value < YEAR_1 || value >= YEAR_10000)
    return FALSE;
  *time = value;
  return TRUE;
}

/* One `12.5H`.  @fraction: set where the number had one: then nothing may follow. */
static gboolean
take_part (const char **text, const char *units, gint64 *total, const char **unit, gboolean *fraction)
{
  static const struct
  {
    char   letter;
    gint64 length;
  } lengths[] = { { 'W', WEEK }, { 'D', DAY }, { 'H', HOUR }, { 'M', MINUTE }, { 'S', SECOND } };
  gint64 value = 0, length = 0;
  int    thousandths = 0;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++)
    if (value > G_MAXINT64 / WEEK / 10 || (value = value * 10 + (**text - '0')) > G_MAXINT64 / WEEK / 2)
      return FALSE;
  *fraction = take (text, '.') || take (text, ',');
  if (*fraction && !take_fraction (text, &thousandths))
    return FALSE;
  if (**text == '\0' || !(*unit = strchr (units, **text)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (lengths[i].letter == **text)
      length = lengths[i].length;
  (*text)++;
  value = value * length + thousandths * length / 1000;
  if (value > G_MAXINT64 - *total)
    return FALSE;
  *total += value;
  return TRUE;
}

gboolean
wd_duration_from_text (const char *text, gint64 *milliseconds)
{
  const char *units = "WD", *unit;
  gint64      total = 0;
  gboolean    clock = FALSE, fraction = FALSE;

  if (!take (&text, 'P') || *text == '\0')
    return FALSE;
  for (; *text != '\0'; units = unit + 1)
    {
      if (fraction)
        return FALSE;
      if (!clock && take (&text, 'T'))
        {
          clock = TRUE;
          units = "HMS";
        }
      if (!take_part (&text, units, &total, &unit, &fraction))
        return FALSE;
    }
  *milliseconds = total;
  return TRUE;
}
