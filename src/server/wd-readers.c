/* wd-readers.c — reading connections, lent and taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-readers.h"

struct _WdReaders
{
  char      *url;
  WdKeys    *keys;
  GMutex     lock;
  GPtrArray *idle; /* WdReader */
};

WdReaders *
wd_readers_new (const char *url, WdKeys *keys)
{
  WdReaders *readers = g_new0 (WdReaders, 1);

  readers->url = g_strdup (url);
  readers->keys = wd_keys_ref (keys);
  readers->idle = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_reader_close);
  g_mutex_init (&readers->lock);
  return readers;
}

void
wd_readers_free (WdReaders *readers)
{
  g_ptr_array_unref (readers->idle);
  g_mutex_clear (&readers->lock);
  wd_keys_unref (readers->keys);
  g_free (readers->url);
  g_free (readers);
}

WdReader *
wd_readers_lend (WdReaders *readers, GError **error)
{
  WdReader *reader = NULL;

  g_mutex_lock (&readers->lock);
  if (readers->idle->len > 0)
    reader = g_ptr_array_steal_index_fast (readers->idle, readers->idle->len - 1);
  g_mutex_unlock (&readers->lock);

  return reader != NULL ? reader : wd_reader_open (readers->url, readers->keys, error);
}

void
wd_readers_take_back (WdReaders *readers, WdReader *reader)
{
  g_mutex_lock (&readers->lock);
  g_ptr_array_add (readers->idle, reader);
  g_mutex_unlock (&readers->lock);
}
