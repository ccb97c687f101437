/* wd-live.h — GET /v1/live: every desk hears at once (api §5)
 *
 * A socket says hello, catches up from where its reader stood, then follows
 * the commits; never a gap, never a doubling.  Whoever reads too slowly is cut off.
 * Main thread only, but for wd_live_publish().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-feed.h"
#include "wd-presence.h"
#include "wd-readers.h"
#include "wd-router.h"
#include "wd-sessions.h"

G_BEGIN_DECLS

typedef struct _WdLive WdLive;

typedef struct
{
  const char               *store; /* its UUID */
  WdKeys                   *keys;
  WdServerClock            *clock;
  WdReaders                *readers;
  WdSessions               *sessions;
  const WdPresenceSettings *presence;
  gint64                    seq; /* where the feed stands */
} WdLiveSetup;

WdLive *wd_live_new (const WdLiveSetup *setup);
void    wd_live_free (WdLive *live);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdLive, wd_live_free)

/* From any thread, in the feed's order: takes @commit. */
void wd_live_publish (WdLive *live, WdCommit *commit);

/* A socket came in. @since: -1 = from now on */
void wd_live_join (WdLive *live, WdDoorStream *stream, const WdActor *actor, guint64 session, gint64 since);

/* From any thread: closes sockets whose session ended or whose rights changed, soon. */
void wd_live_check_sessions (WdLive *live);

gboolean wd_live_has_desk (WdLive *live, const char *unit);
guint    wd_live_count (WdLive *live);

G_END_DECLS
