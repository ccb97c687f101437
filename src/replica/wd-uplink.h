/* wd-uplink.h — the link between a desk and its server
 *
 * One thread of its own does all network and all disk: it opens the copy and the outbox, signs
 * in, catches up through `changes`, follows `live`, sends what waits in the outbox, and
 * begins again after a pause whenever the link is lost.  What it learns it hands to
 * the main context in order.  Used by WdDesk; the desktop takes its state from here.
 *
 * Properties (notified on the main context):
 *   state (WdUplinkState)
 *   offline-since (gint64)  the server's time when it was last heard before the link was lost; 0 once it is live again
 *   done, total (gint64)    of the first copy or the catching up; total 0 where it is not known
 *   server (string)         the address that is talked to, without a path; token (string, nullable)
 *   admitted (boolean)      somebody has shown who they are: by a token, or by the password that the server last took
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  WD_UPLINK_SIGNED_OUT, /* no token, or the server took it back (4401): somebody has to sign in */
  WD_UPLINK_OFFLINE,    /* tried again and again */
  WD_UPLINK_CATCHING_UP,
  WD_UPLINK_LIVE
} WdUplinkState;

#define WD_TYPE_UPLINK_STATE (wd_uplink_state_get_type ())
GType wd_uplink_state_get_type (void);

typedef enum
{
  WD_UPLINK_ERROR_OFFLINE,      /* no answer */
  WD_UPLINK_ERROR_LOCKED,       /* no answer, and not the password that opens the copy */
  WD_UPLINK_ERROR_NO_TLS,       /* nothing speaks TLS there, though the address says so */
  WD_UPLINK_ERROR_UNTRUSTED,    /* a certificate of nobody known here; message: its subject, issuer, SHA-256, first and last day, a line each */
  WD_UPLINK_ERROR_UNAUTHORIZED, /* a wrong pair, or a token that is over */
  WD_UPLINK_ERROR_TOO_MANY,     /* later; the message has the seconds */
  WD_UPLINK_ERROR_REFUSED,      /* another problem document; the message is its code */
  WD_UPLINK_ERROR_BROKEN        /* not an answer of ours */
} WdUplinkError;
#define WD_UPLINK_ERROR (wd_uplink_error_quark ())
GQuark wd_uplink_error_quark (void);

#define WD_TYPE_UPLINK (wd_uplink_get_type ())
G_DECLARE_FINAL_TYPE (WdUplink, wd_uplink, WD, UPLINK, GObject)

/* The same servers in one way of writing, so that they are known again: no spaces and no last slash.  Returns: (transfer full) */
char *wd_uplink_tidy_servers (const char *servers);

/* @servers: addresses separated by commas, tried in turn; @folder: for this server and user alone, made where it is missing. */
WdUplink *wd_uplink_new (const char *servers, const char *user, const char *folder);

WdUplinkState wd_uplink_get_state (WdUplink *self);
gint64        wd_uplink_get_offline_since (WdUplink *self);
gboolean      wd_uplink_is_untrusted (WdUplink *self); /* WD_UPLINK_OFFLINE because the server's certificate is one of nobody known here; told with `state` */
gint64        wd_uplink_get_age (WdUplink *self);      /* milliseconds since the server was last heard; WD_INT_ABSENT: never */
const char   *wd_uplink_get_server (WdUplink *self);
const char   *wd_uplink_get_token (WdUplink *self);

gboolean wd_uplink_is_admitted (WdUplink *self);

/* Signs in; the token is then in use.  Where no server answers, the password that one last took opens the copy, and
 * is shown to the server as soon as it is there; if that refuses it, WD_UPLINK_SIGNED_OUT follows.
 * Errors: WD_UPLINK_ERROR */
void     wd_uplink_sign_in_async (WdUplink *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean wd_uplink_sign_in_finish (WdUplink *self, GAsyncResult *result, GError **error);

/* GET of @path (`/v1/orders/…/events`) with the token, for what is not in the copy.
 * Returns: (transfer full): the answer, guarded and parsed */
void wd_uplink_ask_async (WdUplink *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* … and POST of @body, JSON, for a question that is too long for a path.  Asks only: what people do goes by the outbox. */
void wd_uplink_post_async (WdUplink *self, const char *path, const char *body, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* … and what was kept here of the caller of @order, for as long as it is this unit's (api §5).  The server does not learn of it: whoever shows it
 * says so by the outbox.  Error: WD_UPLINK_ERROR_OFFLINE, where it is not kept or can't be opened */
void      wd_uplink_find_caller_async (WdUplink *self, const char *order, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
JsonNode *wd_uplink_ask_finish (WdUplink *self, GAsyncResult *result, GError **error);

/* Told to the server on change and every 20 seconds.  @last_input: g_get_monotonic_time() of the last key
 * or move; @viewing: (nullable): id of the order that is open; @sound: whether alarms can be heard. */
void wd_uplink_set_presence (WdUplink *self, gint64 last_input, const char *viewing, gboolean sound);

/* Seconds without input after which the server counts a desk as unmanned, as its last `hello` says. */
gint64 wd_uplink_get_unmanned (WdUplink *self);

/* The server's time: as it goes on from the last `hello`; the computer's own before the first. */
gint64 wd_uplink_now (WdUplink *self);

G_END_DECLS
