/* wd-batch.c — statements with their values, and the rows that they answered
 *
 * Both keep their texts and bytes in one growing arena and their cells by
 * offset into it: a row costs no allocation of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-store-driver.h"

#include <math.h>
#include <string.h>

struct _WdRows
{
  guint       columns;
  GArray     *cells; /* WdCell, row after row */
  GByteArray *arena;
};

typedef struct
{
  const WdStatement *statement;
  guint              first; /* of its cells */
  guint              n;
  WdRows            *rows;
} Request;

struct _WdBatch
{
  GArray     *requests;
  GArray     *cells;
  GByteArray *arena;
};

static void
add_data (GArray *cells, GByteArray *arena, WdCellKind kind, gconstpointer data, gsize length)
{
  static const guint8 end = 0;
  WdCell              cell = { kind, length, { .offset = arena->len } };

  g_byte_array_append (arena, data, length);
  g_byte_array_append (arena, &end, 1);
  g_array_append_val (cells, cell);
}

/* --- rows ---------------------------------------------------------------- */

WdRows *
wd_rows_new (guint columns)
{
  WdRows *rows = g_new0 (WdRows, 1);

  rows->columns = columns;
  rows->cells = g_array_new (FALSE, FALSE, sizeof (WdCell));
  rows->arena = g_byte_array_new ();
  return rows;
}

void
wd_rows_free (WdRows *rows)
{
  if (rows == NULL)
    return;
  g_array_unref (rows->cells);
  g_byte_array_unref (rows->arena);
  g_free (rows);
}

void
wd_rows_clear (WdRows *rows)
{
  g_array_set_size (rows->cells, 0);
  g_byte_array_set_size (rows->arena, 0);
}

void
wd_rows_add_null (WdRows *rows)
{
  WdCell cell = { WD_CELL_NULL, 0, { .integer = 0 } };

  g_array_append_val (rows->cells, cell);
}

void
wd_rows_add_int (WdRows *rows, gint64 value)
{
  WdCell cell = { WD_CELL_INT, 0, { .integer = value } };

  g_array_append_val (rows->cells, cell);
}

void
wd_rows_add_real (WdRows *rows, double value)
{
  WdCell cell = { WD_CELL_REAL, 0, { .real = value } };

  g_array_append_val (rows->cells, cell);
}

void
wd_rows_add_data (WdRows *rows, WdCellKind kind, gconstpointer data, gsize length)
{
  add_data (rows->cells, rows->arena, kind, data, length);
}

static const WdCell *
find_cell (const WdRows *rows, guint row, guint column)
{
  g_assert (column < rows->columns && row < wd_rows_count (rows));
  return &g_array_index (rows->cells, WdCell, row * rows->columns + column);
}

guint
wd_rows_count (const WdRows *rows)
{
  return rows->columns == 0 ? 0 : rows->cells->len / rows->columns;
}

guint
wd_rows_columns (const WdRows *rows)
{
  return rows->columns;
}

gboolean
wd_rows_is_null (const WdRows *rows, guint row, guint column)
{
  return find_cell (rows, row, column)->kind == WD_CELL_NULL;
}

gint64
wd_rows_int (const WdRows *rows, guint row, guint column)
{
  const WdCell *cell = find_cell (rows, row, column);

  return cell->kind == WD_CELL_INT ? cell->integer : 0;
}

double
wd_rows_real (const WdRows *rows, guint row, guint column)
{
  const WdCell *cell = find_cell (rows, row, column);

  if (cell->kind == WD_CELL_INT)
    return cell->integer;
  return cell->kind == WD_CELL_REAL ? cell->real : 0;
}

const char *
wd_rows_text (const WdRows *rows, guint row, guint column, gsize *length)
{
  const WdCell *cell = find_cell (rows, row, column);
  gboolean      is_text = cell->kind == WD_CELL_TEXT;

  if (length != NULL)
    *length = is_text ? cell->length : 0;
  return is_text ? (const char *)rows->arena->data + cell->offset : NULL;
}

GBytes *
wd_rows_bytes (const WdRows *rows, guint row, guint column)
{
  const WdCell *cell = find_cell (rows, row, column);

  if (cell->kind != WD_CELL_BYTES)
    return NULL;
  return g_bytes_new (rows->arena->data + cell->offset, cell->length);
}

/* --- batches ------------------------------------------------------------- */

WdBatch *
wd_batch_new (void)
{
  WdBatch *batch = g_new0 (WdBatch, 1);

  batch->requests = g_array_new (FALSE, FALSE, sizeof (Request));
  batch->cells = g_array_new (FALSE, FALSE, sizeof (WdCell));
  batch->arena = g_byte_array_new ();
  return batch;
}

void
wd_batch_free (WdBatch *batch)
{
  for (guint i = 0; i < batch->requests->len; i++)
    wd_rows_free (g_array_index (batch->requests, Request, i).rows);
  g_array_unref (batch->requests);
  g_array_unref (batch->cells);
  g_byte_array_unref (batch->arena);
  g_free (batch);
}

static void
add_value (WdBatch *batch, char letter, va_list *values)
{
  WdCell      cell = { WD_CELL_NULL, 0, { .integer = 0 } };
  const char *text;
  GBytes     *bytes;

  switch (letter)
    {
    case 'i':
    case 'I':
      cell.integer = va_arg (*values, gint64);
      cell.kind = letter == 'I' && cell.integer == 0 ? WD_CELL_NULL : WD_CELL_INT;
      break;
    case 'r':
    case 'R':
      cell.real = va_arg (*values, double);
      cell.kind = letter == 'R' && isnan (cell.real) ? WD_CELL_NULL : WD_CELL_REAL;
      break;
    case 't':
      text = va_arg (*values, const char *);
      if (text == NULL)
        break;
      add_data (batch->cells, batch->arena, WD_CELL_TEXT, text, strlen (text));
      return;
    case 'b':
      bytes = va_arg (*values, GBytes *);
      if (bytes == NULL)
        break;
      add_data (batch->cells, batch->arena, WD_CELL_BYTES, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      return;
    case 'n': break;
    default: g_assert_not_reached ();
    }
  g_array_append_val (batch->cells, cell);
}

guint
wd_batch_add_valist (WdBatch *batch, const WdStatement *statement, const char *format, va_list *values)
{
  Request request = { statement, batch->cells->len, strlen (format), NULL };

  for (const char *letter = format; *letter != 0; letter++)
    add_value (batch, *letter, values);
  g_array_append_val (batch->requests, request);
  return batch->requests->len - 1;
}

guint
wd_batch_add (WdBatch *batch, const WdStatement *statement, const char *format, ...)
{
  va_list values;
  guint   place;

  va_start (values, format);
  place = wd_batch_add_valist (batch, statement, format, &values);
  va_end (values);
  return place;
}

guint
wd_batch_length (const WdBatch *batch)
{
  return batch->requests->len;
}

const WdRows *
wd_batch_rows (const WdBatch *batch, guint place)
{
  g_assert (place < batch->requests->len);
  return g_array_index (batch->requests, Request, place).rows;
}

const WdStatement *
wd_batch_statement (const WdBatch *batch, guint place)
{
  return g_array_index (batch->requests, Request, place).statement;
}

const WdCell *
wd_batch_cells (const WdBatch *batch, guint place, guint *n)
{
  const Request *request = &g_array_index (batch->requests, Request, place);

  *n = request->n;
  return &g_array_index (batch->cells, WdCell, request->first);
}

const char *
wd_batch_data (const WdBatch *batch, const WdCell *cell)
{
  if (cell->kind != WD_CELL_TEXT && cell->kind != WD_CELL_BYTES)
    return NULL;
  return (const char *)batch->arena->data + cell->offset;
}

WdRows *
wd_batch_start_rows (WdBatch *batch, guint place, guint columns)
{
  Request *request = &g_array_index (batch->requests, Request, place);

  wd_rows_free (request->rows);
  request->rows = wd_rows_new (columns);
  return request->rows;
}

WdRows *
wd_batch_steal_rows (WdBatch *batch, guint place)
{
  return g_steal_pointer (&g_array_index (batch->requests, Request, place).rows);
}
