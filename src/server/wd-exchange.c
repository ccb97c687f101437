/* wd-exchange.c — one message of libsoup's and the threads that answer it
 *
 * The only place where answers meet libsoup: all of it runs in the main thread,
 * which looks at `message` each time, since the peer may have gone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-router-private.h"

/* A refused request's body up to this is read and dropped, and the connection
 * lives on; of a larger one not a byte is waited for. */
#define SMALL_BODY (64 * 1024)

/* So many larger ones, or of unknown length, are kept at a time for those who are nobody yet: what they
 * can make us hold is bounded, whatever their number. */
#define HEAVY_MOST 32

typedef struct
{
  WdReply *reply;
  GBytes  *piece;
} WdPost;

/* The message is finished, or its peer is gone. */
static void
lose_message (gpointer data)
{
  g_autoptr (WdExchange) self = data;

  if (self->watched)
    g_signal_handlers_disconnect_by_data (self->message, self);
  self->message = NULL;
  if (self->first != NULL)
    {
      self->first->sent = TRUE;
      g_clear_pointer (&self->first, wd_reply_unref);
    }
  g_mutex_lock (&self->lock);
  g_atomic_int_set (&self->gone, TRUE);
  g_cond_broadcast (&self->room);
  g_mutex_unlock (&self->lock);
}

WdExchange *
wd_exchange_new (WdRouter *router, WdDoorStream *stream, SoupServerMessage *message, GHashTable *query)
{
  WdExchange *self = g_new0 (WdExchange, 1);

  g_atomic_ref_count_init (&self->refs);
  self->router = wd_router_ref (router);
  self->request = wd_request_new (stream, message, query);
  self->message = message;
  g_mutex_init (&self->lock);
  g_cond_init (&self->room);
  g_queue_init (&self->sizes);
  wd_door_stream_attach (stream, self, lose_message);
  self->first = wd_reply_new (self);
  return self;
}

WdExchange *
wd_exchange_ref (WdExchange *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
wd_exchange_unref (WdExchange *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  wd_request_unref (self->request);
  if (self->heavy)
    g_atomic_int_add (&self->router->heavy, -1);
  g_queue_clear (&self->sizes);
  g_cond_clear (&self->room);
  g_mutex_clear (&self->lock);
  wd_router_unref (self->router);
  g_free (self);
}

WdExchange *
wd_exchange_for_message (SoupServerMessage *message)
{
  return wd_door_stream_for_message (message)->guest;
}

/* --- Before the answer: refusals and bodies --- */

void
wd_exchange_refuse (WdExchange *self, gboolean at_once)
{
  g_autoptr (WdReply)  reply = g_steal_pointer (&self->first);
  WdDoorStream        *stream = wd_door_stream_for_message (self->message);
  const WdDoorFraming *framing = &stream->framing;

  self->refused = TRUE;
  reply->sent = TRUE;
  if (at_once || framing->expects || framing->content_length < 0 || framing->content_length > SMALL_BODY)
    {
      g_autoptr (GBytes) answer = wd_reply_to_answer (reply);

      wd_door_stream_end (stream, answer);
      return;
    }
  soup_message_body_set_accumulate (soup_server_message_get_request_body (self->message), FALSE);
  wd_reply_apply (reply, self->message);
}

static void
fail_spool (WdExchange *self)
{
  wd_reply_set_problem (self->first, WD_PROBLEM_STORAGE, NULL, NULL, NULL);
  wd_exchange_refuse (self, TRUE);
}

static void
spooled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdExchange) self = data;
  gboolean               written = wd_spool_write_finish (result, NULL);

  if (self->message == NULL)
    return;
  if (!written)
    fail_spool (self);
  soup_server_message_unpause (self->message);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, WdExchange *self)
{
  if (self->refused)
    return;
  self->came += g_bytes_get_size (chunk);
  if (self->came > self->request->route->body_cap)
    {
      wd_reply_set_problem (self->first, WD_PROBLEM_TOO_LARGE, NULL, NULL, NULL);
      wd_exchange_refuse (self, TRUE);
    }
  else if (self->request->spool != NULL && wd_spool_add (self->request->spool, chunk))
    {
      /* Nothing more of it is read until that is on its way to the disk. */
      soup_server_message_pause (message);
      wd_spool_write_async (self->request->spool, spooled_cb, wd_exchange_ref (self));
    }
}

/* FALSE where too many of its kind are being read already. */
static gboolean
take_weight (WdExchange *self, const WdDoorFraming *framing)
{
  if (self->request->actor != NULL || (framing->content_length >= 0 && framing->content_length <= SMALL_BODY))
    return TRUE;
  self->heavy = g_atomic_int_add (&self->router->heavy, 1) < HEAVY_MOST;
  if (!self->heavy)
    g_atomic_int_add (&self->router->heavy, -1);
  return self->heavy;
}

gboolean
wd_exchange_expect_body (WdExchange *self)
{
  WdDoorStream *stream = wd_door_stream_for_message (self->message);
  gboolean      spooled = (self->request->route->flags & WD_ROUTE_SPOOL) != 0;

  if (stream->framing.content_length > 0 && (guint64)stream->framing.content_length > self->request->route->body_cap)
    {
      wd_reply_set_problem (self->first, WD_PROBLEM_TOO_LARGE, NULL, NULL, NULL);
      return FALSE;
    }
  if (!take_weight (self, &stream->framing))
    {
      wd_reply_set_problem (self->first, WD_PROBLEM_TOO_MANY, NULL, NULL, NULL);
      wd_reply_set_header (self->first, "Retry-After", "1");
      return FALSE;
    }
  if (spooled)
    {
      self->request->spool = wd_spool_new (self->router->spool_dir != NULL ? self->router->spool_dir : g_get_tmp_dir ());
      soup_message_body_set_accumulate (soup_server_message_get_request_body (self->message), FALSE);
    }
  if (spooled || stream->framing.content_length < 0)
    {
      self->watched = TRUE;
      g_signal_connect (self->message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
    }
  return TRUE;
}

void
wd_exchange_take_body (WdExchange *self)
{
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);

  self->request->body = self->request->spool != NULL ? g_bytes_new (NULL, 0) : soup_message_body_flatten (body);
}

/* --- Answers --- */

static void
wrote_chunk_cb (SoupServerMessage *message, WdExchange *self)
{
  g_mutex_lock (&self->lock);
  self->pending -= GPOINTER_TO_SIZE (g_queue_pop_head (&self->sizes));
  g_cond_broadcast (&self->room);
  g_mutex_unlock (&self->lock);
}

static void
deliver_piece (WdExchange *self, WdReply *reply, GBytes *piece)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);

  if (!self->begun)
    {
      self->begun = TRUE;
      wd_reply_apply_head (reply, self->message);
      soup_message_headers_set_encoding (soup_server_message_get_response_headers (self->message), SOUP_ENCODING_CHUNKED);
      soup_message_body_set_accumulate (body, FALSE);
      self->watched = TRUE;
      g_signal_connect (self->message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
    }
  g_queue_push_tail (&self->sizes, GSIZE_TO_POINTER (g_bytes_get_size (piece)));
  soup_message_body_append_bytes (body, piece);
}

static void
deliver (WdPost *post)
{
  WdExchange *self = post->reply->exchange;

  if (self->message == NULL || self->router->closed)
    return;
  if (post->piece != NULL)
    deliver_piece (self, post->reply, post->piece);
  else if (self->begun)
    soup_message_body_complete (soup_server_message_get_response_body (self->message));
  else
    wd_reply_apply (post->reply, self->message);
  soup_server_message_unpause (self->message);
}

static gboolean
deliver_all_cb (gpointer user_data)
{
  WdRouter *router = user_data;
  GQueue    posts;
  WdPost   *post;

  g_mutex_lock (&router->lock);
  posts = router->posts;
  g_queue_init (&router->posts);
  router->awake = FALSE;
  g_mutex_unlock (&router->lock);

  while ((post = g_queue_pop_head (&posts)) != NULL)
    {
      deliver (post);
      wd_reply_unref (post->reply);
      g_clear_pointer (&post->piece, g_bytes_unref);
      g_free (post);
    }
  return G_SOURCE_REMOVE;
}

void
wd_exchange_post (WdExchange *self, WdReply *reply, GBytes *piece)
{
  WdRouter *router = self->router;
  WdPost   *post = g_new (WdPost, 1);
  gboolean  asleep;

  *post = (WdPost){ wd_reply_ref (reply), piece };
  g_mutex_lock (&router->lock);
  g_queue_push_tail (&router->posts, post);
  asleep = !router->awake;
  router->awake = TRUE;
  g_mutex_unlock (&router->lock);
  if (asleep)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, deliver_all_cb, wd_router_ref (router), (GDestroyNotify)wd_router_unref);
      g_source_attach (source, router->context);
    }
}
