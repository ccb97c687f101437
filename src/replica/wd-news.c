/* wd-news.c — what the link's thread tells the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-news.h"

#include <time.h>

WdNews *
wd_news_new (WdNewsKind kind)
{
  WdNews *news = g_new0 (WdNews, 1);

  news->kind = kind;
  return news;
}

void
wd_news_free (WdNews *news)
{
  if (news == NULL)
    return;
  g_free (news->id);
  g_free (news->text);
  wd_actor_free (news->actor);
  g_clear_pointer (&news->objects, g_ptr_array_unref);
  g_clear_pointer (&news->entries, g_ptr_array_unref);
  g_clear_pointer (&news->presence, g_ptr_array_unref);
  g_clear_pointer (&news->drafts, g_hash_table_unref);
  g_free (news);
}

void
wd_news_object_free (WdNewsObject *object)
{
  if (object->record != NULL)
    wd_record_free (wd_object_type (object->kind), object->record);
  g_free (object->id);
  g_free (object);
}

WdNewsObject *
wd_news_add_object (WdNews *news, WdObjectKind kind, const char *id, gint64 seq, gpointer record)
{
  WdNewsObject *object = g_new0 (WdNewsObject, 1);

  object->kind = kind;
  object->id = g_strdup (id);
  object->seq = seq;
  object->record = record;
  if (news->objects == NULL)
    news->objects = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_news_object_free);
  g_ptr_array_add (news->objects, object);
  return object;
}

void
wd_news_presence_free (WdNewsPresence *presence)
{
  if (presence == NULL)
    return;
  g_free (presence->unit);
  g_free (presence->desk);
  g_free (presence->user);
  g_free (presence->state);
  g_free (presence->viewing);
  g_free (presence);
}

gint64
wd_boot_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000) + now.tv_nsec / 1000000;
}
