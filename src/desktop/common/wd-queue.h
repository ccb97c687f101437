/* wd-queue.h — the orders as a list, in two groups, by next deadline
 *
 * Several can be selected and dragged.  Only digits tick.  Nothing moves under the hand: while the pointer is over the queue
 * or an order's row has the focus, re-sorting waits; a pill counts what came meanwhile, and a click on it or Home shows it.
 *
 * Signals: order-activated (id) · selection-changed () · drag-started (ids) · drag-ended () · menu-requested (id, x, y): right
 * click or Menu, in the queue's coordinates, after the row was selected · act-requested (id, name): one of wd_queue_set_acts(),
 * by a screen reader · counted (): wd_queue_get_count() says something else now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-acts.h"
#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_QUEUE (wd_queue_get_type ())
G_DECLARE_FINAL_TYPE (WdQueue, wd_queue, WD, QUEUE, AdwBin)

/* @mine, @waiting: what the two groups are called. */
void wd_queue_set_desk (WdQueue *self, WdDesk *desk, const char *mine, const char *waiting);

/* A plain list without headings, as a unit's table: with stage and crew.  Another list may follow; the selection stays. */
void wd_queue_set_list (WdQueue *self, WdDesk *desk, WdOrderList *orders);

/* Which orders the groups show. */
typedef enum
{
  WD_QUEUE_ALL,
  WD_QUEUE_TO_DISPATCH,
  WD_QUEUE_TO_ACCEPT,
  WD_QUEUE_N_FILTERS
} WdQueueFilter;
void  wd_queue_set_filter (WdQueue *self, WdQueueFilter filter);
guint wd_queue_get_count (WdQueue *self, WdQueueFilter filter);

/* What a screen reader may do with each row, before there are any.  @acts: must live on */
void wd_queue_set_acts (WdQueue *self, const WdAct *acts);

/* What is said where there is nothing: what would be here. */
void wd_queue_set_empty (WdQueue *self, const char *words);

/* Ids of what is selected, kept when an order moves; (transfer full).  Selecting scrolls nothing. */
GStrv wd_queue_get_selection (WdQueue *self);
void  wd_queue_select (WdQueue *self, const char *const *ids);

/* Each second. */
void wd_queue_tick (WdQueue *self);

/* What is dragged anywhere in the window is shown pale; NULL at the end. */
void wd_queue_set_dragged (WdQueue *self, const char *const *ids);

/* What was just recalled is struck through where it stands; NULL at the end. */
void wd_queue_set_struck (WdQueue *self, const char *const *ids);

/* The owner's own reason to let nothing move. */
void wd_queue_hold (WdQueue *self, gboolean hold);

/* Sorts now, after an act of this very hand. */
void wd_queue_apply (WdQueue *self);

void wd_queue_grab_focus (WdQueue *self);

G_END_DECLS
