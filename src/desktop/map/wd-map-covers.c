/* wd-map-covers.c — what floats over the map, where no label can be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-layer-private.h"

void
wd_map_layer_set_overlay (WdMapLayer *self,
                          GtkOverlay *overlay)
{
  self->overlay = GTK_WIDGET (overlay);
}

/* Tools, notes and buttons at the map's edges; what fills the map only takes drags, or is for a screen reader. */
gboolean
wd_map_layer_read_covers (WdMapLayer *self)
{
  GtkWidget         *child = self->overlay != NULL ? gtk_widget_get_first_child (self->overlay) : NULL;
  g_autoptr (GArray) were = g_steal_pointer (&self->covers);

  self->covers = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t place;

      if (gtk_widget_get_mapped (child) && gtk_widget_get_valign (child) != GTK_ALIGN_FILL && gtk_widget_compute_bounds (child, GTK_WIDGET (self), &place))
        g_array_append_val (self->covers, place);
    }
  return were == NULL || were->len != self->covers->len || memcmp (were->data, self->covers->data, were->len * sizeof (graphene_rect_t)) != 0;
}

gboolean
wd_map_layer_is_covered (WdMapLayer            *self,
                         const graphene_rect_t *place)
{
  for (guint i = 0; i < self->covers->len; i++)
    if (graphene_rect_intersection (&g_array_index (self->covers, graphene_rect_t, i), place, NULL))
      return TRUE;
  return FALSE;
}

gboolean
wd_map_layer_overlaps (WdMapLayer            *self,
                       const graphene_rect_t *place)
{
  wd_map_layer_layout (self);
  if (wd_map_layer_is_covered (self, place))
    return TRUE;
  for (guint i = 0; i < self->spots->len; i++)
    if (graphene_rect_intersection (&g_array_index (self->spots, WdSpot, i).body, place, NULL))
      return TRUE;
  return FALSE;
}
