/* wd-day.c — what the day has been so far
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-day.h"

#include "wd-format.h"

typedef struct
{
  WdDay       day;
  gint64      midnight;
  const char *unit;
} Count;

static gint64
find_midnight (WdDesk *desk)
{
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (desk, WD_INT_ABSENT));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (wd_desk_now (desk) / 1000);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now),
                                                    g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (midnight) * 1000;
}

/* What stopped an order's clocks says when it was done. */
static gboolean
was_done (const WdOrder *order, const char *verb, const char *unit, gint64 since)
{
  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];

      if (clock->stopped_at >= since && clock->because != NULL && g_strcmp0 (clock->because->stopped, verb) == 0 &&
          (unit == NULL || g_strcmp0 (clock->unit, unit) == 0))
        return TRUE;
    }
  return FALSE;
}

static void
count_cb (WdOrderItem *item, gpointer data)
{
  Count         *count = data;
  const WdOrder *order = wd_order_item_get_order (item);

  if (order == NULL)
    return;
  count->day.received += order->received_at >= count->midnight;
  count->day.open += wd_order_is_open (order);
  count->day.finished += was_done (order, "finish", count->unit, count->midnight) || was_done (order, "answer", count->unit, count->midnight);
  if (count->unit != NULL)
    count->day.accepted += was_done (order, "accept", count->unit, count->midnight);
}

WdDay
wd_day_count (WdDesk *desk)
{
  const WdActor *actor = wd_desk_get_actor (desk);
  Count          count = { .midnight = find_midnight (desk), .unit = actor != NULL ? actor->unit : NULL };

  wd_desk_foreach_order (desk, count_cb, &count);
  return count.day;
}
