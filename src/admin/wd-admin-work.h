/* wd-admin-work.h — gets work done, by a running server or by itself
 *
 * Private to admin/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-admin.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Each line that the work says, parsed. */
typedef void (*WdAdminLine) (JsonObject *line, gpointer data);

/* @args: (element-type utf8 utf8); @fd: what is sent along, -1 for nothing.
 * FALSE where the work could not be handed over or broke off; its own errors are a line. */
gboolean wd_admin_work (const WdAdminOptions *options, const char *what, GHashTable *args, int fd, WdAdminLine line, gpointer data, GError **error);

/* The folder that a store lies in: its data directory, where none is named. */
char *wd_admin_store_folder (const char *url);
/* Restores @file; the store must not be there yet, the key file must. */
gboolean wd_admin_restore (const WdAdminOptions *options, const char *file, GError **error);

G_END_DECLS
