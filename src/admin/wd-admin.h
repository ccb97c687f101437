/* wd-admin.h — waterdeskctl: the administrator's commands
 *
 * Work is handed to the server that holds the store, through DIR/control; where
 * none runs, the store is opened here.  Either way it is wd-work.h of ledger/ that does it and
 * its lines that are shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As given on the command line; NULL where it was not. */
typedef struct
{
  char    *data_dir;
  char    *store;
  char    *key_file;
  char    *role;
  char    *unit;
  char    *display;
  char    *theme;
  char    *callers;
  gboolean state;
} WdAdminOptions;

#define WD_ADMIN_DONE 0
#define WD_ADMIN_FAILED 1
#define WD_ADMIN_USAGE 2

/* @words: the command, as `import orders FILE`.  Returns: the exit status; what is wrong was printed. */
int wd_admin_run (WdAdminOptions *options, GStrv words);

/* The commands that there are, for --help.  (transfer full) */
char *wd_admin_summary (void);

G_END_DECLS
