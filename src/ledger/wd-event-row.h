/* wd-event-row.h — an event as its row, and back
 *
 * Private members are sealed one by one; what an erased box held is simply
 * not among the members any more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-box.h"
#include "wd-event.h"
#include "wd-store.h"

G_BEGIN_DECLS

/* The first columns of a row that wd_event_from_row() reads. */
#define WD_EVENT_COLUMNS "seq, verb, kind, object, at, entered_at, by_user, by_unit, data, boxes"
#define WD_EVENT_N_COLUMNS 10

/* Nick of the kind as the store keeps it, "" for WD_OBJECT_NONE; and back. */
const char  *wd_kind_to_text (WdObjectKind kind);
WdObjectKind wd_kind_from_text (const char *text);

/* The public members as the store keeps them. */
char *wd_event_data (const WdEvent *event);

/* The private members, each in a box named `SEQ.FIELD`, in the order of the verb's table.
 * Returns: (transfer full) (element-type WdBox): empty where there is none */
GPtrArray *wd_event_seal (const WdEvent *event, GBytes *object_key);

/* Returns: (transfer full): without its private members.  @boxes: (out) (optional) (element-type WdBox): their names. */
WdEvent *wd_event_from_row (const WdRows *rows, guint row, GPtrArray **boxes, GError **error);

/* Takes the private members from those of @boxes that have `sealed`. */
gboolean wd_event_unseal (WdEvent *event, GPtrArray *boxes, GBytes *object_key, GError **error);

G_END_DECLS
