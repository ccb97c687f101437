/* wd-shape-words.h — what is wrong with a shape, in the words of who draws it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-sketch.h"

G_BEGIN_DECLS

/* 第 4 与第 9 边相交 */
char *wd_shape_words_crossing (const WdSketch *sketch, const WdCrossing *crossing);

/* A sentence of the rooms below (wd-shape.h, a reader of GeoJSON), translated with the place that it names in front; as it is
 * where it is not known here.  (transfer full) */
char *wd_shape_words (const char *fault);

G_END_DECLS
