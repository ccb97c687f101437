/* wd-fault-vfs.h — a disk that refuses what a test wants it to
 *
 * A SQLite VFS laid over the system's and made the default of this process:
 * writes, syncs and truncations are counted, and from the one asked for on they fail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef enum
{
  WD_FAULT_ONCE,   /* that one operation: SQLITE_IOERR */
  WD_FAULT_BROKEN, /* from then on: SQLITE_IOERR */
  WD_FAULT_FULL    /* from then on, as far as it writes: SQLITE_FULL */
} WdFault;

void wd_fault_vfs_install (void);

/* The @n-th operation from now fails, 1 being the next. */
void wd_fault_vfs_arm (WdFault fault, guint n);

/* All is well again.  Returns: whether an operation failed since. */
gboolean wd_fault_vfs_disarm (void);
