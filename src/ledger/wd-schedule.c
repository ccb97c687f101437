/* wd-schedule.c — deadlines that outlive the server, each fired once
 *
 * A row for each object says when its next clock runs out.  What is due is read again under
 * the writer's lock and its breach written in the same transaction, so
 * that it fires once, however many servers woke for it, and after a restart too.  A row that
 * another server has claimed is left to it until the claim ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-outage.h"
#include "wd-writing.h"

#define SET_ASIDE_MS (G_GINT64_CONSTANT (3600) * 1000)

/* clang-format off */
static const WdStatement put_due = { "schedule-put",
  "INSERT INTO schedule (object, due, owner, until) VALUES ($1, $2, NULL, NULL) "
  "ON CONFLICT (object) DO UPDATE SET due = excluded.due, owner = NULL, until = NULL" };
static const WdStatement drop_due = { "schedule-drop",
  "DELETE FROM schedule WHERE object = $1" };
static const WdStatement list_due = { "schedule-list",
  "SELECT object FROM schedule WHERE due < $1 AND (until IS NULL OR until < $1) ORDER BY due, object LIMIT $2" };
static const WdStatement set_aside = { "schedule-set-aside",
  "UPDATE schedule SET owner = $2, until = $3 WHERE object = $1" };
static const WdStatement next_due = { "schedule-next",
  "SELECT due FROM schedule WHERE until IS NULL OR until < $1 ORDER BY due LIMIT 1" };
/* clang-format on */

void
wd_schedule_write (WdWriting *writing, WdHeld *held)
{
  gint64 due;

  if (!wd_object_has_clocks (held->kind))
    return;
  due = wd_object_next_due (held->kind, held->record);
  if (due == held->due_before)
    return;
  if (due != 0)
    wd_writing_write (writing, &put_due, "ti", held->id, due);
  else
    wd_writing_write (writing, &drop_due, "t", held->id);
}

static gboolean
find_next (WdLedger *ledger, gint64 now, gint64 *next, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (ledger->store, &next_due, error, "i", now);

  if (rows == NULL)
    return FALSE;
  *next = wd_rows_count (rows) == 0 ? G_MAXINT64 : wd_rows_int (rows, 0, 0);
  return TRUE;
}

static gboolean
fire_object (WdWriting *writing, const char *id, GError **error)
{
  WdHeld               *held = wd_overlay_hold (writing->ledger->overlay, id, error);
  g_autoptr (GPtrArray) events = NULL;

  if (held == NULL)
    return FALSE;
  if (wd_object_has_clocks (held->kind) && held->record != NULL)
    events = wd_decide_object_due (held->kind, held->record, writing->now);
  if (events == NULL || events->len == 0)
    {
      gint64 due = events == NULL ? 0 : wd_object_next_due (held->kind, held->record);

      /* The row is wrong: left alone it would be found due for ever. */
      if (due >= writing->now)
        wd_writing_write (writing, &put_due, "ti", id, due);
      else
        wd_writing_write (writing, &drop_due, "t", id);
      return TRUE;
    }
  for (guint i = 0; i < events->len; i++)
    if (!wd_writing_add (writing, events->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
fire_all (WdWriting *writing, guint limit, GPtrArray *ids, GError **error)
{
  g_autoptr (WdRows) rows = wd_store_query (writing->ledger->store, &list_due, error, "ii", writing->now, (gint64)limit);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < wd_rows_count (rows); i++)
    {
      g_ptr_array_add (ids, g_strdup (wd_rows_text (rows, i, 0, NULL)));
      wd_writing_ask (writing, ids->pdata[i], FALSE);
    }
  if (!wd_writing_start (writing, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      writing->owner = i;
      if (!fire_object (writing, ids->pdata[i], error))
        return FALSE;
    }
  writing->owner = WD_NO_OWNER;
  return TRUE;
}

/* @ids: filled with those that are due. */
static WdCommit *
try_fire (WdLedger *ledger, gint64 now, guint limit, GPtrArray *ids, guint *owner, GError **error)
{
  WdWriting *writing = wd_writing_begin (ledger, now, error);

  *owner = WD_NO_OWNER;
  if (writing == NULL)
    return NULL;
  if (fire_all (writing, limit, ids, error))
    return wd_writing_finish (writing, owner, error);
  *owner = writing->owner;
  wd_writing_abort (writing);
  return NULL;
}

/* One order whose state is damaged may not hold up all clocks: it is claimed for a while. */
static WdCommit *
fire (WdLedger *ledger, gint64 now, guint limit, GError **error)
{
  for (;;)
    {
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError)    broken = NULL;
      guint                 owner;
      WdCommit             *commit = try_fire (ledger, now, limit, ids, &owner, &broken);

      if (commit != NULL)
        return commit;
      if (!wd_writing_is_owned (broken, owner))
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return NULL;
        }
      if (!wd_store_exec (ledger->store, &set_aside, error, "tti", ids->pdata[owner], "damaged", now + SET_ASIDE_MS))
        return NULL;
    }
}

WdCommit *
wd_ledger_fire (WdLedger *ledger, gint64 now, guint limit, gint64 *next, GError **error)
{
  g_autoptr (WdCommit) commit = NULL;

  if (!find_next (ledger, now, next, error))
    return NULL;
  if (*next >= now)
    commit = wd_commit_new (ledger->seq, ledger->seq);
  else
    commit = fire (ledger, now, limit, error);
  if (commit == NULL || !find_next (ledger, now, next, error))
    return NULL;
  return g_steal_pointer (&commit);
}
