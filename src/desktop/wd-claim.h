/* wd-claim.h — one program for each pair of server and user
 *
 * A pair is claimed under a name of its own on the session bus, org.waterdesk.Waterdesk.x and a hash of the
 * pair.  Whoever comes second raises the first.  Without a session bus every claim succeeds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): NULL where another program has the pair, which was asked to show itself; else it is
 * held until it is unreffed, and `activate` is emitted when somebody else wanted it. */
GApplication *wd_claim_new (const char *server, const char *user);

G_END_DECLS
