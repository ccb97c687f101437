/* wd-verify.c — walks all events and says whether they are what was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-verify.h"

#include "wd-box.h"
#include "wd-chain.h"
#include "wd-heads.h"

#include <string.h>

#define PAGE 500

/* clang-format off */
static const WdStatement list_events = { "verify-events",
  "SELECT seq, verb, kind, object, at, entered_at, by_user, by_unit, data, boxes, key, hash FROM events "
  "WHERE seq > $1 ORDER BY seq LIMIT $2" };
static const WdStatement find_box = { "verify-box", "SELECT object, field, sealed FROM boxes WHERE id = $1" };
static const WdStatement find_key = { "verify-key", "SELECT wrapped FROM object_keys WHERE object = $1" };
static const WdStatement get_ends = { "verify-ends",
  "SELECT (SELECT MAX(seq) FROM events), (SELECT MAX(seq) FROM objects), (SELECT COUNT(*) FROM boxes)" };
/* clang-format on */

typedef struct
{
  const WdHost *host;
  WdStore      *store;
  WdVerdict    *verdict;
  gint64        total;
  GBytes       *before; /* hash of the event before */
  GPtrArray    *heads;  /* WdHead: what was written out … */
  guint         head;   /* … and the first that the walk has not come to */
} Walk;

void
wd_verdict_clear (WdVerdict *verdict)
{
  g_clear_pointer (&verdict->head, g_free);
  g_clear_pointer (&verdict->fault, g_free);
}

static gboolean
find_fault (Walk *walk, gint64 seq, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
find_fault (Walk *walk, gint64 seq, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  walk->verdict->seq = seq;
  walk->verdict->fault = g_strdup_vprintf (format, args);
  va_end (args);
  return FALSE;
}

/* ---- the chain ---- */

/* Those that were written out at the event that the walk has come to. */
static gboolean
check_heads (Walk *walk)
{
  g_autofree char *hash = NULL;

  for (; walk->head < walk->heads->len; walk->head++)
    {
      const WdHead *head = walk->heads->pdata[walk->head];

      if (head->seq > walk->verdict->events)
        break;
      if (hash == NULL)
        hash = wd_head_hex (walk->before);
      if (strcmp (head->hash, hash) != 0)
        return find_fault (walk, head->seq, "Event %" G_GINT64_FORMAT " is not the one that was the chain's head at %s.", head->seq, head->time);
    }
  return TRUE;
}

/* … and those that were written out at events past the last one. */
static gboolean
check_end (Walk *walk)
{
  const WdHead *head = walk->head < walk->heads->len ? walk->heads->pdata[walk->head] : NULL;

  return head == NULL || find_fault (walk, walk->verdict->events + 1, "Event %" G_GINT64_FORMAT " is missing, and all after it: event %" G_GINT64_FORMAT " was the chain's head at %s.",
                                     walk->verdict->events + 1, head->seq, head->time);
}

static gboolean
check_link (Walk *walk, const WdRows *rows, guint i, GError **error)
{
  gint64             seq = wd_rows_int (rows, i, 0);
  WdChainEvent       event = { seq, (guint)wd_rows_int (rows, i, 10), wd_rows_text (rows, i, 1, NULL), wd_rows_text (rows, i, 2, NULL),
                               wd_rows_text (rows, i, 3, NULL), wd_rows_int (rows, i, 4), wd_rows_int (rows, i, 5), wd_rows_text (rows, i, 6, NULL),
                               wd_rows_text (rows, i, 7, NULL), wd_rows_text (rows, i, 8, NULL), wd_rows_text (rows, i, 9, NULL) };
  g_autoptr (GBytes) stored = wd_rows_bytes (rows, i, 11);
  g_autoptr (GBytes) hash = NULL;

  if (seq != walk->verdict->events + 1)
    return find_fault (walk, walk->verdict->events + 1, "Event %" G_GINT64_FORMAT " is missing: %" G_GINT64_FORMAT " follows the one before it.", walk->verdict->events + 1, seq);
  hash = wd_chain_link (walk->host->keys, &event, walk->before, error);
  if (hash == NULL)
    return FALSE;
  if (stored == NULL || !g_bytes_equal (hash, stored))
    return find_fault (walk, seq, "Event %" G_GINT64_FORMAT " (%s of %s %s) is not what was written there.", seq, event.verb, event.kind, event.object);
  g_clear_pointer (&walk->before, g_bytes_unref);
  walk->before = g_steal_pointer (&hash);
  walk->verdict->events = seq;
  return check_heads (walk);
}

/* ---- the boxes ---- */

static gboolean
check_box (Walk *walk, gint64 seq, const char *object, const WdBox *box, const WdRows *found, GBytes *key)
{
  g_autoptr (GBytes) sealed = NULL;
  g_autofree char   *text = NULL;

  if (wd_rows_count (found) == 0 && key == NULL)
    {
      walk->verdict->erased++;
      return TRUE;
    }
  if (wd_rows_count (found) == 0)
    return find_fault (walk, seq, "Event %" G_GINT64_FORMAT ": its box %s is missing, and was not erased.", seq, box->id);
  walk->verdict->boxes++;
  sealed = wd_rows_bytes (found, 0, 2);
  if (key != NULL && g_strcmp0 (wd_rows_text (found, 0, 0, NULL), object) == 0 && g_strcmp0 (wd_rows_text (found, 0, 1, NULL), box->field) == 0)
    text = wd_box_open (box, key, object, sealed, NULL);
  if (text == NULL)
    return find_fault (walk, seq, "Event %" G_GINT64_FORMAT ": its box %s is not the one that was sealed.", seq, box->id);
  return TRUE;
}

/* The boxes that a page's events name, in the order of the events. */
typedef struct
{
  const WdRows *events;
  GPtrArray    *named; /* of each event: GPtrArray of WdBox */
  WdBatch      *batch; /* a look for each box … */
  WdBatch      *keys;  /* … and one for each event's object */
} Boxes;

static gboolean
ask_boxes (Walk *walk, Boxes *boxes)
{
  for (guint i = 0; i < wd_rows_count (boxes->events); i++)
    {
      GPtrArray *named = wd_boxes_from_text (wd_rows_text (boxes->events, i, 9, NULL), NULL);

      if (named == NULL)
        return find_fault (walk, wd_rows_int (boxes->events, i, 0), "Event %" G_GINT64_FORMAT " does not name its boxes.", wd_rows_int (boxes->events, i, 0));
      g_ptr_array_add (boxes->named, named);
      for (guint j = 0; j < named->len; j++)
        wd_batch_add (boxes->batch, &find_box, "t", ((WdBox *)named->pdata[j])->id);
      wd_batch_add (boxes->keys, &find_key, "t", wd_rows_text (boxes->events, i, 3, NULL));
    }
  return TRUE;
}

static gboolean
check_event_boxes (Walk *walk, const Boxes *boxes, guint i, guint *place)
{
  const WdRows      *found = wd_batch_rows (boxes->keys, i);
  const GPtrArray   *named = boxes->named->pdata[i];
  const char        *object = wd_rows_text (boxes->events, i, 3, NULL);
  gint64             seq = wd_rows_int (boxes->events, i, 0);
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) key = NULL;

  if (named->len > 0 && wd_rows_count (found) > 0)
    {
      wrapped = wd_rows_bytes (found, 0, 0);
      key = wd_keys_unwrap_object_key (walk->host->keys, object, wrapped, NULL);
      if (key == NULL)
        return find_fault (walk, seq, "Event %" G_GINT64_FORMAT ": the key of %s does not open.", seq, object);
    }
  for (guint j = 0; j < named->len; j++)
    if (!check_box (walk, seq, object, named->pdata[j], wd_batch_rows (boxes->batch, (*place)++), key))
      return FALSE;
  return TRUE;
}

static gboolean
check_boxes (Walk *walk, const WdRows *events, GError **error)
{
  g_autoptr (WdBatch)   batch = wd_batch_new ();
  g_autoptr (WdBatch)   keys = wd_batch_new ();
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  Boxes                 boxes = { events, named, batch, keys };
  guint                 place = 0;

  if (!ask_boxes (walk, &boxes) || !wd_store_run (walk->store, batch, NULL, error) || !wd_store_run (walk->store, keys, NULL, error))
    return FALSE;
  for (guint i = 0; i < wd_rows_count (events); i++)
    if (!check_event_boxes (walk, &boxes, i, &place))
      return FALSE;
  return TRUE;
}

/* ---- the whole ---- */

/* Links first: what an event says of its boxes counts only once it is known to be the event. */
static gboolean
check_page (Walk *walk, gboolean *more, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (walk->store, &list_events, error, "ii", walk->verdict->events, (gint64)PAGE);

  if (rows == NULL || g_cancellable_set_error_if_cancelled (walk->host->cancellable, error))
    return FALSE;
  for (guint i = 0; i < wd_rows_count (rows); i++)
    if (!check_link (walk, rows, i, error))
      return FALSE;
  *more = wd_rows_count (rows) == PAGE;
  if (!check_boxes (walk, rows, error))
    return FALSE;
  wd_host_progress (walk->host, "verify", walk->verdict->events, walk->total);
  return TRUE;
}

static gboolean
check_all (Walk *walk, GError **error)
{
  g_autoptr (WdRows) ends = wd_store_query (walk->store, &get_ends, error, "");
  gboolean           more = TRUE;

  if (ends == NULL)
    return FALSE;
  walk->total = wd_rows_int (ends, 0, 0);
  while (more)
    if (!check_page (walk, &more, error))
      return FALSE;
  if (wd_rows_int (ends, 0, 1) > walk->verdict->events)
    return find_fault (walk, walk->verdict->events + 1, "Event %" G_GINT64_FORMAT " is missing, and all after it: there are objects that stand at %" G_GINT64_FORMAT ".",
                       walk->verdict->events + 1, wd_rows_int (ends, 0, 1));
  if (!check_end (walk))
    return FALSE;
  if (wd_rows_int (ends, 0, 2) != walk->verdict->boxes)
    return find_fault (walk, walk->verdict->events, "There are %" G_GINT64_FORMAT " boxes that no event names.", wd_rows_int (ends, 0, 2) - walk->verdict->boxes);
  return TRUE;
}

gboolean
wd_verify (const WdHost *host, WdVerdict *verdict, GError **error)
{
  /* Before the look at the store begins: what is written out meanwhile is not in it. */
  g_autoptr (GPtrArray) heads = wd_heads_read (host->data_dir, error);
  g_autoptr (WdStore)   store = heads != NULL ? wd_store_open (host->url, WD_STORE_READ, error) : NULL;
  Walk                  walk = { .host = host, .store = store, .verdict = verdict, .heads = heads };
  gboolean              well;

  *verdict = (WdVerdict){ 0 };
  if (store == NULL || !wd_store_begin (store, error))
    return FALSE;
  well = check_all (&walk, error);
  wd_store_rollback (store);
  if (walk.before != NULL)
    verdict->head = wd_head_hex (walk.before);
  g_clear_pointer (&walk.before, g_bytes_unref);
  return well || verdict->fault != NULL;
}
