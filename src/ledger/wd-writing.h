/* wd-writing.h — one transaction of the ledger in the making
 *
 * Begins with all reads in one batch and ends with all writes in one:
 *
 *   begin     the lock is taken
 *   ask       what will be looked at, with the head of the chain
 *   start     the reads run
 *   add       an event: numbered, sealed, chained, applied; any number of times
 *   finish    state, audience, schedule and numbers; all is written and committed
 *
 * Whoever began ends with wd_writing_finish() or wd_writing_abort(), also after an error.
 * Private to ledger/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger-private.h"
#include "wd-outlook.h"

G_BEGIN_DECLS

#define WD_NO_OWNER G_MAXUINT

typedef struct
{
  WdLedger   *ledger;
  gint64      now;
  WdOutlook   outlook;
  WdBatch    *reads;
  WdBatch    *writes;
  GArray     *owners;     /* guint for each place of `writes`: whose command it is */
  guint       owner;      /* of what is added now */
  GPtrArray  *touched;    /* WdHeld, in the order of the first touch */
  guint       head;       /* place in `reads` */
  GHashTable *key_places; /* object -> place in `reads` of its key */
  gint64      since;
  gint64      seq;
  gint64      last_time;
  GBytes     *hash;
  GPtrArray  *moves;   /* WdCustomerMove */
  GHashTable *numbers; /* day, with the prefix of its kind -> gint64: the last number given */
} WdWriting;

WdWriting *wd_writing_begin (WdLedger *ledger, gint64 now, GError **error);
void       wd_writing_ask (WdWriting *writing, const char *object, gboolean with_key);
gboolean   wd_writing_start (WdWriting *writing, GError **error);

/* What @command comes to on what was added before: see wd_outlook_decide(). */
GPtrArray *wd_writing_decide (WdWriting *writing, const WdActor *actor, const WdCommand *command, GError **error);

/* Gives @event its seq, and a new order its number. */
gboolean wd_writing_add (WdWriting *writing, WdEvent *event, GError **error);

/* A statement to run at the end, as wd_batch_add(); belongs to `owner`. */
void wd_writing_write (WdWriting *writing, const WdStatement *statement, const char *format, ...);

/* Applies an event that is in the store already and derives what follows from it: the second half of
 * wd_writing_add(), for a rebuild.  @boxes: (element-type WdBox) */
gboolean wd_writing_derive (WdWriting *writing, const WdEvent *event, GPtrArray *boxes, GError **error);

/* Writes what was gathered so far, within the transaction, and lets go of it: its changes are not told. */
gboolean wd_writing_flush (WdWriting *writing, GError **error);

/* Frees @writing.  @owner: (out) (optional): whose statement failed, WD_NO_OWNER for nobody's.
 * Returns: (transfer full): NULL when nothing was kept */
WdCommit *wd_writing_finish (WdWriting *writing, guint *owner, GError **error);
void      wd_writing_abort (WdWriting *writing);

/* wd-numbers.c: what stands before the numbers of what @event makes, NULL where it makes nothing that has one; puts the next number into the event; notes the number that an event has; writes the last one. */
const char *wd_numbers_prefix (const WdEvent *event);
gboolean    wd_numbers_give (WdWriting *writing, WdEvent *event, GError **error);
void        wd_numbers_note (WdWriting *writing, const WdEvent *event);
void        wd_numbers_write (WdWriting *writing);

/* Whether what broke is that one owner's, so that the others can go on without it. */
gboolean wd_writing_is_owned (const GError *error, guint owner);

/* wd-audience.c: rows for who hears of @held from @seq on, and who no longer does. */
void wd_audience_follow (WdWriting *writing, WdHeld *held, gint64 seq);
void wd_audience_leavers (const WdHeld *held, GStrv *readers, GStrv *left);
/* wd-state.c: the rows that show @held as it stands. */
void wd_state_write (WdWriting *writing, WdHeld *held);
/* wd-schedule.c: the row of its next clock, where that changed. */
void wd_schedule_write (WdWriting *writing, WdHeld *held);

G_END_DECLS
