/* wd-format.c — numbers, times and names as people at a desk read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-format.h"

#include <glib/gi18n.h>

#define SHORT_NAME_CHARACTERS 2
#define TRADE "水务" /* the trade of the whole house tells nobody apart */

char *
wd_format_countdown (gint64 due, gint64 now)
{
  gboolean         late = now > due;
  gint64           seconds = late ? (now - due) / 1000 : (due - now + 999) / 1000;
  int              days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;
  g_autofree char *span = NULL;

  if (days > 0)
    span = g_strdup_printf (ngettext ("%d day %02d:%02d", "%d days %02d:%02d", days), days, hours, minutes);
  else if (hours > 0)
    span = g_strdup_printf ("%d:%02d:%02d", hours, minutes, (int)(seconds % 60));
  else
    span = g_strdup_printf ("%02d:%02d", minutes, (int)(seconds % 60));
  /* Translators: how late something is, such as “late 12:07”. */
  return late ? g_strdup_printf (_ ("late %s"), span) : g_steal_pointer (&span);
}

GTimeZone *
wd_format_zone (const WdPolicy *policy)
{
  GTimeZone *zone = policy != NULL ? g_time_zone_new_identifier (policy->zone) : NULL;

  return zone != NULL ? zone : g_time_zone_new_local ();
}

static char *
format (gint64 time, GTimeZone *zone, const char *how)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (there, how);
}

char *
wd_format_time (gint64 time, GTimeZone *zone)
{
  return format (time, zone, "%H:%M:%S");
}

char *
wd_format_minute (gint64 time, GTimeZone *zone)
{
  return format (time, zone, "%H:%M");
}

static char *
format_date (gint64 time, GTimeZone *zone, gboolean with_year)
{
  static const char *const days[] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"), N_ ("Fri"), N_ ("Sat"), N_ ("Sun") };
  g_autoptr (GDateTime)    utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime)    there = g_date_time_to_timezone (utc, zone);

  /* No generated locale is needed: the words are ours. */
  if (with_year)
    /* Translators: year, month, day, day of the week. */
    return g_strdup_printf (_ ("%1$d/%2$d/%3$d %4$s"), g_date_time_get_year (there), g_date_time_get_month (there),
                            g_date_time_get_day_of_month (there), _ (days[g_date_time_get_day_of_week (there) - 1]));
  /* Translators: month, day, day of the week. */
  return g_strdup_printf (_ ("%1$d/%2$d %3$s"), g_date_time_get_month (there), g_date_time_get_day_of_month (there),
                          _ (days[g_date_time_get_day_of_week (there) - 1]));
}

char *
wd_format_date (gint64 time, GTimeZone *zone)
{
  return format_date (time, zone, FALSE);
}

char *
wd_format_moment (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autofree char *day = format (time, zone, "%F");
  g_autofree char *today = format (now, zone, "%F");
  g_autofree char *minute = wd_format_minute (time, zone);
  g_autofree char *date = NULL;

  if (g_str_equal (day, today))
    return g_strdup_printf (_ ("today %s"), minute);
  date = format_date (time, zone, strncmp (day, today, strlen ("2026")) != 0);
  return g_strdup_printf ("%s %s", date, minute);
}

char *
wd_format_due (gint64 due, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) next = g_date_time_add_days (there, 1);
  g_autofree char      *today = g_date_time_format (there, "%F"), *tomorrow = g_date_time_format (next, "%F"), *day = format (due, zone, "%F");
  g_autofree char      *minute = wd_format_minute (due, zone);

  if (g_str_equal (day, today))
    return wd_format_time (due, zone);
  /* Translators: time of day. */
  return g_str_equal (day, tomorrow) ? g_strdup_printf (_ ("tomorrow %s"), minute) : wd_format_moment (due, now, zone);
}

char *
wd_format_count (gint64 count)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT, ABS (count));
  for (gssize place = (gssize)text->len - 3; place > 0; place -= 3)
    g_string_insert_c (text, place, ',');
  if (count < 0)
    g_string_prepend_c (text, '-');
  return g_string_free (text, FALSE);
}

char *
wd_format_number (const char *number)
{
  gsize letter;

  if (number == NULL)
    return g_strdup (_ ("not yet numbered"));
  /* The letter in front says of what it is the number. */
  letter = g_ascii_isalpha (*number) ? 1 : 0;
  return strlen (number) > letter + 4 ? g_strdup_printf ("%.*s%s", (int)letter, number, number + letter + 4) : g_strdup (number);
}

char *
wd_format_short_name (const char *name)
{
  if (g_str_has_prefix (name, TRADE) && g_utf8_strlen (name, -1) > 2 + SHORT_NAME_CHARACTERS)
    name += strlen (TRADE);
  return g_utf8_substring (name, 0, MIN (SHORT_NAME_CHARACTERS, g_utf8_strlen (name, -1)));
}

char *
wd_format_duty (const WdUnit *unit)
{
  const char *who = unit->duty != NULL ? unit->duty->name : unit->handler;

  if (who == NULL)
    return g_strdup (unit->phone);
  return unit->phone != NULL ? g_strdup_printf ("%s · %s", who, unit->phone) : g_strdup (who);
}
