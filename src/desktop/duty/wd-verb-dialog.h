/* wd-verb-dialog.h — what a verb asks before it is given: a few fields, one button
 *
 * Closes only by Esc or by whoever it asks for, so that what was typed stays when it was refused.
 *
 * Signals: given ()    the button, or Ctrl+Enter · changed ()   something was typed or chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_VERB_DIALOG (wd_verb_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdVerbDialog, wd_verb_dialog, WD, VERB_DIALOG, AdwWindow)

/* @title: of the window; @act: on its button; about the order @item, which is shown above */
WdVerbDialog *wd_verb_dialog_new (const char *title, const char *act, WdDesk *desk, WdOrderItem *item);

const char *wd_verb_dialog_get_order (WdVerbDialog *self); /* its id */

/* The limit that the verb is under, running beside the order. */
void wd_verb_dialog_set_clock (WdVerbDialog *self, const WdClock *clock);

/* Fields, from top to bottom; @key finds them again.  A required one keeps the button off while it is blank. */
void wd_verb_dialog_add_text (WdVerbDialog *self, const char *key, const char *label, gboolean required);
void wd_verb_dialog_add_line (WdVerbDialog *self, const char *key, const char *label, const char *hint);
void wd_verb_dialog_add_choice (WdVerbDialog *self, const char *key, const char *label, const char *const *choices);
void wd_verb_dialog_add_check (WdVerbDialog *self, const char *key, const char *label);

/* What the line of @key came to mean, under it. */
void wd_verb_dialog_set_meaning (WdVerbDialog *self, const char *key, const char *words);
/* Keeps the button off as well while it is TRUE. */
void wd_verb_dialog_set_unclear (WdVerbDialog *self, gboolean unclear);

char    *wd_verb_dialog_dup_text (WdVerbDialog *self, const char *key); /* NULL where it is blank */
guint    wd_verb_dialog_get_choice (WdVerbDialog *self, const char *key);
gboolean wd_verb_dialog_get_check (WdVerbDialog *self, const char *key);

/* All that was typed and chosen, by key, and the same brought back once its fields are there.  Returns: (transfer full): a{sv} */
GVariant *wd_verb_dialog_dup_typed (WdVerbDialog *self);
void      wd_verb_dialog_restore (WdVerbDialog *self, GVariant *typed);

/* Why it could not be given. */
void wd_verb_dialog_set_problem (WdVerbDialog *self, const char *words);

G_END_DECLS
