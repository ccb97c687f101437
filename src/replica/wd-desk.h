/* wd-desk.h — a desk's own copy of what its user may see, and what it does (design §6)
 *
 * The face of the replica for the desktop, on the main thread.  Everything is
 * answered from memory; the replica file, the outbox and the link are worked on a thread
 * of their own.  What a user does is shown at once, marked unconfirmed,
 * and undone exactly if it is taken back or refused.
 *
 * Signals:
 *   order-changed (id)          came, changed, or goes (then wd_desk_get_order() gives NULL)
 *   house-changed (kind)        units, crews, categories or the policy changed
 *   presence-changed ()         desks came or went
 *   refused (WdRefusal *)       the server did not take something; it waits for a person
 *   link-changed ()             state, progress or what waits to be sent changed
 *   signed-out ()               the token is over: sign in again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_TYPE_DESK (wd_desk_get_type ())
G_DECLARE_FINAL_TYPE (WdDesk, wd_desk, WD, DESK, GObject)

/* Where an order stands for whoever sits at this desk. */
typedef enum
{
  WD_GROUP_MINE,   /* 需要我处理: centre: to dispatch, to call back; unit: to accept */
  WD_GROUP_WAITING /* 等待责任单位, or in hand at a unit */
} WdDeskGroup;

/* An order as a list shows it.  Emits `changed` when its order, its group or whether it is confirmed changes. */
#define WD_TYPE_ORDER_ITEM (wd_order_item_get_type ())
G_DECLARE_FINAL_TYPE (WdOrderItem, wd_order_item, WD, ORDER_ITEM, GObject)

const WdOrder *wd_order_item_get_order (WdOrderItem *self); /* borrowed until `changed` */
const char    *wd_order_item_get_id (WdOrderItem *self);
gboolean       wd_order_item_is_unconfirmed (WdOrderItem *self);
/* The running clock that runs out first, hard before soft where both are open; NULL for none. */
const WdClock *wd_order_item_get_clock (WdOrderItem *self);

typedef enum
{
  WD_LINK_OFFLINE,
  WD_LINK_SIGNING_IN,
  WD_LINK_CATCHING_UP,
  WD_LINK_LIVE
} WdLinkState;

/* @folder: where replica and outbox of this server and user lie. */
WdDesk *wd_desk_new (const char *server, const char *user, const char *folder);

/* Signs in and follows from then on.  Errors: G_IO_ERROR_* where the server can't be reached, G_TLS_ERROR for its certificate,
 * G_IO_ERROR_PERMISSION_DENIED for a wrong name or password (429: G_IO_ERROR_BUSY). */
void     wd_desk_sign_in_async (WdDesk *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean wd_desk_sign_in_finish (WdDesk *self, GAsyncResult *result, GError **error);

/* Sends what is held, ends the session, stops.  Call before the last unref. */
void     wd_desk_sign_out_async (WdDesk *self, GAsyncReadyCallback callback, gpointer data);
gboolean wd_desk_sign_out_finish (WdDesk *self, GAsyncResult *result, GError **error);

/* Quits without ending the session: what is held goes out at once, or at the next start. */
void wd_desk_close (WdDesk *self);

const WdActor *wd_desk_get_actor (WdDesk *self);   /* NULL before the first sign-in */
const char    *wd_desk_get_display (WdDesk *self); /* the person's name */
const char    *wd_desk_get_server (WdDesk *self);
const char    *wd_desk_get_token (WdDesk *self);
/* The session that the link uses, for tiles: same company CA. */
gpointer wd_desk_get_soup_session (WdDesk *self);

/* The server's time as this desk knows it. */
gint64 wd_desk_now (WdDesk *self);

/* Lists of WdOrderItem, by next deadline; (transfer none). */
GListModel *wd_desk_get_queue (WdDesk *self, WdDeskGroup group);
/* All open orders in no particular order, for the map. Calls @each for each. */
void         wd_desk_each_order (WdDesk *self, void (*each) (WdOrderItem *item, gpointer data), gpointer data);
WdOrderItem *wd_desk_get_order (WdDesk *self, const char *id); /* (transfer none) (nullable) */

/* While TRUE re-sorting waits (nothing moves under the hand); new orders are counted. */
void  wd_desk_set_frozen (WdDesk *self, gboolean frozen);
guint wd_desk_get_news (WdDesk *self);

/* Who there is; (transfer none), valid until the next house-changed. */
GPtrArray        *wd_desk_get_units (WdDesk *self); /* WdUnit, by code */
const WdUnit     *wd_desk_get_unit (WdDesk *self, const char *code);
GPtrArray        *wd_desk_get_crews (WdDesk *self);      /* WdCrew */
GPtrArray        *wd_desk_get_categories (WdDesk *self); /* WdCategory */
const WdCategory *wd_desk_get_category (WdDesk *self, const char *code);
const WdPolicy   *wd_desk_get_policy (WdDesk *self, gint64 version); /* 0 = the one in force */

/* The best desk of a unit: "online", "away", "unmanned", "offline". */
const char *wd_desk_get_presence (WdDesk *self, const char *unit);

/* What decide may look at here: for menus and drop targets. */
const WdWorld *wd_desk_get_world (WdDesk *self);

/* Gives @command (made with a fresh id; `expect` is set here where the verb overwrites somebody's decision).
 * Decided at once against the own copy; a refusal there is @error and nothing is kept.
 * @hold_ms: may be undone until then.  Returns: the command's id, (transfer full), NULL with @error. */
char *wd_desk_give (WdDesk *self, WdVerb verb, const char *object, GVariant *members, guint hold_ms, GError **error);

/* Takes a held command back.  FALSE where it has gone out already. */
gboolean wd_desk_undo (WdDesk *self, const char *command);

/* What the server did not take. */
typedef struct
{
  char  *command; /* id */
  WdVerb verb;
  char  *order;  /* id */
  char  *number; /* of the order, NULL where it has none */
  char  *code;   /* api §1 */
  char  *detail;
  char  *field;
} WdRefusal;
/* (element-type WdRefusal): those that wait for a person; @drop clears one after it was seen. */
GPtrArray *wd_desk_get_refusals (WdDesk *self);
void       wd_desk_drop_refusal (WdDesk *self, const char *command);

WdLinkState wd_desk_get_link (WdDesk *self);
gint64      wd_desk_get_offline_since (WdDesk *self); /* house time, 0 while there is a link */
guint       wd_desk_get_unsent (WdDesk *self);
/* Of a first copy: how many came, and about how many there are (0 = not known). */
void wd_desk_get_progress (WdDesk *self, guint *done, guint *total);

/* What this desk says of itself (api §5). */
void wd_desk_set_presence (WdDesk *self, const char *desk, guint idle_seconds, const char *viewing, gboolean sound);

/* Asks GET @path of the server (places, events, caller …).  Returns: (transfer full) the body. */
void    wd_desk_ask_async (WdDesk *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GBytes *wd_desk_ask_finish (WdDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
