/* wd-night.c — dark from 19:00 to 07:00 of this computer where the setting asks for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-night.h"

#include "wd-settings.h"

#include <adwaita.h>

#define BEGINS 19
#define ENDS 7
#define LOOK_SECONDS 20

struct _WdNight
{
  GSettings *settings; /* NULL: nothing is remembered here */
  guint      tick;
};

gboolean
wd_night_is_at (int hour)
{
  return hour >= BEGINS || hour < ENDS;
}

static void
apply (WdNight *night)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean              dark = g_settings_get_boolean (night->settings, "night") && wd_night_is_at (g_date_time_get_hour (now));

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_DEFAULT);
}

static gboolean
tick_cb (gpointer data)
{
  apply (data);
  return G_SOURCE_CONTINUE;
}

WdNight *
wd_night_new (void)
{
  WdNight *night = g_new0 (WdNight, 1);

  night->settings = wd_settings_new ();
  if (night->settings == NULL)
    return night;
  g_signal_connect_swapped (night->settings, "changed::night", G_CALLBACK (apply), night);
  night->tick = g_timeout_add_seconds (LOOK_SECONDS, tick_cb, night);
  apply (night);
  return night;
}

void
wd_night_free (WdNight *night)
{
  g_clear_handle_id (&night->tick, g_source_remove);
  if (night->settings != NULL)
    g_signal_handlers_disconnect_by_data (night->settings, night);
  g_clear_object (&night->settings);
  g_free (night);
}
