/* wd-story-times.c — how long each step of an order took, and how far a dispatch came at the unit's desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-story-times.h"

#include "wd-format.h"

#include <glib/gi18n.h>

/* A dispatch on its way, as far as it was told of. */
typedef struct
{
  WdTimelineEntry *sent; /* NULL: none is */
  gint64           delivered;
  gint64           shown;
} Way;

static void
add_words (WdTimelineEntry *entry, char *words)
{
  char *detail = entry->detail != NULL && *entry->detail != '\0' ? g_strdup_printf ("%s · %s", entry->detail, words) : g_strdup (words);

  g_free (entry->detail);
  entry->detail = detail;
  g_free (words);
}

static gboolean
is_at (const WdTimelineEntry *entry, gint64 time)
{
  return time != 0 && (time == entry->at || time == entry->entered_at);
}

/* The one that is named as the step is, else any that it stopped. */
static const WdClock *
find_clock (const WdOrder *order, const WdTimelineEntry *entry)
{
  const char    *verb = wd_verb_info (entry->verb)->name;
  const WdClock *found = NULL;

  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (clock->window || clock->because == NULL || g_strcmp0 (clock->because->stopped, verb) != 0 || !is_at (entry, clock->stopped_at))
        continue;
      if (found == NULL || g_str_equal (clock->rule, verb))
        found = clock;
    }
  return found;
}

static void
tell_duration (const WdOrder *order, WdTimelineEntry *entry, gint64 last)
{
  const WdClock   *clock = find_clock (order, entry);
  gboolean         ran = clock != NULL && clock->stopped_at >= clock->started_at;
  g_autofree char *took = NULL, *limit = NULL, *late = NULL;

  if (!ran && last == 0)
    return;
  took = wd_format_countdown (ran ? clock->stopped_at - clock->started_at : MAX (entry->at - last, 0), 0);
  if (!ran)
    {
      /* Translators: how long this step came after the one before. */
      add_words (entry, g_strdup_printf (_ ("%s after the step before"), took));
      return;
    }
  if (clock->due_at == 0)
    {
      add_words (entry, g_strdup_printf (_ ("took %s"), took));
      return;
    }
  limit = wd_format_countdown (clock->due_at - clock->started_at, 0);
  late = clock->stopped_at > clock->due_at ? wd_format_countdown (clock->due_at, clock->stopped_at) : NULL;
  /* Translators: a duration, and the limit that it had; then how late that was: “late 02:10”. */
  add_words (entry, late != NULL ? g_strdup_printf (_ ("took %s, limit %s, %s"), took, limit, late) : g_strdup_printf (_ ("took %s, limit %s"), took, limit));
}

/* @waiting: nobody has acted on it yet */
static void
tell_way (const Way *way, WdTimelineEntry *entry, GTimeZone *zone, gboolean waiting)
{
  g_autofree char *delivered = way->delivered != 0 ? wd_format_time (way->delivered, zone) : NULL;
  g_autofree char *shown = way->shown != 0 ? wd_format_time (way->shown, zone) : NULL;

  if (delivered != NULL)
    add_words (entry, g_strdup_printf (_ ("delivered %s"), delivered));
  else if (waiting && shown == NULL)
    add_words (entry, g_strdup (_ ("not yet delivered")));
  if (shown != NULL)
    add_words (entry, g_strdup_printf (_ ("shown %s"), shown));
  else if (waiting && delivered != NULL)
    add_words (entry, g_strdup (_ ("not yet shown")));
}

/* A rejected return and a rework send it as a dispatch does: the limit for accepting begins then. */
static gboolean
sends (const WdOrder *order, const WdTimelineEntry *entry)
{
  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (g_str_equal (clock->rule, "accept") && is_at (entry, clock->started_at))
        return entry->verb == WD_VERB_DISPATCH || entry->verb == WD_VERB_RULE_RETURN || entry->verb == WD_VERB_VISIT;
    }
  return entry->verb == WD_VERB_DISPATCH;
}

static gboolean
is_step (WdVerb verb)
{
  switch ((int)verb)
    {
    case WD_VERB_ANSWER:
    case WD_VERB_DISPATCH:
    case WD_VERB_RECALL:
    case WD_VERB_ACCEPT:
    case WD_VERB_ASSIGN:
    case WD_VERB_RETURN:
    case WD_VERB_RULE_RETURN:
    case WD_VERB_ARRIVE:
    case WD_VERB_FINISH:
    case WD_VERB_VISIT: return TRUE;
    default: return FALSE;
    }
}

static void
take_receipt (Way *way, const WdTimelineEntry *entry)
{
  gint64 *time = entry->shown ? &way->shown : &way->delivered;

  if (*time == 0)
    *time = entry->at;
}

static void
follow (Way *way, WdTimelineEntry *entry, const WdOrder *order, GTimeZone *zone)
{
  if (way->sent != NULL && (entry->verb == WD_VERB_ACCEPT || entry->verb == WD_VERB_RETURN || entry->verb == WD_VERB_RECALL))
    {
      tell_way (way, entry->verb == WD_VERB_ACCEPT ? entry : way->sent, zone, FALSE);
      *way = (Way){ NULL };
    }
  if (sends (order, entry))
    *way = (Way){ .sent = entry };
}

void
wd_story_times_tell (GPtrArray *entries, const WdOrder *order, GTimeZone *zone)
{
  Way    way = { NULL };
  gint64 last = 0;

  for (guint i = 0; i < entries->len;)
    {
      WdTimelineEntry *entry = entries->pdata[i];

      if (entry->verb == WD_VERB_RECEIPT && way.sent != NULL)
        {
          take_receipt (&way, entry);
          g_ptr_array_remove_index (entries, i);
          continue;
        }
      if (is_step (entry->verb))
        tell_duration (order, entry, last);
      follow (&way, entry, order, zone);
      if (is_step (entry->verb) || entry->verb == WD_VERB_RECEIVE)
        last = entry->at;
      i++;
    }
  if (way.sent != NULL)
    tell_way (&way, way.sent, zone, order->state == WD_STATE_DISPATCHED);
}
