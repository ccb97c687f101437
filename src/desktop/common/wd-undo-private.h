/* wd-undo-private.h — the inside of WdUndo, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-undo.h"

G_BEGIN_DECLS

struct _WdUndo
{
  GObject parent_instance;

  WdDesk          *desk;
  AdwToastOverlay *overlay;
  GQueue           given; /* Act, the newest at its head */
  GQueue           taken; /* Act, the one taken back last at its head */

  /* wd-undo-toast.c */
  AdwToast *toast; /* of the head of one of them */
  GtkLabel *left;  /* in the toast of a given one: the seconds left */
  gint64    until; /* when it goes: monotonic microseconds */
  guint     tick;
};

/* wd-undo-toast.c.  Each takes the place of the one before. */
void _wd_undo_show_given (WdUndo *self, const char *words); /* with the seconds left, and the button that takes it back */
void _wd_undo_show_taken (WdUndo *self);                    /* with the button that gives it again */
void _wd_undo_forget_toast (WdUndo *self);                  /* it may still be seen */

G_END_DECLS
