/* wd-shelve-dialog.h — how long an alarm is to be hidden, and why
 *
 * Signal: given ()   the button, or Ctrl+Enter: it closes after it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_SHELVE_DIALOG (wd_shelve_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdShelveDialog, wd_shelve_dialog, WD, SHELVE_DIALOG, AdwWindow)

/* @key: of the alarm; @sentence: what it says */
GtkWindow  *wd_shelve_dialog_new (GtkWindow *parent, const char *key, const char *sentence);
const char *wd_shelve_dialog_get_key (WdShelveDialog *self);
guint       wd_shelve_dialog_get_minutes (WdShelveDialog *self);
char       *wd_shelve_dialog_dup_reason (WdShelveDialog *self); /* never blank once it is given */

G_END_DECLS
