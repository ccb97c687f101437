/* wd-board-page.h — the dispatch board: queue, map, units
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_BOARD_PAGE (wd_board_page_get_type ())
G_DECLARE_FINAL_TYPE (WdBoardPage, wd_board_page, WD, BOARD_PAGE, AdwBin)

GtkWidget *wd_board_page_new (WdDesk *desk);

/* Gives the focus to the unit's card, which comes into view with it.  Nothing happens where there is no such unit. */
void wd_board_page_show_unit (WdBoardPage *self, const char *code);

/* Selects the order, and brings the map to its place, if it has one. */
void wd_board_page_show_order (WdBoardPage *self, const char *id);

G_END_DECLS
