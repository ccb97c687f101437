/* wd-board-panes.c — how wide queue and units are, as it was left; in a narrow window they are compact
 *
 * What the style asks for is the least; whoever drags a divider finds it there again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-settings.h"

#define NARROW 1600 /* below it rows and cards are compact */

static const char *
key_of (WdBoardPage *self)
{
  return self->narrow ? "board-narrow" : "board-wide";
}

/* After the panes have been given room. */
static gboolean
place_cb (gpointer data)
{
  WdBoardPage *self = data;
  int          queue, units, room = gtk_widget_get_width (GTK_WIDGET (self->inner));

  self->place = 0;
  if (self->settings != NULL && room > 0)
    {
      g_settings_get (self->settings, key_of (self), "(ii)", &queue, &units);
      gtk_paned_set_position (self->outer, queue);
      gtk_paned_set_position (self->inner, room + gtk_paned_get_position (self->outer) - queue - units);
    }
  self->placing = FALSE;
  return G_SOURCE_REMOVE;
}

static void
take_width (WdBoardPage *self, GParamSpec *pspec, GdkSurface *surface)
{
  gboolean narrow = gdk_surface_get_width (surface) < NARROW;

  if (narrow == self->narrow && pspec != NULL)
    return;
  self->narrow = narrow;
  self->placing = TRUE;
  _wd_board_page_show_cards (self);
  if (self->place == 0)
    self->place = g_timeout_add_full (G_PRIORITY_LOW, 100, place_cb, self, NULL);
}

/* The dividers move when a hand drags them, and when the window grows: then the units keep their width. */
static void
moved_cb (WdBoardPage *self)
{
  int queue = gtk_paned_get_position (self->outer), units = gtk_widget_get_width (self->units_pane), last_queue, last_units;

  if (self->placing || self->settings == NULL || units == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_settings_get (self->settings, key_of (self), "(ii)", &last_queue, &last_units);
  if (queue != last_queue || units != last_units)
    g_settings_set (self->settings, key_of (self), "(ii)", queue, units);
}

void
_wd_board_page_follow_width (WdBoardPage *self)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self)));

  self->settings = wd_settings_new ();
  g_signal_connect_object (surface, "notify::width", G_CALLBACK (take_width), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outer, "notify::position", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inner, "notify::position", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  take_width (self, NULL, surface);
}

void
_wd_board_page_end_panes (WdBoardPage *self)
{
  g_clear_handle_id (&self->place, g_source_remove);
  g_clear_object (&self->settings);
}
