/* wd-alarm-book.c — the alarms that stand at a desk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-book.h"

struct _WdAlarmBook
{
  GHashTable *alarms;   /* key -> WdAlarm */
  GHashTable *entries;  /* id -> Entry */
  GPtrArray  *sorted;   /* WdAlarm */
  gboolean    unsorted; /* `sorted` has to be made anew */
  guint       urgent_rises;
};

/* Where the matters of an id stand. */
typedef struct
{
  guint          n;
  GSequenceIter *iters[WD_ALARM_MAX_SIGNS];
  WdAlarm       *alarms[WD_ALARM_MAX_SIGNS];
} Entry;

static void
matter_free (gpointer data)
{
  WdAlarmMatter *matter = data;

  g_free (matter->id);
  g_free (matter);
}

static void
alarm_free (gpointer data)
{
  WdAlarm *alarm = data;

  g_sequence_free (alarm->matters);
  g_free (alarm->key);
  g_free (alarm->unit);
  g_free (alarm);
}

static int
compare_times (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_signs (const WdAlarmSign *a, const WdAlarmSign *b)
{
  return a->priority != b->priority ? (int)a->priority - (int)b->priority : compare_times (a->due, b->due);
}

static int
compare_matters (gconstpointer a, gconstpointer b, gpointer data)
{
  const WdAlarmMatter *one = a, *other = b;
  int                  order = compare_signs (&one->sign, &other->sign);

  return order != 0 ? order : g_strcmp0 (one->id, other->id);
}

guint
wd_alarm_count (const WdAlarm *alarm)
{
  return (guint)g_sequence_get_length (alarm->matters);
}

const WdAlarmMatter *
wd_alarm_first (const WdAlarm *alarm)
{
  return g_sequence_get (g_sequence_get_begin_iter (alarm->matters));
}

GStrv
wd_alarm_list_ids (const WdAlarm *alarm)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (GSequenceIter *iter = g_sequence_get_begin_iter (alarm->matters); !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    g_strv_builder_add (ids, ((const WdAlarmMatter *)g_sequence_get (iter))->id);
  return g_strv_builder_end (ids);
}

WdAlarmBook *
wd_alarm_book_new (void)
{
  WdAlarmBook *book = g_new0 (WdAlarmBook, 1);

  book->alarms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, alarm_free);
  book->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  book->sorted = g_ptr_array_new ();
  return book;
}

void
wd_alarm_book_free (WdAlarmBook *book)
{
  g_ptr_array_unref (book->sorted);
  g_hash_table_unref (book->entries);
  g_hash_table_unref (book->alarms);
  g_free (book);
}

/* --- one cause ---------------------------------------------------------------------------------- */

static char *
key_of (WdAlarmCause cause, const char *unit)
{
  return g_strdup_printf ("%d:%s", (int)cause, unit != NULL ? unit : "");
}

WdAlarm *
wd_alarm_book_find (WdAlarmBook *book, const char *key)
{
  return key != NULL ? g_hash_table_lookup (book->alarms, key) : NULL;
}

WdAlarm *
wd_alarm_book_find_cause (WdAlarmBook *book, WdAlarmCause cause, const char *unit)
{
  g_autofree char *key = key_of (cause, unit);

  return wd_alarm_book_find (book, key);
}

static WdAlarm *
ensure_alarm (WdAlarmBook *book, const WdAlarmSign *sign)
{
  g_autofree char *key = key_of (sign->cause, sign->unit);
  WdAlarm         *alarm = wd_alarm_book_find (book, key);

  if (alarm != NULL)
    return alarm;
  alarm = g_new0 (WdAlarm, 1);
  alarm->key = g_steal_pointer (&key);
  alarm->cause = sign->cause;
  alarm->unit = g_strdup (sign->unit);
  alarm->matters = g_sequence_new (matter_free);
  g_hash_table_insert (book->alarms, alarm->key, alarm);
  return alarm;
}

static void
count (WdAlarm *alarm, const WdAlarmSign *sign, int by)
{
  alarm->n[sign->priority] += (guint)by;
  alarm->n_late += sign->late ? (guint)by : 0;
}

/* Takes a matter in.  @before: (nullable): what was said of it */
static void
add_matter (WdAlarmBook *book, Entry *entry, const char *id, const WdAlarmSign *sign, const WdAlarmSign *before)
{
  WdAlarm       *alarm = ensure_alarm (book, sign);
  WdAlarmMatter *matter = g_new0 (WdAlarmMatter, 1);

  matter->id = g_strdup (id);
  matter->sign = *sign;
  matter->sign.unit = alarm->unit;
  entry->alarms[entry->n] = alarm;
  entry->iters[entry->n++] = g_sequence_insert_sorted (alarm->matters, matter, compare_matters, NULL);
  count (alarm, sign, 1);
  if (before != NULL && before->priority <= sign->priority)
    return;
  alarm->seen = FALSE;
  alarm->rises++;
  book->urgent_rises += sign->priority == WD_ALARM_URGENT;
}

/* --- what is said of an id ---------------------------------------------------------------------- */

static gboolean
is_same (const WdAlarmSign *a, const WdAlarmSign *b)
{
  return a->cause == b->cause && a->priority == b->priority && g_strcmp0 (a->unit, b->unit) == 0 && a->since == b->since &&
         a->due == b->due && a->soon == b->soon && a->late == b->late;
}

static gboolean
says_the_same (const Entry *entry, const WdAlarmSign *signs, guint n)
{
  if (entry == NULL || entry->n != n)
    return entry == NULL && n == 0;
  for (guint i = 0; i < n; i++)
    if (!is_same (&((const WdAlarmMatter *)g_sequence_get (entry->iters[i]))->sign, &signs[i]))
      return FALSE;
  return TRUE;
}

static const WdAlarmSign *
find_before (const Entry *entry, const WdAlarmSign *sign)
{
  for (guint i = 0; entry != NULL && i < entry->n; i++)
    if (entry->alarms[i]->cause == sign->cause && g_strcmp0 (entry->alarms[i]->unit, sign->unit) == 0)
      return &((const WdAlarmMatter *)g_sequence_get (entry->iters[i]))->sign;
  return NULL;
}

/* After the new ones were taken in, so that a cause that stays is not forgotten in between. */
static void
drop_entry (WdAlarmBook *book, Entry *entry)
{
  for (guint i = 0; i < entry->n; i++)
    {
      WdAlarm *alarm = entry->alarms[i];

      count (alarm, &((const WdAlarmMatter *)g_sequence_get (entry->iters[i]))->sign, -1);
      g_sequence_remove (entry->iters[i]);
      if (g_sequence_is_empty (alarm->matters))
        g_hash_table_remove (book->alarms, alarm->key);
    }
  g_free (entry);
}

gboolean
wd_alarm_book_put (WdAlarmBook *book, const char *id, const WdAlarmSign *signs, guint n)
{
  g_autofree char *kept = g_strdup (id);
  Entry           *before = g_hash_table_lookup (book->entries, id), *entry;
  gpointer         old_id = NULL;

  if (says_the_same (before, signs, n))
    return FALSE;
  entry = n > 0 ? g_new0 (Entry, 1) : NULL;
  for (guint i = 0; i < n; i++)
    add_matter (book, entry, kept, &signs[i], find_before (before, &signs[i]));
  if (before != NULL)
    {
      g_hash_table_steal_extended (book->entries, id, &old_id, NULL);
      drop_entry (book, before);
    }
  if (entry != NULL)
    g_hash_table_insert (book->entries, g_steal_pointer (&kept), entry);
  g_free (old_id);
  book->unsorted = TRUE;
  return TRUE;
}

/* --- all ------------------------------------------------------------------------------------------ */

static int
compare_alarms (gconstpointer a, gconstpointer b)
{
  const WdAlarm *one = *(const WdAlarm *const *)a, *other = *(const WdAlarm *const *)b;
  int            order = (int)one->priority - (int)other->priority;

  if (order == 0)
    order = one->seen - other->seen;
  if (order == 0)
    order = compare_signs (&wd_alarm_first (one)->sign, &wd_alarm_first (other)->sign);
  return order != 0 ? order : g_strcmp0 (one->key, other->key);
}

GPtrArray *
wd_alarm_book_list (WdAlarmBook *book)
{
  GHashTableIter iter;
  WdAlarm       *alarm;

  if (!book->unsorted)
    return book->sorted;
  book->unsorted = FALSE;
  g_ptr_array_set_size (book->sorted, 0);
  g_hash_table_iter_init (&iter, book->alarms);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&alarm))
    {
      alarm->priority = wd_alarm_first (alarm)->sign.priority;
      g_ptr_array_add (book->sorted, alarm);
    }
  g_ptr_array_sort (book->sorted, compare_alarms);
  return book->sorted;
}

guint
wd_alarm_book_count (WdAlarmBook *book, WdAlarmPriority priority)
{
  GPtrArray *alarms = wd_alarm_book_list (book);
  guint      n = 0;

  for (guint i = 0; i < alarms->len; i++)
    n += ((const WdAlarm *)alarms->pdata[i])->n[priority];
  return n;
}

guint
wd_alarm_book_count_urgent_rises (WdAlarmBook *book)
{
  return book->urgent_rises;
}

void
wd_alarm_book_see (WdAlarmBook *book, const char *key)
{
  WdAlarm *alarm = wd_alarm_book_find (book, key);

  if (alarm == NULL || alarm->seen)
    return;
  alarm->seen = TRUE;
  book->unsorted = TRUE;
}
