/* wd-csv.c — tables as text: read by the names of their columns, and written
 *
 * libcsv is fed byte by byte, since it does not say on which line a row stood.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-csv.h"

#include <csv.h>
#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  const WdCsvColumn *columns;
  WdCsvFunc          func;
  gpointer           data;
  WdFault           *fault;
  GError            *error;

  GPtrArray *fields;                      /* of the row in hand */
  int        places[WD_CSV_COLUMNS_MOST]; /* which column stands at each place of the header */
  guint      n_places;
  gboolean   has_header;
  gint64     line;       /* of the byte in hand */
  gint64     row_line;   /* where the row began … */
  gint64     field_line; /* … and the field in hand */
  gboolean   in_row;
} Reading;

void
wd_fault_set (WdFault *fault, gint64 line, const char *column)
{
  const char *end;

  fault->line = line;
  g_strlcpy (fault->column, column != NULL ? column : "", sizeof fault->column);
  if (!g_utf8_validate (fault->column, -1, &end))
    fault->column[end - fault->column] = '\0';
}

static void
refuse (Reading *reading, gint64 line, const char *column, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
refuse (Reading *reading, gint64 line, const char *column, const char *format, ...)
{
  va_list args;

  if (reading->error != NULL)
    return;
  wd_fault_set (reading->fault, line, column);
  va_start (args, format);
  reading->error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, format, args);
  va_end (args);
}

/* What is wrong with the field at @place of a row: past the header's names it is called by its number. */
static void
refuse_field (Reading *reading, gint64 line, guint place, const char *reason)
{
  g_autofree char *number = g_strdup_printf ("%u", place + 1);

  refuse (reading, line, reading->has_header && place < reading->n_places ? reading->columns[reading->places[place]].name : number, "%s", reason);
}

/* ---- rows ---- */

static int
find_column (const Reading *reading, const char *name)
{
  for (int i = 0; reading->columns[i].name != NULL; i++)
    if (strcmp (reading->columns[i].name, name) == 0)
      return i;
  return -1;
}

static void
take_header (Reading *reading)
{
  gboolean seen[WD_CSV_COLUMNS_MOST] = { FALSE };

  reading->has_header = TRUE;
  if (reading->fields->len > WD_CSV_COLUMNS_MOST)
    {
      refuse (reading, 1, NULL, "there are more columns than any format has");
      return;
    }
  for (guint i = 0; i < reading->fields->len; i++)
    {
      int column = find_column (reading, reading->fields->pdata[i]);

      if (column < 0 || seen[column])
        {
          refuse (reading, 1, reading->fields->pdata[i], column < 0 ? "there is no such column in this format" : "this column stands there twice");
          return;
        }
      seen[column] = TRUE;
      reading->places[reading->n_places++] = column;
    }
  for (int i = 0; reading->columns[i].name != NULL; i++)
    if (reading->columns[i].required && !seen[i])
      refuse (reading, 1, reading->columns[i].name, "this column is missing");
}

static void
take_row (Reading *reading)
{
  const char *values[WD_CSV_COLUMNS_MOST] = { NULL };

  if (reading->fields->len != reading->n_places)
    {
      g_autofree char *reason = g_strdup_printf ("the line has %u fields, the header %u", reading->fields->len, reading->n_places);

      refuse_field (reading, reading->row_line, MIN (reading->fields->len, reading->n_places), reason);
      return;
    }
  for (guint i = 0; i < reading->n_places; i++)
    {
      const char *field = reading->fields->pdata[i];

      if (!g_utf8_validate (field, -1, NULL))
        {
          refuse_field (reading, reading->row_line, i, "this is not UTF-8");
          return;
        }
      values[reading->places[i]] = *field != '\0' ? field : NULL;
    }
  wd_fault_set (reading->fault, reading->row_line, NULL);
  reading->func (values, reading->row_line, reading->fault, reading->data, &reading->error);
}

static void
field_cb (void *text, size_t length, void *data)
{
  Reading *reading = data;

  if (length > WD_CSV_FIELD_MOST)
    refuse_field (reading, reading->field_line, reading->fields->len, "this is longer than any field may be");
  else if (text != NULL && strlen (text) != length)
    refuse_field (reading, reading->field_line, reading->fields->len, "there is a zero byte");
  reading->field_line = reading->line;
  g_ptr_array_add (reading->fields, g_strndup (text != NULL ? text : "", length));
}

static void
row_cb (int end, void *data)
{
  Reading *reading = data;

  if (reading->error == NULL && !reading->has_header)
    take_header (reading);
  else if (reading->error == NULL)
    take_row (reading);
  g_ptr_array_set_size (reading->fields, 0);
  reading->in_row = FALSE;
}

/* ---- the file ---- */

static void
feed (Reading *reading, struct csv_parser *parser, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length && reading->error == NULL; i++)
    {
      char c = bytes[i];

      if (!reading->in_row && c != '\n' && c != '\r')
        {
          reading->in_row = TRUE;
          reading->row_line = reading->field_line = reading->line;
        }
      if (csv_parse (parser, &c, 1, field_cb, row_cb, reading) != 1)
        refuse_field (reading, reading->field_line, reading->fields->len, "the quotes do not fit");
      if (c == '\n')
        reading->line++;
    }
}

static gboolean
read_all (Reading *reading, struct csv_parser *parser, int fd, GError **error)
{
  char     bytes[65536];
  gboolean first = TRUE;
  gssize   n;

  if (lseek (fd, 0, SEEK_SET) < 0)
    n = -1;
  else
    while ((n = read (fd, bytes, sizeof bytes)) != 0 && reading->error == NULL)
      {
        gsize skip = 0;

        if (n < 0 && errno == EINTR)
          continue;
        if (n < 0)
          break;
        if (first && n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
          skip = 3;
        first = FALSE;
        feed (reading, parser, bytes + skip, (gsize)n - skip);
      }
  if (n < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "The file cannot be read: %s", g_strerror (errno));
      return FALSE;
    }
  if (reading->error == NULL && csv_fini (parser, field_cb, row_cb, reading) != 0)
    refuse_field (reading, reading->field_line, reading->fields->len, "a quote is left open");
  if (reading->error == NULL && !reading->has_header)
    refuse (reading, 1, NULL, "the file is empty");
  if (reading->error == NULL)
    {
      wd_fault_set (reading->fault, 0, NULL); /* what goes wrong from here on is of no line */
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&reading->error));
  return FALSE;
}

gboolean
wd_csv_read (int fd, const WdCsvColumn *columns, WdCsvFunc func, gpointer data, WdFault *fault, GError **error)
{
  Reading           reading = { columns, func, data, fault };
  struct csv_parser parser;
  gboolean          ok;

  if (csv_init (&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The CSV reader cannot be started");
      return FALSE;
    }
  reading.fields = g_ptr_array_new_with_free_func (g_free);
  reading.line = reading.row_line = reading.field_line = 1;
  ok = read_all (&reading, &parser, fd, error);
  g_clear_error (&reading.error);
  g_ptr_array_unref (reading.fields);
  csv_free (&parser);
  return ok;
}

gboolean
wd_csv_number (const char *field, double *number)
{
  char *end;

  if (field == NULL || field[strspn (field, "0123456789+-.eE")] != '\0')
    return FALSE;
  *number = g_ascii_strtod (field, &end);
  return end != field && *end == '\0' && isfinite (*number);
}

void
wd_csv_append (GString *text, const char *field, char end)
{
  gboolean quoted = field != NULL && strpbrk (field, ",\"\r\n") != NULL;

  if (quoted)
    g_string_append_c (text, '"');
  for (const char *p = field != NULL ? field : ""; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *p);
    }
  if (quoted)
    g_string_append_c (text, '"');
  g_string_append_c (text, end);
}
