/* wd-outlook.h — an overlay as wd_decide() looks at it
 *
 * A look-up that fails (a statement, a damaged body) answers nothing, and
 * then nothing is decided.
 *
 * Private to ledger/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-atlas.h"
#include "wd-overlay.h"

G_BEGIN_DECLS

typedef struct
{
  WdWorld    world;
  WdOverlay *overlay;
  WdAtlas   *atlas;
  gint64     now;
  GError    *error;
} WdOutlook;

/* @outlook has to stay where it is.  @atlas: (nullable): without one nobody is counted in an area */
void wd_outlook_init (WdOutlook *outlook, WdOverlay *overlay, WdAtlas *atlas, gint64 now);

void wd_outlook_clear (WdOutlook *outlook);

/* As wd_decide(), at `now`; WD_RULE_ERROR is a refusal, anything else the first look-up that failed. */
GPtrArray *wd_outlook_decide (WdOutlook *outlook, const WdActor *actor, const WdCommand *command, GError **error);

G_END_DECLS
