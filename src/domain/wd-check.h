/* wd-check.h — the checks of a command, one for each stage of api §4
 *
 * Each returns TRUE, or FALSE with a WD_RULE_ERROR.  Private to domain/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"
#include "wd-outage.h"

G_BEGIN_DECLS

typedef struct
{
  const WdWorld    *world;
  const WdActor    *actor;
  const WdCommand  *command;
  const WdVerbInfo *info;
  gint64            now;
  gint64            at; /* when it happened, never after now */

  /* What it changes; NULL for a new object. */
  gconstpointer   record;
  const WdPolicy *policy; /* of the order */
} WdCase;

/* References and values, as far as they need no order.  wd-check-members.c */
gboolean wd_check_members (const WdCase *c, GError **error);

/* Whether the limits @given (a{sx}) are ones that @policy has.  wd-check-members.c */
gboolean wd_check_limits (const WdPolicy *policy, GVariant *members, GError **error);

/* @order: (nullable): for verbs that create or are about no order.
 * @members: (nullable): NULL where they are not known yet (menus).  wd-check-order.c */
gboolean wd_check_role (const WdActor *actor, const WdVerbInfo *info, const WdOrder *order, GVariant *members);
gboolean wd_check_state (const WdVerbInfo *info, const WdOrder *order, GError **error);
gboolean wd_check_rule (const WdCase *c, GError **error);

/* The same stages for outages, quality cases and calls.  wd-check-area.c */
gboolean wd_check_area_members (const WdCase *c, GError **error);
gboolean wd_check_area_role (const WdCase *c);
gboolean wd_check_area_state (const WdCase *c, GError **error);
gboolean wd_check_area_rule (const WdCase *c, GError **error);

/* The order, outage or quality case @id as far as the actor sees it.  Returns: (nullable) */
gconstpointer wd_case_find_target (const WdCase *c, const char *id, WdObjectKind *kind);
/* In whose name the actor arrives. */
const char *wd_case_attending (const WdCase *c);

/* What the house adds to the members of the command's own event, and the events of other objects that
 * come with it.  wd-decide-area.c */
void wd_case_add_members (const WdCase *c, GVariantBuilder *members);
void wd_case_add_events (const WdCase *c, GPtrArray *events);

/* The id of the outage that the conclusion of a case leads to: the one that stands, else a new one.  (transfer full) */
char *wd_case_dup_outage (const WdCase *c);

/* What falls due on @outage before @own (nullable), but for what that stops in time; and what it proves never was late is lifted
 * (api §4).  Returns: (transfer full) (element-type WdEvent) */
GPtrArray *wd_decide_outage_due (const WdOutage *outage, const WdEvent *own, gint64 now);

G_END_DECLS
