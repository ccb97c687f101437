/* wd-map-glyphs.h — textures of all that the map's layer draws, each painted once
 *
 * Textures are what a renderer moves for least: a frame of some hundred of them costs little more
 * than an empty one.  They are made for one scale, size of text and theme at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-map-layer.h"
#include "wd-symbol-paint.h"

G_BEGIN_DECLS

typedef struct _WdMapGlyphs WdMapGlyphs;

/* box: where the texture goes, around the glyph's place, in whole pixels; body: what of it can be hit. */
typedef struct
{
  GdkTexture     *texture;
  graphene_rect_t box;
  graphene_rect_t body;
} WdGlyph;

WdMapGlyphs *wd_map_glyphs_new (void);
void         wd_map_glyphs_free (WdMapGlyphs *self);

/* Drops what was made for another scale, size of text (wd_text_scale_get()) or theme. */
void wd_map_glyphs_set_theme (WdMapGlyphs *self,
                              int          scale,
                              double       text,
                              gboolean     dark);

/* All: (transfer none), good until the next call of anything here. */
const WdGlyph *wd_map_glyphs_symbol (WdMapGlyphs  *self,
                                     const char   *category,
                                     WdSymbolState state,
                                     WdSymbolParts parts);
const WdGlyph *wd_map_glyphs_cluster (WdMapGlyphs     *self,
                                      const WdCluster *cluster,
                                      WdMarks          marks);
/* Points at its place from above, or from below. */
const WdGlyph *wd_map_glyphs_unit (WdMapGlyphs *self,
                                   const char  *label,
                                   WdPresence   presence,
                                   gboolean     below,
                                   gboolean     drop);
const WdGlyph *wd_map_glyphs_crew (WdMapGlyphs *self,
                                   const char  *label);
/* Why a drop is refused, under a unit's label. */
const WdGlyph *wd_map_glyphs_refusal (WdMapGlyphs *self,
                                      const char  *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdMapGlyphs, wd_map_glyphs_free)

G_END_DECLS
