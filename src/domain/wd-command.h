/* wd-command.h — the one table of commands (api §4)
 *
 * For each verb: its members, the states it is allowed in, who may give it,
 * the kind of object it changes.  The server's checks, the desktop's menus and
 * what a dragged order may be dropped on all read this table.
 * Critical: any change goes with its rows in tests/data/order-transitions.txt.
 *
 * Member values are a GVariant dictionary a{sv}, in the table's order:
 *   TEXT ID CODE ENUM HASH -> s     BOOL -> b     INT -> x     TIME DURATION -> x (milliseconds)
 *   POINT -> (dd) lon, lat     TEXTS HASHES IDS CODES -> as     CALLER -> a{ss} (name, phone)
 *   LIMITS -> a{sx}     GEOMETRY JSON -> s (its text)     ROWS -> aa{sv} after wd_policy_row_type
 * An enum travels as its nick.  A NULLABLE member given as null travels as a
 * nothing of the type `mv`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"
#include "wd-words.h"

G_BEGIN_DECLS

typedef enum
{
  WD_VERB_NONE,
  WD_VERB_RECEIVE,
  WD_VERB_CLASSIFY,
  WD_VERB_ANSWER,
  WD_VERB_DISPATCH,
  WD_VERB_RECALL,
  WD_VERB_RECEIPT,
  WD_VERB_ACCEPT,
  WD_VERB_ASSIGN,
  WD_VERB_RETURN,
  WD_VERB_RULE_RETURN,
  WD_VERB_CONTACT,
  WD_VERB_ARRIVE,
  WD_VERB_NOTE,
  WD_VERB_FINISH,
  WD_VERB_VISIT,
  WD_VERB_LINK,
  WD_VERB_UNLINK,
  WD_VERB_DECLARE_OUTAGE,
  WD_VERB_REVISE_OUTAGE,
  WD_VERB_RESTORE_OUTAGE,
  WD_VERB_CANCEL_OUTAGE,
  WD_VERB_REPORT_QUALITY,
  WD_VERB_ATTEND_QUALITY,
  WD_VERB_DRAFT_QUALITY,
  WD_VERB_CONCLUDE_QUALITY,
  WD_VERB_ATTACH_CALL,
  WD_VERB_TAKE_DUTY,
  WD_VERB_LEAVE_DUTY,
  WD_VERB_PUT_UNIT,
  WD_VERB_PUT_CREW,
  WD_VERB_PUT_STAFF,
  WD_VERB_PUT_CATEGORY,
  /* The server's own events: nobody may command them. */
  WD_VERB_SEED_POLICY, /* version 1 of an empty store */
  WD_VERB_BREACHED,    /* a clock ran out */
  WD_VERB_LIFTED,      /* a breach disproved by what was entered offline */
  WD_VERB_BEGUN,       /* an announced outage's start has come */
  WD_VERB_LOOKED,      /* someone was shown a caller (R76, P29) */
  WD_VERB_IMPORTED,    /* reference data came in: kind, count, hash */
  WD_VERB_COUNT
} WdVerb;

typedef enum
{
  WD_MEMBER_TEXT, /* up to 4,000 characters, not blank */
  WD_MEMBER_NAME, /* up to 100 characters, not blank */
  WD_MEMBER_ID,   /* UUID */
  WD_MEMBER_CODE, /* [a-z0-9-]{1,40} */
  WD_MEMBER_ENUM,
  WD_MEMBER_BOOL,
  WD_MEMBER_INT,
  WD_MEMBER_TIME,
  WD_MEMBER_DURATION,
  WD_MEMBER_POINT,  /* on the earth */
  WD_MEMBER_TEXTS,  /* each as TEXT, at most 100 */
  WD_MEMBER_HASHES, /* SHA-256 in lower-case hexadecimal */
  WD_MEMBER_CALLER,
  WD_MEMBER_LIMITS,   /* rule -> ISO 8601 duration, more than nothing */
  WD_MEMBER_GEOMETRY, /* GeoJSON Polygon or MultiPolygon, at most 10,000 vertices */
  WD_MEMBER_IDS,      /* UUIDs, at most 1,000 */
  WD_MEMBER_CODES,    /* at most 100 */
  WD_MEMBER_JSON,     /* the server's own: any value, as text */
  WD_MEMBER_ROWS      /* of a policy, as in data/policy.json */
} WdMemberKind;

typedef enum
{
  WD_MEMBER_OPTIONAL = 0,
  WD_MEMBER_REQUIRED = 1 << 0,
  WD_MEMBER_PRIVATE = 1 << 1,  /* sealed in a box, apart from the chain */
  WD_MEMBER_NULLABLE = 1 << 2, /* may be given as null, to clear: travels as maybe-nothing `mv` */
  WD_MEMBER_SERVER = 1 << 3    /* put in by decide or the ledger; unknown in a command */
} WdMemberFlags;

typedef struct
{
  const char   *name;
  WdMemberKind  kind;
  WdMemberFlags flags;
  GType (*enum_type) (void);
} WdMember;

/* Who may give a verb; the places are of the order that it names. */
typedef enum
{
  WD_WHO_NOBODY = 0,
  WD_WHO_CENTRE = 1 << 0,
  WD_WHO_SUPERVISOR = 1 << 1,
  WD_WHO_UNIT = 1 << 2, /* any user of the unit that the order is with */
  WD_WHO_LEAD = 1 << 3,
  WD_WHO_HELPER = 1 << 4,
  WD_WHO_QUALITY = 1 << 5,
  WD_WHO_ADMIN = 1 << 6,
  WD_WHO_REPORTER = 1 << 7, /* a unit's user, with channel unit-report (R42) */
  WD_WHO_STAFFED = 1 << 8,  /* a user who belongs to a unit, for that unit */
  WD_WHO_SUPPLY = 1 << 9,   /* a supply company's user, for its own outages and those of nobody */
  WD_WHO_CALLED = 1 << 10   /* a user of a unit that a quality case calls there */
} WdWho;

typedef enum
{
  WD_VERB_PLAIN = 0,
  WD_VERB_CREATES = 1 << 0, /* the object gets the command's id */
  WD_VERB_EXPECTS = 1 << 1, /* overwrites somebody's decision: the desk sends `expect` */
  WD_VERB_QUIET = 1 << 2,   /* the version does not rise (api §5) */
  WD_VERB_UPSERT = 1 << 3   /* creates, or changes the object of that code, name or id */
} WdVerbFlags;

typedef struct
{
  WdVerb          verb;
  const char     *name;
  WdObjectKind    kind;
  guint           states; /* bit 1 << WdOrderState (WdOutageState, WdQualityState); 0 where states don't matter */
  WdWho           who;
  WdVerbFlags     flags;
  const WdMember *members; /* ends with a row whose name is NULL */
} WdVerbInfo;

#define WD_STATE_BIT(state) (1u << (state))

const WdVerbInfo *wd_verb_info (WdVerb verb);
/* Returns: (nullable): NULL for a word that is no verb of a command, or is the server's own. */
const WdVerbInfo *wd_verb_lookup (const char *name);
const WdVerbInfo *wd_verb_lookup_event (const char *name);
const WdMember   *wd_verb_member (const WdVerbInfo *info, const char *name);

/* What a sender asks.  Made by wire/ from JSON, or by the desktop. */
typedef struct
{
  char     *id; /* UUID made by the sender */
  WdVerb    verb;
  char     *object;  /* id of the order (outage, quality case), or NULL where the verb creates or finds by members */
  GVariant *members; /* a{sv}, validated for kind; never floating */
  gint64    expect;  /* WD_INT_ABSENT = none */
  gint64    at;      /* when it happened, 0 = now */
  char     *anchor;  /* signed time of the last hello */
  gint64    elapsed; /* milliseconds of boot clock since; WD_INT_ABSENT = none */
  /* Set by the server after checking anchor, elapsed and the session: `at` may stop clocks. */
  gboolean at_proved;
} WdCommand;

WdCommand *wd_command_new (const char *id, WdVerb verb, const char *object, GVariant *members);
WdCommand *wd_command_copy (const WdCommand *command);
void       wd_command_free (WdCommand *command);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCommand, wd_command_free)

/* Members a{sv} of one text; of none where @text is NULL.  Returns: (transfer floating) */
GVariant *wd_members_of_text (const char *name, const char *text);

/* Borrowed looks into members a{sv}: NULL, 0, FALSE where absent. */
const char *wd_members_text (GVariant *members, const char *name);
gint64      wd_members_int (GVariant *members, const char *name, gint64 absent);
gboolean    wd_members_bool (GVariant *members, const char *name);
WdPoint     wd_members_point (GVariant *members, const char *name);
GStrv       wd_members_dup_texts (GVariant *members, const char *name);
gboolean    wd_members_has (GVariant *members, const char *name); /* present, even as null */

/* Adds to an a{sv} in the making; three times as fast as by a format string. */
void wd_members_add (GVariantBuilder *builder, const char *name, GVariant *value); /* @value may float */
void wd_members_add_all (GVariantBuilder *builder, GVariant *members);

G_END_DECLS
