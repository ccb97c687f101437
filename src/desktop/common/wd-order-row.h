/* wd-order-row.h — an order as a row of the queue
 *
 * [symbol] [category and text / tags, address] [clock chip / who, how far]; of uniform height.  As a row of
 * a unit's table it has columns for stage and crew in place of who and how far.
 *
 * Signal: clocks-requested ()   a click on the chip
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-symbols.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_ORDER_ROW (wd_order_row_get_type ())
G_DECLARE_FINAL_TYPE (WdOrderRow, wd_order_row, WD, ORDER_ROW, AdwBin)

GtkWidget *wd_order_row_new (void);

/* What a row shows of an order; everything is copied. */
typedef struct
{
  const WdOrder  *order;
  const WdPolicy *policy;
  const WdClock  *clock;    /* the nearest one, NULL for none */
  const char     *category; /* its name */
  const char     *unit;     /* whom it is with, by name; NULL for the centre, and for a unit at its own desk */
  const char     *stage;    /* how far the unit is, as a column of its own; NULL for none */
  const char     *crew;     /* in the column after it; NULL while there is none */
  WdManned        manned;   /* its desk; WD_MANNED_UNKNOWN where that is of no matter */
  WdSymbolState   symbol;
  gboolean        unconfirmed;
} WdOrderRowContent;

/* How far it has come at its unit: 已派出, 已送达, 已显示, 已接单, and what keeps it.  Borrowed. */
const char *wd_order_row_delivery (const WdOrderRowContent *content, gint64 now);

/* Whom it is with and how far it has come there, as one line: 东区 · 已显示. (transfer full) */
char *wd_order_row_whereabouts (const WdOrderRowContent *content, gint64 now);

void wd_order_row_show (WdOrderRow *self, const WdOrderRowContent *content, gint64 now);

/* Each second: how it stands now, and what is left.  Returns: whether its words are others */
gboolean wd_order_row_tick (WdOrderRow *self, const WdOrderRowContent *content, gint64 now);

/* The id of the order shown, and all that is shown of it as one sentence for a screen reader; borrowed. */
const char *wd_order_row_get_id (WdOrderRow *self);
const char *wd_order_row_get_words (WdOrderRow *self);

GtkWidget *wd_order_row_get_chip (WdOrderRow *self);

/* Struck through after its recall. */
void wd_order_row_set_struck (WdOrderRow *self, gboolean struck);

/* Pale while its order is dragged. */
void wd_order_row_set_dragged (WdOrderRow *self, gboolean dragged);

G_END_DECLS
