/* wd-conflict-map.c — both shapes of an area, and the one before, on a small map; and each in words for who does not see it
 *
 * The desk knows who is inside only of what was told: the others are counted by the server, once each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-conflict-private.h"

#include "wd-area-words.h"
#include "wd-area.h"
#include "wd-basemap.h"
#include "wd-format.h"
#include "wd-json.h"

#include <glib/gi18n.h>
#include <math.h>

#define MIN_HEIGHT 240

/* --- in words ------------------------------------------------------------------------------------ */

typedef struct
{
  WdConflictPage *page;
  char           *geojson;
} Asked;

static void
counted_cb (GObject *uplink, GAsyncResult *result, gpointer data)
{
  g_autofree Asked          *asked = data;
  g_autoptr (WdConflictPage) self = asked->page;
  g_autofree char           *geojson = asked->geojson;
  g_autoptr (GError)         error = NULL;
  g_autoptr (JsonNode)       answer = wd_uplink_ask_finish (WD_UPLINK (uplink), result, &error);
  g_autoptr (GString)        text = g_string_new (NULL);
  WdAffected                 affected;
  char                      *words;

  if (answer == NULL || self->desk == NULL)
    return;
  wd_json_append_node (text, answer);
  affected = wd_affected_read (text->str);
  words = wd_affected_describe (&affected);
  if (words == NULL)
    return;
  g_hash_table_insert (self->counted, g_steal_pointer (&geojson), words);
  _wd_conflict_show_again (self);
}

/* NULL while it is not known. */
static const char *
count (WdConflictPage *self, const char *geojson)
{
  const char      *known = g_hash_table_lookup (self->counted, geojson);
  g_autofree char *body = known == NULL ? g_strdup_printf ("{\"area\":%s}", geojson) : NULL;
  Asked           *asked;

  if (known != NULL)
    return *known != '\0' ? known : NULL;
  asked = g_new (Asked, 1);
  *asked = (Asked){ g_object_ref (self), g_strdup (geojson) };
  g_hash_table_insert (self->counted, g_strdup (geojson), g_strdup (""));
  wd_uplink_post_async (wd_desk_get_uplink (self->desk), "/v1/affected", body, NULL, counted_cb, asked);
  return NULL;
}

char *
_wd_conflict_describe_area (WdConflictPage *self, const char *geojson)
{
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = wd_geometry_rings (geojson, &starts, NULL);
  g_autoptr (WdArea)    area = rings != NULL ? wd_area_new_for_rings (rings, starts) : NULL;
  const char           *inside = area != NULL ? count (self, geojson) : NULL;
  g_autofree char      *n = NULL;
  g_autoptr (GString)   words = g_string_new (NULL);
  guint                 corners = 0;

  if (area == NULL)
    return NULL;
  for (guint i = 0; i < rings->len; i++)
    corners += ((const GArray *)rings->pdata[i])->len - 1;
  n = wd_format_count (corners);
  g_string_append_printf (words, _ ("%1$s corners · %2$.2f km²"), n, wd_area_get_total_size (area) / 1e6);
  if (inside != NULL)
    g_string_append_printf (words, " · %s", inside);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* --- on the map ------------------------------------------------------------------------------------ */

static WdAreaStyle
style_of (const WdRefusal *refusal, gconstpointer record)
{
  if (refusal->kind == WD_OBJECT_OUTAGE)
    return ((const WdOutage *)record)->nature == WD_OUTAGE_PLANNED ? WD_AREA_PLANNED : WD_AREA_EMERGENCY;
  return ((const WdQuality *)record)->state < WD_QUALITY_CONFIRMED ? WD_AREA_DRAFT : WD_AREA_QUALITY;
}

static gboolean
put_side (WdConflictPage *self, WdSide side, WdAreaStyle style, const char *geojson)
{
  g_autoptr (GArray)      starts = NULL;
  g_autoptr (GPtrArray)   rings = geojson != NULL ? wd_geometry_rings (geojson, &starts, NULL) : NULL;
  g_autoptr (WdAreaShape) shape = rings != NULL ? wd_area_shape_new (style, rings, starts) : NULL;

  wd_sides_layer_set_shape (self->sides_layer, side, shape);
  return shape != NULL;
}

static void
name_sides (WdConflictPage *self, gboolean mine, gboolean theirs, gboolean before)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv)           all = NULL;
  g_autofree char         *words = NULL;

  if (mine)
    g_strv_builder_add (names, _ ("dotted, blue: mine"));
  if (theirs)
    g_strv_builder_add (names, _ ("patterned: theirs (in force)"));
  if (before)
    g_strv_builder_add (names, _ ("thin, dashed: before"));
  all = g_strv_builder_end (names);
  words = g_strjoinv (" · ", all);
  gtk_label_set_label (self->map_note, words);
}

/* Once it has a size. */
static gboolean
fit_cb (GtkWidget *map, GdkFrameClock *clock, gpointer data)
{
  WdConflictPage *self = data;
  WdPoint         low, high;

  if (gtk_widget_get_width (map) == 0)
    return G_SOURCE_CONTINUE;
  if (wd_sides_layer_get_box (self->sides_layer, &low, &high))
    wd_map_view_show_box (self->map, low, high);
  self->fitting = 0;
  return G_SOURCE_REMOVE;
}

void
_wd_conflict_map_show (WdConflictPage *self, const WdRefusal *refusal, const char *mine, gboolean look)
{
  gconstpointer theirs = _wd_conflict_theirs (self, refusal), before = refusal->before;
  gboolean      is_area = refusal->kind == WD_OBJECT_OUTAGE || refusal->kind == WD_OBJECT_QUALITY, shown[WD_N_SIDES];

  shown[WD_SIDE_MINE] = put_side (self, WD_SIDE_MINE, WD_AREA_EMERGENCY, is_area ? mine : NULL);
  shown[WD_SIDE_THEIRS] = put_side (self, WD_SIDE_THEIRS, is_area && theirs != NULL ? style_of (refusal, theirs) : WD_AREA_EMERGENCY,
                                    is_area && theirs != NULL ? _wd_conflict_area (refusal->kind, theirs) : NULL);
  shown[WD_SIDE_BEFORE] = put_side (self, WD_SIDE_BEFORE, WD_AREA_EMERGENCY, is_area && before != NULL ? _wd_conflict_area (refusal->kind, before) : NULL);
  wd_sides_layer_set_fault (self->sides_layer, refusal->at);
  name_sides (self, shown[WD_SIDE_MINE], shown[WD_SIDE_THEIRS], shown[WD_SIDE_BEFORE]);
  gtk_widget_set_visible (GTK_WIDGET (self->map), shown[WD_SIDE_MINE] || shown[WD_SIDE_THEIRS] || shown[WD_SIDE_BEFORE]);
  if (look && self->fitting == 0 && gtk_widget_get_visible (GTK_WIDGET (self->map)))
    self->fitting = gtk_widget_add_tick_callback (GTK_WIDGET (self->map), fit_cb, self, NULL);
}

void
_wd_conflict_map_make (WdConflictPage *self)
{
  self->counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sides_layer = wd_sides_layer_new (shumate_layer_get_viewport (SHUMATE_LAYER (wd_map_view_get_layer (self->map))));
  wd_map_view_add_ground (self->map, SHUMATE_LAYER (self->sides_layer));
  self->map_note = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "halign", GTK_ALIGN_START, "valign", GTK_ALIGN_START, "xalign", 0.0, "wrap", TRUE, "can-target", FALSE,
                                            "css-classes", (const char *[]){ "map-note", "strong", NULL }, NULL));
  wd_map_view_add_overlay (self->map, GTK_WIDGET (self->map_note));
  gtk_widget_set_size_request (GTK_WIDGET (self->map), -1, MIN_HEIGHT);
  wd_basemap_follow (self->map, self->desk);
}
