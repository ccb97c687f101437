/* wd-viewer.c — one live reader, and the batches that it hears
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-viewer.h"

#define UNWRITTEN_BYTES (8 << 20) /* what may wait for one reader beside the kernel's own buffers */

WdViewer *
wd_viewer_new (WdLive *live, WdDoorStream *stream, const WdActor *actor, guint64 session, gint64 since)
{
  WdViewer *viewer = g_new0 (WdViewer, 1);

  g_atomic_ref_count_init (&viewer->refs);
  viewer->live = live;
  viewer->actor = wd_actor_copy (actor);
  viewer->readers = wd_actor_readers (actor);
  viewer->view = wd_view_of (actor);
  viewer->session = session;
  viewer->stream = g_object_ref (stream);
  viewer->told = viewer->covered = since;
  g_queue_init (&viewer->waiting);
  return viewer;
}

WdViewer *
wd_viewer_ref (WdViewer *viewer)
{
  g_atomic_ref_count_inc (&viewer->refs);
  return viewer;
}

void
wd_viewer_unref (WdViewer *viewer)
{
  if (!g_atomic_ref_count_dec (&viewer->refs))
    return;
  wd_actor_free (viewer->actor);
  g_strfreev (viewer->readers);
  g_free (viewer->view);
  g_queue_clear_full (&viewer->waiting, (GDestroyNotify)wd_feed_batch_unref);
  g_free (viewer);
}

void
wd_viewer_close (WdViewer *viewer, gushort code, const char *reason)
{
  SoupWebsocketConnection *socket;

  if (viewer->over)
    return;
  viewer->over = TRUE;
  g_queue_clear_full (&viewer->waiting, (GDestroyNotify)wd_feed_batch_unref);
  socket = wd_door_stream_get_socket (viewer->stream);
  if (soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (socket, code, reason);
}

void
wd_viewer_send (WdViewer *viewer, GBytes *message)
{
  if (viewer->over)
    return;
  if (wd_door_stream_get_unwritten (viewer->stream) > UNWRITTEN_BYTES)
    wd_viewer_close (viewer, WD_CLOSE_RESYNC, "reading too slowly");
  else
    wd_door_stream_send_text (viewer->stream, message);
}

gint64
wd_viewer_silence (WdViewer *viewer)
{
  return MAX (g_get_monotonic_time () / 1000 - wd_door_stream_get_last_read (viewer->stream), 0);
}

static void
unref_message (gpointer message)
{
  g_clear_pointer (&message, g_bytes_unref);
}

GHashTable *
wd_viewer_messages_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_message);
}

void
wd_viewer_hear (WdViewer *viewer, WdFeedBatch *batch, GHashTable *messages)
{
  const WdCommit  *commit = wd_feed_batch_commit (batch);
  g_autofree char *key = NULL;
  gpointer         found;

  if (viewer->over || commit->seq <= viewer->covered)
    return;

  /* Desks of one view stand at the same place, almost always: one text for all of them. */
  key = g_strdup_printf ("%s@%" G_GINT64_FORMAT, viewer->view, viewer->told);
  if (!g_hash_table_lookup_extended (messages, key, NULL, &found))
    {
      found = wd_feed_batch_message (batch, (const char *const *)viewer->readers, viewer->told);
      g_hash_table_insert (messages, g_steal_pointer (&key), found);
    }
  viewer->covered = commit->seq;
  if (found == NULL)
    return;
  wd_viewer_send (viewer, found);
  viewer->told = commit->seq;
}

void
wd_viewer_caught_up (WdViewer *viewer)
{
  WdFeedBatch *batch;

  viewer->catching_up = FALSE;
  while ((batch = g_queue_pop_head (&viewer->waiting)) != NULL)
    {
      g_autoptr (GHashTable) messages = wd_viewer_messages_new ();

      wd_viewer_hear (viewer, batch, messages);
      wd_feed_batch_unref (batch);
    }
}
