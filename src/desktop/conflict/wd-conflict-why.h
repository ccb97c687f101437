/* wd-conflict-why.h — why the server did not take a command, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

G_BEGIN_DECLS

/* With the field at fault where the server names one, and of an area what is wrong with it.  Returns: (transfer full) */
char *wd_conflict_why (const WdRefusal *refusal);

G_END_DECLS
