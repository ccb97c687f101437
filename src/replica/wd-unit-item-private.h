/* wd-unit-item-private.h — how the desk keeps its units' cards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-copy.h"
#include "wd-unit-item.h"

G_BEGIN_DECLS

WdUnitItem *wd_unit_item_new (WdCopy *copy);
gboolean    wd_unit_item_set_manned (WdUnitItem *self, WdManned manned); /* whether it is another one */
void        wd_unit_item_set_counts (WdUnitItem *self, guint in_hand, guint to_accept, guint late);
void        wd_unit_item_emit_changed (WdUnitItem *self);

G_END_DECLS
