/* wd-demo-server.h — a demo server of this desktop's own, for `waterdesk --demo`
 *
 * The program waterdeskd that lies beside this one, in a folder of its own, on a free port of this
 * computer; it ends with the desktop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WdDemoServer WdDemoServer;

void          wd_demo_server_start_async (GAsyncReadyCallback callback, gpointer data);
WdDemoServer *wd_demo_server_start_finish (GAsyncResult *result, GError **error);
const char   *wd_demo_server_get_url (WdDemoServer *self);
void          wd_demo_server_stop (WdDemoServer *self);

G_END_DECLS
