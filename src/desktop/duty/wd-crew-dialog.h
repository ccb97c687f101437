/* wd-crew-dialog.h — the unit's crews as a list, the free ones first
 *
 * Signal: chosen (crew id)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_CREW_DIALOG (wd_crew_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdCrewDialog, wd_crew_dialog, WD, CREW_DIALOG, AdwWindow)

/* @what: whom it is for, in words; @states: (element-type WdCrewState), in the order of the crews' column */
GtkWidget *wd_crew_dialog_new (const char *what, GPtrArray *states);

G_END_DECLS
