/* wd-sentence.c — what a call-taker reads out about what is known at a place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sentence.h"

#include "wd-json.h"

#include <string.h>

#define SENTENCES "/waterdesk/ledger/sentences.json"
#define REASON_MOST 60
#define VALUES_MOST 5

static JsonObject *
load_sentences (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GBytes)   bytes = g_resources_lookup_data (SENTENCES, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr (JsonNode) root = NULL;

  g_assert_no_error (error);
  root = wd_json_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  return json_node_dup_object (root);
}

static JsonObject *
sentences (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize)load_sentences ());
  return (JsonObject *)once;
}

static const char *
template_of (const char *group, const char *name)
{
  return json_object_get_string_member (json_object_get_object_member (sentences (), group), name);
}

typedef struct
{
  const char *name;
  const char *text;
} Value;

/* Puts the values where their {names} stand; what a value holds is text.  @values end with a NULL name. */
static char *
fill (const char *template, const Value *values)
{
  GString *text = g_string_new (NULL);

  for (const char *p = template; *p != '\0';)
    {
      const Value *value = values;
      gsize        length = strcspn (p, "{");

      g_string_append_len (text, p, (gssize)length);
      p += length;
      if (*p == '\0')
        break;
      length = strcspn (p + 1, "}");
      while (value->name != NULL && (strlen (value->name) != length || strncmp (value->name, p + 1, length) != 0))
        value++;
      g_assert (value->name != NULL);
      g_string_append (text, value->text);
      p += length + 2;
    }
  return g_string_free (text, FALSE);
}

/* ---- what stands in them ---- */

static char *
tell_time (gint64 time, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) utc_now = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) today = g_date_time_to_timezone (utc_now, zone);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (today, 1);
  g_autofree char      *clock = g_date_time_format (at, "%-H:%M");
  g_autofree char      *day = g_date_time_format (at, "%-d");
  g_autofree char      *month = g_date_time_format (at, "%-m");
  g_autofree char      *year = g_date_time_format (at, "%Y");
  const Value           values[VALUES_MOST] = { { "clock", clock }, { "day", day }, { "month", month }, { "year", year } };
  const char           *name = "another-year";

  if (g_date_time_get_year (at) == g_date_time_get_year (today))
    name = g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (today) ? "today" : "this-year";
  if (g_date_time_get_year (at) == g_date_time_get_year (tomorrow) && g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (tomorrow))
    name = "tomorrow";
  return fill (template_of ("time", name), values);
}

/* The sentence says 因 itself. */
static const char *
skip_because (const char *reason)
{
  static const char *const words[] = { "因为", "由于", "因" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (reason, words[i]) && reason[strlen (words[i])] != '\0')
      return reason + strlen (words[i]);
  return reason;
}

static char *
tell_reason (const char *reason)
{
  static const char *const ends[] = { "。", "；", "！", "\n", ";", "!" };
  g_autofree char         *whole = g_strdup (reason != NULL ? reason : "");
  char                    *first = (char *)skip_because (g_strstrip (whole));
  gsize                    length = strlen (first);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const char *end = strstr (first, ends[i]);

      if (end != NULL)
        length = MIN (length, (gsize)(end - first));
    }
  first[length] = '\0';
  return g_utf8_substring (first, 0, MIN (g_utf8_strlen (first, -1), REASON_MOST));
}

/* R65: no time that has passed is told as one to come. */
static char *
tell_expected (const WdOutage *outage, gint64 now, GTimeZone *zone)
{
  g_autofree char *time = NULL;

  if (outage->expected == 0)
    return g_strdup (template_of ("expected", "untold"));
  time = tell_time (outage->expected, now, zone);
  return fill (template_of ("expected", outage->expected > now ? "told" : "overdue"), (const Value[VALUES_MOST]){ { "time", time } });
}

static char *
tell_supply (const WdOutage *outage)
{
  g_autofree char *points = g_strjoinv ("、", outage->supply_points);

  if (outage->supply_points[0] == NULL)
    return g_strdup ("");
  return fill (json_object_get_string_member (sentences (), "supply"), (const Value[VALUES_MOST]){ { "points", points } });
}

/* ---- the sentences ---- */

static const char *
situation_of (const WdOutage *outage)
{
  gboolean announced = outage->state == WD_OUTAGE_ANNOUNCED;

  if (outage->quality != NULL)
    return "quality";
  if (outage->effect == WD_OUTAGE_LOW_PRESSURE)
    return announced ? "low-pressure-announced" : "low-pressure";
  return announced ? "announced" : wd_enum_nick (wd_outage_nature_get_type (), outage->nature);
}

char *
wd_sentence_of_outage (const WdOutage *outage, gint64 now, GTimeZone *zone)
{
  g_autofree char *reason = tell_reason (outage->reason);
  g_autofree char *starts = tell_time (outage->starts, now, zone);
  g_autofree char *expected = tell_expected (outage, now, zone);
  g_autofree char *supply = tell_supply (outage);
  const Value      values[VALUES_MOST] = { { "reason", reason }, { "starts", starts }, { "expected", expected }, { "supply", supply } };

  return fill (template_of ("outage", situation_of (outage)), values);
}

char *
wd_sentence_of_quality (const WdQuality *quality)
{
  g_autofree char *reason = tell_reason (quality->cause);

  return fill (template_of ("quality", quality->state == WD_QUALITY_CONFIRMED ? "confirmed" : "investigated"),
               (const Value[VALUES_MOST]){ { "reason", reason } });
}
