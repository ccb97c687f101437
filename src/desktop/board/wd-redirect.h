/* wd-redirect.h — an order that goes away from a unit: what a person is asked before, and the commands of it
 *
 * Where each order is, is noted when the hand takes it: what somebody else gave to a unit since is not taken from there
 * unasked.  And what a unit has accepted doesn't go without a reason.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ask-dialog.h"
#include "wd-desk.h"

G_BEGIN_DECLS

/* @ids: NULL-terminated.  Returns: (transfer full): from the id of each to the code of the unit that it is with, NULL where with none */
GHashTable *wd_redirect_note_units (WdDesk *desk, const char *const *ids);

/**
 * wd_redirect_ask_taken:
 * @over: what the question stands over
 * @seen: what was noted when the hand took them
 *
 * Asks whether to take away what another gave to a unit since; the other answer leads to the order.
 *
 * Returns: (transfer none) (nullable): the question, “done” once it shall be taken away; NULL where there is nothing to ask
 */
WdAskDialog *wd_redirect_ask_taken (GtkWidget *over, WdDesk *desk, GHashTable *seen, const char *const *ids);

/**
 * wd_redirect_ask_reason:
 * @heading: what is about to be done
 * @act: the button that does it, or goes on with it
 *
 * Asks why orders go away from units that have accepted them, and names both.
 *
 * Returns: (transfer none) (nullable): the question, with the reason in its words once it is “done”; NULL where none was accepted
 */
WdAskDialog *wd_redirect_ask_reason (GtkWidget *over, WdDesk *desk, const char *const *ids, const char *heading, const char *act);

/* One act: away from where it is (@away; @reason: nullable), and to @unit (nullable).  Returns: (transfer full) (element-type WdCommand) */
GPtrArray *wd_redirect_make (const char *id, gboolean away, const char *reason, const char *unit);
GStrv      wd_redirect_list_ids (GPtrArray *commands); /* (transfer full): of the commands */

G_END_DECLS
