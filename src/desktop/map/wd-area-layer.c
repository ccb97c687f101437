/* wd-area-layer.c — outages and quality areas on the map, below the symbols
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-area-layer-private.h"

#include "wd-json.h"
#include "wd-symbol-paint.h"
#include "wd-text-scale.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define NAME_MS 200 /* names for a screen reader follow the view so much later */
#define ITEM_SIZE 24

G_DEFINE_FINAL_TYPE (WdAreaLayer, wd_area_layer, SHUMATE_TYPE_LAYER)

static void
laid_area_free (gpointer data)
{
  WdLaidArea *area = data;

  g_free (area->id);
  g_free (area->key);
  g_clear_pointer (&area->shape, wd_area_shape_unref);
  g_array_unref (area->calls);
  g_free (area->title);
  g_free (area->detail);
  g_free (area->sentence);
  wd_area_layer_forget_label (area);
  g_free (area);
}

WdCamera
wd_area_layer_read_camera (WdAreaLayer *self)
{
  return wd_camera_read (shumate_layer_get_viewport (SHUMATE_LAYER (self)), gtk_widget_get_width (GTK_WIDGET (self)),
                         gtk_widget_get_height (GTK_WIDGET (self)));
}

gboolean
wd_area_layer_is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

WdLaidArea *
wd_area_layer_get (WdAreaLayer *self,
                   const char  *id)
{
  for (guint i = 0; id != NULL && i < self->areas->len; i++)
    if (g_str_equal (((WdLaidArea *)self->areas->pdata[i])->id, id))
      return self->areas->pdata[i];
  return NULL;
}

gboolean
wd_area_layer_is_in_view (WdAreaLayer      *self,
                          const WdLaidArea *area,
                          const WdCamera   *camera)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float)camera->width, (float)camera->height), mark;

  if (area->shape != NULL)
    return wd_area_shape_is_in_view (area->shape, camera);
  mark = wd_area_layer_get_mark (self, area, camera);
  return graphene_rect_intersection (&view, &mark, NULL);
}

/* --- the parallel list ---------------------------------------------------------- */

/* What a click on its label does. */
static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         GtkWidget     *item)
{
  g_signal_emit_by_name (gtk_widget_get_parent (item), "area-activated", gtk_widget_get_name (item));
}

static GtkWidget *
make_item (void)
{
  GtkWidget                     *item = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "can-target", FALSE, NULL);
  g_autoptr (GSimpleActionGroup) acts = g_simple_action_group_new ();
  g_autoptr (GSimpleAction)      open = g_simple_action_new ("open", NULL);

  g_signal_connect (open, "activate", G_CALLBACK (open_cb), item);
  g_action_map_add_action (G_ACTION_MAP (acts), G_ACTION (open));
  gtk_widget_insert_action_group (item, "map-area", G_ACTION_GROUP (acts));
  return item;
}

/* As many items as there are areas to name. */
static void
fit_items (WdAreaLayer *self,
           guint        n)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < n; i++)
    {
      if (child == NULL)
        gtk_widget_set_parent (make_item (), GTK_WIDGET (self));
      else
        child = gtk_widget_get_next_sibling (child);
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_widget_unparent (child);
      child = next;
    }
}

static void
tell_count (WdAreaLayer *self,
            guint        n)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u area in view", "%u areas in view", n), n);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static gboolean
name_cb (gpointer data)
{
  WdAreaLayer          *self = data;
  WdCamera              camera = wd_area_layer_read_camera (self);
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  GtkWidget            *item;

  self->naming = 0;
  for (guint i = 0; i < self->areas->len; i++)
    if (wd_area_layer_is_in_view (self, self->areas->pdata[i], &camera))
      g_ptr_array_add (seen, self->areas->pdata[i]);
  fit_items (self, seen->len);
  item = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (guint i = 0; i < seen->len; i++, item = gtk_widget_get_next_sibling (item))
    {
      const WdLaidArea *area = seen->pdata[i];

      gtk_widget_set_name (item, area->id);
      gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, area->sentence, -1);
    }
  tell_count (self, seen->len);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
moved_cb (WdAreaLayer *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->naming == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->naming = g_timeout_add (NAME_MS, name_cb, self);
}

static void
wd_area_layer_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  WdAreaLayer *self = WD_AREA_LAYER (widget);

  wd_area_layer_place_labels (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const WdLaidArea *area = wd_area_layer_get (self, gtk_widget_get_name (child));
      GtkAllocation     place = { -ITEM_SIZE, -ITEM_SIZE, ITEM_SIZE, ITEM_SIZE };

      if (area != NULL && area->placed)
        place = (GtkAllocation){ (int)area->place.origin.x, (int)area->place.origin.y, (int)area->place.size.width, (int)area->place.size.height };
      else if (area != NULL)
        {
          const WdMercator *ends = area->ends;
          graphene_point_t  at = wd_camera_project (&self->camera, (WdMercator){ (ends[2].x + ends[3].x) / 2, (ends[0].y + ends[1].y) / 2 });

          place.x = (int)at.x - ITEM_SIZE / 2;
          place.y = (int)at.y - ITEM_SIZE / 2;
        }
      gtk_widget_size_allocate (child, &place, -1);
    }
}

/* --- drawing -------------------------------------------------------------------- */

/* The outline of what orders are held over. */
static void
append_hovered (WdAreaLayer *self,
                GtkSnapshot *snapshot)
{
  const WdLaidArea *area = wd_area_layer_get (self, self->hovered);
  cairo_t          *cr;

  if (area == NULL || area->shape == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)self->camera.width, (float)self->camera.height));
  wd_area_shape_trace (area->shape, cr, &self->camera);
  wd_paint_set_color (cr, self->refusal != NULL ? WD_COLOR_INK3 : WD_COLOR_ACT, 0.15, wd_area_layer_is_dark ());
  cairo_fill_preserve (cr);
  wd_paint_set_color (cr, self->refusal != NULL ? WD_COLOR_INK3 : WD_COLOR_ACT, 1.0, wd_area_layer_is_dark ());
  cairo_set_line_width (cr, 3);
  if (self->refusal != NULL)
    cairo_set_dash (cr, (const double[]){ 6, 4 }, 2, 0);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
wd_area_layer_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  WdAreaLayer *self = WD_AREA_LAYER (widget);

  wd_area_layer_place_labels (self);
  wd_area_picture_append (self->picture, snapshot, &self->camera, gtk_widget_get_scale_factor (widget), wd_area_layer_is_dark ());
  append_hovered (self, snapshot);
  wd_area_layer_append_marks (self, snapshot);
  wd_area_layer_append_labels (self, snapshot);
}

/* --- what lies where --------------------------------------------------------------- */

static const WdLaidArea *
label_at (WdAreaLayer *self,
          double       x,
          double       y)
{
  graphene_point_t at = GRAPHENE_POINT_INIT ((float)x, (float)y);

  for (guint i = 0; i < self->areas->len; i++)
    {
      const WdLaidArea *area = self->areas->pdata[i];
      graphene_rect_t   mark = wd_area_layer_get_mark (self, area, &self->camera);

      if ((area->placed && graphene_rect_contains_point (&area->place, &at)) || (area->shape == NULL && graphene_rect_contains_point (&mark, &at)))
        return area;
    }
  return NULL;
}

const char *
wd_area_layer_find (WdAreaLayer *self,
                    double       x,
                    double       y)
{
  const WdLaidArea *found = label_at (self, x, y);
  WdCamera          camera = wd_area_layer_read_camera (self);
  WdMercator        at = wd_camera_unproject (&camera, GRAPHENE_POINT_INIT ((float)x, (float)y));

  if (found != NULL)
    return found->id;
  for (guint i = 0; i < self->areas->len; i++)
    {
      const WdLaidArea *area = self->areas->pdata[i];

      if (area->shape != NULL && wd_area_shape_contains (area->shape, at) && (found == NULL || wd_area_shape_get_size (area->shape) < wd_area_shape_get_size (found->shape)))
        found = area;
    }
  return found != NULL ? found->id : NULL;
}

/* Labels alone are pressed, for the ground pans; dropped on is the ground too. */
static gboolean
wd_area_layer_contains (GtkWidget *widget,
                        double     x,
                        double     y)
{
  WdAreaLayer *self = WD_AREA_LAYER (widget);

  return (wd_map_layer_is_dragging (self->symbols) ? wd_area_layer_find (self, x, y) : (const void *)label_at (self, x, y)) != NULL;
}

static void
pressed_cb (WdAreaLayer *self,
            int          n_press,
            double       x,
            double       y,
            GtkGesture  *click)
{
  const WdLaidArea *area = label_at (self, x, y);

  if (area == NULL)
    return;
  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit_by_name (self, "area-activated", area->id);
}

gboolean
wd_area_layer_get_box (WdAreaLayer *self,
                       const char  *id,
                       WdPoint     *south_west,
                       WdPoint     *north_east)
{
  const WdLaidArea *area = wd_area_layer_get (self, id);
  const WdMercator *ends = area != NULL && area->shape != NULL ? area->ends : NULL;

  if (ends == NULL)
    return FALSE;
  *south_west = wd_mercator_to_point ((WdMercator){ ends[3].x, ends[1].y });
  *north_east = wd_mercator_to_point ((WdMercator){ ends[2].x, ends[0].y });
  return TRUE;
}

/* --- the layer ------------------------------------------------------------------------ */

static void
theme_changed_cb (WdAreaLayer *self)
{
  self->text = wd_text_scale_get ();
  for (guint i = 0; i < self->areas->len; i++)
    wd_area_layer_forget_label (self->areas->pdata[i]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
wd_area_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (wd_area_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify", G_CALLBACK (moved_cb), object, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (theme_changed_cb), object, G_CONNECT_SWAPPED);
  g_signal_connect (object, "notify::scale-factor", G_CALLBACK (theme_changed_cb), NULL);
  wd_text_scale_follow (object, G_CALLBACK (theme_changed_cb));
  theme_changed_cb (WD_AREA_LAYER (object));
}

static void
wd_area_layer_dispose (GObject *object)
{
  WdAreaLayer *self = WD_AREA_LAYER (object);

  g_clear_handle_id (&self->naming, g_source_remove);
  g_clear_pointer (&self->picture, wd_area_picture_free);
  fit_items (self, 0);
  G_OBJECT_CLASS (wd_area_layer_parent_class)->dispose (object);
}

static void
wd_area_layer_finalize (GObject *object)
{
  WdAreaLayer *self = WD_AREA_LAYER (object);

  g_ptr_array_unref (self->areas);
  g_free (self->hidden);
  g_free (self->selected);
  g_free (self->hovered);
  g_free (self->refusal);
  G_OBJECT_CLASS (wd_area_layer_parent_class)->finalize (object);
}

static void
wd_area_layer_class_init (WdAreaLayerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  object_class->constructed = wd_area_layer_constructed;
  object_class->dispose = wd_area_layer_dispose;
  object_class->finalize = wd_area_layer_finalize;
  widget_class->snapshot = wd_area_layer_snapshot;
  widget_class->contains = wd_area_layer_contains;
  widget_class->size_allocate = wd_area_layer_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  g_signal_new ("area-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("query-area-drop", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_first_wins, NULL, NULL,
                G_TYPE_STRING, 2, G_TYPE_STRV, G_TYPE_STRING);
  g_signal_new ("orders-dropped-on-area", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_STRV, G_TYPE_STRING);
}

static void
wd_area_layer_init (WdAreaLayer *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->areas = g_ptr_array_new_with_free_func (laid_area_free);
  g_signal_connect_after (self, "map", G_CALLBACK (moved_cb), NULL);
  tell_count (self, 0);
  self->picture = wd_area_picture_new (GTK_WIDGET (self));
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

WdAreaLayer *
wd_area_layer_new (ShumateViewport *viewport,
                   WdMapLayer      *symbols)
{
  WdAreaLayer *self = g_object_new (WD_TYPE_AREA_LAYER, "viewport", viewport, NULL);

  self->symbols = symbols;
  return self;
}

static void
refill_picture (WdAreaLayer *self)
{
  GPtrArray *shapes = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_area_shape_unref);

  for (guint i = self->areas->len; i > 0; i--) /* the most urgent on top */
    {
      const WdLaidArea *area = self->areas->pdata[i - 1];

      if (area->shape != NULL && g_strcmp0 (area->id, self->hidden) != 0)
        g_ptr_array_add (shapes, wd_area_shape_ref (area->shape));
    }
  wd_area_picture_set_shapes (self->picture, shapes);
  moved_cb (self);
}

/* What was read before is not read again. */
static WdAreaShape *
get_shape (WdAreaLayer     *self,
           const WdMapArea *area,
           const char      *key)
{
  const WdLaidArea     *known = wd_area_layer_get (self, area->id);
  g_autoptr (GArray)    starts = NULL;
  g_autoptr (GPtrArray) rings = NULL;

  if (known != NULL && known->shape != NULL && g_str_equal (known->key, key))
    return wd_area_shape_ref (known->shape);
  rings = area->geojson != NULL ? wd_geometry_rings (area->geojson, &starts, NULL) : NULL;
  return rings != NULL ? wd_area_shape_new (area->style, rings, starts) : NULL;
}

static void
place_area (WdLaidArea      *laid,
            const WdMapArea *area)
{
  laid->calls = g_array_new (FALSE, FALSE, sizeof (WdMercator));
  for (gsize i = 0; i < area->n_calls; i++)
    {
      WdMercator at = wd_mercator_from_point (area->calls[i]);

      g_array_append_val (laid->calls, at);
    }
  laid->point = wd_point_is_set (&area->point) ? wd_mercator_from_point (area->point) : (WdMercator){ NAN, NAN };
  for (int i = 0; i < 4; i++)
    laid->ends[i] = laid->shape != NULL ? wd_area_shape_get_ends (laid->shape)[i] : wd_mercator_from_point (area->point);
}

void
wd_area_layer_set_areas (WdAreaLayer     *self,
                         const WdMapArea *areas,
                         gsize            n_areas)
{
  GPtrArray *laid = g_ptr_array_new_with_free_func (laid_area_free);

  for (gsize i = 0; i < n_areas; i++)
    {
      g_autofree char *key = g_strdup_printf ("%d %s", areas[i].style, areas[i].geojson != NULL ? areas[i].geojson : "");
      WdAreaShape     *shape = get_shape (self, &areas[i], key);
      WdLaidArea      *area;

      if (shape == NULL && (areas[i].geojson != NULL || !wd_point_is_set (&areas[i].point)))
        continue;
      area = g_new0 (WdLaidArea, 1);
      area->id = g_strdup (areas[i].id);
      area->key = g_steal_pointer (&key);
      area->style = areas[i].style;
      area->shape = shape;
      place_area (area, &areas[i]);
      area->title = g_strdup (areas[i].title);
      area->detail = g_strdup (areas[i].detail);
      area->sentence = g_strdup (areas[i].sentence);
      g_ptr_array_add (laid, area);
    }
  g_ptr_array_unref (self->areas);
  self->areas = laid;
  refill_picture (self);
}

void
wd_area_layer_set_hidden (WdAreaLayer *self,
                          const char  *id)
{
  if (g_strcmp0 (self->hidden, id) == 0)
    return;
  g_free (self->hidden);
  self->hidden = g_strdup (id);
  refill_picture (self);
}

void
wd_area_layer_set_selected (WdAreaLayer *self,
                            const char  *id)
{
  if (g_strcmp0 (self->selected, id) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (id);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
