/* wd-sketch-layer.h — an area being drawn on the map, with its corners as handles
 *
 * Above all other layers, but for its ground, which lies below the symbols, as that of all areas does.  Corners are squares, the middles between them rings that become corners when they are dragged; what
 * was told before is a thin dashed line, what is added since blue, what is given up hollow; a border that crosses itself is red
 * where it does.  A corner that comes near a line of the snap goes onto it, which a label names; Ctrl holds it off.
 *
 * By keyboard: Tab through the corners, arrows 1 m, Shift+arrows 10 m, Insert adds one behind, Delete takes it away, Enter
 * closes the ring, Esc ends it; Ctrl+arrows don't snap.  A right click takes a corner away too.
 *
 * Signals: changed (): the sketch is another one; current-changed (): the keyboard is at another corner; tool-ended ()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-paint.h"
#include "wd-sketch.h"
#include "wd-snap.h"

G_BEGIN_DECLS

typedef enum
{
  WD_SKETCH_TOOL_EDIT, /* corners are moved; elsewhere the map pans */
  WD_SKETCH_TOOL_PART, /* each click is a corner of a new part … */
  WD_SKETCH_TOOL_HOLE  /* … or of a hole */
} WdSketchTool;

#define WD_TYPE_SKETCH_LAYER (wd_sketch_layer_get_type ())
G_DECLARE_FINAL_TYPE (WdSketchLayer, wd_sketch_layer, WD, SKETCH_LAYER, ShumateLayer)

WdSketchLayer *wd_sketch_layer_new (ShumateViewport *viewport);

/* What is drawn without its corners and words, as a layer of its own.  (transfer none) */
ShumateLayer *wd_sketch_layer_get_ground (WdSketchLayer *self);

/* @sketch: (nullable): borrowed: NULL ends it.  @published: (nullable): what is known outside */
void wd_sketch_layer_begin (WdSketchLayer *self,
                            WdSketch      *sketch,
                            WdAreaStyle    style,
                            WdAreaShape   *published);
void wd_sketch_layer_set_published (WdSketchLayer *self,
                                    WdAreaShape   *published); /* (nullable) */
/* What somebody else made of it meanwhile: a dash-dotted outline. */
void wd_sketch_layer_set_theirs (WdSketchLayer *self,
                                 WdAreaShape   *theirs); /* (nullable) */
void wd_sketch_layer_set_snap (WdSketchLayer *self,
                               const WdSnap  *snap); /* (nullable): borrowed */

void         wd_sketch_layer_set_tool (WdSketchLayer *self,
                                       WdSketchTool   tool);
WdSketchTool wd_sketch_layer_get_tool (WdSketchLayer *self);

/* The pointer holds a corner of it. */
gboolean wd_sketch_layer_is_dragging (WdSketchLayer *self);

/* The sketch was changed by its owner: undo, a file, a copy. */
void wd_sketch_layer_refresh (WdSketchLayer *self);

/* Where the border crosses itself, or is wrong in another way; lon NAN for nowhere. */
void wd_sketch_layer_set_fault (WdSketchLayer *self,
                                WdPoint        at);

/* What the change comes to, in a pill at the corner that is moved; NULL for none. */
void wd_sketch_layer_set_gain (WdSketchLayer *self,
                               const char    *words);

/* The corner that the keyboard is at, from 1 over all rings; 0 for none. */
guint wd_sketch_layer_get_current (WdSketchLayer *self);
/* For a screen reader: 第 7 点，共 10，受影响 1,290 户 */
void wd_sketch_layer_say (WdSketchLayer *self,
                          const char    *words);

G_END_DECLS
