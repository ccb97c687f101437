/* wd-demo.h — a demo that lives: orders come in, and units nobody sits at act on them
 *
 * About one order in 30 s of the house's time, at most 60 of them waiting; a unit without a
 * signed-in desk acts on those sent to it: most in time, some late, a few returned (api §2).  Only
 * orders that the demo itself made; all by the same commands as everybody's.  Main thread, but for
 * wd_demo_saw().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-city.h"
#include "wd-live.h"
#include "wd-writer.h"

G_BEGIN_DECLS

#define WD_DEMO_EVERY_MS 30000
#define WD_DEMO_WAITING 60

typedef struct _WdDemo WdDemo;

/* Takes up where the store stands.  All arguments outlive the demo; before the writer starts. */
WdDemo *wd_demo_new (const WdCity *city, WdLedger *ledger, WdWriter *writer, WdServerClock *clock, GError **error);
void    wd_demo_stop (WdDemo *demo); /* before its writer goes */
void    wd_demo_free (WdDemo *demo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdDemo, wd_demo_free)

/* From then on it plays.  @live tells whose desks are signed in. */
void wd_demo_start (WdDemo *demo, WdLive *live);

/* What was committed; from the writer's thread, before the commit is given away. */
void wd_demo_saw (WdDemo *demo, const WdCommit *commit);

G_END_DECLS
