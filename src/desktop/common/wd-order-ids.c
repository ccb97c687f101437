/* wd-order-ids.c — what a drag of orders carries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-order-ids.h"

#include "wd-text-scale.h"

#include <math.h>

#define ICON_SIZE 40   /* for text as it was designed … */
#define SYMBOL_SIZE 36 /* … as the symbol in it */
#define ICON_MARGIN 6  /* of .wd-drag-icon.floating, for its shadow */
#define ICON_GAP 6     /* between the icon and the pointer */

typedef char *WdOrderIds;

G_DEFINE_BOXED_TYPE (WdOrderIds, wd_order_ids, g_strdupv, g_strfreev)

GdkContentProvider *
wd_order_ids_provider_new (const char *const *ids)
{
  return gdk_content_provider_new_typed (WD_TYPE_ORDER_IDS, ids);
}

/* What has a symbol in it is as large as text is wanted. */
static int
enlarge (int pixels)
{
  return (int)lround (pixels * wd_text_scale_get ());
}

void
wd_order_ids_set_drag_icon (GdkDrag      *drag,
                            GdkPaintable *symbol,
                            guint         n_orders)
{
  gboolean   floating = gdk_display_is_composited (gdk_drag_get_display (drag));
  GtkWidget *icon = gtk_overlay_new ();
  GtkWidget *image = gtk_image_new_from_paintable (symbol);

  gtk_image_set_pixel_size (GTK_IMAGE (image), enlarge (SYMBOL_SIZE));
  gtk_widget_add_css_class (icon, "wd-drag-icon");
  if (floating)
    gtk_widget_add_css_class (icon, "floating");
  gtk_widget_set_size_request (icon, enlarge (ICON_SIZE), enlarge (ICON_SIZE));
  gtk_overlay_set_child (GTK_OVERLAY (icon), image);

  if (n_orders > 1)
    {
      g_autofree char *text = g_strdup_printf ("%u", n_orders);
      GtkWidget       *count = gtk_label_new (text);

      gtk_widget_add_css_class (count, "count");
      gtk_widget_set_halign (count, GTK_ALIGN_END);
      gtk_widget_set_valign (count, GTK_ALIGN_START);
      gtk_overlay_add_overlay (GTK_OVERLAY (icon), count);
    }

  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), icon);
  wd_order_ids_set_icon_aside (drag, 0);
}

void
wd_order_ids_set_icon_aside (GdkDrag *drag,
                             int      pixels)
{
  int margin = gdk_display_is_composited (gdk_drag_get_display (drag)) ? ICON_MARGIN : 0;

  gdk_drag_set_hotspot (drag, margin + enlarge (ICON_SIZE) + ICON_GAP + pixels, margin + enlarge (ICON_SIZE) / 2);
}
