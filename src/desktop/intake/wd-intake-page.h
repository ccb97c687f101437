/* wd-intake-page.h — calls while they are taken: forms as tabs, and the map
 *
 * Drafts of before are there again at the start.  Leaving asks nothing, for nothing is lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_INTAKE_PAGE (wd_intake_page_get_type ())
G_DECLARE_FINAL_TYPE (WdIntakePage, wd_intake_page, WD, INTAKE_PAGE, AdwBin)

/* @desk has an actor */
GtkWidget *wd_intake_page_new (WdDesk *desk);

/* An empty form comes to the front. */
void wd_intake_page_begin (WdIntakePage *self);

G_END_DECLS
