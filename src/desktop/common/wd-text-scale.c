/* wd-text-scale.c — how large this desktop wants its text: for what is drawn here, and for rows that fold then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-text-scale.h"

#define DPI (96.0 * 1024.0) /* of text as it was designed, in GTK's unit */
#define LINES "wd-lines"    /* data of a label: how many it takes at most */
#define LARGEST 3.0         /* that desktops offer */
#define LARGE 1.2           /* from here on a row of a small window has no room for all that was designed into it */

double
wd_text_scale_get (void)
{
  int dpi = -1; /* where no desktop says */

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return CLAMP (dpi / DPI, 1.0, LARGEST);
}

void
wd_text_scale_follow (gpointer  object,
                      GCallback changed)
{
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi", changed, object, G_CONNECT_SWAPPED);
}

gboolean
wd_text_scale_is_large (void)
{
  return wd_text_scale_get () >= LARGE;
}

static void
fold (GtkOrientable *box)
{
  gtk_orientable_set_orientation (box, wd_text_scale_is_large () ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
wd_text_scale_fold (GtkBox *box)
{
  wd_text_scale_follow (box, G_CALLBACK (fold));
  fold (GTK_ORIENTABLE (box));
}

static void
wrap (GtkLabel *label)
{
  gboolean large = wd_text_scale_is_large ();
  int      most = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (label), LINES));

  gtk_label_set_wrap (label, large);
  gtk_label_set_lines (label, large && most > 0 ? most : -1); /* with an ellipsis it wraps for these alone */
  gtk_label_set_ellipsize (label, large && most == 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

void
wd_text_scale_wrap (GtkLabel *label,
                    int       lines)
{
  g_object_set_data (G_OBJECT (label), LINES, GINT_TO_POINTER (lines));
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  wd_text_scale_follow (label, G_CALLBACK (wrap));
  wrap (label);
}
