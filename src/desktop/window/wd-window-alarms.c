/* wd-window-alarms.c — the alarms of the window's desk: in the bar, in the ear, and on the desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include "wd-alarm-words.h"
#include "wd-board-page.h"
#include "wd-preferences.h"
#include "wd-shelve-dialog.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

#define MINUTES_UNIT 3
#define MINUTES_CENTRE 5
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

static gint64
real_now (void)
{
  return g_get_monotonic_time () / 1000;
}

static const char *
unit_of_desk (WdWindow *self)
{
  const WdActor *actor = wd_desk_get_actor (self->desk);

  return actor != NULL ? actor->unit : NULL;
}

static guint
usual_minutes (WdWindow *self)
{
  return unit_of_desk (self) != NULL ? MINUTES_UNIT : MINUTES_CENTRE;
}

/* @summary: of a storm: it is to be said now */
static void
show_bar (WdWindow *self, gboolean summary)
{
  WdAlarmBook    *book = wd_alarm_watch_get_book (self->alarms);
  gint64          now = real_now ();
  WdAlarmBarSound sound = { .heard = wd_alarm_player_is_heard (self->player), .until_seen = unit_of_desk (self) == NULL, .minutes = usual_minutes (self) };

  sound.silent_left = MAX (self->bell.silent_until - now, 0);
  sound.ringing = sound.silent_left == 0 && wd_bell_wants (book, unit_of_desk (self));
  wd_alarm_bar_show (self->alarm_bar, self->desk, book, &self->storm, summary, &sound);
}

/* Nobody there could see to them, nor does anything that others do end them. */
static gboolean
is_link_alone (WdWindow *self)
{
  return wd_uplink_get_state (wd_desk_get_uplink (self->desk)) == WD_UPLINK_SIGNED_OUT;
}

/* Once somebody was let in; where the session has ended since, of the link alone. */
static void
follow (WdWindow *self)
{
  WdAlarmBook *book = wd_alarm_watch_get_book (self->alarms);
  gboolean     summary;
  WdSound      sound;

  if (_wd_window_get_page (self) == NULL || self->closing)
    return;
  summary = wd_alarm_storm_follow (&self->storm, book, wd_desk_now (self->desk));
  self->bell.link_alone = is_link_alone (self);
  wd_alarm_notices_follow (self->notices, book, &self->storm, summary, self->bell.link_alone);
  sound = wd_bell_strike (&self->bell, book, unit_of_desk (self), real_now ());
  if (sound != WD_SOUND_NONE)
    wd_alarm_player_play (self->player, sound);
  show_bar (self, summary);
}

void
_wd_window_tick_alarms (WdWindow *self)
{
  if (self->alarms == NULL)
    return;
  wd_alarm_watch_tick (self->alarms);
  wd_alarm_player_tick (self->player);
  follow (self);
}

void
_wd_window_stop_alarms (WdWindow *self)
{
  g_clear_pointer (&self->notices, wd_alarm_notices_free);
  if (self->alarms != NULL)
    g_signal_handlers_disconnect_by_data (self->alarms, self);
  g_clear_object (&self->alarms);
  g_clear_pointer (&self->alarm_key, g_free);
  self->bell = (WdBell){ 0 };
  self->storm = (WdAlarmStorm){ 0 };
}

void
_wd_window_start_alarms (WdWindow *self)
{
  _wd_window_stop_alarms (self);
  self->alarms = wd_alarm_watch_new (self->desk);
  self->notices = wd_alarm_notices_new (GTK_APPLICATION_WINDOW (self), self->desk);
  g_signal_connect_object (self->alarms, "changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  if (self->player != NULL)
    return;
  self->player = wd_alarm_player_new ();
  g_signal_connect_object (self->player, "notify::heard", G_CALLBACK (_wd_window_tell_presence), self, G_CONNECT_SWAPPED);
}

/* --- looking at one ------------------------------------------------------------------------------ */

/* Leads to where it is seen to. */
static void
view (WdWindow *self, const WdAlarm *alarm)
{
  g_autofree char *key = g_strdup (alarm->key);
  g_autofree char *order = g_strdup (wd_alarm_first (alarm)->id);
  g_autofree char *unit = g_strdup (alarm->cause == WD_ALARM_DESK ? alarm->unit : NULL);
  gboolean         on_main = alarm->cause == WD_ALARM_DESK || wd_alarm_is_own_order (alarm, self->desk);
  gboolean         on_order = !on_main && alarm->cause != WD_ALARM_LINK;

  g_free (self->alarm_key);
  self->alarm_key = g_strdup (key);
  wd_alarm_watch_see (self->alarms, key);
  if (on_main)
    _wd_window_go_to_main_page (self);
  if (unit != NULL)
    wd_board_page_show_unit (WD_BOARD_PAGE (_wd_window_get_page (self)), unit);
  if (on_order)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-order", "s", order);
}

static GPtrArray *
list_alarms (WdWindow *self)
{
  return self->alarms != NULL ? wd_alarm_book_list (wd_alarm_watch_get_book (self->alarms)) : NULL;
}

/* The one of that key; the most urgent where it is empty.  (nullable) */
static const WdAlarm *
find_alarm (WdWindow *self, GVariant *key)
{
  GPtrArray  *alarms = list_alarms (self);
  const char *wanted = g_variant_get_string (key, NULL);

  if (alarms == NULL)
    return NULL;
  if (wanted[0] != '\0')
    return wd_alarm_book_find (wd_alarm_watch_get_book (self->alarms), wanted);
  return alarms->len > 0 ? alarms->pdata[0] : NULL;
}

static void
view_action (GSimpleAction *action, GVariant *key, gpointer window)
{
  const WdAlarm *alarm = find_alarm (window, key);

  if (alarm != NULL)
    view (window, alarm);
}

/* The next that nobody has seen; where all were seen, the one after that which was looked at last. */
static void
next_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  WdWindow  *self = window;
  GPtrArray *alarms = list_alarms (self);
  guint      next = 0;
  gboolean   found = FALSE;

  for (guint i = 0; alarms != NULL && i < alarms->len && !found; i++)
    {
      const WdAlarm *alarm = alarms->pdata[i];

      found = !alarm->seen && g_strcmp0 (alarm->key, self->alarm_key) != 0;
      if (found)
        next = i;
      else if (g_strcmp0 (alarm->key, self->alarm_key) == 0)
        next = (i + 1) % alarms->len;
    }
  if (alarms != NULL && alarms->len > 0)
    view (self, alarms->pdata[next]);
}

/* --- the best act ---------------------------------------------------------------------------------- */

static void
accept_all (WdWindow *self, const WdAlarm *alarm)
{
  g_auto (GStrv)     ids = wd_alarm_list_ids (alarm); /* they leave the alarm meanwhile */
  g_autoptr (GError) first = NULL;
  g_autofree char   *words = NULL;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (WdCommand) command = wd_desk_command (WD_VERB_ACCEPT, ids[i], g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));

      wd_desk_give (self->desk, command, 0, first == NULL ? &first : NULL);
    }
  if (first == NULL)
    return;
  words = wd_term_refusal (first, WD_VERB_ACCEPT, NULL);
  wd_alarm_bar_say (self->alarm_bar, words);
}

/* Of a unit, whichever page is in front. */
static void
accept_all_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  WdWindow      *self = window;
  const char    *unit = self->alarms != NULL ? unit_of_desk (self) : NULL;
  const WdAlarm *alarm = unit != NULL ? wd_alarm_book_find_cause (wd_alarm_watch_get_book (self->alarms), WD_ALARM_ACCEPT, unit) : NULL;

  if (alarm != NULL)
    accept_all (self, alarm);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    wd_alarm_bar_say (self->alarm_bar, _ ("This computer cannot dial: take the telephone"));
}

static void
call (WdWindow *self, const char *phone)
{
  g_autofree char *escaped = g_uri_escape_string (phone, "+", FALSE);
  g_autofree char *uri = g_strconcat ("tel:", escaped, NULL);

  g_app_info_launch_default_for_uri_async (uri, NULL, self->cancellable, called_cb, g_object_ref (self));
}

static void
act_action (GSimpleAction *action, GVariant *key_of_alarm, gpointer window)
{
  WdWindow      *self = window;
  const WdAlarm *alarm = find_alarm (self, key_of_alarm);
  const char    *phone = alarm != NULL ? wd_alarm_get_phone (alarm, self->desk) : NULL;

  if (alarm == NULL)
    return;
  if (wd_alarm_is_own_order (alarm, self->desk))
    accept_all (self, alarm);
  else if (alarm->cause == WD_ALARM_DISPATCH)
    {
      view (self, alarm);
      gtk_widget_activate_action (GTK_WIDGET (_wd_window_get_page (self)), "order.dispatch", NULL);
    }
  else if (phone != NULL)
    {
      g_autofree char *key = g_strdup (alarm->key);

      call (self, phone);
      wd_alarm_watch_see (self->alarms, key);
    }
}

/* --- shelving --------------------------------------------------------------------------------------- */

static void
shelve_given_cb (WdWindow *self, WdShelveDialog *dialog)
{
  g_autofree char *reason = wd_shelve_dialog_dup_reason (dialog);

  if (self->alarms != NULL)
    wd_alarm_watch_shelve (self->alarms, wd_shelve_dialog_get_key (dialog), wd_shelve_dialog_get_minutes (dialog), reason);
}

static void
shelve_action (GSimpleAction *action, GVariant *key, gpointer window)
{
  WdWindow        *self = window;
  const WdAlarm   *alarm = find_alarm (self, key);
  g_autofree char *sentence = NULL;
  GtkWindow       *dialog;

  if (alarm == NULL || wd_alarm_is_own_order (alarm, self->desk))
    return;
  sentence = wd_alarm_dup_sentence (alarm, self->desk);
  dialog = wd_shelve_dialog_new (GTK_WINDOW (self), alarm->key, sentence);
  g_signal_connect_object (dialog, "given", G_CALLBACK (shelve_given_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
take_back_action (GSimpleAction *action, GVariant *key, gpointer window)
{
  WdWindow *self = window;

  if (self->alarms != NULL)
    wd_alarm_watch_take_back (self->alarms, g_variant_get_string (key, NULL));
}

/* --- silence --------------------------------------------------------------------------------------- */

static void
silence_for (WdWindow *self, guint minutes)
{
  if (self->alarms == NULL)
    return;
  self->bell.silent_until = minutes > 0 ? real_now () + minutes * MINUTE_MS : 0;
  show_bar (self, FALSE);
}

static void
silence_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  WdWindow *self = window;

  if (self->desk != NULL)
    silence_for (self, real_now () < self->bell.silent_until ? 0 : usual_minutes (self));
}

static void
silence_for_action (GSimpleAction *action, GVariant *minutes, gpointer window)
{
  silence_for (window, g_variant_get_uint32 (minutes));
}

/* They are tried with the player that rings. */
static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  WdWindow *self = window;

  if (self->player != NULL)
    gtk_window_present (wd_preferences_new (GTK_WINDOW (self), self->player));
}

void
_wd_window_add_alarm_actions (WdWindow *self)
{
  const GActionEntry actions[] = {
    { .name = "accept-all", .activate = accept_all_action },
    { .name = "alarm-view", .activate = view_action, .parameter_type = "s" },
    { .name = "alarm-next", .activate = next_action },
    { .name = "alarm-act", .activate = act_action, .parameter_type = "s" },
    { .name = "alarm-shelve", .activate = shelve_action, .parameter_type = "s" },
    { .name = "alarm-take-back", .activate = take_back_action, .parameter_type = "s" },
    { .name = "preferences", .activate = preferences_action },
    { .name = "silence", .activate = silence_action },
    { .name = "silence-for", .activate = silence_for_action, .parameter_type = "u" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
