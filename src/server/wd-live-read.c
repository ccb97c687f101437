/* wd-live-read.c — what live readers need out of the store: what they missed, who may know what they view
 *
 * A worker reads, the main thread takes it.  No viewer has more than one piece
 * of work of a kind at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-viewer.h"

#define MISSED_MOST 2000 /* changes: one message; whoever is further behind asks `changes` */
#define WORKERS 2

struct _WdLiveRead
{
  WdReaders     *readers;
  WdServerClock *clock;
  GThreadPool   *pool;
};

/* What it missed, or (with `object`) who may know what it views. */
typedef struct
{
  WdLiveRead *read;
  WdViewer   *viewer;
  char       *object;
  gint64      since;

  GStrv    object_readers;
  GBytes  *message; /* NULL where nothing is for this one */
  gint64   upto;
  gboolean failed; /* also where it was too much */
} Errand;

static void
errand_free (Errand *errand)
{
  wd_viewer_unref (errand->viewer);
  g_free (errand->object);
  g_strfreev (errand->object_readers);
  g_clear_pointer (&errand->message, g_bytes_unref);
  g_free (errand);
}

static void
send_errand (WdLiveRead *read, WdViewer *viewer, const char *object)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->read = read;
  errand->viewer = wd_viewer_ref (viewer);
  errand->object = g_strdup (object);
  errand->since = viewer->told;
  g_thread_pool_push (read->pool, errand, NULL);
}

/* --- in a worker ----------------------------------------------------------- */

static void
read_missed (WdReader *reader, Errand *errand)
{
  GString *json = g_string_new ("{\"changes\":[");
  gsize    empty = json->len;
  gboolean more = FALSE;

  errand->failed = !wd_reader_page (reader, errand->viewer->actor, errand->since, MISSED_MOST, wd_server_clock_now (errand->read->clock),
                                    json, &errand->upto, &more, NULL) ||
                   more;
  if (!errand->failed && json->len > empty)
    {
      g_string_append_printf (json, "],\"since\":%" G_GINT64_FORMAT ",\"seq\":%" G_GINT64_FORMAT "}", errand->since, errand->upto);
      errand->message = g_string_free_to_bytes (json);
    }
  else
    g_string_free (json, TRUE);
}

static gboolean errand_done (gpointer data);

static void
run_errand (gpointer data, gpointer user_data)
{
  Errand     *errand = data;
  WdLiveRead *read = user_data;
  WdReader   *reader = wd_readers_lend (read->readers, NULL);

  if (reader == NULL)
    errand->failed = TRUE;
  else if (errand->object != NULL)
    errand->object_readers = wd_reader_readers_of (reader, errand->object, NULL);
  else
    read_missed (reader, errand);
  if (reader != NULL)
    wd_readers_take_back (read->readers, reader);
  g_main_context_invoke (NULL, errand_done, errand);
}

/* --- back in the main thread ------------------------------------------------ */

static void
take_missed (Errand *errand)
{
  WdViewer *viewer = errand->viewer;

  if (errand->failed)
    {
      wd_viewer_close (viewer, WD_CLOSE_RESYNC, "too far behind");
      return;
    }
  viewer->covered = errand->upto;
  if (errand->message != NULL)
    {
      wd_viewer_send (viewer, errand->message);
      viewer->told = errand->upto;
    }
  wd_viewer_caught_up (viewer);
}

static void
take_readers (Errand *errand)
{
  WdViewer *viewer = errand->viewer;

  viewer->asking = FALSE;
  if (g_strcmp0 (wd_desk_viewing (viewer->desk), errand->object) == 0)
    wd_desk_set_viewing_readers (viewer->desk, (const char *const *)errand->object_readers);
  else
    wd_live_read_viewing (errand->read, viewer);
}

static gboolean
errand_done (gpointer data)
{
  Errand *errand = data;

  if (!errand->viewer->over && errand->object != NULL)
    take_readers (errand);
  else if (!errand->viewer->over)
    take_missed (errand);
  errand_free (errand);
  return G_SOURCE_REMOVE;
}

void
wd_live_read_missed (WdLiveRead *read, WdViewer *viewer)
{
  viewer->catching_up = TRUE;
  send_errand (read, viewer, NULL);
}

void
wd_live_read_viewing (WdLiveRead *read, WdViewer *viewer)
{
  if (viewer->asking || wd_desk_viewing (viewer->desk) == NULL)
    return;
  viewer->asking = TRUE;
  send_errand (read, viewer, wd_desk_viewing (viewer->desk));
}

WdLiveRead *
wd_live_read_new (WdReaders *readers, WdServerClock *clock)
{
  WdLiveRead *read = g_new0 (WdLiveRead, 1);

  read->readers = readers;
  read->clock = clock;
  read->pool = g_thread_pool_new (run_errand, read, WORKERS, FALSE, NULL);
  return read;
}

void
wd_live_read_free (WdLiveRead *read)
{
  g_thread_pool_free (read->pool, FALSE, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* what the workers handed over */
  g_free (read);
}
