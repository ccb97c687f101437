/* wd-map-signals.h — the signals that the map's layer gives and the view passes on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For class_init: adds them all to @type (see wd-map-layer.h). */
void wd_map_signals_add (GType type);

/* What @from emits, @to emits, and its answer is that of @from. @to: not kept alive. */
void wd_map_signals_relay (GObject *from,
                           GObject *to);

G_END_DECLS
