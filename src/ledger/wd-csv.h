/* wd-csv.h — tables as text: read by the names of their columns, and written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_CSV_COLUMNS_MOST 32
#define WD_CSV_FIELD_MOST (64 * 1024) /* bytes */

typedef struct
{
  const char *name;
  gboolean    required; /* the column; its fields may still be empty */
} WdCsvColumn;

/* Where in a file something is wrong. */
typedef struct
{
  gint64 line;        /* the file's own, header = 1; 0 for the file as a whole */
  char   column[100]; /* name in the header, its number where it has none, "" for the line as a whole */
} WdFault;
void wd_fault_set (WdFault *fault, gint64 line, const char *column);

/* @values: in the order of the columns asked for; NULL where the column or the field is empty. */
typedef gboolean (*WdCsvFunc) (const char *const *values, gint64 line, WdFault *fault, gpointer data, GError **error);

/* Reads @fd from its start.  @columns ends with a row whose name is NULL; a column that it does
 * not name is refused, since what it holds would be lost silently.
 * @fault: (out): where, on G_IO_ERROR_INVALID_DATA */
gboolean wd_csv_read (int fd, const WdCsvColumn *columns, WdCsvFunc func, gpointer data, WdFault *fault, GError **error);

/* A decimal number and nothing beside it: no hexadecimal, no infinity, no blanks. */
gboolean wd_csv_number (const char *field, double *number);

/* One field (NULL: empty), in quotes where it needs them, and what ends it: ',' or '\n'. */
void wd_csv_append (GString *text, const char *field, char end);

G_END_DECLS
