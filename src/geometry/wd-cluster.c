/* wd-cluster.c — many points gathered into what a map of one zoom can show
 *
 * First a hash of grid cells, then each cell whose centre of gravity lies too near that of a
 * fuller neighbour leans on it, then the members are laid out by counting.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-cluster.h"

#include <math.h>

#define NOWHERE G_MAXUINT32

typedef struct
{
  gint32  x, y;
  double  sum_x, sum_y;
  guint32 count;
  guint32 parent; /* the cell that it leans on, or itself */
} Cell;

/* Open addressing over the cells; slots hold indices into the array. */
typedef struct
{
  GArray  *cells;
  guint32 *slots;
  guint32  mask;
  double   scale; /* cells along one side of the world */
} Grid;

struct _WdClusters
{
  GArray *clusters;
  guint  *members;
};

static guint32
hash_cell (gint32 x,
           gint32 y)
{
  guint64 h = ((guint64)(guint32)x << 32 | (guint32)y) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  return h >> 32;
}

static void
grid_init (Grid  *grid,
           int    zoom,
           double cell)
{
  grid->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  grid->mask = 255;
  grid->slots = g_new (guint32, grid->mask + 1);
  memset (grid->slots, 0xFF, (grid->mask + 1) * sizeof (guint32));
  grid->scale = ldexp (256.0, zoom) / cell;
}

static void
grid_clear (Grid *grid)
{
  g_array_unref (grid->cells);
  g_free (grid->slots);
}

/* The slot that holds the cell, or the empty one where it would be. */
static guint32
grid_slot (const Grid *grid,
           gint32      x,
           gint32      y)
{
  guint32 slot = hash_cell (x, y) & grid->mask;

  while (grid->slots[slot] != NOWHERE)
    {
      const Cell *cell = &g_array_index (grid->cells, Cell, grid->slots[slot]);

      if (cell->x == x && cell->y == y)
        break;
      slot = (slot + 1) & grid->mask;
    }
  return slot;
}

static void
grid_grow (Grid *grid)
{
  grid->mask = grid->mask * 4 + 3;
  g_free (grid->slots);
  grid->slots = g_new (guint32, grid->mask + 1);
  memset (grid->slots, 0xFF, (grid->mask + 1) * sizeof (guint32));

  for (guint32 i = 0; i < grid->cells->len; i++)
    {
      const Cell *cell = &g_array_index (grid->cells, Cell, i);

      grid->slots[grid_slot (grid, cell->x, cell->y)] = i;
    }
}

static guint32
grid_add (Grid      *grid,
          WdMercator at)
{
  gint32  x = (gint32)floor (at.x * grid->scale);
  gint32  y = (gint32)floor (at.y * grid->scale);
  guint32 slot = grid_slot (grid, x, y);
  guint32 index = grid->slots[slot];
  Cell   *cell;

  if (index == NOWHERE)
    {
      Cell fresh = { .x = x, .y = y, .parent = grid->cells->len };

      index = grid->cells->len;
      grid->slots[slot] = index;
      g_array_append_val (grid->cells, fresh);
      if (grid->cells->len * 2 > grid->mask)
        grid_grow (grid);
    }

  cell = &g_array_index (grid->cells, Cell, index);
  cell->sum_x += at.x;
  cell->sum_y += at.y;
  cell->count++;
  return index;
}

/* The fuller takes the other in; of equals the one to the north-west.  The order in which points
 * came does not show. */
static gboolean
is_fuller (const Cell *one,
           const Cell *other)
{
  if (one->count != other->count)
    return one->count > other->count;
  return one->y != other->y ? one->y < other->y : one->x < other->x;
}

static double
measure_gap (const Cell *one,
             const Cell *other)
{
  return hypot (one->sum_x / one->count - other->sum_x / other->count,
                one->sum_y / one->count - other->sum_y / other->count);
}

/* Lets the emptier of two cells lean on the other, unless it leans on a fuller one already. */
static void
lean (Cell   *cells,
      guint32 a,
      guint32 b)
{
  guint32 full = is_fuller (&cells[a], &cells[b]) ? a : b;
  Cell   *other = &cells[full == a ? b : a];

  if (is_fuller (&cells[full], &cells[other->parent]))
    other->parent = full;
}

static void
join_near_cells (Grid  *grid,
                 double limit)
{
  static const gint8 towards[4][2] = { { 1, 0 }, { -1, 1 }, { 0, 1 }, { 1, 1 } };
  Cell              *cells = (Cell *)(void *)grid->cells->data;

  for (guint32 i = 0; i < grid->cells->len; i++)
    for (int d = 0; d < 4; d++)
      {
        guint32 j = grid->slots[grid_slot (grid, cells[i].x + towards[d][0], cells[i].y + towards[d][1])];

        if (j != NOWHERE && measure_gap (&cells[i], &cells[j]) < limit)
          lean (cells, i, j);
      }
}

static guint32
find_root (const Grid *grid,
           guint32     index)
{
  const Cell *cells = (const Cell *)(const void *)grid->cells->data;

  while (cells[index].parent != index)
    index = cells[index].parent;
  return index;
}

static void
count_point (WdCluster            *cluster,
             const WdClusterPoint *points,
             guint                 index)
{
  const WdClusterPoint *point = &points[index];

  if (cluster->count == 0 || point->urgency > points[cluster->worst].urgency)
    cluster->worst = index;
  cluster->counts[point->urgency]++;
  cluster->count++;
  cluster->at.x += point->at.x;
  cluster->at.y += point->at.y;
}

/* Turns the cell of each point into its cluster, and lays the members out cluster by cluster. */
static void
gather (WdClusters           *self,
        Grid                 *grid,
        const WdClusterPoint *points,
        guint32              *cell_of,
        gsize                 n_points)
{
  g_autofree guint32 *cluster_of = g_new (guint32, grid->cells->len);
  g_autofree guint32 *filled = NULL;
  guint               next = 0;

  memset (cluster_of, 0xFF, grid->cells->len * sizeof (guint32));
  for (gsize i = 0; i < n_points; i++)
    {
      guint32 root = find_root (grid, cell_of[i]);

      if (cluster_of[root] == NOWHERE)
        {
          cluster_of[root] = self->clusters->len;
          g_array_set_size (self->clusters, self->clusters->len + 1);
        }
      cell_of[i] = cluster_of[root];
      count_point (&g_array_index (self->clusters, WdCluster, cell_of[i]), points, (guint)i);
    }

  filled = g_new0 (guint32, self->clusters->len);
  for (guint i = 0; i < self->clusters->len; i++)
    {
      WdCluster *cluster = &g_array_index (self->clusters, WdCluster, i);

      cluster->first = next;
      next += cluster->count;
      cluster->at.x /= cluster->count;
      cluster->at.y /= cluster->count;
    }
  for (gsize i = 0; i < n_points; i++)
    {
      const WdCluster *cluster = &g_array_index (self->clusters, WdCluster, cell_of[i]);

      self->members[cluster->first + filled[cell_of[i]]++] = (guint)i;
    }
}

WdClusters *
wd_clusters_new (const WdClusterPoint *points,
                 gsize                 n_points,
                 int                   zoom,
                 double                cell,
                 double                apart)
{
  WdClusters         *self = g_new0 (WdClusters, 1);
  g_autofree guint32 *cell_of = g_new (guint32, n_points);
  Grid                grid;

  g_return_val_if_fail (zoom >= 0 && zoom <= 24 && cell >= 4.0, NULL);

  self->clusters = g_array_new (FALSE, TRUE, sizeof (WdCluster));
  self->members = g_new (guint, n_points);
  if (n_points == 0)
    return self;

  grid_init (&grid, zoom, cell);
  for (gsize i = 0; i < n_points; i++)
    cell_of[i] = grid_add (&grid, points[i].at);
  if (apart > 0.0)
    join_near_cells (&grid, apart / ldexp (256.0, zoom));
  gather (self, &grid, points, cell_of, n_points);
  grid_clear (&grid);
  return self;
}

void
wd_clusters_free (WdClusters *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->clusters);
  g_free (self->members);
  g_free (self);
}

guint
wd_clusters_get_n (const WdClusters *self)
{
  return self->clusters->len;
}

const WdCluster *
wd_clusters_get (const WdClusters *self,
                 guint             index)
{
  g_return_val_if_fail (index < self->clusters->len, NULL);

  return &g_array_index (self->clusters, WdCluster, index);
}

const guint *
wd_clusters_members (const WdClusters *self,
                     guint             index)
{
  const WdCluster *cluster = wd_clusters_get (self, index);

  return cluster != NULL ? self->members + cluster->first : NULL;
}

int
wd_cluster_expansion_zoom (const WdClusterPoint *points,
                           const guint          *members,
                           gsize                 n_members,
                           int                   zoom,
                           int                   max_zoom,
                           double                cell,
                           double                apart)
{
  g_autofree WdClusterPoint *own = g_new (WdClusterPoint, n_members);

  for (gsize i = 0; i < n_members; i++)
    own[i] = points[members[i]];

  for (int z = zoom + 1; z <= max_zoom; z++)
    {
      g_autoptr (WdClusters) clusters = wd_clusters_new (own, n_members, z, cell, apart);

      if (wd_clusters_get_n (clusters) > 1)
        return z;
    }
  return max_zoom + 1;
}
