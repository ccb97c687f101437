/* wd-critical-layer.h — who has to be told first, as marks on the map: a hospital, a school, a dialysis centre
 *
 * A layer of its own, so that a drag of what lies over it paints none of them anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-mercator.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define WD_TYPE_CRITICAL_LAYER (wd_critical_layer_get_type ())
G_DECLARE_FINAL_TYPE (WdCriticalLayer, wd_critical_layer, WD, CRITICAL_LAYER, ShumateLayer)

typedef struct
{
  WdPoint     at;
  const char *badge; /* static: one character */
} WdCriticalMark;

WdCriticalLayer *wd_critical_layer_new (ShumateViewport *viewport);

/* Replaces all, the most important first: the others give way to it where they lie close.  Copied. */
void wd_critical_layer_set_marks (WdCriticalLayer      *self,
                                  const WdCriticalMark *marks,
                                  gsize                 n_marks);

G_END_DECLS
