/* wd-live.c — the sockets, and the commits that they hear of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-json.h"
#include "wd-viewer.h"

#define TICK_MS 1000

struct _WdLive
{
  WdLiveSetup setup;
  char       *store;
  WdPresence *presence;
  GPtrArray  *viewers;
  WdLiveRead *read;
  gint64      seq; /* of the last commit that the viewers were told */
  guint       tick;
};

/* --- the feed ------------------------------------------------------------ */

typedef struct
{
  WdLive      *live;
  WdFeedBatch *batch;
} Publication;

static void
tell_presence_of (WdLive *live, const WdCommit *commit)
{
  for (guint i = 0; i < commit->changes->len; i++)
    {
      const WdChange *change = commit->changes->pdata[i];

      wd_presence_saw (live->presence, change->id, (const char *const *)change->readers);
    }
}

static gboolean
publish_in_main (gpointer data)
{
  Publication           *publication = data;
  WdLive                *live = publication->live;
  g_autoptr (GHashTable) messages = wd_viewer_messages_new ();

  for (guint i = live->viewers->len; i-- > 0;)
    {
      WdViewer *viewer = live->viewers->pdata[i];

      if (viewer->over)
        continue;
      if (viewer->catching_up)
        g_queue_push_tail (&viewer->waiting, wd_feed_batch_ref (publication->batch));
      else
        wd_viewer_hear (viewer, publication->batch, messages);
    }
  live->seq = wd_feed_batch_commit (publication->batch)->seq;
  tell_presence_of (live, wd_feed_batch_commit (publication->batch));
  wd_feed_batch_unref (publication->batch);
  g_free (publication);
  return G_SOURCE_REMOVE;
}

void
wd_live_publish (WdLive *live, WdCommit *commit)
{
  Publication *publication;

  if (commit->seq == commit->since)
    {
      wd_commit_free (commit);
      return;
    }
  /* Also where no object changed, as by an import's mark: the feed stands further on. */
  publication = g_new0 (Publication, 1);
  publication->live = live;
  publication->batch = wd_feed_batch_new (commit);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, publish_in_main, publication, NULL);
}

/* --- sockets ------------------------------------------------------------- */

static void
message_cb (SoupWebsocketConnection *socket, int type, GBytes *message, gpointer data)
{
  WdViewer            *viewer = data;
  gsize                size;
  const char          *text = g_bytes_get_data (message, &size);
  g_autoptr (JsonNode) root = type == SOUP_WEBSOCKET_DATA_TEXT ? wd_json_parse (text, size, NULL) : NULL;
  JsonNode            *said = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                                  ? json_object_get_member (json_node_get_object (root), "presence")
                                  : NULL;
  g_autofree char     *before = g_strdup (wd_desk_viewing (viewer->desk));

  if (said == NULL || !JSON_NODE_HOLDS_OBJECT (said) ||
      !wd_presence_take (viewer->live->presence, &viewer->desk, json_node_get_object (said)))
    return; /* nothing else is taken from a desk (api §5) */
  if (g_strcmp0 (before, wd_desk_viewing (viewer->desk)) != 0)
    wd_live_read_viewing (viewer->live->read, viewer);
}

/* A peer that hangs up was there to the last; one that was cut for its silence was not. */
static void
note_last_words (WdViewer *viewer)
{
  gint64 silence = wd_viewer_silence (viewer);

  wd_sessions_heard (viewer->live->setup.sessions, viewer->session, silence <= WD_SESSION_SILENCE_MS ? 0 : silence);
  wd_sessions_live (viewer->live->setup.sessions, viewer->session, -1);
}

static void
closed_cb (SoupWebsocketConnection *socket, gpointer data)
{
  WdViewer *viewer = data;
  WdLive   *live = viewer->live;

  viewer->over = TRUE;
  g_signal_handlers_disconnect_by_data (socket, viewer);
  note_last_words (viewer);
  wd_presence_close (live->presence, viewer->desk);
  viewer->desk = NULL;
  g_clear_object (&viewer->stream);
  g_ptr_array_remove_fast (live->viewers, viewer);
}

static void
say_hello (WdViewer *viewer)
{
  WdLive            *live = viewer->live;
  gint64             now = wd_server_clock_now (live->setup.clock);
  g_autofree char   *anchor = wd_keys_sign_time (live->setup.keys, now);
  g_autoptr (GBytes) hello = NULL;
  g_autoptr (GBytes) presence = NULL;
  GString           *json = g_string_new ("{\"hello\":{\"time\":");

  wd_json_append_time (json, now);
  g_string_append (json, ",\"anchor\":");
  wd_json_append_text (json, anchor);
  g_string_append (json, ",\"speed\":");
  wd_json_append_real (json, wd_server_clock_speed (live->setup.clock));
  g_string_append_printf (json, ",\"seq\":%" G_GINT64_FORMAT ",\"store\":\"%s\",\"view\":", live->seq, live->store);
  wd_json_append_text (json, viewer->view);
  g_string_append (json, ",\"user\":");
  wd_actor_append_json (json, viewer->actor);
  g_string_append_printf (json, ",\"unmanned\":%u,\"api\":1}}", wd_presence_get_unmanned (live->presence));
  hello = g_string_free_to_bytes (json);
  wd_viewer_send (viewer, hello);

  presence = wd_presence_message (live->presence, (const char *const *)viewer->readers, TRUE);
  if (presence != NULL)
    wd_viewer_send (viewer, presence);
}

void
wd_live_join (WdLive *live, WdDoorStream *stream, const WdActor *actor, guint64 session, gint64 since)
{
  SoupWebsocketConnection *socket = wd_door_stream_get_socket (stream);
  WdViewer                *viewer = wd_viewer_new (live, stream, actor, session, since < 0 ? live->seq : since);

  viewer->desk = wd_presence_open (live->presence, actor);
  g_ptr_array_add (live->viewers, viewer);
  wd_sessions_live (live->setup.sessions, session, 1);
  g_signal_connect (socket, "message", G_CALLBACK (message_cb), viewer);
  g_signal_connect (socket, "closed", G_CALLBACK (closed_cb), viewer);

  say_hello (viewer);
  /* Also one who is ahead of us: the store may be so too, by a commit that is still on its way here. */
  if (viewer->covered != live->seq)
    wd_live_read_missed (live->read, viewer);
}

/* --- every second -------------------------------------------------------- */

static void
check_sessions (WdLive *live)
{
  for (guint i = live->viewers->len; i-- > 0;)
    {
      WdViewer *viewer = live->viewers->pdata[i];
      guint     code = wd_sessions_ended (live->setup.sessions, viewer->session, viewer->view);

      if (code != 0)
        wd_viewer_close (viewer, code, code == 4002 ? "rights changed" : "token over");
    }
}

static void
note_hearing (WdLive *live)
{
  for (guint i = live->viewers->len; i-- > 0;)
    {
      WdViewer *viewer = live->viewers->pdata[i];

      wd_sessions_heard (live->setup.sessions, viewer->session, wd_viewer_silence (viewer));
    }
}

static void
tell_presence (WdLive *live)
{
  if (!wd_presence_tick (live->presence))
    return;
  for (guint i = live->viewers->len; i-- > 0;)
    {
      WdViewer          *viewer = live->viewers->pdata[i];
      g_autoptr (GBytes) message = wd_presence_message (live->presence, (const char *const *)viewer->readers, FALSE);

      if (message != NULL)
        wd_viewer_send (viewer, message);
    }
  wd_presence_told (live->presence);
}

static gboolean
tick_cb (gpointer data)
{
  WdLive *live = data;

  check_sessions (live);
  note_hearing (live);
  tell_presence (live);
  return G_SOURCE_CONTINUE;
}

static gboolean
check_in_main (gpointer data)
{
  check_sessions (data);
  return G_SOURCE_REMOVE;
}

void
wd_live_check_sessions (WdLive *live)
{
  g_main_context_invoke (NULL, check_in_main, live);
}

WdLive *
wd_live_new (const WdLiveSetup *setup)
{
  WdLive *live = g_new0 (WdLive, 1);

  live->setup = *setup;
  live->store = g_strdup (setup->store);
  live->seq = setup->seq;
  live->presence = wd_presence_new (setup->presence);
  live->viewers = g_ptr_array_new_with_free_func ((GDestroyNotify)wd_viewer_unref);
  live->read = wd_live_read_new (setup->readers, setup->clock);
  live->tick = g_timeout_add (TICK_MS, tick_cb, live);
  return live;
}

void
wd_live_free (WdLive *live)
{
  g_source_remove (live->tick);
  wd_live_read_free (live->read);
  while (live->viewers->len > 0)
    {
      WdViewer *viewer = live->viewers->pdata[0];

      closed_cb (wd_door_stream_get_socket (viewer->stream), viewer);
    }
  g_ptr_array_unref (live->viewers);
  wd_presence_free (live->presence);
  g_free (live->store);
  g_free (live);
}

gboolean
wd_live_has_desk (WdLive *live, const char *unit)
{
  return wd_presence_has_desk (live->presence, unit);
}

guint
wd_live_count (WdLive *live)
{
  return live->viewers->len;
}
