/* wd-data-dir.h — the server's folder: whose it is, and its first start
 *
 *   store.db, store.db.lock   the default store
 *   key                       the key file (0600)
 *   control                   socket for the administrator of this computer (0600)
 *   first-password            the administrator's one-time password, until the first sign-in (0600)
 *   heads                     the chain's head, hourly and at a clean end (0600); see wd-heads.h
 *   demo                      marks a folder made by --demo; holds the speed
 *   tiles-light.mbtiles, …    the basemap
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ledger.h"

G_BEGIN_DECLS

/* Makes the folder (0700) where it is missing, and marks a new demo's.
 * @demo: (inout): in: --demo was given; out: the folder is a demo's
 * @speed: (inout): in: --speed or 0; out: the speed to run at
 * Errors: G_IO_ERROR_INVALID_ARGUMENT for --demo on a folder that holds other data, --speed on no demo. */
gboolean wd_data_dir_open (const char *dir, gboolean *demo, double *speed, GError **error);

/* Once the store is ours: what speed the demo runs at from now on. */
gboolean wd_data_dir_keep_speed (const char *dir, double speed, GError **error);

/* An empty store gets the administrator `admin`, whose one-time password goes to DIR/first-password. */
gboolean wd_data_dir_first_start (const char *dir, WdLedger *ledger, gint64 now, GError **error);

G_END_DECLS
