/* wd-alarm-words.c — an alarm in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-words.h"

#include "wd-format.h"

#include <glib/gi18n.h>

/* clang-format off */
static const struct { const char *mark, *class_, *word; } priorities[WD_ALARM_N_PRIORITIES] = {
  [WD_ALARM_URGENT]    = { "◆", "urgent",    N_ ("urgent")    },
  [WD_ALARM_IMPORTANT] = { "▲", "important", N_ ("important") },
  [WD_ALARM_ORDINARY]  = { "○", "ordinary",  N_ ("ordinary")  },
};

static const char *const states[] = {
  [WD_ALARM_NEW]     = N_ ("not seen"),
  [WD_ALARM_SEEN]    = N_ ("seen"),
  [WD_ALARM_SHELVED] = N_ ("shelved"),
  [WD_ALARM_OVER]    = N_ ("over"),
};

static const struct { const char *before, *late; } heads[] = {
  [WD_ALARM_LINK]      = { N_ ("No link to the server"),        N_ ("No link to the server")  },
  [WD_ALARM_DESK]      = { N_ ("Nobody at the duty desk"),      N_ ("Nobody at the duty desk") },
  [WD_ALARM_ACCEPT]    = { N_ ("Acceptance soon late"),         N_ ("Acceptance late")        },
  [WD_ALARM_ARRIVE]    = { N_ ("Arrival soon late"),            N_ ("Arrival late")           },
  [WD_ALARM_DISPATCH]  = { N_ ("Not dispatched yet"),           N_ ("Dispatch late")          },
  [WD_ALARM_RULE]      = { N_ ("Return waits for a ruling"),    N_ ("Return waits for a ruling") },
  [WD_ALARM_CALL_BACK] = { N_ ("Callback due today"),           N_ ("Callback late")          },
};
/* clang-format on */

const char *
wd_alarm_mark (WdAlarmPriority priority)
{
  return priorities[priority].mark;
}

const char *
wd_alarm_class (WdAlarmPriority priority)
{
  return priorities[priority].class_;
}

const char *
wd_alarm_priority_word (WdAlarmPriority priority)
{
  return _ (priorities[priority].word);
}

const char *
wd_alarm_state_word (WdAlarmState state)
{
  return _ (states[state]);
}

gboolean
wd_alarm_is_own_order (const WdAlarm *alarm, WdDesk *desk)
{
  const WdActor *actor = wd_desk_get_actor (desk);

  return alarm->cause == WD_ALARM_ACCEPT && actor != NULL && actor->unit != NULL;
}

static const WdUnit *
unit_of (const WdAlarm *alarm, WdDesk *desk)
{
  WdUnitItem *item = alarm->unit != NULL ? wd_desk_get_unit (desk, alarm->unit) : NULL;

  return item != NULL ? wd_unit_item_get_unit (item) : NULL;
}

static const WdOrder *
order_of (const WdAlarm *alarm, WdDesk *desk)
{
  WdOrderItem *item = wd_desk_get_order (desk, wd_alarm_first (alarm)->id);

  return item != NULL ? wd_order_item_get_order (item) : NULL;
}

/* 3 件新派单待接，其中 1 件已超时 */
static char *
own_orders_words (const WdAlarm *alarm)
{
  guint            n = wd_alarm_count (alarm);
  g_autofree char *past = alarm->ended != 0 ? g_strdup_printf (ngettext ("%u new order", "%u new orders", alarm->n_ever), alarm->n_ever) : NULL;
  g_autofree char *waiting = g_strdup_printf (ngettext ("%u new order waits for acceptance", "%u new orders wait for acceptance", n), n);

  if (past != NULL)
    return g_steal_pointer (&past);
  if (alarm->n_late == 0)
    return wd_alarm_first (alarm)->sign.soon ? g_strdup_printf (_ ("%s, soon late"), waiting) : g_steal_pointer (&waiting);
  if (n == 1)
    return g_strdup_printf (_ ("%s, late"), waiting);
  return g_strdup_printf (_ ("%s, %u of them late"), waiting, alarm->n_late);
}

char *
wd_alarm_dup_what (const WdAlarm *alarm, WdDesk *desk)
{
  if (wd_alarm_is_own_order (alarm, desk))
    return own_orders_words (alarm);
  return g_strdup (_ (wd_alarm_first (alarm)->sign.late ? heads[alarm->cause].late : heads[alarm->cause].before));
}

/* So that “not delivered” is not taken for “not accepted”. */
static const char *
delivery_words (const WdOrder *order)
{
  if (order->delivery == NULL || order->delivery->delivered == 0)
    return _ (" · not delivered yet");
  return order->delivery->shown == 0 ? _ (" · delivered, not seen") : _ (" · shown, not accepted");
}

static char *
link_detail (WdDesk *desk)
{
  const WdActor *actor = wd_desk_get_actor (desk);

  if (actor != NULL && actor->unit != NULL)
    return g_strdup (_ ("New orders do not arrive here: telephone the centre"));
  return g_strdup (_ ("Dispatch what is urgent by telephone, and enter it here"));
}

static char *
desk_detail (const WdAlarm *alarm, WdDesk *desk, const char *name)
{
  WdUnitItem *item = wd_desk_get_unit (desk, alarm->unit);
  guint       waiting = item != NULL && alarm->ended == 0 ? wd_unit_item_get_n_to_accept (item) : 0;

  return waiting == 0 ? g_strdup (name) : g_strdup_printf (ngettext ("%s · %u order waits", "%s · %u orders wait", waiting), name, waiting);
}

static char *
orders_detail (const WdAlarm *alarm, WdDesk *desk, const char *name)
{
  guint               n = alarm->ended != 0 ? alarm->n_ever : wd_alarm_count (alarm);
  const WdOrder      *order = order_of (alarm, desk);
  g_autoptr (GString) words = g_string_new (name);

  if (n == 1 && order != NULL && alarm->cause == WD_ALARM_ACCEPT && name != NULL && alarm->ended == 0)
    g_string_append (words, delivery_words (order));
  if (words->len > 0)
    g_string_append (words, " · ");
  if (n == 1 && order != NULL)
    {
      g_autofree char *number = wd_format_number (order->number);

      g_string_append (words, number);
    }
  else
    g_string_append_printf (words, ngettext ("%u order", "%u orders", n), n);
  return g_strdup (words->str);
}

char *
wd_alarm_dup_detail (const WdAlarm *alarm, WdDesk *desk)
{
  const WdUnit  *unit = unit_of (alarm, desk);
  const WdActor *actor = wd_desk_get_actor (desk);
  const char    *name = unit != NULL ? unit->name : alarm->unit;

  if (wd_alarm_is_own_order (alarm, desk))
    return NULL;
  if (alarm->cause == WD_ALARM_LINK)
    return link_detail (desk);
  if (alarm->cause == WD_ALARM_DESK)
    return desk_detail (alarm, desk, name);
  return orders_detail (alarm, desk, actor != NULL && actor->unit == NULL ? name : NULL);
}

char *
wd_alarm_dup_sentence (const WdAlarm *alarm, WdDesk *desk)
{
  g_autofree char *what = wd_alarm_dup_what (alarm, desk);
  g_autofree char *detail = wd_alarm_dup_detail (alarm, desk);

  return detail != NULL ? g_strdup_printf ("%s · %s", what, detail) : g_steal_pointer (&what);
}

char *
wd_alarm_dup_when (const WdAlarm *alarm, gint64 now, GTimeZone *zone)
{
  g_autofree char *begun = wd_format_minute (alarm->begun, zone);
  g_autofree char *ended = alarm->ended != 0 ? wd_format_minute (alarm->ended, zone) : NULL;
  g_autofree char *date = wd_format_date (alarm->begun, zone);
  g_autofree char *today = wd_format_date (now, zone);
  g_autofree char *from = g_str_equal (date, today) ? g_steal_pointer (&begun) : g_strdup_printf ("%s %s", date, begun);

  /* Translators: a time of day. */
  return ended != NULL ? g_strdup_printf ("%s–%s", from, ended) : g_strdup_printf (_ ("since %s"), from);
}

char *
wd_alarm_dup_summary (const WdAlarmStorm *storm)
{
  return g_strdup_printf (ngettext ("Many alarms: %u in 10 minutes, %u cause", "Many alarms: %u in 10 minutes, %u causes", storm->causes), storm->n, storm->causes);
}

char *
wd_alarm_dup_countdown (const WdAlarm *alarm, gint64 now)
{
  const WdAlarmSign *sign = &wd_alarm_first (alarm)->sign;

  if (sign->due == 0)
    return NULL;
  /* “Late” stands before it in words. */
  return sign->late ? wd_format_countdown (MAX (now, sign->due), sign->due) : wd_format_countdown (sign->due, MIN (now, sign->due));
}

const char *
wd_alarm_get_phone (const WdAlarm *alarm, WdDesk *desk)
{
  const WdUnit  *unit = unit_of (alarm, desk);
  const WdActor *actor = wd_desk_get_actor (desk);

  return unit != NULL && actor != NULL && actor->unit == NULL && unit->phone != NULL && unit->phone[0] != '\0' ? unit->phone : NULL;
}

char *
wd_alarm_dup_act (const WdAlarm *alarm, WdDesk *desk)
{
  const char *phone = wd_alarm_get_phone (alarm, desk);

  if (wd_alarm_is_own_order (alarm, desk))
    return g_strdup (wd_alarm_count (alarm) == 1 ? _ ("Accept") : _ ("Accept All"));
  if (alarm->cause == WD_ALARM_DISPATCH)
    return g_strdup (_ ("Dispatch…"));
  /* Translators: a telephone number. */
  return phone != NULL ? g_strdup_printf (_ ("Call %s"), phone) : NULL;
}
