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

/* A key of a page, as gtk_accelerator_parse() reads it, and what it does, to be translated. */
typedef struct
{
  const char *keys;
  const char *title;
} WdPageKey;

struct _WdPageInterface
{
  GTypeInterface parent;

  void (*tick) (WdPage *self); /* each second while it is in front: digits, nothing else; NULL: nothing ticks */
  /* The page's own keys, for the window that lists all: ends with a row of NULLs.  @title: of their group, translated. */
  const WdPageKey *(*list_keys) (WdPage *self, const char **title);                        /* NULL: it has none */
  void (*take_focus) (WdPage *self);                                                       /* it has come to the front; NULL: its first widget */
  guint (*count_waiting) (WdPage *self);                                                   /* what a hand here is needed for; NULL: never anything */
  void (*list_panes) (WdPage *self, GPtrArray *panes);                                     /* adds its widgets that F6 goes through; NULL: it is one pane */
  gboolean (*ask_before_end) (WdPage *self, void (*go_on) (gpointer data), gpointer data); /* as below; NULL: it loses nothing */
  gboolean (*is_dragging) (WdPage *self);                                                  /* nothing around it may move now; NULL: nothing is dragged in it */
};

void  wd_page_tick (WdPage *self);
void  wd_page_take_focus (WdPage *self);
guint wd_page_count_waiting (WdPage *self);

/* Whether a hand holds something over the page, so that the page has to stay where it is. */
gboolean wd_page_is_dragging (WdPage *self);

/* Where the page holds what would be lost with the window, it asks about that, and calls @go_on once the window may go.
 * Returns: FALSE where it asks nothing */
gboolean wd_page_ask_before_end (WdPage *self, void (*go_on) (gpointer data), gpointer data);

/* To the pane after the one that has the focus, or before it; past the last comes the first.  What is hidden is passed over. */
void wd_page_next_pane (WdPage *self, gboolean back);

/* Keys of a page are those of the whole window, but only while it is in front.
 * @actions: NULL-terminated, of the page's class; must live on */
void wd_page_act_in_front (GtkWidget *self, const char *const *actions);

const WdPageKey *wd_page_list_keys (WdPage *self, const char **title); /* (nullable) */

G_END_DECLS
