/* wd-page.h — what the window asks of each of its pages
 *
 * A page fills the window between the bars.  It is there once a desk of its kind is shown, and stays, also
 * while another page is in front.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WD_TYPE_PAGE (wd_page_get_type ())
G_DECLARE_INTERFACE (WdPage, wd_page, WD, PAGE, GtkWidget)

struct _WdPageInterface
{
  GTypeInterface parent;

  void (*tick) (WdPage *self);       /* each second while it is in front: digits, nothing else; NULL: nothing ticks */
  void (*take_focus) (WdPage *self); /* it has come to the front; NULL: its first widget */
};

void wd_page_tick (WdPage *self);
void wd_page_take_focus (WdPage *self);

G_END_DECLS
