/* wd-standing.c — how an order stands for whoever sits at this desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-standing.h"

gint64
wd_standing_warn_time (const WdPolicy *policy, const WdClock *clock)
{
  const WdPolicyRow *row = policy != NULL ? wd_policy_find (policy, clock->rule) : NULL;

  return row != NULL && row->warn > 0 ? MIN (clock->started_at + row->warn, clock->due_at) : clock->due_at;
}

static void
at_the_earliest (gint64 *next, gint64 time)
{
  if (*next == 0 || time < *next)
    *next = time;
}

WdSymbolState
wd_standing_of (WdDesk *desk, WdOrderItem *item, gint64 now, gint64 *next_of)
{
  const WdOrder  *order = wd_order_item_get_order (item);
  const WdPolicy *policy = wd_desk_get_policy (desk, order->policy);
  WdSymbolState   standing = { wd_order_item_get_group (item) == WD_GROUP_MINE ? WD_URGENCY_YOURS : WD_URGENCY_NORMAL, WD_MARK_NONE };
  gint64          next = 0;

  for (guint i = 0; i < order->clocks->len; i++)
    {
      const WdClock *clock = order->clocks->pdata[i];
      WdUrgency      urgency = WD_URGENCY_NORMAL;

      if (clock->stopped_at != 0 || clock->window || clock->due_at == 0)
        continue;
      if (now > clock->due_at)
        urgency = clock->soft ? WD_URGENCY_SOON : WD_URGENCY_LATE;
      else if (now >= wd_standing_warn_time (policy, clock))
        {
          urgency = WD_URGENCY_SOON;
          at_the_earliest (&next, clock->due_at + 1);
        }
      else
        at_the_earliest (&next, wd_standing_warn_time (policy, clock));
      standing.urgency = MAX (standing.urgency, urgency);
    }

  if (order->state == WD_STATE_DISPATCHED)
    standing.marks |= WD_MARK_SENT;
  if (order->supervised)
    standing.marks |= WD_MARK_SUPERVISED;
  if (wd_order_item_is_unconfirmed (item))
    standing.marks |= WD_MARK_UNCONFIRMED;
  if (next_of != NULL)
    *next_of = next;
  return standing;
}
