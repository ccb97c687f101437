/* wd-area-drop.c — orders dropped on areas of the map
 *
 * The owner decides: query-area-drop says why not, orders-dropped-on-area performs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-layer-private.h"

#include "wd-order-ids.h"

static void
hold_over (WdAreaLayer   *self,
           GtkDropTarget *target,
           const char    *id)
{
  const GValue *value = target != NULL ? gtk_drop_target_get_value (target) : NULL;

  if (g_strcmp0 (id, self->hovered) == 0)
    return;
  g_free (self->hovered);
  self->hovered = g_strdup (id);
  g_clear_pointer (&self->refusal, g_free);
  if (id != NULL && value != NULL)
    g_signal_emit_by_name (self, "query-area-drop", g_value_get_boxed (value), id, &self->refusal);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GdkDragAction
motion_cb (GtkDropTarget *target,
           double         x,
           double         y,
           WdAreaLayer   *self)
{
  hold_over (self, target, wd_area_layer_find (self, x, y));
  return self->hovered != NULL && self->refusal == NULL ? WD_ORDER_IDS_ACTION : 0;
}

static void
leave_cb (GtkDropTarget *target,
          WdAreaLayer   *self)
{
  hold_over (self, NULL, NULL);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         WdAreaLayer   *self)
{
  g_autofree char *id = NULL;

  hold_over (self, NULL, NULL);
  motion_cb (target, x, y, self);
  id = self->refusal == NULL ? g_strdup (self->hovered) : NULL;
  hold_over (self, NULL, NULL);
  if (id == NULL)
    return FALSE;
  g_signal_emit_by_name (self, "orders-dropped-on-area", g_value_get_boxed (value), id);
  return TRUE;
}

void
wd_area_layer_take_drops (WdAreaLayer *self)
{
  GtkDropTarget *target = gtk_drop_target_new (WD_TYPE_ORDER_IDS, WD_ORDER_IDS_ACTION);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_object (target, "enter", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
