/* wd-window.h — the window of one desk: sign-in, then the page of its role
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_WINDOW (wd_window_get_type ())
G_DECLARE_FINAL_TYPE (WdWindow, wd_window, WD, WINDOW, AdwApplicationWindow)

/* @server, @user: (nullable): what sign-in begins with.
 * @password: (nullable): signs in at once (the demo)
 *
 * Returns: (nullable): NULL where another window has that pair: it was raised */
GtkWidget *wd_window_new (AdwApplication *application, const char *server, const char *user, const char *password);

G_END_DECLS
