/* wd-streets.c — streets as lines, that an area is drawn along
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-streets.h"

#include "wd-json.h"

#include <math.h>

#define ANSWER_MOST 2000
#define SWEEP_SLICE "400"

/* clang-format off */
static const WdStatement list_lines = { "streets-list",
  "SELECT name, line FROM street_editions JOIN street_lines ON edition = id WHERE state = 'current'" };
static const WdStatement add_edition = { "streets-add-edition",
  "INSERT INTO street_editions (id, state) VALUES ($1, 'staging')" };
static const WdStatement put_line = { "streets-put",
  "INSERT INTO street_lines (edition, place, name, line, west, east, south, north) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)" };
static const WdStatement end_current = { "streets-end", "UPDATE street_editions SET state = 'past' WHERE state = 'current'" };
static const WdStatement make_current = { "streets-enforce", "UPDATE street_editions SET state = 'current' WHERE id = $1" };
static const WdStatement end_one = { "streets-give-up", "UPDATE street_editions SET state = 'past' WHERE id = $1 AND state = 'staging'" };
static const WdStatement end_staged = { "streets-give-up-all", "UPDATE street_editions SET state = 'past' WHERE state = 'staging'" };
static const WdStatement find_past = { "streets-past", "SELECT id FROM street_editions WHERE state = 'past' LIMIT 1" };
static const WdStatement drop_some = { "streets-drop-some",
  "DELETE FROM street_lines WHERE edition = $1 AND place IN "
  "(SELECT place FROM street_lines WHERE edition = $1 ORDER BY place LIMIT " SWEEP_SLICE ")" };
static const WdStatement drop_edition = { "streets-drop-edition",
  "DELETE FROM street_editions WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM street_lines WHERE edition = $1)" };
static const WdStatement find_lines = { "streets-find",
  "SELECT name, line FROM street_editions JOIN street_lines ON edition = id WHERE state = 'current' "
  "AND west <= $1 AND east >= $2 AND south <= $3 AND north >= $4 LIMIT 2001" };
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

gboolean
wd_streets_compare (WdStore *store, const WdStreets *self, guint *changed, GError **error)
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
wd_streets_stage (WdStore *store, const WdStreets *self, const char *edition, guint first, guint n, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();

  if (first == 0)
    wd_batch_add (batch, &add_edition, "t", edition);
  for (guint i = first; i < MIN (first + n, self->lines->len); i++)
    {
      const Street *street = &g_array_index (self->lines, Street, i);

      wd_batch_add (batch, &put_line, "tittrrrr", edition, (gint64)i, street->name, street->line, street->low.lon, street->high.lon, street->low.lat, street->high.lat);
    }
  return wd_store_run (store, batch, NULL, error);
}

gboolean
wd_streets_enforce (WdStore *store, const char *edition, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();

  wd_batch_add (batch, &end_current, "");
  wd_batch_add (batch, &make_current, "t", edition);
  return wd_store_run (store, batch, NULL, error);
}

gboolean
wd_streets_give_up (WdStore *store, const char *edition, GError **error)
{
  g_autoptr (WdBatch) batch = wd_batch_new ();

  if (edition != NULL)
    wd_batch_add (batch, &end_one, "t", edition);
  else
    wd_batch_add (batch, &end_staged, "");
  return wd_store_run (store, batch, NULL, error);
}

gboolean
wd_streets_sweep (WdStore *store, gboolean *done, GError **error)
{
  g_autoptr (WdRows)  past = wd_store_query (store, &find_past, error, "");
  g_autoptr (WdBatch) batch = wd_batch_new ();

  if (past == NULL)
    return FALSE;
  *done = wd_rows_count (past) == 0;
  if (*done)
    return TRUE;
  wd_batch_add (batch, &drop_some, "t", wd_rows_text (past, 0, 0, NULL));
  wd_batch_add (batch, &drop_edition, "t", wd_rows_text (past, 0, 0, NULL));
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
