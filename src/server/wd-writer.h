/* wd-writer.h — the one thread that decides and writes
 *
 * Requests wait in a bounded queue.  The writer takes one, then all that wait
 * with it up to a bound, commits them as one transaction and answers each
 * after it: it never waits for company, the sync gathers the next batch.
 * Between batches it fires the clocks that ran out.  Callbacks run on the
 * writer's thread, in the feed's order: a commit takes effect, is answered, is published.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger.h"
#include "wd-server-clock.h"

G_BEGIN_DECLS

typedef struct _WdWriter WdWriter;

#define WD_WRITER_BATCH 64   /* requests in one transaction, by default */
#define WD_WRITER_QUEUE 4096 /* requests that may wait */

/* What became of a request: every entry has its answer, or @error says why nothing was kept. */
typedef void (*WdWriterDone) (GPtrArray *entries, const GError *error, gpointer data);

/* A piece of work that needs the ledger alone, such as an import's last step. */
typedef void (*WdWriterJob) (WdLedger *ledger, gint64 now, gpointer data);

/* Before anybody is answered: what an acknowledged command changes of the server itself holds from then on. */
typedef void (*WdWriterEffect) (const WdCommit *commit, gpointer data);

/* Takes @commit. */
typedef void (*WdWriterPublish) (WdCommit *commit, gpointer data);

/* @ledger, @clock: (transfer none), outlive the writer. @batch: 0 for the default.
 * Takes requests and jobs at once; works on them after wd_writer_start(). */
WdWriter *wd_writer_new (WdLedger *ledger, WdServerClock *clock, guint batch);
void      wd_writer_start (WdWriter *writer, WdWriterEffect effect, WdWriterPublish publish, gpointer data);

/* Ends after what waits is done. */
void wd_writer_free (WdWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdWriter, wd_writer_free)

/* @entries: (transfer full).  Returns: FALSE where the queue is full: then nothing was taken. */
gboolean wd_writer_give (WdWriter *writer, GPtrArray *entries, WdWriterDone done, gpointer data);

/* Runs @job between two batches; waits in the same queue, but is never refused. */
void wd_writer_run (WdWriter *writer, WdWriterJob job, gpointer data);

/* From a job: hands a commit that it made to the readers. */
void wd_writer_publish (WdWriter *writer, WdCommit *commit);

typedef struct
{
  guint64 batches;
  guint64 requests;
  guint64 fired; /* clocks */
  guint64 errors;
  guint   waiting;
} WdWriterFigures;
void wd_writer_get_figures (WdWriter *writer, WdWriterFigures *figures);

G_END_DECLS
