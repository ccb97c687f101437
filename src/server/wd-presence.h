/* wd-presence.h — which desks are there, and how much so (api §5)
 *
 * A desk says its name, how long nobody touched it, which order it looks at
 * and whether it can be heard.  From that: online; away (no input for
 * 5 minutes); unmanned (asked after 10 minutes and no answer in 60 s);
 * offline (no socket for 30 s).  No event: it is not kept.  Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Seconds; 0 means the default. */
typedef struct
{
  guint away;     /* 300 */
  guint unmanned; /* 660: asked after 600, 60 to answer */
  guint offline;  /* 30 */
} WdPresenceSettings;

typedef struct _WdPresence WdPresence;
typedef struct _WdDesk     WdDesk;

WdPresence *wd_presence_new (const WdPresenceSettings *settings);
void        wd_presence_free (WdPresence *presence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPresence, wd_presence_free)

/* Seconds without input after which a desk is unmanned. */
guint wd_presence_get_unmanned (WdPresence *presence);

/* A socket of @actor opened; closed.  The desk is known by user and name and outlives its socket. */
WdDesk *wd_presence_open (WdPresence *presence, const WdActor *actor);
void    wd_presence_close (WdPresence *presence, WdDesk *desk);

/* Takes what a desk said; @object is the member `presence` of its message.
 * Returns: FALSE where it is not readable: then nothing is taken. */
gboolean wd_presence_take (WdPresence *presence, WdDesk **desk, JsonObject *object);

/* NULL while it views nothing. */
const char *wd_desk_viewing (const WdDesk *desk);
/* Who may be told so: wd_object_readers() of that order, found by the caller.  Where the desk's own user is none of
 * them, nobody is told. */
void wd_desk_set_viewing_readers (WdDesk *desk, const char *const *readers);
/* An object changed: who may see it now. */
void wd_presence_saw (WdPresence *presence, const char *id, const char *const *readers);

/* Looks at the clock: which desks have changed their state since they were last told.
 * Returns: whether there is news for wd_presence_message(). */
gboolean wd_presence_tick (WdPresence *presence);

/* `{"presence":[…]}` for one who belongs to @readers: the desks that changed, or all;
 * NULL for nothing. */
GBytes *wd_presence_message (WdPresence *presence, const char *const *readers, gboolean all);
/* All readers were told. */
void wd_presence_told (WdPresence *presence);

/* Someone of the unit is signed in at a desk with a live socket. */
gboolean wd_presence_has_desk (WdPresence *presence, const char *unit);

G_END_DECLS
