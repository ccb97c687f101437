/* wd-map-layer-drag.c — orders dragged from their symbols, and dropped on units' labels
 *
 * The owner decides: query-drop says why not, orders-dropped-on-unit performs.  A drop can't be called off
 * with Escape in GTK 4.8, so performing has to be something that can be undone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-layer-private.h"

#include "wd-order-ids.h"

#include <adwaita.h>

#define DRAGGED "wd-dragged"

/* The ids are kept with the source: the map may change before the drag begins. */
static GdkContentProvider *
provide (GtkDragSource *source,
         GStrv          ids)
{
  g_object_set_data_full (G_OBJECT (source), DRAGGED, ids, (GDestroyNotify)g_strfreev);
  return wd_order_ids_provider_new ((const char *const *)ids);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            WdMapLayer    *self)
{
  const WdSpot *spot = wd_map_layer_hit (self, x, y);

  if (spot == NULL || spot->kind == WD_SPOT_UNIT)
    return NULL;
  if (spot->kind == WD_SPOT_ORDER && g_strv_contains ((const char *const *)self->selection, wd_map_layer_name_spot (self, spot)))
    return provide (source, g_strdupv (self->selection));
  return provide (source, wd_map_layer_list_spot (self, spot));
}

static GdkContentProvider *
prepare_row_cb (GtkDragSource *source,
                double         x,
                double         y,
                WdMapLayer    *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return provide (source, g_strdupv ((char *[]){ (char *)gtk_widget_get_name (row), NULL }));
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               WdMapLayer    *self)
{
  const char *const *ids = g_object_get_data (G_OBJECT (source), DRAGGED);
  int                first = wd_map_orders_find (self->orders, ids[0]);

  if (first >= 0)
    {
      const WdMapOrder        *order = wd_map_orders_get (self->orders, (guint)first);
      g_autoptr (GdkPaintable) symbol = wd_symbol_paintable_new (order->category, order->state, WD_SYMBOL_SIZE,
                                                                 adw_style_manager_get_dark (adw_style_manager_get_default ()));

      wd_order_ids_set_drag_icon (drag, symbol, g_strv_length ((GStrv)ids));
    }
  if (self->list != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->list));
  wd_map_layer_set_dragged (self, ids);
  g_signal_emit_by_name (self, "drag-started", ids);
}

static void
drag_end_cb (GtkDragSource *source,
             GdkDrag       *drag,
             gboolean       delete_data,
             WdMapLayer    *self)
{
  wd_map_layer_set_dragged (self, NULL);
  wd_map_layer_set_drop_unit (self, NULL);
  g_signal_emit_by_name (self, "drag-ended");
}

static GtkDragSource *
create_source (WdMapLayer *self,
               GCallback   prepare)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, WD_ORDER_IDS_ACTION);
  g_signal_connect_object (source, "prepare", prepare, self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  return source;
}

/* Asks once for each unit that is held over, not with each motion. */
static void
hold_over (WdMapLayer    *self,
           GtkDropTarget *target,
           const char    *code)
{
  const GValue *value = gtk_drop_target_get_value (target);
  gboolean      same = g_strcmp0 (self->drop_unit, code) == 0;

  wd_map_layer_set_drop_unit (self, code);
  if (same || code == NULL || value == NULL)
    return;
  g_signal_emit_by_name (self, "query-drop", g_value_get_boxed (value), code, &self->drop_refusal);
  wd_map_layer_invalidate (self);
}

static GdkDragAction
motion_cb (GtkDropTarget *target,
           double         x,
           double         y,
           WdMapLayer    *self)
{
  const WdSpot *spot = wd_map_layer_hit_unit (self, x, y);

  hold_over (self, target, spot != NULL ? wd_map_layer_name_spot (self, spot) : NULL);
  return self->drop_unit != NULL && self->drop_refusal == NULL ? WD_ORDER_IDS_ACTION : 0;
}

static void
leave_cb (GtkDropTarget *target,
          WdMapLayer    *self)
{
  wd_map_layer_set_drop_unit (self, NULL);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         WdMapLayer    *self)
{
  g_autofree char *code = NULL;

  hold_over (self, target, NULL);
  motion_cb (target, x, y, self);
  code = self->drop_refusal == NULL ? g_strdup (self->drop_unit) : NULL;
  wd_map_layer_set_drop_unit (self, NULL);
  if (code == NULL)
    return FALSE;
  g_signal_emit_by_name (self, "orders-dropped-on-unit", g_value_get_boxed (value), code);
  return TRUE;
}

void
wd_map_layer_add_drag (WdMapLayer *self,
                       GtkGesture *click)
{
  GtkDragSource *source = create_source (self, G_CALLBACK (prepare_cb));
  GtkDropTarget *target = gtk_drop_target_new (WD_TYPE_ORDER_IDS, WD_ORDER_IDS_ACTION);

  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  /* The click's claim would else cancel the drag. */
  gtk_gesture_group (click, GTK_GESTURE (source));

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
wd_map_layer_add_row_drag (WdMapLayer *self,
                           GtkWidget  *row,
                           const char *id)
{
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (create_source (self, G_CALLBACK (prepare_row_cb))));
}
