/* wd-spool.c — a body on its way into a file, written off the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-spool.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define ENOUGH (1024 * 1024)

struct _WdSpool
{
  char       *folder;
  int         file; /* -1 until something is written */
  GByteArray *gathered;
};

WdSpool *
wd_spool_new (const char *folder)
{
  WdSpool *self = g_new0 (WdSpool, 1);

  self->folder = g_strdup (folder);
  self->file = -1;
  self->gathered = g_byte_array_new ();
  return self;
}

void
wd_spool_free (WdSpool *self)
{
  if (self->file >= 0)
    close (self->file);
  g_byte_array_unref (self->gathered);
  g_free (self->folder);
  g_free (self);
}

gboolean
wd_spool_add (WdSpool *self, GBytes *piece)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (piece, &length);

  g_byte_array_append (self->gathered, data, (guint)length);
  return self->gathered->len >= ENOUGH;
}

static gboolean
write_gathered (WdSpool *self)
{
  const guint8 *data = self->gathered->data;
  gsize         length = self->gathered->len;

  if (self->file < 0)
    self->file = open (self->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (self->file < 0)
    return FALSE;
  while (length > 0)
    {
      gssize n = write (self->file, data, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      data += MAX (n, 0);
      length -= (gsize)MAX (n, 0);
    }
  g_byte_array_set_size (self->gathered, 0);
  return TRUE;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  if (write_gathered (data))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
}

void
wd_spool_write_async (WdSpool *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, write_in_thread);
}

gboolean
wd_spool_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

int
wd_spool_rewind (WdSpool *self)
{
  return write_gathered (self) && lseek (self->file, 0, SEEK_SET) == 0 ? self->file : -1;
}
