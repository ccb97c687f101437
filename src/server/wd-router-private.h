/* wd-router-private.h — requests, replies and what binds them to libsoup
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-door-private.h"
#include "wd-router.h"
#include "wd-spool.h"

G_BEGIN_DECLS

#define WD_ROUTER_MAX_ARGS 4

/* A route with its pattern taken apart. */
typedef struct
{
  const WdRoute *route;
  char         **parts;
} WdRouterRow;

struct _WdRouter
{
  gatomicrefcount refs;
  WdDoor         *door;
  GArray         *rows; /* WdRouterRow */
  GThreadPool    *pool;
  guint           max_queue;
  char           *spool_dir;
  WdRouterCheck   check;
  gpointer        user_data;

  GMainContext *context;
  GMutex        lock;
  GQueue        posts;  /* WdPost, for the main thread */
  gboolean      awake;  /* it has been called to them */
  gboolean      closed; /* main thread: nothing is delivered any more */
  gint          heavy;  /* atomic: exchanges with large bodies of nobody we know */
};

struct _WdRequest
{
  gatomicrefcount refs;
  const WdRoute  *route;
  char           *method;
  char           *path;
  const char     *names[WD_ROUTER_MAX_ARGS]; /* in the router's table */
  char           *args[WD_ROUTER_MAX_ARGS];
  GHashTable     *query;
  GBytes         *head;
  GBytes         *body;
  WdSpool        *spool;
  char           *address;
  gboolean        local;
  gboolean        loopback;
  gboolean        cut; /* a NUL stands in the query: what we have of it is not all */
  gpointer        actor;
  guint           role;
  GDestroyNotify  free_actor;
};

/* One message of libsoup's.  `message` and what follows up to `lock` belong to the main thread. */
typedef struct
{
  gatomicrefcount refs;
  WdRouter       *router;
  WdRequest      *request;

  SoupServerMessage *message; /* NULL once it is finished or its peer is gone */
  WdReply           *first;   /* until a handler has it */
  guint64            came;    /* bytes of body, where we count them */
  gboolean           refused;
  gboolean           heavy;   /* counted as such by the router */
  gboolean           watched; /* we are connected to the message's signals */
  gboolean           begun;   /* a streamed answer's head is set */
  GQueue             sizes;   /* of the pieces that libsoup has */

  GMutex lock;
  GCond  room;
  gsize  pending; /* bytes of pieces not yet written */
  gint   gone;    /* atomic */
} WdExchange;

struct _WdReply
{
  gatomicrefcount refs;
  WdExchange     *exchange;
  guint           status;
  char           *content_type;
  GBytes         *body;
  GPtrArray      *headers; /* name, value, name, value */
  gboolean        deferred;
  gboolean        sent;
};

/* --- wd-request.c --- */

WdRequest *wd_request_new (WdDoorStream      *stream,
                           SoupServerMessage *message,
                           GHashTable        *query);

/* --- wd-reply.c --- */

WdReply *wd_reply_new (WdExchange *exchange);

/* It is as it shall go out. */
void wd_reply_settle (WdReply *self);

/* Puts it into the message (main thread). */
void wd_reply_apply (WdReply           *self,
                     SoupServerMessage *message);

/* All but the body: of a streamed answer, whose thread still has it. */
void wd_reply_apply_head (WdReply           *self,
                          SoupServerMessage *message);

/* The same as bytes, to be written past libsoup. */
GBytes *wd_reply_to_answer (WdReply *self);

/* --- wd-exchange.c --- */

WdExchange *wd_exchange_new (WdRouter          *router,
                             WdDoorStream      *stream,
                             SoupServerMessage *message,
                             GHashTable        *query);
WdExchange *wd_exchange_ref (WdExchange *self);
void        wd_exchange_unref (WdExchange *self);

/* The one that belongs to a message (borrowed). */
WdExchange *wd_exchange_for_message (SoupServerMessage *message);

/* Answers with `first` before the body is read; `at_once`: in the midst of it. */
void wd_exchange_refuse (WdExchange *self,
                         gboolean    at_once);

/* Checks its length and makes ready for it; FALSE with `first` filled in. */
gboolean wd_exchange_expect_body (WdExchange *self);
void     wd_exchange_take_body (WdExchange *self);

/* To the main thread, in order: a piece (taken), or with NULL the whole or the end. */
void wd_exchange_post (WdExchange *self,
                       WdReply    *reply,
                       GBytes     *piece);

/* --- wd-router.c --- */

WdRouter *wd_router_ref (WdRouter *self);
void      wd_router_unref (WdRouter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdExchange, wd_exchange_unref)

G_END_DECLS
