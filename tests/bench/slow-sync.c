/* slow-sync.c — makes each sync to the disk slower by a fixed time
 *
 *   LD_PRELOAD=build/tests/bench/slow-sync.so WATERDESK_SYNC_DELAY_US=5000 waterdeskd …
 *
 * Disks differ 25 times in how long a sync takes; with a fixed delay on top, what
 * hangs on syncs can be compared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void
delay (void)
{
  const char *us = getenv ("WATERDESK_SYNC_DELAY_US");

  if (us != NULL)
    usleep ((useconds_t)strtoul (us, NULL, 10));
}

static int
sync_by (const char *name, int file)
{
  int (*next) (int) = (int (*) (int))dlsym (RTLD_NEXT, name);

  delay ();
  return next (file);
}

int
fdatasync (int file)
{
  return sync_by ("fdatasync", file);
}

int
fsync (int file)
{
  return sync_by ("fsync", file);
}
