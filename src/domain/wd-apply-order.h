/* wd-apply-order.h — what becomes of an order by an event
 *
 * Private to domain/.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-event.h"
#include "wd-outage.h"
#include "wd-policy.h"

G_BEGIN_DECLS

/* @order: (transfer full) (nullable): NULL for its first event.  Returns: (transfer full) */
WdOrder *wd_order_apply (WdOrder *order, const WdEvent *event, const WdPolicy *policy);

/* The same for an outage, a quality case and a call.  wd-apply-area.c */
WdOutage  *wd_outage_apply (WdOutage *outage, const WdEvent *event, const WdPolicy *policy);
WdQuality *wd_quality_apply (WdQuality *quality, const WdEvent *event);
WdCall    *wd_call_apply (WdCall *call, const WdEvent *event);

/* The body is everybody's: who is behind it lies in the event's box alone. */
void wd_caller_mask (WdCaller **caller);

/* Copies the members of @event that have a field of the same name in @record. */
void wd_record_take_members (const WdRecordType *type, gpointer record, const WdEvent *event);

G_END_DECLS
