/* wd-terms.c — the field's words for what the code names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-terms.h"

#include "wd-desk.h"

#include <glib/gi18n.h>

typedef struct
{
  int         value;
  const char *word;
} Term;

typedef struct
{
  const char *name;
  const char *word;
} NamedTerm;

/* clang-format off */
static const Term states[] = {
  { WD_STATE_RECEIVED,   N_("to dispatch") },
  { WD_STATE_DISPATCHED, N_("waiting for acceptance") },
  { WD_STATE_ACCEPTED,   N_("accepted") },
  { WD_STATE_ON_SITE,    N_("on site") },
  { WD_STATE_FINISHED,   N_("finished") },
  { WD_STATE_CLOSED,     N_("closed") },
  { WD_STATE_MERGED,     N_("merged") },
  { 0, NULL }
};

static const Term channels[] = {
  { WD_CHANNEL_HOTLINE,        N_("hotline") },
  { WD_CHANNEL_WEBSITE,        N_("website") },
  { WD_CHANNEL_WEIBO,          N_("Weibo") },
  { WD_CHANNEL_WECHAT,         N_("WeChat") },
  { WD_CHANNEL_PLATFORM_12345, N_("12345") },
  { WD_CHANNEL_DIGITAL_CITY,   N_("digital city") },
  { WD_CHANNEL_MEDIA,          N_("media") },
  { WD_CHANNEL_CONDUCT,        N_("conduct platform") },
  { WD_CHANNEL_UNIT_REPORT,    N_("unit report") },
  { WD_CHANNEL_OPEN311,        N_("Open311") },
  { 0, NULL }
};

static const Term verbs[] = {
  { WD_VERB_RECEIVE,     N_("Receive") },
  { WD_VERB_CLASSIFY,    N_("Classify") },
  { WD_VERB_ANSWER,      N_("Answer") },
  { WD_VERB_DISPATCH,    N_("Dispatch") },
  { WD_VERB_RECALL,      N_("Recall") },
  { WD_VERB_ACCEPT,      N_("Accept") },
  { WD_VERB_ASSIGN,      N_("Assign crew") },
  { WD_VERB_RETURN,      N_("Return") },
  { WD_VERB_RULE_RETURN, N_("Rule on return") },
  { WD_VERB_CONTACT,     N_("Contact") },
  { WD_VERB_ARRIVE,      N_("Arrived") },
  { WD_VERB_NOTE,        N_("Note") },
  { WD_VERB_FINISH,      N_("Finish") },
  { WD_VERB_VISIT,       N_("Call back") },
  { WD_VERB_LINK,        N_("Link") },
  { WD_VERB_UNLINK,      N_("Unlink") },
  { WD_VERB_DECLARE_OUTAGE,   N_("Declare Outage") },
  { WD_VERB_REVISE_OUTAGE,    N_("Revise Outage") },
  { WD_VERB_RESTORE_OUTAGE,   N_("Water Is Back") },
  { WD_VERB_CANCEL_OUTAGE,    N_("Cancel Outage") },
  { WD_VERB_REPORT_QUALITY,   N_("Report Quality") },
  { WD_VERB_ATTEND_QUALITY,   N_("Joint arrival") },
  { WD_VERB_DRAFT_QUALITY,    N_("Determine Area") },
  { WD_VERB_CONCLUDE_QUALITY, N_("Conclude") },
  { WD_VERB_ATTACH_CALL,      N_("Attach call") },
  { WD_VERB_TAKE_DUTY,   N_("Take duty") },
  { WD_VERB_LEAVE_DUTY,  N_("Leave duty") },
  { 0, NULL }
};

static const Term natures[] = {
  { WD_NATURE_REPAIR,       N_("repair") },
  { WD_NATURE_CONSULTATION, N_("question") },
  { WD_NATURE_COMPLAINT,    N_("complaint") },
  { WD_NATURE_SUGGESTION,   N_("suggestion") },
  { WD_NATURE_HELP,         N_("help") },
  { 0, NULL }
};

static const Term return_classes[] = {
  { WD_RETURN_NOT_OURS,    N_("not ours") },
  { WD_RETURN_WRONG_PLACE, N_("the place is wrong") },
  { WD_RETURN_NEEDS_OTHER, N_("needs another unit too") },
  { WD_RETURN_DUPLICATE,   N_("the same as another order") },
  { WD_RETURN_OTHER,       N_("another reason") },
  { 0, NULL }
};

static const Term visits[] = {
  { WD_VISIT_SATISFIED,    N_("satisfied") },
  { WD_VISIT_DISSATISFIED, N_("dissatisfied") },
  { WD_VISIT_UNREACHABLE,  N_("not reached") },
  { WD_VISIT_REFUSED,      N_("no wish to answer") },
  { 0, NULL }
};

static const Term causes[] = {
  { WD_CAUSE_UNIT,      N_("the unit's cause") },
  { WD_CAUSE_OBJECTIVE, N_("an objective cause") },
  { 0, NULL }
};

/* Requirements of the policy, as its rows name them, by the section that a person can look up. */
static const NamedTerm clauses[] = {
  { "R18", N_("section 2.1") },
  { "R20", N_("section 2.2.1") },
  { "R22", N_("section 2.2.1") },
  { "R23", N_("section 2.2.1") },
  { "R27", N_("section 2.2.2") },
  { "R30", N_("section 2.3.1") },
  { "R35", N_("section 2.3.3") },
  { "R44", N_("section 2.3.5") },
  { "R61", N_("section 2.4.1") },
  { "R65", N_("section 2.4.1") },
  { NULL,  NULL }
};

static const NamedTerm clocks[] = {
  { "dispatch",    N_("dispatch") },
  { "accept",      N_("accept") },
  { "arrive",      N_("arrive") },
  { "appointment", N_("appointment") },
  { "return",      N_("return") },
  { "finish",      N_("finish") },
  { "callback",    N_("call back") },
  { "cover",       N_("replace cover") },
  { "outage-lead",     N_("tell ahead") },
  { "outage-expected", N_("water back") },
  { "outage-start",    N_("water goes") },
  { NULL, NULL }
};

static const NamedTerm problems[] = {
  { "state",        N_("Somebody else was first: it has moved on.") },
  { "conflict",     N_("Somebody else changed it first.") },
  { "forbidden",    N_("Your role may not do this.") },
  { "not-found",    N_("It is not here any more.") },
  { "invalid",      N_("Something in the entry is not right.") },
  { "id-reused",    N_("The entry was sent before with other content.") },
  { "busy",         N_("The server is busy; it will be tried again.") },
  { "storage",      N_("The server cannot store anything now; call its administrator.") },
  { "unauthorized", N_("The sign-in has ended; sign in again.") },
  { NULL, NULL }
};
/* clang-format on */

static const char *
find (const Term *terms, int value)
{
  for (; terms->word != NULL; terms++)
    if (terms->value == value)
      return _ (terms->word);
  return "";
}

static const char *
find_named (const NamedTerm *terms, const char *name)
{
  for (; terms->word != NULL; terms++)
    if (g_strcmp0 (terms->name, name) == 0)
      return _ (terms->word);
  return NULL;
}

const char *
wd_term_state (WdOrderState state)
{
  return find (states, state);
}

const char *
wd_term_channel (WdChannel channel)
{
  return find (channels, channel);
}

const char *
wd_term_verb (WdVerb verb)
{
  return find (verbs, verb);
}

const char *
wd_term_nature (WdNature nature)
{
  return find (natures, nature);
}

const char *
wd_term_return_class (WdReturnClass class_)
{
  return find (return_classes, class_);
}

const char *
wd_term_visit (WdVisitOutcome outcome)
{
  return find (visits, outcome);
}

const char *
wd_term_cause (WdCause cause)
{
  return find (causes, cause);
}

const char *
wd_term_stage (const WdOrder *order)
{
  if (order->state != WD_STATE_ACCEPTED)
    return wd_term_state (order->state);
  if (order->crew == NULL)
    return _ ("no crew yet");
  return wd_order_clock (order, "appointment") != NULL ? _ ("time agreed") : _ ("on the way");
}

const char *
wd_term_clock (const char *rule)
{
  const char *word = find_named (clocks, rule);

  return word != NULL ? word : rule;
}

const char *
wd_term_clause (const char *clause)
{
  const char *words = find_named (clauses, clause);

  if (words != NULL)
    return words;
  return clause != NULL ? clause : "";
}

const char *
wd_term_problem (const char *code)
{
  const char *words = find_named (problems, code);

  return words != NULL ? words : _ ("The server did not take it.");
}

/* The state fits, and yet it can't be done: what stands in the way. */
static const char *
what_is_in_the_way (WdVerb verb, const WdOrder *order)
{
  if (verb == WD_VERB_DISPATCH && order->returned != NULL && order->returned->late)
    return _ ("A late return waits for a ruling first.");
  if (verb == WD_VERB_RULE_RETURN)
    return order->returned != NULL ? _ ("The unit that returned it is closed: it can only be granted.") : _ ("No return waits for a ruling.");
  if (verb == WD_VERB_ARRIVE && order->state == WD_STATE_ON_SITE)
    return _ ("It is on site already.");
  if (verb == WD_VERB_FINISH && order->state == WD_STATE_ACCEPTED)
    return _ ("Nobody has been on site yet.");
  if (verb == WD_VERB_LINK)
    return _ ("It is linked to that already, or that is over.");
  return _ ("As it stands that can't be done.");
}

char *
wd_term_refusal (const GError *error, WdVerb verb, const WdOrder *order)
{
  g_autofree char *field = error->domain == WD_RULE_ERROR ? wd_rule_error_dup_field (error) : NULL;

  if (g_error_matches (error, WD_DESK_ERROR, WD_DESK_ERROR_STOPPED))
    return g_strdup (_ ("A refusal is to be seen to first: See Both."));
  if (verb == WD_VERB_RECALL && g_strcmp0 (field, "reason") == 0)
    return g_strdup (_ ("It is accepted: a recall needs its reason, on the order's page."));
  if (!g_error_matches (error, WD_RULE_ERROR, WD_RULE_ERROR_STATE))
    return g_strdup (wd_term_problem (error->domain == WD_RULE_ERROR ? wd_enum_nick (wd_rule_error_get_type (), error->code) : NULL));
  if (order == NULL)
    return g_strdup (_ ("As it stands that can't be done."));
  if (wd_verb_info (verb)->states & WD_STATE_BIT (order->state))
    return g_strdup (what_is_in_the_way (verb, order));
  /* Translators: the state of an order, a verb. */
  return g_strdup_printf (_ ("The order is now “%1$s”, and can't have “%2$s”."), wd_term_state (order->state), wd_term_verb (verb));
}
