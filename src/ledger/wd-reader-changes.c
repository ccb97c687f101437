/* wd-reader-changes.c — one page of the feed
 *
 * Bodies go out as the bytes that they are.  A page is first filled with what
 * stands there for the reader; then what has left or gone to the archive is laid in
 * between, which is seldom anything.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-reader-private.h"

#include "wd-json.h"

#include <string.h>

#define KEPT_OPEN_MS (30 * G_GINT64_CONSTANT (86400000)) /* after the close (api §5) */
#define PAGE_MOST 5000
#define PAGE_BYTES (16 << 20) /* the page ends behind what takes it there: bodies may be long */
#define SEEN(a, b, c, d) "(o.readers LIKE " a " OR o.readers LIKE " b " OR o.readers LIKE " c " OR o.readers LIKE " d ")"

/* clang-format off */
/* Since, archive's edge, patterns, limit. */
static const WdStatement standing = { "changes-standing",
  "SELECT o.seq, o.kind, o.id, o.version, o.body FROM objects o "
  "WHERE o.seq > $1 AND (o.closed_at IS NULL OR o.closed_at > $2) "
  "AND " SEEN ("$3", "$4", "$5", "$6") " ORDER BY o.seq LIMIT $7" };
/* Since, edge, patterns, the page's end, names, limit: only for who could see an earlier state of it. */
static const WdStatement archived = { "changes-archived",
  "SELECT o.seq, o.kind, o.id, o.version FROM objects o "
  "WHERE o.seq > $1 AND o.closed_at <= $2 AND " SEEN ("$3", "$4", "$5", "$6") " AND o.seq <= $7 "
  "AND EXISTS (SELECT 1 FROM audience a WHERE a.object = o.id AND a.reader IN ($8, $9, $10, $11) AND a.from_seq <= $1 AND a.to_seq IS NULL) "
  "ORDER BY o.seq LIMIT $12" };
/* Since, the page's end, names, edge, patterns, limit: what a reader saw at `since` and does not see now.
 * It stands where it was lost first: what came and went again after that is nothing
 * new, wherever a page ends.  What stands there again has its body. */
static const WdStatement left = { "changes-left",
  "SELECT MAX(a.to_seq) AS seq, o.kind, o.id, o.version FROM audience a JOIN objects o ON o.id = a.object "
  "WHERE a.from_seq <= $1 AND a.to_seq > $1 AND a.to_seq <= $2 AND a.reader IN ($3, $4, $5, $6) "
  "AND NOT ((o.closed_at IS NULL OR o.closed_at > $7) AND " SEEN ("$8", "$9", "$10", "$11") ") "
  "AND NOT EXISTS (SELECT 1 FROM audience b WHERE b.object = a.object AND b.reader IN ($3, $4, $5, $6) AND b.from_seq <= $1 AND b.to_seq > $2) "
  "GROUP BY o.kind, o.id, o.version ORDER BY seq LIMIT $12" };
static const WdStatement get_seq = { "changes-seq", "SELECT MAX(seq) FROM events" };
/* clang-format on */

#define HEAD "{\"changes\":["

typedef struct
{
  gint64 seq;
  gsize  start; /* in `json`, behind the comma; or the place of a text */
} Entry;

typedef struct
{
  GString *json;
  GArray  *entries; /* Entry, rising seq */
  guint    limit;
  gboolean more;
} Page;

static void
begin_change (GString *json, gint64 seq, const char *kind, const char *id, gint64 version)
{
  char number[24];

  g_string_append (json, "{\"seq\":");
  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, seq);
  g_string_append (json, number);
  g_string_append (json, ",\"kind\":\"");
  g_string_append (json, kind);
  g_string_append (json, "\",\"id\":\"");
  g_string_append (json, id);
  g_string_append (json, "\",\"version\":");
  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, version);
  g_string_append (json, number);
}

static void
begin_entry (GString *json, GArray *entries, gint64 seq)
{
  Entry entry = { seq, 0 };

  if (entries->len > 0)
    g_string_append_c (json, ',');
  entry.start = json->len;
  g_array_append_val (entries, entry);
}

static gboolean
add_standing (const WdRows *row, gpointer data)
{
  Page       *page = data;
  gint64      seq = wd_rows_int (row, 0, 0);
  gsize       length;
  const char *body = wd_rows_text (row, 0, 4, &length);

  if (page->entries->len == page->limit || page->json->len > PAGE_BYTES)
    {
      page->more = TRUE;
      return FALSE;
    }
  begin_entry (page->json, page->entries, seq);
  begin_change (page->json, seq, wd_rows_text (row, 0, 1, NULL), wd_rows_text (row, 0, 2, NULL), wd_rows_int (row, 0, 3));
  g_string_append (page->json, ",\"body\":");
  g_string_append_len (page->json, body, length);
  g_string_append (page->json, ",\"why\":null}");
  return TRUE;
}

/* What is gone, each with its text of its own. */
static void
add_gone (GPtrArray *texts, GArray *entries, const WdRows *rows, const char *why)
{
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      GString *json = g_string_new (NULL);
      Entry    entry = { wd_rows_int (rows, i, 0), texts->len };

      begin_change (json, entry.seq, wd_rows_text (rows, i, 1, NULL), wd_rows_text (rows, i, 2, NULL), wd_rows_int (rows, i, 3));
      g_string_append_printf (json, ",\"body\":null,\"why\":\"%s\"}", why);
      g_array_append_val (entries, entry);
      g_ptr_array_add (texts, g_string_free (json, FALSE));
    }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  return (x->seq > y->seq) - (x->seq < y->seq);
}

static gsize
entry_end (const Page *page, guint i)
{
  return i + 1 < page->entries->len ? g_array_index (page->entries, Entry, i + 1).start - 1 : page->json->len;
}

/* Lays @gone in between the entries of @page, up to its limit. */
static void
merge (Page *page, GArray *gone, GPtrArray *texts)
{
  GString *json = g_string_sized_new (page->json->len + 4096);
  GArray  *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint    i = 0, j = 0;

  g_string_append (json, HEAD);
  g_array_sort (gone, compare_entries);
  while (entries->len < page->limit && (i < page->entries->len || j < gone->len))
    {
      const Entry *mine = i < page->entries->len ? &g_array_index (page->entries, Entry, i) : NULL;
      const Entry *other = j < gone->len ? &g_array_index (gone, Entry, j) : NULL;

      if (mine != NULL && (other == NULL || mine->seq < other->seq))
        {
          begin_entry (json, entries, mine->seq);
          g_string_append_len (json, page->json->str + mine->start, entry_end (page, i) - mine->start);
          i++;
        }
      else
        {
          begin_entry (json, entries, other->seq);
          g_string_append (json, texts->pdata[other->start]);
          j++;
        }
    }
  page->more = page->more || i < page->entries->len || j < gone->len;
  g_string_free (page->json, TRUE);
  g_array_unref (page->entries);
  page->json = json;
  page->entries = entries;
}

static gint64
page_end (const Page *page, gint64 seq)
{
  return page->more ? g_array_index (page->entries, Entry, page->entries->len - 1).seq : seq;
}

static gboolean
fill (WdReader *reader, Page *page, const WdReaders4 *mine, gint64 since, gint64 edge, gint64 seq, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray)    gone = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (WdRows)    away = NULL;
  g_autoptr (WdRows)    old = NULL;
  gint64                end;

  if (!wd_store_each (reader->store, &standing, add_standing, page, error, "iitttti", since, edge, WD_READER_PATTERNS (*mine), (gint64)page->limit + 1))
    return FALSE;
  if (since == 0)
    return TRUE;
  end = page_end (page, seq);
  away = wd_store_query (reader->store, &left, error, "iittttitttti", since, end, WD_READER_NAMES (*mine), edge, WD_READER_PATTERNS (*mine), (gint64)page->limit + 1);
  old = away != NULL ? wd_store_query (reader->store, &archived, error, "iittttitttti", since, edge, WD_READER_PATTERNS (*mine), end, WD_READER_NAMES (*mine), (gint64)page->limit + 1) : NULL;
  if (old == NULL)
    return FALSE;
  add_gone (texts, gone, away, "left");
  add_gone (texts, gone, old, "archived");
  if (gone->len > 0)
    merge (page, gone, texts);
  return TRUE;
}

static gboolean
read_page (WdReader *reader, Page *page, const WdActor *actor, gint64 since, gint64 now, gint64 *seq, GError **error)
{
  g_auto (WdReaders4) mine = { NULL };
  g_autoptr (WdRows)  rows = wd_store_query (reader->store, &get_seq, error, "");

  if (rows == NULL)
    return FALSE;
  *seq = wd_rows_int (rows, 0, 0);
  if (since < 0 || since > *seq)
    {
      g_set_error_literal (error, WD_READ_ERROR, WD_READ_ERROR_RESYNC, "The copy is ahead of this store");
      return FALSE;
    }
  wd_readers_set (&mine, actor);
  return fill (reader, page, &mine, since, now - KEPT_OPEN_MS, *seq, error);
}

/* One page from one snapshot of the store. */
static gboolean
open_page (WdReader *reader, Page *page, const WdActor *actor, gint64 since, guint limit, gint64 now, gint64 *upto, GError **error)
{
  gint64   seq = 0;
  gboolean ok;

  if (!wd_store_begin (reader->store, error))
    return FALSE;
  page->limit = CLAMP (limit, 1, PAGE_MOST);
  page->json = g_string_sized_new (page->limit * (gsize)64);
  g_string_append (page->json, HEAD);
  page->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  ok = read_page (reader, page, actor, since, now, &seq, error);
  wd_store_rollback (reader->store);
  if (ok)
    *upto = page_end (page, seq);
  else
    g_string_free (g_steal_pointer (&page->json), TRUE);
  g_clear_pointer (&page->entries, g_array_unref);
  return ok;
}

GString *
wd_reader_changes (WdReader *reader, const WdActor *actor, gint64 since, guint limit, const char *store, const char *view, gint64 now, GError **error)
{
  g_autofree char *own = wd_view_of (actor);
  Page             page = { 0 };
  gint64           upto;

  if ((store != NULL && strcmp (store, reader->store_id) != 0) || (view != NULL && strcmp (view, own) != 0))
    {
      g_set_error_literal (error, WD_READ_ERROR, WD_READ_ERROR_RESYNC, "The copy is of another store, or of other rights");
      return NULL;
    }
  if (!open_page (reader, &page, actor, since, limit, now, &upto, error))
    return NULL;
  g_string_append_printf (page.json, "],\"seq\":%" G_GINT64_FORMAT ",\"more\":%s,\"store\":\"%s\",\"view\":\"%s\"}",
                          upto, page.more ? "true" : "false", reader->store_id, own);
  return page.json;
}

gboolean
wd_reader_page (WdReader *reader, const WdActor *actor, gint64 since, guint limit, gint64 now, GString *changes, gint64 *upto, gboolean *more, GError **error)
{
  Page page = { 0 };

  if (!open_page (reader, &page, actor, since, limit, now, upto, error))
    return FALSE;
  *more = page.more;
  g_string_append (changes, page.json->str + strlen (HEAD));
  g_string_free (page.json, TRUE);
  return TRUE;
}
