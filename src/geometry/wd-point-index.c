/* wd-point-index.c — very many points, and which of them lie in an area or near a place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-point-index.h"

#include "wd-area-sift.h"
#include "wd-mercator.h"

#include <math.h>

#define SIDE 0.002 /* of a cell, degrees: some 200 m, a few dozen accounts of a city */
#define SLACK 1e-9 /* degrees: more than the border's width and what rounding does to a cell's corners */
#define COLUMNS 18 /* bits: more columns and rows than the earth has */

typedef struct
{
  WdPoint  at;
  gpointer what;
} Entry;

typedef struct
{
  gint64 key; /* first: the table hashes it */
  guint  n;
  guint  size;
  Entry *entries;
} Cell;

struct _WdPointIndex
{
  GHashTable *cells; /* of Cell, none empty */
  guint       n;
};

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_free (cell->entries);
  g_free (cell);
}

WdPointIndex *
wd_point_index_new (void)
{
  WdPointIndex *self = g_new0 (WdPointIndex, 1);

  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, cell_free);
  return self;
}

void
wd_point_index_free (WdPointIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->cells);
  g_free (self);
}

/* ---- the grid ---- */

static gint64
column_of (double lon)
{
  return (gint64)floor ((CLAMP (lon, -180, 180) + 180) / SIDE);
}

static gint64
row_of (double lat)
{
  return (gint64)floor ((CLAMP (lat, -90, 90) + 90) / SIDE);
}

static gint64
key_of (gint64 column, gint64 row)
{
  return row << COLUMNS | column;
}

static void
corners_of (const Cell *cell, WdPoint *low, WdPoint *high)
{
  gint64 row = cell->key >> COLUMNS, column = cell->key & ((1 << COLUMNS) - 1);

  *low = (WdPoint){ (double)column * SIDE - 180 - SLACK, (double)row * SIDE - 90 - SLACK };
  *high = (WdPoint){ (double)(column + 1) * SIDE - 180 + SLACK, (double)(row + 1) * SIDE - 90 + SLACK };
}

static Cell *
cell_at (const WdPointIndex *self, WdPoint point)
{
  gint64 key = key_of (column_of (point.lon), row_of (point.lat));

  return g_hash_table_lookup (self->cells, &key);
}

void
wd_point_index_add (WdPointIndex *self,
                    WdPoint       point,
                    gpointer      what)
{
  Cell *cell;

  g_return_if_fail (wd_point_is_set (&point));
  cell = cell_at (self, point);
  if (cell == NULL)
    {
      cell = g_new0 (Cell, 1);
      cell->key = key_of (column_of (point.lon), row_of (point.lat));
      g_hash_table_insert (self->cells, &cell->key, cell);
    }
  if (cell->n == cell->size)
    {
      cell->size += MAX (4, cell->size / 4);
      cell->entries = g_renew (Entry, cell->entries, cell->size);
    }
  cell->entries[cell->n++] = (Entry){ point, what };
  self->n++;
}

gboolean
wd_point_index_remove (WdPointIndex *self,
                       WdPoint       point,
                       gconstpointer what)
{
  Cell *cell = cell_at (self, point);

  for (guint i = 0; cell != NULL && i < cell->n; i++)
    {
      const Entry *entry = &cell->entries[i];

      if (entry->at.lon != point.lon || entry->at.lat != point.lat || entry->what != what)
        continue;
      cell->entries[i] = cell->entries[--cell->n];
      self->n--;
      if (cell->n == 0)
        g_hash_table_remove (self->cells, &cell->key);
      return TRUE;
    }
  return FALSE;
}

guint
wd_point_index_get_n (const WdPointIndex *self)
{
  return self->n;
}

/* ---- questions ---- */

typedef void (*CellFunc) (const Cell *cell, gpointer data);

/* All cells that come into the box; by the box or by the cells there are, whichever are fewer. */
static void
each_cell (const WdPointIndex *self, WdPoint low, WdPoint high, CellFunc func, gpointer data)
{
  gint64         west = column_of (low.lon), east = column_of (high.lon);
  gint64         south = row_of (low.lat), north = row_of (high.lat);
  GHashTableIter iter;
  gpointer       cell;

  if ((east - west + 1) * (north - south + 1) <= g_hash_table_size (self->cells))
    {
      for (gint64 row = south; row <= north; row++)
        for (gint64 column = west; column <= east; column++)
          {
            gint64 key = key_of (column, row);

            if ((cell = g_hash_table_lookup (self->cells, &key)) != NULL)
              func (cell, data);
          }
      return;
    }
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    {
      gint64 key = ((const Cell *)cell)->key;
      gint64 row = key >> COLUMNS, column = key & ((1 << COLUMNS) - 1);

      if (row >= south && row <= north && column >= west && column <= east)
        func (cell, data);
    }
}

static void
take_box (const Cell *cell, gpointer boxes)
{
  WdSiftBox box = { .what = cell };

  corners_of (cell, &box.low, &box.high);
  g_array_append_val ((GArray *)boxes, box);
}

typedef struct
{
  guint      n;
  GPtrArray *found; /* (nullable): where they are only counted */
} Inside;

static void
look_into (gconstpointer what, const WdSift *sift, gpointer data)
{
  const Cell *cell = what;
  Inside     *inside = data;

  if (wd_sift_is_even (sift))
    {
      if (!wd_sift_contains (sift, cell->entries[0].at))
        return;
      inside->n += cell->n;
      for (guint i = 0; inside->found != NULL && i < cell->n; i++)
        g_ptr_array_add (inside->found, cell->entries[i].what);
      return;
    }
  for (guint i = 0; i < cell->n; i++)
    if (wd_sift_contains (sift, cell->entries[i].at))
      {
        inside->n++;
        if (inside->found != NULL)
          g_ptr_array_add (inside->found, cell->entries[i].what);
      }
}

static guint
look (const WdPointIndex *self, const WdArea *area, GPtrArray *found)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (WdSiftBox));
  Inside             inside = { 0, found };
  WdPoint            low, high;

  if (!wd_area_get_bounds (area, &low, &high))
    return 0;
  each_cell (self, (WdPoint){ low.lon - SLACK, low.lat - SLACK }, (WdPoint){ high.lon + SLACK, high.lat + SLACK }, take_box, boxes);
  wd_area_sift (area, (WdSiftBox *)(gpointer)boxes->data, boxes->len, look_into, &inside);
  return inside.n;
}

guint
wd_point_index_count (const WdPointIndex *self,
                      const WdArea       *area)
{
  return look (self, area, NULL);
}

GPtrArray *
wd_point_index_find (const WdPointIndex *self,
                     const WdArea       *area)
{
  GPtrArray *found = g_ptr_array_new ();

  look (self, area, found);
  return found;
}

/* ---- near a place ---- */

typedef struct
{
  WdPoint point;
  double  metres;
  GArray *found;
} Around;

static void
look_around (const Cell *cell, gpointer data)
{
  Around *around = data;

  for (guint i = 0; i < cell->n; i++)
    {
      WdNear near = { cell->entries[i].what, wd_point_distance (around->point, cell->entries[i].at) };

      if (near.metres <= around->metres)
        g_array_append_val (around->found, near);
    }
}

static int
compare_near (gconstpointer a, gconstpointer b)
{
  double x = ((const WdNear *)a)->metres, y = ((const WdNear *)b)->metres;

  return (x > y) - (x < y);
}

GArray *
wd_point_index_find_near (const WdPointIndex *self,
                          WdPoint             point,
                          double              metres)
{
  Around around = { point, metres, g_array_new (FALSE, FALSE, sizeof (WdNear)) };
  double lat = metres / WD_EARTH_RADIUS_M * 180 / G_PI * 1.001;
  double shrunk = cos (MIN (fabs (point.lat) + lat, 90) * G_PI / 180);
  double lon = shrunk > lat / 180 ? lat / shrunk : 180;

  each_cell (self, (WdPoint){ point.lon - lon, point.lat - lat }, (WdPoint){ point.lon + lon, point.lat + lat }, look_around, &around);
  g_array_sort (around.found, compare_near);
  return around.found;
}
