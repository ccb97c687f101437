/* wd-desk.h — what a desktop knows and does: orders, units, and the commands of its user
 *
 * Main thread only, and nothing here blocks.  Holds the desk's copy in memory, hears of every
 * change, shows at once what its user does, marked as unconfirmed, and takes it back exactly as it was
 * where it is undone or refused.
 *
 * Signals (what is passed is only lent to the handler):
 *   loaded ()                   all of the copy on disk is here (the first screen can be full)
 *   reset ()                    all orders are others, or stand differently: read them anew
 *   order-added (id), order-changed (id), order-removed (id)   once the lists are as they should be; not for those of a reset
 *   areas-changed ()            outages or quality cases
 *   house-changed ()            units, crews, categories, staff or the policy
 *   presence-changed ()
 *   actor-changed ()            signed in, or the rights changed
 *   answered (command id)       the server has it
 *   refused (WdRefusal)         it was undone here; stays in wd_desk_get_refusals() until settled
 *   undo-missed (command id)    an undo came too late: it had gone out
 *   set-aside (file)            replica.sqlite or outbox.sqlite was damaged, and is begun anew
 *   failed (message)            the copy or the outbox on this computer can't be kept; NULL: they can again
 *   draft-stays (id)            what was made of it could not be written: it is a draft as before
 *
 * Properties: waiting (guint) commands not yet answered; stopped (guint) refusals to be seen to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-area-item.h"
#include "wd-decide.h"
#include "wd-order-list.h"
#include "wd-unit-item.h"
#include "wd-uplink.h"

G_BEGIN_DECLS

typedef enum
{
  WD_DESK_ERROR_STOPPED /* something refused before, about the same object, has to be seen to first */
} WdDeskError;

#define WD_DESK_ERROR (wd_desk_error_quark ())
GQuark wd_desk_error_quark (void);

#define WD_TYPE_DESK (wd_desk_get_type ())
G_DECLARE_FINAL_TYPE (WdDesk, wd_desk, WD, DESK, GObject)

/* As wd_uplink_new().  Begins to read the copy at once; without a token it stays as it is until someone signs in.
 * @token: (nullable): from the keyring */
WdDesk   *wd_desk_new (const char *servers, const char *user, const char *folder, const char *token);
WdUplink *wd_desk_get_uplink (WdDesk *self); /* (transfer none) */

/* Whose desk it is; NULL until the server said so once. */
const WdActor *wd_desk_get_actor (WdDesk *self);
gint64         wd_desk_now (WdDesk *self); /* the server's time */

/* A list of its own of those orders that @filter wants (NULL: all that are not over).  Returns: (transfer full) */
WdOrderList *wd_desk_list_orders (WdDesk *self, WdOrderFilter filter, gpointer data, GDestroyNotify destroy);
WdOrderItem *wd_desk_get_order (WdDesk *self, const char *id); /* (transfer none) (nullable) */
guint        wd_desk_get_n_orders (WdDesk *self);
guint        wd_desk_get_n_open (WdDesk *self);
gboolean     wd_desk_is_filling (WdDesk *self); /* from the disk or from the feed: much more is about to come */
typedef void (*WdOrderFunc) (WdOrderItem *item, gpointer data);
void wd_desk_foreach_order (WdDesk *self, WdOrderFunc func, gpointer data);

/* Outages and quality cases: the open ones first, by what is due next, then those that are over. */
GListModel *wd_desk_get_areas (WdDesk *self);                /* of WdAreaItem */
WdAreaItem *wd_desk_get_area (WdDesk *self, const char *id); /* (transfer none) (nullable) */

/* Open orders whose point lies in @geojson (nullable), or in what stands of an area.  Returns: (transfer full) (element-type WdOrderItem) */
GPtrArray *wd_desk_list_orders_inside (WdDesk *self, const char *geojson);
GPtrArray *wd_desk_list_orders_inside_area (WdDesk *self, WdAreaItem *item);
gboolean   wd_desk_is_linked (WdDesk *self, WdOrderItem *item, const char *area);

/* Calls that were attached to an outage, a quality case or an order, for who may know of them.
 * Returns: (transfer container) (element-type WdCall) */
GPtrArray *wd_desk_list_calls (WdDesk *self, const char *about);

/* Whether an area has nothing in common with any territory (FALSE while there is none), and a place of it. */
gboolean wd_desk_lies_outside (WdDesk *self, const char *geojson, WdPoint *at);

/* The house.  All borrowed until house-changed; lists are (transfer container), sorted by code or name, without the closed ones. */
GListModel       *wd_desk_get_units (WdDesk *self); /* of WdUnitItem */
WdUnitItem       *wd_desk_get_unit (WdDesk *self, const char *code);
const WdCategory *wd_desk_get_category (WdDesk *self, const char *code);
GPtrArray        *wd_desk_list_categories (WdDesk *self);
GPtrArray        *wd_desk_list_crews (WdDesk *self, const char *unit);
const WdCrew     *wd_desk_get_crew (WdDesk *self, const char *id);
gboolean          wd_desk_is_crew_busy (WdDesk *self, const char *id); /* an order in hand is with it */
const WdStaff    *wd_desk_get_staff (WdDesk *self, const char *id);
const WdStaff    *wd_desk_get_staff_named (WdDesk *self, const char *name);      /* to sign in with */
const WdPolicy   *wd_desk_get_policy (WdDesk *self, gint64 version);             /* WD_INT_ABSENT: in force */
GStrv             wd_desk_list_territories (WdDesk *self, const WdPoint *point); /* (transfer full): codes of the units whose place it is, the smallest first */
GStrv             wd_desk_list_present (WdDesk *self);                           /* names of others at desks like this one */
GStrv             wd_desk_list_viewers (WdDesk *self, const char *order);        /* names of others that have it open */

/* A new id of version 7 (RFC 9562).  (transfer full) */
char *wd_desk_new_id (void);

/* A command of this desk: a new id of version 7, members floating.  (transfer full) */
WdCommand *wd_desk_command (WdVerb verb, const char *order, GVariant *members);

/* The same as a command that nobody has sent yet: another id, and what the desk itself told of times goes.  `expect` stays, so
 * that it is refused where somebody else was faster since.  (transfer full) */
WdCommand *wd_desk_command_again (const WdCommand *command);

/* Whether the verb is open for that order, outage or quality case (menus, drop targets); NULL for a verb that makes one.  @error: (optional): why not, WD_RULE_ERROR */
gboolean wd_desk_may_give (WdDesk *self, WdVerb verb, const char *order, GError **error);

/* wd_desk_give:
 * @hold_ms: how long it may still be undone; 0 sends it at once
 *
 * Decides here, shows it and writes it to the outbox.  `expect` is set to the version shown where the verb
 * overwrites somebody's decision; without a link `at`, `anchor` and `elapsed` say when it happened.
 *
 * Returns: FALSE with WD_RULE_ERROR where it can't be done as things stand here, or WD_DESK_ERROR: nothing is kept then.
 */
gboolean wd_desk_give (WdDesk *self, const WdCommand *command, gint64 hold_ms, GError **error);

/* As wd_desk_give(), at once; @draft, the id of what it was made of, goes in one step with the writing of it. */
gboolean wd_desk_give_draft (WdDesk *self, const WdCommand *command, const char *draft, GError **error);

/* The same of several commands (element-type WdCommand) that are one act, each decided on what the ones before it make: all are kept,
 * here and on disk, or none.  @draft: (nullable): goes with the last
 * @at_fault: (out) (optional): the index of the one that can't be done */
gboolean wd_desk_give_all (WdDesk *self, GPtrArray *commands, const char *draft, gint64 hold_ms, guint *at_fault, GError **error);

/* Takes back what is still held of @commands, here at once and on disk in one step.  Returns: (transfer full) (element-type WdCommand):
 * what they were, without those that have gone out already */
GPtrArray *wd_desk_undo (WdDesk *self, const char *const *commands);

/* What was given here about an order and is not yet answered, oldest first, without receipts. */
typedef void (*WdGivenFunc) (const WdCommand *command, gint64 given_at, gpointer data);
void wd_desk_foreach_given (WdDesk *self, const char *order, WdGivenFunc func, gpointer data);

/* A command that the server refused, with both sides. */
typedef struct
{
  WdCommand *command;  /* what was wanted here */
  gint64     given_at; /* and when: the server's time */
  char      *object;
  char      *code; /* of api §1: conflict, state, … */
  char      *detail;
  char      *field; /* (nullable) */
  WdPoint    at;    /* where a shape is wrong; lon NAN where that is not said */

  WdObjectKind kind;    /* of what it is about */
  gpointer     before;  /* (nullable) record of that kind, as it was shown when the command was given */
  gpointer     current; /* (nullable) what stands there now, for a conflict */
} WdRefusal;

GPtrArray *wd_desk_get_refusals (WdDesk *self); /* (transfer none) (element-type WdRefusal), oldest first */

/* A person has seen to a refusal: it goes, and what was given after it about the same object is sent (@go_on) or goes too. */
void wd_desk_settle (WdDesk *self, const char *command, gboolean go_on);

/* What was given after a refused command about the same object, and waits.  Returns: (transfer full) (element-type WdCommand) */
GPtrArray *wd_desk_list_behind (WdDesk *self, const char *command);

/* What it would be if the refused command had been done.  Returns: (transfer full) (nullable): a record of the refusal's kind */
gpointer wd_desk_dup_wanted (WdDesk *self, const WdRefusal *refusal);

/* wd_desk_replace:
 * @commands: (element-type WdCommand): about the same object
 *
 * A person has seen to a refusal: it goes with what was given after it, and @commands are given in their stead, one after
 * another, to the object as it stands now.  What is told of times goes: it is done now.
 *
 * Returns: FALSE with WD_RULE_ERROR where the object does not allow it: nothing changes then.
 */
gboolean wd_desk_replace (WdDesk *self, const char *command, GPtrArray *commands, GError **error);
gboolean wd_desk_may_replace (WdDesk *self, const char *command, GPtrArray *commands, GError **error);

/* What was typed and not yet given: texts by ids of version 7 or of what is typed there, here and on disk through all ends.  All are here once there
 * is an actor.  Returns: (transfer none) (element-type utf8 utf8) */
#define WD_DRAFT_AREA "area-" /* an id begins with such a word where it is no call's but what is drawn, */
#define WD_DRAFT_NOTE "note-" /* words to be added to the order whose id follows, */
#define WD_DRAFT_VERB "verb-" /* or what an act asked that is named after it, with its order; both go with the order */

GHashTable *wd_desk_get_drafts (WdDesk *self);
void        wd_desk_keep_draft (WdDesk *self, const char *id, const char *text); /* NULL: it goes */

/* Sends what is held, waits a little for the answers, ends the link; the rest waits on disk.
 * @sign_out: gives the token back to the server too */
void     wd_desk_close_async (WdDesk *self, gboolean sign_out, GAsyncReadyCallback callback, gpointer data);
gboolean wd_desk_close_finish (WdDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
