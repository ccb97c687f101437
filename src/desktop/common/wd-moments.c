/* wd-moments.c — when orders will stand differently though nothing happens to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-moments.h"

typedef struct
{
  gint64 at;
  char  *id;
} Moment;

struct _WdMoments
{
  GSequence  *sorted; /* Moment */
  GHashTable *of;     /* id, the moment's own -> GSequenceIter */
};

static void
moment_free (gpointer data)
{
  Moment *moment = data;

  g_free (moment->id);
  g_free (moment);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Moment *one = a, *other = b;

  return (one->at > other->at) - (one->at < other->at);
}

WdMoments *
wd_moments_new (void)
{
  WdMoments *self = g_new0 (WdMoments, 1);

  self->sorted = g_sequence_new (moment_free);
  self->of = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
wd_moments_free (WdMoments *self)
{
  g_hash_table_unref (self->of);
  g_sequence_free (self->sorted);
  g_free (self);
}

void
wd_moments_set (WdMoments *self, const char *id, gint64 at)
{
  GSequenceIter *before = g_hash_table_lookup (self->of, id);
  Moment        *moment;

  if (before != NULL && at != 0)
    {
      moment = g_sequence_get (before);
      if (moment->at == at)
        return;
      moment->at = at;
      g_sequence_sort_changed (before, compare, NULL);
    }
  else if (before != NULL)
    {
      g_hash_table_remove (self->of, id);
      g_sequence_remove (before);
    }
  else if (at != 0)
    {
      moment = g_new (Moment, 1);
      *moment = (Moment){ at, g_strdup (id) };
      g_hash_table_insert (self->of, moment->id, g_sequence_insert_sorted (self->sorted, moment, compare, NULL));
    }
}

char *
wd_moments_take_due (WdMoments *self, gint64 now)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->sorted);
  Moment        *moment = !g_sequence_iter_is_end (first) ? g_sequence_get (first) : NULL;
  char          *id;

  if (moment == NULL || moment->at > now)
    return NULL;
  g_hash_table_remove (self->of, moment->id);
  id = g_steal_pointer (&moment->id);
  g_sequence_remove (first);
  return id;
}

GPtrArray *
wd_moments_list (WdMoments *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->sorted); !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    g_ptr_array_add (ids, g_strdup (((const Moment *)g_sequence_get (iter))->id));
  return ids;
}
