/* wd-streets.c — streets as lines, that an area is drawn along
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-streets.h"

#include "wd-json.h"

#include <math.h>

#define ANSWER_MOST 2000

/* clang-format off */
static const WdStatement list_lines = { "streets-list", "SELECT name, line FROM street_lines" };
static const WdStatement drop_lines = { "streets-drop", "DELETE FROM street_lines" };
static const WdStatement put_line = { "streets-put",
  "INSERT INTO street_lines (id, name, line, west, east, south, north) VALUES ($1, $2, $3, $4, $5, $6, $7)" };
static const WdStatement find_lines = { "streets-find",
  "SELECT name, line FROM street_lines WHERE west <= $1 AND east >= $2 AND south <= $3 AND north >= $4 LIMIT 2001" };
/* clang-format on */

typedef struct
{
  char   *name;
  char   *line; /* as the store has it */
  WdPoint low, high;
} Street;

struct _WdStreets
{
  GArray *lines; /* Street */
};

static void
clear_street (gpointer data)
{
  Street *street = data;

  g_free (street->name);
  g_free (street->line);
}

WdStreets *
wd_streets_new (void)
{
  WdStreets *self = g_new0 (WdStreets, 1);

  self->lines = g_array_new (FALSE, FALSE, sizeof (Street));
  g_array_set_clear_func (self->lines, clear_street);
  return self;
}

void
wd_streets_free (WdStreets *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->lines);
  g_free (self);
}

void
wd_streets_add (WdStreets *self, const char *name, const WdPoint *points, guint n_points)
{
  Street   street = { g_strdup (name), NULL, { INFINITY, INFINITY }, { -INFINITY, -INFINITY } };
  GString *line = g_string_new ("[");

  g_return_if_fail (n_points >= 2);
  for (guint i = 0; i < n_points; i++)
    {
      street.low = (WdPoint){ MIN (street.low.lon, points[i].lon), MIN (street.low.lat, points[i].lat) };
      street.high = (WdPoint){ MAX (street.high.lon, points[i].lon), MAX (street.high.lat, points[i].lat) };
      g_string_append (line, i > 0 ? ",[" : "[");
      wd_json_append_real (line, points[i].lon);
      g_string_append_c (line, ',');
      wd_json_append_real (line, points[i].lat);
      g_string_append_c (line, ']');
    }
  g_string_append_c (line, ']');
  street.line = g_string_free (line, FALSE);
  g_array_append_val (self->lines, street);
}

guint
wd_streets_count (const WdStreets *self)
{
  return self->lines->len;
}

/* ---- into the store ---- */

static char *
key_of (const char *name, const char *line)
{
  return g_strconcat (name, "\n", line, NULL);
}

/* New ones, and those that are gone. */
static gboolean
count_changes (WdStore *store, const WdStreets *self, guint *changed, GError **error)
{
  g_autoptr (WdRows)     before = wd_store_query (store, &list_lines, error, "");
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (before == NULL)
    return FALSE;
  for (guint i = 0; i < wd_rows_count (before); i++)
    g_hash_table_add (gone, key_of (wd_rows_text (before, i, 0, NULL), wd_rows_text (before, i, 1, NULL)));
  *changed = 0;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Street    *street = &g_array_index (self->lines, Street, i);
      g_autofree char *key = key_of (street->name, street->line);

      if (!g_hash_table_remove (gone, key))
        (*changed)++;
    }
  *changed += g_hash_table_size (gone);
  return TRUE;
}

gboolean
wd_streets_put (WdStore *store, const WdStreets *self, guint *changed, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();

  if (!count_changes (store, self, changed, error))
    return FALSE;
  if (*changed == 0)
    return TRUE;
  wd_batch_add (batch, &drop_lines, "");
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Street *street = &g_array_index (self->lines, Street, i);

      wd_batch_add (batch, &put_line, "ittrrrr", (gint64)i, street->name, street->line, street->low.lon, street->high.lon, street->low.lat, street->high.lat);
    }
  return wd_store_run (store, batch, NULL, error);
}

/* ---- out of it ---- */

GString *
wd_streets_in_box (WdStore *store, const WdPoint *south_west, const WdPoint *north_east, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (store, &find_lines, error, "rrrr", north_east->lon, south_west->lon, north_east->lat, south_west->lat);
  GString           *json;

  if (rows == NULL)
    return NULL;
  json = g_string_new ("{\"streets\":[");
  for (guint i = 0; i < MIN (wd_rows_count (rows), ANSWER_MOST); i++)
    {
      g_string_append (json, i > 0 ? ",{\"name\":" : "{\"name\":");
      wd_json_append_text (json, wd_rows_text (rows, i, 0, NULL));
      g_string_append_printf (json, ",\"line\":%s}", wd_rows_text (rows, i, 1, NULL));
    }
  return g_string_append (json, wd_rows_count (rows) > ANSWER_MOST ? "],\"more\":true}" : "],\"more\":false}");
}
