/* wd-area-inside.h — who is inside the area of a quality case, which its body does not say
 *
 * Of a confirmed area its outage says it; of one under investigation the server is asked, once for each shape.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

G_BEGIN_DECLS

typedef struct _WdAreaInside WdAreaInside;

/* @told: is called when something that was asked for is known */
WdAreaInside *wd_area_inside_new (WdDesk *desk, void (*told) (gpointer data), gpointer data);
void          wd_area_inside_free (WdAreaInside *self);

/* 1,290 户 · 医院 1.  Returns: (transfer full) (nullable): NULL of an outage, which says it by itself, and until it is known */
char *wd_area_inside_describe (WdAreaInside *self, WdAreaItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAreaInside, wd_area_inside_free)

G_END_DECLS
