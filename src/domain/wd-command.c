/* wd-command.c — the rows of the one table of commands (api §4)
 *
 * Critical: any change goes with its rows in tests/data/order-transitions.txt.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-command.h"

#include <string.h>

#define REQUIRED WD_MEMBER_REQUIRED
#define PRIVATE WD_MEMBER_PRIVATE
#define NULLABLE WD_MEMBER_NULLABLE
#define SERVER WD_MEMBER_SERVER

/* Every event of an order may say that its `at` was proved (api §4): only then
 * does the clock that it stops take that time. */
#define PROVED                          \
  {                                     \
    "at_proved", WD_MEMBER_BOOL, SERVER \
  }
#define END \
  {         \
    NULL    \
  }

/* clang-format off */
static const WdMember receive_members[] = {
  { "channel",    WD_MEMBER_ENUM,   REQUIRED, wd_channel_get_type },
  { "category",   WD_MEMBER_CODE,   REQUIRED },
  { "text",       WD_MEMBER_TEXT,   REQUIRED | PRIVATE },
  { "nature",     WD_MEMBER_ENUM,   NULLABLE, wd_nature_get_type },
  { "caller",     WD_MEMBER_CALLER, PRIVATE | NULLABLE },
  { "account",    WD_MEMBER_NAME,   PRIVATE | NULLABLE },
  { "address",    WD_MEMBER_TEXT,   PRIVATE | NULLABLE },
  { "point",      WD_MEMBER_POINT,  PRIVATE | NULLABLE },
  { "points",     WD_MEMBER_TEXTS,  PRIVATE },
  { "reference",  WD_MEMBER_NAME,   NULLABLE },
  { "due",        WD_MEMBER_TIME,   NULLABLE },
  { "limits",     WD_MEMBER_LIMITS, 0 },
  { "imported",   WD_MEMBER_BOOL,   SERVER }, /* came from a file: what is late in it alarms nobody */
  { "policy",     WD_MEMBER_INT,    SERVER },
  { "needs_site", WD_MEMBER_BOOL,   SERVER },
  { "district",   WD_MEMBER_CODE,   SERVER | NULLABLE },
  { "cell",       WD_MEMBER_NAME,   SERVER | NULLABLE }, /* of 0.01 degree, its south-west corner: "120.20,30.19" */
  { "number",     WD_MEMBER_NAME,   SERVER }, /* added by the ledger at commit */
  PROVED, END
};

static const WdMember classify_members[] = {
  { "category",   WD_MEMBER_CODE,   0 },
  { "nature",     WD_MEMBER_ENUM,   NULLABLE, wd_nature_get_type },
  { "account",    WD_MEMBER_NAME,   PRIVATE | NULLABLE },
  { "address",    WD_MEMBER_TEXT,   PRIVATE | NULLABLE },
  { "point",      WD_MEMBER_POINT,  PRIVATE | NULLABLE },
  { "points",     WD_MEMBER_TEXTS,  PRIVATE },
  { "major",      WD_MEMBER_BOOL,   0 },
  { "limits",     WD_MEMBER_LIMITS, 0 },
  { "needs_site", WD_MEMBER_BOOL,   SERVER },
  { "district",   WD_MEMBER_CODE,   SERVER | NULLABLE }, /* with `point`, null outside all territories */
  { "cell",       WD_MEMBER_NAME,   SERVER | NULLABLE },
  PROVED, END
};

static const WdMember answer_members[] = {
  { "text", WD_MEMBER_TEXT, REQUIRED | PRIVATE },
  PROVED, END
};

static const WdMember dispatch_members[] = {
  { "unit",   WD_MEMBER_CODE,   REQUIRED },
  { "note",   WD_MEMBER_TEXT,   PRIVATE | NULLABLE },
  { "limits", WD_MEMBER_LIMITS, 0 },
  PROVED, END
};

static const WdMember recall_members[] = {
  { "note",   WD_MEMBER_TEXT, PRIVATE | NULLABLE },
  { "reason", WD_MEMBER_TEXT, PRIVATE | NULLABLE }, /* required once accepted */
  PROVED, END
};

static const WdMember receipt_members[] = {
  { "what", WD_MEMBER_ENUM, REQUIRED, wd_receipt_get_type },
  PROVED, END
};

static const WdMember accept_members[] = {
  PROVED, END
};

static const WdMember assign_members[] = {
  { "crew", WD_MEMBER_ID, REQUIRED },
  PROVED, END
};

static const WdMember return_members[] = {
  { "class",          WD_MEMBER_ENUM,   REQUIRED, wd_return_class_get_type },
  { "reason",         WD_MEMBER_TEXT,   REQUIRED | PRIVATE },
  { "suggested_unit", WD_MEMBER_CODE,   NULLABLE },
  { "attachments",    WD_MEMBER_HASHES, 0 },
  PROVED, END
};

static const WdMember rule_return_members[] = {
  { "granted", WD_MEMBER_BOOL, REQUIRED },
  { "reason",  WD_MEMBER_TEXT, REQUIRED | PRIVATE },
  { "unit",    WD_MEMBER_CODE, NULLABLE },
  PROVED, END
};

static const WdMember contact_members[] = {
  { "text",      WD_MEMBER_TEXT, REQUIRED | PRIVATE },
  { "agreed_at", WD_MEMBER_TIME, NULLABLE },
  PROVED, END
};

static const WdMember arrive_members[] = {
  PROVED, END
};

static const WdMember note_members[] = {
  { "text",        WD_MEMBER_TEXT,   REQUIRED | PRIVATE },
  { "attachments", WD_MEMBER_HASHES, 0 },
  PROVED, END
};

static const WdMember finish_members[] = {
  { "result",      WD_MEMBER_TEXT,   REQUIRED | PRIVATE },
  { "repaired",    WD_MEMBER_BOOL,   0 },
  { "answers",     WD_MEMBER_TEXTS,  PRIVATE }, /* one for each of the order's points (R80) */
  { "attachments", WD_MEMBER_HASHES, 0 },
  { "no_evidence", WD_MEMBER_TEXT,   PRIVATE | NULLABLE },
  PROVED, END
};

static const WdMember visit_members[] = {
  { "outcome",     WD_MEMBER_ENUM, REQUIRED, wd_visit_outcome_get_type },
  { "cause",       WD_MEMBER_ENUM, NULLABLE, wd_cause_get_type },
  { "perfunctory", WD_MEMBER_BOOL, 0 },
  { "text",        WD_MEMBER_TEXT, PRIVATE | NULLABLE },
  PROVED, END
};

static const WdMember link_members[] = {
  { "to",     WD_MEMBER_ID,   REQUIRED },
  { "kind",   WD_MEMBER_ENUM, SERVER, wd_object_kind_get_type }, /* of what `to` names */
  { "linked", WD_MEMBER_ID,   SERVER }, /* in the event of a quality case: which order */
  PROVED, END
};

static const WdMember unlink_members[] = {
  { "to",     WD_MEMBER_ID, REQUIRED },
  { "linked", WD_MEMBER_ID, SERVER },
  PROVED, END
};

static const WdMember declare_outage_members[] = {
  { "nature",   WD_MEMBER_ENUM,     REQUIRED, wd_outage_nature_get_type },
  { "reason",   WD_MEMBER_TEXT,     REQUIRED | PRIVATE },
  { "starts",   WD_MEMBER_TIME,     REQUIRED },
  { "expected", WD_MEMBER_TIME,     NULLABLE },
  { "area",     WD_MEMBER_GEOMETRY, NULLABLE },
  { "extent",   WD_MEMBER_TEXT,     PRIVATE | NULLABLE },
  { "effect",   WD_MEMBER_ENUM,     NULLABLE, wd_outage_effect_get_type },
  { "pipe_mm",  WD_MEMBER_INT,      NULLABLE },
  { "orders",   WD_MEMBER_IDS,      0 },
  { "quality",  WD_MEMBER_ID,       SERVER }, /* the case that it was born of (R72) */
  { "unit",     WD_MEMBER_CODE,     SERVER },
  { "affected", WD_MEMBER_JSON,     SERVER | PRIVATE },
  { "policy",   WD_MEMBER_INT,      SERVER },
  { "number",   WD_MEMBER_NAME,     SERVER },
  PROVED, END
};

static const WdMember revise_outage_members[] = {
  { "nature",   WD_MEMBER_ENUM,     0, wd_outage_nature_get_type },
  { "reason",   WD_MEMBER_TEXT,     PRIVATE },
  { "starts",   WD_MEMBER_TIME,     0 },
  { "expected", WD_MEMBER_TIME,     NULLABLE },
  { "area",     WD_MEMBER_GEOMETRY, NULLABLE },
  { "extent",   WD_MEMBER_TEXT,     PRIVATE | NULLABLE },
  { "effect",   WD_MEMBER_ENUM,     NULLABLE, wd_outage_effect_get_type },
  { "pipe_mm",  WD_MEMBER_INT,      NULLABLE },
  { "orders",   WD_MEMBER_IDS,      0 },
  { "because",  WD_MEMBER_TEXT,     REQUIRED | PRIVATE },
  { "affected", WD_MEMBER_JSON,     SERVER | PRIVATE },
  PROVED, END
};

static const WdMember restore_outage_members[] = {
  { "text", WD_MEMBER_TEXT, PRIVATE | NULLABLE },
  PROVED, END
};

static const WdMember cancel_outage_members[] = {
  { "because", WD_MEMBER_TEXT, REQUIRED | PRIVATE },
  PROVED, END
};

static const WdMember report_quality_members[] = {
  { "point",  WD_MEMBER_POINT, REQUIRED | PRIVATE },
  { "text",   WD_MEMBER_TEXT,  REQUIRED | PRIVATE },
  { "orders", WD_MEMBER_IDS,   0 },
  { "units",  WD_MEMBER_CODES, 0 },
  { "policy", WD_MEMBER_INT,   SERVER },
  { "number", WD_MEMBER_NAME,  SERVER },
  PROVED, END
};

static const WdMember attend_quality_members[] = {
  { "unit",   WD_MEMBER_CODE, SERVER }, /* who arrived … */
  { "centre", WD_MEMBER_BOOL, SERVER }, /* … and whether that is the quality centre */
  PROVED, END
};

static const WdMember draft_quality_members[] = {
  { "area", WD_MEMBER_GEOMETRY, REQUIRED },
  PROVED, END
};

static const WdMember conclude_quality_members[] = {
  { "cause",    WD_MEMBER_TEXT,     REQUIRED | PRIVATE },
  { "area",     WD_MEMBER_GEOMETRY, REQUIRED },
  { "unlawful", WD_MEMBER_BOOL,     0 },
  { "outage",   WD_MEMBER_ID,       SERVER },
  PROVED, END
};

static const WdMember attach_call_members[] = {
  { "to",      WD_MEMBER_ID,     REQUIRED },
  { "channel", WD_MEMBER_ENUM,   REQUIRED, wd_channel_get_type },
  { "caller",  WD_MEMBER_CALLER, PRIVATE | NULLABLE },
  { "account", WD_MEMBER_NAME,   PRIVATE | NULLABLE },
  { "address", WD_MEMBER_TEXT,   PRIVATE | NULLABLE },
  { "point",   WD_MEMBER_POINT,  PRIVATE | NULLABLE },
  { "text",    WD_MEMBER_TEXT,   PRIVATE | NULLABLE },
  { "kind",    WD_MEMBER_ENUM,   SERVER, wd_object_kind_get_type }, /* of what `to` names */
  { "call",    WD_MEMBER_ID,     SERVER }, /* in the event of that: which call */
  PROVED, END
};

static const WdMember take_duty_members[] = {
  { "name", WD_MEMBER_NAME, SERVER }, /* as it was shown then */
  END
};

static const WdMember no_members[] = {
  END
};

static const WdMember put_unit_members[] = {
  { "code",      WD_MEMBER_CODE,     REQUIRED },
  { "name",      WD_MEMBER_NAME,     REQUIRED },
  { "kind",      WD_MEMBER_ENUM,     REQUIRED, wd_unit_kind_get_type },
  { "parent",    WD_MEMBER_CODE,     NULLABLE },
  { "territory", WD_MEMBER_GEOMETRY, NULLABLE },
  { "desk",      WD_MEMBER_POINT,    NULLABLE },
  { "principal", WD_MEMBER_NAME,     NULLABLE },
  { "deputy",    WD_MEMBER_NAME,     NULLABLE },
  { "handler",   WD_MEMBER_NAME,     NULLABLE },
  { "phone",     WD_MEMBER_NAME,     NULLABLE },
  { "closed",    WD_MEMBER_BOOL,     0 },
  END
};

static const WdMember put_crew_members[] = {
  { "crew",   WD_MEMBER_ID,   0 }, /* absent for a new one */
  { "unit",   WD_MEMBER_CODE, REQUIRED },
  { "name",   WD_MEMBER_NAME, REQUIRED },
  { "leader", WD_MEMBER_NAME, NULLABLE },
  { "people", WD_MEMBER_INT,  NULLABLE },
  { "closed", WD_MEMBER_BOOL, 0 },
  END
};

static const WdMember put_staff_members[] = {
  { "name",     WD_MEMBER_NAME, REQUIRED },
  { "display",  WD_MEMBER_NAME, NULLABLE },
  { "role",     WD_MEMBER_ENUM, REQUIRED, wd_role_get_type },
  { "unit",     WD_MEMBER_CODE, NULLABLE },
  { "disabled", WD_MEMBER_BOOL, 0 },
  END
};

static const WdMember put_category_members[] = {
  { "code",        WD_MEMBER_CODE, REQUIRED },
  { "name",        WD_MEMBER_NAME, REQUIRED },
  { "needs_site",  WD_MEMBER_BOOL, 0 },
  { "unit_kind",   WD_MEMBER_ENUM, NULLABLE, wd_unit_kind_get_type },
  { "repair_kind", WD_MEMBER_CODE, NULLABLE },
  { "closed",      WD_MEMBER_BOOL, 0 },
  END
};

static const WdMember seed_policy_members[] = {
  { "version",           WD_MEMBER_INT,      REQUIRED },
  { "effective",         WD_MEMBER_TIME,     REQUIRED },
  { "zone",              WD_MEMBER_NAME,     REQUIRED },
  { "crew_margin",       WD_MEMBER_DURATION, REQUIRED },
  { "platform_margin",   WD_MEMBER_DURATION, REQUIRED },
  { "callback_attempts", WD_MEMBER_INT,      REQUIRED },
  { "rows",              WD_MEMBER_ROWS,     REQUIRED },
  END
};

static const WdMember breach_members[] = { /* and of `lifted` */
  { "rule", WD_MEMBER_CODE, REQUIRED },
  END
};

static const WdMember begun_members[] = {
  END
};

static const WdMember looked_members[] = {
  { "reason", WD_MEMBER_TEXT, REQUIRED | PRIVATE },
  END
};

static const WdMember imported_members[] = {
  { "kind",  WD_MEMBER_CODE, REQUIRED },
  { "count", WD_MEMBER_INT,  REQUIRED },
  { "hash",  WD_MEMBER_NAME, REQUIRED },
  END
};

#define RECEIVED   WD_STATE_BIT (WD_STATE_RECEIVED)
#define DISPATCHED WD_STATE_BIT (WD_STATE_DISPATCHED)
#define ACCEPTED   WD_STATE_BIT (WD_STATE_ACCEPTED)
#define ON_SITE    WD_STATE_BIT (WD_STATE_ON_SITE)
#define FINISHED   WD_STATE_BIT (WD_STATE_FINISHED)
#define CLOSED     WD_STATE_BIT (WD_STATE_CLOSED)
#define MERGED     WD_STATE_BIT (WD_STATE_MERGED)
#define OPEN       (RECEIVED | DISPATCHED | ACCEPTED | ON_SITE | FINISHED)

#define ANNOUNCED  WD_STATE_BIT (WD_OUTAGE_ANNOUNCED)
#define ACTIVE     WD_STATE_BIT (WD_OUTAGE_ACTIVE)

#define REPORTED   WD_STATE_BIT (WD_QUALITY_REPORTED)
#define ATTENDED   WD_STATE_BIT (WD_QUALITY_ATTENDED)
#define CONFIRMED  WD_STATE_BIT (WD_QUALITY_CONFIRMED)

#define CENTRE     WD_WHO_CENTRE
#define UNIT       WD_WHO_UNIT
#define NOBODY     WD_WHO_NOBODY

#define SUPPLY     WD_WHO_SUPPLY
#define LAB        WD_WHO_QUALITY

#define ORDER      WD_OBJECT_ORDER
#define OUTAGE     WD_OBJECT_OUTAGE
#define QUALITY    WD_OBJECT_QUALITY
#define CREATES    WD_VERB_CREATES
#define EXPECTS    WD_VERB_EXPECTS
#define QUIET      WD_VERB_QUIET
#define UPSERT     (WD_VERB_UPSERT | WD_VERB_EXPECTS)

/* One row a verb, at the index of its value.  States say where it may be given at
 * all; what else it asks of the order stands in wd-decide.c. */
static const WdVerbInfo verbs[WD_VERB_COUNT] = {
  [WD_VERB_RECEIVE]      = { WD_VERB_RECEIVE,      "receive",      ORDER,              0,                               CENTRE | WD_WHO_REPORTER,           CREATES, receive_members },
  [WD_VERB_CLASSIFY]     = { WD_VERB_CLASSIFY,     "classify",     ORDER,              OPEN,                            CENTRE,                             EXPECTS, classify_members },
  [WD_VERB_ANSWER]       = { WD_VERB_ANSWER,       "answer",       ORDER,              RECEIVED,                        CENTRE,                             0,       answer_members },
  [WD_VERB_DISPATCH]     = { WD_VERB_DISPATCH,     "dispatch",     ORDER,              RECEIVED,                        CENTRE,                             EXPECTS, dispatch_members },
  [WD_VERB_RECALL]       = { WD_VERB_RECALL,       "recall",       ORDER,              DISPATCHED | ACCEPTED | ON_SITE, CENTRE,                             EXPECTS, recall_members },
  [WD_VERB_RECEIPT]      = { WD_VERB_RECEIPT,      "receipt",      ORDER,              DISPATCHED,                      UNIT,                               QUIET,   receipt_members },
  [WD_VERB_ACCEPT]       = { WD_VERB_ACCEPT,       "accept",       ORDER,              DISPATCHED,                      UNIT,                               0,       accept_members },
  [WD_VERB_ASSIGN]       = { WD_VERB_ASSIGN,       "assign",       ORDER,              ACCEPTED | ON_SITE,              UNIT,                               0,       assign_members },
  [WD_VERB_RETURN]       = { WD_VERB_RETURN,       "return",       ORDER,              DISPATCHED | ACCEPTED | ON_SITE, UNIT,                               0,       return_members },
  [WD_VERB_RULE_RETURN]  = { WD_VERB_RULE_RETURN,  "rule-return",  ORDER,              RECEIVED,                        CENTRE,                             EXPECTS, rule_return_members },
  [WD_VERB_CONTACT]      = { WD_VERB_CONTACT,      "contact",      ORDER,              ACCEPTED | ON_SITE,              UNIT,                               0,       contact_members },
  [WD_VERB_ARRIVE]       = { WD_VERB_ARRIVE,       "arrive",       ORDER,              ACCEPTED | ON_SITE,              UNIT,                               0,       arrive_members },
  [WD_VERB_NOTE]         = { WD_VERB_NOTE,         "note",         ORDER,              OPEN | CLOSED | MERGED,          CENTRE | UNIT | WD_WHO_HELPER,      0,       note_members },
  [WD_VERB_FINISH]       = { WD_VERB_FINISH,       "finish",       ORDER,              ACCEPTED | ON_SITE,              UNIT,                               0,       finish_members },
  [WD_VERB_VISIT]        = { WD_VERB_VISIT,        "visit",        ORDER,              FINISHED,                        CENTRE,                             0,       visit_members },
  [WD_VERB_LINK]         = { WD_VERB_LINK,         "link",         ORDER,              OPEN,                            CENTRE | WD_WHO_QUALITY,            0,       link_members },
  [WD_VERB_UNLINK]       = { WD_VERB_UNLINK,       "unlink",       ORDER,              OPEN | MERGED,                   CENTRE | WD_WHO_QUALITY,            0,       unlink_members },
  [WD_VERB_DECLARE_OUTAGE]   = { WD_VERB_DECLARE_OUTAGE,   "declare-outage",   OUTAGE,         0,                               CENTRE | SUPPLY,                    CREATES, declare_outage_members },
  [WD_VERB_REVISE_OUTAGE]    = { WD_VERB_REVISE_OUTAGE,    "revise-outage",    OUTAGE,         ANNOUNCED | ACTIVE,              CENTRE | SUPPLY,                    EXPECTS, revise_outage_members },
  [WD_VERB_RESTORE_OUTAGE]   = { WD_VERB_RESTORE_OUTAGE,   "restore-outage",   OUTAGE,         ACTIVE,                          CENTRE | SUPPLY,                    0,       restore_outage_members },
  [WD_VERB_CANCEL_OUTAGE]    = { WD_VERB_CANCEL_OUTAGE,    "cancel-outage",    OUTAGE,         ANNOUNCED | ACTIVE,              CENTRE | SUPPLY,                    EXPECTS, cancel_outage_members },
  [WD_VERB_REPORT_QUALITY]   = { WD_VERB_REPORT_QUALITY,   "report-quality",   QUALITY,        0,                               CENTRE | LAB,                       CREATES, report_quality_members },
  [WD_VERB_ATTEND_QUALITY]   = { WD_VERB_ATTEND_QUALITY,   "attend-quality",   QUALITY,        REPORTED | ATTENDED | CONFIRMED, WD_WHO_CALLED | LAB,                0,       attend_quality_members },
  [WD_VERB_DRAFT_QUALITY]    = { WD_VERB_DRAFT_QUALITY,    "draft-quality",    QUALITY,        REPORTED | ATTENDED | CONFIRMED, LAB,                                EXPECTS, draft_quality_members },
  [WD_VERB_CONCLUDE_QUALITY] = { WD_VERB_CONCLUDE_QUALITY, "conclude-quality", QUALITY,        REPORTED | ATTENDED | CONFIRMED, LAB,                                EXPECTS, conclude_quality_members },
  [WD_VERB_ATTACH_CALL]      = { WD_VERB_ATTACH_CALL,      "attach-call",      WD_OBJECT_CALL, 0,                               CENTRE,                             CREATES, attach_call_members },
  [WD_VERB_TAKE_DUTY]    = { WD_VERB_TAKE_DUTY,    "take-duty",    WD_OBJECT_UNIT,     0,                               WD_WHO_STAFFED,                     0,       take_duty_members },
  [WD_VERB_LEAVE_DUTY]   = { WD_VERB_LEAVE_DUTY,   "leave-duty",   WD_OBJECT_UNIT,     0,                               WD_WHO_STAFFED,                     0,       no_members },
  [WD_VERB_PUT_UNIT]     = { WD_VERB_PUT_UNIT,     "put-unit",     WD_OBJECT_UNIT,     0,                               WD_WHO_ADMIN,                       UPSERT,  put_unit_members },
  [WD_VERB_PUT_CREW]     = { WD_VERB_PUT_CREW,     "put-crew",     WD_OBJECT_CREW,     0,                               WD_WHO_ADMIN,                       UPSERT,  put_crew_members },
  [WD_VERB_PUT_STAFF]    = { WD_VERB_PUT_STAFF,    "put-staff",    WD_OBJECT_STAFF,    0,                               WD_WHO_ADMIN,                       UPSERT,  put_staff_members },
  [WD_VERB_PUT_CATEGORY] = { WD_VERB_PUT_CATEGORY, "put-category", WD_OBJECT_CATEGORY, 0,                               WD_WHO_ADMIN,                       UPSERT,  put_category_members },
  [WD_VERB_SEED_POLICY]  = { WD_VERB_SEED_POLICY,  "seed-policy",  WD_OBJECT_POLICY,   0,                               NOBODY,                             CREATES, seed_policy_members },
  [WD_VERB_BREACHED]     = { WD_VERB_BREACHED,     "breached",     ORDER,              0,                               NOBODY,                             QUIET,   breach_members },
  [WD_VERB_LIFTED]       = { WD_VERB_LIFTED,       "lifted",       ORDER,              0,                               NOBODY,                             QUIET,   breach_members },
  [WD_VERB_BEGUN]        = { WD_VERB_BEGUN,        "begun",        OUTAGE,             0,                               NOBODY,                             QUIET,   begun_members },
  [WD_VERB_LOOKED]       = { WD_VERB_LOOKED,       "looked",       ORDER,              0,                               NOBODY,                             QUIET,   looked_members },
  [WD_VERB_IMPORTED]     = { WD_VERB_IMPORTED,     "imported",     WD_OBJECT_NONE,     0,                               NOBODY,                             QUIET,   imported_members },
};
/* clang-format on */

const WdVerbInfo *
wd_verb_info (WdVerb verb)
{
  g_return_val_if_fail (verb > WD_VERB_NONE && verb < WD_VERB_COUNT, NULL);
  return &verbs[verb];
}

const WdVerbInfo *
wd_verb_lookup_event (const char *name)
{
  for (int verb = WD_VERB_NONE + 1; verb < WD_VERB_COUNT; verb++)
    if (strcmp (verbs[verb].name, name) == 0)
      return &verbs[verb];
  return NULL;
}

const WdVerbInfo *
wd_verb_lookup (const char *name)
{
  const WdVerbInfo *info = wd_verb_lookup_event (name);

  return info != NULL && info->who != WD_WHO_NOBODY ? info : NULL;
}

const WdMember *
wd_verb_member (const WdVerbInfo *info, const char *name)
{
  for (const WdMember *member = info->members; member->name != NULL; member++)
    if (strcmp (member->name, name) == 0)
      return member;
  return NULL;
}
