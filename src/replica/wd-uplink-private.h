/* wd-uplink-private.h — what only the desk asks of its link
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-news.h"

G_BEGIN_DECLS

/* Called on the main thread with each piece of news, which it may take things out of.  Set before wd_uplink_start(). */
typedef void (*WdUplinkListener) (WdNews *news, gpointer data);
void wd_uplink_listen (WdUplink *self, WdUplinkListener listener, gpointer data);
void wd_uplink_start (WdUplink *self, const char *token);

/* From the link's thread, by the main context.  Takes @news. */
void wd_uplink_hear (WdUplink *self, WdNews *news);

/* @entries (WdOutboxEntry) come for @going (nullable: ids), on disk in one step.  Takes both. */
void wd_uplink_exchange (WdUplink *self, GStrv going, GPtrArray *entries);
void wd_uplink_keep_draft (WdUplink *self, const char *id, const char *body);
void wd_uplink_undo (WdUplink *self, GStrv commands); /* takes @commands */
void wd_uplink_settle (WdUplink *self, const char *command, gboolean go_on);
void wd_uplink_end (WdUplink *self, gboolean flush, gboolean sign_out); /* WD_NEWS_ENDED follows */

/* This desk's name among all desks: what people know it by, the mark, and what makes it its own. */
#define WD_DESK_MARK '#'
const char *wd_uplink_get_desk (WdUplink *self);

/* The last hello's anchor and the server's time since; NULL before the first. */
const char *wd_uplink_get_anchor (WdUplink *self, gint64 *elapsed);

G_END_DECLS
