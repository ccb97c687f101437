/* wd-new-card.h — an order that waits for this desk's acceptance, with its minutes
 *
 * Signals: accepted (id) · asked (action): a verb of the page that asks first · drag-started () · drag-ended ()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-symbols.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_NEW_CARD (wd_new_card_get_type ())
G_DECLARE_FINAL_TYPE (WdNewCard, wd_new_card, WD, NEW_CARD, AdwBin)

GtkWidget *wd_new_card_new (void);

void        wd_new_card_show (WdNewCard *self, WdDesk *desk, WdOrderItem *item);
const char *wd_new_card_get_id (WdNewCard *self);
const char *wd_new_card_get_words (WdNewCard *self); /* for a screen reader */

/* Each second: how it stands now, and what is left. */
void wd_new_card_tick (WdNewCard *self, WdSymbolState standing, gint64 now);

/* Only the focused card's button is filled. */
void wd_new_card_set_first (WdNewCard *self, gboolean first);

G_END_DECLS
