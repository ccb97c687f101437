/* wd-order.h — one matter of one caller (工单), with its clocks
 *
 * The struct is the body of api §6, member for member; fields marked inner in
 * the table stay in the house.  It is changed by wd_order_apply() alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-record.h"
#include "wd-words.h"

G_BEGIN_DECLS

/* A name and a telephone number; in a body both are masked (张**, 138****8000). */
typedef struct
{
  char *name;
  char *phone;
} WdCaller;
WD_DECLARE_RECORD (WdCaller, wd_caller)

/* A verb that started the clock, those that stop it, and the one that did. */
typedef struct
{
  char *started;
  GStrv stops;
  char *stopped;
} WdBecause;
WD_DECLARE_RECORD (WdBecause, wd_because)

/* A limit running, or run, on an order.  due_at - started_at is always the
 * limit; stopped at due_at is in time.  due_at is 0 where the calendar of that
 * year is missing.  A window's lapse is never a breach (the rule `return`). */
typedef struct
{
  char      *rule;
  char      *clause;
  char      *unit; /* whose duty; NULL = the centre's */
  gint64     started_at;
  gint64     due_at;
  gint64     stopped_at;
  gboolean   breached;
  gboolean   soft;
  gboolean   window;
  WdBecause *because;
} WdClock;
WD_DECLARE_RECORD (WdClock, wd_clock)

/* The unit's “not ours” (R27) that waits for the centre's ruling. */
typedef struct
{
  char         *by;
  WdReturnClass class_;
  char         *reason;
  char         *suggested_unit;
  gint64        at;
  gboolean      late; /* after the window: stands only when ruled so (P7) */
} WdReturned;
WD_DECLARE_RECORD (WdReturned, wd_returned)

typedef struct
{
  gboolean granted;
  char    *reason;
  char    *unit;     /* where it went, if anywhere */
  char    *returner; /* whose return was ruled on */
  gint64   at;
} WdRuling;
WD_DECLARE_RECORD (WdRuling, wd_ruling)

typedef struct
{
  WdVisitOutcome outcome;
  WdCause        cause;
  gboolean       perfunctory;
  char          *text;
  gint64         at;
} WdVisit;
WD_DECLARE_RECORD (WdVisit, wd_visit)

/* P1: all three times are kept, so that “not delivered” is not “not accepted”. */
typedef struct
{
  gint64 sent;
  gint64 delivered;
  gint64 shown;
} WdDelivery;
WD_DECLARE_RECORD (WdDelivery, wd_delivery)

typedef struct
{
  WdObjectKind kind;
  char        *id;
} WdLink;
WD_DECLARE_RECORD (WdLink, wd_link)

typedef struct
{
  char        *id;
  char        *number; /* 20261124-0007: the day in the utility's zone, given at commit */
  WdChannel    channel;
  char        *reference;
  char        *category;
  WdNature     nature;
  char        *text;
  WdCaller    *caller;
  char        *account;
  char        *address;
  WdPoint      point;
  char        *district;
  WdOrderState state;
  char        *unit; /* with whom now; NULL at the centre */
  char        *lead; /* who answers for it; passes on at `accept` only (R38, P8) */
  GStrv        helpers;
  char        *crew;
  gint64       received_at;
  gint64       due;
  GHashTable  *limits;
  GStrv        points;
  gboolean     supervised;
  gint64       rework;
  gboolean     major;
  WdReturned  *returned;
  GPtrArray   *rulings; /* WdRuling */
  char        *extension;
  GStrv        promises;
  GPtrArray   *visits; /* WdVisit */
  char        *repair;
  gint64       safe_at;
  char        *result;
  GStrv        answers;
  GStrv        attachments;
  WdDelivery  *delivery;
  GPtrArray   *links; /* WdLink */
  gint64       calls;
  GStrv        recused;
  GPtrArray   *clocks; /* WdClock, oldest first, at most one running for each rule */
  gint64       policy; /* the version it was received under */
  gint64       version;

  /* inner */
  gboolean     needs_site;   /* as the category said when it was set (P5) */
  WdOrderState former_state; /* before it was merged */
  gint64       last_at;      /* when its last event happened */
  gint64       closed_at;
} WdOrder;
WD_DECLARE_RECORD (WdOrder, wd_order)

/* The running clock of @rule.  Returns: (transfer none): NULL where none runs. */
WdClock *wd_order_clock (const WdOrder *order, const char *rule);

/* Neither closed nor merged. */
gboolean wd_order_is_open (const WdOrder *order);

/* Accepted by the unit that it is with. */
gboolean wd_order_is_in_hand (const WdOrder *order);

/* What a reader of the body sees of a caller.  张三 -> 张**, 13812348000 -> 138****8000. */
char *wd_mask_name (const char *name);
char *wd_mask_phone (const char *phone);

G_END_DECLS
