/* wd-fault-vfs.c — a disk that refuses what a test wants it to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-fault-vfs.h"

#include <sqlite3.h>

typedef struct
{
  sqlite3_file  base;
  sqlite3_file *real; /* lies behind this struct */
} File;

static sqlite3_vfs       *system_vfs;
static sqlite3_vfs        fault_vfs;
static sqlite3_io_methods fault_methods;
static WdFault            armed;
static guint              left; /* operations up to the one that fails, 0 = none does */
static gboolean           failed;

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((File *)file)->real;
}

/* SQLITE_OK where the operation may go on. */
static int
meet (gboolean writes, int code)
{
  if (left == 0 || left-- > 1)
    return SQLITE_OK;
  if (armed != WD_FAULT_ONCE)
    left = 1;
  if (armed == WD_FAULT_FULL && !writes)
    return SQLITE_OK;
  failed = TRUE;
  return armed == WD_FAULT_FULL ? SQLITE_FULL : code;
}

static int
file_close (sqlite3_file *file)
{
  return real_of (file)->pMethods->xClose (real_of (file));
}

static int
file_read (sqlite3_file *file, void *data, int length, sqlite3_int64 offset)
{
  return real_of (file)->pMethods->xRead (real_of (file), data, length, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  int code = meet (TRUE, SQLITE_IOERR_WRITE);

  return code != SQLITE_OK ? code : real_of (file)->pMethods->xWrite (real_of (file), data, length, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int code = meet (FALSE, SQLITE_IOERR_TRUNCATE);

  return code != SQLITE_OK ? code : real_of (file)->pMethods->xTruncate (real_of (file), size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  int code = meet (FALSE, SQLITE_IOERR_FSYNC);

  return code != SQLITE_OK ? code : real_of (file)->pMethods->xSync (real_of (file), flags);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return real_of (file)->pMethods->xFileSize (real_of (file), size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xLock (real_of (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), level);
}

static int
file_check_reserved (sqlite3_file *file, int *reserved)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), reserved);
}

static int
file_control (sqlite3_file *file, int op, void *data)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), op, data);
}

static int
file_sector_size (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
file_characteristics (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  return real_of (file)->pMethods->xShmMap (real_of (file), page, size, extend, memory);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
file_shm_unmap (sqlite3_file *file, int drop)
{
  return real_of (file)->pMethods->xShmUnmap (real_of (file), drop);
}

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  File *self = (File *)file;
  int   code;

  self->real = (sqlite3_file *)(self + 1);
  code = system_vfs->xOpen (system_vfs, name, self->real, flags, out_flags);
  file->pMethods = self->real->pMethods != NULL ? &fault_methods : NULL;
  return code;
}

void
wd_fault_vfs_install (void)
{
  if (system_vfs != NULL)
    return;
  system_vfs = sqlite3_vfs_find (NULL);
  fault_methods = (sqlite3_io_methods){ 2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock,
                                        file_unlock, file_check_reserved, file_control, file_sector_size, file_characteristics,
                                        file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap };
  fault_vfs = *system_vfs;
  fault_vfs.zName = "fault";
  fault_vfs.szOsFile = (int)sizeof (File) + system_vfs->szOsFile;
  fault_vfs.xOpen = vfs_open;
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 1), ==, SQLITE_OK);
}

void
wd_fault_vfs_arm (WdFault fault, guint n)
{
  armed = fault;
  left = n;
  failed = FALSE;
}

gboolean
wd_fault_vfs_disarm (void)
{
  left = 0;
  return failed;
}
