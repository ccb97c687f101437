/* wd-unit-item.h — one unit as its card shows it, with what is counted from the desk's copy
 *
 * Signal: changed ()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-house.h"

G_BEGIN_DECLS

typedef enum
{
  WD_MANNED_UNKNOWN, /* this desk itself has no link */
  WD_MANNED_ONLINE,
  WD_MANNED_AWAY,
  WD_MANNED_UNMANNED,
  WD_MANNED_OFFLINE
} WdManned;

#define WD_TYPE_UNIT_ITEM (wd_unit_item_get_type ())
G_DECLARE_FINAL_TYPE (WdUnitItem, wd_unit_item, WD, UNIT_ITEM, GObject)

const WdUnit *wd_unit_item_get_unit (WdUnitItem *self); /* (transfer none): until `changed` */
const char   *wd_unit_item_get_code (WdUnitItem *self);

/* The best of its desks. */
WdManned wd_unit_item_get_manned (WdUnitItem *self);

guint wd_unit_item_get_n_in_hand (WdUnitItem *self);   /* accepted or on site */
guint wd_unit_item_get_n_to_accept (WdUnitItem *self); /* dispatched, also what was just dropped */
guint wd_unit_item_get_n_late (WdUnitItem *self);      /* with a hard clock of the unit's that ran out */

G_END_DECLS
