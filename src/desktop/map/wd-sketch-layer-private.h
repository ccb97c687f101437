/* wd-sketch-layer-private.h — what the files of the sketch's layer share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-sketch-layer.h"

G_BEGIN_DECLS

struct _WdSketchLayer
{
  ShumateLayer parent_instance;

  GtkWidget    *ground; /* WdSketchGround */
  WdSketch     *sketch; /* NULL: nothing is drawn */
  const WdSnap *snap;
  WdAreaStyle   style;
  WdAreaShape  *published;
  WdAreaShape  *theirs;
  WdSketchTool  tool;
  WdPoint       fault;
  char         *gain; /* what the change comes to; NULL */

  guint     ring, corner; /* where the keyboard is; G_MAXUINT: nowhere */
  gboolean  dragging;     /* that corner, with the pointer */
  gboolean  moved;        /* what is pressed is no click any more */
  WdPoint   pointer;      /* where the next corner would be; lon NAN */
  WdSnapped snapped;      /* name NULL where nothing is near */
  double    start_x, start_y, last_x, last_y;
  double    grip_x, grip_y; /* from the corner to where it was taken */
};

WdCamera   wd_sketch_layer_read_camera (WdSketchLayer *self);
WdMercator wd_sketch_layer_get_corner (WdSketchLayer *self, guint ring, guint corner);
void       wd_sketch_layer_set_current (WdSketchLayer *self, guint ring, guint corner);
void       wd_sketch_layer_tell (WdSketchLayer *self); /* changed */

void wd_sketch_layer_redraw (WdSketchLayer *self);

/* wd-sketch-ground.c */
GtkWidget *wd_sketch_ground_new (WdSketchLayer *layer);

/* wd-sketch-paint.c */
void wd_sketch_layer_paint_ground (WdSketchLayer *self, cairo_t *cr, const WdCamera *camera);
void wd_sketch_layer_paint (WdSketchLayer *self, cairo_t *cr, const WdCamera *camera);

/* wd-sketch-pointer.c */
gboolean wd_sketch_layer_hits (WdSketchLayer *self, double x, double y);
void     wd_sketch_layer_add_pointer (WdSketchLayer *self);

/* wd-sketch-keys.c */
gboolean wd_sketch_layer_remove_current (WdSketchLayer *self); /* FALSE where there is none */
gboolean wd_sketch_layer_move_focus (WdSketchLayer *self, GtkDirectionType direction);
void     wd_sketch_layer_add_keys (WdSketchLayer *self);

G_END_DECLS
