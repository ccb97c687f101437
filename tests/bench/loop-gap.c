/* loop-gap.c — how long a program's main loop was busy at a time
 *
 *   LD_PRELOAD=build/tests/bench/loop-gap.so WATERDESK_LOOP_GAPS=FILE waterdesk …
 *
 * The file, of 16 bytes, holds two 64-bit numbers of the machine: the longest time in ns that the main thread
 * spent between two waits of its main loop, and how often it spent more than 100 ms.  Whoever writes zeros
 * into it begins anew.  A wait for one descriptor is not the loop's: libraries wait so for an answer of the
 * display, and that time is busy too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define LONG_NS 100000000

typedef struct
{
  volatile uint64_t longest;
  volatile uint64_t n_long;
} Gaps;

static uint64_t
now (void)
{
  struct timespec at;

  clock_gettime (CLOCK_MONOTONIC, &at);
  return (uint64_t)at.tv_sec * 1000000000 + (uint64_t)at.tv_nsec;
}

static Gaps *
open_gaps (void)
{
  const char *name = getenv ("WATERDESK_LOOP_GAPS");
  int         file = name != NULL ? open (name, O_RDWR | O_CLOEXEC) : -1;
  void       *gaps = file >= 0 ? mmap (NULL, sizeof (Gaps), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;

  if (file >= 0)
    close (file);
  return gaps != MAP_FAILED ? gaps : NULL;
}

int
poll (struct pollfd *files, nfds_t n_files, int timeout)
{
  static int (*next) (struct pollfd *, nfds_t, int);
  static Gaps    *gaps;
  static uint64_t woke;
  int             result;

  if (next == NULL)
    {
      next = (int (*) (struct pollfd *, nfds_t, int))dlsym (RTLD_NEXT, "poll");
      gaps = open_gaps ();
    }
  if (gaps == NULL || n_files == 1 || gettid () != getpid ())
    return next (files, n_files, timeout);

  if (woke != 0)
    {
      uint64_t gap = now () - woke;

      if (gap > gaps->longest)
        gaps->longest = gap;
      if (gap > LONG_NS)
        gaps->n_long++;
    }
  result = next (files, n_files, timeout);
  woke = now ();
  return result;
}
