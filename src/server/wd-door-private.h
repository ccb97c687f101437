/* wd-door-private.h — what the door, its streams and the router share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-door-frames.h"
#include "wd-door-guard.h"
#include "wd-door.h"

G_BEGIN_DECLS

/* What the peer owes, and by which time limit. */
typedef enum
{
  WD_DOOR_PHASE_HANDSHAKE, /* TLS */
  WD_DOOR_PHASE_NEW,       /* accepted, not a byte yet */
  WD_DOOR_PHASE_HEAD,      /* some of a head */
  WD_DOOR_PHASE_BODY,
  WD_DOOR_PHASE_WORK,   /* the request is here, the answer is ours to make and the peer's to take */
  WD_DOOR_PHASE_IDLE,   /* between an answer and the next request */
  WD_DOOR_PHASE_SOCKET, /* a WebSocket */
  WD_DOOR_PHASE_ENDING, /* taken from libsoup in the next moment */
  WD_DOOR_PHASE_LINGER, /* answered; what still comes is thrown away */
  WD_DOOR_PHASE_CLOSED,
} WdDoorPhase;

struct _WdDoorStream
{
  GIOStream parent_instance;

  WdDoor        *door; /* NULL once the door has forgotten this connection */
  GSocket       *socket;
  GIOStream     *base; /* the socket's connection, or TLS upon it */
  GInputStream  *input;
  GOutputStream *output;

  char    *address;
  char    *counted_as; /* the address that limits count by; NULL: not counted */
  gboolean local;
  gboolean loopback;

  WdDoorPhase phase;
  gint64      since;     /* when the phase began; monotonic milliseconds, as all times here */
  GByteArray *held;      /* came, but is not yet libsoup's */
  GBytes     *head;      /* of the request in hand */
  gsize       handed;    /* how much of it libsoup has */
  gint64      body_left; /* -1: until the chunks end */
  gint64      body_came;

  WdDoorFraming framing;

  guint64  bytes_in;
  gsize    bytes_out; /* atomic: libsoup ends chunked bodies from a thread */
  gint64   last_read;
  gint     writing;     /* atomic: such a thread waits for the peer */
  gboolean blocked;     /* the last write found no room */
  gsize    stall_taken; /* what the peer had taken when it was last seen to take enough ... */
  gint64   stall_since; /* ... and when that was; 0: nothing to take */

  SoupServerMessage       *message;    /* the latest on this connection, until it is no longer libsoup's */
  gpointer                 guest;      /* the router's, until that message is over ... */
  GDestroyNotify           guest_gone; /* ... which this tells it */
  SoupWebsocketConnection *websocket;
  gsize                    handed_over; /* to the WebSocket, in bytes_out's count */
  WdDoorFrames             frames;

  GSource *ending;
  GBytes  *answer; /* to be sent before it ends */
  GSource *linger;
  gsize    thrown_away;
};

struct _WdDoor
{
  GObject parent_instance;

  WdDoorSettings   settings;
  SoupServer      *server;
  int              dumb_end;
  GPtrArray       *listeners;
  GTlsCertificate *certificate;
  GPtrArray       *uris;
  char            *local_path;

  GHashTable *streams;   /* WdDoorStream, owned */
  GHashTable *addresses; /* counted_as -> number of connections */
  GSource    *tick;
  GTask      *drain;
  gint64      drain_until;
  guint       cut; /* by the drain's limit */

  WdDoorStats stats;
};

gint64 wd_door_now (void);

/* --- wd-door-stream.c --- */

WdDoorStream *wd_door_stream_new (WdDoor            *door,
                                  GSocketConnection *connection,
                                  gboolean           local);

void wd_door_stream_set_phase (WdDoorStream *self,
                               WdDoorPhase   phase);

/* What libsoup says of its messages on this connection. */
void wd_door_stream_adopt (WdDoorStream      *self,
                           SoupServerMessage *message);
void wd_door_stream_got_body (WdDoorStream *self);
void wd_door_stream_finished (WdDoorStream *self);

/* Hangs something on the message in hand; `gone` takes it when the message is
 * finished or its peer is. */
void wd_door_stream_attach (WdDoorStream  *self,
                            gpointer       guest,
                            GDestroyNotify gone);

/* From here on a WebSocket; called before its first byte is read. */
void wd_door_stream_upgrade (WdDoorStream            *self,
                             SoupWebsocketConnection *websocket);

/* Takes the connection from libsoup in the next moment of the main loop,
 * sends `answer` (a whole HTTP response, may be NULL) and closes. */
void wd_door_stream_end (WdDoorStream *self,
                         GBytes       *answer);

/* --- wd-door.c --- */

const WdDoorSettings *wd_door_get_settings (WdDoor *self);

/* A head passed, or did not. */
void wd_door_count_head (WdDoor  *self,
                         gboolean good);

/* Adds to the number of connections from an address, and returns it. */
guint wd_door_count_address (WdDoor     *self,
                             const char *address,
                             int         change);

/* By which a stream hangs on the address that libsoup was given. */
GQuark wd_door_stream_quark (void);

/* The stream is closed. */
void wd_door_forget (WdDoor       *self,
                     WdDoorStream *stream);

/* --- wd-door-listen.c --- */

void wd_door_listener_free (gpointer listener);
void wd_door_stop_listening (WdDoor *self);
/* After it had to be left for want of descriptors. */
void wd_door_resume_listening (WdDoor *self);

/* --- wd-door-answer.c --- */

/* The words beside a status code. */
const char *wd_door_phrase (guint status);

/* A whole response with `Connection: close`; `fields` are lines with CRLF, or NULL. */
GBytes *wd_door_answer_new (guint       status,
                            const char *fields,
                            const char *content_type,
                            GBytes     *body);

G_END_DECLS
