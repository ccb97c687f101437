/* wd-alarm-player.h — plays the sounds of alarms, and knows whether they can be heard
 *
 * All that could wait for a sound server is done on a thread.  Begins by playing one of the sounds mute: only so is it known
 * that there is a device.
 *
 * Property: heard (gboolean)   the last sound came out; TRUE until it is known better
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-bell.h"

G_BEGIN_DECLS

#define WD_TYPE_ALARM_PLAYER (wd_alarm_player_get_type ())
G_DECLARE_FINAL_TYPE (WdAlarmPlayer, wd_alarm_player, WD, ALARM_PLAYER, GObject)

WdAlarmPlayer *wd_alarm_player_new (void);
gboolean       wd_alarm_player_is_heard (WdAlarmPlayer *self);

/* Nothing where one is being played; without a device looks for one from time to time. */
void wd_alarm_player_play (WdAlarmPlayer *self, WdSound sound);
void wd_alarm_player_tick (WdAlarmPlayer *self);

G_END_DECLS
