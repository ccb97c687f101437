/* wd-toast.h — toasts that go only once they have come
 *
 * libadwaita 1.2 frees what the coming of a toast still writes to, where the toast goes before it has come to its
 * place: taken back at once on a machine that is slow to draw, the desk would crash.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Takes @toast. */
void wd_toast_add (AdwToastOverlay *overlay, AdwToast *toast);

/* At once, or as soon as it has come. */
void wd_toast_dismiss (AdwToast *toast);

G_END_DECLS
