/* wd-reply.c — an answer, made in any thread and sent by the main one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-router-private.h"

#include <string.h>

#define GZIP_FROM 512             /* bytes: less is sent as it is */
#define GZIP_LEVEL 1              /* the network is a near one: time counts more than bytes */
#define PIECES_AHEAD (256 * 1024) /* of a streamed answer, not yet taken by the peer */

WdReply *
wd_reply_new (WdExchange *exchange)
{
  WdReply *self = g_new0 (WdReply, 1);

  g_atomic_ref_count_init (&self->refs);
  self->exchange = wd_exchange_ref (exchange);
  self->status = SOUP_STATUS_OK;
  self->headers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

WdReply *
wd_reply_ref (WdReply *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
wd_reply_free (WdReply *self)
{
  wd_exchange_unref (self->exchange);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_ptr_array_unref (self->headers);
  g_free (self);
}

void
wd_reply_unref (WdReply *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->sent)
    {
      wd_reply_free (self);
      return;
    }
  /* Nobody is left who could answer, and somebody waits. */
  g_atomic_ref_count_init (&self->refs);
  wd_reply_set_problem (self, WD_PROBLEM_INTERNAL, NULL, NULL, NULL);
  wd_reply_send (self);
}

void
wd_reply_set_status (WdReply *self, guint status)
{
  self->status = status;
}

void
wd_reply_set_header (WdReply *self, const char *name, const char *value)
{
  g_return_if_fail (strpbrk (name, "\r\n:") == NULL && strpbrk (value, "\r\n") == NULL);

  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

void
wd_reply_set_body (WdReply *self, const char *content_type, GBytes *body)
{
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
  if (body != NULL)
    g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
}

void
wd_reply_take_json (WdReply *self, char *json)
{
  g_autoptr (GBytes) body = g_bytes_new_take (json, strlen (json));

  wd_reply_set_body (self, "application/json", body);
}

void
wd_reply_set_problem (WdReply *self, WdProblemCode code, const char *detail, const char *field, const char *members)
{
  GString           *json = g_string_sized_new (200);
  g_autoptr (GBytes) body = NULL;

  wd_problem_append_json (json, code, detail, field, members);
  body = g_string_free_to_bytes (json);
  wd_reply_set_body (self, WD_PROBLEM_CONTENT_TYPE, body);
  wd_reply_set_status (self, wd_problem_code_get_status (code));
  if (code == WD_PROBLEM_UNAUTHORIZED)
    wd_reply_set_header (self, "WWW-Authenticate", "Bearer");
}

/* --- Sending --- */

static gboolean
accepts_gzip (WdRequest *request)
{
  g_autofree char *header = wd_request_dup_header (request, "Accept-Encoding");
  GSList          *accepted = header ? soup_header_parse_quality_list (header, NULL) : NULL;
  gboolean         found = FALSE;

  for (GSList *l = accepted; l != NULL && !found; l = l->next)
    found = g_ascii_strcasecmp (l->data, "gzip") == 0;
  soup_header_free_list (accepted);
  return found;
}

static GBytes *
compress (GBytes *body)
{
  g_autoptr (GConverter)    gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, GZIP_LEVEL));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, gzip);
  gsize                     length;
  const void               *data = g_bytes_get_data (body, &length);

  if (!g_output_stream_write_all (stream, data, length, NULL, NULL, NULL) || !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
compress_if_asked (WdReply *self)
{
  WdRequest *request = self->exchange->request;
  GBytes    *smaller;

  if (request->route == NULL || !(request->route->flags & WD_ROUTE_GZIP) || self->body == NULL || g_bytes_get_size (self->body) < GZIP_FROM)
    return;
  wd_reply_set_header (self, "Vary", "Accept-Encoding");
  if (!accepts_gzip (request))
    return;
  smaller = compress (self->body);
  if (smaller == NULL)
    return;
  g_bytes_unref (self->body);
  self->body = smaller;
  wd_reply_set_header (self, "Content-Encoding", "gzip");
}

WdReply *
wd_reply_defer (WdReply *self)
{
  self->deferred = TRUE;
  return wd_reply_ref (self);
}

void
wd_reply_settle (WdReply *self)
{
  self->sent = TRUE;
  if (wd_reply_is_wanted (self))
    compress_if_asked (self);
}

void
wd_reply_send (WdReply *self)
{
  g_return_if_fail (!self->sent);

  wd_reply_settle (self);
  wd_exchange_post (self->exchange, self, NULL);
  wd_reply_unref (self);
}

gboolean
wd_reply_write (WdReply *self, GBytes *piece)
{
  WdExchange *exchange = self->exchange;

  if (g_bytes_get_size (piece) == 0)
    return wd_reply_is_wanted (self);
  g_mutex_lock (&exchange->lock);
  while (exchange->pending > PIECES_AHEAD && wd_reply_is_wanted (self))
    g_cond_wait (&exchange->room, &exchange->lock);
  exchange->pending += g_bytes_get_size (piece);
  g_mutex_unlock (&exchange->lock);
  if (!wd_reply_is_wanted (self))
    return FALSE;
  wd_exchange_post (exchange, self, g_bytes_ref (piece));
  return TRUE;
}

gboolean
wd_reply_is_wanted (WdReply *self)
{
  return !g_atomic_int_get (&self->exchange->gone);
}

void
wd_reply_apply_head (WdReply *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, self->status, wd_door_phrase (self->status));
  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (self->headers, i), g_ptr_array_index (self->headers, i + 1));
  if (self->content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", self->content_type);
}

void
wd_reply_apply (WdReply *self, SoupServerMessage *message)
{
  wd_reply_apply_head (self, message);
  if (self->body != NULL && g_bytes_get_size (self->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), self->body);
}

GBytes *
wd_reply_to_answer (WdReply *self)
{
  g_autoptr (GString) fields = g_string_new (NULL);

  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    g_string_append_printf (fields, "%s: %s\r\n", (char *)g_ptr_array_index (self->headers, i), (char *)g_ptr_array_index (self->headers, i + 1));
  return wd_door_answer_new (self->status, fields->str, self->content_type, self->body);
}
