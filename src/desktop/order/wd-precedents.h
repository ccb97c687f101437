/* wd-precedents.h — how returns of orders of one category were ruled on before
 *
 * Looks at what it is offered and keeps the few that say most: rulings on the same unit's returns first, then the newest.
 * Nothing is copied: what it holds is good as long as the orders offered are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-order.h"

G_BEGIN_DECLS

#define WD_PRECEDENTS_MAX 4

typedef struct
{
  const WdOrder  *order;
  const WdRuling *ruling;
} WdPrecedent;

/* Texts are only lent. */
typedef struct
{
  const char *category;
  const char *returner; /* code of the unit whose return waits */
  WdPrecedent best[WD_PRECEDENTS_MAX];
  guint       n;
} WdPrecedents;

void wd_precedents_offer (WdPrecedents *self, const WdOrder *order);

G_END_DECLS
