/* wd-door-stream.h — one connection of a client, as the server's door sees it
 *
 * A GIOStream between the socket (or TLS) and libsoup.  It holds each request's
 * head back until wd-door-guard has found it clean, counts what goes in and
 * out, and knows by when the peer must have done what. Everything here belongs
 * to the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define WD_TYPE_DOOR_STREAM (wd_door_stream_get_type ())
G_DECLARE_FINAL_TYPE (WdDoorStream, wd_door_stream, WD, DOOR_STREAM, GIOStream)

/* The connection under a message that came through a WdDoor (borrowed). */
WdDoorStream *wd_door_stream_for_message (SoupServerMessage *message);

/* The peer's address without port ("10.1.2.3", "::1"; "local" on the socket of
 * the local administration). */
const char *wd_door_stream_get_address (WdDoorStream *self);

/* Came in by the socket file that only this computer's administrator may open. */
gboolean wd_door_stream_is_local (WdDoorStream *self);

/* Came in from 127.0.0.0/8, ::1 or the local socket. */
gboolean wd_door_stream_is_loopback (WdDoorStream *self);

/* The raw head of the request that is being served (a new reference). */
GBytes *wd_door_stream_dup_head (WdDoorStream *self);

guint64 wd_door_stream_get_bytes_in (WdDoorStream *self);
guint64 wd_door_stream_get_bytes_out (WdDoorStream *self);

/* When the peer last sent a byte (monotonic milliseconds): proof of life. */
gint64 wd_door_stream_get_last_read (WdDoorStream *self);

/* Sends one text message and counts it.  Everything that goes to a WebSocket
 * must go this way, or the count below is wrong.  `text` is UTF-8. */
void wd_door_stream_send_text (WdDoorStream *self,
                               GBytes       *text);

/* Bytes handed to the WebSocket that the kernel has not yet taken. What the
 * kernel itself keeps (some 2.5 to 4 MB) is not in it. */
gsize wd_door_stream_get_unwritten (WdDoorStream *self);

/* The WebSocket on this connection; NULL before the upgrade (borrowed). */
SoupWebsocketConnection *wd_door_stream_get_socket (WdDoorStream *self);

/* Ends the connection now, whatever was still to be sent.  A WebSocket on it
 * emits `closed` from the main loop; a message `disconnected`. */
void wd_door_stream_cut (WdDoorStream *self);

G_END_DECLS
