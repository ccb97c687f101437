/* wd-board-territory.c — 按属地: the units whose place and kind what is selected is, first among the cards
 *
 * Asked for by a button, and remembered.  Cards stay where they are while something is dragged to them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-board-private.h"

#include "wd-facts.h"
#include "wd-unit-card.h"

typedef struct
{
  GtkWidget *card;
  guint      usual; /* place, without being asked */
  int        fit;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *one = a, *other = b;

  if (one->fit != other->fit)
    return one->fit > other->fit ? -1 : 1;
  return one->usual < other->usual ? -1 : one->usual > other->usual;
}

static guint
find_usual (WdBoardPage *self, WdUnitItem *unit)
{
  GListModel *units = wd_desk_get_units (self->desk);
  guint       n = g_list_model_get_n_items (units);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdUnitItem) item = g_list_model_get_item (units, i);

      if (item == unit)
        return i;
    }
  return n;
}

void
_wd_board_page_arrange_cards (WdBoardPage *self)
{
  g_auto (GStrv)     ids = wd_queue_get_selection (self->queue);
  gboolean           asked = gtk_toggle_button_get_active (self->by_territory) && ids[0] != NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  GtkWidget         *last = NULL, *next = gtk_widget_get_first_child (GTK_WIDGET (self->cards));

  if (self->dragged != NULL)
    return;
  for (GtkWidget *card = next; card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      WdUnitItem *unit = wd_desk_get_unit (self->desk, wd_unit_card_get_code (WD_UNIT_CARD (card)));
      Place       place = { card, find_usual (self, unit), 0 };

      if (unit != NULL && asked)
        place.fit = wd_facts_fit (self->desk, (const char *const *)ids, unit);
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      GtkWidget *card = g_array_index (places, Place, i).card;

      if (card != next)
        gtk_box_reorder_child_after (self->cards, card, last);
      last = card;
      next = gtk_widget_get_next_sibling (card);
    }
}

void
_wd_board_page_follow_territory (WdBoardPage *self)
{
  if (self->settings != NULL)
    g_settings_bind (self->settings, "units-by-territory", self->by_territory, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->by_territory, "toggled", G_CALLBACK (_wd_board_page_arrange_cards), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "selection-changed", G_CALLBACK (_wd_board_page_arrange_cards), self, G_CONNECT_SWAPPED);
}
