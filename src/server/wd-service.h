/* wd-service.h — what the handlers of the server work with
 *
 * Made and taken down by wd-server.c; every handler gets it as its user data.
 * All parts may be used from worker threads, but for `live` and `door`, which
 * belong to the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-live.h"
#include "wd-sign-in.h"
#include "wd-tiles.h"

G_BEGIN_DECLS

typedef struct
{
  char          *data_dir;
  char          *store_url;
  WdKeys        *keys;
  WdLedger      *ledger; /* the writer's thread only */
  WdServerClock *clock;
  WdDoor        *door;
  WdRouter      *router;
  WdReaders     *readers;
  WdAtlas       *atlas;
  WdWriter      *writer;
  WdSessions    *sessions;
  WdSignIn      *sign_in;
  WdLive        *live;
  WdTiles       *tiles;
  int            is_working; /* wd-work-api.c: atomic */
  int            is_ending;  /* SIGTERM came: atomic */
} WdService;

/* Who asks, as the check put it at the request (wd_request_get_actor()). */
typedef struct
{
  WdActor *actor;
  guint64  session;
} WdAsker;

/* The table of wd-routes.c, and the check in front of it. */
const WdRoute *wd_routes (gsize *n_routes);
gboolean       wd_routes_check (WdRequest *request, WdReply *reply, gpointer service);

/* The actor of a request; the server itself (no id) on the local administrator's socket. */
const WdActor *wd_asker_actor (WdRequest *request);

/* Any error of the floors below as the problem that it means (api §1). */
void wd_reply_set_error (WdReply *reply, const GError *error);

/* The request's JSON body, an object; sets the problem and gives NULL where it is none.
 * @faults: (out) (optional) (transfer full): of single commands, see wd_json_parse_commands(); without it they are the body's */
JsonNode *wd_request_parse (WdRequest *request, WdReply *reply, GHashTable **faults);

/* Handlers, by the file they live in. */
void wd_session_post (WdRequest *request, WdReply *reply, gpointer service);
void wd_session_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_session_delete (WdRequest *request, WdReply *reply, gpointer service);
void wd_commands_post (WdRequest *request, WdReply *reply, gpointer service);
void wd_changes_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_live_check (WdRequest *request, WdReply *reply, gpointer service);
void wd_live_get (WdRequest *request, WdDoorStream *stream, gpointer service);
void wd_order_events_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_order_caller_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_orders_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_customers_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_places_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_affected_post (WdRequest *request, WdReply *reply, gpointer service);
void wd_known_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_streets_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_tiles_get_info (WdRequest *request, WdReply *reply, gpointer service);
void wd_tile_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_health_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_metrics_get (WdRequest *request, WdReply *reply, gpointer service);
void wd_import_post (WdRequest *request, WdReply *reply, gpointer service);
void wd_work_post (WdRequest *request, WdReply *reply, gpointer service);

G_END_DECLS
