/* wd-order-head.c — the head of an order's page: what it is, how it stands, who else has it open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-page-private.h"

#include "wd-format.h"
#include "wd-standing.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

static void
add_tag (WdOrderPage *self, const char *words, const char *css_class)
{
  GtkWidget *tag = gtk_label_new (words);

  gtk_widget_add_css_class (tag, "tag");
  if (css_class != NULL)
    gtk_widget_add_css_class (tag, css_class);
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_box_append (self->tags, tag);
}

static void
show_tags (WdOrderPage *self, const WdOrder *order)
{
  GtkWidget *tag;

  while ((tag = gtk_widget_get_first_child (GTK_WIDGET (self->tags))) != NULL)
    gtk_box_remove (self->tags, tag);
  add_tag (self, wd_term_state (order->state), NULL);
  if (order->supervised)
    add_tag (self, _ ("supervised"), "inverted");
  if (order->returned != NULL)
    add_tag (self, _ ("return to be ruled on"), "breach");
  if (order->rework > 0)
    {
      g_autofree char *words = g_strdup_printf (_ ("done again %d"), (int)order->rework);

      add_tag (self, words, "warn");
    }
  if (order->calls > 1)
    {
      g_autofree char *words = g_strdup_printf (_ ("call %d"), (int)order->calls);

      add_tag (self, words, "warn");
    }
  if (wd_channel_is_platform (order->channel))
    {
      g_autofree char *words = g_strdup_printf (_ ("passed on by %s"), wd_term_channel (order->channel));

      add_tag (self, words, NULL);
    }
  if (wd_order_item_is_unconfirmed (self->item))
    add_tag (self, _ ("not yet sent"), "dashed");
}

static void
show_symbol (WdOrderPage *self, const WdOrder *order)
{
  gboolean                 dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  WdSymbolState            state = wd_standing_of (self->desk, self->item, wd_desk_now (self->desk), NULL);
  g_autoptr (GdkPaintable) symbol = wd_symbol_paintable_new (order->category, state, 26, dark);

  gtk_image_set_from_paintable (self->symbol, symbol);
}

void
_wd_order_page_show_head (WdOrderPage *self, const WdOrder *order)
{
  const WdCategory *category = wd_desk_get_category (self->desk, order->category);
  g_autofree char  *number = wd_format_number (order->number);
  g_autofree char  *title = g_strdup_printf ("%s · %s", category != NULL ? category->name : order->category, order->text != NULL ? order->text : "");
  g_autofree char  *point = wd_point_is_set (&order->point) ? g_strdup_printf (" · %.4f, %.4f", order->point.lon, order->point.lat) : g_strdup ("");
  g_autofree char  *where = g_strconcat (order->address != NULL ? order->address : "", point, NULL);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->where, where);
  show_tags (self, order);
}

/* So that two do not work on one unawares. */
void
_wd_order_page_show_viewers (WdOrderPage *self)
{
  g_auto (GStrv)   names = self->id != NULL ? wd_desk_list_viewers (self->desk, self->id) : NULL;
  gboolean         any = names != NULL && names[0] != NULL;
  g_autofree char *all = any ? g_strjoinv (_ (", "), names) : NULL;
  /* Translators: names of colleagues. */
  g_autofree char *words = any ? g_strdup_printf (_ ("%s has this order open too"), all) : NULL;

  if (any && g_strcmp0 (words, gtk_label_get_label (self->viewers)) != 0)
    gtk_label_set_label (self->viewers, words);
  gtk_widget_set_visible (GTK_WIDGET (self->viewers), any);
}

void
_wd_order_page_show_steps (WdOrderPage *self)
{
  const WdOrder        *order = _wd_order_page_get_order (self);
  g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));

  if (order == NULL)
    return;
  show_symbol (self, order);
  wd_step_bar_show (self->steps, order, zone, wd_desk_now (self->desk));
}
