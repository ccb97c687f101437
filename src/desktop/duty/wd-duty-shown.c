/* wd-duty-shown.c — what is on the screen: the centre is told so (P1)
 *
 * Once for each time that an order was sent here, and again when the page comes to the front.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-duty-private.h"

void
_wd_duty_tell_shown (WdDutyPage *self, WdOrderItem *item)
{
  const WdOrder        *order = wd_order_item_get_order (item);
  gint64                sent = order != NULL && order->delivery != NULL ? order->delivery->sent : 0;
  gint64               *told = order != NULL ? g_hash_table_lookup (self->told, order->id) : NULL;
  g_autoptr (WdCommand) command = NULL;

  if (order == NULL || (order->delivery != NULL && order->delivery->shown != 0) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (told != NULL && *told == sent)
    return;
  told = g_memdup2 (&sent, sizeof sent);
  g_hash_table_replace (self->told, g_strdup (order->id), told);
  command = wd_desk_command (WD_VERB_RECEIPT, order->id, wd_members_of_text ("what", "shown"));
  wd_desk_give (self->desk, command, 0, NULL);
}
