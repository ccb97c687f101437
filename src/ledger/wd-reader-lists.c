/* wd-reader-lists.c — orders and customers that are asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-reader-private.h"

#include "wd-customers.h"
#include "wd-json.h"

#include <string.h>

#define LIST_MOST 500
#define LIST_ASKED "501" /* to see whether there is more */

/* From, to, pattern, patterns of readers; then what names it. */
#define LIST_ORDERS(where)                                                                                   \
  "SELECT o.body FROM orders s JOIN objects o ON o.id = s.id "                                               \
  "WHERE s.received_at >= $1 AND s.received_at <= $2 "                                                       \
  "AND LOWER(COALESCE(s.text, '') || ' ' || COALESCE(s.address, '') || ' ' || s.number) LIKE $3 ESCAPE '!' " \
  "AND (o.readers LIKE $4 OR o.readers LIKE $5 OR o.readers LIKE $6 OR o.readers LIKE $7) " where "ORDER BY s.received_at DESC, s.id LIMIT " LIST_ASKED

/* clang-format off */
static const WdStatement orders_by_number  = { "orders-by-number", LIST_ORDERS ("AND s.number = $8 ") };
static const WdStatement orders_by_phone   = { "orders-by-phone", LIST_ORDERS ("AND s.phone = $8 ") };
static const WdStatement orders_by_account = { "orders-by-account", LIST_ORDERS ("AND s.account = $8 ") };
static const WdStatement orders_by_text    = { "orders-by-text", LIST_ORDERS ("") };
static const WdStatement customers_by_phone = { "customers-by-phone",
  "SELECT account, wrapped, name, phone, address, lon, lat, class FROM customers WHERE phone_hash = $1 ORDER BY account LIMIT 500" };
/* clang-format on */

static char *
like_pattern (const char *q)
{
  /* As LOWER of the store does it: the letters of ASCII alone, all others are looked for as they are. */
  g_autofree char *low = g_ascii_strdown (q != NULL ? q : "", -1);
  GString         *pattern = g_string_new ("%");

  for (const char *p = low; *p != '\0'; p++)
    {
      if (strchr ("%_!", *p) != NULL)
        g_string_append_c (pattern, '!');
      g_string_append_c (pattern, *p);
    }
  if (pattern->len > 1)
    g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

static gboolean
may_see_caller (const WdActor *actor, const char *body)
{
  g_autoptr (WdOrder) order = wd_record_from_texts (&wd_order_type, body, NULL, NULL);

  return order != NULL && wd_may_see_caller (actor, order);
}

/* @asker: (nullable): who asked by a caller's telephone: what he may not be told, the list doesn't tell him either. */
static GString *
list_bodies (WdRows *rows, const WdActor *asker)
{
  GString *json = g_string_new ("{\"orders\":[");
  gsize    start = json->len;

  for (guint i = 0; i < MIN (wd_rows_count (rows), LIST_MOST); i++)
    {
      gsize       length;
      const char *body = wd_rows_text (rows, i, 0, &length);

      if (asker != NULL && !may_see_caller (asker, body))
        continue;
      if (json->len > start)
        g_string_append_c (json, ',');
      g_string_append_len (json, body, length);
    }
  g_string_append (json, wd_rows_count (rows) > LIST_MOST ? "],\"more\":true}" : "],\"more\":false}");
  return json;
}

GString *
wd_reader_orders (WdReader *reader, const WdActor *actor, const WdOrderQuery *query, GError **error)
{
  g_autofree char    *pattern = like_pattern (query->q);
  g_auto (WdReaders4) mine = { NULL };
  g_autoptr (WdRows)  rows = NULL;
  g_autoptr (GBytes)  hash = NULL;
  gint64              to = query->to != 0 ? query->to : G_MAXINT64;
  WdStore            *store = reader->store;

  wd_readers_set (&mine, actor);
  if (query->phone != NULL)
    {
      hash = wd_keys_phone (reader->keys, query->phone);
      if (hash == NULL)
        return g_string_new ("{\"orders\":[],\"more\":false}");
      rows = wd_store_query (store, &orders_by_phone, error, "iitttttb", query->from, to, pattern, WD_READER_PATTERNS (mine), hash);
    }
  else if (query->number != NULL)
    rows = wd_store_query (store, &orders_by_number, error, "iittttt"
                                                            "t",
                           query->from, to, pattern, WD_READER_PATTERNS (mine), query->number);
  else if (query->account != NULL)
    rows = wd_store_query (store, &orders_by_account, error, "iittttt"
                                                             "t",
                           query->from, to, pattern, WD_READER_PATTERNS (mine), query->account);
  else
    rows = wd_store_query (store, &orders_by_text, error, "iittttt", query->from, to, pattern, WD_READER_PATTERNS (mine));
  return rows != NULL ? list_bodies (rows, query->phone != NULL ? actor : NULL) : NULL;
}

/* ---- customers ---- */

static gboolean
append_opened (GString *json, WdReader *reader, const WdRows *rows, guint i, const char *field, guint column, GError **error)
{
  g_autoptr (GBytes) wrapped = wd_rows_bytes (rows, i, 1);
  g_autoptr (GBytes) sealed = wd_rows_bytes (rows, i, column);
  g_autofree char   *text = NULL;

  if (sealed != NULL)
    {
      text = wd_customer_open (reader->keys, wd_rows_text (rows, i, 0, NULL), field, wrapped, sealed, error);
      if (text == NULL)
        return FALSE;
    }
  g_string_append_printf (json, ",\"%s\":", field);
  wd_json_append_text (json, text);
  return TRUE;
}

static gboolean
append_customer (GString *json, WdReader *reader, const WdRows *rows, guint i, GError **error)
{
  g_string_append (json, i > 0 ? ",{\"account\":" : "{\"account\":");
  wd_json_append_text (json, wd_rows_text (rows, i, 0, NULL));
  if (!append_opened (json, reader, rows, i, "name", 2, error) || !append_opened (json, reader, rows, i, "phone", 3, error))
    return FALSE;
  g_string_append (json, ",\"address\":");
  wd_json_append_text (json, wd_rows_text (rows, i, 4, NULL));
  wd_reader_append_point (json, rows, i, 5);
  g_string_append (json, ",\"class\":");
  wd_json_append_text (json, wd_rows_text (rows, i, 7, NULL));
  g_string_append_c (json, '}');
  return TRUE;
}

GString *
wd_reader_customers (WdReader *reader, const char *phone, GError **error)
{
  g_autoptr (GBytes)  hash = wd_keys_phone (reader->keys, phone);
  g_autoptr (WdRows)  rows = NULL;
  g_autoptr (GString) json = g_string_new ("{\"customers\":[");

  if (hash != NULL)
    {
      rows = wd_store_query (reader->store, &customers_by_phone, error, "b", hash);
      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < wd_rows_count (rows); i++)
        if (!append_customer (json, reader, rows, i, error))
          return NULL;
    }
  g_string_append (json, "]}");
  return g_steal_pointer (&json);
}

void
wd_reader_append_point (GString *json, const WdRows *rows, guint row, guint column)
{
  g_string_append (json, ",\"point\":");
  if (wd_rows_is_null (rows, row, column))
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_c (json, '[');
  wd_json_append_real (json, wd_rows_real (rows, row, column));
  g_string_append_c (json, ',');
  wd_json_append_real (json, wd_rows_real (rows, row, column + 1));
  g_string_append_c (json, ']');
}
