/* wd-spool.h — a body on its way into a file, written off the main loop
 *
 * The file has no name: it is gone with its descriptor, also after a crash.  What comes is gathered in memory
 * first; once there is enough of it a thread writes it, and whoever gives waits until it has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WdSpool WdSpool;

/* @folder: where the file is to lie */
WdSpool *wd_spool_new (const char *folder);
void     wd_spool_free (WdSpool *self);

/* Takes a piece.  Returns: whether it is time for wd_spool_write_async(), before the next piece. */
gboolean wd_spool_add (WdSpool *self, GBytes *piece);

/* Writes what was gathered; nothing else may be done with @self until it is finished.
 * Errors: G_IO_ERROR, as the disk gives them */
void     wd_spool_write_async (WdSpool *self, GAsyncReadyCallback callback, gpointer data);
gboolean wd_spool_write_finish (GAsyncResult *result, GError **error);

/* On any thread, once all is given: writes the rest, which may wait for the disk.
 * Returns: the descriptor, at offset 0 (it stays the spool's), -1 on errors of the disk */
int wd_spool_rewind (WdSpool *self);

G_END_DECLS
