/* wd-alarm-book.c — the alarms that stand at a desk, and those that are over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-alarm-book.h"

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define MAX_OVER 200
#define RATE_MS (10 * MINUTE_MS)

struct _WdAlarmBook
{
  GHashTable *alarms;   /* key -> WdAlarm */
  GHashTable *entries;  /* id -> Entry */
  GPtrArray  *sorted;   /* WdAlarm */
  GPtrArray  *shelved;  /* WdAlarm */
  GPtrArray  *over;     /* WdAlarm, which it has */
  gboolean    unsorted; /* `sorted` and `shelved` have to be made anew */
  guint       n_rises;
  guint       urgent_rises; /* without the link's */
  GArray     *rises;        /* gint64: when, of the last ten minutes */
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
  g_free (alarm->shelved_reason);
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

WdAlarmState
wd_alarm_get_state (const WdAlarm *alarm)
{
  if (alarm->ended != 0)
    return WD_ALARM_OVER;
  if (alarm->shelved_until != 0)
    return WD_ALARM_SHELVED;
  return alarm->seen ? WD_ALARM_SEEN : WD_ALARM_NEW;
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
  book->rises = g_array_new (FALSE, FALSE, sizeof (gint64));
  book->sorted = g_ptr_array_new ();
  book->shelved = g_ptr_array_new ();
  book->over = g_ptr_array_new_with_free_func (alarm_free);
  return book;
}

void
wd_alarm_book_free (WdAlarmBook *book)
{
  g_array_unref (book->rises);
  g_ptr_array_unref (book->sorted);
  g_ptr_array_unref (book->shelved);
  g_ptr_array_unref (book->over);
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

  WdAlarm *alarm = wd_alarm_book_find (book, key);

  return alarm != NULL && alarm->shelved_until == 0 ? alarm : NULL;
}

static WdAlarm *
ensure_alarm (WdAlarmBook *book, const WdAlarmSign *sign, gint64 now)
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
  alarm->begun = now;
  g_hash_table_insert (book->alarms, alarm->key, alarm);
  return alarm;
}

static void
count (WdAlarm *alarm, const WdAlarmSign *sign, int by)
{
  alarm->n[sign->priority] += (guint)by;
  alarm->n_late += sign->late ? (guint)by : 0;
}

static void
rise (WdAlarmBook *book, WdAlarm *alarm, WdAlarmPriority priority)
{
  alarm->seen = FALSE;
  alarm->risen = ++book->n_rises;
  book->urgent_rises += priority == WD_ALARM_URGENT && alarm->cause != WD_ALARM_LINK;
}

static void
end_shelving (WdAlarmBook *book, WdAlarm *alarm)
{
  alarm->shelved_until = 0;
  g_clear_pointer (&alarm->shelved_reason, g_free);
  book->unsorted = TRUE;
}

/* Takes a matter in.  @before: (nullable): what was said of it */
static void
add_matter (WdAlarmBook *book, Entry *entry, const char *id, const WdAlarmSign *sign, const WdAlarmSign *before, gint64 now)
{
  WdAlarm       *alarm = ensure_alarm (book, sign, now);
  WdAlarmMatter *matter = g_new0 (WdAlarmMatter, 1);

  matter->id = g_strdup (id);
  matter->sign = *sign;
  matter->sign.unit = alarm->unit;
  entry->alarms[entry->n] = alarm;
  entry->iters[entry->n++] = g_sequence_insert_sorted (alarm->matters, matter, compare_matters, NULL);
  count (alarm, sign, 1);
  if (sign->since != 0)
    alarm->begun = MIN (alarm->begun, sign->since);
  alarm->n_ever += before == NULL;
  if (before != NULL && before->priority <= sign->priority)
    return;
  if (alarm->shelved_until != 0 && sign->priority >= alarm->shelved_priority)
    return;
  end_shelving (book, alarm);
  rise (book, alarm, sign->priority);
  now = sign->risen != 0 ? sign->risen : now;
  g_array_append_val (book->rises, now);
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

/* With its last matter, so that there are words for it. */
static void
retire (WdAlarmBook *book, WdAlarm *alarm, gint64 now)
{
  alarm->priority = wd_alarm_first (alarm)->sign.priority;
  alarm->ended = MAX (now, alarm->begun);
  g_hash_table_steal (book->alarms, alarm->key);
  g_ptr_array_add (book->over, alarm);
  if (book->over->len > MAX_OVER)
    g_ptr_array_remove_index (book->over, 0);
}

/* After the new ones were taken in, so that a cause that stays is not forgotten in between. */
static void
drop_entry (WdAlarmBook *book, Entry *entry, gint64 now)
{
  for (guint i = 0; i < entry->n; i++)
    {
      WdAlarm *alarm = entry->alarms[i];

      if (wd_alarm_count (alarm) == 1)
        {
          retire (book, alarm, now);
          continue;
        }
      count (alarm, &((const WdAlarmMatter *)g_sequence_get (entry->iters[i]))->sign, -1);
      g_sequence_remove (entry->iters[i]);
    }
  g_free (entry);
}

gboolean
wd_alarm_book_put (WdAlarmBook *book, const char *id, const WdAlarmSign *signs, guint n, gint64 now)
{
  g_autofree char *kept = g_strdup (id);
  Entry           *before = g_hash_table_lookup (book->entries, id), *entry;
  gpointer         old_id = NULL;

  if (says_the_same (before, signs, n))
    return FALSE;
  entry = n > 0 ? g_new0 (Entry, 1) : NULL;
  for (guint i = 0; i < n; i++)
    add_matter (book, entry, kept, &signs[i], find_before (before, &signs[i]), now);
  if (before != NULL)
    {
      g_hash_table_steal_extended (book->entries, id, &old_id, NULL);
      drop_entry (book, before, now);
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

static int
compare_returns (gconstpointer a, gconstpointer b)
{
  const WdAlarm *one = *(const WdAlarm *const *)a, *other = *(const WdAlarm *const *)b;
  int            order = compare_times (one->shelved_until, other->shelved_until);

  return order != 0 ? order : g_strcmp0 (one->key, other->key);
}

static void
sort (WdAlarmBook *book)
{
  GHashTableIter iter;
  WdAlarm       *alarm;

  if (!book->unsorted)
    return;
  book->unsorted = FALSE;
  g_ptr_array_set_size (book->sorted, 0);
  g_ptr_array_set_size (book->shelved, 0);
  g_hash_table_iter_init (&iter, book->alarms);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&alarm))
    {
      alarm->priority = wd_alarm_first (alarm)->sign.priority;
      g_ptr_array_add (alarm->shelved_until != 0 ? book->shelved : book->sorted, alarm);
    }
  g_ptr_array_sort (book->sorted, compare_alarms);
  g_ptr_array_sort (book->shelved, compare_returns);
}

GPtrArray *
wd_alarm_book_list (WdAlarmBook *book)
{
  sort (book);
  return book->sorted;
}

GPtrArray *
wd_alarm_book_list_shelved (WdAlarmBook *book)
{
  sort (book);
  return book->shelved;
}

GPtrArray *
wd_alarm_book_list_over (WdAlarmBook *book)
{
  return book->over;
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

guint
wd_alarm_book_count_rises (WdAlarmBook *book, gint64 now)
{
  for (guint i = book->rises->len; i > 0; i--)
    if (g_array_index (book->rises, gint64, i - 1) <= now - RATE_MS)
      g_array_remove_index_fast (book->rises, i - 1);
  return book->rises->len;
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

/* --- what a person hides for a while ---------------------------------------------------------------- */

void
wd_alarm_book_shelve (WdAlarmBook *book, const char *key, guint minutes, const char *reason, gint64 now)
{
  WdAlarm *alarm = wd_alarm_book_find (book, key);

  if (alarm == NULL)
    return;
  end_shelving (book, alarm);
  alarm->seen = TRUE;
  alarm->shelved_until = now + MIN (minutes, WD_ALARM_MAX_SHELVED) * MINUTE_MS;
  alarm->shelved_priority = wd_alarm_first (alarm)->sign.priority;
  alarm->shelved_reason = g_strdup (reason);
}

void
wd_alarm_book_take_back (WdAlarmBook *book, const char *key)
{
  WdAlarm *alarm = wd_alarm_book_find (book, key);

  if (alarm != NULL)
    end_shelving (book, alarm);
}

gboolean
wd_alarm_book_tick (WdAlarmBook *book, gint64 now)
{
  GPtrArray *shelved = wd_alarm_book_list_shelved (book);
  guint      n = 0;

  for (; n < shelved->len && ((const WdAlarm *)shelved->pdata[n])->shelved_until <= now; n++)
    {
      end_shelving (book, shelved->pdata[n]);
      rise (book, shelved->pdata[n], ((const WdAlarm *)shelved->pdata[n])->priority);
    }
  return n > 0;
}
