/* wd-preferences.h — what a person can set here: the sounds of alarms, to be tried, and the colours at night
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-player.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_PREFERENCES (wd_preferences_get_type ())
G_DECLARE_FINAL_TYPE (WdPreferences, wd_preferences, WD, PREFERENCES, AdwPreferencesWindow)

GtkWindow *wd_preferences_new (GtkWindow *parent, WdAlarmPlayer *player);

G_END_DECLS
