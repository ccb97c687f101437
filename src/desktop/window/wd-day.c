/* wd-day.c — what the day has been so far
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-day.h"

#include "wd-format.h"

#include <string.h>

enum
{
  RECEIVED,
  ACCEPTED,
  FINISHED,
  N_COUNTS
};

struct _WdDay
{
  WdDesk     *desk;
  GHashTable *marks; /* id of an order that counts today -> a bit for each of the counts */
  guint       totals[N_COUNTS];
  gint64      midnight; /* that it was counted from; 0: it is to be counted anew */
};

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

static guint
read_marks (WdDay *self, const WdOrder *order)
{
  const WdActor *actor = wd_desk_get_actor (self->desk);
  const char    *unit = actor != NULL ? actor->unit : NULL;
  gboolean       finished = was_done (order, "finish", unit, self->midnight) || was_done (order, "answer", unit, self->midnight);
  gboolean       accepted = unit != NULL && was_done (order, "accept", unit, self->midnight);

  return (order->received_at >= self->midnight) << RECEIVED | accepted << ACCEPTED | finished << FINISHED;
}

static void
set_marks (WdDay *self, const char *id, guint marks)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->marks, id));

  for (int i = 0; i < N_COUNTS; i++)
    self->totals[i] += (marks >> i & 1) - (before >> i & 1);
  if (marks == 0)
    g_hash_table_remove (self->marks, id);
  else if (marks != before)
    g_hash_table_insert (self->marks, g_strdup (id), GUINT_TO_POINTER (marks));
}

static void
read_cb (WdOrderItem *item, gpointer data)
{
  const WdOrder *order = wd_order_item_get_order (item);

  if (order != NULL)
    set_marks (data, order->id, read_marks (data, order));
}

static void
order_changed_cb (WdDay *self, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, id);

  if (self->midnight == 0)
    return;
  if (item != NULL)
    read_cb (item, self);
  else
    set_marks (self, id, 0);
}

static void
reset_cb (WdDay *self)
{
  self->midnight = 0;
}

WdDay *
wd_day_new (WdDesk *desk)
{
  static const char *const of_one[] = { "order-added", "order-changed", "order-removed" };
  WdDay                   *self = g_new0 (WdDay, 1);

  self->desk = g_object_ref (desk);
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (of_one); i++)
    g_signal_connect_swapped (desk, of_one[i], G_CALLBACK (order_changed_cb), self);
  g_signal_connect_swapped (desk, "reset", G_CALLBACK (reset_cb), self);
  return self;
}

void
wd_day_free (WdDay *self)
{
  g_signal_handlers_disconnect_by_data (self->desk, self);
  g_object_unref (self->desk);
  g_hash_table_unref (self->marks);
  g_free (self);
}

WdDayCounts
wd_day_count (WdDay *self)
{
  gint64 midnight = find_midnight (self->desk);

  if (self->midnight != midnight)
    {
      self->midnight = midnight;
      g_hash_table_remove_all (self->marks);
      memset (self->totals, 0, sizeof self->totals);
      wd_desk_foreach_order (self->desk, read_cb, self);
    }
  return (WdDayCounts){ self->totals[RECEIVED], self->totals[ACCEPTED], self->totals[FINISHED] };
}
