/* wd-alarm-notices.c — desktop notifications of alarms that sound
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-notices.h"

#include "wd-alarm-words.h"

#define STORM "storm"

struct _WdAlarmNotices
{
  GApplication *application;
  WdDesk       *desk;
  guint         window;
  gboolean      link_alone;
  GHashTable   *shown; /* key -> the rise that it was shown for */
};

WdAlarmNotices *
wd_alarm_notices_new (GtkApplicationWindow *window, WdDesk *desk)
{
  WdAlarmNotices *notices = g_new0 (WdAlarmNotices, 1);

  notices->application = g_object_ref (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))));
  notices->desk = g_object_ref (desk);
  notices->window = gtk_application_window_get_id (window);
  notices->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return notices;
}

/* Several desks of one person may share a notification server. */
static char *
id_of (WdAlarmNotices *notices, const char *key)
{
  return g_strdup_printf ("alarm-%d-%u-%s", (int)getpid (), notices->window, key);
}

static void
withdraw (WdAlarmNotices *notices, const char *key)
{
  g_autofree char *id = id_of (notices, key);

  g_application_withdraw_notification (notices->application, id);
}

void
wd_alarm_notices_free (WdAlarmNotices *notices)
{
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, notices->shown);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    withdraw (notices, key);
  g_hash_table_unref (notices->shown);
  g_object_unref (notices->desk);
  g_object_unref (notices->application);
  g_free (notices);
}

static void
send (WdAlarmNotices *notices, const char *key, const char *title, const char *body, gboolean urgent)
{
  g_autofree char          *id = id_of (notices, key);
  g_autoptr (GNotification) notification = g_notification_new (title);
  GDBusConnection          *bus = g_application_get_dbus_connection (notices->application);

  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_priority (notification, urgent ? G_NOTIFICATION_PRIORITY_URGENT : G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.show-window", "(su)", bus != NULL ? g_dbus_connection_get_unique_name (bus) : "", notices->window);
  g_application_send_notification (notices->application, id, notification);
}

static void
send_alarm (WdAlarmNotices *notices, const WdAlarm *alarm)
{
  g_autofree char *what = wd_alarm_dup_what (alarm, notices->desk);
  g_autofree char *detail = wd_alarm_dup_detail (alarm, notices->desk);

  send (notices, alarm->key, what, detail, alarm->priority == WD_ALARM_URGENT);
}

/* Kept as the alarms are, under a key of its own. */
static void
follow_storm (WdAlarmNotices *notices, const WdAlarmStorm *storm, gboolean summary)
{
  g_autofree char *words = summary ? wd_alarm_dup_summary (storm) : NULL;

  if ((!storm->on || notices->link_alone) && g_hash_table_remove (notices->shown, STORM))
    withdraw (notices, STORM);
  if (!summary || notices->link_alone)
    return;
  g_hash_table_replace (notices->shown, g_strdup (STORM), NULL);
  send (notices, STORM, words, NULL, FALSE);
}

static gboolean
is_told (WdAlarmNotices *notices, const WdAlarm *alarm)
{
  return alarm->cause == WD_ALARM_LINK || !notices->link_alone;
}

static gboolean
is_shown (WdAlarmNotices *notices, const WdAlarm *alarm, const WdAlarmStorm *storm)
{
  if (!is_told (notices, alarm))
    return FALSE;
  return alarm->priority == WD_ALARM_URGENT || (!storm->on && wd_alarm_is_own_order (alarm, notices->desk));
}

static gboolean
is_over (gpointer key, gpointer value, gpointer data)
{
  gpointer      *pair = data;
  const WdAlarm *alarm = wd_alarm_book_find (pair[1], key);

  if (g_str_equal (key, STORM) || (alarm != NULL && wd_alarm_get_state (alarm) != WD_ALARM_SHELVED && is_told (pair[0], alarm)))
    return FALSE;
  withdraw (pair[0], key);
  return TRUE;
}

void
wd_alarm_notices_follow (WdAlarmNotices *notices, WdAlarmBook *book, const WdAlarmStorm *storm, gboolean summary, gboolean link_alone)
{
  GPtrArray *alarms = wd_alarm_book_list (book);
  gpointer   pair[] = { notices, book };

  notices->link_alone = link_alone;
  follow_storm (notices, storm, summary);
  g_hash_table_foreach_remove (notices->shown, is_over, pair);
  for (guint i = 0; i < alarms->len; i++)
    {
      const WdAlarm *alarm = alarms->pdata[i];

      if (alarm->seen || !is_shown (notices, alarm, storm) || GPOINTER_TO_UINT (g_hash_table_lookup (notices->shown, alarm->key)) == alarm->risen)
        continue;
      g_hash_table_replace (notices->shown, g_strdup (alarm->key), GUINT_TO_POINTER (alarm->risen));
      send_alarm (notices, alarm);
    }
}
