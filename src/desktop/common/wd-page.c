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

guint
wd_page_count_waiting (WdPage *self)
{
  WdPageInterface *iface = WD_PAGE_GET_IFACE (self);

  return iface->count_waiting != NULL ? iface->count_waiting (self) : 0;
}

gboolean
wd_page_is_dragging (WdPage *self)
{
  WdPageInterface *iface = WD_PAGE_GET_IFACE (self);

  return iface->is_dragging != NULL && iface->is_dragging (self);
}

gboolean
wd_page_ask_before_end (WdPage *self, void (*go_on) (gpointer data), gpointer data)
{
  WdPageInterface *iface = WD_PAGE_GET_IFACE (self);

  return iface->ask_before_end != NULL && iface->ask_before_end (self, go_on, data);
}

static gboolean
has_focus (GtkWidget *pane)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (pane));

  return focus != NULL && (focus == pane || gtk_widget_is_ancestor (focus, pane));
}

void
wd_page_next_pane (WdPage *self, gboolean back)
{
  WdPageInterface      *iface = WD_PAGE_GET_IFACE (self);
  g_autoptr (GPtrArray) panes = g_ptr_array_new ();
  guint                 from = back ? 0 : G_MAXUINT; /* without a focus: the first, or the last */
  GtkRoot              *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget            *before = gtk_root_get_focus (root);

  if (iface->list_panes == NULL)
    return;
  iface->list_panes (self, panes);
  for (guint i = 0; i < panes->len; i++)
    if (has_focus (panes->pdata[i]))
      from = i;
  for (guint step = 1; step <= panes->len; step++)
    {
      GtkWidget *pane = panes->pdata[(back ? from + panes->len - step : from + step) % panes->len];

      /* A pane with nothing in it but an empty view says that it took the focus; a folded one gives it to what it unfolds. */
      if (gtk_widget_get_mapped (pane) && gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD) && gtk_root_get_focus (root) != before)
        return;
    }
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
