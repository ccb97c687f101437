/* test-alarm-book.c — alarms by cause: they count up, become new again, go by themselves; and which sound is due
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-bell.h"
#include "wd-alarm-storm.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define BEGIN (1000 * MINUTE)

static const WdAlarmSign waiting = { WD_ALARM_ACCEPT, WD_ALARM_IMPORTANT, "east", 1, 300, FALSE, FALSE };
static const WdAlarmSign soon = { WD_ALARM_ACCEPT, WD_ALARM_IMPORTANT, "east", 1, 300, TRUE, FALSE };
static const WdAlarmSign late = { WD_ALARM_ACCEPT, WD_ALARM_URGENT, "east", 1, 300, TRUE, TRUE };
static const WdAlarmSign later = { WD_ALARM_ACCEPT, WD_ALARM_URGENT, "east", 1, 200, TRUE, TRUE };
static const WdAlarmSign other_unit = { WD_ALARM_ACCEPT, WD_ALARM_URGENT, "west", 1, 100, TRUE, TRUE };
static const WdAlarmSign callback = { WD_ALARM_CALL_BACK, WD_ALARM_ORDINARY, NULL, 1, 50, FALSE, FALSE };
static const WdAlarmSign lost = { WD_ALARM_LINK, WD_ALARM_URGENT };

static const WdAlarm *
nth (WdAlarmBook *book, guint index)
{
  GPtrArray *alarms = wd_alarm_book_list (book);

  return index < alarms->len ? alarms->pdata[index] : NULL;
}

static void
test_causes (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  const WdAlarm          *alarm;
  g_auto (GStrv)          ids = NULL;

  g_assert_null (nth (book, 0));
  g_assert_true (wd_alarm_book_put (book, "a", &waiting, 1, BEGIN));
  g_assert_false (wd_alarm_book_put (book, "a", &waiting, 1, BEGIN));
  wd_alarm_book_put (book, "b", &late, 1, BEGIN);
  wd_alarm_book_put (book, "c", &later, 1, BEGIN);
  wd_alarm_book_put (book, "d", &callback, 1, BEGIN);
  wd_alarm_book_put (book, "e", &other_unit, 1, BEGIN);

  g_assert_cmpuint (wd_alarm_book_list (book)->len, ==, 3);
  g_assert_cmpuint (wd_alarm_book_count (book, WD_ALARM_URGENT), ==, 3);
  g_assert_cmpuint (wd_alarm_book_count (book, WD_ALARM_IMPORTANT), ==, 1);
  g_assert_cmpuint (wd_alarm_book_count (book, WD_ALARM_ORDINARY), ==, 1);
  g_assert_cmpstr (nth (book, 0)->unit, ==, "west");
  alarm = nth (book, 1);
  g_assert_cmpuint (wd_alarm_count (alarm), ==, 3);
  g_assert_cmpuint (alarm->n_late, ==, 2);
  ids = wd_alarm_list_ids (alarm);
  g_assert_cmpstr (ids[0], ==, "c");
  g_assert_cmpstr (ids[1], ==, "b");
  g_assert_cmpstr (ids[2], ==, "a");
  g_assert_cmpint (nth (book, 2)->cause, ==, WD_ALARM_CALL_BACK);

  /* Gone with its last matter. */
  wd_alarm_book_put (book, "b", NULL, 0, BEGIN);
  wd_alarm_book_put (book, "c", NULL, 0, BEGIN);
  g_assert_cmpint (nth (book, 1)->priority, ==, WD_ALARM_IMPORTANT);
  g_assert_cmpuint (nth (book, 1)->n_late, ==, 0);
  g_assert_true (wd_alarm_book_put (book, "a", NULL, 0, BEGIN));
  g_assert_false (wd_alarm_book_put (book, "a", NULL, 0, BEGIN));
  g_assert_null (wd_alarm_book_find_cause (book, WD_ALARM_ACCEPT, "east"));
  g_assert_cmpuint (wd_alarm_book_list (book)->len, ==, 2);
}

static void
test_seen (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  g_autofree char        *key = NULL;

  wd_alarm_book_put (book, "a", &waiting, 1, BEGIN);
  key = g_strdup (nth (book, 0)->key);
  wd_alarm_book_see (book, key);
  g_assert_true (nth (book, 0)->seen);
  wd_alarm_book_put (book, "a", &soon, 1, BEGIN); /* no other urgency */
  g_assert_true (nth (book, 0)->seen);
  wd_alarm_book_put (book, "b", &waiting, 1, BEGIN);
  g_assert_false (nth (book, 0)->seen);
  wd_alarm_book_see (book, key);
  wd_alarm_book_put (book, "b", &late, 1, BEGIN);
  g_assert_false (nth (book, 0)->seen);
  g_assert_cmpuint (nth (book, 0)->risen, ==, 3);
  g_assert_cmpuint (wd_alarm_book_count_urgent_rises (book), ==, 1);

  /* Of two alike the one that nobody has seen stands first. */
  wd_alarm_book_put (book, "e", &other_unit, 1, BEGIN);
  g_assert_cmpstr (nth (book, 0)->unit, ==, "west");
  wd_alarm_book_see (book, nth (book, 0)->key);
  g_assert_cmpstr (nth (book, 0)->unit, ==, "east");
}

/* New, seen and over are three. */
static void
test_over (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  GPtrArray              *over = wd_alarm_book_list_over (book);
  WdAlarmSign             begun = waiting;
  const WdAlarm          *alarm;

  begun.since = BEGIN - 2 * MINUTE;
  wd_alarm_book_put (book, "a", &begun, 1, BEGIN);
  wd_alarm_book_put (book, "b", &late, 1, BEGIN);
  wd_alarm_book_put (book, "e", &lost, 1, BEGIN);
  g_assert_cmpint (wd_alarm_get_state (nth (book, 0)), ==, WD_ALARM_NEW);
  wd_alarm_book_see (book, nth (book, 1)->key);
  g_assert_cmpint (wd_alarm_get_state (nth (book, 1)), ==, WD_ALARM_SEEN);
  wd_alarm_book_put (book, "b", NULL, 0, BEGIN + MINUTE);
  g_assert_cmpuint (over->len, ==, 0); /* the other matter stands */
  wd_alarm_book_put (book, "a", NULL, 0, BEGIN + 2 * MINUTE);
  wd_alarm_book_put (book, "e", NULL, 0, BEGIN + 3 * MINUTE);

  g_assert_cmpuint (over->len, ==, 2);
  g_assert_cmpuint (wd_alarm_book_list (book)->len, ==, 0);
  alarm = over->pdata[0];
  g_assert_cmpint (wd_alarm_get_state (alarm), ==, WD_ALARM_OVER);
  g_assert_cmpint (alarm->cause, ==, WD_ALARM_ACCEPT);
  g_assert_cmpstr (wd_alarm_first (alarm)->id, ==, "a");
  g_assert_true (alarm->seen);
  g_assert_cmpuint (alarm->n_ever, ==, 2);
  g_assert_cmpint (alarm->begun, ==, 1); /* of the earliest that joined it */
  g_assert_cmpint (alarm->ended, ==, BEGIN + 2 * MINUTE);
  alarm = over->pdata[1];
  g_assert_cmpint (alarm->begun, ==, BEGIN);
  g_assert_false (alarm->seen);

  /* The same cause again is another alarm; what is long over is forgotten. */
  wd_alarm_book_put (book, "a", &waiting, 1, BEGIN);
  g_assert_cmpint (wd_alarm_get_state (nth (book, 0)), ==, WD_ALARM_NEW);
  for (int i = 0; i < 500; i++)
    {
      wd_alarm_book_put (book, "c", &callback, 1, BEGIN);
      wd_alarm_book_put (book, "c", NULL, 0, BEGIN + i);
    }
  g_assert_cmpuint (over->len, ==, 200);
  g_assert_cmpint (((const WdAlarm *)over->pdata[199])->ended, ==, BEGIN + 499);
}

static void
test_shelved (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  WdBell                  bell = { 0 };
  g_autofree char        *east = NULL, *west = NULL;

  wd_alarm_book_put (book, "a", &waiting, 1, BEGIN);
  wd_alarm_book_put (book, "e", &other_unit, 1, BEGIN);
  west = g_strdup (nth (book, 0)->key);
  east = g_strdup (nth (book, 1)->key);
  wd_alarm_book_shelve (book, west, 600, "已电话联系", BEGIN);
  wd_alarm_book_shelve (book, east, 10, "在路上", BEGIN);

  /* Neither in the bar nor in the ear, but kept. */
  g_assert_cmpuint (wd_alarm_book_list (book)->len, ==, 0);
  g_assert_cmpuint (wd_alarm_book_count (book, WD_ALARM_URGENT), ==, 0);
  g_assert_null (wd_alarm_book_find_cause (book, WD_ALARM_ACCEPT, "east"));
  g_assert_cmpint (wd_bell_strike (&bell, book, "east", 1), ==, WD_SOUND_NONE);
  g_assert_false (wd_bell_wants (book, "east"));
  g_assert_cmpuint (wd_alarm_book_list_shelved (book)->len, ==, 2);
  g_assert_cmpint (wd_alarm_get_state (wd_alarm_book_find (book, east)), ==, WD_ALARM_SHELVED);
  g_assert_cmpstr (wd_alarm_book_find (book, east)->shelved_reason, ==, "在路上");
  g_assert_cmpint (wd_alarm_book_find (book, west)->shelved_until, ==, BEGIN + 60 * MINUTE); /* never longer */

  /* Another matter of the same urgency hides with it; it comes back by itself, as new. */
  wd_alarm_book_put (book, "b", &waiting, 1, BEGIN);
  g_assert_cmpuint (wd_alarm_book_list (book)->len, ==, 0);
  g_assert_false (wd_alarm_book_tick (book, BEGIN + 10 * MINUTE - 1));
  g_assert_true (wd_alarm_book_tick (book, BEGIN + 10 * MINUTE));
  g_assert_cmpstr (nth (book, 0)->key, ==, east);
  g_assert_cmpint (wd_alarm_get_state (nth (book, 0)), ==, WD_ALARM_NEW);
  g_assert_null (nth (book, 0)->shelved_reason);

  /* At once where it becomes more urgent; taken back it is one that was seen. */
  wd_alarm_book_shelve (book, east, 30, "在路上", BEGIN);
  wd_alarm_book_put (book, "b", &late, 1, BEGIN);
  g_assert_cmpint (wd_alarm_get_state (nth (book, 0)), ==, WD_ALARM_NEW);
  g_assert_cmpint (wd_bell_strike (&bell, book, NULL, 1), ==, WD_SOUND_URGE);
  wd_alarm_book_take_back (book, west);
  g_assert_cmpint (wd_alarm_get_state (wd_alarm_book_find (book, west)), ==, WD_ALARM_SEEN);
  g_assert_cmpuint (wd_alarm_book_list_shelved (book)->len, ==, 0);

  /* What is over while it is shelved does not come back. */
  wd_alarm_book_shelve (book, west, 30, "已电话联系", BEGIN);
  wd_alarm_book_put (book, "e", NULL, 0, BEGIN + MINUTE);
  g_assert_false (wd_alarm_book_tick (book, BEGIN + 60 * MINUTE));
  g_assert_cmpuint (wd_alarm_book_list_over (book)->len, ==, 1);
}

/* Puts @n matters of east's into the book, each risen at @time.  @first: number of the first */
static void
put_many (WdAlarmBook *book, guint first, guint n, gint64 time)
{
  for (guint i = first; i < first + n; i++)
    {
      WdAlarmSign      sign = waiting;
      g_autofree char *id = g_strdup_printf ("order %u", i);

      sign.risen = time;
      wd_alarm_book_put (book, id, &sign, 1, BEGIN);
    }
}

static void
test_storm (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  WdAlarmStorm            storm = { 0 };

  /* What became an alarm long before this desk began does not count, nor do ten. */
  put_many (book, 0, 500, BEGIN - 10 * MINUTE);
  put_many (book, 500, 10, BEGIN);
  g_assert_false (wd_alarm_storm_follow (&storm, book, BEGIN));
  g_assert_false (storm.on);

  /* From the eleventh on one summary every two minutes, whatever comes in between. */
  wd_alarm_book_put (book, "e", &callback, 1, BEGIN + SECOND);
  g_assert_true (wd_alarm_storm_follow (&storm, book, BEGIN + SECOND));
  g_assert_cmpuint (storm.n, ==, 11);
  g_assert_cmpuint (storm.causes, ==, 2);
  put_many (book, 510, 5, BEGIN + MINUTE);
  g_assert_false (wd_alarm_storm_follow (&storm, book, BEGIN + 2 * MINUTE));
  g_assert_true (storm.on);
  g_assert_cmpuint (storm.n, ==, 11);
  g_assert_true (wd_alarm_storm_follow (&storm, book, BEGIN + SECOND + 2 * MINUTE));
  g_assert_cmpuint (storm.n, ==, 16);
  g_assert_false (wd_alarm_storm_follow (&storm, book, BEGIN + SECOND + 2 * MINUTE));

  /* It lasts while there are more than five: no end and beginning at each that comes and goes. */
  g_assert_true (wd_alarm_storm_follow (&storm, book, BEGIN + 10 * MINUTE));
  g_assert_cmpuint (storm.n, ==, 6);
  g_assert_false (wd_alarm_storm_follow (&storm, book, BEGIN + 11 * MINUTE - 1));
  g_assert_false (storm.on);
  put_many (book, 600, 11, BEGIN + 11 * MINUTE);
  g_assert_true (wd_alarm_storm_follow (&storm, book, BEGIN + 11 * MINUTE)); /* another one */
}

/* Which sounds there are in so many seconds, as `3o 13o 23u`. */
static char *
listen (WdBell *bell, WdAlarmBook *book, const char *unit, int from, int to)
{
  static const char letters[WD_N_SOUNDS] = { [WD_SOUND_ORDER] = 'o', [WD_SOUND_URGE] = 'u', [WD_SOUND_CUT] = 'c' };
  GString          *heard = g_string_new (NULL);

  for (int second = from; second < to; second++)
    {
      WdSound sound = wd_bell_strike (bell, book, unit, second * SECOND);

      if (sound != WD_SOUND_NONE)
        g_string_append_printf (heard, "%s%d%c", heard->len > 0 ? " " : "", second, letters[sound]);
    }
  return g_string_free (heard, FALSE);
}

static void
assert_heard (WdBell *bell, WdAlarmBook *book, const char *unit, int from, int to, const char *wanted)
{
  g_autofree char *heard = listen (bell, book, unit, from, to);

  g_assert_cmpstr (heard, ==, wanted);
}

static void
test_orders_ring (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  WdBell                  bell = { 0 };

  wd_alarm_book_put (book, "a", &waiting, 1, BEGIN);
  assert_heard (&bell, book, NULL, 1, 60, ""); /* it waits elsewhere */
  assert_heard (&bell, book, "east", 100, 125, "100o 110o 120o");
  wd_alarm_book_put (book, "b", &waiting, 1, BEGIN); /* at once, though the last was a moment ago */
  assert_heard (&bell, book, "east", 125, 136, "125o 135o");
  wd_alarm_book_put (book, "b", NULL, 0, BEGIN);
  wd_alarm_book_put (book, "a", &soon, 1, BEGIN);
  assert_heard (&bell, book, "east", 136, 150, "140o 145o");
  wd_alarm_book_see (book, nth (book, 0)->key); /* seen is not accepted */
  assert_heard (&bell, book, "east", 150, 156, "150o 155o");
  wd_alarm_book_put (book, "a", NULL, 0, BEGIN);
  g_assert_false (wd_bell_wants (book, "east"));
  assert_heard (&bell, book, "east", 156, 160, "");

  /* Nobody is signed in: it waits, and rings at once when somebody is. */
  wd_alarm_book_put (book, "a", &soon, 1, BEGIN);
  bell.link_alone = TRUE;
  assert_heard (&bell, book, "east", 160, 180, "");
  bell.link_alone = FALSE;
  assert_heard (&bell, book, "east", 180, 186, "180o 185o");
  wd_alarm_book_put (book, "a", NULL, 0, BEGIN);

  /* One goes and another comes before the bell looks again. */
  wd_alarm_book_put (book, "c", &waiting, 1, BEGIN);
  assert_heard (&bell, book, "east", 200, 204, "200o");
  wd_alarm_book_put (book, "c", NULL, 0, BEGIN);
  wd_alarm_book_put (book, "d", &waiting, 1, BEGIN);
  assert_heard (&bell, book, "east", 204, 210, "204o");
}

static void
test_urgent_until_seen (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  WdBell                  bell = { 0 };

  wd_alarm_book_put (book, "e", &other_unit, 1, BEGIN);
  assert_heard (&bell, book, NULL, 1, 40, "1u 16u 31u");
  wd_alarm_book_see (book, nth (book, 0)->key);
  g_assert_false (wd_bell_wants (book, NULL));
  assert_heard (&bell, book, NULL, 40, 90, "");

  /* At the unit's own desk both, and never one into the other. */
  wd_alarm_book_put (book, "b", &late, 1, BEGIN);
  assert_heard (&bell, book, "east", 100, 117, "100u 102o 107o 112o 115u");
}

static void
test_silence (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  WdBell                  bell = { .silent_until = 60 * SECOND };

  wd_alarm_book_put (book, "a", &waiting, 1, BEGIN);
  assert_heard (&bell, book, "east", 1, 20, "");
  wd_alarm_book_put (book, "b", &late, 1, BEGIN); /* a new urgent one is heard once */
  assert_heard (&bell, book, "east", 20, 60, "20u");
  assert_heard (&bell, book, "east", 60, 66, "60u 62o");

  /* So is the link that is lost at the same time, and neither in place of the other. */
  bell.silent_until = 200 * SECOND;
  wd_alarm_book_put (book, "link", &lost, 1, BEGIN);
  wd_alarm_book_put (book, "e", &other_unit, 1, BEGIN);
  assert_heard (&bell, book, "east", 100, 190, "100c 102u");
  wd_alarm_book_put (book, "link", NULL, 0, BEGIN);
  assert_heard (&bell, book, "east", 190, 192, "");
  wd_alarm_book_put (book, "link", &lost, 1, BEGIN); /* alone, it is not said for what is known */
  assert_heard (&bell, book, "east", 192, 200, "192c");
}

static void
test_link (void)
{
  g_autoptr (WdAlarmBook) book = wd_alarm_book_new ();
  WdBell                  bell = { 0 };

  wd_alarm_book_put (book, "link", &lost, 1, BEGIN);
  assert_heard (&bell, book, NULL, 1, 700, "1c 301c 601c");
  wd_alarm_book_put (book, "link", NULL, 0, BEGIN);
  assert_heard (&bell, book, NULL, 700, 1200, "");
  wd_alarm_book_put (book, "link", &lost, 1, BEGIN);
  assert_heard (&bell, book, NULL, 1200, 1300, "1200c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alarm-book/one-alarm-for-each-cause", test_causes);
  g_test_add_func ("/alarm-book/seen-until-something-joins-it", test_seen);
  g_test_add_func ("/alarm-book/over", test_over);
  g_test_add_func ("/alarm-book/shelved", test_shelved);
  g_test_add_func ("/alarm-storm/summaries", test_storm);
  g_test_add_func ("/alarm-bell/new-orders-until-accepted", test_orders_ring);
  g_test_add_func ("/alarm-bell/urgent-until-seen", test_urgent_until_seen);
  g_test_add_func ("/alarm-bell/silence-but-for-a-new-urgent-one", test_silence);
  g_test_add_func ("/alarm-bell/lost-link-once-and-seldom", test_link);
  return g_test_run ();
}
