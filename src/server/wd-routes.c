/* wd-routes.c — the whole API on one page, and who may pass
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-service.h"

#include "wd-json.h"
#include "wd-store.h"

#define BODY (1024 * 1024) /* api §1 */
#define IMPORT (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)
#define ADMIN (1 << WD_ROLE_ADMIN)
#define CENTRE (1 << WD_ROLE_DISPATCHER | 1 << WD_ROLE_SUPERVISOR)
#define WHO_DRAWS (CENTRE | 1 << WD_ROLE_UNIT | 1 << WD_ROLE_QUALITY | 1 << WD_ROLE_INSPECTION)
#define SIGNED_IN 0

/* clang-format off */
static const WdRoute routes[] = {
  { "GET",    "/healthz",               SIGNED_IN, 0,    WD_ROUTE_PUBLIC | WD_ROUTE_INLINE, wd_health_get,       NULL, NULL },
  { "GET",    "/metrics",               SIGNED_IN, 0,    WD_ROUTE_PUBLIC | WD_ROUTE_INLINE, wd_metrics_get,      NULL, NULL },
  { "POST",   "/v1/session",            SIGNED_IN, BODY, WD_ROUTE_PUBLIC,                   wd_session_post,     NULL, NULL },
  { "GET",    "/v1/session",            SIGNED_IN, 0,    WD_ROUTE_INLINE,                   wd_session_get,      NULL, NULL },
  { "DELETE", "/v1/session",            SIGNED_IN, 0,    WD_ROUTE_INLINE,                   wd_session_delete,   NULL, NULL },
  { "POST",   "/v1/commands",           SIGNED_IN, BODY, 0,                                 wd_commands_post,    NULL, NULL },
  { "GET",    "/v1/changes",            SIGNED_IN, 0,    WD_ROUTE_GZIP,                     wd_changes_get,      NULL, NULL },
  { "GET",    "/v1/live",               SIGNED_IN, 0,    0,                                 wd_live_check, wd_live_get, "waterdesk.v1" },
  { "GET",    "/v1/orders",             SIGNED_IN, 0,    WD_ROUTE_GZIP,                     wd_orders_get,       NULL, NULL },
  { "GET",    "/v1/orders/:id/events",  SIGNED_IN, 0,    WD_ROUTE_GZIP,                     wd_order_events_get, NULL, NULL },
  { "GET",    "/v1/orders/:id/caller",  SIGNED_IN, 0,    0,                                 wd_order_caller_get, NULL, NULL },
  { "GET",    "/v1/customers",          CENTRE,    0,    0,                                 wd_customers_get,    NULL, NULL },
  { "GET",    "/v1/places",             CENTRE,    0,    0,                                 wd_places_get,       NULL, NULL },
  { "POST",   "/v1/affected",           WHO_DRAWS, BODY, WD_ROUTE_GZIP,                   wd_affected_post,    NULL, NULL },
  { "GET",    "/v1/known",              SIGNED_IN, 0,    WD_ROUTE_GZIP,                     wd_known_get,        NULL, NULL },
  { "GET",    "/v1/streets",            WHO_DRAWS, 0,    WD_ROUTE_GZIP,                     wd_streets_get,      NULL, NULL },
  { "GET",    "/v1/tiles",              SIGNED_IN, 0,    0,                                 wd_tiles_get_info,   NULL, NULL },
  { "GET",    "/v1/tiles/:z/:x/:y",     SIGNED_IN, 0,    0,                                 wd_tile_get,         NULL, NULL },
  { "POST",   "/v1/imports/:kind",      ADMIN,     IMPORT, WD_ROUTE_SPOOL,                  wd_import_post,      NULL, NULL },
  { "POST",   "/v1/admin/:what",        ADMIN,     IMPORT, WD_ROUTE_SPOOL | WD_ROUTE_LOCAL, wd_work_post,        NULL, NULL },
};

/* What an error of the floors below means to whoever asked. */
static const struct
{
  GQuark      (*domain) (void);
  int           code;
  WdProblemCode problem;
} meanings[] = {
  { wd_rule_error_quark,  WD_RULE_ERROR_INVALID,   WD_PROBLEM_INVALID },
  { wd_rule_error_quark,  WD_RULE_ERROR_NOT_FOUND, WD_PROBLEM_NOT_FOUND },
  { wd_rule_error_quark,  WD_RULE_ERROR_FORBIDDEN, WD_PROBLEM_FORBIDDEN },
  { wd_rule_error_quark,  WD_RULE_ERROR_CONFLICT,  WD_PROBLEM_CONFLICT },
  { wd_rule_error_quark,  WD_RULE_ERROR_STATE,     WD_PROBLEM_STATE },
  { wd_store_error_quark, WD_STORE_ERROR_BUSY,     WD_PROBLEM_BUSY },
  { wd_store_error_quark, WD_STORE_ERROR_FULL,     WD_PROBLEM_STORAGE },
  { wd_store_error_quark, WD_STORE_ERROR_BROKEN,   WD_PROBLEM_STORAGE },
  { wd_read_error_quark,  WD_READ_ERROR_RESYNC,    WD_PROBLEM_RESYNC },
  { wd_read_error_quark,  WD_READ_ERROR_NOT_FOUND, WD_PROBLEM_NOT_FOUND },
  { wd_json_error_quark,  WD_JSON_ERROR_SYNTAX,    WD_PROBLEM_BAD_REQUEST },
  { wd_json_error_quark,  WD_JSON_ERROR_DEPTH,     WD_PROBLEM_BAD_REQUEST },
  { wd_json_error_quark,  WD_JSON_ERROR_MISSING,   WD_PROBLEM_INVALID },
  { wd_json_error_quark,  WD_JSON_ERROR_WRONG,     WD_PROBLEM_INVALID },
};
/* clang-format on */

const WdRoute *
wd_routes (gsize *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

void
wd_reply_set_error (WdReply *reply, const GError *error)
{
  WdProblemCode    problem = WD_PROBLEM_INTERNAL;
  g_autofree char *field = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (error->domain == meanings[i].domain () && error->code == meanings[i].code)
      problem = meanings[i].problem;

  if (error->domain == WD_RULE_ERROR)
    {
      g_autofree char *place = wd_problem_place (error);

      field = wd_rule_error_dup_field (error);
      wd_reply_set_problem (reply, problem, wd_rule_error_detail (error), field, place);
    }
  else
    wd_reply_set_problem (reply, problem, NULL, NULL, NULL);
  if (problem == WD_PROBLEM_BUSY)
    wd_reply_set_header (reply, "Retry-After", "1");
}

JsonNode *
wd_request_parse (WdRequest *request, WdReply *reply, GHashTable **faults)
{
  gsize                  size;
  const char            *text = g_bytes_get_data (wd_request_get_body (request), &size);
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (JsonNode)   root = faults != NULL ? wd_json_parse_commands (text, (gssize)size, &found, NULL) : wd_json_parse (text, (gssize)size, NULL);

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    {
      if (faults != NULL)
        *faults = g_steal_pointer (&found);
      return g_steal_pointer (&root);
    }
  wd_reply_set_problem (reply, WD_PROBLEM_BAD_REQUEST,
                        root == NULL ? "The body is not readable as JSON." : "The body must be an object.", NULL, NULL);
  return NULL;
}

static void
asker_free (gpointer data)
{
  WdAsker *asker = data;

  wd_actor_free (asker->actor);
  g_free (asker);
}

static void
set_asker (WdRequest *request, WdActor *actor, guint64 session)
{
  WdAsker *asker = g_new0 (WdAsker, 1);

  asker->actor = actor;
  asker->session = session;
  wd_request_set_actor (request, asker, actor->role, asker_free);
}

const WdActor *
wd_asker_actor (WdRequest *request)
{
  const WdAsker *asker = wd_request_get_actor (request);

  return asker != NULL ? asker->actor : NULL;
}

/* Returns: (transfer full) (nullable): the token of `Authorization: Bearer TOKEN` */
static char *
bearer_token (WdRequest *request)
{
  g_autofree char *header = wd_request_dup_header (request, "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", 7) != 0)
    return NULL;
  return g_strstrip (g_strdup (header + 7));
}

gboolean
wd_routes_check (WdRequest *request, WdReply *reply, gpointer data)
{
  WdService       *service = data;
  g_autofree char *token = NULL;
  WdActor         *actor = NULL;
  guint64          session = 0;

  if (wd_request_is_local (request))
    {
      set_asker (request, wd_actor_new (NULL, NULL, WD_ROLE_ADMIN, NULL), 0);
      return TRUE;
    }

  token = bearer_token (request);
  switch (token != NULL ? wd_sessions_find (service->sessions, token, &actor, &session) : WD_SESSION_UNKNOWN)
    {
    case WD_SESSION_OK:
      set_asker (request, actor, session);
      return TRUE;
    case WD_SESSION_TOO_MANY:
      wd_actor_free (actor);
      wd_reply_set_problem (reply, WD_PROBLEM_TOO_MANY, NULL, NULL, NULL);
      wd_reply_set_header (reply, "Retry-After", "1");
      return FALSE;
    case WD_SESSION_UNKNOWN:
    default:
      /* A public route goes on without; for any other the router answers 401. */
      return TRUE;
    }
}
