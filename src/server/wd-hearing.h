/* wd-hearing.h — when a session could hear the server, and when it was deaf (api §4, P2)
 *
 * What was entered while a desk was cut off may be believed to have happened
 * then.  A socket alone says little: one whose cable was cut stays open until
 * its silence is noticed.  So what counts is when something was last heard from
 * it.  Times are the house's; `boot` is the boot clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint   sockets;
  gint64  heard;  /* the last time that anything came from one; 0 = never */
  gint64  lively; /* boot clock: when one was last known not to be silent for too long */
  GArray *gaps;   /* pairs of gint64: deaf from, until; the latest last */
} WdHearing;

/* @heard: as it was stored */
void wd_hearing_init (WdHearing *hearing, gint64 heard);
void wd_hearing_clear (WdHearing *hearing);

void wd_hearing_open (WdHearing *hearing, gint64 now, gint64 boot);
void wd_hearing_close (WdHearing *hearing);

/* Told of each socket each second, and once more before it closes: something came from it at @heard. */
void wd_hearing_note (WdHearing *hearing, gint64 heard, gboolean lively, gint64 boot);

gboolean wd_hearing_was_deaf (const WdHearing *hearing, gint64 at, gint64 boot);

G_END_DECLS
