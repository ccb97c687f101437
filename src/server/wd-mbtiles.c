/* wd-mbtiles.c — map tiles out of an MBTiles 1.3 file of whatever origin
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-mbtiles.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

/* A look-up with an index takes some hundred steps; without one the whole
 * table is read, so this bounds the size of such a file. */
#define MAX_STEPS 50000000
#define STEPS_BETWEEN_LOOKS 10000
#define MAX_TEXT 1000

struct _WdMbtiles
{
  GMutex        lock;
  sqlite3      *db;
  sqlite3_stmt *get_tile;
  int           steps_left; /* in looks of the progress handler */
  WdMbtilesInfo info;
};

/* TRUE stops the statement. */
static int
count_steps (gpointer data)
{
  WdMbtiles *self = data;

  return --self->steps_left < 0;
}

static gboolean
check (WdMbtiles *self,
       int        status,
       GError   **error)
{
  if (status == SQLITE_OK || status == SQLITE_ROW || status == SQLITE_DONE)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a usable MBTiles file: %s",
               status == SQLITE_INTERRUPT ? "it takes too long to read" : sqlite3_errmsg (self->db));
  return FALSE;
}

static int
step (WdMbtiles    *self,
      sqlite3_stmt *statement)
{
  self->steps_left = MAX_STEPS / STEPS_BETWEEN_LOOKS;
  return sqlite3_step (statement);
}

/* Everything that the file could use against its reader is off or bounded
 * before its schema is first read. */
static gboolean
open_guarded (WdMbtiles  *self,
              const char *path,
              GError    **error)
{
  static const int limits[][2] = {
    { SQLITE_LIMIT_LENGTH, WD_MBTILES_MAX_TILE },
    { SQLITE_LIMIT_SQL_LENGTH, 10000 },
    { SQLITE_LIMIT_COLUMN, 100 },
    { SQLITE_LIMIT_EXPR_DEPTH, 20 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 10 },
    { SQLITE_LIMIT_VDBE_OP, 10000 },
    { SQLITE_LIMIT_FUNCTION_ARG, 10 },
    { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 10 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };
  int status = sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

  if (status == SQLITE_CANTOPEN)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no map file that can be opened");
      return FALSE;
    }
  if (!check (self, status, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (self->db, limits[i][0], limits[i][1]);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_progress_handler (self->db, STEPS_BETWEEN_LOOKS, count_steps, self);
  self->steps_left = MAX_STEPS / STEPS_BETWEEN_LOOKS;
  sqlite3_busy_timeout (self->db, 1000);
  return check (self, sqlite3_exec (self->db, "PRAGMA query_only = ON; PRAGMA cell_size_check = ON", NULL, NULL, NULL), error);
}

static const char *
sniff (const guint8 *data,
       gsize         size)
{
  if (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (size >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  return NULL;
}

/* The text of a metadata row, or NULL; files without that table have none. */
static char *
dup_metadata (WdMbtiles  *self,
              const char *name)
{
  sqlite3_stmt *statement = NULL;
  char         *value = NULL;

  if (sqlite3_prepare_v2 (self->db, "SELECT value FROM metadata WHERE name = ?1", -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
      if (step (self, statement) == SQLITE_ROW)
        value = g_strdup ((const char *)sqlite3_column_text (statement, 0));
    }
  sqlite3_finalize (statement);
  return value;
}

/* Readable and short, without mark-up: it comes to stand on every desk. */
static char *
dup_plain (WdMbtiles  *self,
           const char *name,
           const char *otherwise)
{
  g_autofree char    *value = dup_metadata (self, name);
  g_autofree char    *valid = value ? g_utf8_make_valid (value, -1) : g_strdup ("");
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean            inside = FALSE;

  for (const char *s = valid; *s != '\0' && plain->len < MAX_TEXT; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (c == '<')
        inside = TRUE;
      else if (c == '>' && inside)
        inside = FALSE;
      else if (!inside && !g_unichar_iscntrl (c))
        g_string_append_unichar (plain, c);
    }
  g_strstrip (plain->str);
  return g_strdup (plain->str[0] != '\0' ? plain->str : otherwise);
}

static gboolean
read_zoom (WdMbtiles  *self,
           const char *name,
           int        *zoom)
{
  g_autofree char *text = dup_metadata (self, name);
  guint64          value;

  if (text == NULL || !g_ascii_string_to_unsigned (g_strstrip (text), 10, 0, WD_MBTILES_MAX_ZOOM, &value, NULL))
    return FALSE;
  *zoom = (int)value;
  return TRUE;
}

static gboolean
read_bounds (WdMbtiles *self)
{
  g_autofree char *text = dup_metadata (self, "bounds");
  g_auto (GStrv)   parts = text ? g_strsplit (text, ",", 5) : NULL;
  double           edges[4];

  if (parts == NULL || g_strv_length (parts) != 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      char *end;

      edges[i] = g_ascii_strtod (g_strstrip (parts[i]), &end);
      if (end == parts[i] || *end != '\0' || !isfinite (edges[i]) || fabs (edges[i]) > (i % 2 ? 90 : 180))
        return FALSE;
    }
  if (edges[0] >= edges[2] || edges[1] >= edges[3])
    return FALSE;
  self->info.west = edges[0];
  self->info.south = edges[1];
  self->info.east = edges[2];
  self->info.north = edges[3];
  return TRUE;
}

static double
latitude (double y) /* 0 in the north, 1 in the south */
{
  return atan (sinh (G_PI * (1 - 2 * y))) * 180 / G_PI;
}

static gboolean
measure_zooms (WdMbtiles *self,
               GError   **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean      ok = check (self, sqlite3_prepare_v2 (self->db, "SELECT min(zoom_level), max(zoom_level) FROM tiles", -1, &statement, NULL), error) &&
                check (self, step (self, statement), error);

  if (ok)
    {
      self->info.min_zoom = CLAMP (sqlite3_column_int (statement, 0), 0, WD_MBTILES_MAX_ZOOM);
      self->info.max_zoom = CLAMP (sqlite3_column_int (statement, 1), 0, WD_MBTILES_MAX_ZOOM);
    }
  sqlite3_finalize (statement);
  return ok;
}

/* The edges of the tiles of the highest zoom; the world where that says nothing. */
static gboolean
measure_bounds (WdMbtiles *self,
                GError   **error)
{
  static const char sql[] =
      "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row) FROM tiles WHERE zoom_level = ?1";
  WdMbtilesInfo *info = &self->info;
  sqlite3_stmt  *statement = NULL;
  double         n = (double)(1 << info->max_zoom);
  gboolean       ok = check (self, sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL), error);

  if (ok)
    {
      sqlite3_bind_int (statement, 1, info->max_zoom);
      ok = check (self, step (self, statement), error);
    }
  if (ok)
    {
      info->west = CLAMP (sqlite3_column_int (statement, 0) / n, 0, 1) * 360 - 180;
      info->east = CLAMP ((sqlite3_column_int (statement, 1) + 1.0) / n, 0, 1) * 360 - 180;
      info->south = latitude (CLAMP (1 - sqlite3_column_int (statement, 2) / n, 0, 1));
      info->north = latitude (CLAMP (1 - (sqlite3_column_int (statement, 3) + 1.0) / n, 0, 1));
      if (sqlite3_column_type (statement, 0) == SQLITE_NULL || info->west >= info->east || info->south >= info->north)
        {
          info->west = -180;
          info->east = 180;
          info->south = latitude (1);
          info->north = latitude (0);
        }
    }
  sqlite3_finalize (statement);
  return ok;
}

/* Some tile decides what they are, not what the file claims. */
static gboolean
read_format (WdMbtiles *self,
             GError   **error)
{
  g_autofree char *claimed = dup_plain (self, "format", "unknown");
  sqlite3_stmt    *statement = NULL;
  const char      *type = NULL;
  int              status = sqlite3_prepare_v2 (self->db, "SELECT tile_data FROM tiles WHERE length (tile_data) > 0 LIMIT 1", -1, &statement, NULL);

  if (status == SQLITE_OK)
    status = step (self, statement);
  if (check (self, status, error))
    {
      if (status == SQLITE_ROW)
        {
          const guint8 *data = sqlite3_column_blob (statement, 0); /* before its size: it may convert */

          type = sniff (data, (gsize)sqlite3_column_bytes (statement, 0));
        }
      if (type == NULL && status == SQLITE_ROW)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "only PNG and JPEG tiles can be shown, these are: %s", claimed);
      else if (type == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the map file holds no tiles");
    }
  sqlite3_finalize (statement);
  self->info.content_type = g_strdup (type);
  return type != NULL;
}

static char *
dup_datum (WdMbtiles *self)
{
  static const char *const known[] = { "WGS-84", "CGCS2000", "GCJ-02" };
  g_autofree char         *said = dup_metadata (self, "datum");

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (said != NULL && g_ascii_strcasecmp (g_strstrip (said), known[i]) == 0)
      return g_strdup (known[i]);
  return g_strdup ("WGS-84");
}

static gboolean
read_info (WdMbtiles *self,
           GError   **error)
{
  gboolean has_zooms;

  if (!read_format (self, error))
    return FALSE;
  self->info.name = dup_plain (self, "name", "");
  self->info.attribution = dup_plain (self, "attribution", "");
  self->info.datum = dup_datum (self);
  has_zooms = read_zoom (self, "minzoom", &self->info.min_zoom) && read_zoom (self, "maxzoom", &self->info.max_zoom) &&
              self->info.min_zoom <= self->info.max_zoom;
  return (has_zooms || measure_zooms (self, error)) && (read_bounds (self) || measure_bounds (self, error));
}

WdMbtiles *
wd_mbtiles_open (const char *path,
                 GError    **error)
{
  static const char get_sql[] =
      "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3 LIMIT 1";
  WdMbtiles *self = g_new0 (WdMbtiles, 1);

  g_mutex_init (&self->lock);
  if (!open_guarded (self, path, error) ||
      !check (self, sqlite3_prepare_v3 (self->db, get_sql, -1, SQLITE_PREPARE_PERSISTENT, &self->get_tile, NULL), error) ||
      !read_info (self, error))
    g_clear_pointer (&self, wd_mbtiles_free);
  return self;
}

void
wd_mbtiles_free (WdMbtiles *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->get_tile);
  sqlite3_close (self->db);
  g_mutex_clear (&self->lock);
  g_free (self->info.name);
  g_free (self->info.attribution);
  g_free (self->info.datum);
  g_free (self->info.content_type);
  g_free (self);
}

const WdMbtilesInfo *
wd_mbtiles_get_info (WdMbtiles *self)
{
  return &self->info;
}

GBytes *
wd_mbtiles_read (WdMbtiles   *self,
                 int          zoom,
                 int          x,
                 int          y,
                 const char **content_type,
                 GError     **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  GBytes                  *tile = NULL;
  int                      status;

  if (zoom < 0 || zoom > WD_MBTILES_MAX_ZOOM || x < 0 || y < 0 || x >= 1 << zoom || y >= 1 << zoom)
    return NULL;
  locker = g_mutex_locker_new (&self->lock);
  sqlite3_bind_int (self->get_tile, 1, zoom);
  sqlite3_bind_int (self->get_tile, 2, x);
  sqlite3_bind_int (self->get_tile, 3, (1 << zoom) - 1 - y); /* rows are counted from the south there */
  status = step (self, self->get_tile);
  if (check (self, status, error) && status == SQLITE_ROW)
    {
      const guint8 *data = sqlite3_column_blob (self->get_tile, 0);
      gsize         size = (gsize)sqlite3_column_bytes (self->get_tile, 0);
      const char   *type = sniff (data, size);

      if (type != NULL)
        tile = g_bytes_new (data, size);
      else if (size > 0)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a tile of the map file is neither PNG nor JPEG");
      if (content_type != NULL)
        *content_type = type;
    }
  sqlite3_reset (self->get_tile);
  return tile;
}
