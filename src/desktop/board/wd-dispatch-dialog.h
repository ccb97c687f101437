/* wd-dispatch-dialog.h — the units as a list, best first: what a drag shows, by keyboard
 *
 * Signals: chosen (code)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_DISPATCH_DIALOG (wd_dispatch_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdDispatchDialog, wd_dispatch_dialog, WD, DISPATCH_DIALOG, AdwWindow)

/* @preferred: (nullable): a unit: begins at that one, if it may be chosen; else at the best */
GtkWidget *wd_dispatch_dialog_new (WdDesk *desk, const char *const *ids, const char *preferred);

const char *const *wd_dispatch_dialog_get_orders (WdDispatchDialog *self);

G_END_DECLS
