/* wd-door.h — the server's front door: from the listening socket to libsoup
 *
 * libsoup 3.2 alone loses sockets that clients close while idle, reads every
 * body to its end, has no time-outs worth the name and no drain.  So the door
 * accepts by itself, counts, bounds and times each connection (WdDoorStream)
 * and hands libsoup only what is well-formed. All of it lives in the thread
 * (main context) that made it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-door-stream.h"

G_BEGIN_DECLS

/* 0 in any member means its default. */
typedef struct
{
  guint  max_connections; /* 4000, never more than the descriptors allow */
  guint  max_per_address; /* 1000: whole offices sit behind one address; the local socket is not counted */
  gsize  max_head;        /* 32 KiB of request line and fields */
  guint  max_fields;      /* 100 */
  gint64 handshake_ms;    /* 10 s for TLS */
  gint64 head_ms;         /* 15 s from the first byte (on a new connection: from accept) to the whole head */
  gint64 body_ms;         /* 30 s, and one second more for each `body_rate` bytes that came */
  gsize  body_rate;       /* 16 KiB a second */
  gint64 idle_ms;         /* 75 s between an answer and the next request */
  gint64 stall_ms;        /* 30 s in which the peer takes less than 16 KiB of what is to be sent */
  gint64 silence_ms;      /* 60 s in which a WebSocket peer sends nothing, not even a pong */
  guint  ping_s;          /* 20 s between our pings */
  gsize  max_message;     /* 64 KiB of a message from a WebSocket peer, in however many frames */
} WdDoorSettings;

/* For the metrics: all but `open` and `sockets` only ever rise. */
typedef struct
{
  guint   open;    /* connections now */
  guint   sockets; /* of these WebSockets */
  guint64 accepted;
  guint64 turned_away; /* over a limit of connections */
  guint64 requests;    /* heads that passed the guard */
  guint64 bad_heads;
  guint64 timed_out;
  guint64 bytes_in;
  guint64 bytes_out;
} WdDoorStats;

#define WD_TYPE_DOOR (wd_door_get_type ())
G_DECLARE_FINAL_TYPE (WdDoor, wd_door, WD, DOOR, GObject)

/* `settings` may be NULL. */
WdDoor *wd_door_new (const WdDoorSettings *settings);

/* The libsoup server behind the door: handlers go there (WdRouter does it). */
SoupServer *wd_door_get_server (WdDoor *self);

/* Speak TLS from the next connection on.  Called again (SIGHUP) it takes the
 * files anew; when they don't load, what was there before stays. */
gboolean wd_door_set_certificate (WdDoor     *self,
                                  const char *cert_file,
                                  const char *key_file,
                                  GError    **error);

/* `address` is "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:0": numeric, port 0
 * takes a free one. */
gboolean wd_door_listen (WdDoor     *self,
                         const char *address,
                         GError    **error);

/* A socket file (made with mode 0600, a stale one replaced) for the
 * administrator of this computer: plain HTTP, peers are marked local. */
gboolean wd_door_listen_local (WdDoor     *self,
                               const char *path,
                               GError    **error);

/* "http://127.0.0.1:8080": the first address listened on, with its real port. */
char *wd_door_dup_uri (WdDoor *self);

/* Ends well: accepts no more, answers what is in flight (each with
 * `Connection: close`), closes idle connections and, with code 1001,
 * WebSockets; what is left after `limit_ms` is cut.  Finish gives FALSE with
 * G_IO_ERROR_TIMED_OUT when something had to be cut. */
void     wd_door_drain_async (WdDoor             *self,
                              gint64              limit_ms,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
gboolean wd_door_drain_finish (WdDoor       *self,
                               GAsyncResult *result,
                               GError      **error);

gboolean wd_door_is_draining (WdDoor *self);

void wd_door_get_stats (WdDoor      *self,
                        WdDoorStats *stats);

G_END_DECLS
