/* wd-crew-state.c — what a crew does now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wd-crew-state.h"

#include <glib/gi18n.h>

static void
state_free (WdCrewState *state)
{
  g_free (state->id);
  g_free (state->name);
  g_free (state->people);
  g_free (state->words);
  g_free (state->order);
  g_free (state);
}

static char *
people_of (const WdCrew *crew)
{
  if (crew->leader == NULL)
    return NULL;
  if (crew->people == WD_INT_ABSENT || crew->people < 2)
    return g_strdup (crew->leader);
  /* Translators: the crew's leader, and how many people it is with that one. */
  return g_strdup_printf (ngettext ("%s, %d person", "%s, %d people", (gulong)crew->people), crew->leader, (int)crew->people);
}

static char *
order_words (WdDesk *desk, const WdOrder *order, guint more)
{
  const WdCategory *category = wd_desk_get_category (desk, order->category);
  g_autofree char  *words = g_strdup_printf ("%s %s", category != NULL ? category->name : order->category,
                                            order->address != NULL ? order->address : order->text != NULL ? order->text
                                                                                                           : "");

  if (more == 0)
    return g_steal_pointer (&words);
  /* Translators: an order in words, and how many more that crew has. */
  return g_strdup_printf (ngettext ("%s, and %u more", "%s, and %u more", more), words, more);
}

/* Where it is on site stands before where it is on the way to. */
static WdCrewState *
state_of (WdDesk *desk, const WdCrew *crew, GListModel *in_hand)
{
  WdCrewState            *state = g_new0 (WdCrewState, 1);
  g_autoptr (WdOrderItem) first = NULL;
  guint                   n = 0;
  gboolean                on_site = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (in_hand); i++)
    {
      g_autoptr (WdOrderItem) item = g_list_model_get_item (in_hand, i);
      const WdOrder          *order = wd_order_item_get_order (item);

      if (order == NULL || g_strcmp0 (order->crew, crew->id) != 0)
        continue;
      n++;
      if (first == NULL || (order->state == WD_STATE_ON_SITE && !on_site))
        g_set_object (&first, item);
      on_site = on_site || order->state == WD_STATE_ON_SITE;
    }
  state->id = g_strdup (crew->id);
  state->name = g_strdup (crew->name);
  state->people = people_of (crew);
  state->free = n == 0;
  state->words = g_strdup (n == 0 ? _ ("free") : on_site ? _ ("on site")
                                                         : _ ("on the way"));
  state->order = first != NULL ? order_words (desk, wd_order_item_get_order (first), n - 1) : NULL;
  return state;
}

GPtrArray *
wd_crew_states (WdDesk *desk, const char *unit, GListModel *in_hand)
{
  g_autoptr (GPtrArray) crews = wd_desk_list_crews (desk, unit);
  GPtrArray            *states = g_ptr_array_new_with_free_func ((GDestroyNotify)state_free);

  for (guint i = 0; i < crews->len; i++)
    g_ptr_array_add (states, state_of (desk, crews->pdata[i], in_hand));
  return states;
}
