/* wd-board-panes.c — how wide queue and units are, as it was left; in a narrow window they are compact
 *
 * What the style asks for is the least; whoever drags a divider finds it there again.  Where the window is narrower
 * still, the units fold to a strip, and their cards come over the map's edge when they are needed: the map keeps
 * its size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#define NARROW 1600 /* below it rows and cards are compact */
#define FOLDED 1200 /* below it the units are a strip */

static const char *
key_of (WdBoardPage *self)
{
  return self->narrow ? "board-narrow" : "board-wide";
}

/* After the panes have been given room; behind another page they have none, and are placed once they come to the front. */
static gboolean
place_cb (gpointer data)
{
  WdBoardPage *self = data;
  int          queue, units, room = gtk_widget_get_width (GTK_WIDGET (self->inner));

  self->place = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  if (self->settings != NULL && room > 0)
    {
      g_settings_get (self->settings, key_of (self), "(ii)", &queue, &units);
      gtk_paned_set_position (self->outer, queue);
      if (!self->folded)
        gtk_paned_set_position (self->inner, room + gtk_paned_get_position (self->outer) - queue - units);
    }
  self->placing = FALSE;
  return G_SOURCE_REMOVE;
}

void
_wd_board_page_show_units (WdBoardPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->drawer), self->folded);
  wd_unit_strip_set_open (self->strip, self->folded);
}

gboolean
_wd_board_page_hide_units (WdBoardPage *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->drawer)))
    return FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->drawer), FALSE);
  wd_unit_strip_set_open (self->strip, FALSE);
  return TRUE;
}

void
_wd_board_page_toggle_units (WdBoardPage *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->cards));

  if (_wd_board_page_hide_units (self))
    return;
  _wd_board_page_show_units (self);
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

static void
drawer_focus_cb (WdBoardPage *self, GParamSpec *pspec, GtkEventControllerFocus *focus)
{
  if (!gtk_event_controller_focus_contains_focus (focus) && self->dragged == NULL)
    _wd_board_page_hide_units (self);
}

static void
fold (WdBoardPage *self, gboolean folded)
{
  g_autoptr (GtkWidget) units = g_object_ref (self->units_pane);

  if (folded == self->folded)
    return;
  self->folded = folded;
  _wd_board_page_hide_units (self);
  if (folded)
    gtk_paned_set_end_child (self->inner, NULL);
  adw_bin_set_child (self->drawer, folded ? units : NULL);
  if (!folded)
    gtk_paned_set_end_child (self->inner, units);
  gtk_widget_set_visible (GTK_WIDGET (self->strip), folded);
}

static void
place_soon (WdBoardPage *self)
{
  if (self->placing && self->place == 0)
    self->place = g_timeout_add_full (G_PRIORITY_LOW, 100, place_cb, self, NULL);
}

static void
take_width (WdBoardPage *self, GParamSpec *pspec, GdkSurface *surface)
{
  int      width = gdk_surface_get_width (surface);
  gboolean narrow = width < NARROW, folded = width < FOLDED;

  if (narrow == self->narrow && folded == self->folded && pspec != NULL)
    return;
  fold (self, folded);
  self->narrow = narrow;
  self->placing = TRUE;
  _wd_board_page_show_cards (self);
  place_soon (self);
}

/* The dividers move when a hand drags them, and when the window grows: then the units keep their width, which is kept
 * with the divider's own as place_cb() takes it. */
static void
moved_cb (WdBoardPage *self)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self->inner));
  int queue = gtk_paned_get_position (self->outer), units = room - gtk_paned_get_position (self->inner), last_queue, last_units;

  if (self->placing || self->settings == NULL || (room == 0 && !self->folded) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_settings_get (self->settings, key_of (self), "(ii)", &last_queue, &last_units);
  if (self->folded)
    units = last_units;
  if (queue != last_queue || units != last_units)
    g_settings_set (self->settings, key_of (self), "(ii)", queue, units);
}

void
_wd_board_page_follow_width (WdBoardPage *self)
{
  GdkSurface         *surface = gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self)));
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "notify::contains-focus", G_CALLBACK (drawer_focus_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->drawer), focus);
  g_signal_connect_object (surface, "notify::width", G_CALLBACK (take_width), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outer, "notify::position", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inner, "notify::position", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (place_soon), NULL);
  take_width (self, NULL, surface);
}

void
_wd_board_page_end_panes (WdBoardPage *self)
{
  g_clear_handle_id (&self->place, g_source_remove);
}
