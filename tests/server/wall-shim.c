/* wall-shim.c — clocks that are wrong, and step
 *
 *   LD_PRELOAD=build/tests/server/wall-shim.so WATERDESK_WALL=FILE WATERDESK_BOOT=FILE waterdeskd …
 *
 * The files hold by how many seconds the wall, and the boot clock, are off; they may change at any time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long
off_by (const char *variable)
{
  const char *name = getenv (variable);
  char        text[32] = "0";
  int         file = name != NULL ? open (name, O_RDONLY | O_CLOEXEC) : -1;

  if (file < 0)
    return 0;
  if (read (file, text, sizeof text - 1) < 0)
    text[0] = '0';
  close (file);
  return strtol (text, NULL, 10);
}

int
clock_gettime (clockid_t clock, struct timespec *now)
{
  int (*next) (clockid_t, struct timespec *) = (int (*) (clockid_t, struct timespec *))dlsym (RTLD_NEXT, "clock_gettime");
  int result = next (clock, now);

  if (clock == CLOCK_REALTIME)
    now->tv_sec += off_by ("WATERDESK_WALL");
  else if (clock == CLOCK_BOOTTIME)
    now->tv_sec += off_by ("WATERDESK_BOOT");
  return result;
}

int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec exact;
  int             result = clock_gettime (CLOCK_REALTIME, &exact);

  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return result;
}
