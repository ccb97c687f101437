/* wd-duty-page.h — the duty desk of a unit: what came, what is in hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_DUTY_PAGE (wd_duty_page_get_type ())
G_DECLARE_FINAL_TYPE (WdDutyPage, wd_duty_page, WD, DUTY_PAGE, AdwBin)

GtkWidget *wd_duty_page_new (WdDesk *desk);

G_END_DECLS
