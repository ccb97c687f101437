/* wd-map-view.c — the map as a page embeds it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-map-view.h"

#include "wd-camera.h"
#include "wd-ground.h"
#include "wd-map-signals.h"

#include <glib/gi18n.h>
#include <math.h>

#define NATURAL_SIZE 480 /* of its own, for tiles report the whole world's */
#define PAN_STEP 0.2     /* of the view, for an arrow key */
#define SHOWN_SHARE 0.8  /* of the view, for a box that is asked for */
#define SCALE_WIDTH 100  /* pixels at most */

struct _WdMapView
{
  GtkWidget   parent_instance;
  GtkWidget  *overlay;
  ShumateMap *map;
  GtkLabel   *scale;
  GtkLabel   *note;
  GtkWidget  *trouble; /* why parts of the basemap are missing */
  GtkLabel   *trouble_words;

  ShumateViewport *viewport; /* the map's */
  WdMapLayer      *layer;
  WdAreaLayer     *areas;
  WdGround        *ground;

  WdPoint          south_west, north_east; /* home; lon NAN without one */
  gboolean         home_given;             /* by the owner, not by the basemap */
  gboolean         at_start;               /* not yet shown, so home may still be gone to */
  graphene_point_t pointer;
  double           scrolled;
};

G_DEFINE_FINAL_TYPE (WdMapView, wd_map_view, GTK_TYPE_WIDGET)

static WdCamera
read_camera (WdMapView *self)
{
  return wd_camera_read (self->viewport, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
}

/* 1, 2 or 5 times a power of ten metres, as wide as it is on the ground. */
static void
update_scale (WdMapView *self)
{
  WdCamera         camera = read_camera (self);
  double           lat = wd_mercator_to_point (camera.centre).lat;
  double           metres = wd_mercator_metres_per_unit (lat) / camera.scale * SCALE_WIDTH;
  double           power = pow (10, floor (log10 (metres)));
  double           round = metres / power >= 5 ? 5 * power : metres / power >= 2 ? 2 * power
                                                                                 : power;
  g_autofree char *text = round >= 1000 ? g_strdup_printf (_ ("%g km"), round / 1000) : g_strdup_printf (_ ("%g m"), round);

  if (g_strcmp0 (gtk_label_get_text (self->scale), text) != 0)
    gtk_label_set_text (self->scale, text);
  gtk_widget_set_size_request (GTK_WIDGET (self->scale), (int)lround (round / metres * SCALE_WIDTH), -1);
}

static void
viewport_changed_cb (WdMapView *self)
{
  WdCamera camera = read_camera (self);

  /* A turned map would have no north on top, and labels that nobody can read. */
  if (shumate_viewport_get_rotation (self->viewport) != 0.0)
    shumate_viewport_set_rotation (self->viewport, 0.0);
  wd_camera_settle (self->viewport, &camera);
  update_scale (self);
}

static void
zoom_by (WdMapView       *self,
         int              steps,
         graphene_point_t around)
{
  WdCamera camera = read_camera (self);

  wd_camera_zoom_around (self->viewport, &camera, around, round (camera.zoom) + steps);
}

static graphene_point_t
get_middle (WdMapView *self)
{
  return GRAPHENE_POINT_INIT ((float)gtk_widget_get_width (GTK_WIDGET (self)) / 2,
                              (float)gtk_widget_get_height (GTK_WIDGET (self)) / 2);
}

static void
act (GtkWidget  *widget,
     const char *name,
     GVariant   *argument)
{
  WdMapView *self = WD_MAP_VIEW (widget);

  if (g_str_equal (name, "map.home"))
    wd_map_view_go_home (self);
  else if (g_str_equal (name, "map.retry"))
    wd_map_view_retry (self);
  else
    zoom_by (self, g_str_equal (name, "map.zoom-in") ? 1 : -1, get_middle (self));
}

static void
pan (GtkWidget  *widget,
     const char *name,
     GVariant   *direction)
{
  WdMapView *self = WD_MAP_VIEW (widget);
  WdCamera   camera = read_camera (self);
  int        right, down;

  g_variant_get (direction, "(ii)", &right, &down);
  wd_camera_pan (self->viewport, &camera, right * camera.width * PAN_STEP, down * camera.height * PAN_STEP);
}

static void
add_keys (GtkWidget *widget)
{
  /* clang-format off */
  static const struct { const char *keys, *action; int right, down; } bindings[] = {
    { "Left", "map.pan", -1, 0 }, { "Right", "map.pan", 1, 0 }, { "Up", "map.pan", 0, -1 }, { "Down", "map.pan", 0, 1 },
    { "plus|equal|KP_Add", "map.zoom-in" }, { "minus|KP_Subtract", "map.zoom-out" }, { "Home", "map.home" },
  };
  /* clang-format on */
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (bindings[i].keys), gtk_named_action_new (bindings[i].action));

      if (bindings[i].right != 0 || bindings[i].down != 0)
        gtk_shortcut_set_arguments (shortcut, g_variant_new ("(ii)", bindings[i].right, bindings[i].down));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts), shortcut);
    }
  gtk_widget_add_controller (widget, shortcuts);
}

static void
motion_cb (WdMapView *self,
           double     x,
           double     y)
{
  self->pointer = GRAPHENE_POINT_INIT ((float)x, (float)y);
}

/* Whole zooms, where tiles are sharp, around the pointer. */
static gboolean
scroll_cb (WdMapView                *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (scroll));
  int       steps;

  /* A popover's list above the map scrolls itself. */
  if (gdk_event_get_surface (event) != gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self))))
    return FALSE;
  self->scrolled += dy;
  steps = (int)self->scrolled;
  self->scrolled -= steps;
  if (steps != 0)
    zoom_by (self, -steps, self->pointer);
  return TRUE;
}

static void
take_home (WdMapView *self,
           WdPoint    south_west,
           WdPoint    north_east)
{
  self->south_west = south_west;
  self->north_east = north_east;
  if (self->at_start && gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    {
      self->at_start = FALSE;
      wd_map_view_go_home (self);
    }
}

/* What the basemap's server says of it, and what is missing of it. */
static void
ground_changed_cb (WdMapView *self)
{
  g_autofree char *trouble = wd_ground_describe_trouble (self->ground);
  const char      *note = wd_ground_get_note (self->ground);
  WdPoint          south_west, north_east;

  if (!self->home_given && wd_ground_get_bounds (self->ground, &south_west, &north_east))
    take_home (self, south_west, north_east);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  if (trouble != NULL)
    gtk_label_set_text (self->trouble_words, trouble);
  else if (gtk_widget_get_focus_child (self->trouble) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->layer)); /* not lost with the button that brought it */
  gtk_widget_set_visible (self->trouble, trouble != NULL);
}

static void
wd_map_view_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  gtk_widget_measure (WD_MAP_VIEW (widget)->overlay, orientation, -1, minimum, NULL, NULL, NULL);
  *natural = MAX (*minimum, NATURAL_SIZE);
}

static void
wd_map_view_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  WdMapView *self = WD_MAP_VIEW (widget);
  WdCamera   camera = wd_camera_read (self->viewport, width, height);

  if (self->at_start && wd_point_is_set (&self->south_west))
    {
      self->at_start = FALSE;
      wd_camera_fit (self->viewport, &camera, self->south_west, self->north_east);
    }
  else
    wd_camera_settle (self->viewport, &camera);
  gtk_widget_allocate (self->overlay, width, height, baseline, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self->layer)); /* labels keep clear of what floats over the map, which may have changed */
  gtk_widget_queue_draw (GTK_WIDGET (self->areas));
}

static void
wd_map_view_dispose (GObject *object)
{
  WdMapView *self = WD_MAP_VIEW (object);

  if (self->ground != NULL)
    g_object_run_dispose (G_OBJECT (self->ground)); /* whoever answers it still holds it */
  g_clear_object (&self->ground);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_map_view_parent_class)->dispose (object);
}

static void
wd_map_view_finalize (GObject *object)
{
  WdMapView *self = WD_MAP_VIEW (object);

  g_clear_object (&self->viewport);
  G_OBJECT_CLASS (wd_map_view_parent_class)->finalize (object);
}

/* Who comes to the map comes to what is on it, and to its tools from there. */
static gboolean
wd_map_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WdMapView *self = WD_MAP_VIEW (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (direction == GTK_DIR_TAB_FORWARD && (focus == NULL || !gtk_widget_is_ancestor (focus, widget)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->layer));
  return GTK_WIDGET_CLASS (wd_map_view_parent_class)->focus (widget, direction);
}

static void
wd_map_view_class_init (WdMapViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_map_view_dispose;
  object_class->finalize = wd_map_view_finalize;
  widget_class->measure = wd_map_view_measure;
  widget_class->size_allocate = wd_map_view_size_allocate;
  wd_map_signals_add (WD_TYPE_MAP_VIEW);

  gtk_widget_class_install_action (widget_class, "map.zoom-in", NULL, act);
  gtk_widget_class_install_action (widget_class, "map.zoom-out", NULL, act);
  gtk_widget_class_install_action (widget_class, "map.home", NULL, act);
  gtk_widget_class_install_action (widget_class, "map.retry", NULL, act);
  gtk_widget_class_install_action (widget_class, "map.pan", "(ii)", pan);

  g_type_ensure (SHUMATE_TYPE_MAP);
  widget_class->focus = wd_map_view_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/waterdesk/map/wd-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WdMapView, overlay);
  gtk_widget_class_bind_template_child (widget_class, WdMapView, map);
  gtk_widget_class_bind_template_child (widget_class, WdMapView, scale);
  gtk_widget_class_bind_template_child (widget_class, WdMapView, note);
  gtk_widget_class_bind_template_child (widget_class, WdMapView, trouble);
  gtk_widget_class_bind_template_child (widget_class, WdMapView, trouble_words);
}

static void
wd_map_view_init (WdMapView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->at_start = TRUE;
  self->south_west.lon = NAN;
  self->viewport = g_object_ref (shumate_map_get_viewport (self->map));
  self->layer = wd_map_layer_new (self->viewport);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->layer));
  self->areas = wd_area_layer_new (self->viewport, self->layer);
  shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (self->areas), SHUMATE_LAYER (self->layer));
  wd_map_layer_set_overlay (self->layer, GTK_OVERLAY (self->overlay));
  wd_map_signals_relay (G_OBJECT (self->layer), G_OBJECT (self));
  self->ground = wd_ground_new (self->map, SHUMATE_LAYER (self->areas));
  g_signal_connect_object (self->ground, "changed", G_CALLBACK (ground_changed_cb), self, G_CONNECT_SWAPPED);
  update_scale (self);
  g_signal_connect_object (self->viewport, "notify", G_CALLBACK (viewport_changed_cb), self, G_CONNECT_SWAPPED);

  /* On the map too: later than libshumate 1.0 it has keys of its own, with other steps, which came first. */
  add_keys (GTK_WIDGET (self));
  add_keys (GTK_WIDGET (self->map));
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

GtkWidget *
wd_map_view_new (void)
{
  return g_object_new (WD_TYPE_MAP_VIEW, NULL);
}

WdMapLayer *
wd_map_view_get_layer (WdMapView *self)
{
  return self->layer;
}

WdAreaLayer *
wd_map_view_get_areas (WdMapView *self)
{
  return self->areas;
}

void
wd_map_view_set_server (WdMapView   *self,
                        SoupSession *session,
                        const char  *server,
                        const char  *token,
                        const char  *cache_dir)
{
  wd_ground_set_server (self->ground, session, server, token, cache_dir);
}

void
wd_map_view_retry (WdMapView *self)
{
  wd_ground_retry (self->ground);
}

void
wd_map_view_set_home (WdMapView *self,
                      WdPoint    south_west,
                      WdPoint    north_east)
{
  self->home_given = TRUE;
  take_home (self, south_west, north_east);
}

void
wd_map_view_go_home (WdMapView *self)
{
  WdCamera camera = read_camera (self);

  if (wd_point_is_set (&self->south_west))
    wd_camera_fit (self->viewport, &camera, self->south_west, self->north_east);
}

void
wd_map_view_show_point (WdMapView *self,
                        WdPoint    point,
                        double     zoom)
{
  self->at_start = FALSE;
  wd_camera_look (self->viewport, wd_mercator_from_point (point), MAX (zoom, shumate_viewport_get_zoom_level (self->viewport)));
}

WdPoint
wd_map_view_get_centre (WdMapView *self)
{
  return wd_mercator_to_point (read_camera (self).centre);
}

void
wd_map_view_show_box (WdMapView *self,
                      WdPoint    south_west,
                      WdPoint    north_east)
{
  WdCamera camera = read_camera (self);

  self->at_start = FALSE;
  camera.width *= SHOWN_SHARE;
  camera.height *= SHOWN_SHARE;
  wd_camera_fit (self->viewport, &camera, south_west, north_east);
}

void
wd_map_view_add_layer (WdMapView    *self,
                       ShumateLayer *layer)
{
  shumate_map_add_layer (self->map, layer);
}

void
wd_map_view_add_ground (WdMapView    *self,
                        ShumateLayer *layer)
{
  shumate_map_insert_layer_behind (self->map, layer, SHUMATE_LAYER (self->layer));
}

void
wd_map_view_add_overlay (WdMapView *self,
                         GtkWidget *widget)
{
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), widget);
}
