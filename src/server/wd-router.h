/* wd-router.h — from a request at the door to the function that answers it
 *
 * One table names the routes.  Path, method, size and who asks are settled from
 * the head alone, before any of the body is read; a refusal there is answered
 * at once.  Handlers are plain synchronous functions on a bounded pool of
 * worker threads: they see copies only, never an object of libsoup.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-door.h"
#include "wd-problem.h"

G_BEGIN_DECLS

typedef struct _WdRouter  WdRouter;
typedef struct _WdRequest WdRequest;
typedef struct _WdReply   WdReply;

typedef enum
{
  WD_ROUTE_PUBLIC = 1 << 0, /* needs no actor */
  WD_ROUTE_LOCAL = 1 << 1,  /* only on the local administration's socket; else as if it were not there */
  WD_ROUTE_SPOOL = 1 << 2,  /* the body goes into a file: wd_request_rewind_spool() */
  WD_ROUTE_GZIP = 1 << 3,   /* compressed where the client asks for it (in the thread that sends) */
  WD_ROUTE_INLINE = 1 << 4, /* runs in the main thread: must be short and never wait */
} WdRouteFlags;

/* Runs in a worker (or, WD_ROUTE_INLINE, in the main thread).  When it returns,
 * the reply goes out, unless it called wd_reply_defer(). */
typedef void (*WdHandler) (WdRequest *request,
                           WdReply   *reply,
                           gpointer   user_data);

/* Runs in the main thread for each upgraded connection, before any message of
 * it was read.  Keep `stream` by a reference; its WebSocket is there already. */
typedef void (*WdSocketHandler) (WdRequest    *request,
                                 WdDoorStream *stream,
                                 gpointer      user_data);

typedef struct
{
  const char     *method;   /* "GET" answers HEAD too */
  const char     *path;     /* "/v1/orders/:id/events"; "*rest" as the last part takes all that follows */
  guint           roles;    /* bits 1 << role of who may; 0: every actor */
  guint64         body_cap; /* bytes; 0: a body is refused */
  WdRouteFlags    flags;
  WdHandler       handler;  /* for a WebSocket: what is wrong with the query, before the upgrade */
  WdSocketHandler socket;   /* a WebSocket ... */
  const char     *protocol; /* ... which must ask for this subprotocol */
} WdRoute;

/* Who asks?  Runs in the main thread on every matched request before its body
 * is read, and must not wait.  It may call wd_request_set_actor(); it answers
 * FALSE after filling in a refusal (401, 403, 429). Where it lets a request
 * pass without actor, the route must be public, else the answer is 401. */
typedef gboolean (*WdRouterCheck) (WdRequest *request,
                                   WdReply   *reply,
                                   gpointer   user_data);

typedef struct
{
  guint       threads;   /* 0: 8 */
  guint       max_queue; /* requests waiting for a thread; 0: 512; more are answered `busy` */
  const char *spool_dir; /* where spooled bodies go; NULL: the system's folder for temporary files */
} WdRouterSettings;

/* `routes` must outlive the router; `user_data` goes to the check and to all handlers. */
WdRouter *wd_router_new (WdDoor                 *door,
                         const WdRoute          *routes,
                         gsize                   n_routes,
                         const WdRouterSettings *settings,
                         WdRouterCheck           check,
                         gpointer                user_data);

/* After the door was drained.  Waits for handlers that still run. */
void wd_router_free (WdRouter *self);

/* --- Request: may be read from any thread while it is held --- */

WdRequest *wd_request_ref (WdRequest *self);
void       wd_request_unref (WdRequest *self);

/* The part of the path that stood for ":name", percent-decoded, valid UTF-8. */
const char *wd_request_get_arg (WdRequest  *self,
                                const char *name);

/* A member of the query, NULL where it is not given; of a repeated one the last. */
const char *wd_request_get_query (WdRequest  *self,
                                  const char *name);
/* All of them (borrowed): a strict route refuses names that it does not know. */
GHashTable *wd_request_get_query_table (WdRequest *self);

/* A field of the head (free with g_free()), NULL without one. */
char *wd_request_dup_header (WdRequest  *self,
                             const char *name);

/* The body (borrowed, never NULL); not yet there in the check. */
GBytes *wd_request_get_body (WdRequest *self);

/* WD_ROUTE_SPOOL, on a thread that may wait: a descriptor at offset 0 of an unnamed file with the body
 * (owned by the request), -1 where the disk doesn't take it. */
int wd_request_rewind_spool (WdRequest *self);

const char *wd_request_get_address (WdRequest *self);
gboolean    wd_request_is_local (WdRequest *self);
gboolean    wd_request_is_loopback (WdRequest *self);

/* Who asks: whatever the check put there; NULL on a public route without token.
 * `role` is the bit's number in WdRoute.roles. */
gpointer wd_request_get_actor (WdRequest *self);
void     wd_request_set_actor (WdRequest     *self,
                               gpointer       actor,
                               guint          role,
                               GDestroyNotify free_func);

/* --- Reply: filled by one thread at a time --- */

WdReply *wd_reply_ref (WdReply *self);
void     wd_reply_unref (WdReply *self);

void wd_reply_set_status (WdReply *self,
                          guint    status); /* 200 from the start */
void wd_reply_set_header (WdReply    *self,
                          const char *name,
                          const char *value);
void wd_reply_set_body (WdReply    *self,
                        const char *content_type,
                        GBytes     *body);
/* JSON text; the reply takes it. */
void wd_reply_take_json (WdReply *self,
                         char    *json);

/* Status, type and body of a problem document; the arguments of
 * wd_problem_append_json(). */
void wd_reply_set_problem (WdReply      *self,
                           WdProblemCode code,
                           const char   *detail,
                           const char   *field,
                           const char   *members);

/* The handler returns, the answer comes later: whoever calls wd_reply_send(),
 * in any thread, sends it.  Where the last reference goes without that, the
 * client gets 500. */
WdReply *wd_reply_defer (WdReply *self);

/* Sends a deferred reply; takes the reference that wd_reply_defer() gave. */
void wd_reply_send (WdReply *self);

/* For answers that are made while they are sent: the head goes out with the
 * first piece.  Waits while the peer has not taken the earlier ones, so only
 * for worker threads; FALSE when the peer is gone. */
gboolean wd_reply_write (WdReply *self,
                         GBytes  *piece);

/* FALSE once the client is gone and nobody will read the answer. */
gboolean wd_reply_is_wanted (WdReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRequest, wd_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdReply, wd_reply_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRouter, wd_router_free)

G_END_DECLS
