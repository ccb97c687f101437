/* wd-live.c — the sockets, and what each has heard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-live.h"

#include "wd-json.h"

#define CLOSE_RESYNC 4001         /* too far behind, or reading too slowly: use `changes` */
#define UNWRITTEN_BYTES (8 << 20) /* what may wait for one reader beside the kernel's own buffers */
#define CATCH_UP_PAGE 2000
#define CATCH_UP_MOST 20000 /* changes; whoever is further behind asks `changes` */
#define TICK_MS 1000

typedef struct
{
  gint     ref; /* the hub, and a catching-up in a worker */
  WdLive  *live;
  WdActor *actor;
  GStrv    readers;
  char    *view;
  guint64  session;
  gint64   seq; /* has heard all up to here */

  /* main thread only */
  WdDoorStream *stream;
  WdDesk       *desk;
  gboolean      catching_up;
  GQueue        waiting; /* WdFeedBatch that came meanwhile */
  gboolean      over;
} Viewer;

struct _WdLive
{
  WdLiveSetup  setup;
  char        *store;
  WdPresence  *presence;
  GPtrArray   *viewers;
  GThreadPool *pool; /* reads of the store for viewers */
  gint64       seq;
  guint        tick;
};

static void
viewer_unref (gpointer data)
{
  Viewer *viewer = data;

  if (!g_atomic_int_dec_and_test (&viewer->ref))
    return;
  wd_actor_free (viewer->actor);
  g_strfreev (viewer->readers);
  g_free (viewer->view);
  g_queue_clear_full (&viewer->waiting, (GDestroyNotify)wd_feed_batch_unref);
  g_free (viewer);
}

static Viewer *
viewer_ref (Viewer *viewer)
{
  g_atomic_int_inc (&viewer->ref);
  return viewer;
}

static void
close_viewer (Viewer *viewer, gushort code, const char *reason)
{
  SoupWebsocketConnection *socket = wd_door_stream_get_socket (viewer->stream);

  if (viewer->over)
    return;
  viewer->over = TRUE;
  if (soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (socket, code, reason);
}

static void
send_to (Viewer *viewer, GBytes *message)
{
  if (viewer->over)
    return;
  if (wd_door_stream_get_unwritten (viewer->stream) > UNWRITTEN_BYTES)
    {
      close_viewer (viewer, CLOSE_RESYNC, "reading too slowly");
      return;
    }
  wd_door_stream_send_text (viewer->stream, message);
}

/* --- the feed ------------------------------------------------------------ */

static void
hear (Viewer *viewer, WdFeedBatch *batch, GHashTable *messages)
{
  const WdCommit  *commit = wd_feed_batch_commit (batch);
  g_autofree char *key = NULL;
  gpointer         found;

  if (viewer->over || commit->seq <= viewer->seq)
    return;

  /* Desks of one view stand at the same place, almost always: one text for all of them. */
  key = g_strdup_printf ("%s@%" G_GINT64_FORMAT, viewer->view, viewer->seq);
  if (!g_hash_table_lookup_extended (messages, key, NULL, &found))
    {
      found = wd_feed_batch_message (batch, (const char *const *)viewer->readers, viewer->seq);
      g_hash_table_insert (messages, g_steal_pointer (&key), found);
    }
  if (found == NULL)
    return;
  send_to (viewer, found);
  viewer->seq = commit->seq;
}

static void
unref_message (gpointer message)
{
  g_clear_pointer (&message, g_bytes_unref);
}

typedef struct
{
  WdLive      *live;
  WdFeedBatch *batch;
} Publication;

static gboolean
publish_in_main (gpointer data)
{
  Publication           *publication = data;
  WdLive                *live = publication->live;
  g_autoptr (GHashTable) messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_message);

  for (guint i = 0; i < live->viewers->len; i++)
    {
      Viewer *viewer = live->viewers->pdata[i];

      if (viewer->catching_up)
        g_queue_push_tail (&viewer->waiting, wd_feed_batch_ref (publication->batch));
      else
        hear (viewer, publication->batch, messages);
    }
  live->seq = wd_feed_batch_commit (publication->batch)->seq;
  wd_feed_batch_unref (publication->batch);
  g_free (publication);
  return G_SOURCE_REMOVE;
}

void
wd_live_publish (WdLive *live, WdCommit *commit)
{
  Publication *publication;

  if (commit->changes->len == 0)
    {
      wd_commit_free (commit);
      return;
    }
  publication = g_new0 (Publication, 1);
  publication->live = live;
  publication->batch = wd_feed_batch_new (commit);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, publish_in_main, publication, NULL);
}

/* --- work for one viewer that reads the store ----------------------------- */

/* A page of what it missed, or (with `object`) who may know what it views. */
typedef struct
{
  Viewer  *viewer;
  char    *object;
  GStrv    object_readers;
  GBytes  *message;
  gint64   upto;
  guint    total;
  gboolean more;
  gboolean failed;
} Errand;

static void
errand_free (Errand *errand)
{
  viewer_unref (errand->viewer);
  g_free (errand->object);
  g_strfreev (errand->object_readers);
  g_clear_pointer (&errand->message, g_bytes_unref);
  g_free (errand);
}

static gboolean errand_done (gpointer data);

static void
read_page (WdReader *reader, Errand *errand)
{
  Viewer  *viewer = errand->viewer;
  GString *json = g_string_new ("{\"changes\":[");
  gsize    empty = json->len;

  errand->failed = !wd_reader_page (reader, viewer->actor, viewer->seq, CATCH_UP_PAGE,
                                    wd_server_clock_now (viewer->live->setup.clock), json,
                                    &errand->upto, &errand->more, NULL);
  if (!errand->failed && json->len > empty)
    {
      g_string_append_printf (json, "],\"since\":%" G_GINT64_FORMAT ",\"seq\":%" G_GINT64_FORMAT "}",
                              viewer->seq, errand->upto);
      errand->message = g_string_free_to_bytes (json);
    }
  else
    g_string_free (json, TRUE);
}

static void
run_errand (gpointer data, gpointer user_data)
{
  Errand   *errand = data;
  WdLive   *live = user_data;
  WdReader *reader = wd_readers_lend (live->setup.readers, NULL);

  if (reader == NULL)
    errand->failed = TRUE;
  else if (errand->object != NULL)
    errand->object_readers = wd_reader_readers_of (reader, errand->object, NULL);
  else
    read_page (reader, errand);
  if (reader != NULL)
    wd_readers_take_back (live->setup.readers, reader);
  g_main_context_invoke (NULL, errand_done, errand);
}

static void
send_errand (Viewer *viewer, const char *object, guint total)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->viewer = viewer_ref (viewer);
  errand->object = g_strdup (object);
  errand->total = total;
  g_thread_pool_push (viewer->live->pool, errand, NULL);
}

static void
caught_up (Viewer *viewer)
{
  g_autoptr (GHashTable) messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_message);
  WdFeedBatch           *batch;

  viewer->catching_up = FALSE;
  while ((batch = g_queue_pop_head (&viewer->waiting)) != NULL)
    {
      hear (viewer, batch, messages);
      wd_feed_batch_unref (batch);
    }
}

static void
take_page (Errand *errand)
{
  Viewer *viewer = errand->viewer;

  if (errand->failed || errand->total > CATCH_UP_MOST)
    {
      close_viewer (viewer, CLOSE_RESYNC, "too far behind");
      return;
    }
  if (errand->message != NULL)
    {
      send_to (viewer, errand->message);
      viewer->seq = errand->upto;
    }
  if (errand->more)
    {
      viewer->seq = errand->upto;
      send_errand (viewer, NULL, errand->total + CATCH_UP_PAGE);
    }
  else
    caught_up (viewer);
}

static gboolean
errand_done (gpointer data)
{
  Errand *errand = data;
  Viewer *viewer = errand->viewer;

  if (viewer->over)
    ;
  else if (errand->object == NULL)
    take_page (errand);
  else if (g_strcmp0 (wd_desk_viewing (viewer->desk), errand->object) == 0)
    wd_desk_set_viewing_readers (viewer->desk, g_steal_pointer (&errand->object_readers));
  errand_free (errand);
  return G_SOURCE_REMOVE;
}

/* --- sockets ------------------------------------------------------------- */

static void
message_cb (SoupWebsocketConnection *socket, int type, GBytes *message, gpointer data)
{
  Viewer              *viewer = data;
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
  if (wd_desk_viewing (viewer->desk) != NULL && g_strcmp0 (before, wd_desk_viewing (viewer->desk)) != 0)
    send_errand (viewer, wd_desk_viewing (viewer->desk), 0);
}

static void
closed_cb (SoupWebsocketConnection *socket, gpointer data)
{
  Viewer *viewer = data;
  WdLive *live = viewer->live;

  viewer->over = TRUE;
  g_signal_handlers_disconnect_by_data (socket, viewer);
  wd_sessions_live (live->setup.sessions, viewer->session, -1);
  wd_presence_close (live->presence, viewer->desk);
  viewer->desk = NULL;
  g_clear_object (&viewer->stream);
  g_ptr_array_remove_fast (live->viewers, viewer);
}

static void
append_user (GString *json, const WdActor *actor)
{
  g_string_append (json, ",\"user\":{\"id\":");
  wd_json_append_text (json, actor->id);
  g_string_append (json, ",\"name\":");
  wd_json_append_text (json, actor->name);
  g_string_append_printf (json, ",\"role\":\"%s\",\"unit\":", wd_enum_nick (WD_TYPE_ROLE, actor->role));
  wd_json_append_text (json, actor->unit);
  g_string_append_c (json, '}');
}

static void
say_hello (Viewer *viewer)
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
  append_user (json, viewer->actor);
  g_string_append (json, ",\"api\":1}}");
  hello = g_string_free_to_bytes (json);
  send_to (viewer, hello);

  presence = wd_presence_message (live->presence, (const char *const *)viewer->readers, TRUE);
  if (presence != NULL)
    send_to (viewer, presence);
}

void
wd_live_join (WdLive *live, WdDoorStream *stream, const WdActor *actor, guint64 session, gint64 since)
{
  SoupWebsocketConnection *socket = wd_door_stream_get_socket (stream);
  Viewer                  *viewer = g_new0 (Viewer, 1);

  viewer->ref = 1;
  viewer->live = live;
  viewer->actor = wd_actor_copy (actor);
  viewer->readers = wd_actor_readers (actor);
  viewer->view = wd_view_of (actor);
  viewer->session = session;
  viewer->seq = since < 0 ? live->seq : since;
  viewer->stream = g_object_ref (stream);
  viewer->desk = wd_presence_open (live->presence, actor);
  g_queue_init (&viewer->waiting);
  g_ptr_array_add (live->viewers, viewer);
  wd_sessions_live (live->setup.sessions, session, 1);
  g_signal_connect (socket, "message", G_CALLBACK (message_cb), viewer);
  g_signal_connect (socket, "closed", G_CALLBACK (closed_cb), viewer);

  say_hello (viewer);
  if (viewer->seq > live->seq)
    close_viewer (viewer, CLOSE_RESYNC, "past the end");
  else if (viewer->seq < live->seq)
    {
      viewer->catching_up = TRUE;
      send_errand (viewer, NULL, CATCH_UP_PAGE);
    }
}

/* --- every second -------------------------------------------------------- */

static void
check_sessions (WdLive *live)
{
  for (guint i = 0; i < live->viewers->len; i++)
    {
      Viewer *viewer = live->viewers->pdata[i];
      guint   code = wd_sessions_ended (live->setup.sessions, viewer->session, viewer->view);

      if (code != 0)
        close_viewer (viewer, code, code == 4002 ? "rights changed" : "token over");
    }
}

static void
tell_presence (WdLive *live)
{
  if (!wd_presence_tick (live->presence))
    return;
  for (guint i = 0; i < live->viewers->len; i++)
    {
      Viewer            *viewer = live->viewers->pdata[i];
      g_autoptr (GBytes) message = wd_presence_message (live->presence, (const char *const *)viewer->readers, FALSE);

      if (message != NULL)
        send_to (viewer, message);
    }
  wd_presence_told (live->presence);
}

static gboolean
tick_cb (gpointer data)
{
  WdLive *live = data;

  check_sessions (live);
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
  live->viewers = g_ptr_array_new_with_free_func (viewer_unref);
  live->pool = g_thread_pool_new (run_errand, live, 2, FALSE, NULL);
  live->tick = g_timeout_add (TICK_MS, tick_cb, live);
  return live;
}

void
wd_live_free (WdLive *live)
{
  g_source_remove (live->tick);
  g_thread_pool_free (live->pool, FALSE, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* what the workers handed over */
  while (live->viewers->len > 0)
    {
      Viewer *viewer = live->viewers->pdata[0];

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
