/* wd-area-link.h — orders hung on an outage or a quality case (挂接), by drop, by key, or all that lie inside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-ask-dialog.h"
#include "wd-desk.h"

G_BEGIN_DECLS

/* Why none of @ids may be linked to @area; NULL where one may. */
char *wd_area_link_refusal (WdDesk *desk, const char *const *ids, const char *area);

/* Links those that are not yet; they can be taken back for five seconds.
 * @words: (out): what was done, or why nothing was.  Returns: (transfer full): the commands given, NULL-terminated */
GStrv wd_area_link (WdDesk *desk, const char *const *ids, const char *area, char **words);

/* Ids of the open orders inside that are not linked yet.  (transfer full) */
GStrv wd_area_list_unlinked (WdDesk *desk, WdAreaItem *item);
/* Of @inside (element-type WdOrderItem); @area NULL: there is none yet, so no order is linked to it.  (transfer full) */
GStrv wd_area_pick_unlinked (WdDesk *desk, GPtrArray *inside, const char *area);

/* To which one?  Those around the first order come first.  NULL where there is none. */
WdAskDialog *wd_area_ask_which (GtkWidget *over, WdDesk *desk, const char *const *ids);
/* The one that was chosen.  (transfer none) */
const char *wd_area_asked_which (WdAskDialog *dialog);

G_END_DECLS
