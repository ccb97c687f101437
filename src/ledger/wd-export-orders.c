/* wd-export-orders.c — orders as a table that can be imported again
 *
 * Pages by time and id, each a read of its own, so that nothing is held long.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-export.h"

#include "wd-csv.h"
#include "wd-json.h"
#include "wd-reader.h"

#include <string.h>

#define PAGE 200
#define HEADER "reference,channel,category,text,caller_name,caller_phone,address,lon,lat,received_at,due,nature,account\n"

/* clang-format off */
static const WdStatement next_orders = { "export-orders",
  "SELECT s.received_at, s.id, o.body, o.inside, s.caller FROM orders s JOIN objects o ON o.id = s.id "
  "WHERE (s.received_at, s.id) > ($1, $2) ORDER BY s.received_at, s.id LIMIT $3" };
/* clang-format on */

typedef struct
{
  const WdHost *host;
  const char   *callers;
  WdStore      *store;
  WdReader     *reader;
  WdActor      *server;
  gint64        at; /* the last order that is out */
  char         *id;
  const WdRows *rows;
} Export;

/* ---- callers ---- */

/* Every look is on record before anything is shown. */
static gboolean
look (WdLedger *ledger, gint64 now, gpointer data, GError **error)
{
  Export *export = data;

  for (guint i = 0; i < wd_rows_count (export->rows); i++)
    {
      WdCommit *commit;

      if (wd_rows_is_null (export->rows, i, 4))
        continue;
      commit = wd_ledger_looked (ledger, export->server, wd_rows_text (export->rows, i, 1, NULL), export->callers, now, error);
      if (commit == NULL)
        return FALSE;
      export->host->publish (commit, export->host->owner);
    }
  return TRUE;
}

static gboolean
append_caller (GString *csv, Export *export, guint i, GError **error)
{
  g_autoptr (GString)  text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject          *caller;

  if (export->callers == NULL || wd_rows_is_null (export->rows, i, 4))
    {
      g_string_append (csv, ",,");
      return TRUE;
    }
  text = wd_reader_caller (export->reader, export->server, wd_rows_text (export->rows, i, 1, NULL), error);
  root = text != NULL ? wd_json_parse (text->str, (gssize)text->len, error) : NULL;
  if (root == NULL)
    return FALSE;
  caller = json_node_get_object (root);
  wd_csv_append (csv, json_object_get_string_member_with_default (caller, "name", NULL), ',');
  wd_csv_append (csv, json_object_get_string_member_with_default (caller, "phone", NULL), ',');
  return TRUE;
}

/* ---- rows ---- */

static void
append_time (GString *csv, gint64 time, char end)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (time != 0)
    {
      wd_json_append_time (text, time);
      g_string_truncate (text, text->len - 1); /* without its quotes */
      g_string_erase (text, 0, 1);
    }
  wd_csv_append (csv, text->str, end);
}

static void
append_degrees (GString *csv, const WdPoint *point, double degrees)
{
  if (wd_point_is_set (point))
    wd_json_append_real (csv, degrees);
  g_string_append_c (csv, ',');
}

static gboolean
append_order (GString *csv, Export *export, guint i, GError **error)
{
  g_autoptr (WdOrder) order = wd_record_from_texts (&wd_order_type, wd_rows_text (export->rows, i, 2, NULL), wd_rows_text (export->rows, i, 3, NULL), error);

  if (order == NULL)
    return FALSE;
  wd_csv_append (csv, order->reference, ',');
  wd_csv_append (csv, wd_enum_nick (WD_TYPE_CHANNEL, order->channel), ',');
  wd_csv_append (csv, order->category, ',');
  wd_csv_append (csv, order->text, ',');
  if (!append_caller (csv, export, i, error))
    return FALSE;
  wd_csv_append (csv, order->address, ',');
  append_degrees (csv, &order->point, order->point.lon);
  append_degrees (csv, &order->point, order->point.lat);
  append_time (csv, order->received_at, ',');
  append_time (csv, order->due, ',');
  wd_csv_append (csv, wd_enum_nick (WD_TYPE_NATURE, order->nature), ',');
  wd_csv_append (csv, order->account, '\n');
  return TRUE;
}

static gboolean
say_page (Export *export, GError **error)
{
  g_autoptr (GString) csv = g_string_sized_new (64 * 1024);
  guint               n = wd_rows_count (export->rows);

  if (export->callers != NULL && !wd_host_try (export->host, look, export, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!append_order (csv, export, i, error))
      return FALSE;
  export->at = wd_rows_int (export->rows, n - 1, 0);
  g_free (export->id);
  export->id = g_strdup (wd_rows_text (export->rows, n - 1, 1, NULL));
  wd_host_piece (export->host, csv->str, csv->len);
  return TRUE;
}

static gboolean
say_all (Export *export, GError **error)
{
  wd_host_piece (export->host, HEADER, strlen (HEADER));
  for (;;)
    {
      g_autoptr (WdRows) rows = wd_store_query (export->store, &next_orders, error, "iti", export->at, export->id, (gint64)PAGE);

      if (rows == NULL || g_cancellable_set_error_if_cancelled (export->host->cancellable, error))
        return FALSE;
      if (wd_rows_count (rows) == 0)
        return TRUE;
      export->rows = rows;
      if (!say_page (export, error))
        return FALSE;
    }
}

gboolean
wd_export_orders (const WdHost *host, const char *callers, GError **error)
{
  g_autoptr (WdStore)  store = wd_store_open (host->url, WD_STORE_READ, error);
  g_autoptr (WdReader) reader = store != NULL ? wd_reader_open (host->url, host->keys, error) : NULL;
  g_autoptr (WdActor)  server = wd_actor_new (NULL, NULL, WD_ROLE_SUPERVISOR, NULL);
  Export export = { host, callers, store, reader, server, G_MININT64, g_strdup (""), NULL };
  gboolean ok = reader != NULL && say_all (&export, error);

  g_free (export.id);
  return ok;
}
