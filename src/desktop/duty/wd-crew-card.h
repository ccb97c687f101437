/* wd-crew-card.h — a crew: who goes, what it does now, and a place to drop orders
 *
 * Signals: dropped (ids) · asked (): Enter, or a screen reader: the order at hand is to go to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-crew-state.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_CREW_CARD (wd_crew_card_get_type ())
G_DECLARE_FINAL_TYPE (WdCrewCard, wd_crew_card, WD, CREW_CARD, GtkWidget)

GtkWidget  *wd_crew_card_new (void);
void        wd_crew_card_show (WdCrewCard *self, const WdCrewState *state);
const char *wd_crew_card_get_id (WdCrewCard *self);

G_END_DECLS
