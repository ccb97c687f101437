/* wd-symbol-paint.h — the strokes of which symbols and the other marks on the map are made
 *
 * Everything is painted around 0,0 in pixels of the nominal size; the caller scales.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-palette.h"
#include "wd-symbols.h"

G_BEGIN_DECLS

/* The waiting ring is apart from the rest, so that it can fade on its own. */
typedef enum
{
  WD_SYMBOL_RING = 1 << 0,
  WD_SYMBOL_BODY = 1 << 1,
  WD_SYMBOL_WHOLE = WD_SYMBOL_RING | WD_SYMBOL_BODY
} WdSymbolParts;

void wd_symbol_paint (cairo_t      *cr,
                      const char   *category,
                      WdSymbolState state,
                      WdSymbolParts parts,
                      gboolean      dark);

void wd_paint_set_color (cairo_t *cr,
                         WdColor  color,
                         double   alpha,
                         gboolean dark);

/* A line of text in bold Chinese, its middle at x and its capitals' middle at y.  Returns: its width. */
double wd_paint_text (cairo_t    *cr,
                      const char *text,
                      double      pixels,
                      double      x,
                      double      y);
double wd_paint_measure (const char *text,
                         double      pixels);

/* A lozenge with its halo: the mark of what is late. */
void wd_paint_lozenge (cairo_t *cr,
                       double   x,
                       double   y,
                       double   radius,
                       gboolean dark);

/* A cross in a ring: here a shape is wrong. */
void wd_paint_fault (cairo_t *cr,
                     double   x,
                     double   y,
                     gboolean dark);

void wd_paint_rounded (cairo_t *cr,
                       double   x,
                       double   y,
                       double   width,
                       double   height,
                       double   radius);

G_END_DECLS
