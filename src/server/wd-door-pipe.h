/* wd-door-pipe.h — the two directions of a WdDoorStream
 *
 * Both only borrow their owner, which detaches them when it goes first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-door-private.h"

G_BEGIN_DECLS

#define WD_TYPE_DOOR_INPUT (wd_door_input_get_type ())
G_DECLARE_FINAL_TYPE (WdDoorInput, wd_door_input, WD, DOOR_INPUT, GInputStream)

#define WD_TYPE_DOOR_OUTPUT (wd_door_output_get_type ())
G_DECLARE_FINAL_TYPE (WdDoorOutput, wd_door_output, WD, DOOR_OUTPUT, GOutputStream)

GInputStream  *wd_door_input_new (WdDoorStream *owner);
GOutputStream *wd_door_output_new (WdDoorStream *owner);

void wd_door_input_detach (GInputStream *input);
void wd_door_output_detach (GOutputStream *output);

G_END_DECLS
