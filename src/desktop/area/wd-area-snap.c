/* wd-area-snap.c — what corners are drawn to: neighbouring areas, streets, borders of territories
 *
 * The desk's copy has no streets: those in view are asked of the server while one draws.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-page-private.h"

#include "wd-camera.h"
#include "wd-json.h"

#include <glib/gi18n.h>

#define PAUSE_MS 250
#define BEYOND 0.5 /* of the view, asked for on each side, so that a short way needs no new question */

/* --- the lines ----------------------------------------------------------------------- */

static void
add_rings (WdSnap *snap, const char *geojson, const char *name)
{
  g_autoptr (GPtrArray) rings = geojson != NULL ? wd_geometry_rings (geojson, NULL, NULL) : NULL;

  for (guint i = 0; rings != NULL && i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];

      wd_snap_add (snap, (const WdPoint *)(gconstpointer)ring->data, ring->len, FALSE, name);
    }
}

static void
add_borders (WdAreaPage *self, WdSnap *snap)
{
  GListModel *units = wd_desk_get_units (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);
      const WdUnit          *unit = wd_unit_item_get_unit (item);
      g_autofree char       *name = g_strdup_printf (_ ("border of %s"), unit->name);

      add_rings (snap, unit->territory, name);
    }
}

static void
add_street (WdSnap *snap, JsonObject *street)
{
  const char        *called = json_object_get_string_member_with_default (street, "name", NULL);
  JsonNode          *line = json_object_get_member (street, "line");
  JsonArray         *places = line != NULL && JSON_NODE_HOLDS_ARRAY (line) ? json_node_get_array (line) : NULL;
  g_autofree char   *name = called != NULL ? g_strdup_printf (_ ("street %s"), called) : NULL;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (WdPoint));

  for (guint i = 0; places != NULL && i < json_array_get_length (places); i++)
    {
      JsonNode  *node = json_array_get_element (places, i);
      JsonArray *place = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      WdPoint    point;

      if (place == NULL || json_array_get_length (place) < 2)
        return;
      point = (WdPoint){ json_array_get_double_element (place, 0), json_array_get_double_element (place, 1) };
      g_array_append_val (points, point);
    }
  if (name != NULL)
    wd_snap_add (snap, (const WdPoint *)(gpointer)points->data, points->len, FALSE, name);
}

static JsonArray *
streets_of (JsonNode *answer)
{
  JsonNode *list = answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_object_get_member (json_node_get_object (answer), "streets") : NULL;

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

static void
add_streets (WdAreaPage *self, WdSnap *snap)
{
  JsonArray *streets = streets_of (self->streets);

  for (guint i = 0; streets != NULL && i < json_array_get_length (streets); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (streets, i)))
      add_street (snap, json_array_get_object_element (streets, i));
}

static void
add_areas (WdAreaPage *self, WdSnap *snap)
{
  GListModel *areas = wd_desk_get_areas (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (areas); i++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);
      g_autofree char       *name = wd_area_title (item);

      if (wd_area_item_is_open (item) && g_strcmp0 (wd_area_item_get_id (item), self->about) != 0)
        add_rings (snap, wd_area_item_get_area (item), name);
    }
}

/* Another one where any border to snap to is another one. */
static guint
sum_borders (WdAreaPage *self)
{
  GListModel *areas = wd_desk_get_areas (self->desk), *units = wd_desk_get_units (self->desk);
  guint       sum = 0;

  for (guint i = 0; i < g_list_model_get_n_items (areas); i++)
    {
      g_autoptr (WdAreaItem) item = g_list_model_get_item (areas, i);
      const char            *area = wd_area_item_is_open (item) ? wd_area_item_get_area (item) : NULL;

      sum = sum * 31 + (area != NULL ? g_str_hash (area) : 0);
    }
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);
      const char            *territory = wd_unit_item_get_unit (item)->territory;

      sum = sum * 31 + (territory != NULL ? g_str_hash (territory) : 0);
    }
  return sum;
}

void
_wd_area_snap_apply (WdAreaPage *self)
{
  gboolean on = gtk_toggle_button_get_active (self->snap_button);

  wd_sketch_layer_set_snap (self->layer, on ? self->snap : NULL);
  gtk_button_set_label (GTK_BUTTON (self->snap_button), on ? _ ("Snap On") : _ ("Snap Off"));
}

/* Of lines in one place the last one names it: a neighbour before a street, a street before the border that runs along it. */
static void
fill (WdAreaPage *self)
{
  WdSnap *snap = wd_snap_new ();

  add_borders (self, snap);
  add_streets (self, snap);
  add_areas (self, snap);
  wd_sketch_layer_set_snap (self->layer, NULL);
  g_clear_pointer (&self->snap, wd_snap_free);
  self->snap = snap;
  self->snap_sum = sum_borders (self);
  _wd_area_snap_apply (self);
}

/* --- others draw too -------------------------------------------------------------------- */

static gboolean
refill_cb (gpointer data)
{
  WdAreaPage *self = data;

  self->snap_source = 0;
  if (sum_borders (self) != self->snap_sum)
    fill (self);
  return G_SOURCE_REMOVE;
}

static void
borders_changed_cb (WdAreaPage *self)
{
  if (self->purpose != WD_AREA_IDLE && self->snap_source == 0)
    self->snap_source = g_timeout_add (PAUSE_MS, refill_cb, self);
}

/* --- streets ----------------------------------------------------------------------------- */

static void
streets_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdAreaPage) self = data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonNode)   answer = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->purpose == WD_AREA_IDLE)
    return;
  /* Without an answer, or with a part of it, the next look asks again. */
  self->streets_whole = streets_of (answer) != NULL && !json_object_get_boolean_member_with_default (json_node_get_object (answer), "more", TRUE);
  if (streets_of (answer) == NULL)
    return;
  g_clear_pointer (&self->streets, json_node_unref);
  self->streets = g_steal_pointer (&answer);
  fill (self);
}

static char *
write_box (WdPoint low, WdPoint high)
{
  double   ends[] = { MAX (low.lon, -180.0), MAX (low.lat, -90.0), MIN (high.lon, 180.0), MIN (high.lat, 90.0) };
  GString *path = g_string_new ("/v1/streets?box=");

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (path, "%s%s", i > 0 ? "," : "", g_ascii_formatd (text, sizeof text, "%.6f", ends[i]));
    }
  return g_string_free (path, FALSE);
}

static gboolean
look_cb (gpointer data)
{
  WdAreaPage      *self = data;
  double           width = gtk_widget_get_width (GTK_WIDGET (self->layer)), height = gtk_widget_get_height (GTK_WIDGET (self->layer));
  WdCamera         camera = wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self->layer)), width, height);
  WdPoint          low = wd_mercator_to_point (wd_camera_unproject (&camera, GRAPHENE_POINT_INIT (0, (float)height)));
  WdPoint          high = wd_mercator_to_point (wd_camera_unproject (&camera, GRAPHENE_POINT_INIT ((float)width, 0)));
  WdPoint          beyond = { (high.lon - low.lon) * BEYOND, (high.lat - low.lat) * BEYOND };
  g_autofree char *path = NULL;

  self->streets_source = 0;
  if (self->streets_whole && low.lon >= self->streets_low.lon && low.lat >= self->streets_low.lat &&
      high.lon <= self->streets_high.lon && high.lat <= self->streets_high.lat)
    return G_SOURCE_REMOVE;
  self->streets_whole = FALSE;
  self->streets_low = (WdPoint){ low.lon - beyond.lon, low.lat - beyond.lat };
  self->streets_high = (WdPoint){ high.lon + beyond.lon, high.lat + beyond.lat };
  path = write_box (self->streets_low, self->streets_high);
  g_cancellable_cancel (self->streets_asked);
  g_clear_object (&self->streets_asked);
  self->streets_asked = g_cancellable_new ();
  wd_uplink_ask_async (wd_desk_get_uplink (self->desk), path, self->streets_asked, streets_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* The map looks elsewhere: asked when it rests. */
static void
looked_cb (WdAreaPage *self)
{
  g_clear_handle_id (&self->streets_source, g_source_remove);
  if (self->purpose != WD_AREA_IDLE)
    self->streets_source = g_timeout_add (PAUSE_MS, look_cb, self);
}

/* --- begin and end ------------------------------------------------------------------------ */

void
_wd_area_snap_make (WdAreaPage *self)
{
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (self->layer)), "notify", G_CALLBACK (looked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "areas-changed", G_CALLBACK (borders_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "house-changed", G_CALLBACK (borders_changed_cb), self, G_CONNECT_SWAPPED);
}

void
_wd_area_snap_begin (WdAreaPage *self)
{
  fill (self);
  looked_cb (self);
}

void
_wd_area_snap_end (WdAreaPage *self)
{
  g_clear_handle_id (&self->snap_source, g_source_remove);
  g_clear_handle_id (&self->streets_source, g_source_remove);
  g_cancellable_cancel (self->streets_asked);
  g_clear_object (&self->streets_asked);
  if (self->layer != NULL)
    wd_sketch_layer_set_snap (self->layer, NULL);
  g_clear_pointer (&self->snap, wd_snap_free);
}
