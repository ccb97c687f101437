/* wd-undo.h — what was given from a page, and can be taken back for some seconds: its toast and Ctrl+Z
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-held.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _WdUndo WdUndo;

/* @action: of the page, that the toast's button does: it calls wd_undo_take_back(). */
WdUndo *wd_undo_new (WdDesk *desk, AdwToastOverlay *overlay, const char *action);
void    wd_undo_free (WdUndo *self);

/**
 * wd_undo_give:
 * @members: (nullable): a{sv}, floating
 * @expect: the version that the person saw; WD_INT_ABSENT for the one that is shown now
 *
 * Gives a command that is held.
 *
 * Returns: (transfer full) (nullable): its id; NULL where it was refused, which has been said
 */
char *wd_undo_give (WdUndo *self, WdVerb verb, const char *object, GVariant *members, gint64 expect);

/* The same of a command that was made already. */
char *wd_undo_give_command (WdUndo *self, const WdCommand *command);

/* @given: (transfer full): ids of held commands that are one act, the first first.  What was offered before can still be taken back after it. */
void wd_undo_offer (WdUndo *self, GStrv given, const char *words);

/* Takes back the act that was offered last, its last command first, so that none loses what it stands on; says what came of it. */
void wd_undo_take_back (WdUndo *self);

/* What was offered stays given. */
void wd_undo_end (WdUndo *self);

/* Words that nothing hangs on. */
void wd_undo_say (AdwToastOverlay *overlay, const char *words);

G_END_DECLS
