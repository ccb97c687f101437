/* wd-board-recent.c — what was dispatched last, and how far it has come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-format.h"
#include "wd-order-row.h"
#include "wd-standing.h"

#include <glib/gi18n.h>

#define ROWS 5

static gint64
sent_at (WdOrderItem *item)
{
  const WdOrder *order = wd_order_item_get_order (item);

  return order != NULL && order->unit != NULL && order->delivery != NULL ? order->delivery->sent : 0;
}

static void
take_cb (WdOrderItem *item, gpointer data)
{
  GPtrArray *newest = data;
  gint64     sent = sent_at (item);
  guint      at = newest->len;

  while (at > 0 && sent_at (newest->pdata[at - 1]) < sent)
    at--;
  if (sent == 0 || at == ROWS)
    return;
  g_ptr_array_insert (newest, (int)at, g_object_ref (item));
  g_ptr_array_set_size (newest, MIN ((int)newest->len, ROWS));
}

/* Where one of the last is none any more, another one takes its place. */
void
_wd_board_page_note_recent (WdBoardPage *self, const char *id)
{
  WdOrderItem *item = wd_desk_get_order (self->desk, id);
  gboolean     was = FALSE;

  for (guint i = 0; i < self->newest->len && !was; i++)
    if ((was = g_str_equal (wd_order_item_get_id (self->newest->pdata[i]), id)))
      g_ptr_array_remove_index (self->newest, i);
  if (item != NULL && sent_at (item) != 0)
    take_cb (item, self->newest);
  else if (was)
    self->newest_unknown = TRUE;
}

/* Accepted: how long that took. */
static char *
truth (const WdOrderRowContent *content, gint64 now)
{
  const WdOrder *order = content->order;
  const char    *words = wd_order_row_delivery (content, now);

  for (guint i = order->clocks->len; i > 0 && order->state != WD_STATE_DISPATCHED; i--)
    {
      const WdClock *clock = order->clocks->pdata[i - 1];

      if (g_str_equal (clock->rule, "accept") && clock->stopped_at != 0)
        {
          g_autofree char *took = wd_format_countdown (clock->stopped_at, clock->started_at);

          return g_strdup_printf ("%s %s", words, took);
        }
    }
  return g_strdup (words);
}

static const char *
urgency (const WdOrder *order, const WdPolicy *policy, gint64 now)
{
  const WdClock *clock = order->state == WD_STATE_DISPATCHED ? wd_order_clock (order, "accept") : NULL;

  if (clock == NULL || clock->due_at == 0)
    return "secondary";
  if (now > clock->due_at)
    return "late";
  return now >= wd_standing_warn_time (policy, clock) ? "soon" : "secondary";
}

static GtkWidget *
make_label (const char *words, const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_row (WdBoardPage *self, WdOrderItem *item, gint64 now)
{
  const WdOrder        *order = wd_order_item_get_order (item);
  const WdCategory     *category = wd_desk_get_category (self->desk, order->category);
  const WdPolicy       *policy = wd_desk_get_policy (self->desk, order->policy);
  WdUnitItem           *unit = wd_desk_get_unit (self->desk, order->unit);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
  g_autofree char      *time = wd_format_time (order->delivery->sent, zone);
  g_autofree char      *number = wd_format_number (order->number);
  g_autofree char      *name = unit != NULL ? wd_format_short_name (wd_unit_item_get_unit (unit)->name) : g_strdup (order->unit);
  g_autofree char      *what = g_strdup_printf ("%s %s", number, category != NULL ? category->name : order->category);
  g_autofree char      *where = g_strdup_printf ("→ %s", name);
  WdOrderRowContent     content = { .order = order, .policy = policy, .manned = unit != NULL ? wd_unit_item_get_manned (unit) : WD_MANNED_UNKNOWN };
  g_autofree char      *far = truth (&content, now);
  g_autofree char      *words = g_strdup_printf (_ ("%1$s, %2$s, %3$s, %4$s"), time, what, where, far);
  GtkWidget            *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "spacing", 10, NULL);
  GtkWidget            *to = make_label (where, "small-text"), *end = make_label (far, urgency (order, policy, now));

  gtk_widget_set_hexpand (to, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (to), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (row), make_label (time, "secondary"));
  gtk_box_append (GTK_BOX (row), make_label (what, "small-text"));
  gtk_box_append (GTK_BOX (row), to);
  gtk_box_append (GTK_BOX (row), end);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return row;
}

/* One of them may be without its order: all orders are others, which is told a little later. */
void
_wd_board_page_show_recent (WdBoardPage *self)
{
  GtkWidget *child;

  if (self->newest_unknown)
    {
      g_ptr_array_set_size (self->newest, 0);
      wd_desk_foreach_order (self->desk, take_cb, self->newest);
      self->newest_unknown = FALSE;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent_rows))) != NULL)
    gtk_box_remove (self->recent_rows, child);
  for (guint i = 0; i < self->newest->len; i++)
    if (sent_at (self->newest->pdata[i]) != 0)
      gtk_box_append (self->recent_rows, make_row (self, self->newest->pdata[i], wd_desk_now (self->desk)));
}

/* Cards come first: they are what orders are dropped on. */
void
_wd_board_page_fit_recent (WdBoardPage *self)
{
  gboolean any = gtk_widget_get_first_child (GTK_WIDGET (self->recent_rows)) != NULL;
  int      room = gtk_widget_get_height (self->cards_scroll), narrowest, wide, cards, own;

  gtk_widget_measure (GTK_WIDGET (self->cards), GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  wide = MAX (narrowest, gtk_widget_get_width (GTK_WIDGET (self->cards)));
  if (gtk_widget_get_visible (self->recent))
    room += gtk_widget_get_height (self->recent);
  gtk_widget_measure (GTK_WIDGET (self->cards), GTK_ORIENTATION_VERTICAL, wide, &cards, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->recent_rows), GTK_ORIENTATION_VERTICAL, -1, &own, NULL, NULL, NULL);
  gtk_widget_set_visible (self->recent, any && room >= cards + own + 30);
}
