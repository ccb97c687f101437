/* wd-feed.h — a commit as live readers get it
 *
 * Each change is written as JSON once and shared by all who may hear of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger.h"

G_BEGIN_DECLS

/* One commit, immutable, counted: made on the writer's thread, sent from the main one. */
typedef struct _WdFeedBatch WdFeedBatch;

/* Takes @commit. */
WdFeedBatch *wd_feed_batch_new (WdCommit *commit);
WdFeedBatch *wd_feed_batch_ref (WdFeedBatch *batch);
void         wd_feed_batch_unref (WdFeedBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdFeedBatch, wd_feed_batch_unref)

const WdCommit *wd_feed_batch_commit (WdFeedBatch *batch);

/* The message `{"changes":[…],"since","seq"}` for who belongs to @readers and has
 * heard all up to @since; NULL where nothing in it is for them. */
GBytes *wd_feed_batch_message (WdFeedBatch *batch, const char *const *readers, gint64 since);

/* Whether one of @some (nullable) is among @others: who belongs to whom is said in such words. */
gboolean wd_feed_meet (const char *const *some, const char *const *others);

G_END_DECLS
