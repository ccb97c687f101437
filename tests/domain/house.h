/* house.h — a small house in memory: what decide may look at, and everything that happened
 *
 * Time stands still until a test moves `now`.  Ids are counted, so that a run
 * can be read and repeated.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-decide.h"
#include "wd-outage.h"

G_BEGIN_DECLS

/* 2026-11-24 08:00 in Shanghai. */
#define MORNING G_GINT64_CONSTANT (1795478400000)
#define AT(minutes) (MORNING + MINUTES (minutes))
#define SECONDS(n) ((gint64)(n)*1000)
#define MINUTES(n) ((gint64)(n)*60000)
#define HOURS(n) ((gint64)(n)*3600000)

typedef struct
{
  gint64      now;
  GHashTable *records[WD_N_OBJECT_KINDS]; /* by key of WdWorld.find */
  GPtrArray  *events;                     /* WdEvent, all */
  GHashTable *actors;                     /* by name */
  guint       ids;

  /* For the next command only. */
  gint64   at;
  gboolean at_proved;
  gint64   expect;

  /* Of the last one. */
  WdRuleError refused;
  char       *field;
} House;

/* Units east, west, drainage, lab and brigade; a crew of each; a person named
 * dispatcher, supervisor, east, west, drainage, quality, inspection, auditor,
 * admin, and server; the policy and categories of data/. */
House *house_new (void);
void   house_free (House *house);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (House, house_free)

/* Gives a command, its members in GVariant text.  Returns: the id of what it
 * changed, borrowed; NULL where it was refused. */
const char *house_give (House *house, const char *who, const char *verb, const char *object, const char *members);
const char *house_give_members (House *house, const char *who, WdVerb verb, const char *object, GVariant *members);

/* As house_give(), but a refusal fails the test; and one that has to be refused. */
const char *house_do (House *house, const char *who, const char *verb, const char *object, const char *members);
void        house_refuse (House *house, WdRuleError code, const char *field, const char *who, const char *verb, const char *object, const char *members);

/* An order of hotline and @category, or with other members besides. */
const char *house_receive (House *house, const char *category);

/* Moves time on, and lets what ran out meanwhile breach. */
void house_wait (House *house, gint64 milliseconds);

WdOrder       *house_order (House *house, const char *id);
gconstpointer  house_find (House *house, WdObjectKind kind, const char *key);
const WdActor *house_actor (House *house, const char *name);
const WdEvent *house_last_event (House *house);
const char    *house_new_id (House *house); /* interned */

/* Everything once more, from the events alone.  @erased: without the boxes. */
House *house_replay (House *house, gboolean erased);

/* The last clock of @rule, running or not. */
const WdClock *house_clock (House *house, const char *order, const char *rule);

/* That the last clock of @rule is just so; @stopped: 0 while it runs. */
void house_check_clock (House *house, const char *id, const char *rule, const char *unit, gint64 started, gint64 due, gint64 stopped, gboolean breached);

/* How many clocks of the order @id run. */
guint house_count_running (House *house, const char *id);

G_END_DECLS
