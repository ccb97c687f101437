/* wd-ask-dialog.h — asks for what an act needs besides: words, and a choice where there is one
 *
 * The act's button stays off until the words and choices that it can't do without are there.
 *
 * Signal: done (dialog): the act's button was pressed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_ASK_DIALOG (wd_ask_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdAskDialog, wd_ask_dialog, WD, ASK_DIALOG, AdwMessageDialog)

/* @act: what the button does, as a verb; @leave: not doing it; @words: what the text is called, NULL to ask for none */
WdAskDialog *wd_ask_dialog_new (GtkWidget *over, const char *heading, const char *body, const char *act, const char *leave, const char *words, gboolean required);

/* One of several, by number; @names: NULL-terminated. */
void wd_ask_dialog_add_choice (WdAskDialog *self, const char *label, const char *const *names);

/* The same where none is likelier than the others: its name is in sight, and the act's button stays off until one is chosen. */
void wd_ask_dialog_require_choice (WdAskDialog *self, const char *label, const char *const *names);

/* What the first choice is at now: the act's button stays off until another one is chosen. */
void wd_ask_dialog_set_present (WdAskDialog *self, guint present);

/* What it is about, above what is asked for.  @facts: floating, taken */
void wd_ask_dialog_add_facts (WdAskDialog *self, GtkWidget *facts);

/* Enter does it at once: for choices whose first is the likeliest. */
void wd_ask_dialog_focus_act (WdAskDialog *self);

guint       wd_ask_dialog_get_choice (WdAskDialog *self, guint which);
const char *wd_ask_dialog_get_words (WdAskDialog *self); /* NULL where nothing was written */

G_END_DECLS
