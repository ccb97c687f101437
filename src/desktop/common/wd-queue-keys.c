/* wd-queue-keys.c — a queue by keyboard: from order to order, past the headings
 *
 * The list itself would stop at each heading, and by Tab at each row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-queue-private.h"

#define NONE GTK_INVALID_LIST_POSITION

static gboolean
is_order (WdQueue *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return item != NULL && WD_IS_ORDER_ITEM (item);
}

/* The first order from there on, in steps of 1 or -1; NONE past the end. */
static guint
find_order (WdQueue *self, gint64 from, int step)
{
  gint64 n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (gint64 at = from; at >= 0 && at < n; at += step)
    if (is_order (self, (guint)at))
      return (guint)at;
  return NONE;
}

static GtkListItem *
find_row (WdQueue *self, guint position)
{
  GHashTableIter iter;
  gpointer       list_item;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &list_item))
    if (gtk_list_item_get_position (list_item) == position)
      return list_item;
  return NULL;
}

/* The list makes the row, where it has none yet, as it scrolls there. */
static gboolean
focus_order (WdQueue *self, guint position)
{
  GtkListItem *row;

  if (position == NONE)
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  row = find_row (self, position);
  return row != NULL && gtk_widget_grab_focus (gtk_widget_get_parent (gtk_list_item_get_child (row)));
}

/* The first that is selected. */
static guint
find_selected (WdQueue *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  for (guint64 i = 0; i < gtk_bitset_get_size (selected); i++)
    if (is_order (self, gtk_bitset_get_nth (selected, (guint)i)))
      return gtk_bitset_get_nth (selected, (guint)i);
  return NONE;
}

static gboolean
has_focus (WdQueue *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == GTK_WIDGET (self->list) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)));
}

/* What is selected is where the hand was; else the first order, which a table's keys are then about, and what the list has
 * where there is none. */
gboolean
_wd_queue_take_focus (WdQueue *self)
{
  guint    selected = find_selected (self);
  guint    position = selected != NONE ? selected : find_order (self, 0, 1);
  gboolean focused = focus_order (self, position);

  if (focused && self->table && selected == NONE)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  return focused || gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* The orders are one stop of the Tab key; the pill, while it is there, is the one before them. */
gboolean
_wd_queue_move_focus (WdQueue *self, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD;

  if (has_focus (self))
    return back && gtk_widget_get_visible (GTK_WIDGET (self->pill)) && gtk_widget_grab_focus (GTK_WIDGET (self->pill));
  if (back && gtk_widget_has_focus (GTK_WIDGET (self->pill)))
    return FALSE;
  return _wd_queue_take_focus (self);
}

/* --- the row that has the focus goes from the screen --------------------------------------------- */

/* To the order that stands there now, else to the one before, of the same group. */
static gboolean
refocus_cb (gpointer data)
{
  WdQueue *self = data;
  gint64   last = (gint64)g_list_model_get_n_items (G_LIST_MODEL (self->selection)) - 1, to = MIN (self->stood, last);
  guint    before = find_order (self, to, -1), position = before != NONE ? before : find_order (self, to, 1);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !has_focus (self))
    self->landed = focus_order (self, position) || gtk_widget_grab_focus (GTK_WIDGET (self->list));
  self->refocus = 0;
  return G_SOURCE_REMOVE;
}

/* With the row GTK takes the focus from the window, and gives it to what comes next, or to nothing, where no key is heard. */
void
_wd_queue_follow_focus (WdQueue *self)
{
  GtkListItem *focused = _wd_queue_get_focused (self);
  gboolean     taken = focused == NULL && self->root != NULL && gtk_root_get_focus (self->root) == NULL;

  if (taken && self->stood != NONE && self->refocus == 0)
    self->refocus = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refocus_cb, self, NULL);
  if (self->refocus != 0 && focused == NULL)
    return;
  self->stood = focused != NULL ? gtk_list_item_get_position (focused) : NONE;
  self->landed = FALSE;
}

void
_wd_queue_follow_items (WdQueue *self, guint position, guint removed, guint added)
{
  if (self->stood == NONE || position > self->stood)
    return;
  self->stood = position + removed <= self->stood ? self->stood - removed + added : position;
}

/* --- from row to row ------------------------------------------------------------------------------- */

/* As the list does: alone it selects, with Control it moves only, with Shift it selects all between. */
static void
go_to (WdQueue *self, guint position, GdkModifierType state)
{
  if (focus_order (self, position) && !(state & GDK_CONTROL_MASK))
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.select-item", "(ubb)", position, FALSE, (state & GDK_SHIFT_MASK) != 0);
}

static gboolean
request_menu (WdQueue *self)
{
  GtkListItem    *focused = _wd_queue_get_focused (self);
  GtkWidget      *child = focused != NULL ? gtk_list_item_get_child (focused) : NULL;
  graphene_rect_t box;

  if (child == NULL || !gtk_widget_compute_bounds (child, GTK_WIDGET (self), &box))
    return GDK_EVENT_PROPAGATE;
  if (!gtk_list_item_get_selected (focused))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), gtk_list_item_get_position (focused), TRUE);
  g_signal_emit (self, wd_queue_signals[WD_QUEUE_MENU_REQUESTED], 0, wd_order_item_get_id (gtk_list_item_get_item (focused)),
                 graphene_rect_get_x (&box) + graphene_rect_get_width (&box) / 2, graphene_rect_get_y (&box) + graphene_rect_get_height (&box) / 2);
  return GDK_EVENT_STOP;
}

/* How many rows fit into view. */
static int
page_of (WdQueue *self, GtkListItem *focused)
{
  int row = gtk_widget_get_height (gtk_widget_get_parent (gtk_list_item_get_child (focused)));

  return row > 0 ? MAX (gtk_widget_get_height (GTK_WIDGET (self->list)) / row, 1) : 1;
}

static gboolean
move (WdQueue *self, int by, GdkModifierType state)
{
  GtkListItem *focused = _wd_queue_get_focused (self);
  gint64       last = (gint64)g_list_model_get_n_items (G_LIST_MODEL (self->selection)) - 1, to;
  int          step = by < 0 ? -1 : 1;
  guint        position;

  if (focused == NULL)
    return GDK_EVENT_PROPAGATE;
  if (self->landed && !(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)))
    by = 0; /* the next one, since the one before went */
  to = CLAMP ((gint64)gtk_list_item_get_position (focused) + by, 0, last);
  position = find_order (self, to, step);
  go_to (self, position != NONE ? position : find_order (self, to, -step), state);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (WdQueue *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkListItem    *focused = _wd_queue_get_focused (self);
  GdkModifierType held = state & gtk_accelerator_get_default_mod_mask ();
  gint64          last = (gint64)g_list_model_get_n_items (G_LIST_MODEL (self->selection)) - 1;

  if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && held == GDK_SHIFT_MASK))
    return request_menu (self);
  if (held & ~(GDK_SHIFT_MASK | GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      wd_queue_apply (self);
      go_to (self, find_order (self, 0, 1), held);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      go_to (self, find_order (self, last, -1), held);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up: return move (self, -1, held);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down: return move (self, 1, held);
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up: return focused != NULL ? move (self, -page_of (self, focused), held) : GDK_EVENT_PROPAGATE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down: return focused != NULL ? move (self, page_of (self, focused), held) : GDK_EVENT_PROPAGATE;
    default: return GDK_EVENT_PROPAGATE;
    }
}

void
_wd_queue_add_keys (WdQueue *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->stood = NONE;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
_wd_queue_drop_keys (WdQueue *self)
{
  g_clear_handle_id (&self->refocus, g_source_remove);
}
