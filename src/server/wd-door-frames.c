/* wd-door-frames.c — how much a WebSocket's peer has sent of a message that it has not finished
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-door-frames.h"

#define FINAL 0x80
#define CONTROL 0x08
#define MASK_LENGTH 4
#define LARGEST (G_GUINT64_CONSTANT (1) << 62) /* more is said by nobody in earnest */

static guint
head_length (const WdDoorFrames *self)
{
  guint size = self->have < 2 ? 0 : self->head[1] & 0x7f;

  return size == 127 ? 10 : size == 126 ? 4
                                        : 2;
}

static guint64
payload_length (const WdDoorFrames *self)
{
  guint64 length = 0;

  if (self->have == 2)
    return self->head[1] & 0x7f;
  for (guint i = 2; i < self->have; i++)
    length = length << 8 | self->head[i];
  return MIN (length, LARGEST);
}

static void
begin_frame (WdDoorFrames *self)
{
  self->left = MASK_LENGTH + payload_length (self);
  if (!(self->head[0] & CONTROL))
    self->message = MIN (self->message + payload_length (self), LARGEST);
}

static void
end_frame (WdDoorFrames *self)
{
  if ((self->head[0] & FINAL) && !(self->head[0] & CONTROL))
    self->message = 0;
  self->have = 0;
}

guint64
wd_door_frames_count (WdDoorFrames *self, const guint8 *data, gsize length)
{
  guint64 most = 0;

  while (length > 0)
    {
      gsize step = 1;

      if (self->left > 0)
        {
          step = MIN (self->left, length);
          self->left -= step;
        }
      else
        {
          self->head[self->have++] = *data;
          if (self->have == head_length (self))
            begin_frame (self);
        }
      most = MAX (most, self->message);
      if (self->left == 0 && self->have >= 2 && self->have == head_length (self))
        end_frame (self);
      data += step;
      length -= step;
    }
  return most;
}
