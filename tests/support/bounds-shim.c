/* bounds-shim.c — where widgets lie, as they tell it on the accessibility bus, put right
 *
 *   LD_PRELOAD=build/tests/support/bounds-shim.so waterdesk …
 *
 * GTK 4.10 and later add up where each widget lies in the one around it, and measure that from the outer edge of the one and from
 * inside the border and padding of the other: what lies deep is told too far to the left and above.  Here all is what is inside of
 * border and padding, as GTK told it before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gtk/gtk.h>
#include <math.h>

static gboolean
get_bounds (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  GtkWidget       *widget = GTK_WIDGET (accessible), *around = gtk_widget_get_parent (widget);
  graphene_point_t place = GRAPHENE_POINT_INIT (0, 0);

  if (!gtk_widget_get_realized (widget) || (around != NULL && !gtk_widget_compute_point (widget, around, &place, &place)))
    return FALSE;
  *x = (int)floorf (place.x);
  *y = (int)floorf (place.y);
  *width = gtk_widget_get_width (widget);
  *height = gtk_widget_get_height (widget);
  return TRUE;
}

/* Before there is any kind of widget, as each takes this from the one that it derives from. */
__attribute__ ((constructor)) static void
begin (void)
{
  GtkAccessibleInterface *interface = g_type_interface_peek (g_type_class_ref (GTK_TYPE_WIDGET), GTK_TYPE_ACCESSIBLE);

  interface->get_bounds = get_bounds;
}
