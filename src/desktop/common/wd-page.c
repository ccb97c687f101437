/* wd-page.c — what the window asks of each of its pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-page.h"

G_DEFINE_INTERFACE (WdPage, wd_page, GTK_TYPE_WIDGET)

static void
wd_page_default_init (WdPageInterface *iface)
{
}

void
wd_page_tick (WdPage *self)
{
  WdPageInterface *iface = WD_PAGE_GET_IFACE (self);

  if (iface->tick != NULL)
    iface->tick (self);
}

void
wd_page_take_focus (WdPage *self)
{
  WdPageInterface *iface = WD_PAGE_GET_IFACE (self);

  if (iface->take_focus != NULL)
    iface->take_focus (self);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

const WdPageKey *
wd_page_list_keys (WdPage *self, const char **title)
{
  WdPageInterface *iface = WD_PAGE_GET_IFACE (self);

  return iface->list_keys != NULL ? iface->list_keys (self, title) : NULL;
}

static void
front_changed_cb (GtkWidget *self, gpointer data)
{
  const char *const *actions = data;

  for (gsize i = 0; actions[i] != NULL; i++)
    gtk_widget_action_set_enabled (self, actions[i], gtk_widget_get_mapped (self));
}

void
wd_page_act_in_front (GtkWidget *self, const char *const *actions)
{
  front_changed_cb (self, (gpointer)actions);
  g_signal_connect_after (self, "map", G_CALLBACK (front_changed_cb), (gpointer)actions);
  g_signal_connect_after (self, "unmap", G_CALLBACK (front_changed_cb), (gpointer)actions);
}
