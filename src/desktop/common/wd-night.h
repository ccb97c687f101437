/* wd-night.h — dark from 19:00 to 07:00 of this computer where the setting `night` asks for it, else as the system is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @hour: 0 to 23 */
gboolean wd_night_is_at (int hour);

/* Keeps the program's colours with the setting and the hour until it is freed. */
typedef struct _WdNight WdNight;

WdNight *wd_night_new (void);
void     wd_night_free (WdNight *night);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdNight, wd_night_free)

G_END_DECLS
