/* wd-precedents.c — how returns of orders of one category were ruled on before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-precedents.h"

static gboolean
says_more (const WdPrecedents *self, const WdRuling *ruling, const WdRuling *than)
{
  gboolean same = g_strcmp0 (ruling->returner, self->returner) == 0;

  if (same != (g_strcmp0 (than->returner, self->returner) == 0))
    return same;
  return ruling->at > than->at;
}

static void
offer_ruling (WdPrecedents *self, const WdOrder *order, const WdRuling *ruling)
{
  guint at = self->n;

  while (at > 0 && says_more (self, ruling, self->best[at - 1].ruling))
    at--;
  if (at == WD_PRECEDENTS_MAX)
    return;
  self->n = MIN (self->n + 1, WD_PRECEDENTS_MAX);
  for (guint i = self->n - 1; i > at; i--)
    self->best[i] = self->best[i - 1];
  self->best[at] = (WdPrecedent){ order, ruling };
}

void
wd_precedents_offer (WdPrecedents *self, const WdOrder *order)
{
  if (order->rulings->len == 0 || g_strcmp0 (order->category, self->category) != 0)
    return;
  for (guint i = 0; i < order->rulings->len; i++)
    offer_ruling (self, order, order->rulings->pdata[i]);
}
