/* wd-terms.h — the field's words for what the code names
 *
 * Translated; borrowed.  Words that the centre may add to (categories, units) are data and not here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-command.h"
#include "wd-order.h"

G_BEGIN_DECLS

const char *wd_term_state (WdOrderState state);
const char *wd_term_clock (const char *rule);    /* the clock's own word where it has none */
const char *wd_term_clause (const char *clause); /* the section of the policy; the clause's own name where none is known */
const char *wd_term_channel (WdChannel channel);
const char *wd_term_verb (WdVerb verb);
const char *wd_term_nature (WdNature nature);
const char *wd_term_return_class (WdReturnClass class_);
const char *wd_term_visit (WdVisitOutcome outcome);
const char *wd_term_cause (WdCause cause);

/* How far the unit is with what it accepted; the state's own word for all else. */
const char *wd_term_stage (const WdOrder *order);

/* What to say to a person for a code of a refusal by the server (api §1): what happened, and what to do. */
const char *wd_term_problem (const char *code);
/* The same where the desk itself refused @verb (WD_RULE_ERROR, WD_DESK_ERROR): nobody was first, and nothing was sent.
 * @order: (nullable): that it was about, as it is shown here.  (transfer full) */
char *wd_term_refusal (const GError *error, WdVerb verb, const WdOrder *order);

G_END_DECLS
