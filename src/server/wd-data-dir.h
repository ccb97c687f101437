/* wd-data-dir.h — the server's folder: whose it is, and its first start
 *
 *   store.db, store.db.lock   the default store
 *   key                       the key file (0600)
 *   control                   socket for the administrator of this computer (0600)
 *   first-password            the administrator's one-time password, until the first sign-in (0600)
 *   heads                     the chain's head, hourly and at a clean end (0600); see wd-heads.h
 *   demo                      marks a folder made by --demo; holds its pace: the speed, and how far its time had come
 *   tiles-light.mbtiles, …    the basemap
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger.h"

G_BEGIN_DECLS

/* How time runs. */
typedef struct
{
  double speed; /* times as fast as real time */
  gint64 time;  /* a demo's at its last look at the clock, 0 for none: its next start goes on from there */
} WdPace;

/* Makes the folder (0700) where it is missing, and marks a new demo's.
 * @demo: (inout): in: --demo was given; out: the folder is a demo's
 * @pace: (inout): in: its speed: --speed or 0; out: how to run
 * Errors: G_IO_ERROR_INVALID_ARGUMENT for --demo on a folder that holds other data, --speed on no demo. */
gboolean wd_data_dir_open (const char *dir, gboolean *demo, WdPace *pace, GError **error);

/* Once the store is ours: how the demo's time runs, and how far it has come. */
gboolean wd_data_dir_keep_pace (const char *dir, const WdPace *pace, GError **error);

/* An empty store gets the administrator `admin`, whose one-time password goes to DIR/first-password. */
gboolean wd_data_dir_first_start (const char *dir, WdLedger *ledger, gint64 now, GError **error);

G_END_DECLS
