/* wd-decide.h — may this be done, and what becomes of it
 *
 * Pure: the same arguments give the same answer on the server and on a desk
 * that is offline.  No clock of its own, no I/O, draws no ids.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-event.h"
#include "wd-house.h"
#include "wd-order.h"
#include "wd-policy.h"

G_BEGIN_DECLS

/* The codes of api §1 that a command can be refused with. */
typedef enum
{
  WD_RULE_ERROR_NONE,
  WD_RULE_ERROR_INVALID,   /* a member wrong, missing or unknown; names the field */
  WD_RULE_ERROR_NOT_FOUND, /* not there, or not for this reader */
  WD_RULE_ERROR_FORBIDDEN,
  WD_RULE_ERROR_CONFLICT, /* `expect` is stale */
  WD_RULE_ERROR_STATE
} WdRuleError;
#define WD_RULE_ERROR (wd_rule_error_quark ())
GQuark wd_rule_error_quark (void); /* an extended domain: carries a place */
GType  wd_rule_error_get_type (void);

/* Sets @error with the field named in front of the message by “field: ”; and back. */
void  wd_rule_set_invalid (GError **error, const char *field, const char *format, ...) G_GNUC_PRINTF (3, 4);
char *wd_rule_error_dup_field (const GError *error); /* NULL where none is named */
/* The same for a shape, with the place of the fault: wd_rule_error_at() gives it, FALSE where there is none. */
void        wd_rule_set_invalid_at (GError **error, const char *field, const WdPoint *at, const char *sentence);
gboolean    wd_rule_error_at (const GError *error, WdPoint *at);
const char *wd_rule_error_detail (const GError *error); /* the message without the field */

typedef struct
{
  char  *id; /* NULL: the server itself, which may do everything */
  char  *name;
  WdRole role;
  char  *unit; /* code */
} WdActor;
WdActor *wd_actor_new (const char *id, const char *name, WdRole role, const char *unit);
WdActor *wd_actor_copy (const WdActor *actor);
void     wd_actor_free (WdActor *actor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdActor, wd_actor_free)

/* What decide may look at.  @find answers borrowed records that stay valid
 * until the next apply: key is the id for orders, crews and staff, the code
 * for units and categories, the version in decimal for policies (NULL = the one in force).
 * @find_staff_named: staff by sign-in name.  @districts: (transfer full) (nullable) codes
 * of the territories around a point, the smallest first (P27).
 * @lies_outside: (nullable): whether an area has nothing in common with any territory (FALSE while there is none), and a place of it.
 * @affected: (nullable): (transfer full) (nullable): {"customers","critical"} of an area, JSON; a desk leaves both to the server. */
typedef struct
{
  gconstpointer (*find) (gpointer data, WdObjectKind kind, const char *key);
  const WdStaff *(*find_staff_named) (gpointer data, const char *name);
  GStrv (*districts) (gpointer data, const WdPoint *point);
  gpointer data;
  gboolean (*lies_outside) (gpointer data, const char *area, WdPoint *at);
  char *(*affected) (gpointer data, const char *area);
} WdWorld;

/* wd_decide:
 * @now: the server's time
 *
 * Checks in the order of api §4: members (already checked for kind by wire/; the rest here), visible, role, expect,
 * state, rule; the first that fails is the answer.
 *
 * Returns: (transfer full) (element-type WdEvent): breaches that fell due
 * before, then the command's own event, last; or NULL with a WD_RULE_ERROR.
 */
GPtrArray *wd_decide (const WdWorld   *world,
                      const WdActor   *actor,
                      const WdCommand *command,
                      gint64           now,
                      GError         **error);

/* The `breached` events that are due on @order at @now (due_at < now).
 * Returns: (transfer full) (element-type WdEvent): possibly empty */
GPtrArray *wd_decide_due (const WdOrder *order, gint64 now);

/* When the next clock of @order runs out; 0 where none can. */
gint64 wd_order_next_due (const WdOrder *order);

/* The same of any kind, with what else comes by itself, such as an outage's start. */
GPtrArray *wd_decide_object_due (WdObjectKind kind, gconstpointer record, gint64 now);
gint64     wd_object_next_due (WdObjectKind kind, gconstpointer record);

/* When it was closed; 0 while it is open. */
gint64 wd_object_closed_at (WdObjectKind kind, gconstpointer record);

/* Version 1 of an empty store, with the object id @id. */
WdEvent *wd_decide_seed (const WdPolicy *policy, const char *id, gint64 now);

/* The version to apply @event under: that of its order, outage or case, or for the first event the one in force then. */
gint64 wd_policy_version_for (gconstpointer record, const WdEvent *event);

/* wd_apply:
 * @record: (transfer full) (nullable): the state before; NULL for a new object
 * @policy: (nullable): the version that the object is pinned to; needed where wd_object_has_clocks()
 *
 * Returns: (transfer full): the state after, of the record type of @event->kind; NULL for an
 * event of no object (`imported`).
 */
gpointer wd_apply (gpointer record, const WdEvent *event, const WdPolicy *policy);

const WdRecordType *wd_object_type (WdObjectKind kind);
const char         *wd_object_id (WdObjectKind kind, gconstpointer record);
gint64              wd_object_version (WdObjectKind kind, gconstpointer record);

/* Whether a reader may see an object at all (api §3). */
gboolean wd_may_see (const WdActor *actor, WdObjectKind kind, gconstpointer record);
/* … and the caller of an order that he sees: the centre may, and the unit that works on it now (P29). */
gboolean wd_may_see_caller (const WdActor *actor, const WdOrder *order);

/* The readers that an object belongs to: `centre`, `unit:CODE`, `units`, `admin`, `auditor`, `quality`, `all`.
 * An actor hears of an object when one of wd_actor_readers() is among wd_object_readers().
 * Returns: (transfer full): GStrv */
GStrv wd_object_readers (WdObjectKind kind, gconstpointer record);
GStrv wd_actor_readers (const WdActor *actor);

/* Whether @actor may give @verb to @order as it stands (menus, drop targets): role and state only.
 * @reason: (out) (optional): why not */
gboolean wd_may_do (const WdActor *actor, WdVerb verb, const WdOrder *order, WdRuleError *reason);

/* The same of an outage or a quality case; @record: (nullable): NULL for a verb that makes one. */
gboolean wd_may_do_area (const WdWorld *world, const WdActor *actor, WdVerb verb, gconstpointer record, gint64 now, WdRuleError *reason);

/* How a new order gets its name: UUIDv5 (RFC 9562) of command, kind and count, for further objects of one command. */
char *wd_uuid_v5 (const char *command, const char *kind, guint count);

G_END_DECLS
