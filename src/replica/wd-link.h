/* wd-link.h — the link between a desk and its server
 *
 * One thread of its own does all network and all disk: it opens the copy and the outbox, signs
 * in, catches up through `changes`, follows `live`, sends what waits in the outbox, and
 * begins again after a pause whenever the link is lost.  What it learns it hands to
 * the main context in order.  Used by WdDesk; the desktop takes its state from here.
 *
 * Properties (notified on the main context):
 *   state (WdLinkState)
 *   offline-since (gint64)  wall-clock milliseconds; 0 while there is a link
 *   done, total (gint64)    of the first copy or the catching up; total 0 where it is not known
 *   server (string)         the address that is talked to, without a path; token (string, nullable)
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
  WD_LINK_SIGNED_OUT, /* no token, or the server took it back (4401): somebody has to sign in */
  WD_LINK_OFFLINE,    /* tried again and again */
  WD_LINK_CATCHING_UP,
  WD_LINK_LIVE
} WdLinkState;

#define WD_TYPE_LINK_STATE (wd_link_state_get_type ())
GType wd_link_state_get_type (void);

typedef enum
{
  WD_LINK_ERROR_OFFLINE,      /* no answer */
  WD_LINK_ERROR_UNAUTHORIZED, /* a wrong pair, or a token that is over */
  WD_LINK_ERROR_TOO_MANY,     /* later; the message has the seconds */
  WD_LINK_ERROR_REFUSED,      /* another problem document; the message is its code */
  WD_LINK_ERROR_BROKEN        /* not an answer of ours */
} WdLinkError;
#define WD_LINK_ERROR (wd_link_error_quark ())
GQuark wd_link_error_quark (void);

#define WD_TYPE_LINK (wd_link_get_type ())
G_DECLARE_FINAL_TYPE (WdLink, wd_link, WD, LINK, GObject)

/* @servers: addresses separated by commas, tried in turn; @folder: for this server and user alone, made where it is missing. */
WdLink *wd_link_new (const char *servers, const char *user, const char *folder);

WdLinkState wd_link_get_state (WdLink *self);
gint64      wd_link_get_offline_since (WdLink *self);
const char *wd_link_get_server (WdLink *self);
const char *wd_link_get_token (WdLink *self);

/* Signs in; the token is then in use and given back, to be kept in the keyring.
 * Errors: WD_LINK_ERROR.  Returns: (transfer full) */
void  wd_link_sign_in_async (WdLink *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *wd_link_sign_in_finish (WdLink *self, GAsyncResult *result, GError **error);

/* Uses a token kept from before. */
void wd_link_set_token (WdLink *self, const char *token);

/* GET of @path (`/v1/orders/…/events`) with the token, for what is not in the copy.
 * Returns: (transfer full): the answer, guarded and parsed */
void      wd_link_ask_async (WdLink *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
JsonNode *wd_link_ask_finish (WdLink *self, GAsyncResult *result, GError **error);

/* Told to the server on change and every 20 seconds.  @last_input: g_get_monotonic_time() of the last key
 * or move; @viewing: (nullable): id of the order that is open; @sound: whether alarms can be heard. */
void wd_link_set_presence (WdLink *self, gint64 last_input, const char *viewing, gboolean sound);

/* The server's time: as it goes on from the last `hello`; the computer's own before the first. */
gint64 wd_link_now (WdLink *self);

G_END_DECLS
