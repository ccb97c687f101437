/* wd-server-clock.c — wall time once, the boot clock from there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-server-clock.h"

#include <time.h>

struct _WdServerClock
{
  gint64 wall; /* of the machine at start */
  gint64 base; /* of the house at start */
  gint64 boot; /* boot clock at start */
  double speed;
};

gint64
wd_boot_milliseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000) + now.tv_nsec / 1000000;
}

WdServerClock *
wd_server_clock_new (gint64 not_before, double speed)
{
  WdServerClock *clock = g_new0 (WdServerClock, 1);

  clock->wall = g_get_real_time () / 1000;
  clock->base = MAX (clock->wall, not_before);
  clock->boot = wd_boot_milliseconds ();
  clock->speed = speed;
  return clock;
}

void
wd_server_clock_free (WdServerClock *clock)
{
  g_free (clock);
}

gint64
wd_server_clock_now (WdServerClock *clock)
{
  return clock->base + (gint64)((wd_boot_milliseconds () - clock->boot) * clock->speed);
}

gint64
wd_server_clock_real (WdServerClock *clock)
{
  return clock->wall + wd_boot_milliseconds () - clock->boot;
}

double
wd_server_clock_speed (WdServerClock *clock)
{
  return clock->speed;
}

gint64
wd_server_clock_ahead (WdServerClock *clock)
{
  return clock->base - clock->wall;
}

gint64
wd_server_clock_stepped (WdServerClock *clock)
{
  return g_get_real_time () / 1000 - wd_server_clock_real (clock);
}
