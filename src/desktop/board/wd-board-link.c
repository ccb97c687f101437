/* wd-board-link.c — orders of the board hung on an area: dropped on it, or by Ctrl+L
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-area-link.h"

#include <glib/gi18n.h>

static void
link_to (WdBoardPage *self, const char *const *ids, const char *area)
{
  g_autofree char *words = NULL;
  GStrv            sent;

  wd_undo_end_toast (self->undo);
  sent = wd_area_link (self->desk, ids, area, &words);
  if (sent[0] == NULL)
    {
      g_strfreev (sent);
      wd_undo_say (self->overlay, words);
      return;
    }
  wd_undo_offer (self->undo, sent, words);
  _wd_board_page_end_lasso (self);
}

static char *
query_cb (WdBoardPage *self, const char *const *ids, const char *area)
{
  return wd_area_link_refusal (self->desk, ids, area);
}

static void
activated_cb (WdBoardPage *self, const char *area)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.area", "s", area);
}

static void
chosen_cb (WdAskDialog *dialog, WdBoardPage *self)
{
  link_to (self, g_object_get_data (G_OBJECT (dialog), "orders"), wd_area_asked_which (dialog));
}

void
_wd_board_page_link (WdBoardPage *self)
{
  GStrv        ids = _wd_board_page_dup_selection (self);
  WdAskDialog *dialog = ids != NULL ? wd_area_ask_which (GTK_WIDGET (self), self->desk, (const char *const *)ids) : NULL;

  if (dialog == NULL)
    {
      if (ids != NULL)
        wd_undo_say (self->overlay, _ ("No outage or quality case is open"));
      g_strfreev (ids);
      return;
    }
  g_object_set_data_full (G_OBJECT (dialog), "orders", ids, (GDestroyNotify)g_strfreev);
  g_signal_connect_object (dialog, "done", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_wd_board_page_add_areas (WdBoardPage *self)
{
  WdAreaLayer *areas = wd_map_view_get_areas (self->map);

  self->area_feed = wd_area_feed_new (self->desk, areas);
  wd_area_layer_take_drops (areas);
  g_signal_connect_object (areas, "query-area-drop", G_CALLBACK (query_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (areas, "orders-dropped-on-area", G_CALLBACK (link_to), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (areas, "area-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
}
