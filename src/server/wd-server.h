/* wd-server.h — the central server: its parts put together, from start to drain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_SPEED_ABSENT (-G_MAXDOUBLE) /* as it was, or 1 */

/* The command line of waterdeskd (api §2); NULL members have their defaults. */
typedef struct
{
  char    *data_dir;
  char    *store;
  char    *key_file;
  char    *listen;
  char    *tls_cert;
  char    *tls_key;
  gboolean demo;
  double   speed; /* or WD_SPEED_ABSENT */
  int      batch; /* requests in one transaction; for measuring */

  /* seconds after which a desk counts as such (WdPresenceSettings) */
  int away;
  int unmanned;
  int offline;
} WdServerOptions;

/* Serves until SIGTERM or SIGINT, then drains.  Prints `listening on URL` on
 * standard output when ready.  Returns: FALSE when it could not start. */
gboolean wd_server_run (const WdServerOptions *options, GError **error);

G_END_DECLS
