/* wd-window-private.h — the inside of a window, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-desk.h"
#include "wd-page.h"
#include "wd-sign-in-page.h"
#include "wd-window.h"

G_BEGIN_DECLS

struct _WdWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget    *desk_box; /* the sign-in page, or all the rest */
  GtkWidget    *sign_in_box;
  WdSignInPage *sign_in;
  GtkStack     *pages; /* of WdPage */
  GtkLabel     *title;
  GtkWidget    *new_order; /* the button */
  GtkLabel     *person;
  GtkLabel     *date;
  GtkLabel     *time;
  GtkWidget    *offline_bar;
  GtkLabel     *offline_words;
  GtkLabel     *offline_unsent;
  GtkWidget    *refusal_bar;
  GtkLabel     *refusal_words;
  GtkWidget    *failure_bar;
  GtkLabel     *failure_words;
  GtkLabel     *link_mark;
  GtkLabel     *link;
  GtkLabel     *unsent;
  GtkWidget    *no_keyring;
  GtkLabel     *policy;

  GPtrArray    *trail; /* where back leads: the pages that were left, with what had the focus there */
  WdDesk       *desk;
  char         *server; /* the pair that the desk is for */
  char         *user;
  GApplication *claim; /* of the pair, against other windows */
  GCancellable *cancellable;
  guint         tick;
  gint64        last_input; /* monotonic */
  gboolean      closing;
};

/* wd-window-sign-in.c: whose desk it is. */
gboolean _wd_window_begin (WdWindow *self, const char *server, const char *user, const char *password); /* FALSE: another window has the pair */
void     _wd_window_sign_in (WdWindow *self, const char *server, const char *user, const char *password);
void     _wd_window_sign_out (WdWindow *self);

/* wd-window.c */
void _wd_window_follow_desk (WdWindow *self); /* its signals */
void _wd_window_show_main_page (WdWindow *self);

/* wd-window-pages.c: which page is in front. */
gboolean _wd_window_make_main_page (WdWindow *self); /* TRUE: it is new */
WdPage  *_wd_window_get_page (WdWindow *self);       /* (nullable): the one in front */
void     _wd_window_show_page (WdWindow *self, GtkWidget *page);
void     _wd_window_back (WdWindow *self); /* to where one was; at last to the board or the duty desk */
void     _wd_window_add_page_actions (WdWindow *self);

/* wd-window-shortcuts.c: all keys of what is built, a group for each page. */
void _wd_window_show_shortcuts (WdWindow *self);

/* What the bars say; each after what it tells of has changed. */
void _wd_window_show_time (WdWindow *self);
void _wd_window_show_link (WdWindow *self);
void _wd_window_show_policy (WdWindow *self);
void _wd_window_show_person (WdWindow *self);
void _wd_window_show_refusals (WdWindow *self);

G_END_DECLS
