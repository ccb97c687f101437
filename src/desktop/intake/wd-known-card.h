/* wd-known-card.h — one thing that is known at a place, as a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-clock-chip.h"
#include "wd-desk.h"
#include "wd-outage.h"

G_BEGIN_DECLS

#define WD_TYPE_KNOWN_CARD (wd_known_card_get_type ())
G_DECLARE_FINAL_TYPE (WdKnownCard, wd_known_card, WD, KNOWN_CARD, GtkListBoxRow)

/* @object: a body of @kind (outage, quality, order) as the server answered it
 * @sentence: (nullable): to read out
 * @point: where the caller is
 *
 * Signal: attach (): its button was pressed
 *
 * Returns: (nullable): NULL where the body can't be read */
GtkWidget *wd_known_card_new (WdDesk *desk, WdObjectKind kind, JsonObject *object, const char *sentence, const WdPoint *point);

const char  *wd_known_card_get_id (WdKnownCard *self);
WdObjectKind wd_known_card_get_kind (WdKnownCard *self);
const char  *wd_known_card_get_title (WdKnownCard *self); /* O1124-0001 主管爆裂 */

/* The active one's button is the likeliest right act. */
void wd_known_card_set_active (WdKnownCard *self, gboolean active);
void wd_known_card_tick (WdKnownCard *self, gint64 now);

G_END_DECLS
