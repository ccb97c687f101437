/* wd-conflict-private.h — the inside of the page of conflicts, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-conflict-page.h"

G_BEGIN_DECLS

struct _WdConflictPage
{
  AdwBin parent_instance;

  GtkLabel       *count;
  GtkListBox     *list;
  GtkWidget      *sides; /* all about the one that is chosen */
  GtkLabel       *title;
  GtkLabel       *story;
  GtkLabel       *mine_who;
  GtkBox         *mine_rows;
  GtkButton      *mine_button;
  GtkLabel       *mine_hint;
  GtkLabel       *theirs_who;
  GtkBox         *theirs_rows;
  GtkButton      *theirs_button;
  GtkLabel       *theirs_hint;
  GtkLabel       *before_who;
  GtkBox         *before_rows;
  GtkCheckButton *behind;
  GtkButton      *both_button;
  GtkLabel       *both_hint;

  WdDesk       *desk;
  char         *command;     /* the refused one that is shown */
  GCancellable *cancellable; /* of the question who was first */
  gboolean      filling;
};

/* Order as it stands now; NULL where it is not there (any more). */
const WdOrder *_wd_conflict_theirs (WdConflictPage *self, const WdRefusal *refusal);

/* wd-conflict-sides.c: the three sides, member by member, and what was wanted in a few words. */
void  _wd_conflict_show_sides (WdConflictPage *self, const WdRefusal *refusal);
char *_wd_conflict_describe (WdConflictPage *self, const WdCommand *command);
char *_wd_conflict_unit_name (WdConflictPage *self, const char *code, gboolean brief);

/* wd-conflict-acts.c: the buttons, and what they do. */
void _wd_conflict_show_acts (WdConflictPage *self, const WdRefusal *refusal);
void _wd_conflict_keep (WdConflictPage *self);
void _wd_conflict_use_mine (WdConflictPage *self);
void _wd_conflict_record_both (WdConflictPage *self);

const WdRefusal *_wd_conflict_get_refusal (WdConflictPage *self);

G_END_DECLS
