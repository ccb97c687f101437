/* wd-city-sheet.c — one MBTiles file that is drawn bit by bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-city-sheet.h"

#include "wd-city-tiles.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* Rises when the city or its drawing changes, so that old files are redrawn. */
#define EDITION "1"

enum
{
  GET,
  PUT_PLACE,
  PUT_IMAGE,
  BEGIN,
  COMMIT,
  ROLLBACK,
  N_STATEMENTS
};

struct _WdCitySheet
{
  GMutex        lock;
  sqlite3      *db;
  sqlite3_stmt *statements[N_STATEMENTS];
};

static const char *const statement_sql[N_STATEMENTS] = {
  [GET] = "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3",
  [PUT_PLACE] = "INSERT OR REPLACE INTO map VALUES (?1, ?2, ?3, ?4)",
  [PUT_IMAGE] = "INSERT OR IGNORE INTO images VALUES (?1, ?2)",
  [BEGIN] = "BEGIN IMMEDIATE",
  [COMMIT] = "COMMIT",
  [ROLLBACK] = "ROLLBACK",
};

static const char schema[] =
    "PRAGMA application_id = 0x4d504258;"
    "BEGIN;"
    "CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT);"
    "CREATE TABLE map (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_id TEXT,"
    "  PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID;"
    "CREATE TABLE images (tile_id TEXT PRIMARY KEY, tile_data BLOB);"
    "CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data FROM map JOIN images USING (tile_id);";

static gboolean
check (sqlite3 *db,
       int      status,
       GError **error)
{
  if (status == SQLITE_OK || status == SQLITE_DONE || status == SQLITE_ROW)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "basemap: %s", db ? sqlite3_errmsg (db) : sqlite3_errstr (status));
  return FALSE;
}

/* One text, or NULL. */
static char *
ask (sqlite3    *db,
     const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char         *answer = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return answer;
}

static gboolean
is_sound (sqlite3 *db)
{
  g_autofree char *state = ask (db, "PRAGMA quick_check(1)");
  g_autofree char *edition = ask (db, "SELECT value FROM metadata WHERE name = 'version'");

  return g_strcmp0 (state, "ok") == 0 && g_strcmp0 (edition, EDITION) == 0;
}

static gboolean
put_metadata (sqlite3    *db,
              const char *name,
              const char *value,
              GError    **error)
{
  sqlite3_stmt *statement = NULL;
  int           status = sqlite3_prepare_v2 (db, "INSERT INTO metadata VALUES (?1, ?2)", -1, &statement, NULL);

  if (status == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 2, value, -1, SQLITE_STATIC);
      status = sqlite3_step (statement);
    }
  sqlite3_finalize (statement);
  return check (db, status, error);
}

/* Numbers with a point as decimal mark, joined by commas. */
static char *
join_degrees (const double *degrees,
              int           n)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", g_ascii_formatd (buffer, sizeof buffer, "%.9g", degrees[i]));
    }
  return g_string_free (text, FALSE);
}

static gboolean
write_schema (sqlite3      *db,
              const WdCity *city,
              const char   *theme,
              GError      **error)
{
  const double     edges[] = { city->west, city->south, city->east, city->north };
  const double     middle[] = { (city->west + city->east) / 2, (city->south + city->north) / 2, 13 };
  g_autofree char *name = g_strdup_printf ("%s %s", WD_CITY_NAME, theme);
  g_autofree char *bounds = join_degrees (edges, 4);
  g_autofree char *center = join_degrees (middle, 3);
  g_autofree char *min_zoom = g_strdup_printf ("%d", WD_CITY_MIN_ZOOM);
  g_autofree char *max_zoom = g_strdup_printf ("%d", WD_CITY_MAX_ZOOM);
  const char      *rows[][2] = {
         { "name", name },
         { "format", "png" },
         { "bounds", bounds },
         { "center", center },
         { "minzoom", min_zoom },
         { "maxzoom", max_zoom },
         { "attribution", WD_CITY_ATTRIBUTION },
         { "type", "baselayer" },
         { "version", EDITION },
         { "datum", "WGS-84" },
  };

  if (!check (db, sqlite3_exec (db, schema, NULL, NULL, NULL), error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!put_metadata (db, rows[i][0], rows[i][1], error))
      return FALSE;
  return check (db, sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), error);
}

static sqlite3 *
open_file (const char *path,
           GError    **error)
{
  sqlite3 *db = NULL;
  int      status = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

  if (status == SQLITE_OK)
    {
      sqlite3_busy_timeout (db, 2000);
      sqlite3_exec (db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
      return db;
    }
  check (db, status, error);
  sqlite3_close (db);
  return NULL;
}

static sqlite3 *
open_or_begin (const char   *path,
               const WdCity *city,
               const char   *theme,
               GError      **error)
{
  g_autofree char *journal = g_strdup_printf ("%s-journal", path);
  sqlite3         *db = open_file (path, error);

  if (db == NULL || is_sound (db))
    return db;
  sqlite3_close (db);
  g_unlink (path);
  g_unlink (journal);
  db = open_file (path, error);
  if (db != NULL && !write_schema (db, city, theme, error))
    g_clear_pointer (&db, sqlite3_close);
  return db;
}

WdCitySheet *
wd_city_sheet_open (const char   *path,
                    const WdCity *city,
                    const char   *theme,
                    GError      **error)
{
  sqlite3     *db = open_or_begin (path, city, theme, error);
  WdCitySheet *sheet;

  if (db == NULL)
    return NULL;
  sheet = g_new0 (WdCitySheet, 1);
  g_mutex_init (&sheet->lock);
  sheet->db = db;
  for (int i = 0; i < N_STATEMENTS; i++)
    if (!check (db, sqlite3_prepare_v3 (db, statement_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &sheet->statements[i], NULL), error))
      {
        wd_city_sheet_free (sheet);
        return NULL;
      }
  return sheet;
}

void
wd_city_sheet_free (WdCitySheet *sheet)
{
  if (sheet == NULL)
    return;
  for (int i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (sheet->statements[i]);
  sqlite3_close (sheet->db);
  g_mutex_clear (&sheet->lock);
  g_free (sheet);
}

/* MBTiles counts rows from the south. */
static void
bind_place (sqlite3_stmt *statement,
            int           zoom,
            int           x,
            int           y)
{
  sqlite3_bind_int (statement, 1, zoom);
  sqlite3_bind_int (statement, 2, x);
  sqlite3_bind_int (statement, 3, (1 << zoom) - 1 - y);
}

GBytes *
wd_city_sheet_get (WdCitySheet *sheet,
                   int          zoom,
                   int          x,
                   int          y)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sheet->lock);
  sqlite3_stmt            *get = sheet->statements[GET];
  GBytes                  *tile = NULL;

  bind_place (get, zoom, x, y);
  if (sqlite3_step (get) == SQLITE_ROW)
    tile = g_bytes_new (sqlite3_column_blob (get, 0), (gsize)sqlite3_column_bytes (get, 0));
  sqlite3_reset (get);
  return tile;
}

static int
run (sqlite3_stmt *statement)
{
  int status = sqlite3_step (statement);

  sqlite3_reset (statement);
  return status;
}

static int
put_tile (WdCitySheet *sheet,
          int          zoom,
          int          x,
          int          y,
          GBytes      *tile)
{
  g_autofree char *id = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, tile);
  sqlite3_stmt    *image = sheet->statements[PUT_IMAGE];
  sqlite3_stmt    *place = sheet->statements[PUT_PLACE];
  gsize            size;
  const void      *data = g_bytes_get_data (tile, &size);
  int              status;

  sqlite3_bind_text (image, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_blob64 (image, 2, data, size, SQLITE_STATIC);
  bind_place (place, zoom, x, y);
  sqlite3_bind_text (place, 4, id, -1, SQLITE_STATIC);
  status = run (image);
  if (status == SQLITE_DONE)
    status = run (place);
  sqlite3_clear_bindings (image);
  sqlite3_clear_bindings (place);
  return status;
}

gboolean
wd_city_sheet_put (WdCitySheet   *sheet,
                   int            zoom,
                   int            x,
                   int            y,
                   int            side,
                   GBytes *const *tiles,
                   GError       **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sheet->lock);
  int                      status = run (sheet->statements[BEGIN]);

  for (int i = 0; i < side * side && status == SQLITE_DONE; i++)
    status = put_tile (sheet, zoom, x + i % side, y + i / side, tiles[i]);
  if (status == SQLITE_DONE)
    status = run (sheet->statements[COMMIT]);
  if (check (sheet->db, status, error))
    return TRUE;
  if (!sqlite3_get_autocommit (sheet->db))
    run (sheet->statements[ROLLBACK]);
  return FALSE;
}
