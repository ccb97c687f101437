/* wd-board-private.h — the board's parts, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-board-page.h"
#include "wd-map-feed.h"
#include "wd-map-list.h"
#include "wd-map-view.h"
#include "wd-queue.h"
#include "wd-unit-card.h"

G_BEGIN_DECLS

#define WD_UNDO_MS 5000

struct _WdBoardPage
{
  AdwBin parent_instance;

  AdwToastOverlay *overlay;
  GtkPaned        *outer;
  GtkPaned        *inner;
  WdQueue         *queue;
  WdMapView       *map;
  GtkBox          *cards; /* WdUnitCard */
  GtkLabel        *on_duty;

  WdDesk      *desk;
  SoupSession *session; /* for the basemap */
  WdOrderList *orders;
  WdMapFeed   *feed;
  WdMapList   *in_view;
  gboolean     selecting; /* one side follows the other */
  gboolean     any_units;
  guint        gather_units;
  char        *token; /* that the basemap is asked for with */

  /* wd-board-dispatch.c */
  GStrv     sent; /* commands that can still be undone */
  AdwToast *toast;
  GtkLabel *toast_left;  /* of the toast: the seconds left */
  gint64    toast_until; /* monotonic microseconds */
  guint     toast_tick;
};

/* wd-board-units.c */
void _wd_board_page_make_cards (WdBoardPage *self);
void _wd_board_page_show_on_duty (WdBoardPage *self);
void _wd_board_page_tick_units (WdBoardPage *self);
void _wd_board_page_find_home (WdBoardPage *self);
void _wd_board_page_begin_drag (WdBoardPage *self, const char *const *ids);
void _wd_board_page_end_drag (WdBoardPage *self);

/* Gives orders to a unit: at once on the screen, five seconds to undo, then sent. */
void _wd_board_page_dispatch (WdBoardPage *self, const char *const *ids, const char *unit);
void _wd_board_page_undo (WdBoardPage *self);
void _wd_board_page_say_missed (WdBoardPage *self);
/* Ctrl+D: the units as a list, best first. */
void _wd_board_page_ask_unit (WdBoardPage *self);
void _wd_board_page_dispatch_dispose (WdBoardPage *self);

G_END_DECLS
