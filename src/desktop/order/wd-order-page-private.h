/* wd-order-page-private.h — the inside of an order's page, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-feed.h"
#include "wd-map-view.h"
#include "wd-order-page.h"
#include "wd-step-bar.h"
#include "wd-timeline.h"
#include "wd-undo.h"

G_BEGIN_DECLS

#define WD_REVEAL_SECONDS 30 /* that a caller's number is shown */

struct _WdOrderPage
{
  AdwBin parent_instance;

  AdwToastOverlay *overlay;
  GtkImage        *symbol;
  GtkBox          *head; /* what it is, and what may be done */
  GtkLabel        *title;
  GtkBox          *tags;
  GtkLabel        *number;
  GtkLabel        *where;
  GtkLabel        *viewers;
  GtkLabel        *gone;
  GtkBox          *acts;
  WdStepBar       *steps;

  GtkStackSwitcher *switcher; /* people or clocks, in a narrow window */
  GtkStack         *left;
  GtkBox           *clocks_tab;
  GtkBox           *clocks_side;
  GtkWidget        *clocks_pane; /* in one of the two */

  GtkLabel   *caller_name;
  GtkLabel   *caller_phone;
  GtkLabel   *caller_from;
  GtkButton  *reveal;
  GtkLabel   *reveal_left;
  GtkBox     *points;
  GtkLabel   *place;
  GtkWidget  *on_map; /* to the board, at this order */
  WdMapView  *map;
  WdAreaFeed *area_feed;

  WdTimeline  *timeline;
  GtkLabel    *story_problem;
  GtkEditable *note;
  GtkWidget   *note_box;
  GtkWidget   *note_button;
  GtkWidget   *note_key;

  GtkEventControllerFocus *note_focus;

  GtkBox *clocks;
  GtkBox *ruling;

  WdDesk       *desk;
  char         *id;
  WdOrderItem  *item;
  gulong        item_changed;
  gboolean      narrow;
  GCancellable *asking; /* what is asked about this order */
  JsonNode     *events; /* (nullable): the server's answer */
  guint         asked_again;
  guint         keeping; /* source: what is typed as a note, each second */

  GPtrArray  *chips;       /* WdClockChip that tick */
  char       *clocks_seen; /* what the clocks were made for */
  char       *acts_seen;
  GHashTable *seen;     /* (nullable): id → unit that the order was with when the hand went to give it away */
  GtkWidget  *main_act; /* (nullable): the verb that is likeliest */
  char       *ruling_seen;
  GHashTable *typed; /* reasons of rulings that were typed and not given, while the window is open, by ruling_seen */

  GtkBox     *precedents;       /* NULL while there is nothing to rule on */
  GHashTable *precedents_seen;  /* ids of the orders that they are of */
  gboolean    precedents_stale; /* to be looked for once they are seen */
  guint       precedents_soon;

  char  *phone; /* (nullable): shown in full until reveal_until */
  char  *name;
  gint64 reveal_until; /* monotonic */

  WdUndo *undo;
};

/* What is shown of the order now; NULL once it has left. */
const WdOrder *_wd_order_page_get_order (WdOrderPage *self);

/* wd-order-acts.c.  Gives one command or more about the order, held for some seconds, with a toast to undo it.
 * @members: floating; NULL where there are none.  FALSE where it was refused here; that was said then. */
gboolean _wd_order_page_give (WdOrderPage *self, WdVerb verb, GVariant *members, const char *done);
void     _wd_order_page_show_acts (WdOrderPage *self);
void     _wd_order_page_show_main (WdOrderPage *self);  /* what Ctrl+Enter does now, and that alone, is filled */
void     _wd_order_page_focus_acts (WdOrderPage *self); /* the first of its verbs, or the note where there is none */
void     _wd_order_page_install_acts (GtkWidgetClass *widget_class);

/* wd-order-head.c */
void _wd_order_page_show_head (WdOrderPage *self, const WdOrder *order);
void _wd_order_page_show_steps (WdOrderPage *self);
void _wd_order_page_show_viewers (WdOrderPage *self); /* so that two do not work on one unawares */

/* wd-order-people.c */
void _wd_order_page_show_people (WdOrderPage *self);
void _wd_order_page_tick_people (WdOrderPage *self);
void _wd_order_page_hide_number (WdOrderPage *self);
void _wd_order_page_ask_reason (WdOrderPage *self);

/* wd-order-story.c */
void _wd_order_page_show_story (WdOrderPage *self);
void _wd_order_page_ask_story (WdOrderPage *self);

/* wd-order-note.c: what is typed and not given is a draft of the desk. */
void _wd_order_page_give_note (WdOrderPage *self);
void _wd_order_page_keep_note (WdOrderPage *self);
void _wd_order_page_note_typed (WdOrderPage *self);                    /* it is kept soon */
void _wd_order_page_show_note (WdOrderPage *self);                     /* as it was kept */
void _wd_order_page_note_stays (WdOrderPage *self, const char *draft); /* it was given, and could not be written */

/* wd-order-clocks.c */
void _wd_order_page_show_clocks (WdOrderPage *self);
void _wd_order_page_tick_clocks (WdOrderPage *self);

/* wd-order-ruling.c */
GtkWidget  *_wd_order_page_get_likelier (WdOrderPage *self); /* (nullable): of the two outcomes */
void        _wd_order_page_show_ruling (WdOrderPage *self);
const char *_wd_order_page_name_unit (WdOrderPage *self, const char *code);

/* wd-order-precedents.c */
void _wd_order_page_follow_precedents (WdOrderPage *self);
void _wd_order_page_add_precedents (WdOrderPage *self, GtkBox *box);
void _wd_order_page_end_precedents (WdOrderPage *self);

G_END_DECLS
