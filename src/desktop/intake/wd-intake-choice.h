/* wd-intake-choice.h — one of several, each with a letter that chooses it
 *
 * Buttons in rows; the chosen one is filled.  While one of them has the focus its letter chooses, and so do
 * ← and →.  Never a letter where text can be typed.
 *
 * Signal: changed ()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_INTAKE_CHOICE (wd_intake_choice_get_type ())
G_DECLARE_FINAL_TYPE (WdIntakeChoice, wd_intake_choice, WD, INTAKE_CHOICE, AdwBin)

/* @name: of all of them; @columns: to a row */
GtkWidget *wd_intake_choice_new (const char *name, guint columns);

/* A few short ones, joined in one row. */
GtkWidget *wd_intake_choice_new_joined (const char *name);

/* @letter: '\0' for none */
void wd_intake_choice_add (WdIntakeChoice *self, const char *code, const char *label, char letter);

/* Takes all away, to be added anew; what was chosen is chosen again once it is there. */
void wd_intake_choice_clear (WdIntakeChoice *self);

const char *wd_intake_choice_get (WdIntakeChoice *self); /* NULL: none is chosen */
void        wd_intake_choice_set (WdIntakeChoice *self, const char *code);

G_END_DECLS
