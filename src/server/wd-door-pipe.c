/* wd-door-pipe.c — the two directions of a WdDoorStream
 *
 * Inward: a head is held back until it is whole and the guard has passed it;
 * libsoup then gets it, its body and not a byte of what follows.  That libsoup
 * loses connections whose end it reads while they are idle is cured here too:
 * it is never told of an end, the connection is taken from it instead.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-pipe.h"

#include "wd-problem.h"

#include <string.h>

#define READ_SIZE 8192

struct _WdDoorInput
{
  GInputStream  parent_instance;
  WdDoorStream *owner;
};

struct _WdDoorOutput
{
  GOutputStream parent_instance;
  WdDoorStream *owner;
};

static void wd_door_input_pollable_init (GPollableInputStreamInterface *iface);
static void wd_door_output_pollable_init (GPollableOutputStreamInterface *iface);

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (WdDoorInput, wd_door_input, G_TYPE_INPUT_STREAM,
  G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, wd_door_input_pollable_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (WdDoorOutput, wd_door_output, G_TYPE_OUTPUT_STREAM,
  G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, wd_door_output_pollable_init))
/* clang-format on */

static gssize
would_block (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Not now");
  return -1;
}

static gboolean
is_closed (WdDoorStream *stream, GError **error)
{
  if (stream != NULL && stream->phase != WD_DOOR_PHASE_CLOSED)
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection is closed");
  return TRUE;
}

static GSource *
ready_source (gpointer pollable, GCancellable *cancellable)
{
  g_autoptr (GSource) at_once = g_timeout_source_new (0);

  return g_pollable_source_new_full (pollable, at_once, cancellable);
}

/* --- Inward --- */

static GPollableInputStream *
base_input (WdDoorStream *stream)
{
  return G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream->base));
}

/* More than 0, 0 when there is nothing now, -1 when nothing will come any more. */
static gssize
read_base (WdDoorStream *stream, void *buffer, gsize count)
{
  g_autoptr (GError) error = NULL;
  gssize             n = g_pollable_input_stream_read_nonblocking (base_input (stream), buffer, count, NULL, &error);

  if (n > 0)
    {
      stream->bytes_in += n;
      stream->last_read = wd_door_now ();
      return n;
    }
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? 0 : -1;
}

static void
refuse_head (WdDoorStream *stream, const char *detail)
{
  g_autofree char   *json = wd_problem_to_json (WD_PROBLEM_BAD_REQUEST, detail, NULL);
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));
  g_autoptr (GBytes) answer = wd_door_answer_new (400, NULL, WD_PROBLEM_CONTENT_TYPE, body);

  wd_door_count_head (stream->door, FALSE);
  wd_door_stream_end (stream, answer);
}

/* The first `length` bytes held are a head: it becomes the request in hand. */
static gboolean
take_head (WdDoorStream *stream, gsize length)
{
  const WdDoorSettings *settings = wd_door_get_settings (stream->door);
  const char           *data = (const char *)stream->held->data;
  const char           *wrong = "The head is too long.";

  if (length <= settings->max_head)
    wrong = wd_door_guard_check (data, length, settings->max_fields, &stream->framing);
  if (wrong != NULL)
    {
      refuse_head (stream, wrong);
      return FALSE;
    }

  g_clear_pointer (&stream->head, g_bytes_unref);
  stream->head = g_bytes_new (data, length);
  g_byte_array_remove_range (stream->held, 0, length);
  stream->handed = 0;
  stream->body_left = stream->framing.content_length;
  stream->body_came = 0;
  wd_door_count_head (stream->door, TRUE);
  wd_door_stream_set_phase (stream, WD_DOOR_PHASE_BODY);
  return TRUE;
}

/* Empty lines before a head say nothing (RFC 9112, 2.2). */
static void
drop_empty_lines (GByteArray *held)
{
  gsize n = 0;

  while (n + 2 <= held->len && held->data[n] == '\r' && held->data[n + 1] == '\n')
    n += 2;
  if (n > 0)
    g_byte_array_remove_range (held, 0, n);
}

/* Reads until a head is whole, and takes it.  FALSE when it is not, or is no good. */
static gboolean
hold_head (WdDoorStream *stream)
{
  GByteArray *held = stream->held;
  gsize       from = 0;

  for (;;)
    {
      gsize  length = 0;
      gssize n;

      drop_empty_lines (held);
      if (!wd_door_guard_may_begin ((const char *)held->data, held->len))
        {
          refuse_head (stream, "What was sent is no request.");
          return FALSE;
        }
      if (held->len > 0 && stream->phase == WD_DOOR_PHASE_IDLE)
        wd_door_stream_set_phase (stream, WD_DOOR_PHASE_HEAD);
      if (held->len > from)
        length = wd_door_guard_find_end ((const char *)held->data + from, held->len - from);
      if (length > 0)
        return take_head (stream, from + length);
      if (held->len > wd_door_get_settings (stream->door)->max_head)
        return take_head (stream, held->len);

      from = held->len > 2 ? held->len - 2 : 0;
      g_byte_array_set_size (held, held->len + READ_SIZE);
      n = read_base (stream, held->data + held->len - READ_SIZE, READ_SIZE);
      g_byte_array_set_size (held, held->len - READ_SIZE + MAX (n, 0));
      if (n < 0)
        wd_door_stream_end (stream, NULL);
      if (n <= 0)
        return FALSE;
    }
}

static gsize
hand_head (WdDoorStream *stream, void *buffer, gsize count)
{
  gsize       length;
  const char *data = g_bytes_get_data (stream->head, &length);

  count = MIN (count, length - stream->handed);
  memcpy (buffer, data + stream->handed, count);
  stream->handed += count;
  if (stream->handed == length && stream->body_left == 0)
    wd_door_stream_set_phase (stream, WD_DOOR_PHASE_WORK);
  return count;
}

static gssize
take_more (WdDoorStream *stream, void *buffer, gsize count)
{
  if (stream->held->len == 0)
    return read_base (stream, buffer, count);
  count = MIN (count, stream->held->len);
  memcpy (buffer, stream->held->data, count);
  g_byte_array_remove_range (stream->held, 0, count);
  return count;
}

static gssize
read_body (WdDoorStream *stream, void *buffer, gsize count, GError **error)
{
  gssize n = take_more (stream, buffer, stream->body_left < 0 ? count : MIN (count, (guint64)stream->body_left));

  if (n < 0)
    wd_door_stream_end (stream, NULL);
  if (n <= 0)
    return would_block (error);
  stream->body_came += n;
  if (stream->body_left > 0)
    {
      stream->body_left -= n;
      if (stream->body_left == 0)
        wd_door_stream_set_phase (stream, WD_DOOR_PHASE_WORK);
    }
  return n;
}

static gssize
read_frames (WdDoorStream *stream, void *buffer, gsize count, GError **error)
{
  gssize n = take_more (stream, buffer, count);

  if (n < 0)
    return 0;
  if (wd_door_frames_count (&stream->frames, buffer, n) > wd_door_get_settings (stream->door)->max_message)
    {
      wd_door_stream_cut (stream);
      n = 0;
    }
  return n > 0 ? n : would_block (error);
}

static gssize
wd_door_input_read_nonblocking (GPollableInputStream *pollable, void *buffer, gsize count, GError **error)
{
  WdDoorStream *stream = WD_DOOR_INPUT (pollable)->owner;

  if (is_closed (stream, error))
    return -1;
  switch (stream->phase)
    {
    case WD_DOOR_PHASE_NEW:
    case WD_DOOR_PHASE_HEAD:
    case WD_DOOR_PHASE_IDLE:
      if (!hold_head (stream))
        return would_block (error);
      return hand_head (stream, buffer, count);
    case WD_DOOR_PHASE_BODY:
      if (stream->handed < g_bytes_get_size (stream->head))
        return hand_head (stream, buffer, count);
      return read_body (stream, buffer, count, error);
    case WD_DOOR_PHASE_SOCKET:
      return read_frames (stream, buffer, count, error);
    case WD_DOOR_PHASE_HANDSHAKE:
    case WD_DOOR_PHASE_WORK:
    case WD_DOOR_PHASE_ENDING:
    case WD_DOOR_PHASE_LINGER:
    case WD_DOOR_PHASE_CLOSED:
    default:
      return would_block (error);
    }
}

/* Something held is due to libsoup without another byte from the peer. */
static gboolean
has_more (WdDoorStream *stream)
{
  switch ((guint)stream->phase)
    {
    case WD_DOOR_PHASE_BODY:
      return stream->handed < g_bytes_get_size (stream->head) || stream->held->len > 0;
    case WD_DOOR_PHASE_IDLE:
    case WD_DOOR_PHASE_WORK: /* only a WebSocket begins to read then */
    case WD_DOOR_PHASE_SOCKET:
      return stream->held->len > 0;
    default:
      return FALSE;
    }
}

static gboolean
wd_door_input_is_readable (GPollableInputStream *pollable)
{
  WdDoorStream *stream = WD_DOOR_INPUT (pollable)->owner;

  if (stream == NULL || stream->phase == WD_DOOR_PHASE_CLOSED)
    return TRUE;
  if (stream->phase == WD_DOOR_PHASE_ENDING || stream->phase == WD_DOOR_PHASE_LINGER)
    return FALSE;
  return has_more (stream) || g_pollable_input_stream_is_readable (base_input (stream));
}

/* The base's source as it is: one more around it costs two system calls a
 * request.  libsoup does not look at which stream a source names. */
static GSource *
wd_door_input_create_source (GPollableInputStream *pollable, GCancellable *cancellable)
{
  WdDoorStream *stream = WD_DOOR_INPUT (pollable)->owner;

  if (stream == NULL || stream->phase == WD_DOOR_PHASE_CLOSED || has_more (stream))
    return ready_source (pollable, cancellable);
  if (stream->phase == WD_DOOR_PHASE_ENDING || stream->phase == WD_DOOR_PHASE_LINGER)
    return g_pollable_source_new_full (pollable, NULL, cancellable);
  return g_pollable_input_stream_create_source (base_input (stream), cancellable);
}

static void
wd_door_input_class_init (WdDoorInputClass *klass)
{
}

static void
wd_door_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->read_nonblocking = wd_door_input_read_nonblocking;
  iface->is_readable = wd_door_input_is_readable;
  iface->create_source = wd_door_input_create_source;
}

static void
wd_door_input_init (WdDoorInput *self)
{
}

GInputStream *
wd_door_input_new (WdDoorStream *owner)
{
  WdDoorInput *self = g_object_new (WD_TYPE_DOOR_INPUT, NULL);

  self->owner = owner;
  return G_INPUT_STREAM (self);
}

void
wd_door_input_detach (GInputStream *input)
{
  WD_DOOR_INPUT (input)->owner = NULL;
}

/* --- Outward --- */

static GOutputStream *
base_output (WdDoorStream *stream)
{
  return g_io_stream_get_output_stream (stream->base);
}

static gssize
wd_door_output_write_nonblocking (GPollableOutputStream *pollable, const void *buffer, gsize count, GError **error)
{
  WdDoorStream *stream = WD_DOOR_OUTPUT (pollable)->owner;
  gssize        n;

  if (is_closed (stream, error))
    return -1;
  if (stream->phase == WD_DOOR_PHASE_ENDING || stream->phase == WD_DOOR_PHASE_LINGER)
    return would_block (error);
  n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (base_output (stream)), buffer, count, NULL, error);
  stream->blocked = n <= 0;
  if (n > 0)
    g_atomic_pointer_add (&stream->bytes_out, n);
  return n;
}

/* libsoup writes the end of a chunked body from a thread of GTask's, so that
 * waiting here keeps nobody else. */
static gssize
wd_door_output_write (GOutputStream *output, const void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  WdDoorStream *stream = WD_DOOR_OUTPUT (output)->owner;
  gssize        n;

  if (is_closed (stream, error))
    return -1;
  g_atomic_int_set (&stream->writing, TRUE);
  n = g_output_stream_write (base_output (stream), buffer, count, cancellable, error);
  g_atomic_int_set (&stream->writing, FALSE);
  if (n > 0)
    g_atomic_pointer_add (&stream->bytes_out, n);
  return n;
}

static gboolean
wd_door_output_is_writable (GPollableOutputStream *pollable)
{
  WdDoorStream *stream = WD_DOOR_OUTPUT (pollable)->owner;

  if (stream == NULL || stream->phase == WD_DOOR_PHASE_CLOSED)
    return TRUE;
  return g_pollable_output_stream_is_writable (G_POLLABLE_OUTPUT_STREAM (base_output (stream)));
}

static GSource *
wd_door_output_create_source (GPollableOutputStream *pollable, GCancellable *cancellable)
{
  WdDoorStream *stream = WD_DOOR_OUTPUT (pollable)->owner;

  if (stream == NULL || stream->phase == WD_DOOR_PHASE_CLOSED)
    return ready_source (pollable, cancellable);
  if (stream->phase == WD_DOOR_PHASE_ENDING || stream->phase == WD_DOOR_PHASE_LINGER)
    return g_pollable_source_new_full (pollable, NULL, cancellable);
  return g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (base_output (stream)), cancellable);
}

static void
wd_door_output_class_init (WdDoorOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = wd_door_output_write;
}

static void
wd_door_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->write_nonblocking = wd_door_output_write_nonblocking;
  iface->is_writable = wd_door_output_is_writable;
  iface->create_source = wd_door_output_create_source;
}

static void
wd_door_output_init (WdDoorOutput *self)
{
}

GOutputStream *
wd_door_output_new (WdDoorStream *owner)
{
  WdDoorOutput *self = g_object_new (WD_TYPE_DOOR_OUTPUT, NULL);

  self->owner = owner;
  return G_OUTPUT_STREAM (self);
}

void
wd_door_output_detach (GOutputStream *output)
{
  WD_DOOR_OUTPUT (output)->owner = NULL;
}
