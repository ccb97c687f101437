/* wd-queue-private.h — the inside of a queue, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-queue.h"

G_BEGIN_DECLS

struct _WdQueue
{
  AdwBin parent_instance;

  GtkListView       *list;
  GtkLabel          *empty;
  GtkMultiSelection *selection;
  WdDesk            *desk;
  char              *names[2];  /* of the groups; NULL without headings */
  GObject           *groups[2]; /* borrowed from the model */
  GHashTable        *rows;      /* WdOrderRow that show something now -> its GtkListItem */
  GStrv              selected;  /* ids */
  gboolean           selecting;
  GStrv              dragged;
};

enum
{
  WD_QUEUE_ORDER_ACTIVATED,
  WD_QUEUE_SELECTION_CHANGED,
  WD_QUEUE_DRAG_STARTED,
  WD_QUEUE_DRAG_ENDED,
  WD_QUEUE_N_SIGNALS
};

extern guint wd_queue_signals[WD_QUEUE_N_SIGNALS];

/* Of the list's factory, each with the queue in hand. */
void _wd_queue_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self);
void _wd_queue_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self);
void _wd_queue_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, WdQueue *self);

/* All rows anew, as for another theme. */
void _wd_queue_show_all (WdQueue *self);

G_END_DECLS
