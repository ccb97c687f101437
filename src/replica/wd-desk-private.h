/* wd-desk-private.h — the desk's inside, shared by its files
 *
 *   wd-desk.c          the object, its signals, news from the link
 *   wd-desk-objects.c  what comes into the copy, and the lists that follow it
 *   wd-desk-give.c     commands of the user: decided here, sent, taken back
 *   wd-desk-pending.c  what waits for the server, what is shown of it, the answers
 *   wd-desk-refusals.c both sides of what the server refused, and what a person made of it
 *   wd-desk-areas.c    outages and quality cases
 *   wd-desk-house.c    look-ups, and the world that decide looks at
 *   wd-desk-presence.c who else is there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-copy.h"
#include "wd-desk.h"
#include "wd-order-item-private.h"
#include "wd-uplink-private.h"

#include "wd-point-index.h"
#include "wd-territory.h"

G_BEGIN_DECLS

#define WD_N_KINDS WD_N_OBJECT_KINDS

/* A command of this desk that the feed has not yet brought back. */
typedef struct
{
  WdCommand *command;
  char      *object; /* id of what it is about: its chain */
  gint64     given_at;
  gint64     hold_until;
  char      *before;   /* (nullable): JSON of the object as it was shown then */
  char      *draft;    /* (nullable): id of what it was made of */
  char      *typed;    /* (nullable): and its text */
  gint64     done_seq; /* the server did it, by this event; 0 = no answer yet */
  gboolean   joined;   /* it is one act with the one before it about the same object */
  gboolean   undoing;  /* an undo is on its way to the outbox */
  WdRefusal *refusal;
} WdPending;
void     wd_pending_free (WdPending *pending);
gboolean wd_pending_is_quiet (const WdPending *pending); /* a receipt and the like: nothing to show */

struct _WdDesk
{
  GObject parent_instance;

  WdUplink     *uplink;
  WdActor      *actor;
  gboolean      loaded;
  WdUplinkState link; /* that what is shown of others follows */
  guint         reset_source;
  GTask        *closing;

  GHashTable *copies[WD_N_KINDS]; /* id -> WdCopy */
  GHashTable *items;              /* order id -> WdOrderItem */
  GPtrArray  *lists;              /* WdOrderList, not owned */

  GListStore    *areas;  /* WdAreaItem */
  GListStore    *units;  /* WdUnitItem, by code */
  GHashTable    *counts; /* interned code -> Count */
  GHashTable    *dirty;  /* codes whose count is another one */
  GHashTable    *crews;  /* interned id -> number of orders in its hand */
  guint          n_open;
  GPtrArray     *presence;    /* WdNewsPresence */
  WdTerritories *territories; /* NULL: to be made anew */
  WdPointIndex  *places;      /* of WdOrderItem, the open ones; NULL: to be made anew */

  GPtrArray *pending;  /* WdPending, oldest first */
  GPtrArray *refusals; /* WdRefusal, of pending */

  GHashTable *drafts; /* id -> text */

  /* While a command is decided: an object that is not (yet) what its copy shows. */
  WdCopy  *working_copy;
  gpointer working;
};

enum
{
  WD_DESK_LOADED,
  WD_DESK_RESET,
  WD_DESK_ORDER_ADDED,
  WD_DESK_ORDER_CHANGED,
  WD_DESK_ORDER_REMOVED,
  WD_DESK_AREAS_CHANGED,
  WD_DESK_HOUSE_CHANGED,
  WD_DESK_PRESENCE_CHANGED,
  WD_DESK_ACTOR_CHANGED,
  WD_DESK_ANSWERED,
  WD_DESK_REFUSED,
  WD_DESK_UNDO_MISSED,
  WD_DESK_SET_ASIDE,
  WD_DESK_FAILED,
  WD_DESK_DRAFT_STAYS,
  WD_DESK_N_SIGNALS
};
extern guint wd_desk_signals[WD_DESK_N_SIGNALS];

/* wd-desk.c */
void wd_desk_notify_waiting (WdDesk *self);

/* wd-desk-objects.c */
WdCopy *wd_desk_find_copy (WdDesk *self, WdObjectKind kind, const char *id);
WdCopy *wd_desk_ensure_copy (WdDesk *self, WdObjectKind kind, const char *id);
void    wd_desk_take_objects (WdDesk *self, GPtrArray *objects, gboolean fresh); /* WdNewsObject; @fresh: not from the disk */
void    wd_desk_forget_objects (WdDesk *self);
/* @shown, computed anew for @copy, goes onto the screen.  Takes it. */
void       wd_desk_show (WdDesk *self, WdCopy *copy, gpointer shown);
void       wd_desk_regroup (WdDesk *self);
GPtrArray *wd_desk_list_items (WdDesk *self); /* (transfer full) */
void       wd_desk_tell_units (WdDesk *self);

/* wd-desk-pending.c */
/* @record stands for what @copy shows, if there is one.  Returns: as wd_decide() */
GPtrArray *wd_desk_decide (WdDesk *self, WdCopy *copy, gpointer record, const WdCommand *command, gint64 now, GError **error);
gpointer   wd_desk_project (WdDesk *self, WdCopy *copy); /* what is to be shown: the confirmed record itself where nothing waits */
void       wd_desk_show_anew (WdDesk *self, WdCopy *copy);
void       wd_desk_show_pending (WdDesk *self); /* all that waits, anew */
WdPending *wd_desk_find_pending (WdDesk *self, const char *command);
WdCopy    *wd_desk_copy_of (WdDesk *self, const WdPending *pending);
void       wd_desk_add_pending (WdDesk *self, WdPending *pending); /* takes it */
void       wd_desk_settle_done (WdDesk *self, WdCopy *copy);
void       wd_desk_reached (WdDesk *self, gint64 seq);
void       wd_desk_take_waiting (WdDesk *self, GPtrArray *entries);
void       wd_desk_take_answer (WdDesk *self, const WdNews *news);

gpointer wd_desk_apply (WdDesk *self, WdObjectKind kind, gpointer record, GPtrArray *events);
void     wd_desk_remove_pending (WdDesk *self, WdPending *pending);
void     wd_desk_unhide (WdDesk *self, WdPending *pending); /* of an undo that came to nothing */

/* wd-desk-refusals.c */
WdRefusal *wd_refusal_new (const WdPending *pending, const char *problem);
void       wd_refusal_free (WdRefusal *refusal);
gboolean   wd_desk_give_anew (WdDesk *self, WdPending *pending); /* of what was refused though nobody was first */
gboolean   wd_refusal_has_sides (WdObjectKind kind);             /* orders, outages, quality cases: of them alone `before` and `current` are kept */

/* wd-desk-give.c */
gboolean wd_desk_exchange (WdDesk *self, GPtrArray *going, GPtrArray *commands, GError **error);
void     wd_desk_say_delivered (WdDesk *self, WdCopy *copy);

/* wd-desk-house.c */
void wd_desk_fill_world (WdDesk *self, WdWorld *world);
void wd_desk_put_unit (WdDesk *self, WdCopy *copy);
void wd_desk_drop_unit (WdDesk *self, WdCopy *copy);

/* wd-desk-areas.c */
void wd_desk_put_area (WdDesk *self, WdCopy *copy); /* or, where nothing of it is shown any more, away */

/* wd-desk-presence.c */
void wd_desk_take_presence (WdDesk *self, GPtrArray *presence);
void wd_desk_forget_presence (WdDesk *self);
void wd_desk_follow_link (WdDesk *self);

G_END_DECLS
