/* wd-map-spots.c — what of the layer's data is in view, where, and what lies under a point
 *
 * Laid out when it is asked for after something changed, not with each change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-layer-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define MARGIN 32.0      /* pixels outside the view from which a glyph still reaches in, for text as it was designed */
#define MAX_ORDERS 1800u /* glyphs; GTK's GL renderer gives up at some thousands of mixed ones */
#define MAX_ZOOM 22
#define CREW_ZOOM 14.0  /* from here on there is room below a symbol … */
#define CREW_BELOW 26.0 /* … so many pixels, both for text as it was designed */

void
wd_map_layer_invalidate (WdMapLayer *self)
{
  self->stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_in_view (WdMapLayer       *self,
            graphene_point_t *at)
{
  double margin = MARGIN * self->text;

  at->x = roundf (at->x);
  at->y = roundf (at->y);
  return (double)at->x > -margin && (double)at->x < self->camera.width + margin && (double)at->y > -margin && (double)at->y < self->camera.height + margin;
}

/* The clusters in view, at the map's zoom or the nearest coarser one that is not too many. */
static GArray *
find_clusters_in_view (WdMapLayer *self)
{
  GArray *visible = g_array_new (FALSE, FALSE, sizeof (WdSpot));
  int     zoom = CLAMP ((int)lround (self->camera.zoom), 0, MAX_ZOOM);

  do
    {
      g_array_set_size (visible, 0);
      self->clusters = wd_map_orders_cluster (self->orders, zoom, self->text);
      for (guint i = 0; i < wd_clusters_get_n (self->clusters) && visible->len <= MAX_ORDERS; i++)
        {
          const WdCluster *cluster = wd_clusters_get (self->clusters, i);
          WdSpot           spot = { .kind = cluster->count == 1 ? WD_SPOT_ORDER : WD_SPOT_CLUSTER };

          spot.index = cluster->count == 1 ? cluster->worst : i;
          spot.at = wd_camera_project (&self->camera, cluster->at);
          if (is_in_view (self, &spot.at))
            g_array_append_val (visible, spot);
        }
    }
  while (visible->len > MAX_ORDERS && zoom-- > 0);
  return visible;
}

/* SELECTED and PALE of each order, NULL where none has either. */
static guint8 *
flag_orders (WdMapLayer *self)
{
  guint8        *flags;
  GHashTableIter iter;
  gpointer       id;
  int            index;

  if (self->selection[0] == NULL && self->dragged == NULL)
    return NULL;
  flags = g_new0 (guint8, wd_map_orders_get_n (self->orders) + 1);
  for (char **selected = self->selection; *selected != NULL; selected++)
    if ((index = wd_map_orders_find (self->orders, *selected)) >= 0)
      flags[index] |= WD_MARK_SELECTED;
  if (self->dragged != NULL)
    {
      g_hash_table_iter_init (&iter, self->dragged);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        if ((index = wd_map_orders_find (self->orders, id)) >= 0)
          flags[index] |= WD_MARK_PALE;
    }
  return flags;
}

static WdMarks
mark_spot (WdMapLayer   *self,
           const WdSpot *spot,
           const guint8 *flags)
{
  const WdCluster *cluster;
  const guint     *members;

  if (flags == NULL)
    return WD_MARK_NONE;
  if (spot->kind == WD_SPOT_ORDER)
    return flags[spot->index];
  cluster = wd_clusters_get (self->clusters, spot->index);
  members = wd_clusters_members (self->clusters, spot->index);
  for (guint i = 0; i < cluster->count; i++)
    if (flags[members[i]] & WD_MARK_SELECTED)
      return WD_MARK_SELECTED;
  return WD_MARK_NONE;
}

static WdUrgency
rank_spot (WdMapLayer   *self,
           const WdSpot *spot)
{
  guint worst = spot->kind == WD_SPOT_ORDER ? spot->index : wd_clusters_get (self->clusters, spot->index)->worst;

  return wd_map_orders_get (self->orders, worst)->state.urgency;
}

static graphene_rect_t
place_spot (WdMapLayer   *self,
            const WdSpot *spot)
{
  graphene_rect_t body = wd_map_layer_get_glyph (self, spot)->body;

  graphene_rect_offset (&body, spot->at.x, spot->at.y);
  return body;
}

static void
add_spot (WdMapLayer *self,
          WdSpot      spot)
{
  spot.body = place_spot (self, &spot);
  g_array_append_val (self->spots, spot);
}

/* Before the orders: a pill gives way, a symbol does not. */
static void
add_crews (WdMapLayer *self,
           GArray     *visible)
{
  /* Twice as large, there is that room one zoom nearer. */
  gboolean room = self->crews && self->camera.zoom >= CREW_ZOOM + floor (log2 (self->text));

  for (guint i = 0; i < visible->len && room; i++)
    {
      WdSpot spot = g_array_index (visible, WdSpot, i);

      if (spot.kind != WD_SPOT_ORDER || wd_map_orders_get (self->orders, spot.index)->crew == NULL)
        continue;
      spot.kind = WD_SPOT_CREW;
      spot.marks = WD_MARK_NONE;
      spot.at.y += roundf ((float)(CREW_BELOW * self->text));
      add_spot (self, spot);
    }
}

static void
add_orders (WdMapLayer *self)
{
  g_autoptr (GArray) visible = find_clusters_in_view (self);
  g_autofree guint8 *flags = flag_orders (self);

  self->waiting = FALSE;
  for (guint i = 0; i < visible->len; i++)
    {
      WdSpot *spot = &g_array_index (visible, WdSpot, i);

      spot->marks = mark_spot (self, spot, flags);
      if (spot->kind == WD_SPOT_ORDER && wd_map_orders_get (self->orders, spot->index)->state.marks & WD_MARK_SENT)
        self->waiting = TRUE;
    }
  add_crews (self, visible);
  /* The more urgent lies on top, what is selected above all. */
  for (int level = WD_URGENCY_NORMAL; level <= WD_N_URGENCIES; level++)
    for (guint i = 0; i < visible->len; i++)
      {
        const WdSpot *spot = &g_array_index (visible, WdSpot, i);
        int           own = spot->marks & WD_MARK_SELECTED ? WD_N_URGENCIES : (int)rank_spot (self, spot);

        if (own == level)
          add_spot (self, *spot);
      }
}

static gboolean
overlaps (const graphene_rect_t *a,
          const graphene_rect_t *b)
{
  return a->origin.x < b->origin.x + b->size.width && b->origin.x < a->origin.x + a->size.width && a->origin.y < b->origin.y + b->size.height && b->origin.y < a->origin.y + a->size.height;
}

/* Whether all of a label can be read there: inside the view, and no tool, symbol or other label in its place. */
static gboolean
is_free (WdMapLayer   *self,
         const WdSpot *spot)
{
  graphene_rect_t body = place_spot (self, spot);
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float)self->camera.width, (float)self->camera.height);

  if (!graphene_rect_contains_rect (&view, &body) || wd_map_layer_is_covered (self, &body))
    return FALSE;
  for (guint i = 0; i < self->spots->len; i++)
    {
      const WdSpot *other = &g_array_index (self->spots, WdSpot, i);

      if (other->kind != WD_SPOT_CREW && overlaps (&other->body, &body))
        return FALSE;
    }
  return TRUE;
}

#define N_WAYS 4 /* above, below, and both of them shortened */
#define BRIEF_ABOVE 2

static void
set_way (WdSpot *spot,
         guint   way)
{
  spot->brief = way >= BRIEF_ABOVE;
  spot->below = way % 2 == 1;
}

/* Symbols don't give way, labels do: above their place, else below it, else shortened, else left out; but each can be
 * dropped on, and stays where the hand saw it. */
static void
add_units (WdMapLayer *self)
{
  for (guint i = 0; i < self->units->len; i++)
    {
      const WdMapUnit *unit = &g_array_index (self->units, WdMapUnit, i);
      WdSpot           spot = { .kind = WD_SPOT_UNIT, .index = i };
      gpointer         seen = NULL;
      gboolean         free = self->dragged != NULL && g_hash_table_lookup_extended (self->ways, unit->code, NULL, &seen);
      guint            way = GPOINTER_TO_UINT (seen);

      spot.at = wd_camera_project (&self->camera, wd_mercator_from_point (unit->point));
      if (!is_in_view (self, &spot.at))
        continue;
      set_way (&spot, way);
      while (!free && way < N_WAYS)
        {
          set_way (&spot, way);
          free = is_free (self, &spot);
          way += free ? 0 : 1;
        }
      if (!free)
        set_way (&spot, way = BRIEF_ABOVE);
      if (free || self->dragged != NULL)
        {
          add_spot (self, spot);
          g_hash_table_insert (self->ways, g_strdup (unit->code), GUINT_TO_POINTER (way));
        }
      else
        g_hash_table_remove (self->ways, unit->code);
    }
}

void
wd_map_layer_layout (WdMapLayer *self)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));
  WdCamera         camera = wd_camera_read (viewport, gtk_widget_get_width (GTK_WIDGET (self)),
                                            gtk_widget_get_height (GTK_WIDGET (self)));

  self->stale |= wd_map_layer_read_covers (self);
  if (!self->stale && camera.centre.x == self->camera.centre.x && camera.centre.y == self->camera.centre.y && camera.zoom == self->camera.zoom && camera.width == self->camera.width && camera.height == self->camera.height)
    return;

  self->camera = camera;
  self->stale = FALSE;
  g_array_set_size (self->spots, 0);
  add_orders (self);
  add_units (self);
}

const WdGlyph *
wd_map_layer_get_glyph (WdMapLayer   *self,
                        const WdSpot *spot)
{
  const WdMapOrder *order;
  const WdMapUnit  *unit;
  g_autofree char  *letter = NULL;

  switch (spot->kind)
    {
    case WD_SPOT_CREW:
      return wd_map_glyphs_crew (self->glyphs, wd_map_orders_get (self->orders, spot->index)->crew);
    case WD_SPOT_ORDER:
      order = wd_map_orders_get (self->orders, spot->index);
      return wd_map_glyphs_symbol (self->glyphs, order->category, (WdSymbolState){ order->state.urgency, order->state.marks | spot->marks }, WD_SYMBOL_BODY);
    case WD_SPOT_CLUSTER:
      return wd_map_glyphs_cluster (self->glyphs, wd_clusters_get (self->clusters, spot->index), spot->marks);
    case WD_SPOT_UNIT:
      unit = &g_array_index (self->units, WdMapUnit, spot->index);
      letter = spot->brief ? g_strndup (unit->label, (gsize)(g_utf8_next_char (unit->label) - unit->label)) : NULL;
      return wd_map_glyphs_unit (self->glyphs, letter != NULL ? letter : unit->label, unit->presence, spot->below,
                                 self->drop_refusal == NULL && g_strcmp0 (unit->code, self->drop_unit) == 0);
    default: g_assert_not_reached ();
    }
}

static const WdSpot *
hit (WdMapLayer *self,
     double      x,
     double      y,
     gboolean    orders)
{
  wd_map_layer_layout (self);
  for (guint i = self->spots->len; i-- > 0;)
    {
      const WdSpot *spot = &g_array_index (self->spots, WdSpot, i);

      if (spot->kind != WD_SPOT_CREW && (orders || spot->kind == WD_SPOT_UNIT) && graphene_rect_contains_point (&spot->body, &GRAPHENE_POINT_INIT ((float)x, (float)y)))
        return spot;
    }
  return NULL;
}

const WdSpot *
wd_map_layer_hit (WdMapLayer *self,
                  double      x,
                  double      y)
{
  return hit (self, x, y, TRUE);
}

const WdSpot *
wd_map_layer_hit_unit (WdMapLayer *self,
                       double      x,
                       double      y)
{
  return hit (self, x, y, FALSE);
}

static gboolean
cluster_has (WdMapLayer *self,
             guint       cluster,
             guint       order)
{
  const guint *members = wd_clusters_members (self->clusters, cluster);
  guint        low = 0, high = wd_clusters_get (self->clusters, cluster)->count;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (members[middle] == order)
        return TRUE;
      if (members[middle] < order)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

const WdSpot *
wd_map_layer_find_spot (WdMapLayer *self,
                        const char *id)
{
  int order = wd_map_orders_find (self->orders, id);

  if (id == NULL)
    return NULL;
  wd_map_layer_layout (self);
  for (guint i = 0; i < self->spots->len; i++)
    {
      const WdSpot *spot = &g_array_index (self->spots, WdSpot, i);

      switch (spot->kind)
        {
        case WD_SPOT_ORDER:
          if (order >= 0 && spot->index == (guint)order)
            return spot;
          break;
        case WD_SPOT_CLUSTER:
          if (order >= 0 && cluster_has (self, spot->index, (guint)order))
            return spot;
          break;
        case WD_SPOT_UNIT:
          if (g_str_equal (g_array_index (self->units, WdMapUnit, spot->index).code, id))
            return spot;
          break;
        case WD_SPOT_CREW:
        default: break;
        }
    }
  return NULL;
}

const char *
wd_map_layer_name_spot (WdMapLayer   *self,
                        const WdSpot *spot)
{
  switch (spot->kind)
    {
    case WD_SPOT_CREW:
    case WD_SPOT_ORDER: return wd_map_orders_get (self->orders, spot->index)->id;
    case WD_SPOT_CLUSTER: return wd_map_orders_get (self->orders, wd_clusters_get (self->clusters, spot->index)->worst)->id;
    case WD_SPOT_UNIT: return g_array_index (self->units, WdMapUnit, spot->index).code;
    default: g_assert_not_reached ();
    }
}

static int
compare_members (gconstpointer a,
                 gconstpointer b,
                 gpointer      orders)
{
  return wd_map_orders_compare (orders, *(const guint *)a, *(const guint *)b);
}

static GStrv
name_orders (WdMapLayer *self,
             guint      *indices,
             guint       n,
             guint       max)
{
  GStrv ids = g_new0 (char *, MIN (n, max) + 1);

  g_qsort_with_data (indices, (int)n, sizeof *indices, compare_members, self->orders);
  for (guint i = 0; i < MIN (n, max); i++)
    ids[i] = g_strdup (wd_map_orders_get (self->orders, indices[i])->id);
  return ids;
}

GStrv
wd_map_layer_list_spot (WdMapLayer   *self,
                        const WdSpot *spot)
{
  g_autofree guint *indices = NULL;
  guint             n = 1;

  if (spot->kind == WD_SPOT_CLUSTER)
    {
      n = wd_clusters_get (self->clusters, spot->index)->count;
      indices = g_memdup2 (wd_clusters_members (self->clusters, spot->index), n * sizeof *indices);
    }
  else
    indices = g_memdup2 (&spot->index, sizeof *indices);
  return name_orders (self, indices, n, n);
}

GStrv
wd_map_layer_list_in_view (WdMapLayer *self, guint max, guint *all)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));

  wd_map_layer_layout (self);
  for (guint i = 0; i < self->spots->len; i++)
    {
      const WdSpot *spot = &g_array_index (self->spots, WdSpot, i);

      if (spot->kind == WD_SPOT_ORDER)
        g_array_append_val (indices, spot->index);
      else if (spot->kind == WD_SPOT_CLUSTER)
        g_array_append_vals (indices, wd_clusters_members (self->clusters, spot->index), wd_clusters_get (self->clusters, spot->index)->count);
    }
  *all = indices->len;
  return name_orders (self, (guint *)(void *)indices->data, indices->len, max);
}

static gboolean
locate (WdMapLayer       *self,
        const char       *id,
        gboolean          unit,
        graphene_point_t *at)
{
  const WdSpot *spot = wd_map_layer_find_spot (self, id);

  if (spot == NULL || (spot->kind == WD_SPOT_UNIT) != unit)
    return FALSE;
  graphene_rect_get_center (&spot->body, at);
  return TRUE;
}

gboolean
wd_map_layer_locate_order (WdMapLayer       *self,
                           const char       *id,
                           graphene_point_t *at)
{
  return locate (self, id, FALSE, at);
}

gboolean
wd_map_layer_locate_unit (WdMapLayer       *self,
                          const char       *code,
                          graphene_point_t *at)
{
  return locate (self, code, TRUE, at);
}
