/* wd-unit-strip.h — the units on a strip at the window's edge, where there is no room for their cards
 *
 * One button: clicked, or come to by keyboard, it asks for the cards ("clicked"); whoever shows
 * them takes the focus there.  While they are shown it takes none itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-unit-card.h"

G_BEGIN_DECLS

#define WD_TYPE_UNIT_STRIP (wd_unit_strip_get_type ())
G_DECLARE_FINAL_TYPE (WdUnitStrip, wd_unit_strip, WD, UNIT_STRIP, GtkButton)

/* Adds or shows anew what stands there for a unit. */
void wd_unit_strip_show (WdUnitStrip *self, const char *code, const WdUnitCardContent *content);
void wd_unit_strip_clear (WdUnitStrip *self);

/* Whether the cards are shown now. */
void wd_unit_strip_set_open (WdUnitStrip *self, gboolean open);

G_END_DECLS
