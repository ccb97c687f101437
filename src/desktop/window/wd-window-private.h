/* wd-window-private.h — the inside of a window, shared by its facets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "wd-alarm-bar.h"
#include "wd-alarm-bell.h"
#include "wd-alarm-notices.h"
#include "wd-alarm-player.h"
#include "wd-alarm-watch.h"
#include "wd-day.h"
#include "wd-desk.h"
#include "wd-page.h"
#include "wd-sign-in-page.h"
#include "wd-window.h"

G_BEGIN_DECLS

/* The pages' names in the stack; those with a place on the rail are desks. */
#define WD_WINDOW_MAIN "main" /* the board or the duty desk: where back leads to at last */
#define WD_WINDOW_INTAKE "intake"
#define WD_WINDOW_AREA "area"
#define WD_WINDOW_CONFLICT "conflict"
#define WD_WINDOW_ORDER "order"
#define WD_WINDOW_ALARMS "alarms"
#define WD_WINDOW_N_DESKS 4

struct _WdWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget    *desk_box; /* the sign-in page, or all the rest */
  GtkWidget    *sign_in_box;
  WdSignInPage *sign_in;
  GtkBox       *rail;
  GtkStack     *pages; /* of WdPage */
  GtkLabel     *title;
  GtkWidget    *new_order; /* the button */
  GtkLabel     *person;
  GtkLabel     *date;
  GtkLabel     *time;
  GtkWidget    *offline_bar;
  GtkLabel     *offline_words;
  GtkLabel     *offline_unsent;
  WdAlarmBar   *alarm_bar;
  GtkWidget    *ask; /* is anybody there? */
  GtkLabel     *ask_words;
  GtkWidget    *refusal_bar;
  GtkLabel     *refusal_words;
  GtkWidget    *damage_bar; /* a file was damaged and is begun anew, until it was read */
  GtkLabel     *damage_words;
  gboolean      bars_wait; /* for a drag to end */
  GtkWidget    *failure_bar;
  GtkLabel     *failure_words;
  GtkLabel     *link_mark;
  GtkLabel     *link;
  GtkLabel     *age;
  GtkLabel     *unsent;
  GtkLabel     *day;
  GtkLabel     *others;
  GtkWidget    *no_keyring;
  GtkLabel     *policy;

  GtkWidget    *rail_buttons[WD_WINDOW_N_DESKS]; /* NULL: no such desk here */
  GPtrArray    *trail;                           /* where back leads: the pages that were left, with what had the focus there */
  WdDesk       *desk;
  WdActor      *made_for; /* that the pages are for */
  char         *server;   /* the pair that the desk is for */
  char         *user;
  GApplication *claim; /* of the pair, against other windows */
  GCancellable *cancellable;
  guint         tick;
  guint         looking_up; /* source: for a token in the keyring */
  WdDay        *day_so_far;
  gint64        last_input; /* monotonic */
  gboolean      by_key;     /* the hand is at the keys */
  gboolean      closing;
  gboolean      wanted; /* while it was closing: the program was started again */

  WdAlarmWatch   *alarms;
  WdAlarmNotices *notices;
  WdAlarmPlayer  *player;
  WdBell          bell;
  WdAlarmStorm    storm;
  char           *alarm_key; /* the one looked at last */
};

/* wd-window-sign-in.c: whose desk it is. */
gboolean _wd_window_begin (WdWindow *self, const char *server, const char *user, const char *password); /* FALSE: another window has the pair */
void     _wd_window_sign_in (WdWindow *self, const char *server, const char *user, const char *password);
void     _wd_window_sign_out (WdWindow *self);
void     _wd_window_open_next (WdWindow *self);

/* wd-window.c */
void _wd_window_follow_desk (WdWindow *self); /* its signals */
void _wd_window_show_main_page (WdWindow *self);

/* wd-window-pages.c: which page is in front. */
gboolean    _wd_window_make_main_page (WdWindow *self);                                /* TRUE: it is new, also where the role is */
WdPage     *_wd_window_get_page (WdWindow *self);                                      /* (nullable): the one in front */
const char *_wd_window_get_viewing (WdWindow *self);                                   /* (nullable): the order that is in front */
gboolean    _wd_window_ask_before_end (WdWindow *self, void (*go_on) (gpointer data)); /* FALSE where no page would lose anything */
void        _wd_window_drop_pages (WdWindow *self);                                    /* another desk takes the window */
void        _wd_window_back (WdWindow *self);                                          /* to where one was; at last to the board or the duty desk */
void        _wd_window_go_to_main_page (WdWindow *self);
void        _wd_window_add_page_actions (WdWindow *self);
void        _wd_window_for_each_dialog (WdWindow *self, void (*act) (GtkWindow *dialog)); /* what is asked over the pages */
void        _wd_window_enable_acts (WdWindow *self);                                      /* those that can be given where one is; on the sign-in page hardly any */

/* wd-window-rail.c: the desks at the window's edge. */
void        _wd_window_make_rail (WdWindow *self);                 /* once the pages are there */
void        _wd_window_show_rail (WdWindow *self);                 /* what waits */
gboolean    _wd_window_is_desk (WdWindow *self, const char *page); /* whether it can be gone to now */
const char *_wd_window_get_desk (WdWindow *self);                  /* the page of the one in front */
const char *_wd_window_get_desk_title (const char *page);          /* NULL: no desk */

/* wd-window-alarms.c: of the desk; started with it, stopped before it goes. */
void _wd_window_start_alarms (WdWindow *self);
void _wd_window_tick_alarms (WdWindow *self);
void _wd_window_stop_alarms (WdWindow *self);
void _wd_window_add_alarm_actions (WdWindow *self);

/* wd-window-attendance.c: whether somebody is there. */
void _wd_window_watch_input (WdWindow *self);
void _wd_window_begin_attendance (WdWindow *self);
void _wd_window_tick_attendance (WdWindow *self);
void _wd_window_answer (WdWindow *self);        /* somebody is there */
void _wd_window_tell_presence (WdWindow *self); /* to the server: when a hand was last here, at which order, and what is heard */

/* wd-window-focus.c: what has the focus shows it while the hand is at the keys. */
void _wd_window_note_hand (WdWindow *self, GtkWindow *window, GdkEvent *event);
void _wd_window_tick_focus (WdWindow *self);

/* wd-window-shortcuts.c: all keys of what is built, a group for each page. */
void _wd_window_show_shortcuts (WdWindow *self);

/* What the bars say; each after what it tells of has changed. */
void _wd_window_show_time (WdWindow *self);
void _wd_window_show_bar (WdWindow *self, GtkWidget *bar, gboolean visible);
void _wd_window_tick_bars (WdWindow *self); /* what waited for a drag to end */
void _wd_window_show_link (WdWindow *self);
void _wd_window_show_age (WdWindow *self);
void _wd_window_show_day (WdWindow *self);
void _wd_window_show_others (WdWindow *self);
void _wd_window_show_policy (WdWindow *self);
void _wd_window_show_title (WdWindow *self);
void _wd_window_show_person (WdWindow *self);
void _wd_window_show_refusals (WdWindow *self);

G_END_DECLS
