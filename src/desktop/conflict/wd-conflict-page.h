/* wd-conflict-page.h — what the server refused, one after another, with both sides, for a person to decide
 *
 * Signal: settled ()   nothing is left to decide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_CONFLICT_PAGE (wd_conflict_page_get_type ())
G_DECLARE_FINAL_TYPE (WdConflictPage, wd_conflict_page, WD, CONFLICT_PAGE, AdwBin)

GtkWidget *wd_conflict_page_new (WdDesk *desk);

/* What a refusal is about, by its number, and an outage by its title too.  (transfer full) */
char *wd_conflict_name (WdDesk *desk, const WdRefusal *refusal);

/* Shows the refusal of that command; the oldest where there is none such. */
void wd_conflict_page_show (WdConflictPage *self, const char *command);

G_END_DECLS
