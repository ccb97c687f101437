/* wd-queue-private.h — the inside of a queue, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order-row.h"
#include "wd-queue-group.h"
#include "wd-queue.h"

G_BEGIN_DECLS

struct _WdQueue
{
  AdwBin parent_instance;

  GtkListView        *list;
  GtkLabel           *empty;
  GtkButton          *pill;
  GtkMultiSelection  *selection;
  WdDesk             *desk;
  const WdAct        *acts;      /* of each row; NULL: none */
  gboolean            table;     /* one group without a heading, with stage and crew */
  WdQueueGroup       *groups[2]; /* the second NULL in a table */
  WdOrderList        *lists[4];  /* NULL in a table: to dispatch and to accept, then those of the groups */
  GHashTable         *rows;      /* WdOrderRow that show something now -> its GtkListItem */
  GStrv               selected;  /* ids */
  gboolean            selecting;
  GStrv               dragged;
  GStrv               struck;
  GtkEventController *pointer;

  /* wd-queue-keys.c */
  guint    stood;  /* where the row stands that the focus is in or was taken with; GTK_INVALID_LIST_POSITION: none */
  gboolean landed; /* the focus came there because the row went that had it, by nobody's key */
  guint    refocus;

  /* wd-queue-hold.c */
  gboolean    holding;  /* for the owner */
  gboolean    dragging; /* something is, anywhere in the window */
  gboolean    still;
  gboolean    behind; /* … and what it shows is not what is */
  GHashTable *fresh;  /* ids that came meanwhile */
  GtkRoot    *root;
  guint       gather;
  guint       letting_go; /* the source that ends standing still */
  guint       filling;    /* the source that shows what came so far of a copy */
};

enum
{
  WD_QUEUE_ORDER_ACTIVATED,
  WD_QUEUE_SELECTION_CHANGED,
  WD_QUEUE_DRAG_STARTED,
  WD_QUEUE_DRAG_ENDED,
  WD_QUEUE_MENU_REQUESTED,
  WD_QUEUE_ACT_REQUESTED,
  WD_QUEUE_COUNTED,
  WD_QUEUE_N_SIGNALS
};

extern guint wd_queue_signals[WD_QUEUE_N_SIGNALS];

/* Of the list's factory, each with the queue in hand. */
void _wd_queue_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self);
void _wd_queue_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self);
void _wd_queue_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self);

/* All rows anew, as for another theme. */
void _wd_queue_show_all (WdQueue *self);
void _wd_queue_tick_row (WdQueue *self, WdOrderRow *row, GtkListItem *list_item, gint64 now);

/* The item around the widget that has the focus, NULL where it is none of an order's row. */
GtkListItem *_wd_queue_get_focused (WdQueue *self);

/* The keyboard (wd-queue-keys.c).  Returns: whether the focus is in the queue then */
void     _wd_queue_add_keys (WdQueue *self);
void     _wd_queue_drop_keys (WdQueue *self);
void     _wd_queue_follow_focus (WdQueue *self);
void     _wd_queue_follow_items (WdQueue *self, guint position, guint removed, guint added);
gboolean _wd_queue_take_focus (WdQueue *self);
gboolean _wd_queue_move_focus (WdQueue *self, GtkDirectionType direction);

/* Standing still under a hand (wd-queue-hold.c). */
void _wd_queue_add_hold (WdQueue *self);
void _wd_queue_drop_hold (WdQueue *self);
void _wd_queue_follow_groups (WdQueue *self);
void _wd_queue_follow_root (WdQueue *self);
void _wd_queue_update_hold (WdQueue *self);

G_END_DECLS
