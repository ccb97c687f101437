/* wd-queue-hold.c — nothing moves under the hand: when the queue stands still, and the pill that says what waits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-queue-private.h"

#include <glib/gi18n.h>

#define GATHER_MS 150 /* so seldom does a pill or a count change at most */
#define FILL_MS 1000  /* so seldom do rows change at most while a copy comes in: each page would make them all anew */

static gboolean
is_under_hand (WdQueue *self)
{
  gboolean over = gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->pointer));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         (self->holding || self->dragging || self->struck != NULL || over || gtk_widget_has_focus (GTK_WIDGET (self->pill)) ||
          _wd_queue_get_focused (self) != NULL);
}

static guint
count_fresh (WdQueue *self)
{
  GHashTableIter iter;
  gpointer       id;
  guint          n = 0;

  g_hash_table_iter_init (&iter, self->fresh);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      WdOrderItem *item = wd_desk_get_order (self->desk, id);

      if (item != NULL && wd_order_item_get_order (item) != NULL && wd_order_is_open (wd_order_item_get_order (item)))
        n++;
    }
  return n;
}

static void
show_pill (WdQueue *self)
{
  gboolean         shown = self->still && self->behind && is_under_hand (self);
  guint            n = shown && !self->table ? count_fresh (self) : 0; /* what comes to the desk is not yet in a unit's table */
  g_autofree char *words = n > 0 ? g_strdup_printf (ngettext ("%u new order", "%u new orders", n), n) : g_strdup (_ ("Order has changed"));

  if (g_strcmp0 (gtk_button_get_label (self->pill), words) != 0)
    gtk_button_set_label (self->pill, words);
  if (!shown && gtk_widget_has_focus (GTK_WIDGET (self->pill)))
    wd_queue_grab_focus (self); /* else it would be lost with the pill */
  gtk_widget_set_visible (GTK_WIDGET (self->pill), shown);
}

/* Where there is no row none can move, and no key leads to what waits. */
static gboolean
is_empty (WdQueue *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->groups) && self->groups[i] != NULL; i++)
    if (g_list_model_get_n_items (G_LIST_MODEL (self->groups[i])) > 0)
      return FALSE;
  return TRUE;
}

static gboolean
gather_cb (gpointer data)
{
  WdQueue *self = data;

  self->gather = 0;
  if (self->behind && is_empty (self) && self->desk != NULL && !wd_desk_is_filling (self->desk))
    wd_queue_apply (self);
  show_pill (self);
  g_signal_emit (self, wd_queue_signals[WD_QUEUE_COUNTED], 0);
  return G_SOURCE_REMOVE;
}

static void
look_soon (WdQueue *self)
{
  if (self->gather == 0)
    self->gather = g_timeout_add (GATHER_MS, gather_cb, self);
}

static gboolean
fill_cb (gpointer data)
{
  WdQueue *self = data;

  self->filling = 0;
  if (!is_under_hand (self))
    wd_queue_apply (self);
  return G_SOURCE_REMOVE;
}

static void
behind_cb (WdQueue *self)
{
  self->behind = TRUE;
  look_soon (self);
  if (self->filling == 0 && wd_desk_is_filling (self->desk))
    self->filling = g_timeout_add (FILL_MS, fill_cb, self);
}

static void
order_added_cb (WdQueue *self, const char *id)
{
  if (self->still)
    g_hash_table_add (self->fresh, g_strdup (id));
}

static void
set_still (WdQueue *self, gboolean still)
{
  self->still = still;
  for (guint i = 0; i < G_N_ELEMENTS (self->groups) && self->groups[i] != NULL; i++)
    wd_queue_group_set_still (self->groups[i], still);
  self->behind = FALSE;
  g_hash_table_remove_all (self->fresh);
  show_pill (self);
}

static gboolean
is_held (WdQueue *self)
{
  return is_under_hand (self) || (self->desk != NULL && wd_desk_is_filling (self->desk));
}

static gboolean
let_go_cb (gpointer data)
{
  WdQueue *self = data;

  self->letting_go = 0;
  if (self->still && !is_held (self))
    set_still (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* The hand may have gone because GTK is taking the very row from the screen: no row moves before it has. */
void
_wd_queue_update_hold (WdQueue *self)
{
  gboolean held = is_held (self);

  if (self->groups[0] == NULL || held == self->still)
    g_clear_handle_id (&self->letting_go, g_source_remove);
  else if (held)
    set_still (self, TRUE);
  else if (self->letting_go == 0)
    self->letting_go = g_idle_add_full (G_PRIORITY_HIGH_IDLE, let_go_cb, self, NULL);
}

void
wd_queue_hold (WdQueue *self, gboolean hold)
{
  self->holding = hold;
  _wd_queue_update_hold (self);
}

void
wd_queue_apply (WdQueue *self)
{
  if (!self->still || self->struck != NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->groups) && self->groups[i] != NULL; i++)
    wd_queue_group_apply (self->groups[i]);
  self->behind = FALSE;
  g_hash_table_remove_all (self->fresh);
  show_pill (self);
}

void
_wd_queue_add_hold (WdQueue *self)
{
  self->fresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pointer = gtk_event_controller_motion_new ();
  g_signal_connect_object (self->pointer, "notify::contains-pointer", G_CALLBACK (_wd_queue_update_hold), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), self->pointer);
}

void
_wd_queue_drop_hold (WdQueue *self)
{
  g_clear_handle_id (&self->gather, g_source_remove);
  g_clear_handle_id (&self->letting_go, g_source_remove);
  g_clear_handle_id (&self->filling, g_source_remove);
}

void
_wd_queue_follow_groups (WdQueue *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->groups) && self->groups[i] != NULL; i++)
    g_signal_connect_object (self->groups[i], "behind", G_CALLBACK (behind_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists) && self->lists[i] != NULL; i++)
    g_signal_connect_object (self->lists[i], "items-changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "order-added", G_CALLBACK (order_added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "loaded", G_CALLBACK (_wd_queue_update_hold), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_desk_get_uplink (self->desk), "notify::state", G_CALLBACK (_wd_queue_update_hold), self, G_CONNECT_SWAPPED);
  _wd_queue_update_hold (self);
  look_soon (self);
}

static void
focus_moved_cb (WdQueue *self)
{
  _wd_queue_follow_focus (self);
  _wd_queue_update_hold (self);
}

/* The focus is the window's to know. */
void
_wd_queue_follow_root (WdQueue *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->root != NULL)
    g_signal_handlers_disconnect_by_func (self->root, G_CALLBACK (focus_moved_cb), self);
  self->root = root;
  if (root != NULL)
    g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (focus_moved_cb), self, G_CONNECT_SWAPPED);
}
