/* wd-test-random.h — random records and members, for whatever should come back as it went
 *
 * Drawn from g_test_rand_*: `--seed` repeats a run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-command.h"

/* One to eight characters of those that are easily spoilt, not blank.  @lines: with tabs and newlines. */
char *wd_test_text (gboolean lines);
char *wd_test_id (void);

/* A record of any type, about half of its fields present. */
gpointer wd_test_record (const WdRecordType *type);

/* What @info's table lets a sender give (@server: or the server add), a{sv}, floating: required members always. */
GVariant *wd_test_members (const WdVerbInfo *info, gboolean server);
