/* wd-import-customers.c — customers, added or replaced by account
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-import-private.h"

#include "wd-customers.h"
#include "wd-json.h"

#include <math.h>

#define NAME_MOST 100
#define ADDRESS_MOST 400

enum
{
  ACCOUNT,
  NAME,
  PHONE,
  ADDRESS,
  LON,
  LAT,
  CLASS
};

/* clang-format off */
/* All of them: a row replaces its account as a whole, and what the file does not say would be lost. */
static const WdCsvColumn columns[] = {
  [ACCOUNT] = { "account", TRUE },
  [NAME]    = { "name",    TRUE },
  [PHONE]   = { "phone",   TRUE },
  [ADDRESS] = { "address", TRUE },
  [LON]     = { "lon",     TRUE },
  [LAT]     = { "lat",     TRUE },
  [CLASS]   = { "class",   TRUE },
  { NULL }
};
/* clang-format on */

typedef struct
{
  WdImportTake take;
  gpointer     data;
} Reading;

static gboolean
refuse (WdFault *fault, gint64 line, guint column, GError **error, const char *reason)
{
  wd_fault_set (fault, line, columns[column].name);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, reason);
  return FALSE;
}

static gboolean
take_degrees (const char *text, double most, double *degrees)
{
  return wd_csv_number (text, degrees) && *degrees >= -most && *degrees <= most;
}

static gboolean
check_row (const char *const *values, gint64 line, WdPoint *point, WdFault *fault, GError **error)
{
  static const guint most[] = { NAME_MOST, NAME_MOST, NAME_MOST, ADDRESS_MOST };

  if (values[ACCOUNT] == NULL)
    return refuse (fault, line, ACCOUNT, error, "this may not be empty");
  for (guint i = 0; i < G_N_ELEMENTS (most); i++)
    if (values[i] != NULL && g_utf8_strlen (values[i], -1) > (glong)most[i])
      return refuse (fault, line, i, error, "this is too long");
  if (values[CLASS] != NULL && !wd_customer_class_is_known (values[CLASS]))
    return refuse (fault, line, CLASS, error, "there is no such class");
  if (values[LON] == NULL && values[LAT] == NULL)
    return TRUE;
  if (!take_degrees (values[LON], 180, &point->lon))
    return refuse (fault, line, LON, error, "this is no longitude");
  if (!take_degrees (values[LAT], 90, &point->lat))
    return refuse (fault, line, LAT, error, "this is no latitude");
  if (point->lon == 0 && point->lat == 0)
    point->lon = NAN;
  return TRUE;
}

static gboolean
take_row (const char *const *values, gint64 line, WdFault *fault, gpointer data, GError **error)
{
  const Reading *reading = data;
  WdPoint        point = { NAN, NAN };
  WdImportRow   *row;
  GString       *json;

  if (!check_row (values, line, &point, fault, error))
    return FALSE;
  json = g_string_new ("[");
  for (guint i = ACCOUNT; i <= ADDRESS; i++)
    {
      wd_json_append_text (json, values[i]);
      g_string_append_c (json, ',');
    }
  wd_json_append_text (json, values[CLASS] != NULL ? values[CLASS] : "domestic");
  g_string_append_c (json, ',');
  wd_json_append_real (json, point.lon);
  g_string_append_c (json, ',');
  wd_json_append_real (json, wd_point_is_set (&point) ? point.lat : NAN);
  g_string_append_c (json, ']');
  row = wd_import_row_new (line);
  row->text = g_string_free (json, FALSE);
  return reading->take (row, reading->data, error);
}

static gboolean
read_customers (WdImport *import, WdImportTake take, gpointer data, GError **error)
{
  Reading reading = { take, data };

  return wd_csv_read (import->fd, columns, take_row, &reading, import->fault, error);
}

/* ---- on the ledger's thread ---- */

static char *
text_at (JsonArray *row, guint i)
{
  JsonNode *node = json_array_get_element (row, i);

  return JSON_NODE_HOLDS_NULL (node) ? NULL : json_node_dup_string (node);
}

static double
real_at (JsonArray *row, guint i)
{
  JsonNode *node = json_array_get_element (row, i);

  return JSON_NODE_HOLDS_NULL (node) ? NAN : json_node_get_double (node);
}

static WdCustomer *
customer_of (const WdImportRow *staged, GError **error)
{
  g_autoptr (JsonNode) root = wd_json_parse (staged->text, -1, error);
  WdCustomer          *customer;
  JsonArray           *row;

  if (root == NULL)
    return NULL;
  row = json_node_get_array (root);
  customer = g_new0 (WdCustomer, 1);
  customer->account = text_at (row, ACCOUNT);
  customer->name = text_at (row, NAME);
  customer->phone = text_at (row, PHONE);
  customer->address = text_at (row, ADDRESS);
  customer->class_ = text_at (row, ADDRESS + 1);
  customer->point = (WdPoint){ real_at (row, ADDRESS + 2), real_at (row, ADDRESS + 3) };
  return customer;
}

static gboolean
write_customers (WdWriting *writing, GPtrArray *rows, guint *changed, GError **error)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_customer_free);

  for (guint i = 0; i < rows->len; i++)
    {
      WdCustomer *customer = customer_of (rows->pdata[i], error);

      if (customer == NULL)
        return FALSE;
      g_ptr_array_add (customers, customer);
    }
  if (!wd_writing_start (writing, error) || !wd_customers_put (writing->ledger->store, writing->ledger->keys, customers, writing->moves, error))
    return FALSE;
  *changed = writing->moves->len;
  return TRUE;
}

const WdImportKind wd_import_customers = { "customers", read_customers, NULL, write_customers, 200, FALSE };
