/* wd-viewer.h — one live reader: its socket, and what it has heard
 *
 * For wd-live*.c alone.  Main thread, but for the counted references and what
 * never changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-live.h"

G_BEGIN_DECLS

#define WD_CLOSE_RESYNC 4001 /* too far behind, or reading too slowly: use `changes` */

typedef struct
{
  gatomicrefcount refs;
  WdLive         *live;
  WdActor        *actor;
  GStrv           readers;
  char           *view;
  guint64         session;

  /* main thread only */
  WdDoorStream *stream;
  WdDesk       *desk;
  gint64        told;    /* the seq of the last batch sent: the `since` of the next */
  gint64        covered; /* nothing at or below it is still to come: at least `told` */
  gboolean      catching_up;
  GQueue        waiting; /* WdFeedBatch that came meanwhile */
  gboolean      asking;  /* who may know what its desk views is being read */
  gboolean      over;
} WdViewer;

/* @since: has heard all up to here */
WdViewer *wd_viewer_new (WdLive *live, WdDoorStream *stream, const WdActor *actor, guint64 session, gint64 since);
WdViewer *wd_viewer_ref (WdViewer *viewer);
void      wd_viewer_unref (WdViewer *viewer);

/* Sends, or cuts off who does not take it. */
void wd_viewer_send (WdViewer *viewer, GBytes *message);
void wd_viewer_close (WdViewer *viewer, gushort code, const char *reason);

/* Milliseconds in which nothing came from it. */
gint64 wd_viewer_silence (WdViewer *viewer);

/* Messages of one batch, made once for all who stand at the same place with the same rights. */
GHashTable *wd_viewer_messages_new (void);
void        wd_viewer_hear (WdViewer *viewer, WdFeedBatch *batch, GHashTable *messages);

/* All that waited, from now on each batch as it comes. */
void wd_viewer_caught_up (WdViewer *viewer);

/* --- wd-live-read.c: what is read of the store for viewers, in workers --- */

typedef struct _WdLiveRead WdLiveRead;

WdLiveRead *wd_live_read_new (WdReaders *readers, WdServerClock *clock);
void        wd_live_read_free (WdLiveRead *read);

/* What it missed, then wd_viewer_caught_up(); or it is closed. */
void wd_live_read_missed (WdLiveRead *read, WdViewer *viewer);

/* Who may be told what its desk views: each time that changed. */
void wd_live_read_viewing (WdLiveRead *read, WdViewer *viewer);

G_END_DECLS
