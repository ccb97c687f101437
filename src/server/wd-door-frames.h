/* wd-door-frames.h — how much a WebSocket's peer has sent of a message that it has not finished
 *
 * libsoup bounds a frame, not the frames of one message.  Only their heads are
 * looked at here; whether they are right is libsoup's to say.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint8  head[10];
  guint   have;    /* bytes of the head */
  guint64 left;    /* bytes of the frame's mask and payload still to come */
  guint64 message; /* announced bytes of the unfinished message */
} WdDoorFrames;

/* Takes the next bytes (all zero from the start); returns what the unfinished
 * message comes to with the frame that has begun, whole or not. */
guint64 wd_door_frames_count (WdDoorFrames *self,
                              const guint8 *data,
                              gsize         length);

G_END_DECLS
