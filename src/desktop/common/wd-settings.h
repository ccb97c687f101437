/* wd-settings.h — what the program remembers of how it is used here: GSettings, by data/org.waterdesk.Waterdesk.gschema.xml
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): NULL where the schema is not installed: nothing is remembered then */
GSettings *wd_settings_new (void);

G_END_DECLS
