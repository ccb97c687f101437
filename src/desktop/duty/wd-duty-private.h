/* wd-duty-private.h — the duty desk's parts, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-duty-page.h"
#include "wd-queue.h"
#include "wd-undo.h"

G_BEGIN_DECLS

/* What of the orders in hand the table shows. */
typedef enum
{
  WD_HAND_ALL,
  WD_HAND_NO_CREW,
  WD_HAND_ON_SITE,
  WD_N_HANDS
} WdHand;

struct _WdDutyPage
{
  AdwBin parent_instance;

  AdwToastOverlay *overlay;
  GtkListBox      *fresh; /* WdNewCard */
  GtkLabel        *n_fresh;
  GtkWidget       *table_head;
  WdQueue         *in_hand;
  GtkLabel        *n_in_hand;
  GtkToggleButton *filters[WD_N_HANDS];
  GtkWidget       *bar;
  GtkLabel        *bar_order;
  GtkLabel        *bar_state;
  GtkBox          *verbs;
  GtkBox          *crews; /* WdCrewCard */
  GtkLabel        *n_free;

  WdDesk      *desk;
  WdOrderList *to_accept;
  WdOrderList *accepted[WD_N_HANDS];
  char        *current; /* id of the new order that stands ready */
  int          current_index;
  gboolean     had_focus; /* the list of new ones, when it changed */
  GtkWidget   *dragged;   /* (weak): that orders are dragged from, towards a crew */
  gboolean     on_fresh;  /* the hand was last at the new ones, not at those in hand */
  gboolean     taken;     /* a new one was accepted here, and its row in hand is yet to come */
  guint        allowed;   /* bits of WdVerb that the bar shows now */
  WdVerb       likeliest; /* the filled one of them */
  guint        refresh;   /* source: bar and crews follow once things are settled */
  WdUndo      *undo;
  GHashTable  *told; /* id -> gint64: when an order was sent that the centre was told of as shown */
};

/* wd-duty-page.c */
gboolean _wd_duty_has_focus (WdDutyPage *self, GtkWidget *around); /* something in it has */
gboolean _wd_duty_has_fresh (WdDutyPage *self);                    /* new ones wait */
/* The order that keys are about: (transfer full); NULL after saying that there is none. */
char *_wd_duty_dup_current (WdDutyPage *self);

/* wd-duty-shown.c */
void _wd_duty_tell_shown (WdDutyPage *self, WdOrderItem *item); /* that waits here */

/* wd-duty-hand.c: the table and the bar under it. */
void     _wd_duty_hand_start (WdDutyPage *self);
void     _wd_duty_hand_show (WdDutyPage *self);
char    *_wd_duty_hand_dup_selected (WdDutyPage *self);
gboolean _wd_duty_hand_select (WdDutyPage *self, const char *order);
void     _wd_duty_hand_take (WdDutyPage *self);  /* the new ones have changed: was one accepted here? */
void     _wd_duty_hand_go_on (WdDutyPage *self); /* … once its row can be there */
void     _wd_duty_hand_act_cb (WdDutyPage *self, const char *order, const char *name);
void     _wd_duty_filter_cb (WdDutyPage *self, GtkToggleButton *filter);

/* wd-duty-crews.c */
void _wd_duty_crews_show (WdDutyPage *self);
void _wd_duty_crews_choose (WdDutyPage *self, const char *order); /* from a list */

/* wd-duty-verbs.c: what is done to an order, each after what it asks. */
void     _wd_duty_class_init_verbs (GtkWidgetClass *widget_class);
gboolean _wd_duty_accept (WdDutyPage *self, const char *order);
void     _wd_duty_draft_stays (WdDutyPage *self, const char *draft);                      /* it was given, and could not be written */
void     _wd_duty_assign (WdDutyPage *self, const char *const *orders, const char *crew); /* with five seconds to undo */

G_END_DECLS
