/* wd-held.h — acts whose commands are held for some seconds before they are sent, the newest first to be taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_UNDO_MS 5000 /* that a command is held for */

typedef struct _WdHeld WdHeld;

WdHeld *wd_held_new (void);
void    wd_held_free (WdHeld *self);

/* @commands: (transfer full): ids of one act, the first first. */
void wd_held_push (WdHeld *self, GStrv commands);

/* Takes the newest act off; its commands, NULL where no act can be held any more. */
GStrv wd_held_pop (WdHeld *self);

/* All stay given. */
void wd_held_clear (WdHeld *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdHeld, wd_held_free)

G_END_DECLS
