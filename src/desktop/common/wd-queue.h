/* wd-queue.h — the orders as a list, in two groups, by next deadline
 *
 * Several can be selected and dragged.  Only digits tick.
 *
 * Signals: order-activated (id) · selection-changed () · drag-started (ids) · drag-ended ()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_QUEUE (wd_queue_get_type ())
G_DECLARE_FINAL_TYPE (WdQueue, wd_queue, WD, QUEUE, AdwBin)

/* @mine, @waiting: what the two groups are called. */
void wd_queue_set_desk (WdQueue *self, WdDesk *desk, const char *mine, const char *waiting);

/* A plain list without headings, as a unit's table: with stage and crew.  Another list may follow; the selection stays. */
void wd_queue_set_list (WdQueue *self, WdDesk *desk, WdOrderList *orders);

/* What is said where there is nothing: what would be here. */
void wd_queue_set_empty (WdQueue *self, const char *words);

/* Ids of what is selected, kept when an order moves; (transfer full).  Selecting scrolls nothing. */
GStrv wd_queue_get_selection (WdQueue *self);
void  wd_queue_select (WdQueue *self, const char *const *ids);

/* Each second. */
void wd_queue_tick (WdQueue *self);

/* What is dragged anywhere in the window is shown pale; NULL at the end. */
void wd_queue_set_dragged (WdQueue *self, const char *const *ids);

void wd_queue_grab_focus (WdQueue *self);

G_END_DECLS
