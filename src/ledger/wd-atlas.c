/* wd-atlas.c — where everything lies, in memory: read, and kept up to date, on a thread of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-atlas-private.h"

#include "wd-json.h"
#include "wd-overlay.h"
#include "wd-store.h"

#include <math.h>

/* clang-format off */
static const WdStatement get_store = { "atlas-store", "SELECT id FROM store" };
static const WdStatement list_customers = { "atlas-customers",
  "SELECT account, address, lon, lat, class FROM customers WHERE lon IS NOT NULL" };
static const WdStatement list_orders = { "atlas-orders",
  "SELECT o.id, o.readers, s.lon, s.lat FROM objects o JOIN orders s ON s.id = o.id "
  "WHERE o.kind = 'order' AND o.closed_at IS NULL AND s.lon IS NOT NULL" };
static const WdStatement list_others = { "atlas-others",
  "SELECT kind, body, inside FROM objects WHERE kind <> 'order' AND kind IN ('outage', 'quality', 'unit') AND closed_at IS NULL" };
/* clang-format on */

/* What one commit changed. */
typedef struct
{
  GPtrArray *news;  /* WdAtlasNews */
  GPtrArray *moves; /* WdCustomerMove */
} Piece;

struct _WdAtlas
{
  GThread *thread;
  WdStore *store; /* the thread's, until it is read */

  GMutex   lock;
  GCond    changed;
  GQueue   pieces; /* Piece */
  guint64  given;  /* the store as it was counts as the first */
  guint64  taken;
  gboolean ends;
  GError  *error; /* why nothing is known */

  GRWLock       sheet_lock;
  WdAtlasSheet *sheet;
};

static void
piece_free (Piece *piece)
{
  g_ptr_array_unref (piece->news);
  g_ptr_array_unref (piece->moves);
  g_free (piece);
}

/* ---- reading the store ---- */

static gboolean
read_customer (const WdRows *row, gpointer data)
{
  WdCustomerMove move = { .was = { NAN, 0 } };

  move.account = (char *)wd_rows_text (row, 0, 0, NULL);
  move.address = (char *)wd_rows_text (row, 0, 1, NULL);
  move.point = (WdPoint){ wd_rows_real (row, 0, 2), wd_rows_real (row, 0, 3) };
  move.class_ = (char *)wd_rows_text (row, 0, 4, NULL);
  wd_atlas_sheet_move (data, &move);
  return TRUE;
}

static gboolean
read_order (const WdRows *row, gpointer data)
{
  WdAtlasNews news = { .kind = WD_OBJECT_ORDER, .open = TRUE };

  news.id = (char *)wd_rows_text (row, 0, 0, NULL);
  news.readers = (char *)wd_rows_text (row, 0, 1, NULL);
  news.point = (WdPoint){ wd_rows_real (row, 0, 2), wd_rows_real (row, 0, 3) };
  wd_atlas_sheet_take (data, &news);
  return TRUE;
}

/* A damaged body is left for whoever reads it. */
static gboolean
read_other (const WdRows *row, gpointer data)
{
  WdObjectKind        kind = wd_enum_value (WD_TYPE_OBJECT_KIND, wd_rows_text (row, 0, 0, NULL));
  const WdRecordType *type = wd_object_type (kind);
  gpointer            record = wd_record_from_texts (type, wd_rows_text (row, 0, 1, NULL), wd_rows_text (row, 0, 2, NULL), NULL);
  WdAtlasNews        *news = record != NULL ? wd_atlas_news_of (kind, record, NULL) : NULL;

  if (news != NULL)
    {
      wd_atlas_sheet_take (data, news);
      wd_atlas_news_free (news);
    }
  if (record != NULL)
    wd_record_free (type, record);
  return TRUE;
}

static void
read_store (WdAtlas *atlas)
{
  WdAtlasSheet      *sheet = atlas->sheet;
  g_autoptr (GError) error = NULL;

  g_rw_lock_writer_lock (&atlas->sheet_lock);
  if (wd_store_each (atlas->store, &list_customers, read_customer, sheet, &error, "") &&
      wd_store_each (atlas->store, &list_others, read_other, sheet, &error, ""))
    wd_store_each (atlas->store, &list_orders, read_order, sheet, &error, "");
  g_rw_lock_writer_unlock (&atlas->sheet_lock);
  wd_store_rollback (atlas->store);
  g_clear_pointer (&atlas->store, wd_store_close);
  if (error == NULL)
    return;
  g_mutex_lock (&atlas->lock);
  atlas->error = g_steal_pointer (&error);
  g_mutex_unlock (&atlas->lock);
}

/* ---- following ---- */

static void
take (WdAtlas *atlas, Piece *piece)
{
  g_rw_lock_writer_lock (&atlas->sheet_lock);
  for (guint i = 0; i < piece->moves->len; i++)
    wd_atlas_sheet_move (atlas->sheet, piece->moves->pdata[i]);
  for (guint i = 0; i < piece->news->len; i++)
    wd_atlas_sheet_take (atlas->sheet, piece->news->pdata[i]);
  g_rw_lock_writer_unlock (&atlas->sheet_lock);
  piece_free (piece);
}

static gpointer
keep_up (gpointer data)
{
  WdAtlas *atlas = data;

  read_store (atlas);
  g_mutex_lock (&atlas->lock);
  for (;;)
    {
      Piece *piece;

      atlas->taken++;
      g_cond_broadcast (&atlas->changed);
      while (atlas->pieces.length == 0 && !atlas->ends)
        g_cond_wait (&atlas->changed, &atlas->lock);
      piece = g_queue_pop_head (&atlas->pieces);
      if (piece == NULL)
        break;
      g_mutex_unlock (&atlas->lock);
      take (atlas, piece);
      g_mutex_lock (&atlas->lock);
    }
  g_mutex_unlock (&atlas->lock);
  return NULL;
}

void
wd_atlas_follow (WdAtlas *atlas, GPtrArray *touched, GPtrArray *moves)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->moves = moves;
  piece->news = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_atlas_news_free);
  for (guint i = 0; i < touched->len; i++)
    {
      const WdHeld *held = touched->pdata[i];
      WdAtlasNews  *news = wd_atlas_news_of (held->kind, held->record, (const char *const *)held->readers);

      if (news != NULL)
        g_ptr_array_add (piece->news, news);
    }
  if (piece->news->len == 0 && piece->moves->len == 0)
    {
      piece_free (piece);
      return;
    }
  g_mutex_lock (&atlas->lock);
  g_queue_push_tail (&atlas->pieces, piece);
  atlas->given++;
  g_cond_broadcast (&atlas->changed);
  g_mutex_unlock (&atlas->lock);
}

const WdAtlasSheet *
wd_atlas_hold (WdAtlas *atlas, GError **error)
{
  guint64  wanted;
  gboolean ok;

  g_mutex_lock (&atlas->lock);
  wanted = atlas->given;
  while (atlas->taken < wanted)
    g_cond_wait (&atlas->changed, &atlas->lock);
  ok = atlas->error == NULL;
  if (!ok)
    g_propagate_error (error, g_error_copy (atlas->error));
  g_mutex_unlock (&atlas->lock);
  if (!ok)
    return NULL;
  g_rw_lock_reader_lock (&atlas->sheet_lock);
  return atlas->sheet;
}

void
wd_atlas_let_go (WdAtlas *atlas)
{
  g_rw_lock_reader_unlock (&atlas->sheet_lock);
}

/* ---- beginning and end ---- */

WdAtlas *
wd_atlas_new (const char *url, GError **error)
{
  g_autoptr (WdStore) store = wd_store_open (url, WD_STORE_READ, error);
  g_autoptr (WdRows)  rows = NULL;
  WdAtlas            *atlas;

  /* The view is that of the first statement: what is committed after this call is told. */
  if (store == NULL || !wd_store_begin (store, error) || (rows = wd_store_query (store, &get_store, error, "")) == NULL)
    return NULL;
  atlas = g_new0 (WdAtlas, 1);
  atlas->store = g_steal_pointer (&store);
  atlas->sheet = wd_atlas_sheet_new ();
  atlas->given = 1;
  g_mutex_init (&atlas->lock);
  g_cond_init (&atlas->changed);
  g_queue_init (&atlas->pieces);
  g_rw_lock_init (&atlas->sheet_lock);
  atlas->thread = g_thread_new ("atlas", keep_up, atlas);
  return atlas;
}

void
wd_atlas_free (WdAtlas *atlas)
{
  g_mutex_lock (&atlas->lock);
  atlas->ends = TRUE;
  g_cond_broadcast (&atlas->changed);
  g_mutex_unlock (&atlas->lock);
  g_thread_join (atlas->thread);
  wd_atlas_sheet_free (atlas->sheet);
  g_rw_lock_clear (&atlas->sheet_lock);
  g_cond_clear (&atlas->changed);
  g_mutex_clear (&atlas->lock);
  g_clear_error (&atlas->error);
  g_free (atlas);
}
