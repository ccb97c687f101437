/* wd-board-units.c — the units' cards: what each has, and what a drag would mean for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-facts.h"
#include "wd-format.h"
#include "wd-terms.h"

#include <glib/gi18n.h>

#define RECENT_TICKS 10 /* seconds: what was not accepted becomes late by itself */

typedef void (*CardFunc) (WdBoardPage *self, WdUnitCard *card);

static void
for_each_card (WdBoardPage *self, CardFunc func)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL; card = gtk_widget_get_next_sibling (card))
    func (self, WD_UNIT_CARD (card));
}

/* --- what is on a card ------------------------------------------------------- */

/* The unit's order that is the longest late: the list has those whose limit ended first in front. */
static WdOrderItem *
find_latest (WdBoardPage *self, const char *unit, gint64 now)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->orders));

  for (guint i = wd_order_list_get_n_mine (self->orders); i < n; i++)
    {
      g_autoptr (WdOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
      const WdClock          *clock = wd_order_item_get_clock (item);

      if (clock == NULL || clock->due_at == 0 || clock->due_at > now)
        return NULL;
      if (!clock->soft && g_strcmp0 (wd_order_item_get_order (item)->unit, unit) == 0)
        return item; /* the list holds it */
    }
  return NULL;
}

static gboolean
lacks_crew (WdBoardPage *self, WdUnitItem *unit)
{
  WdCrewCount crews = wd_facts_count_crews (self->desk, wd_unit_item_get_code (unit));

  return crews.all > 0 && crews.free == 0;
}

/* It would move the cards below: not under a drag. */
static void
show_worst (WdBoardPage *self, WdUnitCard *card)
{
  WdUnitItem      *unit = wd_desk_get_unit (self->desk, wd_unit_card_get_code (card));
  gint64           now = wd_desk_now (self->desk);
  WdOrderItem     *latest = unit != NULL && wd_unit_item_get_n_late (unit) > 0 ? find_latest (self, wd_unit_item_get_code (unit), now) : NULL;
  g_autofree char *words = NULL;

  if (self->dragged != NULL)
    return;
  if (latest != NULL)
    {
      const WdClock   *clock = wd_order_item_get_clock (latest);
      g_autofree char *number = wd_format_number (wd_order_item_get_order (latest)->number);
      g_autofree char *late = wd_format_countdown (clock->due_at, now);

      words = g_strdup_printf ("%s %s %s", number, wd_term_clock (clock->rule), late);
      wd_unit_card_set_wrong (card, WD_WRONG_LATE, words);
    }
  else if (unit != NULL && wd_unit_item_get_n_to_accept (unit) > 0 && wd_unit_item_get_manned (unit) >= WD_MANNED_UNMANNED)
    wd_unit_card_set_wrong (card, WD_WRONG_UNMANNED, _ ("nobody at the desk: telephone them"));
  else if (unit != NULL && wd_unit_item_get_n_to_accept (unit) > 0 && lacks_crew (self, unit))
    wd_unit_card_set_wrong (card, WD_WRONG_NO_CREW, _ ("orders wait, and no crew is free"));
  else
    wd_unit_card_set_wrong (card, WD_WRONG_NOTHING, NULL);
}

static guint
open_at (WdUnitItem *item)
{
  return wd_unit_item_get_n_in_hand (item) + wd_unit_item_get_n_to_accept (item);
}

static guint
find_most (WdBoardPage *self)
{
  GListModel *units = wd_desk_get_units (self->desk);
  guint       most = 0;

  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);

      most = MAX (most, open_at (item));
    }
  return most;
}

static void
show_card (WdBoardPage *self, WdUnitCard *card)
{
  WdUnitItem       *item = wd_desk_get_unit (self->desk, wd_unit_card_get_code (card));
  const WdUnit     *unit = item != NULL ? wd_unit_item_get_unit (item) : NULL;
  g_autofree char  *duty = NULL;
  WdUnitCardContent content = { 0 };
  WdCrewCount       crews;

  if (unit == NULL)
    return;
  crews = wd_facts_count_crews (self->desk, unit->code);
  duty = wd_format_duty (unit);
  content.name = unit->name;
  content.duty = duty;
  content.presence = wd_map_feed_presence (wd_unit_item_get_manned (item));
  content.open = open_at (item);
  content.most = find_most (self);
  content.crews_free = crews.free;
  content.crews_all = crews.all;
  content.waiting = wd_unit_item_get_n_to_accept (item);
  content.late = wd_unit_item_get_n_late (item);
  wd_unit_card_show (card, &content);
  wd_unit_strip_show (self->strip, unit->code, &content);
  wd_unit_card_set_narrow (card, self->narrow);
  show_worst (self, card);
}

void
_wd_board_page_show_cards (WdBoardPage *self)
{
  for_each_card (self, show_card);
}

void
_wd_board_page_tick_units (WdBoardPage *self)
{
  gboolean anew = self->stale || ++self->ticks % RECENT_TICKS == 0;

  if (self->stale)
    {
      for_each_card (self, show_card);
      self->stale = FALSE;
    }
  else
    for_each_card (self, show_worst);
  if (self->dragged != NULL)
    return;
  if (anew)
    _wd_board_page_show_recent (self);
  _wd_board_page_fit_recent (self);
}

/* How many of the units have a manned desk; without a link, until when that was known. */
void
_wd_board_page_show_on_duty (WdBoardPage *self)
{
  WdUplink        *uplink = wd_desk_get_uplink (self->desk);
  GListModel      *units = wd_desk_get_units (self->desk);
  guint            n = g_list_model_get_n_items (units), manned = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);

      if (wd_unit_item_get_manned (item) == WD_MANNED_ONLINE)
        manned++;
    }
  if (wd_uplink_get_state (uplink) == WD_UPLINK_OFFLINE && wd_uplink_get_offline_since (uplink) != 0)
    {
      g_autoptr (GTimeZone) zone = wd_format_zone (wd_desk_get_policy (self->desk, WD_INT_ABSENT));
      g_autofree char      *time = wd_format_minute (wd_uplink_get_offline_since (uplink), zone);

      words = g_strdup_printf (_ ("as of %s"), time);
      gtk_widget_add_css_class (GTK_WIDGET (self->on_duty), "soon");
    }
  else
    {
      words = g_strdup_printf (_ ("on duty %u/%u"), manned, n);
      gtk_widget_remove_css_class (GTK_WIDGET (self->on_duty), "soon");
    }
  gtk_label_set_label (self->on_duty, words);
}

/* --- dispatching by drag ------------------------------------------------------ */

/* What the card would be for the orders that are dragged. */
static void
tell_facts (WdBoardPage *self, WdUnitCard *card)
{
  WdUnitItem           *item = wd_desk_get_unit (self->desk, wd_unit_card_get_code (card));
  g_autoptr (GPtrArray) facts = wd_facts_about (self->desk, (const char *const *)self->dragged, item);

  wd_unit_card_set_facts (card, facts);
}

/* Also under a drag: the link may be lost meanwhile. */
static void
unit_changed_cb (WdUnitItem *item, WdUnitCard *card)
{
  WdBoardPage *self = WD_BOARD_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (card), WD_TYPE_BOARD_PAGE));

  if (self == NULL)
    return;
  show_card (self, card);
  if (self->dragged != NULL)
    tell_facts (self, card);
}

static void
card_dropped_cb (WdUnitCard *card, const char *const *ids, WdBoardPage *self)
{
  _wd_board_page_dispatch (self, ids, wd_unit_card_get_code (card));
}

static void
card_hovered_cb (WdUnitCard *card, gboolean hovered, WdBoardPage *self)
{
  wd_map_layer_set_drop_unit (wd_map_view_get_layer (self->map), hovered ? wd_unit_card_get_code (card) : NULL);
}

static void
card_asked_cb (WdUnitCard *card, WdBoardPage *self)
{
  _wd_board_page_ask_unit (self, wd_unit_card_get_code (card));
}

void
_wd_board_page_make_cards (WdBoardPage *self)
{
  GListModel *units = wd_desk_get_units (self->desk);
  GtkWidget  *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
  wd_unit_strip_clear (self->strip);
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);
      GtkWidget             *card = wd_unit_card_new (wd_unit_item_get_code (item));

      g_signal_connect_object (card, "dropped", G_CALLBACK (card_dropped_cb), self, 0);
      g_signal_connect_object (card, "asked", G_CALLBACK (card_asked_cb), self, 0);
      g_signal_connect_object (card, "hovered", G_CALLBACK (card_hovered_cb), self, 0);
      g_signal_connect_object (item, "changed", G_CALLBACK (unit_changed_cb), card, 0);
      gtk_box_append (self->cards, card);
      show_card (self, WD_UNIT_CARD (card));
    }
  _wd_board_page_arrange_cards (self);
  _wd_board_page_show_on_duty (self);
}

void
wd_board_page_show_unit (WdBoardPage *self, const char *code)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL; card = gtk_widget_get_next_sibling (card))
    if (g_strcmp0 (wd_unit_card_get_code (WD_UNIT_CARD (card)), code) == 0)
      {
        _wd_board_page_show_units (self);
        gtk_widget_grab_focus (card);
        /* However it came here: the ring is what tells which of them is meant. */
        gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (card)), TRUE);
      }
}

/* From the start of a drag every card says what it would be for these orders. */
void
_wd_board_page_begin_drag (WdBoardPage *self, const char *const *ids)
{
  g_strfreev (self->dragged);
  self->dragged = g_strdupv ((char **)ids);
  _wd_board_page_note_units (self, ids);
  for_each_card (self, tell_facts);
  wd_map_layer_set_dragged (wd_map_view_get_layer (self->map), ids);
  wd_queue_set_dragged (self->queue, ids);
  _wd_board_page_show_units (self);
}

void
_wd_board_page_tell_dragged (WdBoardPage *self, const char *id)
{
  if (self->dragged != NULL && g_strv_contains ((const char *const *)self->dragged, id))
    for_each_card (self, tell_facts);
}

static void
forget_facts (WdBoardPage *self, WdUnitCard *card)
{
  wd_unit_card_set_facts (card, NULL);
}

void
_wd_board_page_end_drag (WdBoardPage *self)
{
  g_clear_pointer (&self->dragged, g_strfreev);
  for_each_card (self, forget_facts);
  wd_map_layer_set_dragged (wd_map_view_get_layer (self->map), NULL);
  wd_map_layer_set_drop_unit (wd_map_view_get_layer (self->map), NULL);
  wd_queue_set_dragged (self->queue, NULL);
  _wd_board_page_hide_units (self);
}
