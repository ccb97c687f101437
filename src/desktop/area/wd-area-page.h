/* wd-area-page.h — outages and quality cases: the list, the map, one of them, and the editor of areas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_AREA_PAGE (wd_area_page_get_type ())
G_DECLARE_FINAL_TYPE (WdAreaPage, wd_area_page, WD, AREA_PAGE, AdwBin)

GtkWidget *wd_area_page_new (WdDesk *desk);

/* @id: "" leaves what is selected. */
void wd_area_page_show_area (WdAreaPage *self, const char *id);

G_END_DECLS
