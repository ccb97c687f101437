/* wd-area-paint.h — areas as hatched and dotted ground, painted into a texture in any thread
 *
 * A shape is made once and never changes, so a worker may read it while the map goes on.  What tells the kinds apart is the
 * edge and the pattern, not the colour alone: emergency solid edge and dense hatch, planned dashed and wide, quality dots,
 * dashed while under investigation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-camera.h"
#include "wd-palette.h"

G_BEGIN_DECLS

typedef enum
{
  WD_AREA_EMERGENCY,
  WD_AREA_PLANNED,
  WD_AREA_QUALITY,
  WD_AREA_DRAFT, /* of quality, not told to anybody */
  WD_N_AREA_STYLES
} WdAreaStyle;

typedef struct _WdAreaShape WdAreaShape;

/* @rings, @starts: as wd_geometry_rings() reads them; not kept */
WdAreaShape *wd_area_shape_new (WdAreaStyle style,
                                GPtrArray  *rings,
                                GArray     *starts);
WdAreaShape *wd_area_shape_ref (WdAreaShape *self);
void         wd_area_shape_unref (WdAreaShape *self);

/* The corners that lie farthest north, south, east and west, in this order. */
const WdMercator *wd_area_shape_get_ends (const WdAreaShape *self);
gboolean          wd_area_shape_is_in_view (const WdAreaShape *self,
                                            const WdCamera    *camera);

/* In any part, and in none of its holes. */
gboolean wd_area_shape_contains (const WdAreaShape *self,
                                 WdMercator         at);
double   wd_area_shape_get_size (const WdAreaShape *self); /* of the box around it, to tell the smaller of two */

WdColor wd_area_style_get_color (WdAreaStyle style);

/* The edge and the pattern alone, in a rectangle of that size at 0,0: for a legend. */
void wd_area_style_paint (WdAreaStyle style,
                          cairo_t    *cr,
                          double      width,
                          double      height,
                          gboolean    dark);

/* The outline as a path that is filled by winding: parts run one way and holes the other, so that where parts lie over one another it is inside.
 * Corners closer than a pixel are left out. */
void wd_area_shape_trace (const WdAreaShape *self,
                          cairo_t           *cr,
                          const WdCamera    *camera);

/* Into @cr, whose pixels are those of @camera. */
void wd_area_shape_paint (const WdAreaShape *self,
                          cairo_t           *cr,
                          const WdCamera    *camera,
                          gboolean           dark);

/* All of @shapes (element-type WdAreaShape), the last on top; what tells a confirmed quality area shows through an outage on it.  @scale device pixels to one of @camera's.
 * Returns: (transfer full) */
GdkTexture *wd_area_paint_texture (GPtrArray      *shapes,
                                   const WdCamera *camera,
                                   int             scale,
                                   gboolean        dark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAreaShape, wd_area_shape_unref)

G_END_DECLS
