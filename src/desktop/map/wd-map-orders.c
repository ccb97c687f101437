/* wd-map-orders.c — the orders that the map's layer holds, by index and by id, with their clusters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-orders.h"

#include <math.h>

struct _WdMapOrders
{
  GArray     *orders; /* WdMapOrder; category and crew interned */
  GArray     *points; /* WdClusterPoint, one for each */
  GHashTable *index;  /* id, owned by the order -> index */
  WdClusters *clusters;
  int         zoom; /* of the clusters … */
  double      text; /* … and the size of text that they leave room for */
};

WdMapOrders *
wd_map_orders_new (void)
{
  WdMapOrders *self = g_new0 (WdMapOrders, 1);

  self->orders = g_array_new (FALSE, FALSE, sizeof (WdMapOrder));
  self->points = g_array_new (FALSE, FALSE, sizeof (WdClusterPoint));
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
wd_map_orders_clear (WdMapOrders *self)
{
  g_hash_table_remove_all (self->index);
  for (guint i = 0; i < self->orders->len; i++)
    g_free ((char *)g_array_index (self->orders, WdMapOrder, i).id);
  g_array_set_size (self->orders, 0);
  g_array_set_size (self->points, 0);
  g_clear_pointer (&self->clusters, wd_clusters_free);
}

void
wd_map_orders_free (WdMapOrders *self)
{
  if (self == NULL)
    return;
  wd_map_orders_clear (self);
  g_array_unref (self->orders);
  g_array_unref (self->points);
  g_hash_table_unref (self->index);
  g_free (self);
}

int
wd_map_orders_find (const WdMapOrders *self,
                    const char        *id)
{
  gpointer index;

  if (id == NULL || !g_hash_table_lookup_extended (self->index, id, NULL, &index))
    return -1;
  return GPOINTER_TO_INT (index);
}

void
wd_map_orders_remove (WdMapOrders *self,
                      const char  *id)
{
  int   index = wd_map_orders_find (self, id);
  guint last = self->orders->len - 1;
  char *owned;

  if (index < 0)
    return;
  owned = (char *)g_array_index (self->orders, WdMapOrder, index).id;
  g_hash_table_remove (self->index, owned);
  g_array_remove_index_fast (self->orders, (guint)index);
  g_array_remove_index_fast (self->points, (guint)index);
  if ((guint)index != last)
    g_hash_table_insert (self->index, (gpointer)g_array_index (self->orders, WdMapOrder, index).id, GINT_TO_POINTER (index));
  g_free (owned);
  g_clear_pointer (&self->clusters, wd_clusters_free);
}

void
wd_map_orders_put (WdMapOrders      *self,
                   const WdMapOrder *order)
{
  WdMapOrder     copy = *order;
  WdClusterPoint point = { .urgency = order->state.urgency };
  int            index = wd_map_orders_find (self, order->id);

  if (!isfinite (order->point.lon) || !isfinite (order->point.lat))
    {
      wd_map_orders_remove (self, order->id);
      return;
    }

  point.at = wd_mercator_from_point (order->point);
  copy.category = g_intern_string (order->category);
  copy.crew = g_intern_string (order->crew);
  g_clear_pointer (&self->clusters, wd_clusters_free);
  if (index >= 0)
    {
      copy.id = g_array_index (self->orders, WdMapOrder, index).id;
      g_array_index (self->orders, WdMapOrder, index) = copy;
      g_array_index (self->points, WdClusterPoint, index) = point;
      return;
    }
  copy.id = g_strdup (order->id);
  g_hash_table_insert (self->index, (gpointer)copy.id, GINT_TO_POINTER ((int)self->orders->len));
  g_array_append_val (self->orders, copy);
  g_array_append_val (self->points, point);
}

guint
wd_map_orders_get_n (const WdMapOrders *self)
{
  return self->orders->len;
}

const WdMapOrder *
wd_map_orders_get (const WdMapOrders *self,
                   guint              index)
{
  return &g_array_index (self->orders, WdMapOrder, index);
}

const WdClusterPoint *
wd_map_orders_get_points (const WdMapOrders *self)
{
  return (const WdClusterPoint *)(const void *)self->points->data;
}

const WdClusters *
wd_map_orders_cluster (WdMapOrders *self,
                       int          zoom,
                       double       text)
{
  if (self->clusters == NULL || self->zoom != zoom || self->text != text)
    {
      wd_clusters_free (self->clusters);
      self->clusters = wd_clusters_new (wd_map_orders_get_points (self), self->points->len, zoom, WD_MAP_CELL * text, WD_MAP_APART * text);
      self->zoom = zoom;
      self->text = text;
    }
  return self->clusters;
}

int
wd_map_orders_compare (const WdMapOrders *self,
                       guint              a,
                       guint              b)
{
  const WdMapOrder *one = wd_map_orders_get (self, a);
  const WdMapOrder *other = wd_map_orders_get (self, b);

  if (one->state.urgency != other->state.urgency)
    return one->state.urgency > other->state.urgency ? -1 : 1;
  if (one->due != other->due)
    return other->due == 0 || (one->due != 0 && one->due < other->due) ? -1 : 1;
  return g_strcmp0 (one->id, other->id);
}
