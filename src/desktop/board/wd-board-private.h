/* wd-board-private.h — the board's parts, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-feed.h"
#include "wd-board-page.h"
#include "wd-lasso.h"
#include "wd-map-feed.h"
#include "wd-map-list.h"
#include "wd-map-view.h"
#include "wd-queue.h"
#include "wd-undo.h"
#include "wd-unit-strip.h"

G_BEGIN_DECLS

/* What the map shows besides orders and units. */
enum
{
  WD_BOARD_OUTAGES,
  WD_BOARD_QUALITY,
  WD_BOARD_CREWS,
  WD_N_BOARD_LAYERS
};

struct _WdBoardPage
{
  AdwBin parent_instance;

  AdwToastOverlay *overlay;
  GtkPaned        *outer;
  GtkPaned        *inner;
  WdQueue         *queue;
  WdMapView       *map;
  GtkBox          *cards; /* WdUnitCard */
  GtkWidget       *units_pane;
  WdUnitStrip     *strip;  /* in place of the units, where the window is too narrow */
  AdwBin          *drawer; /* the units over the map's edge, then, while they are asked for */
  GtkWidget       *cards_scroll;
  GtkWidget       *no_units;
  GtkLabel        *on_duty;
  GtkToggleButton *by_territory;
  GtkWidget       *recent; /* what was dispatched last, where height allows */
  GtkBox          *recent_rows;
  GtkToggleButton *filters[WD_QUEUE_N_FILTERS];

  WdDesk      *desk;
  WdOrderList *orders;
  WdMapFeed   *feed;
  WdAreaFeed  *area_feed;
  WdMapList   *in_view;
  gboolean     selecting; /* one side follows the other */
  gboolean     any_units;
  gboolean     has_basemap;
  guint        gather_units;
  gboolean     stale;  /* orders have changed since the cards and what was dispatched last were shown */
  GPtrArray   *newest; /* WdOrderItem: those dispatched last, the newest first */
  gboolean     newest_unknown;
  guint        ticks;
  GStrv        dragged; /* orders, while a hand holds them: nothing moves then */
  GHashTable  *seen;    /* id → unit that it was with when the hand took it, or NULL */

  GSettings *settings; /* (nullable) */

  /* wd-board-panes.c */
  gboolean narrow;
  gboolean folded;  /* the units, to the strip */
  gboolean placing; /* panes get their widths: nothing to remember */
  guint    place;   /* source */

  GtkWidget *menu;       /* of an order; NULL while there is none */
  char      *menu_id;    /* that it is about */
  GtkWidget *menu_focus; /* (weak): where the focus was before it */

  /* wd-board-layers.c */
  GtkToggleButton *layers[WD_N_BOARD_LAYERS];
  GtkWidget       *layers_box;

  /* wd-board-lasso.c */
  WdLasso         *lasso;
  GtkToggleButton *lasso_button;
  GtkWidget       *lasso_card; /* what was surrounded, to be dragged */
  GtkLabel        *lasso_words;
  GtkWidget       *lasso_dispatch;
  GStrv            lasso_dragged;

  WdUndo *undo;
};

/* wd-board-units.c */
void _wd_board_page_make_cards (WdBoardPage *self);
void _wd_board_page_show_cards (WdBoardPage *self);
void _wd_board_page_show_on_duty (WdBoardPage *self);
void _wd_board_page_tick_units (WdBoardPage *self);
void _wd_board_page_begin_drag (WdBoardPage *self, const char *const *ids);
void _wd_board_page_end_drag (WdBoardPage *self);

/* wd-board-panes.c: how wide queue and units are, as it was left.  Folded units are shown for a drag or who comes by
 * keyboard, until either leaves. */
void     _wd_board_page_follow_width (WdBoardPage *self); /* once it is realized */
void     _wd_board_page_end_panes (WdBoardPage *self);
void     _wd_board_page_show_units (WdBoardPage *self);
gboolean _wd_board_page_hide_units (WdBoardPage *self); /* Returns: whether they were shown for a while only */
void     _wd_board_page_toggle_units (WdBoardPage *self);

void _wd_board_page_tell_dragged (WdBoardPage *self, const char *id); /* it changed: each card says anew what it would be */

/* wd-board-territory.c: the best first among the cards, where that is asked for. */
void _wd_board_page_follow_territory (WdBoardPage *self);
void _wd_board_page_arrange_cards (WdBoardPage *self);

/* wd-board-recent.c */
void _wd_board_page_note_recent (WdBoardPage *self, const char *id); /* it came, went or is another one */
void _wd_board_page_show_recent (WdBoardPage *self);
void _wd_board_page_fit_recent (WdBoardPage *self); /* shown where height allows */

/* wd-board-dispatch.c: at once on the screen, five seconds to undo, then sent. */
void  _wd_board_page_note_units (WdBoardPage *self, const char *const *ids); /* where each is as the hand takes them */
void  _wd_board_page_dispatch (WdBoardPage *self, const char *const *ids, const char *unit);
void  _wd_board_page_ask_unit (WdBoardPage *self, const char *unit); /* Ctrl+D: the units as a list, best first; (nullable): begins at @unit */
void  _wd_board_page_recall (WdBoardPage *self);                     /* Ctrl+E: what is selected */
GStrv _wd_board_page_dup_selection (WdBoardPage *self);

/* wd-board-lasso.c.  Returns: whether it was in use */
void     _wd_board_page_add_lasso (WdBoardPage *self);
gboolean _wd_board_page_end_lasso (WdBoardPage *self);

/* wd-board-layers.c */
void _wd_board_page_add_layers (WdBoardPage *self); /* after the areas */
void _wd_board_page_tick_layers (WdBoardPage *self);

/* wd-board-link.c: areas on the map, and orders hung on them. */
void _wd_board_page_add_areas (WdBoardPage *self);
void _wd_board_page_link (WdBoardPage *self); /* Ctrl+L: what is selected, to which one */

/* wd-board-menu.c: what may be done with an order: on a menu, at a place of @from, and in the accessible tree. */
void         _wd_board_page_show_menu (WdBoardPage *self, GtkWidget *from, const char *id, double x, double y);
const WdAct *_wd_board_page_get_acts (void);
void         _wd_board_page_act (WdBoardPage *self, const char *id, const char *name);

G_END_DECLS
