/* wd-writer.c — one thread, one queue, one transaction for all that waits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-writer.h"

#define LONGEST_SLEEP_MS 1000 /* also bounds what a suspended machine can miss */
#define FIRE_AT_ONCE 200

/* A request, a job, or (with neither) the order to end. */
typedef struct
{
  GPtrArray   *entries;
  WdWriterDone done;
  WdWriterJob  job;
  gpointer     data;
} Task;

struct _WdWriter
{
  WdLedger       *ledger;
  WdServerClock  *clock;
  guint           batch;
  WdWriterEffect  effect;
  WdWriterPublish publish;
  gpointer        publish_data;
  GAsyncQueue    *queue;
  GThread        *thread;
  gint64          next_due;
  gboolean        failing; /* the last transaction kept nothing */

  GMutex          lock; /* of the figures */
  WdWriterFigures figures;
};

static void
task_free (gpointer data)
{
  Task *task = data;

  g_clear_pointer (&task->entries, g_ptr_array_unref);
  g_free (task);
}

/* All that the commit may have made due is looked at again before the next sleep. */
static void
hand_out (WdWriter *writer, WdCommit *commit)
{
  writer->next_due = 0;
  writer->publish (commit, writer->publish_data);
}

static void
count (WdWriter *writer, guint64 *figure, guint64 by)
{
  g_mutex_lock (&writer->lock);
  *figure += by;
  g_mutex_unlock (&writer->lock);
}

/* Said once, not for each that is refused meanwhile. */
static void
note_outcome (WdWriter *writer, const GError *error)
{
  if (error != NULL)
    count (writer, &writer->figures.errors, 1);
  if (error != NULL && !writer->failing)
    g_warning ("nothing can be kept: %s", error->message);
  else if (error == NULL && writer->failing)
    g_message ("the store keeps again");
  writer->failing = error != NULL;
}

static void
commit_batch (WdWriter *writer, GPtrArray *tasks)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GError)    error = NULL;
  WdCommit             *commit;

  for (guint i = 0; i < tasks->len; i++)
    {
      Task *task = tasks->pdata[i];

      g_ptr_array_extend (entries, task->entries, NULL, NULL);
    }

  commit = wd_ledger_commit (writer->ledger, entries, wd_server_clock_now (writer->clock), &error);
  count (writer, &writer->figures.batches, 1);
  count (writer, &writer->figures.requests, tasks->len);
  note_outcome (writer, error);
  if (commit != NULL)
    writer->effect (commit, writer->publish_data);

  for (guint i = 0; i < tasks->len; i++)
    {
      Task *task = tasks->pdata[i];

      task->done (task->entries, error, task->data);
    }
  if (commit != NULL)
    hand_out (writer, commit);
}

static void
fire_due (WdWriter *writer)
{
  g_autoptr (GError) error = NULL;
  WdCommit          *commit;

  if (wd_server_clock_now (writer->clock) < writer->next_due)
    return;

  commit = wd_ledger_fire (writer->ledger, wd_server_clock_now (writer->clock), FIRE_AT_ONCE,
                           &writer->next_due, &error);
  note_outcome (writer, error);
  if (commit == NULL)
    {
      writer->next_due = wd_server_clock_now (writer->clock) + LONGEST_SLEEP_MS;
      return;
    }
  count (writer, &writer->figures.fired, commit->changes->len);
  writer->publish (commit, writer->publish_data);
}

static guint64
sleep_microseconds (WdWriter *writer)
{
  double left = (writer->next_due - wd_server_clock_now (writer->clock)) / wd_server_clock_speed (writer->clock);

  return (guint64)(CLAMP (left, 1, LONGEST_SLEEP_MS) * 1000);
}

static gpointer
writer_thread (gpointer data)
{
  WdWriter             *writer = data;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (task_free);
  Task                 *held = NULL; /* a job that ended the gathering of a batch */

  for (;;)
    {
      Task *task;

      fire_due (writer);
      task = g_steal_pointer (&held);
      if (task == NULL)
        task = g_async_queue_timeout_pop (writer->queue, sleep_microseconds (writer));
      if (task == NULL)
        continue;

      if (task->job != NULL)
        {
          task->job (writer->ledger, wd_server_clock_now (writer->clock), task->data);
          writer->next_due = 0;
          task_free (task);
          continue;
        }
      if (task->entries == NULL)
        {
          task_free (task);
          return NULL;
        }

      while (task != NULL && task->entries != NULL)
        {
          g_ptr_array_add (tasks, task);
          task = tasks->len < writer->batch ? g_async_queue_try_pop (writer->queue) : NULL;
        }
      held = task;
      commit_batch (writer, tasks);
      g_ptr_array_set_size (tasks, 0);
    }
}

WdWriter *
wd_writer_new (WdLedger *ledger, WdServerClock *clock, guint batch)
{
  WdWriter *writer = g_new0 (WdWriter, 1);

  writer->ledger = ledger;
  writer->clock = clock;
  writer->batch = batch > 0 ? batch : WD_WRITER_BATCH;
  writer->queue = g_async_queue_new_full (task_free);
  g_mutex_init (&writer->lock);
  return writer;
}

void
wd_writer_start (WdWriter *writer, WdWriterEffect effect, WdWriterPublish publish, gpointer data)
{
  writer->effect = effect;
  writer->publish = publish;
  writer->publish_data = data;
  writer->thread = g_thread_new ("writer", writer_thread, writer);
}

void
wd_writer_free (WdWriter *writer)
{
  if (writer->thread != NULL)
    {
      g_async_queue_push (writer->queue, g_new0 (Task, 1));
      g_thread_join (writer->thread);
    }
  g_async_queue_unref (writer->queue);
  g_mutex_clear (&writer->lock);
  g_free (writer);
}

gboolean
wd_writer_give (WdWriter *writer, GPtrArray *entries, WdWriterDone done, gpointer data)
{
  Task *task;

  if (g_async_queue_length (writer->queue) >= WD_WRITER_QUEUE)
    {
      g_ptr_array_unref (entries);
      return FALSE;
    }
  task = g_new0 (Task, 1);
  task->entries = entries;
  task->done = done;
  task->data = data;
  g_async_queue_push (writer->queue, task);
  return TRUE;
}

void
wd_writer_run (WdWriter *writer, WdWriterJob job, gpointer data)
{
  Task *task = g_new0 (Task, 1);

  task->job = job;
  task->data = data;
  g_async_queue_push (writer->queue, task);
}

void
wd_writer_publish (WdWriter *writer, WdCommit *commit)
{
  writer->effect (commit, writer->publish_data);
  hand_out (writer, commit);
}

void
wd_writer_get_figures (WdWriter *writer, WdWriterFigures *figures)
{
  g_mutex_lock (&writer->lock);
  *figures = writer->figures;
  g_mutex_unlock (&writer->lock);
  figures->waiting = (guint)MAX (0, g_async_queue_length (writer->queue));
}
