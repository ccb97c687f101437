/* wd-sketch.h — an area while it is drawn: rings, corners, and the way back
 *
 * Holds closed rings and at most one that is still open, the last.  Corners are WGS-84, of seven digits, a centimetre, as
 * they are told: what is judged and counted is the same shape.  The first corner of a ring is not repeated.
 * Each change is one step that can be undone; between wd_sketch_hold() and wd_sketch_release() all changes are one, as a drag
 * is, and there is no way back or forth before it ends.  Nothing is refused for what it encloses: an area may be wrong while it is drawn (wd_sketch_find_crossing(),
 * wd_shape_fault()).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area.h"

G_BEGIN_DECLS

#define WD_SKETCH_CORNERS 10000 /* in all, as the server takes */

typedef struct _WdSketch WdSketch;

WdSketch *wd_sketch_new (void);
void      wd_sketch_free (WdSketch *self);

/* As it stands, without the way back: cheap, and another thread may have it. */
WdSketch *wd_sketch_copy (const WdSketch *self);

guint          wd_sketch_get_n_rings (const WdSketch *self);
const WdPoint *wd_sketch_get_ring (const WdSketch *self, guint ring, guint *n_corners); /* until the next change */
gboolean       wd_sketch_is_hole (const WdSketch *self, guint ring);
gboolean       wd_sketch_is_open (const WdSketch *self);  /* the last ring is */
gboolean       wd_sketch_is_begun (const WdSketch *self); /* … and has corners: one without any is only where the next one goes */
guint          wd_sketch_get_n_corners (const WdSketch *self);
gboolean       wd_sketch_is_too_large (const WdSketch *self); /* as no server takes it */

/* All anew, of closed rings as wd_geometry_rings() reads them. */
void wd_sketch_set (WdSketch *self, GPtrArray *rings, GArray *starts);

/* What was done so far can't be undone: this is where one begins. */
void wd_sketch_settle (WdSketch *self);

/* A part or a hole begins; an open ring that is there goes.  No step: there is nothing to undo before the first corner. */
void wd_sketch_begin (WdSketch *self, gboolean hole);
/* To the open ring.  FALSE where there is none, or where there are too many. */
gboolean wd_sketch_add (WdSketch *self, WdPoint corner);
/* FALSE where fewer than three corners enclose nothing. */
gboolean wd_sketch_close (WdSketch *self);
/* The open ring goes, if there is one. */
void wd_sketch_drop_open (WdSketch *self);

gboolean wd_sketch_move (WdSketch *self, guint ring, guint corner, WdPoint to);      /* FALSE where there is no such corner */
gboolean wd_sketch_insert (WdSketch *self, guint ring, guint after, WdPoint corner); /* between that corner and the next */
/* A closed ring that would be left with two goes as a whole. */
void wd_sketch_remove (WdSketch *self, guint ring, guint corner);

void wd_sketch_hold (WdSketch *self);
void wd_sketch_release (WdSketch *self);

gboolean wd_sketch_can_undo (const WdSketch *self);
gboolean wd_sketch_can_redo (const WdSketch *self);
gboolean wd_sketch_undo (WdSketch *self);
gboolean wd_sketch_redo (WdSketch *self);

/* The closed rings, closed by their first corner again, each part followed by the holes that lie in it.
 * @starts: (out): where each part's rings begin.  Returns: (transfer full): empty where there is no part */
GPtrArray *wd_sketch_dup_rings (const WdSketch *self, GArray **starts);

/* Two edges that cross; edge i runs from corner i to the next. */
typedef struct
{
  guint   ring, edge;
  guint   other_ring, other_edge;
  WdPoint at;
} WdCrossing;
gboolean wd_sketch_find_crossing (const WdSketch *self, WdCrossing *crossing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSketch, wd_sketch_free)

G_END_DECLS
