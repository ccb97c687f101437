/* wd-pipe.h — the diameter of a pipe as people write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* DN400, dn 400, 400, 400 mm, 400毫米, ＤＮ４００.  Blank text is no diameter: @mm is 0.
 * Returns: FALSE where it is none that the server takes; @mm is 0 */
gboolean wd_pipe_read (const char *text, gint64 *mm);

G_END_DECLS
