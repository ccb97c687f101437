/* wd-rebuild.c — every derived table made again from the events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-rebuild.h"

#include "wd-event-row.h"
#include "wd-verify.h"
#include "wd-writing.h"

#include <string.h>

#define PAGE 500

/* clang-format off */
static const WdStatement clear_objects  = { "rebuild-clear-objects",  "DELETE FROM objects" };
static const WdStatement clear_orders   = { "rebuild-clear-orders",   "DELETE FROM orders" };
static const WdStatement clear_audience = { "rebuild-clear-audience", "DELETE FROM audience" };
static const WdStatement clear_schedule = { "rebuild-clear-schedule", "DELETE FROM schedule" };
static const WdStatement clear_numbers  = { "rebuild-clear-numbers",  "DELETE FROM numbers" };
static const WdStatement dump_objects = { "dump-objects",
  "SELECT id, kind, code, seq, version, closed_at, readers, body, inside FROM objects ORDER BY id" };
static const WdStatement dump_orders = { "dump-orders",
  "SELECT id, number, received_at, account, address, text, lon, lat, phone, caller FROM orders ORDER BY id" };
static const WdStatement dump_audience = { "dump-audience",
  "SELECT object, reader, from_seq, to_seq FROM audience ORDER BY object, reader, from_seq" };
/* Without the claims: they are no state. */
static const WdStatement dump_schedule = { "dump-schedule",
  "SELECT object, due FROM schedule ORDER BY object" };
static const WdStatement dump_numbers = { "dump-numbers",
  "SELECT day, last FROM numbers ORDER BY day" };
static const WdStatement list_events = { "rebuild-events",
  "SELECT " WD_EVENT_COLUMNS " FROM events WHERE seq > $1 ORDER BY seq LIMIT $2" };
static const WdStatement find_box = { "rebuild-box", "SELECT sealed FROM boxes WHERE id = $1" };
static const WdStatement find_key = { "rebuild-key", "SELECT wrapped FROM object_keys WHERE object = $1" };

/* The derived tables. */
static const struct
{
  const WdStatement *clear;
  const WdStatement *dump;
} tables[] = {
  { &clear_objects,  &dump_objects },
  { &clear_orders,   &dump_orders },
  { &clear_audience, &dump_audience },
  { &clear_schedule, &dump_schedule },
  { &clear_numbers,  &dump_numbers },
};
/* clang-format on */

/* ---- the dump ---- */

typedef struct
{
  WdDumpFunc func;
  gpointer   data;
  GString   *line;
} Dump;

static void
append_cell (GString *line, const WdRows *row, guint column)
{
  const char        *text = wd_rows_text (row, 0, column, NULL);
  g_autoptr (GBytes) bytes = wd_rows_bytes (row, 0, column);

  if (wd_rows_is_null (row, 0, column))
    g_string_append (line, "-");
  else if (text != NULL)
    g_string_append (line, text);
  else if (bytes != NULL)
    for (gsize i = 0; i < g_bytes_get_size (bytes); i++)
      g_string_append_printf (line, "%02x", ((const guint8 *)g_bytes_get_data (bytes, NULL))[i]);
  else
    g_string_append_printf (line, "%.17g", wd_rows_real (row, 0, column));
}

static gboolean
dump_row (const WdRows *row, gpointer data)
{
  Dump *dump = data;

  g_string_truncate (dump->line, 0);
  for (guint i = 0; i < wd_rows_columns (row); i++)
    {
      append_cell (dump->line, row, i);
      g_string_append_c (dump->line, i + 1 < wd_rows_columns (row) ? '\t' : '\n');
    }
  dump->func (dump->line->str, dump->line->len, dump->data);
  return TRUE;
}

gboolean
wd_rebuild_dump (WdStore *store, WdDumpFunc func, gpointer data, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Dump                dump = { func, data, line };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      func (tables[i].dump->name, strlen (tables[i].dump->name), data);
      if (!wd_store_each (store, tables[i].dump, dump_row, &dump, error, ""))
        return FALSE;
    }
  return TRUE;
}

static void
add_to_sum (const char *line, gsize length, gpointer data)
{
  g_checksum_update (data, (const guchar *)line, (gssize)length);
}

static char *
sum_of (WdStore *store, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  return wd_rebuild_dump (store, add_to_sum, sum, error) ? g_strdup (g_checksum_get_string (sum)) : NULL;
}

/* ---- event by event ---- */

typedef struct
{
  WdWriting *writing;
  WdStore   *store;
  WdKeys    *keys;
} Walk;

/* What is sealed of @event; erased boxes stay without. */
static gboolean
unseal (Walk *walk, WdEvent *event, GPtrArray *boxes, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();
  g_autoptr (GBytes)  wrapped = NULL;
  g_autoptr (GBytes)  key = NULL;
  const WdRows       *rows;

  if (boxes->len == 0)
    return TRUE;
  for (guint i = 0; i < boxes->len; i++)
    wd_batch_add (batch, &find_box, "t", ((WdBox *)boxes->pdata[i])->id);
  wd_batch_add (batch, &find_key, "t", event->object);
  if (!wd_store_run (walk->store, batch, NULL, error))
    return FALSE;
  rows = wd_batch_rows (batch, boxes->len);
  if (wd_rows_count (rows) == 0)
    return TRUE;
  wrapped = wd_rows_bytes (rows, 0, 0);
  key = wd_keys_unwrap_object_key (walk->keys, event->object, wrapped, error);
  if (key == NULL)
    return FALSE;
  for (guint i = 0; i < boxes->len; i++)
    {
      rows = wd_batch_rows (batch, i);
      if (wd_rows_count (rows) > 0)
        ((WdBox *)boxes->pdata[i])->sealed = wd_rows_bytes (rows, 0, 0);
    }
  return wd_event_unseal (event, boxes, key, error);
}

static gboolean
derive (Walk *walk, const WdRows *rows, guint i, GError **error)
{
  g_autoptr (GPtrArray) boxes = NULL;
  g_autoptr (WdEvent)   event = wd_event_from_row (rows, i, &boxes, error);

  return event != NULL && unseal (walk, event, boxes, error) && wd_writing_derive (walk->writing, event, boxes, error);
}

static gboolean
derive_all (Walk *walk, gint64 *seq, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (WdRows) rows = wd_store_query (walk->store, &list_events, error, "ii", *seq, (gint64)PAGE);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < wd_rows_count (rows); i++)
        if (!derive (walk, rows, i, error))
          return FALSE;
      more = wd_rows_count (rows) > 0;
      if (more)
        *seq = wd_rows_int (rows, wd_rows_count (rows) - 1, 0);
      if (!wd_writing_flush (walk->writing, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the whole ---- */

typedef struct
{
  gboolean   keep;
  WdRebuilt *rebuilt;
} Job;

static gboolean
rebuild_in (WdWriting *writing, WdRebuilt *rebuilt, GError **error)
{
  WdLedger        *ledger = writing->ledger;
  Walk             walk = { writing, ledger->store, ledger->keys };
  g_autofree char *before = sum_of (ledger->store, error);
  g_autofree char *after = NULL;

  if (before == NULL || !wd_writing_start (writing, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!wd_store_exec (ledger->store, tables[i].clear, error, ""))
      return FALSE;
  wd_overlay_clear (ledger->overlay);
  if (!derive_all (&walk, &rebuilt->events, error))
    return FALSE;
  after = sum_of (ledger->store, error);
  rebuilt->same = g_strcmp0 (before, after) == 0;
  return after != NULL;
}

static gboolean
rebuild (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Job                 *job = data;
  WdWriting           *writing = wd_writing_begin (ledger, now, error);
  g_autoptr (WdCommit) commit = NULL;
  gboolean             ok;

  if (writing == NULL)
    return FALSE;
  ok = rebuild_in (writing, job->rebuilt, error);
  if (!ok || !job->keep)
    {
      wd_writing_abort (writing);
      return ok;
    }
  commit = wd_writing_finish (writing, NULL, error);
  return commit != NULL;
}

gboolean
wd_rebuild (const WdHost *host, gboolean keep, WdRebuilt *rebuilt, GError **error)
{
  Job                job = { keep, rebuilt };
  g_auto (WdVerdict) verdict = { 0 };

  *rebuilt = (WdRebuilt){ 0 };
  if (!wd_verify (host, &verdict, error))
    return FALSE;
  if (verdict.fault != NULL)
    {
      g_set_error (error, WD_STORE_ERROR, WD_STORE_ERROR_BROKEN, "%s  Nothing was made again.", verdict.fault);
      return FALSE;
    }
  return wd_host_try (host, rebuild, &job, error);
}
