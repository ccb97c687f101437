/* wd-sessions.h — who is signed in: opaque tokens, their rates, when each was heard
 *
 * A token is 256 random bits; only its hash is kept, in memory and in the
 * store's `sessions`.  It ends 12 h (real time) after its last use; an open live socket is
 * use (api §3).  Safe from any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-hearing.h"
#include "wd-writer.h"

G_BEGIN_DECLS

#define WD_SESSION_LIFE_MS (12 * G_GINT64_CONSTANT (3600000))
#define WD_SESSION_SILENCE_MS 25000 /* a living socket answers a ping each 20 s */
#define WD_SESSION_RATE 5000        /* requests a second of one token (api §1: none below 200) */

typedef struct _WdSessions WdSessions;

/* Loads what is still alive.  @writer keeps changes from then on. */
WdSessions *wd_sessions_new (WdLedger *ledger, WdWriter *writer, WdServerClock *clock, GError **error);
void        wd_sessions_free (WdSessions *sessions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSessions, wd_sessions_free)

/* A new token for @staff.  @done is called on the writer's thread when it is durable,
 * with NULL where it could not be kept. @expires: real time */
typedef void (*WdSessionDone) (const char *token, gint64 expires, const GError *error, gpointer data);
void wd_sessions_open (WdSessions *sessions, const WdStaff *staff, WdSessionDone done, gpointer data);

typedef enum
{
  WD_SESSION_OK,
  WD_SESSION_UNKNOWN,
  WD_SESSION_TOO_MANY
} WdSessionAnswer;

/* Looks @token up and counts it as used.
 * @actor: (out) (transfer full)
 * @session: (out): names the session from now on, 0 is none */
WdSessionAnswer wd_sessions_find (WdSessions *sessions, const char *token, WdActor **actor, guint64 *session);
gint64          wd_sessions_expires (WdSessions *sessions, guint64 session);

/* Ends one session, or all of that session's user, at once; @done is called on the writer's thread when that
 * is durable, with @error where it is not. */
typedef void (*WdSessionEnded) (const GError *error, gpointer data);
void wd_sessions_end (WdSessions *sessions, guint64 session, gboolean all, WdSessionEnded done, gpointer data);

/* Ends all of one user, whose password is another one now. */
void wd_sessions_end_user (WdSessions *sessions, const char *staff);

/* A member of staff changed: sessions take over role and unit, or end when disabled. */
void wd_sessions_staff_changed (WdSessions *sessions, const WdStaff *staff);

/* Whether the session still stands: 0 = yes, else the code to close its live sockets with (4401, 4002). */
guint wd_sessions_ended (WdSessions *sessions, guint64 session, const char *view);

/* A live socket of the session opened (+1) or closed (-1). */
void wd_sessions_live (WdSessions *sessions, guint64 session, int by);

/* Each second, of each live socket: nothing came from it for @silence_ms of real time. */
void wd_sessions_heard (WdSessions *sessions, guint64 session, gint64 silence_ms);

/* Whether the session had no live socket at @at: what it entered then may be believed (api §4). */
gboolean wd_sessions_was_deaf (WdSessions *sessions, guint64 session, gint64 at);

/* Every 10 s: forgets what ran out, stores when each was last used and heard. */
void wd_sessions_tend (WdSessions *sessions);

/* {"id","name","role","unit"}: the user as api §3 shows it. */
void wd_actor_append_json (GString *json, const WdActor *actor);

guint wd_sessions_count (WdSessions *sessions);

G_END_DECLS
