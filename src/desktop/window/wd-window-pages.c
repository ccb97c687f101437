/* wd-window-pages.c — which page is in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-window-private.h"

#include "wd-alarm-page.h"
#include "wd-area-page.h"
#include "wd-board-page.h"
#include "wd-conflict-page.h"
#include "wd-duty-page.h"
#include "wd-intake-page.h"
#include "wd-order-page.h"

/* A page that was left for another. */
typedef struct
{
  GtkWidget *page;
  GtkWidget *focus; /* weak */
  char      *order; /* (nullable): that the page of orders showed */
} Place;

static const char *
order_of (GtkWidget *page)
{
  return WD_IS_ORDER_PAGE (page) ? wd_order_page_get_id (WD_ORDER_PAGE (page)) : NULL;
}

static Place *
place_new (GtkWidget *page, GtkWidget *focus)
{
  Place *place = g_new0 (Place, 1);

  place->page = page;
  place->order = g_strdup (order_of (page));
  g_set_weak_pointer (&place->focus, focus);
  return place;
}

static gboolean
place_is (const Place *place, GtkWidget *page, const char *order)
{
  return place->page == page && g_strcmp0 (place->order, order) == 0;
}

static void
place_free (gpointer data)
{
  Place *place = data;

  g_clear_weak_pointer (&place->focus);
  g_free (place->order);
  g_free (place);
}

WdPage *
_wd_window_get_page (WdWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  return page != NULL ? WD_PAGE (page) : NULL;
}

const char *
_wd_window_get_viewing (WdWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  return page != NULL ? order_of (page) : NULL;
}

/* Nobody on the sign-in page acts as the one who was here before. */
static gboolean
is_for_anybody (const char *action)
{
  static const char *const all[] = { "silence", "shortcuts", "fullscreen", "preferences", NULL };

  return g_strv_contains (all, action);
}

static gboolean
is_for_desk (WdWindow *self, const char *action)
{
  if (g_str_equal (action, "back"))
    return gtk_stack_get_visible_child (self->pages) != gtk_stack_get_child_by_name (self->pages, WD_WINDOW_MAIN);
  if (g_str_equal (action, "new-order"))
    return wd_desk_may_give (self->desk, WD_VERB_RECEIVE, NULL, NULL);
  if (g_str_equal (action, "accept-all"))
    return wd_desk_get_actor (self->desk)->unit != NULL; /* its key is an order's own at the centre */
  return TRUE;
}

void
_wd_window_enable_acts (WdWindow *self)
{
  gboolean       desk = gtk_widget_get_visible (self->desk_box);
  g_auto (GStrv) actions = g_action_group_list_actions (G_ACTION_GROUP (self));

  for (guint i = 0; actions[i] != NULL; i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), actions[i])),
                                 is_for_anybody (actions[i]) || (desk && is_for_desk (self, actions[i])));
}

static void
bring_to_front (WdWindow *self, GtkWidget *page)
{
  GtkWidget *last = gtk_stack_get_visible_child (self->pages);

  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->pages, page);
  if (last != NULL && last != page)
    gtk_widget_set_visible (last, FALSE); /* what is not seen is not there for a screen reader either */
  wd_page_tick (WD_PAGE (page));
  /* An order belongs to the desk that it was opened from. */
  if (_wd_window_get_desk_title (gtk_stack_get_visible_child_name (self->pages)) != NULL)
    g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self), "desk"),
                           g_variant_new_string (gtk_stack_get_visible_child_name (self->pages)));
  _wd_window_show_title (self);
  _wd_window_tell_presence (self);
  _wd_window_show_others (self);
  _wd_window_enable_acts (self);
}

static void
show_page (WdWindow *self, GtkWidget *page)
{
  g_ptr_array_set_size (self->trail, 0);
  bring_to_front (self, page);
  if (gtk_widget_get_mapped (page))
    wd_page_take_focus (WD_PAGE (page));
}

/* A place is one step of the way back, the last time that one was there. */
static void
forget_place (WdWindow *self, GtkWidget *page, const char *order)
{
  for (guint i = self->trail->len; i-- > 0;)
    if (place_is (self->trail->pdata[i], page, order))
      g_ptr_array_remove_index (self->trail, i);
}

/* As it is shown, but back leads to what is in front now.  From one order straight to another, it leads to where the first
 * was opened from.  @order: that the page of orders shows then */
static void
go_to (WdWindow *self, GtkWidget *page, const char *order)
{
  GtkWidget *front = gtk_stack_get_visible_child (self->pages);

  forget_place (self, page, order);
  if (page == gtk_stack_get_child_by_name (self->pages, WD_WINDOW_MAIN))
    g_ptr_array_set_size (self->trail, 0); /* nothing leads back from there */
  else if (front != NULL && front != page)
    {
      forget_place (self, front, order_of (front));
      g_ptr_array_add (self->trail, place_new (front, gtk_window_get_focus (GTK_WINDOW (self))));
    }
  if (order != NULL)
    wd_order_page_show_order (WD_ORDER_PAGE (page), order);
  bring_to_front (self, page);
  wd_page_take_focus (WD_PAGE (page));
}

static void
go_to_page (WdWindow *self, GtkWidget *page)
{
  go_to (self, page, NULL);
}

/* Brings the page to the front that would lose something, and lets it ask. */
gboolean
_wd_window_ask_before_end (WdWindow *self, void (*go_on) (gpointer data))
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL; page = gtk_widget_get_next_sibling (page))
    if (WD_IS_PAGE (page) && wd_page_ask_before_end (WD_PAGE (page), go_on, self))
      {
        go_to_page (self, page);
        return TRUE;
      }
  return FALSE;
}

/* Behind the one in front. */
static GtkWidget *
add_page (WdWindow *self, GtkWidget *page, const char *name)
{
  gtk_widget_set_visible (page, FALSE);
  gtk_stack_add_named (self->pages, page, name);
  return page;
}

/* For those who may make an order, and filled where that is the work, at the centre; a unit has its new ones to accept.
 * It is there from the start, for it has the drafts of before. */
static void
make_intake (WdWindow *self)
{
  const char *style[] = { wd_desk_get_actor (self->desk)->unit == NULL ? "act" : "plain", "small", NULL };
  gboolean    may = wd_desk_may_give (self->desk, WD_VERB_RECEIVE, NULL, NULL);

  gtk_widget_set_css_classes (self->new_order, style);
  gtk_widget_set_visible (self->new_order, may);
  if (may && gtk_stack_get_child_by_name (self->pages, WD_WINDOW_INTAKE) == NULL)
    add_page (self, wd_intake_page_new (self->desk), WD_WINDOW_INTAKE);
}

/* All is decided. */
static void
settled_cb (WdWindow *self, GtkWidget *page)
{
  if (gtk_stack_get_visible_child (self->pages) == page)
    _wd_window_back (self);
}

static GtkWidget *
make_conflict (WdWindow *self)
{
  GtkWidget *page = wd_conflict_page_new (self->desk);

  g_signal_connect_object (page, "settled", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  return page;
}

static GtkWidget *
find_order_page (WdWindow *self)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, WD_WINDOW_ORDER);

  return page != NULL ? page : add_page (self, wd_order_page_new (self->desk), WD_WINDOW_ORDER);
}

static void
open_order (WdWindow *self, const char *id)
{
  if (wd_desk_get_order (self->desk, id) != NULL)
    go_to (self, find_order_page (self), id);
}

void
_wd_window_for_each_dialog (WdWindow *self, void (*act) (GtkWindow *dialog))
{
  g_autolist (GtkWindow) windows = gtk_window_list_toplevels ();

  g_list_foreach (windows, (GFunc)g_object_ref, NULL);
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (self))
      act (l->data);
}

static gboolean
is_made_for (WdWindow *self, const WdActor *actor)
{
  return self->made_for != NULL && self->made_for->role == actor->role && g_strcmp0 (self->made_for->unit, actor->unit) == 0;
}

/* Of another role: nothing of the old one stands, but what was typed, which is kept as drafts. */
static void
end_old_pages (WdWindow *self)
{
  if (_wd_window_get_page (self) == NULL)
    return;
  _wd_window_drop_pages (self);
  _wd_window_start_alarms (self);
}

/* The board for the centre, the duty desk for a unit; an order that is open stays so within one house. */
gboolean
_wd_window_make_main_page (WdWindow *self)
{
  const WdActor   *actor = wd_desk_get_actor (self->desk);
  g_autofree char *order = NULL;
  GtkWidget       *page;

  if (actor == NULL || (_wd_window_get_page (self) != NULL && is_made_for (self, actor)))
    return FALSE;
  if (self->made_for != NULL && g_strcmp0 (self->made_for->unit, actor->unit) == 0)
    order = g_strdup (_wd_window_get_viewing (self));
  end_old_pages (self);
  g_clear_pointer (&self->made_for, wd_actor_free);
  self->made_for = wd_actor_copy (actor);
  page = actor->unit == NULL ? wd_board_page_new (self->desk) : wd_duty_page_new (self->desk);
  gtk_stack_add_named (self->pages, page, WD_WINDOW_MAIN);
  add_page (self, wd_area_page_new (self->desk), WD_WINDOW_AREA);
  add_page (self, make_conflict (self), WD_WINDOW_CONFLICT);
  make_intake (self);
  show_page (self, page);
  _wd_window_make_rail (self);
  if (order != NULL)
    open_order (self, order);
  return TRUE;
}

void
_wd_window_drop_pages (WdWindow *self)
{
  GtkWidget *page;

  _wd_window_for_each_dialog (self, gtk_window_close); /* what was asked on them goes too */
  g_ptr_array_set_size (self->trail, 0);
  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
}

void
_wd_window_go_to_main_page (WdWindow *self)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, WD_WINDOW_MAIN);

  if (page != NULL)
    show_page (self, page);
}

/* The last place that is still there: an order may have left the desk.  (transfer full) (nullable) */
static Place *
take_last_place (WdWindow *self)
{
  while (self->trail->len > 0)
    {
      Place *place = g_ptr_array_steal_index (self->trail, self->trail->len - 1);

      if (place->order == NULL || wd_desk_get_order (self->desk, place->order) != NULL)
        return place;
      place_free (place);
    }
  return NULL;
}

void
_wd_window_back (WdWindow *self)
{
  Place     *place = take_last_place (self);
  GtkWidget *page = place != NULL ? place->page : gtk_stack_get_child_by_name (self->pages, WD_WINDOW_MAIN);

  if (place != NULL && place->order != NULL)
    wd_order_page_show_order (WD_ORDER_PAGE (page), place->order);
  if (page != NULL && gtk_stack_get_visible_child (self->pages) != page)
    {
      bring_to_front (self, page);
      /* What had the focus may have gone as the page was shown again. */
      if (place == NULL || place->focus == NULL || !gtk_widget_get_mapped (place->focus) || !gtk_widget_grab_focus (place->focus))
        wd_page_take_focus (WD_PAGE (page));
    }
  g_clear_pointer (&place, place_free);
}

/* --- actions ------------------------------------------------------------------------------- */

static void
back_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  _wd_window_back (window);
}

static void
open_order_action (GSimpleAction *action, GVariant *id, gpointer window)
{
  open_order (window, g_variant_get_string (id, NULL));
}

static GtkWidget *
find_alarm_page (WdWindow *self)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, WD_WINDOW_ALARMS);

  return page != NULL ? page : add_page (self, wd_alarm_page_new (self->desk, self->alarms), WD_WINDOW_ALARMS);
}

static void
alarms_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (_wd_window_get_page (window) != NULL)
    go_to_page (window, find_alarm_page (window));
}

/* On the board, which the centre has. */
static void
show_on_map_action (GSimpleAction *action, GVariant *id, gpointer window)
{
  WdWindow  *self = window;
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, WD_WINDOW_MAIN);

  if (page == NULL || !WD_IS_BOARD_PAGE (page))
    return;
  show_page (self, page);
  wd_board_page_show_order (WD_BOARD_PAGE (page), g_variant_get_string (id, NULL));
}

static void
desk_action (GSimpleAction *action, GVariant *name, gpointer window)
{
  WdWindow   *self = window;
  const char *wanted = g_variant_get_string (name, NULL);
  GtkWidget  *page = _wd_window_is_desk (self, wanted) ? gtk_stack_get_child_by_name (self->pages, wanted) : NULL;

  if (page == NULL)
    return;
  if (WD_IS_CONFLICT_PAGE (page))
    wd_conflict_page_show (WD_CONFLICT_PAGE (page), NULL);
  go_to_page (self, page);
}

static void
next_pane_action (GSimpleAction *action, GVariant *back, gpointer window)
{
  WdPage *page = _wd_window_get_page (window);

  if (page != NULL)
    wd_page_next_pane (page, g_variant_get_boolean (back));
}

static void
new_order_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  WdWindow  *self = window;
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, WD_WINDOW_INTAKE);

  if (page == NULL)
    return;
  wd_intake_page_begin (WD_INTAKE_PAGE (page));
  go_to_page (self, page);
}

static void
conflict_action (GSimpleAction *action, GVariant *command, gpointer window)
{
  WdWindow  *self = window;
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, WD_WINDOW_CONFLICT);

  if (self->desk == NULL || wd_desk_get_refusals (self->desk)->len == 0)
    return;
  wd_conflict_page_show (WD_CONFLICT_PAGE (page), g_variant_get_string (command, NULL));
  go_to_page (self, page);
}

/* One outage or quality case. */
static void
area_action (GSimpleAction *action, GVariant *id, gpointer window)
{
  WdWindow  *self = window;
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, WD_WINDOW_AREA);

  if (page == NULL)
    return;
  go_to_page (self, page);
  wd_area_page_show_area (WD_AREA_PAGE (page), g_variant_get_string (id, NULL));
}

static void
sign_out_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  _wd_window_sign_out (window);
}

static void
fullscreen_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (_wd_window_get_page (window) != NULL)
    {
      find_order_page (window); /* its keys are listed too */
      find_alarm_page (window);
    }
  _wd_window_show_shortcuts (window);
}

void
_wd_window_add_page_actions (WdWindow *self)
{
  const GActionEntry actions[] = {
    { .name = "alarms", .activate = alarms_action },
    { .name = "back", .activate = back_action },
    { .name = "desk", .activate = desk_action, .parameter_type = "s", .state = "'" WD_WINDOW_MAIN "'" },
    { .name = "next-pane", .activate = next_pane_action, .parameter_type = "b" },
    { .name = "new-order", .activate = new_order_action },
    { .name = "area", .activate = area_action, .parameter_type = "s" },
    { .name = "conflict", .activate = conflict_action, .parameter_type = "s" },
    { .name = "show-on-map", .activate = show_on_map_action, .parameter_type = "s" },
    { .name = "fullscreen", .activate = fullscreen_action },
    { .name = "shortcuts", .activate = shortcuts_action },
    { .name = "sign-out", .activate = sign_out_action },
    { .name = "open-order", .activate = open_order_action, .parameter_type = "s" },
  };

  self->trail = g_ptr_array_new_with_free_func (place_free);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
