/* wd-known-pane.h — what is known at the place of a call, and what to tell the caller
 *
 * Outages and quality cases around the point, the most pressing first and active, with the sentence to read out;
 * then open orders there.  One of them is the active one: Alt+↑ and Alt+↓ change it, Ctrl+L attaches the call to it.
 * Nothing here ever takes the focus from what is typed.
 *
 * Signals: attach (id, words): the call belongs to that; changed (): whether there is something to attach to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_KNOWN_PANE (wd_known_pane_get_type ())
G_DECLARE_FINAL_TYPE (WdKnownPane, wd_known_pane, WD, KNOWN_PANE, AdwBin)

void wd_known_pane_set_desk (WdKnownPane *self, WdDesk *desk);

/* Asks the server, where it is another point than before or @anew. */
void wd_known_pane_set_point (WdKnownPane *self, WdPoint point, gboolean anew);

/* An outage or a case: what a new order would only say again. */
gboolean wd_known_pane_has_match (WdKnownPane *self);

void wd_known_pane_move (WdKnownPane *self, int step);
void wd_known_pane_attach (WdKnownPane *self);
void wd_known_pane_tick (WdKnownPane *self);

G_END_DECLS
