/* wd-alarm-bell.c — which sound is due now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-bell.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define APART (2 * SECOND) /* two sounds never run into each other */

/* What each sound is called for by, and how often it is repeated; 0: it is not called for. */
static gint64
every (WdSound sound, WdAlarmBook *book, const char *unit)
{
  GPtrArray     *alarms = wd_alarm_book_list (book);
  const WdAlarm *alarm;

  switch (sound)
    {
    case WD_SOUND_CUT:
      return wd_alarm_book_find_cause (book, WD_ALARM_LINK, NULL) != NULL ? 300 * SECOND : 0;
    case WD_SOUND_URGE:
      for (guint i = 0; i < alarms->len; i++)
        {
          alarm = alarms->pdata[i];
          if (alarm->priority == WD_ALARM_URGENT && alarm->cause != WD_ALARM_LINK && !alarm->seen)
            return 15 * SECOND;
        }
      return 0;
    case WD_SOUND_ORDER:
      alarm = unit != NULL ? wd_alarm_book_find_cause (book, WD_ALARM_ACCEPT, unit) : NULL;
      if (alarm == NULL)
        return 0;
      return wd_alarm_first (alarm)->sign.soon ? 5 * SECOND : 10 * SECOND;
    case WD_SOUND_NONE:
    case WD_N_SOUNDS:
    default:
      return 0;
    }
}

static gint64
calls (const WdBell *bell, WdSound sound, WdAlarmBook *book, const char *unit)
{
  return bell->link_alone && sound != WD_SOUND_CUT ? 0 : every (sound, book, unit);
}

/* What was heard before is heard at once where it becomes new. */
static void
take_rises (WdBell *bell, WdAlarmBook *book, const char *unit, gboolean *urgent)
{
  const WdAlarm *orders = unit != NULL ? wd_alarm_book_find_cause (book, WD_ALARM_ACCEPT, unit) : NULL;
  guint          rises = wd_alarm_book_count_urgent_rises (book);

  if (calls (bell, WD_SOUND_URGE, book, unit) == 0)
    bell->urgent_rises = rises;
  *urgent = rises != bell->urgent_rises;
  if (orders != NULL && orders->risen != bell->orders_risen)
    {
      bell->orders_risen = orders->risen;
      bell->struck[WD_SOUND_ORDER] = 0;
    }
}

WdSound
wd_bell_strike (WdBell *bell, WdAlarmBook *book, const char *unit, gint64 now)
{
  gboolean urgent, silent = now < bell->silent_until;

  take_rises (bell, book, unit, &urgent);
  for (int sound = WD_SOUND_CUT; sound > WD_SOUND_NONE; sound--)
    if (calls (bell, sound, book, unit) == 0)
      bell->struck[sound] = 0;
  if (bell->last != 0 && now - bell->last < APART)
    return WD_SOUND_NONE;

  for (int sound = WD_SOUND_CUT; sound > WD_SOUND_NONE; sound--)
    {
      gint64   pause = calls (bell, sound, book, unit);
      gboolean fresh = sound == WD_SOUND_URGE ? urgent : bell->struck[sound] == 0;
      gboolean due = pause != 0 && (fresh || bell->struck[sound] == 0 || now - bell->struck[sound] >= pause);

      if (silent && (sound == WD_SOUND_ORDER || !fresh))
        due = FALSE; /* each that is new is heard once all the same */
      if (!due)
        continue;
      if (sound == WD_SOUND_URGE)
        bell->urgent_rises = wd_alarm_book_count_urgent_rises (book);
      bell->struck[sound] = bell->last = now;
      return sound;
    }
  return WD_SOUND_NONE;
}

gboolean
wd_bell_wants (WdAlarmBook *book, const char *unit)
{
  return every (WD_SOUND_ORDER, book, unit) != 0 || every (WD_SOUND_URGE, book, unit) != 0;
}
