/* wd-window-pages.c — which page is in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include "wd-board-page.h"
#include "wd-duty-page.h"

#define MAIN "main" /* the board or the duty desk: where back leads to */

WdPage *
_wd_window_get_page (WdWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  return page != NULL ? WD_PAGE (page) : NULL;
}

void
_wd_window_show_page (WdWindow *self, GtkWidget *page)
{
  gtk_stack_set_visible_child (self->pages, page);
  wd_page_tick (WD_PAGE (page));
  if (gtk_widget_get_mapped (page))
    wd_page_take_focus (WD_PAGE (page));
}

/* The board for the centre, the duty desk for a unit. */
gboolean
_wd_window_make_main_page (WdWindow *self)
{
  const WdActor *actor = wd_desk_get_actor (self->desk);
  GtkWidget     *page;

  if (actor == NULL || _wd_window_get_page (self) != NULL)
    return FALSE;
  page = actor->unit == NULL ? wd_board_page_new (self->desk) : wd_duty_page_new (self->desk);
  gtk_stack_add_named (self->pages, page, MAIN);
  _wd_window_show_page (self, page);
  return TRUE;
}

void
_wd_window_back (WdWindow *self)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, MAIN);

  if (page != NULL && gtk_stack_get_visible_child (self->pages) != page)
    _wd_window_show_page (self, page);
}
