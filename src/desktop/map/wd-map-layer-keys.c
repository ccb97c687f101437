/* wd-map-layer-keys.c — the map's symbols by keyboard: Tab through them by urgency, open, mark one or several, menu
 *
 * Tab goes only through what is in view, and past the last it leaves: the map does not move.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-layer-private.h"

void
wd_map_layer_set_current (WdMapLayer *self,
                          const char *id)
{
  const WdSpot    *spot;
  g_autofree char *text = NULL;

  if (id != self->current)
    {
      g_free (self->current);
      self->current = g_strdup (id);
    }
  spot = wd_map_layer_find_spot (self, self->current);
  text = spot != NULL ? wd_map_layer_describe_spot (self, spot) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static guint
get_worst (WdMapLayer   *self,
           const WdSpot *spot)
{
  return spot->kind == WD_SPOT_CLUSTER ? wd_clusters_get (self->clusters, spot->index)->worst : spot->index;
}

static int
compare_spots (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  WdMapLayer   *self = data;
  const WdSpot *one = *(const WdSpot *const *)a, *other = *(const WdSpot *const *)b;
  gboolean      one_unit = one->kind == WD_SPOT_UNIT, other_unit = other->kind == WD_SPOT_UNIT;

  if (one_unit || other_unit)
    return one_unit && other_unit ? g_strcmp0 (wd_map_layer_name_spot (self, one), wd_map_layer_name_spot (self, other))
                                  : one_unit - other_unit;
  return wd_map_orders_compare (self->orders, get_worst (self, one), get_worst (self, other));
}

/* Orders and clusters by their worst, then units; of spots whose middle is in view. */
static GPtrArray *
list_stops (WdMapLayer *self)
{
  GPtrArray *stops = g_ptr_array_new ();

  wd_map_layer_layout (self);
  for (guint i = 0; i < self->spots->len; i++)
    {
      WdSpot *spot = &g_array_index (self->spots, WdSpot, i);

      if (spot->kind != WD_SPOT_CREW && spot->at.x >= 0 && spot->at.y >= 0 && (double)spot->at.x < self->camera.width && (double)spot->at.y < self->camera.height)
        g_ptr_array_add (stops, spot);
    }
  g_ptr_array_sort_with_data (stops, compare_spots, self);
  return stops;
}

gboolean
wd_map_layer_move_focus (WdMapLayer      *self,
                         GtkDirectionType direction)
{
  g_autoptr (GPtrArray) stops = NULL;
  gboolean              forward = direction == GTK_DIR_TAB_FORWARD;
  gboolean              here = gtk_widget_is_focus (GTK_WIDGET (self));
  guint                 at = 0;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  stops = list_stops (self);
  if (stops->len == 0)
    return !here && gtk_widget_grab_focus (GTK_WIDGET (self));

  while (at < stops->len && stops->pdata[at] != wd_map_layer_find_spot (self, self->current))
    at++;
  if (!here)
    at = forward ? 0 : stops->len - 1;
  else if (at == stops->len)
    at = 0; /* what it was at has gone */
  else if (forward ? at + 1 == stops->len : at == 0)
    return FALSE;
  else
    at = forward ? at + 1 : at - 1;

  wd_map_layer_set_current (self, wd_map_layer_name_spot (self, stops->pdata[at]));
  if (!here && !gtk_widget_grab_focus (GTK_WIDGET (self)))
    return FALSE;
  /* GTK hides the focus some seconds after the last key, and shows it for what it moves itself only. */
  gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), TRUE);
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  WdMapLayer   *self = WD_MAP_LAYER (widget);
  const WdSpot *spot = wd_map_layer_find_spot (self, self->current);

  if (spot == NULL)
    return FALSE;
  wd_map_layer_open_spot (self, spot);
  return TRUE;
}

static gboolean
select_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  WdMapLayer   *self = WD_MAP_LAYER (widget);
  const WdSpot *spot = wd_map_layer_find_spot (self, self->current);

  if (spot == NULL || spot->kind == WD_SPOT_UNIT)
    return FALSE;
  wd_map_layer_select (self, (const char *const[]){ wd_map_layer_name_spot (self, spot), NULL });
  return TRUE;
}

/* As Ctrl held and a click do; Ctrl+Space belongs to input methods. */
static gboolean
mark_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  WdMapLayer   *self = WD_MAP_LAYER (widget);
  const WdSpot *spot = wd_map_layer_find_spot (self, self->current);

  if (spot == NULL || spot->kind != WD_SPOT_ORDER)
    return FALSE;
  wd_map_layer_toggle_selected (self, wd_map_layer_name_spot (self, spot));
  return TRUE;
}

static gboolean
menu_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  WdMapLayer   *self = WD_MAP_LAYER (widget);
  const WdSpot *spot = wd_map_layer_find_spot (self, self->current);

  if (spot == NULL || spot->kind == WD_SPOT_UNIT)
    return FALSE;
  g_signal_emit_by_name (self, "menu-requested", wd_map_layer_name_spot (self, spot), (double)spot->at.x, (double)spot->at.y);
  return TRUE;
}

void
wd_map_layer_add_keys (WdMapLayer *self)
{
  /* clang-format off */
  static const struct { const char *keys; GtkShortcutFunc act; } keys[] = {
    { "Return|KP_Enter|ISO_Enter", activate_cb },
    { "space|KP_Space",            select_cb   },
    { "Insert|KP_Insert",          mark_cb     },
    { "Menu|<Shift>F10",           menu_cb     },
  };
  /* clang-format on */
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].keys),
                                                            gtk_callback_action_new (keys[i].act, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}
