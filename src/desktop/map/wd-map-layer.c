/* wd-map-layer.c — all orders, units and crews on the map, in one layer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-layer-private.h"

#include "wd-map-signals.h"
#include "wd-text-scale.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define PULSE_MS 100 /* a waiting ring fades in ten steps a second: smooth enough, and cheap without a graphics card */

G_DEFINE_FINAL_TYPE (WdMapLayer, wd_map_layer, SHUMATE_TYPE_LAYER)

static void
clear_unit (gpointer data)
{
  g_free ((char *)((WdMapUnit *)data)->code);
  g_free ((char *)((WdMapUnit *)data)->label);
}

static void
append_glyph (GtkSnapshot     *snapshot,
              const WdGlyph   *glyph,
              graphene_point_t at)
{
  graphene_rect_t box = glyph->box;

  graphene_rect_offset (&box, at.x, at.y);
  gtk_snapshot_append_texture (snapshot, glyph->texture, &box);
}

static double
get_pulse (WdMapLayer *self)
{
  if (self->pulse_id == 0)
    return 1.0;
  return 0.65 + 0.35 * cos (2 * G_PI * (double)(g_get_monotonic_time () % G_USEC_PER_SEC) / G_USEC_PER_SEC);
}

static void
append_ring (WdMapLayer   *self,
             GtkSnapshot  *snapshot,
             const WdSpot *spot)
{
  const WdMapOrder *order = wd_map_orders_get (self->orders, spot->index);
  WdSymbolState     ring = { WD_URGENCY_NORMAL, WD_MARK_SENT };

  if (!(order->state.marks & WD_MARK_SENT) || spot->marks != WD_MARK_NONE)
    return;
  gtk_snapshot_push_opacity (snapshot, get_pulse (self));
  append_glyph (snapshot, wd_map_glyphs_symbol (self->glyphs, "", ring, WD_SYMBOL_RING), spot->at);
  gtk_snapshot_pop (snapshot);
}

static void
append_spot (WdMapLayer   *self,
             GtkSnapshot  *snapshot,
             const WdSpot *spot)
{
  if (spot->kind == WD_SPOT_ORDER)
    append_ring (self, snapshot, spot);
  append_glyph (snapshot, wd_map_layer_get_glyph (self, spot), spot->at);
}

/* Around what the keyboard is at. */
static void
append_focus (WdMapLayer   *self,
              GtkSnapshot  *snapshot,
              const WdSpot *spot)
{
  GdkRGBA        color = wd_palette_get (WD_COLOR_ACT, adw_style_manager_get_dark (adw_style_manager_get_default ()));
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &spot->body, 8);
  gsk_rounded_rect_shrink (&outline, -6, -6, -6, -6);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]){ 2, 2, 2, 2 }, (const GdkRGBA[]){ color, color, color, color });
}

static gboolean
pulse_cb (gpointer data)
{
  gtk_widget_queue_draw (data);
  return G_SOURCE_CONTINUE;
}

static void
update_pulse (WdMapLayer *self)
{
  gboolean pulsing = self->waiting && gtk_widget_get_mapped (GTK_WIDGET (self)) && adw_get_enable_animations (GTK_WIDGET (self));

  if (pulsing && self->pulse_id == 0)
    self->pulse_id = g_timeout_add (PULSE_MS, pulse_cb, self);
  else if (!pulsing)
    g_clear_handle_id (&self->pulse_id, g_source_remove);
}

static void
wd_map_layer_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  WdMapLayer   *self = WD_MAP_LAYER (widget);
  const WdSpot *spot;

  wd_map_layer_layout (self);
  update_pulse (self);
  for (guint i = 0; i < self->spots->len; i++)
    append_spot (self, snapshot, &g_array_index (self->spots, WdSpot, i));

  if ((spot = wd_map_layer_find_spot (self, self->hovered)) != NULL)
    append_spot (self, snapshot, spot);
  if (self->drop_refusal != NULL && (spot = wd_map_layer_find_spot (self, self->drop_unit)) != NULL)
    append_glyph (snapshot, wd_map_glyphs_refusal (self->glyphs, self->drop_refusal),
                  GRAPHENE_POINT_INIT (spot->at.x, spot->below ? graphene_rect_get_y (&spot->body) + graphene_rect_get_height (&spot->body) : spot->at.y));
  if (gtk_widget_has_visible_focus (widget) && (spot = wd_map_layer_find_spot (self, self->current)) != NULL)
    append_focus (self, snapshot, spot);
}

/* Only symbols are the layer's: elsewhere the press goes through to the map, which pans. */
static gboolean
wd_map_layer_contains (GtkWidget *widget,
                       double     x,
                       double     y)
{
  WdMapLayer *self = WD_MAP_LAYER (widget);

  /* Under a drag only units take anything: what lies below an order may want it. */
  return (self->dragged != NULL ? wd_map_layer_hit_unit (self, x, y) : wd_map_layer_hit (self, x, y)) != NULL;
}

static gboolean
wd_map_layer_focus (GtkWidget       *widget,
                    GtkDirectionType direction)
{
  return wd_map_layer_move_focus (WD_MAP_LAYER (widget), direction);
}

static void
wd_map_layer_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  WdMapLayer *self = WD_MAP_LAYER (widget);

  GTK_WIDGET_CLASS (wd_map_layer_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->list != NULL)
    gtk_popover_present (GTK_POPOVER (self->list));
}

static void
wd_map_layer_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&WD_MAP_LAYER (widget)->pulse_id, g_source_remove);
  GTK_WIDGET_CLASS (wd_map_layer_parent_class)->unmap (widget);
}

static void
theme_changed_cb (WdMapLayer *self)
{
  self->text = wd_text_scale_get ();
  wd_map_glyphs_set_theme (self->glyphs, gtk_widget_get_scale_factor (GTK_WIDGET (self)), self->text,
                           adw_style_manager_get_dark (adw_style_manager_get_default ()));
  wd_map_layer_invalidate (self);
}

static void
wd_map_layer_constructed (GObject *object)
{
  WdMapLayer *self = WD_MAP_LAYER (object);

  G_OBJECT_CLASS (wd_map_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (self)), "notify", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (theme_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (theme_changed_cb), NULL);
  wd_text_scale_follow (self, G_CALLBACK (theme_changed_cb));
  theme_changed_cb (self);
}

static void
wd_map_layer_dispose (GObject *object)
{
  WdMapLayer *self = WD_MAP_LAYER (object);

  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_map_layer_parent_class)->dispose (object);
}

static void
wd_map_layer_finalize (GObject *object)
{
  WdMapLayer *self = WD_MAP_LAYER (object);

  wd_map_orders_free (self->orders);
  wd_map_glyphs_free (self->glyphs);
  g_array_unref (self->units);
  g_array_unref (self->spots);
  g_clear_pointer (&self->covers, g_array_unref);
  g_strfreev (self->selection);
  g_clear_pointer (&self->dragged, g_hash_table_unref);
  g_clear_pointer (&self->ways, g_hash_table_unref);
  g_free (self->hovered);
  g_free (self->current);
  g_free (self->drop_unit);
  g_free (self->drop_refusal);
  G_OBJECT_CLASS (wd_map_layer_parent_class)->finalize (object);
}

static void
wd_map_layer_class_init (WdMapLayerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wd_map_layer_constructed;
  object_class->dispose = wd_map_layer_dispose;
  object_class->finalize = wd_map_layer_finalize;
  widget_class->snapshot = wd_map_layer_snapshot;
  widget_class->contains = wd_map_layer_contains;
  widget_class->focus = wd_map_layer_focus;
  widget_class->size_allocate = wd_map_layer_size_allocate;
  widget_class->unmap = wd_map_layer_unmap;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  wd_map_signals_add (WD_TYPE_MAP_LAYER);
}

static void
wd_map_layer_init (WdMapLayer *self)
{
  self->orders = wd_map_orders_new ();
  self->units = g_array_new (FALSE, FALSE, sizeof (WdMapUnit));
  g_array_set_clear_func (self->units, clear_unit);
  self->spots = g_array_new (FALSE, FALSE, sizeof (WdSpot));
  self->selection = g_new0 (char *, 1);
  self->crews = TRUE;
  self->ways = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->glyphs = wd_map_glyphs_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Orders on the map"), -1);
  wd_map_layer_add_pointer (self);
  wd_map_layer_add_keys (self);
}

WdMapLayer *
wd_map_layer_new (ShumateViewport *viewport)
{
  return g_object_new (WD_TYPE_MAP_LAYER, "viewport", viewport, NULL);
}

void
wd_map_layer_set_orders (WdMapLayer       *self,
                         const WdMapOrder *orders,
                         gsize             n_orders)
{
  wd_map_orders_clear (self->orders);
  for (gsize i = 0; i < n_orders; i++)
    wd_map_orders_put (self->orders, &orders[i]);
  wd_map_layer_invalidate (self);
}

void
wd_map_layer_put_order (WdMapLayer       *self,
                        const WdMapOrder *order)
{
  wd_map_orders_put (self->orders, order);
  wd_map_layer_invalidate (self);
}

void
wd_map_layer_remove_order (WdMapLayer *self,
                           const char *id)
{
  wd_map_orders_remove (self->orders, id);
  wd_map_layer_invalidate (self);
}

void
wd_map_layer_set_units (WdMapLayer      *self,
                        const WdMapUnit *units,
                        gsize            n_units)
{
  g_array_set_size (self->units, 0);
  for (gsize i = 0; i < n_units; i++)
    {
      WdMapUnit copy = units[i];

      if (!wd_point_is_set (&copy.point))
        continue;
      copy.code = g_strdup (copy.code);
      copy.label = g_strdup (copy.label);
      g_array_append_val (self->units, copy);
    }
  wd_map_layer_invalidate (self);
}

void
wd_map_layer_set_crews_shown (WdMapLayer *self,
                              gboolean    shown)
{
  self->crews = shown;
  wd_map_layer_invalidate (self);
}

void
wd_map_layer_select (WdMapLayer        *self,
                     const char *const *ids)
{
  GStrv copy = ids != NULL ? g_strdupv ((GStrv)ids) : g_new0 (char *, 1);

  if (g_strv_equal ((const char *const *)copy, (const char *const *)self->selection))
    {
      g_strfreev (copy);
      return;
    }
  g_strfreev (self->selection);
  self->selection = copy;
  wd_map_layer_invalidate (self);
  g_signal_emit_by_name (self, "selection-changed");
}

const char *const *
wd_map_layer_get_selection (WdMapLayer *self)
{
  return (const char *const *)self->selection;
}

void
wd_map_layer_set_dragged (WdMapLayer        *self,
                          const char *const *ids)
{
  g_clear_pointer (&self->dragged, g_hash_table_unref);
  if (ids != NULL)
    {
      self->dragged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (; *ids != NULL; ids++)
        g_hash_table_add (self->dragged, g_strdup (*ids));
    }
  wd_map_layer_invalidate (self);
}

gboolean
wd_map_layer_is_dragging (WdMapLayer *self)
{
  return self->dragged != NULL;
}

void
wd_map_layer_set_drop_unit (WdMapLayer *self,
                            const char *code)
{
  if (g_strcmp0 (self->drop_unit, code) == 0)
    return;
  g_free (self->drop_unit);
  self->drop_unit = g_strdup (code);
  g_clear_pointer (&self->drop_refusal, g_free);
  wd_map_layer_invalidate (self);
}
