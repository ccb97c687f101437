/* wd-sketch-keys.c — drawing an area by keyboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-sketch-layer-private.h"

#include <math.h>

#define STEP_M 1.0
#define LARGE_STEP_M 10.0
#define FIRST_SHARE 0.25 /* of the view: how wide and high a ring begins that is drawn by keyboard */

static guint
count_corners (WdSketchLayer *self,
               guint          ring)
{
  guint n;

  wd_sketch_get_ring (self->sketch, ring, &n);
  return n;
}

/* From corner to corner over all rings; past the last it leaves. */
gboolean
wd_sketch_layer_move_focus (WdSketchLayer   *self,
                            GtkDirectionType direction)
{
  gboolean here = gtk_widget_is_focus (GTK_WIDGET (self));
  guint    at = wd_sketch_layer_get_current (self), total = wd_sketch_get_n_corners (self->sketch);
  guint    ring = 0;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (total == 0)
    return !here && gtk_widget_grab_focus (GTK_WIDGET (self));
  if (here && (direction == GTK_DIR_TAB_FORWARD ? at == total : at <= 1))
    return FALSE;
  at = direction == GTK_DIR_TAB_FORWARD ? (here ? at + 1 : 1) : (here ? at - 1 : total);
  for (at--; at >= count_corners (self, ring); ring++)
    at -= count_corners (self, ring);
  wd_sketch_layer_set_current (self, ring, at);
  return here || gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Not while the pointer holds one: it would be another one by then. */
static gboolean
has_current (WdSketchLayer *self)
{
  return self->sketch != NULL && !self->dragging && wd_sketch_layer_get_current (self) > 0;
}

static WdPoint
get_current (WdSketchLayer *self)
{
  guint n;

  return wd_sketch_get_ring (self->sketch, self->ring, &n)[self->corner];
}

/* By metres on the ground. */
static WdPoint
move_by (WdPoint from,
         double  east,
         double  north)
{
  double degree = WD_EARTH_RADIUS_M * G_PI / 180;

  return (WdPoint){ from.lon + east / degree / cos (from.lat * G_PI / 180), from.lat + north / degree };
}

static gboolean
arrow_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   data)
{
  WdSketchLayer *self = WD_SKETCH_LAYER (widget);
  gboolean       snaps;
  double         east, north, reach;
  WdPoint        to;

  g_variant_get (arguments, "(ddb)", &east, &north, &snaps);
  if (!has_current (self))
    return FALSE;
  to = move_by (get_current (self), east, north);
  reach = hypot (east, north) / 2 / (2 * G_PI * WD_EARTH_RADIUS_M * cos (to.lat * G_PI / 180)); /* less than a step, or it would never leave again */
  self->snapped.name = NULL;
  if (snaps && self->snap != NULL && wd_snap_find (self->snap, to, reach, &self->snapped))
    to = self->snapped.at;
  wd_sketch_move (self->sketch, self->ring, self->corner, to);
  wd_sketch_layer_tell (self);
  return TRUE;
}

/* Where a ring begins that is drawn by keyboard: a rectangle around the middle of the map, which the arrows bring to any place before,
 * nearer than its edges; what Enter closes is a ring. */
static WdMercator
choose_next (WdSketchLayer *self,
             guint          ring,
             guint          n)
{
  static const struct
  {
    double x, y;
  } ends[] = { { -0.5, -0.5 }, { 0.5, -0.5 }, { 0.5, 0.5 }, { -0.5, 0.5 } };
  WdCamera camera = wd_sketch_layer_read_camera (self);
  double   share = wd_sketch_is_hole (self->sketch, ring) ? FIRST_SHARE / 2 : FIRST_SHARE;
  double   size = share / camera.scale * (double)(1 + n / G_N_ELEMENTS (ends)); /* further ones around the first four */

  return (WdMercator){ camera.centre.x + ends[n % G_N_ELEMENTS (ends)].x * size * camera.width,
                       camera.centre.y + ends[n % G_N_ELEMENTS (ends)].y * size * camera.height };
}

/* Of an open ring the next one; else between the corner and the one after it. */
static gboolean
insert_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  WdSketchLayer *self = WD_SKETCH_LAYER (widget);

  if (self->sketch == NULL)
    return FALSE;
  if (wd_sketch_is_open (self->sketch))
    {
      guint ring = wd_sketch_get_n_rings (self->sketch) - 1, n = count_corners (self, ring);

      if (!wd_sketch_add (self->sketch, wd_mercator_to_point (choose_next (self, ring, n))))
        return TRUE;
      wd_sketch_layer_set_current (self, ring, n);
    }
  else if (has_current (self))
    {
      guint          n;
      const WdPoint *corners = wd_sketch_get_ring (self->sketch, self->ring, &n);
      WdPoint        a = corners[self->corner], b = corners[(self->corner + 1) % n];

      if (!wd_sketch_insert (self->sketch, self->ring, self->corner, (WdPoint){ (a.lon + b.lon) / 2, (a.lat + b.lat) / 2 }))
        return TRUE;
      wd_sketch_layer_set_current (self, self->ring, self->corner + 1);
    }
  else
    return FALSE;
  wd_sketch_layer_tell (self);
  return TRUE;
}

gboolean
wd_sketch_layer_remove_current (WdSketchLayer *self)
{
  guint rings;

  if (!has_current (self))
    return FALSE;
  rings = wd_sketch_get_n_rings (self->sketch);
  wd_sketch_remove (self->sketch, self->ring, self->corner);
  if (wd_sketch_get_n_rings (self->sketch) < rings)
    wd_sketch_layer_set_current (self, G_MAXUINT, G_MAXUINT);
  else
    wd_sketch_layer_set_current (self, self->ring, MIN (self->corner, count_corners (self, self->ring) - 1));
  wd_sketch_layer_tell (self);
  return TRUE;
}

static gboolean
delete_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  return wd_sketch_layer_remove_current (WD_SKETCH_LAYER (widget));
}

static gboolean
close_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   data)
{
  WdSketchLayer *self = WD_SKETCH_LAYER (widget);

  if (self->sketch == NULL || !wd_sketch_close (self->sketch))
    return FALSE;
  self->tool = WD_SKETCH_TOOL_EDIT;
  gtk_widget_set_cursor (widget, NULL);
  wd_sketch_layer_tell (self);
  g_signal_emit_by_name (self, "tool-ended");
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  WdSketchLayer *self = WD_SKETCH_LAYER (widget);

  if (self->sketch == NULL || self->tool == WD_SKETCH_TOOL_EDIT)
    return FALSE;
  wd_sketch_layer_set_tool (self, WD_SKETCH_TOOL_EDIT);
  g_signal_emit_by_name (self, "tool-ended");
  return TRUE;
}

static void
add (GtkEventController *shortcuts,
     const char         *keys,
     GtkShortcutFunc     act,
     GVariant           *arguments)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys), gtk_callback_action_new (act, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, arguments);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts), shortcut);
}

void
wd_sketch_layer_add_keys (WdSketchLayer *self)
{
  /* clang-format off */
  static const struct { const char *keys, *large, *free; double east, north; } arrows[] = {
    { "Left|KP_Left",   "<Shift>Left|<Shift>KP_Left",   "<Control>Left|<Control>KP_Left",   -1,  0 },
    { "Right|KP_Right", "<Shift>Right|<Shift>KP_Right", "<Control>Right|<Control>KP_Right",  1,  0 },
    { "Up|KP_Up",       "<Shift>Up|<Shift>KP_Up",       "<Control>Up|<Control>KP_Up",        0,  1 },
    { "Down|KP_Down",   "<Shift>Down|<Shift>KP_Down",   "<Control>Down|<Control>KP_Down",    0, -1 },
  };
  /* clang-format on */
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      add (shortcuts, arrows[i].keys, arrow_cb, g_variant_new ("(ddb)", arrows[i].east * STEP_M, arrows[i].north * STEP_M, TRUE));
      add (shortcuts, arrows[i].large, arrow_cb, g_variant_new ("(ddb)", arrows[i].east * LARGE_STEP_M, arrows[i].north * LARGE_STEP_M, TRUE));
      add (shortcuts, arrows[i].free, arrow_cb, g_variant_new ("(ddb)", arrows[i].east * STEP_M, arrows[i].north * STEP_M, FALSE));
    }
  add (shortcuts, "Insert|KP_Insert", insert_cb, NULL);
  add (shortcuts, "Delete|KP_Delete|BackSpace", delete_cb, NULL);
  add (shortcuts, "Return|KP_Enter|ISO_Enter", close_cb, NULL);
  add (shortcuts, "Escape", escape_cb, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}
