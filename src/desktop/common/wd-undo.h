/* wd-undo.h — what was given at a desk, and can be taken back for some seconds, and given again: its toast and keys
 *
 * An act is one command or several.  Those that are held can be taken back, the newest first; what was taken back can be given
 * again, the last one first, as long as nothing else was given since.  Either happens to all of an act.
 *
 * Signals:
 *   moved ()   an act was taken back or given again: by this very hand
 *   taken-back (ids)  after moved: the commands of an act that was taken back
 *   let-go ()  the toast of an act has gone, or another stands in its place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_UNDO_MS 5000 /* that a command is held for */

#define WD_TYPE_UNDO (wd_undo_get_type ())
G_DECLARE_FINAL_TYPE (WdUndo, wd_undo, WD, UNDO, GObject)

/* A desk has one for all its pages: what was given from one of them is taken back from another too.  @overlay: of a page, where it
 * is told while that page is in front.  Returns: (transfer full) */
WdUndo *wd_undo_join (WdDesk *desk, AdwToastOverlay *overlay);

/* Ctrl+Z and Ctrl+Shift+Z in all of the window while @page is in front; in a text they are the text's own. */
void wd_undo_add_keys (WdUndo *self, GtkWidget *page);

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

/* The same of several (element-type WdCommand) that are one act about one object; FALSE where they were refused, all of them. */
gboolean wd_undo_give_all (WdUndo *self, GPtrArray *commands);

/* @given: (transfer full): ids of held commands that are one act, the first first.  What was offered before can still be taken back after it. */
void wd_undo_offer (WdUndo *self, GStrv given, const char *words);

/* Takes back the act that was offered last, its last command first, so that none loses what it stands on; says what came of it. */
void wd_undo_take_back (WdUndo *self);

/* Gives the act again that was taken back last, or says why it can't be done any more: nothing of it is given then. */
void wd_undo_give_again (WdUndo *self);

/* Something else was given that can't be taken back: what was taken back stays so. */
void wd_undo_go_on (WdUndo *self);

/* Its toast makes room; what it says can still be done by key. */
void wd_undo_end_toast (WdUndo *self);

/* Words that nothing hangs on: on the page in front, on a page of one's own. */
void wd_undo_tell (WdUndo *self, const char *words);
void wd_undo_say (AdwToastOverlay *overlay, const char *words);

G_END_DECLS
